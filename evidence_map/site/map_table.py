"""A published map as a table: its rows, columns and cells, counted from the database."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_map.dimensions import NONE_OF_THESE
from evidence_map.problem_reports import counted
from evidence_map.site.bubble import Bubble, bubble
from evidence_map.site.evidence import Evidence, PaperFinding, Report, Term

MOST_COLOURS = 6
OTHER = "_other"
"""The segment that gathers the rest; no term can be called so."""

PLURALS = {"study": "studies", "report": "reports", "finding": "findings"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or column: a term, a group, or *none of these*."""

    id: str
    label: str
    definition: str
    depth: int
    is_group: bool
    parent: str | None
    count: int

    @property
    def is_none(self) -> bool:
        """Whether it gathers what has no term of the dimension."""
        return self.id == NONE_OF_THESE


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bubbles: its colour (1 to 6, 0 for none) and its name."""

    id: str
    label: str
    colour: int


@dataclass(slots=True)
class Cell:
    """What stands where a row and a column meet.

    ``units`` gives the findings by study, report or finding; ``empty`` says which kind of empty a
    cell without units is: ``nothing`` found, ``apart`` (only reports that are not counted) or
    ``outside`` the frame.
    """

    units: dict[str, list[str]] = field(default_factory=dict)
    segments: list[tuple[Segment, int]] = field(default_factory=list)
    empty: str = "nothing"
    reason: str = ""
    bubble: Bubble | None = None
    label: str = ""

    @property
    def count(self) -> int:
        """How many units stand here."""
        return len(self.units)


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the table's head with its spans."""

    heading: Heading
    label: str
    columns: int
    lines: int


@dataclass(slots=True)
class MapTable:
    """A whole map. ``cells`` is keyed by the ids of row and column."""

    id: str
    title: str
    question: str
    unit: str
    row_dimension: str
    column_dimension: str
    segment_dimension: str | None
    row_label: str
    column_label: str
    segment_label: str
    rows: list[Heading]
    columns: list[Heading]
    segments: list[Segment]
    cells: dict[tuple[str, str], Cell]
    total: int

    @property
    def unit_plural(self) -> str:
        """The name of what is counted, in the plural."""
        return PLURALS[self.unit]

    def cell(self, row: Heading, column: Heading) -> Cell:
        """Return the cell where *row* and *column* meet."""
        return self.cells[row.id, column.id]

    def filled(self, row: Heading) -> Iterator[tuple[Heading, Cell]]:
        """Yield the columns of a row that are not empty, with their cells."""
        for column in self.columns:
            if (cell := self.cells[row.id, column.id]).count:
                yield column, cell

    def unfilled(self, row: Heading) -> Iterator[tuple[Heading, Cell]]:
        """Yield the columns of a row that are empty for a reason worth telling, with their cells."""
        for column in self.columns:
            cell = self.cells[row.id, column.id]
            if not cell.count and cell.empty != "nothing":
                yield column, cell

    def header(self) -> list[list[HeadCell]]:
        """Return the lines of the table's head. A group spans its terms and a column for all of it."""
        depth = max((column.depth for column in self.columns), default=0) + 1
        lines: list[list[HeadCell]] = [[] for _ in range(depth)]
        for column in self.columns:
            level = column.depth
            if column.is_group:
                span = 1 + sum(self._is_below(other, column) for other in self.columns)
                lines[level].append(HeadCell(column, column.label, span, 1))
                below = level + 1
                lines[below].append(HeadCell(column, f"All of {column.label.lower()}", 1, depth - below))
            else:
                lines[level].append(HeadCell(column, column.label, 1, depth - level))
        return lines

    def _is_below(self, heading: Heading, group: Heading) -> bool:
        parents = {column.id: column.parent for column in self.columns}
        current = heading.parent
        while current is not None:
            if current == group.id:
                return True
            current = parents.get(current)
        return False


def map_tables(evidence: Evidence) -> list[MapTable]:
    """Return all published maps, the one that the map page opens with first."""
    return [_map_table(evidence, row) for row in evidence.rows("SELECT * FROM map ORDER BY position")]


def _map_table(evidence: Evidence, row: sqlite3.Row) -> MapTable:
    segment_dimension = row["segment_dimension"]
    segments = _segments(evidence, segment_dimension)
    table = MapTable(
        id=row["id"],
        title=row["title"],
        question=row["question"],
        unit=row["unit"],
        row_dimension=row["row_dimension"],
        column_dimension=row["column_dimension"],
        segment_dimension=segment_dimension,
        row_label=evidence.dimensions[row["row_dimension"]].label,
        column_label=evidence.dimensions[row["column_dimension"]].label,
        segment_label=evidence.dimensions[segment_dimension].label if segment_dimension else "",
        rows=_headings(evidence, row["row_dimension"], row["unit"]),
        columns=_headings(evidence, row["column_dimension"], row["unit"]),
        segments=segments,
        cells={},
        total=evidence.totals[PLURALS[row["unit"]]],
    )
    placed = _units(evidence, table)
    colours = _colours(evidence, segment_dimension, segments)
    apart = _apart(evidence, table)
    outside = {
        (cell["row_term"], cell["column_term"]): cell["reason"]
        for cell in evidence.rows("SELECT * FROM map_outside WHERE map = ?", table.id)
    }
    largest = max((len(units) for units in placed.values()), default=1)
    for heading in table.rows:
        for column in table.columns:
            place = (heading.id, column.id)
            cell = Cell(units=placed.get(place, {}))
            if cell.count:
                _divide(cell, segments, colours)
                drawn = [(segment.colour, number) for segment, number in cell.segments]
                cell.bubble = bubble(cell.count, largest, drawn)
            elif place in outside:
                cell.empty, cell.reason = "outside", outside[place]
            elif place in apart:
                cell.empty = "apart"
            cell.label = _spoken(table, heading, column, cell)
            table.cells[place] = cell
    return table


def _headings(evidence: Evidence, dimension: str, unit: str) -> list[Heading]:
    headings = [
        Heading(
            term.id,
            term.label,
            term.definition,
            term.depth,
            term.is_group,
            term.parent,
            evidence.counts[dimension, term.id].of(unit),
        )
        for term in evidence.terms[dimension].values()
    ]
    column = {"study": "study", "report": "record", "finding": "finding"}[unit]
    without = evidence.rows(
        f"SELECT count(DISTINCT {column}) FROM placement WHERE dimension = ? AND term IS NULL", dimension
    )[0][0]
    label = evidence.dimensions[dimension].label.lower()
    definition = f"No term of “{label}” is coded."
    return [*headings, Heading(NONE_OF_THESE, "None of these", definition, 0, False, None, without)]


def _units(evidence: Evidence, table: MapTable) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Return the findings in each cell, by the unit that is counted."""
    column = {"study": "study", "report": "record", "finding": "finding"}[table.unit]
    across: dict[str, list[str]] = defaultdict(list)
    for term, finding in evidence.rows(
        "SELECT term, finding FROM placement WHERE dimension = ?", table.column_dimension
    ):
        across[finding].append(term or NONE_OF_THESE)
    cells: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    sql = f"SELECT term, finding, {column} FROM placement WHERE dimension = ? ORDER BY term, finding"
    for term, finding, unit in evidence.rows(sql, table.row_dimension):
        for other in across[finding]:
            cells[term or NONE_OF_THESE, other][unit].append(finding)
    return cells


def _segments(evidence: Evidence, dimension: str | None) -> list[Segment]:
    """Return the top-level terms as segments; beyond six, the last colour stands for the rest."""
    if dimension is None:
        return []
    terms = [term for term in evidence.terms[dimension].values() if term.parent is None]
    used = [term for term in terms if evidence.counts[dimension, term.id].findings]
    shown = used if len(used) <= MOST_COLOURS else used[: MOST_COLOURS - 1]
    segments = [Segment(term.id, term.label, index) for index, term in enumerate(shown, 1)]
    if len(used) > len(shown):
        segments.append(Segment(OTHER, "Other", MOST_COLOURS))
    return segments


def _colours(evidence: Evidence, dimension: str | None, segments: list[Segment]) -> dict[str, int]:
    """Return the segments of each finding: a number with a bit set for each of them."""
    if dimension is None:
        return {}
    known = {segment.id: 1 << place for place, segment in enumerate(segments)}
    sql = """SELECT placement.finding, placement.term FROM placement
        JOIN term ON term.dimension = placement.dimension AND term.id = placement.term
        WHERE placement.dimension = ? AND term.depth = 0"""
    found: dict[str, int] = defaultdict(int)
    for finding, term in evidence.rows(sql, dimension):
        found[finding] |= known[term] if term in known else known[OTHER]
    return found


NO_SEGMENT = Segment(NONE_OF_THESE, "None of these", 0)


def _divide(cell: Cell, segments: list[Segment], colours: dict[str, int]) -> None:
    """Count the units of *cell* by segment; a unit with several segments counts in each."""
    if not segments:
        return
    # Units with the same segments are many: they are told apart by a bit for each segment.
    kinds: Counter[int] = Counter()
    for findings in cell.units.values():
        kind = 0
        for finding in findings:
            kind |= colours.get(finding, 0)
        kinds[kind] += 1
    numbers = [
        (segment, sum(number for kind, number in kinds.items() if kind >> place & 1))
        for place, segment in enumerate(segments)
    ]
    cell.segments = [own for own in [*numbers, (NO_SEGMENT, kinds[0])] if own[1]]


def _apart(evidence: Evidence, table: MapTable) -> set[tuple[str, str]]:
    """Return the cells in which reports stand that are not counted, such as ongoing ones."""
    cells: set[tuple[str, str]] = set()
    for report in evidence.reports.values():
        if report.counted or report.row["decision"] == "excluded":
            continue
        for finding in [*report.findings, None]:
            for row in _places(evidence, report, finding, table.row_dimension):
                for column in _places(evidence, report, finding, table.column_dimension):
                    cells.add((row, column))
    return cells


def _places(
    evidence: Evidence, report: Report, finding: PaperFinding | None, dimension: str
) -> set[str]:
    terms = [*report.codes, *(finding.placed_terms if finding else [])]
    places: set[str] = set()
    for term in terms:
        current: Term | None = term if term.dimension == dimension else None
        while current is not None:
            places.add(current.id)
            current = evidence.terms[dimension][current.parent] if current.parent else None
    return places


_EMPTY = {
    "nothing": "no {unit} found",
    "apart": "no {unit} counted, only reports that are shown apart",
    "outside": "outside the frame of this map",
}


def _spoken(table: MapTable, row: Heading, column: Heading, cell: Cell) -> str:
    """Return what a screen reader says of a cell: count, row, column, and how it divides."""
    place = f"{row.label}, {column.label}"
    if not cell.count:
        return f"{place}: " + _EMPTY[cell.empty].format(unit=table.unit)
    text = f"{counted(cell.count, table.unit, table.unit_plural)}: {place}"
    parts = ", ".join(f"{number} {segment.label.lower()}" for segment, number in cell.segments)
    return f"{text} ({parts})" if parts else text
