"""Critical appraisal as drawings: answers of each report by item, and how they divide by item.

Both tell answers by shape and sign as well as by colour: a disc with “+”, a diamond with “?”, a
square with “−”, an empty ring where the item is not asked. On a page the styles of the site colour
them; a drawing to take away brings fixed light colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from evidence_map.figures.picture import FONT
from evidence_map.figures.wrapping import width, wrapped
from evidence_map.problem_reports import counted
from evidence_map.site.appraisals import KINDS, SHOWN, Appraisals, Panel, Share

SIZE, SMALL, LINE, SMALL_LINE = 13.0, 11.5, 17.0, 15.0
"""Sizes of letters and distances of lines, in pixels."""

NAMES, PITCH, ROW, MARK = 200.0, 40.0, 28.0, 10.0
"""Width of the names of reports, of a column, height of a row, and half the size of a mark."""

WIDE = 720.0
"""Width of the drawings; a tool with many items may need more."""

QUESTIONS, BARS, BAR = 300.0, 250.0, 16.0
"""Widths of the questions and of the whole bars of the summary, and height of a bar."""

EASE = 1.12
"""How much wider than in the font of pictures the words may be in the font of a reader."""

MOST_NAMES = 12
"""Reports of a reason that are named in the drawing; the table names all."""

MOST_ROWS = 200
"""Reports of a tool that have a row in the drawing; the table holds all."""

STYLE = f"""
.ap-text {{ fill: #1b2127; font-family: "{FONT}", sans-serif; font-size: {SIZE:g}px; }}
.ap-small {{ font-size: {SMALL:g}px; }}
.ap-title {{ font-weight: 600; }}
.ap-line {{ stroke: #d5d9dd; }}
.ap-sign {{ fill: #ffffff; font-weight: 700; text-anchor: middle; }}
.ap-sign--unasked {{ fill: #545e68; font-size: 9px; font-weight: 400; }}
.ap-mark--sound {{ fill: #00815f; }}
.ap-mark--open {{ fill: #b45f06; }}
.ap-mark--unsound {{ fill: #7a2a62; }}
.ap-mark--unasked {{ fill: #ffffff; stroke: #767e86; stroke-dasharray: 2 2; }}
.ap-middle {{ text-anchor: middle; }}
.ap-hatch {{ stroke: #767e86; stroke-width: 1.5; }}
.ap-frame {{ fill: none; stroke: #767e86; }}
"""
"""Fixed light colours for drawings that are taken away; pages have their own."""


@dataclass(slots=True)
class _Drawing:
    """Gathers the elements of a drawing from top to bottom; ``y`` is where the next begins."""

    name: str
    width: float = WIDE
    ease: float = EASE
    y: float = 0.0
    elements: list[str] = field(default_factory=list)

    def text(self, words: str, x: float, y: float, kind: str = "") -> None:
        """Draw one line of text."""
        self.elements.append(f'<text class="ap-text{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>')

    def paragraph(
        self, words: str, x: float = 0.0, *, kind: str = "", small: bool = False, to: float = 0.0
    ) -> None:
        """Draw a text in lines from *x* to *to* (the right edge if it is 0), and move below it."""
        size, line = (SMALL, SMALL_LINE) if small else (SIZE, LINE)
        room = ((to or self.width) - x) / size / self.ease
        for each in wrapped(words, room):
            self.y += line
            self.text(each, x, self.y, (" ap-small" if small else "") + kind)

    def gap(self) -> None:
        """Leave room between two parts of the drawing."""
        self.y += 26 if self.elements else 0

    def rule(self) -> None:
        """Draw a line across."""
        self.elements.append(
            f'<path class="ap-line" d="M0 {self.y:g} H{self.width:g}" stroke-width="1"/>'
        )

    def mark(self, sign: str, x: float, y: float, told: str = "") -> None:
        """Draw an answer around a point: a shape of its own with the sign in it."""
        kind = KINDS[sign]
        title = f"<title>{escape(told)}</title>" if told else ""
        self.elements.append(
            f'<g>{title}{_shape(sign, x, y)}<text class="ap-text ap-sign ap-sign--{kind}" x="{x:g}" '
            f'y="{y + (3 if sign == "n/a" else 4.5):g}">{SHOWN[sign]}</text></g>'
        )

    def hatched(self, x: float, y: float) -> None:
        """Draw the sign of what is not appraised: a frame with slanting lines."""
        lines = "".join(f"M{x + at:g} {y + 14:g} l{14 - at:g} {at - 14:g} " for at in (0, 5, 10))
        lines += f"M{x:g} {y + 9:g} l9 -9 M{x:g} {y + 4:g} l4 -4"
        self.elements.append(
            f'<rect class="ap-frame" x="{x:g}" y="{y:g}" width="14" height="14"/>'
            f'<path class="ap-hatch" d="{lines}"/>'
        )

    def finished(self, title: str, told: str, alone: bool, note: str) -> str:
        """Return the whole drawing as SVG."""
        if note:
            self.y += 8
            self.paragraph(note, small=True)
        height = self.y + 10
        size = f'width="{self.width + 2:g}" height="{height + 2:g}" ' if alone else ""
        style = f"<style>{STYLE}</style>" if alone else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="em-appraisal__figure" {size}'
            f'viewBox="-1 -1 {self.width + 2:g} {height + 2:g}" role="img" '
            f'aria-labelledby="_{self.name}-title _{self.name}-told">'
            f'<title id="_{self.name}-title">{escape(title)}</title>'
            f'<desc id="_{self.name}-told">{escape(told)}</desc>{style}'
            f"{''.join(self.elements)}</svg>\n"
        )


def _shape(sign: str, x: float, y: float) -> str:
    kind = f'class="ap-mark--{KINDS[sign]}"'
    r = MARK
    if sign == "?":
        far = r * 1.25
        points = f"{x:g},{y - far:g} {x + far:g},{y:g} {x:g},{y + far:g} {x - far:g},{y:g}"
        return f'<polygon {kind} points="{points}"/>'
    if sign == "-":
        return f'<rect {kind} x="{x - r:g}" y="{y - r:g}" width="{2 * r:g}" height="{2 * r:g}" rx="2"/>'
    return f'<circle {kind} cx="{x:g}" cy="{y:g}" r="{r:g}"/>'


def traffic_light_svg(appraisals: Appraisals, *, alone: bool = False, note: str = "") -> str:
    """Return the answers of each appraised report by item, and below what is not appraised and why.

    :param alone: whether it is to be taken away, with colours of its own.
    :param note: a sentence below it, such as the source.
    """
    columns = max((len(panel.items) for panel in appraisals.panels), default=0)
    drawing = _Drawing("lights", max(WIDE, NAMES + PITCH * columns + 8), 1.0 if alone else EASE)
    for panel in appraisals.panels:
        drawing.gap()
        _lights(drawing, panel)
    _left_out(drawing, appraisals)
    return drawing.finished(
        "Critical appraisal by report and item", " ".join(_told(appraisals)), alone, note
    )


def _lights(drawing: _Drawing, panel: Panel) -> None:
    """Draw one panel: numbers of the items, a row for each report, and what the numbers stand for."""
    _head(drawing, panel)
    drawing.y += 22
    for place, item in enumerate(panel.items):
        drawing.text(item.number, _column(place), drawing.y, " ap-title ap-middle")
    drawing.y += 8
    for row in panel.rows[:MOST_ROWS]:
        lines = wrapped(row.report.citation, (NAMES - 12) / SIZE / drawing.ease)
        drawing.rule()
        height = max(ROW, len(lines) * LINE + 8)
        middle = drawing.y + height / 2
        for number, line in enumerate(lines):
            drawing.text(line, 0, middle + 4.5 + (number - (len(lines) - 1) / 2) * LINE)
        given = {answer.item.id: answer for answer in row.answers}
        for place, item in enumerate(panel.items):
            if answer := given.get(item.id):
                told = f"{item.number}. {item.question} {answer.words.capitalize()}."
                drawing.mark(answer.sign, _column(place), middle, told)
        drawing.y += height
    drawing.rule()
    if (more := len(panel.rows) - MOST_ROWS) > 0:
        words = f"and {counted(more, 'further report')} by name; the table of answers holds all"
        drawing.paragraph(words, small=True)
    drawing.y += 4
    for item in panel.items:
        start = drawing.y
        drawing.paragraph(item.question, 30.0, small=True)
        drawing.text(item.number, 0, start + SMALL_LINE, " ap-small ap-title")


def _column(place: int) -> float:
    return NAMES + PITCH * (place + 0.5)


def _head(drawing: _Drawing, panel: Panel) -> None:
    """Draw the name of the tool, the number of reports, and what the signs mean."""
    reports = counted(len(panel.rows), "report")
    drawing.paragraph(f"{panel.title} ({reports})", kind=" ap-title")
    drawing.y += 20
    x = MARK + 1
    for sign, words in panel.tool.legend:
        drawing.mark(sign, x, drawing.y)
        drawing.text(words, x + 18, drawing.y + 4.5)
        x += 18 + width(words) * SIZE * drawing.ease + 26
    drawing.y += 8


def _left_out(drawing: _Drawing, appraisals: Appraisals) -> None:
    """Draw what is not appraised, by reason."""
    number = sum(len(group.reports) for group in appraisals.not_appraised)
    if not number:
        return
    drawing.gap()
    drawing.paragraph(f"Not appraised ({counted(number, 'report')})", kind=" ap-title")
    for group in appraisals.not_appraised:
        drawing.y += 8
        drawing.hatched(0, drawing.y + 3)
        drawing.paragraph(f"{counted(len(group.reports), 'report')}: {group.reason}", 24.0)
        names = [report.citation for report in group.reports]
        more = len(names) - MOST_NAMES
        told = "; ".join(names[:MOST_NAMES]) + (f"; and {more:,} more" if more > 0 else "")
        drawing.paragraph(told, 24.0, small=True)


def summary_svg(appraisals: Appraisals, *, alone: bool = False, note: str = "") -> str:
    """Return how the answers to each item divide among the appraised reports, with the numbers.

    :param alone: whether it is to be taken away, with colours of its own.
    :param note: a sentence below it, such as the source.
    """
    drawing = _Drawing("shares", WIDE, 1.0 if alone else EASE)
    for panel in appraisals.panels:
        drawing.gap()
        _shares(drawing, panel)
    if not appraisals.panels:
        drawing.paragraph(appraisals.sentence())
    told = " ".join(_told_shares(appraisals)) or appraisals.sentence()
    return drawing.finished("Critical appraisal: answers by item", told, alone, note)


def _shares(drawing: _Drawing, panel: Panel) -> None:
    _head(drawing, panel)
    drawing.y += 12
    for item in panel.items:
        drawing.rule()
        top = drawing.y
        drawing.y += 2
        drawing.paragraph(item.question, 30.0, small=True, to=QUESTIONS - 12)
        drawing.text(item.number, 0, top + 2 + SMALL_LINE, " ap-small ap-title")
        drawing.y = max(drawing.y + 6, top + BAR + 12)
        middle = (top + drawing.y) / 2
        shares = panel.shares(item)
        _bar(drawing, shares, middle)
        numbers = ", ".join(f"{share.words} {share.number:,}" for share in shares)
        room = (drawing.width - QUESTIONS - BARS - 12) / SMALL / drawing.ease
        lines = wrapped(numbers, room)
        for number, line in enumerate(lines):
            y = middle + 4 + (number - (len(lines) - 1) / 2) * (SMALL_LINE - 2)
            drawing.text(line, QUESTIONS + BARS + 12, y, " ap-small")
    drawing.rule()


def _bar(drawing: _Drawing, shares: Iterable[Share], middle: float) -> None:
    """Draw the parts of a bar side by side, each with its sign where there is room for it."""
    x = QUESTIONS
    for share in shares:
        long = BARS * share.percent / 100
        kind = KINDS[share.sign]
        drawing.elements.append(
            f'<rect class="ap-mark--{kind}" x="{x + 0.5:.2f}" y="{middle - BAR / 2:g}" '
            f'width="{max(long - 1, 0.5):.2f}" height="{BAR:g}"/>'
        )
        if long >= 20:
            drawing.elements.append(
                f'<text class="ap-text ap-sign ap-sign--{kind}" x="{x + long / 2:.2f}" '
                f'y="{middle + 4.5:g}">{share.shown}</text>'
            )
        x += long


def _told(appraisals: Appraisals) -> Iterator[str]:
    """Yield the drawing in words, for those who cannot see it."""
    yield appraisals.sentence()
    for panel in appraisals.panels:
        yield f"{panel.title}: {counted(len(panel.rows), 'report')} by {len(panel.items)} items."
    for group in appraisals.not_appraised:
        yield f"Not appraised: {counted(len(group.reports), 'report')}. {group.reason}"
    yield "The table below the figure gives every answer."


def _told_shares(appraisals: Appraisals) -> Iterator[str]:
    for panel in appraisals.panels:
        yield f"{panel.title}."
        for item in panel.items:
            numbers = ", ".join(f"{share.words} {share.number:,}" for share in panel.shares(item))
            yield f"{item.number}: {numbers}."
