"""The flow diagram of PRISMA 2020 as SVG: for the page, which colours it, and to take away.

Page et al. 2021, doi 10.1136/bmj.n71, figure 1. Both forms are the same drawing; the one to take
away brings fixed light colours and says which data it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from evidence_map.figures.picture import FONT
from evidence_map.figures.wrapping import wrapped
from evidence_map.flow_boxes import BOTH, EARLY, LATE
from evidence_map.site.flow import Box, Flow

SIZE, LINE = 13.0, 17.0
"""Size of the letters and distance of the lines, in pixels."""

MAIN, EXIT, GAP = 216.0, 232.0, 34.0
"""Widths of a box of the way through, of a box of what leaves it, and of the room between them."""

PADDING, STEP, SIDE, LABEL = 10.0, 26.0, 20.0, 26.0
"""Room in a box, between rows, beside a column, and for the names of the stages."""

EASE = 1.2
"""How much wider than in the font of pictures the words may be in the font of a reader."""

MOST_PARTS = 12
"""Parts of a box that are named; the rest are joined, and the page behind the box names them."""

STYLE = f"""
.flow-text {{ fill: #1b2127; font-family: "{FONT}", sans-serif; font-size: {SIZE:g}px; }}
.flow-title {{ font-weight: 600; }}
.flow-small {{ font-size: 11px; }}
.flow-box, .flow-exit {{ fill: #ffffff; stroke: #545e68; }}
.flow-exit {{ stroke-dasharray: 4 2; }}
.flow-band {{ fill: #e6f0f6; }}
.flow-line {{ fill: none; stroke: #545e68; }}
.flow-tip {{ fill: #545e68; }}
"""
"""Fixed light colours for the drawing that is taken away; pages have their own."""

_ALWAYS = ("excluded", "not retrieved")

Link = Callable[[Box], str]
"""Returns the address of what stands behind a box."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines in a box that belong together and lead to one address."""

    lines: list[str]
    is_title: bool = False
    indent: float = 0.0
    link: str = ""


@dataclass(slots=True)
class _Drawn:
    """A box with its text; its place is given when the rows are laid out."""

    paragraphs: list[_Paragraph]
    width: float
    is_exit: bool = False
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        """How high the text makes it."""
        lines = sum(len(paragraph.lines) for paragraph in self.paragraphs)
        return lines * LINE + 2 * PADDING - 2

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(slots=True)
class _Row:
    """A box of the way through, and what leaves it."""

    main: _Drawn
    exits: list[_Drawn] = field(default_factory=list)

    @property
    def height(self) -> float:
        exits = sum(box.height for box in self.exits) + 10 * max(len(self.exits) - 1, 0)
        return max(exits, self.main.height)


class _Drawing:
    """Gathers the elements of the picture."""

    def __init__(self, flow: Flow, link: Link | None, ease: float) -> None:
        self.flow = flow
        self.link = link
        self.ease = ease
        self.elements: list[str] = []

    def paragraphs(self, box: Box, width: float) -> Iterator[_Paragraph]:
        """Yield the words of a box: its name with the number, and its parts."""
        room = (width - 2 * PADDING) / SIZE / self.ease
        link = self.link(box) if self.link and box.number else ""
        words = f"{box.title} {_number(box.number)}"
        yield _Paragraph(wrapped(words, room / 1.04), is_title=True, link=link)
        for label, number in _named(box):
            lines = wrapped(f"{label} {_number(number)}", room - 10 / SIZE)
            yield _Paragraph(lines, indent=10.0)

    def box(self, *boxes: Box, width: float = MAIN, is_exit: bool = False) -> _Drawn:
        """Return a box that holds the words of one or several boxes."""
        words = [paragraph for box in boxes for paragraph in self.paragraphs(box, width)]
        return _Drawn(words, width, is_exit)

    def leaving(self, method: str, *names: str) -> list[_Drawn]:
        """Return the boxes of what leaves the way; of those with nothing in them, PRISMA's only."""
        boxes = (self.flow.box(name, method) for name in names)
        shown = [box for box in boxes if box.number or box.id.startswith(_ALWAYS)]
        return [self.box(box, width=EXIT, is_exit=True) for box in shown]

    def removed(self, method: str) -> _Drawn:
        """Return the box of what was removed before screening."""
        names = ("duplicates", "removed by automation", "removed for other reasons")
        boxes = [self.flow.box(name, method) for name in names]
        words = [_Paragraph(["Removed before screening:"], is_title=True)]
        for box in (boxes[0], *(each for each in boxes[1:] if each.number)):
            title, *_ = self.paragraphs(box, EXIT - 10)
            words.append(_Paragraph(title.lines, indent=10.0, link=title.link))
        return _Drawn(words, EXIT, is_exit=True)

    def rows(self, method: str) -> list[_Row]:
        """Return the boxes of a column from top to bottom."""
        box = self.flow.box
        unseen = self.leaving(method, "not yet screened")
        early = box(f"included on {EARLY}", method)
        late = self.box(box(f"included on {LATE}", method))
        return [
            _Row(self.box(box("identified", method)), [self.removed(method), *unseen]),
            _Row(self.box(box("screened", method)), self._undecided(method, EARLY)),
            _Row(self.box(box("sought", method)), self.leaving(method, "not retrieved")),
            _Row(self.box(box("assessed", method)), self._undecided(method, LATE)),
            _Row(late, [self.box(early, width=EXIT)] if early.number else []),
        ]

    def _undecided(self, method: str, read: str) -> list[_Drawn]:
        return self.leaving(
            method, *(f"{what} on {read}" for what in ("excluded", "awaiting", "ongoing"))
        )

    def rectangle(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a rectangle."""
        self.elements.append(
            f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3"/>'
        )

    def framed(self, box: _Drawn) -> None:
        """Draw a box with its words."""
        self.rectangle("flow-exit" if box.is_exit else "flow-box", box.x, box.y, box.width, box.height)
        self.words(box)

    def words(self, box: _Drawn) -> None:
        """Draw the words of a box at its place."""
        y = box.y + PADDING + SIZE - 2
        for paragraph in box.paragraphs:
            self.text(paragraph, box.x + PADDING, y)
            y += LINE * len(paragraph.lines)

    def text(self, paragraph: _Paragraph, x: float, y: float) -> None:
        """Draw the lines of a paragraph, as a link if it leads anywhere."""
        kind = "flow-text flow-title" if paragraph.is_title else "flow-text"
        spans = "".join(
            f'<tspan x="{x + paragraph.indent:g}" y="{y + LINE * number:g}">{escape(line)} </tspan>'
            for number, line in enumerate(paragraph.lines)
        )
        drawn = f'<text class="{kind}">{spans}</text>'
        self.elements.append(
            f'<a href="{escape(paragraph.link)}">{drawn}</a>' if paragraph.link else drawn
        )

    def arrow(self, *points: tuple[float, float]) -> None:
        """Draw a line through *points* with a tip at its end."""
        path = " ".join(f"{'L' if n else 'M'}{x:g} {y:g}" for n, (x, y) in enumerate(points))
        (x0, y0), (x, y) = points[-2:]
        across, along = (1, 0) if x0 == x else (0, 1)
        back = -6 if (x - x0) + (y - y0) > 0 else 6
        tip = (
            f"M{x:g} {y:g} L{x + 4 * across + back * along:g} {y + 4 * along + back * across:g} "
            f"L{x - 4 * across + back * along:g} {y - 4 * along + back * across:g} Z"
        )
        self.elements.append(f'<path class="flow-line" d="{path}"/><path class="flow-tip" d="{tip}"/>')

    def band(self, x: float, y: float, width: float, words: str) -> float:
        """Draw the heading of a column and return how high it is."""
        lines = wrapped(words, (width - 2 * PADDING) / SIZE / self.ease)
        height = len(lines) * LINE + 12
        self.rectangle("flow-band", x, y, width, height)
        self.text(_Paragraph(lines, is_title=True), x + PADDING, y + 6 + SIZE - 1)
        return height

    def stage(self, words: str, top: float, bottom: float) -> None:
        """Draw the name of a stage, upright beside its rows."""
        middle = (top + bottom) / 2
        self.rectangle("flow-band", 0, top, LABEL, bottom - top)
        self.elements.append(
            f'<text class="flow-text flow-title" text-anchor="middle" '
            f'transform="translate({LABEL / 2 + 4:g} {middle:g}) rotate(-90)">{words}</text>'
        )


def _number(number: int) -> str:
    """Return the number as the diagram writes it; no line ends within it."""
    return f"(n\u00a0=\u00a0{number:,})"


def _named(box: Box) -> list[tuple[str, int]]:
    """Return the parts of a box that are named, and the others in one."""
    parts = [(part.label, part.number) for part in box.parts]
    if len(parts) <= MOST_PARTS:
        return parts
    rest = parts[MOST_PARTS - 1 :]
    return [*parts[: MOST_PARTS - 1], (f"{len(rest)} other reasons", sum(number for _, number in rest))]


def flow_svg(flow: Flow, *, link: Link | None = None, alone: bool = False, note: str = "") -> str:
    """Return the flow diagram as SVG.

    :param link: makes the address of a box; without it nothing is linked.
    :param alone: whether it is to be taken away, with colours of its own.
    :param note: a line below it, such as the source.
    """
    drawing = _Drawing(flow, link, 1.0 if alone else EASE)
    columns = [drawing.rows(method) for method in flow.methods]
    left = LABEL + SIDE / 2
    widest = MAIN + GAP + EXIT + SIDE
    whole = left + max(widest * len(columns) + SIDE * (len(columns) - 1), MAIN + GAP + EXIT)
    tops, end = _place(drawing, columns, left, widest)
    bottom = _included(drawing, columns, left, whole - left - SIDE, end + STEP)
    for name, top, low in (
        ("Identification", tops[0], tops[1] - STEP / 2),
        ("Screening", tops[1], end),
        ("Included", end + STEP, bottom),
    ):
        if columns:
            drawing.stage(name, top, low)
    if note:
        lines = wrapped(note, whole / 11)
        for number, line in enumerate(lines):
            drawing.elements.append(
                f'<text class="flow-text flow-small" x="0" y="{bottom + 24 + 14 * number:g}">'
                f"{escape(line)}</text>"
            )
        bottom += 20 + 14 * len(lines)
    return _document(drawing, whole, bottom + 4, alone)


def _place(
    drawing: _Drawing, columns: list[list[_Row]], left: float, widest: float
) -> tuple[list[float], float]:
    """Draw the columns side by side and return where each row begins and where the last one ends."""
    y, heads = 0.0, []
    for number, method in enumerate(drawing.flow.methods):
        x = left + number * (widest + SIDE)
        heads.append(drawing.band(x, y, MAIN + GAP + EXIT, f"Identification via {method}"))
    y += max(heads, default=0.0) + 14
    tops: list[float] = []
    for rows in zip(*columns, strict=True):
        tops.append(y)
        for number, row in enumerate(rows):
            _place_row(row, left + number * (widest + SIDE), y)
        y += max(row.height for row in rows) + STEP
    for rows_of_column in columns:
        _draw_column(drawing, rows_of_column, tops)
    return tops or [y, y], y - STEP


def _place_row(row: _Row, x: float, y: float) -> None:
    row.main.x, row.main.y = x, y
    for box in row.exits:
        box.x, box.y = x + MAIN + GAP, y
        y += box.height + 10


def _draw_column(drawing: _Drawing, rows: list[_Row], tops: list[float]) -> None:
    mains = [row.main for row in rows]
    for upper, lower in pairwise(mains):
        x = upper.x + MAIN / 2
        drawing.arrow((x, upper.bottom), (x, lower.y))
    *ways, last = rows
    for row, main in zip(ways, mains, strict=False):
        _draw_exits(drawing, row, main)
    for box in last.exits:
        screened, corner = mains[1], box.x + EXIT + SIDE / 2
        x, y = screened.x + MAIN - 24, tops[2] - STEP / 2
        drawing.arrow(
            (x, screened.bottom), (x, y), (corner, y), (corner, box.middle), (box.x + EXIT, box.middle)
        )
    for row in rows:
        for box in (row.main, *row.exits):
            drawing.framed(box)


def _draw_exits(drawing: _Drawing, row: _Row, main: _Drawn) -> None:
    """Draw the arrows from a box to what leaves it; they share a trunk where there are several."""
    trunk, edge, start = main.x + MAIN + GAP / 2, main.x + MAIN, main.middle
    for box in row.exits:
        straight = min(max(main.middle, box.y + PADDING), box.bottom - PADDING)
        if main.y < straight < main.bottom:
            drawing.arrow((edge, straight), (box.x, straight))
            start = straight
        else:
            drawing.arrow((edge, start), (trunk, start), (trunk, box.middle), (box.x, box.middle))


def _included(
    drawing: _Drawing, columns: list[list[_Row]], left: float, width: float, y: float
) -> float:
    """Draw what was included, below all columns, and return where it ends."""
    flow = drawing.flow
    counted = drawing.box(flow.box("studies included"), flow.box("reports included"), width=width / 2)
    apart = drawing.box(flow.box("reports apart"), width=width / 2)
    height = max(counted.height, apart.height)
    for rows in columns:
        for box in (rows[-1].main, *rows[-1].exits):
            x = box.x + box.width / 2
            drawing.arrow((x, box.bottom), (x, y))
    drawing.rectangle("flow-box", left, y, width, height)
    for box, x in ((counted, left), (apart, left + width / 2)):
        box.x, box.y = x, y
        drawing.words(box)
    return y + height


def _document(drawing: _Drawing, width: float, height: float, alone: bool) -> str:
    flow = drawing.flow
    title = "Flow of reports through the review (PRISMA 2020)"
    description = " ".join(_sentences(flow))
    style = f"<style>{STYLE}</style>" if alone else ""
    one = " em-flow__figure--one" if len(flow.methods) < 2 else ""
    size = f'width="{width:g}" height="{height:g}" ' if alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="em-flow__figure{one}" {size}'
        f'viewBox="-1 -1 {width + 2:g} {height + 2:g}" role="group" '
        f'aria-labelledby="_flow-title _flow-description">'
        f'<title id="_flow-title">{escape(title)}</title>'
        f'<desc id="_flow-description">{escape(description)}</desc>{style}'
        f"{''.join(drawing.elements)}</svg>\n"
    )


def _sentences(flow: Flow) -> Iterator[str]:
    """Yield the numbers in words, for those who cannot see the drawing."""
    for method in flow.methods:
        numbers = [box for name in flow.ids if (box := flow.box(name, method)).number]
        told = "; ".join(f"{box.title.lower()}: {box.number:,}" for box in numbers)
        yield f"Via {method}: {told}."
    below = [flow.box(name, BOTH) for name in ("studies included", "reports included", "reports apart")]
    yield "; ".join(f"{box.title}: {box.number:,}" for box in below) + "."
