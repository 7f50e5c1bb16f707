"""The overview: one chart for each dimension, grouped by the reader's question that it answers.

The program knows no topic, so the question follows from where the codes of a dimension stand:

========================================  ==========================
codes stand in                            question
========================================  ==========================
``country``, ``region`` (built in)        where
``year``, ``collection-year`` (built in)  when
a field of ``setting``                    where
a field of ``design``                     how
a field of ``sample``                     who
findings, whatever the field              what was found
any other field                           also coded
========================================  ==========================

Reasons for exclusion are left out: a report that has one is counted nowhere.

Bars are sorted by the number of studies; terms with the same number keep the order of the codebook.
Years stand in the order of time, with a gap where there is none. Where terms have groups, the top
level keeps the order of the codebook, and each group's terms are sorted. All numbers are those of the
view ``term_count``, and for *none of these* those of the view ``placement`` without a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evidence_map.dimensions import BUILT_IN, CONFIDENCE, NONE_OF_THESE
from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Counts, Dimension, Evidence, Term
from evidence_map.site.text import enumeration

QUESTIONS = {
    "where": "Where",
    "when": "When",
    "how": "How",
    "who": "Who",
    "found": "What was found",
    "also": "Also coded",
}
"""The questions in the order of the page, with their headings."""

_BUILT_IN = {"country": "where", "region": "where", "year": "when", "collection-year": "when"}
_SECTIONS = {"setting": "where", "design": "how", "sample": "who"}

MOST_BARS = 12
"""How many bars are shown at first."""

SMALLEST = 1.5
"""The shortest bar in per cent of the longest, so that one study is never invisible."""

HEIGHT = 112
"""Height of the highest column of years in pixels."""

GEOMETRY = {"base": HEIGHT + 18, "ticks": HEIGHT + 36, "whole": HEIGHT + 44, "lift": 5}
"""Pixels in a chart of years: its base line, that of the years, its height, and how high above its
column a number stands."""

DIGIT = 7
"""Width of a digit above a column in pixels."""

_ROOM = {"few": 290, "some": 600}
"""Width of a chart, in pixels, in which the numbers of all columns stand side by side."""

_ARTICLE = re.compile(
    r"(?:United|Netherlands|Philippines|Gambia|Bahamas|Comoros|Maldives|Seychelles|Isle of)\b"
    r"|.*\b(?:Republic|Federation|Islands?|Territory|Territories)(?: of .*)?$"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a sentence speaks of a dimension: verbs in the singular and the plural."""

    verbs: tuple[str, str]
    quoted: bool
    none: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """A term with its numbers. ``more`` is true for what is not shown at first."""

    term: Term | None
    counts: Counts
    share: float = 0.0
    more: bool = False

    @property
    def id(self) -> str:
        """The term, or the name that stands for having none."""
        return self.term.id if self.term else NONE_OF_THESE

    @property
    def label(self) -> str:
        """Its name for readers."""
        return self.term.label if self.term else "None of these"

    @property
    def number(self) -> int:
        """How many studies stand under it."""
        return self.counts.studies


@dataclass(frozen=True, slots=True)
class Column:
    """A year with its bar: lengths across in per cent of the chart, lengths down in pixels."""

    bar: Bar
    left: float
    room: float
    height: float
    is_peak: bool

    @property
    def x(self) -> float:
        """Where the bar begins in the room of the year."""
        return round(self.left + 0.08 * self.room, 3)

    @property
    def width(self) -> float:
        """How wide the bar is."""
        return round(0.84 * self.room, 3)

    @property
    def middle(self) -> float:
        """Where its number and its year stand."""
        return round(self.left + self.room / 2, 3)


@dataclass(slots=True)
class Chart:
    """A dimension with its bars; ``none`` gathers what has no term of it.

    ``alone`` is how many studies have no term at all, in any of their reports or findings.
    """

    dimension: Dimension
    wording: Wording
    total: int
    bars: list[Bar]
    none: Bar | None
    alone: int
    columns: list[Column] = field(default_factory=list)
    years: int = 0

    @property
    def is_years(self) -> bool:
        """Whether it is a histogram."""
        return bool(self.columns)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is coded with the dimension."""
        return not any(bar.number for bar in self.bars)

    @property
    def more(self) -> int:
        """How many bars are not shown at first."""
        return sum(bar.more for bar in self.bars)

    @property
    def sentence(self) -> str:
        """The main thing in words."""
        parts = [self._years_in_words() if self.is_years else self._terms_in_words(), *self._none()]
        return "; ".join(parts) + "."

    def spoken(self, bar: Bar) -> str:
        """Return the label as it stands in the sentence."""
        return f"“{bar.label}”" if self.wording.quoted else _with_article(bar.label)

    def _terms_in_words(self) -> str:
        top = [bar for bar in self.bars if bar.term and bar.term.parent is None and bar.number]
        if not top:
            return f"None of its terms is coded for {_of_all(self.total)}"
        ranks = sorted({bar.number for bar in top}, reverse=True)
        first = [self.spoken(bar) for bar in top if bar.number == ranks[0]]
        return self._leading(first, ranks[0]) + self._following(top, ranks, len(first))

    def _leading(self, first: list[str], number: int) -> str:
        verb = self.wording.verbs[self.total != 1]
        if number == self.total:
            who = "The one study" if self.total == 1 else f"All {self.total:,} studies"
            return f"{who} {verb} {enumeration(first)}"
        of = f"{number:,} of {self.total:,}"
        if len(first) > 3:
            return f"{len(first)} terms share the first place, each with {of} studies"
        often = "Most" if len(first) == 1 and 2 * number > self.total else "Most often,"
        return f"{often} studies {verb} {enumeration(first, 'or')} ({of}{' each' if first[1:] else ''})"

    def _following(self, top: Sequence[Bar], ranks: list[int], leaders: int) -> str:
        second = [self.spoken(bar) for bar in top if len(ranks) > 1 and bar.number == ranks[1]]
        if leaders > 3 or not 1 <= len(second) <= 2:
            return ""
        return f", then {enumeration(second)} ({ranks[1]:,}{' each' if second[1:] else ''})"

    def _years_in_words(self) -> str:
        years = [column.bar for column in self.columns]
        lead, (first, last) = self.wording.verbs[0], (years[0].label, years[-1].label)
        most = max(bar.number for bar in years)
        of = f"{most:,} of {counted(self.total, 'study', 'studies')}"
        peaks = [bar.label for bar in years if bar.number == most]
        each = " each" if peaks[1:] else ""
        if len(peaks) > 3:
            return f"{lead} from {first} to {last}, at most {of} in a year"
        if len(peaks) == len(years):
            return f"{lead} in {enumeration(peaks, 'or')} ({of}{each})"
        return f"{lead} from {first} to {last}, most often in {enumeration(peaks, 'or')} ({of}{each})"

    def _none(self) -> list[str]:
        if self.is_empty or not self.none:
            return []
        number = self.none.number
        if number == self.alone:
            return [f"{counted(number, 'study', 'studies')} {self.wording.none[number != 1]}"]
        have = "has" if number == 1 else "have"
        holders = "reports" if self.dimension.applies_to == "records" else "findings"
        return [f"{counted(number, 'study', 'studies')} {have} {holders} without one"]

    @property
    def size(self) -> str:
        """How many numbers stand above the columns: on any screen, on a wide one, or the largest."""
        widest = max((len(f"{bar.number:,}") for bar in self.bars), default=1)
        needed = self.years * (widest * DIGIT + 5)
        return next((size for size, room in _ROOM.items() if needed <= room), "many")

    @property
    def widest(self) -> float:
        """How wide it may become, in rem, so that few years do not make planks."""
        return max(12, 4 * self.years) - 1.5

    @property
    def ticks(self) -> list[tuple[str, float]]:
        """The years that are written below the columns, with their places."""
        if not self.is_years:
            return []
        first, last = int(self.columns[0].bar.label), int(self.columns[-1].bar.label)
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if self.years / step <= 7)
        return [
            (str(year), round(100 * (year - first + 0.5) / self.years, 3))
            for year in range(first, last + 1)
            if year % step == 0
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """A question with the charts that answer it."""

    id: str
    title: str
    charts: list[Chart]


def question(dimension: Dimension) -> str:
    """Return which of :data:`QUESTIONS` a dimension answers."""
    if dimension.applies_to == "findings":
        return "found"
    if dimension.built_in:
        return _BUILT_IN.get(dimension.id, "also")
    return _SECTIONS.get(dimension.field.partition(".")[0], "also")


def overview(evidence: Evidence) -> list[Part]:
    """Return the charts of a review by question; a question without a chart is left out."""
    total = charted_studies(evidence)
    nones, coded = _nones(evidence), _coded(evidence)
    charts: dict[str, list[Chart]] = {name: [] for name in QUESTIONS}
    # Places and years come before what a codebook adds to them.
    for dimension in sorted(evidence.dimensions.values(), key=lambda own: own.id not in _BUILT_IN):
        if dimension.id == evidence.meta["exclusion_dimension"] or not evidence.terms[dimension.id]:
            continue
        none = nones.get(dimension.id)
        alone = total - coded.get(dimension.id, 0)
        charts[question(dimension)].append(_chart(evidence, dimension, total, none, alone))
    return [Part(name, title, charts[name]) for name, title in QUESTIONS.items() if charts[name]]


def charted_studies(evidence: Evidence) -> int:
    """Return how many studies can stand in a chart: those with a finding."""
    return int(evidence.rows("SELECT count(DISTINCT study) FROM placement")[0][0])


def _nones(evidence: Evidence) -> dict[str, Counts]:
    """Return what has no term, by dimension."""
    sql = """SELECT dimension, count(DISTINCT study), count(DISTINCT record), count(DISTINCT finding)
        FROM placement WHERE term IS NULL GROUP BY dimension"""
    return {row[0]: Counts(*row[1:]) for row in evidence.rows(sql)}


def _coded(evidence: Evidence) -> dict[str, int]:
    """Return how many studies have any term, by dimension."""
    sql = """SELECT dimension, count(DISTINCT study) FROM placement
        WHERE term IS NOT NULL GROUP BY dimension"""
    return {row[0]: row[1] for row in evidence.rows(sql)}


def _chart(
    evidence: Evidence, dimension: Dimension, total: int, none: Counts | None, alone: int
) -> Chart:
    from_records = dimension.id in BUILT_IN
    years = from_records and BUILT_IN[dimension.id].newest_first
    counts = evidence.counts
    terms = [
        (term, counts[dimension.id, term.id])
        for term in evidence.terms[dimension.id].values()
        # Terms that are made from all records: what only others have is no gap.
        if counts[dimension.id, term.id].studies or not from_records
    ]
    largest = max([none.studies if none else 0, *(own.studies for _, own in terms)])
    bars = [Bar(term, own, _share(own.studies, largest)) for term, own in terms]
    chart = Chart(dimension, _wording(dimension), total, [], None, alone)
    chart.none = Bar(None, none, _share(none.studies, largest)) if none else None
    if years:
        chart.bars = sorted(bars, key=lambda bar: bar.id)
        _add_columns(chart)
    elif dimension.id == CONFIDENCE:
        chart.bars = bars
    else:
        chart.bars = _with_more_marked(_sorted(bars))
    return chart


def _share(number: int, largest: int) -> float:
    """Return the length of a bar in per cent of the longest."""
    if not number or not largest:
        return 0.0
    return min(100.0, max(SMALLEST, round(100 * number / largest, 2)))


def _sorted(bars: Sequence[Bar]) -> list[Bar]:
    """Return each group's bars by number; where there are groups, the top level as in the codebook."""
    below: dict[str | None, list[Bar]] = {}
    for bar in bars:
        below.setdefault(bar.term.parent if bar.term else None, []).append(bar)

    def walk(parent: str | None) -> Iterable[Bar]:
        own = below.get(parent, [])
        if parent is not None or len(below) < 2:
            own = sorted(own, key=lambda bar: -bar.number)
        for bar in own:
            yield bar
            yield from walk(bar.id)

    return list(walk(None))


def _with_more_marked(bars: list[Bar]) -> list[Bar]:
    """Return the bars with all marked but the most frequent, and the top level where there are groups.

    A group has at least the number of each of its terms, so it is shown wherever one of them is.
    """
    if len(bars) <= MOST_BARS:
        return bars
    ranked = sorted(bars, key=lambda bar: (-bar.number, bar.term.depth if bar.term else 0))
    shown = {bar.id for bar in ranked[:MOST_BARS]}
    if any(bar.term and bar.term.depth for bar in bars):
        shown |= {bar.id for bar in bars if bar.term and not bar.term.depth}
    return [Bar(bar.term, bar.counts, bar.share, bar.id not in shown) for bar in bars]


def _add_columns(chart: Chart) -> None:
    """Give a chart of years its columns, with the room of every year between the first and the last."""
    if not chart.bars:
        return
    first, last = int(chart.bars[0].label), int(chart.bars[-1].label)
    chart.years = last - first + 1
    most = max(bar.number for bar in chart.bars)
    for bar in chart.bars:
        chart.columns.append(
            Column(
                bar=bar,
                left=round(100 * (int(bar.label) - first) / chart.years, 3),
                room=round(100 / chart.years, 3),
                height=max(3.0, round(HEIGHT * bar.number / most, 1)),
                is_peak=bar.number == most,
            )
        )


def _wording(dimension: Dimension) -> Wording:
    name = dimension.label.lower()
    if dimension.built_in and dimension.id in _BUILT_IN:
        if BUILT_IN[dimension.id].newest_first:
            lead = "Published" if dimension.id == "year" else "Data collected"
            return Wording((lead, lead), quoted=False, none=("names no year", "name no year"))
        none = (f"names no {name}", f"name no {name}")
        return Wording(("is from", "are from"), quoted=False, none=none)
    if dimension.id == CONFIDENCE:
        verbs = ("contributes to review findings with", "contribute to review findings with")
        none = ("contributes to no review finding", "contribute to no review finding")
        return Wording(verbs, quoted=True, none=none)
    if dimension.applies_to == "findings":
        none = ("has no finding coded", "have no finding coded")
        return Wording(("has findings coded", "have findings coded"), quoted=True, none=none)
    none = ("is not coded", "are not coded")
    return Wording(("is coded", "are coded"), quoted=True, none=none)


def _with_article(place: str) -> str:
    """Return a place as it stands in a sentence: *the United Kingdom*."""
    if place.startswith("The "):
        return f"the {place[4:]}"
    return f"the {place}" if _ARTICLE.match(place) else place


def _of_all(total: int) -> str:
    return {0: "any study", 1: "the one study"}.get(total, f"any of the {total:,} studies")
