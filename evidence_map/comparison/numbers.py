"""Numbers that differ between two databases: totals, cells of maps, boxes of the flow diagram."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from evidence_map.comparison.differences import BASE, HEAD, What
from evidence_map.flow_boxes import BOXES
from evidence_map.site.evidence import Counts, Evidence

NONE_OF_THESE = "None of these"
"""The row and the column of findings without a term."""


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number before and after, with what it counts."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class BoxChange:
    """A box of the flow diagram, or a part of it, before and after.

    :ivar detail: kind of source or reason; empty for the whole box.
    """

    method: str
    box: str
    title: str
    detail: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a map whose numbers differ. A term is empty where findings have none."""

    map: str
    row: str
    column: str
    row_label: str
    column_label: str
    before: Counts
    after: Counts


@dataclass(frozen=True, slots=True)
class LineChange:
    """A row or a column that a map gained or lost."""

    map: str
    axis: str
    what: What
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class MapChange:
    """What differs in the numbers of a map that is in both databases.

    :ivar unit: what its cells show: study, report or finding.
    """

    id: str
    title: str
    unit: str
    lines: tuple[LineChange, ...]
    cells: tuple[CellChange, ...]


def changed_totals(base: Path, head: Path) -> list[NumberChange]:
    """Return the totals of the review that differ."""
    with Evidence(base) as one, Evidence(head) as other:
        before, after = one.totals, other.totals
    return [
        NumberChange(name, before[name], after[name]) for name in after if before[name] != after[name]
    ]


_FLOW = """
WITH asked(database, method, box, detail, number) AS (
  SELECT 0, method, box, coalesce(detail, ''), number FROM base.flow_number
  UNION ALL SELECT 1, method, box, coalesce(detail, ''), number FROM head.flow_number
),
whole(database, method, box, detail, number) AS (
  SELECT * FROM asked WHERE detail <> ''
  UNION ALL SELECT database, method, box, '', sum(number) FROM asked GROUP BY database, method, box
)
SELECT method, box, detail, sum(number * (database = 0)) AS before, sum(number * (database = 1)) AS after
FROM whole GROUP BY method, box, detail
HAVING before <> after
"""


def changed_boxes(connection: sqlite3.Connection) -> list[BoxChange]:
    """Return the boxes of the flow diagram that differ, in the order of the diagram."""
    order = {box.id: place for place, box in enumerate(BOXES)}
    words = {box.id: box.title for box in BOXES}
    rows = sorted(connection.execute(_FLOW), key=lambda row: (row[0], order[row[1]], row[2]))
    return [
        BoxChange(method, box, words[box], detail, before, after)
        for method, box, detail, before, after in rows
    ]


_CELLS = """
WITH place(map, row_term, column_term) AS (
  SELECT map, row_term, column_term FROM base_cell
  UNION SELECT map, row_term, column_term FROM head_cell
)
SELECT place.map, place.row_term, place.column_term,
  coalesce(before.studies, 0), coalesce(before.reports, 0), coalesce(before.findings, 0),
  coalesce(after.studies, 0), coalesce(after.reports, 0), coalesce(after.findings, 0)
FROM place
LEFT JOIN base_cell AS before USING (map, row_term, column_term)
LEFT JOIN head_cell AS after USING (map, row_term, column_term)
WHERE (before.studies, before.reports, before.findings)
  IS NOT (after.studies, after.reports, after.findings)
"""

_LINES = """
SELECT map.id, '{axis}', term.id, term.label FROM {db}.map
JOIN {db}.term ON term.dimension = map.{axis}_dimension
"""


def changed_maps(connection: sqlite3.Connection) -> list[MapChange]:
    """Return what differs in the numbers of each map that both databases have."""
    _copy_cells(connection)
    labels = _labels(connection)
    cells = sorted(_cells(connection, labels), key=lambda cell: _order(cell, labels))
    of_map = {name: tuple(group) for name, group in groupby(cells, attrgetter("map"))}
    lines = sorted(_lines(connection), key=lambda line: (line.map, line.axis, line.what, line.term))
    sql = """SELECT id, title, unit FROM head.map WHERE id IN (SELECT id FROM base.map)
        ORDER BY position, id"""
    found = []
    for name, title, unit in connection.execute(sql):
        own_lines = tuple(line for line in lines if line.map == name)
        if own_lines or name in of_map:
            found.append(MapChange(name, title, unit, own_lines, of_map.get(name, ())))
    return found


def _copy_cells(connection: sqlite3.Connection) -> None:
    """Count the cells of both databases once; their view counts anew each time it is read."""
    for database in (BASE, HEAD):
        connection.execute(f"DROP TABLE IF EXISTS temp.{database}_cell")
        connection.execute(
            f"""CREATE TEMP TABLE {database}_cell (map TEXT, row_term TEXT, column_term TEXT,
            studies INTEGER, reports INTEGER, findings INTEGER,
            PRIMARY KEY (map, row_term, column_term)) WITHOUT ROWID"""
        )
        connection.execute(
            f"""INSERT INTO {database}_cell SELECT map, coalesce(row_term, ''),
            coalesce(column_term, ''), studies, reports, findings FROM {database}.map_cell"""
        )


Labels = dict[tuple[str, str, str], tuple[int, str]]
"""Place and label of each term, by map, axis and term."""


def _labels(connection: sqlite3.Connection) -> Labels:
    found: Labels = {}
    for database in (BASE, HEAD):
        for axis in ("row", "column"):
            sql = f"""SELECT map.id, term.id, term.position, term.label FROM {database}.map
                JOIN {database}.term ON term.dimension = map.{axis}_dimension"""
            for name, term, position, label in connection.execute(sql):
                found[name, axis, term] = (position, label)
    return found


def _order(cell: CellChange, labels: Labels) -> tuple[object, ...]:
    last = (1_000_000, "")
    row = labels.get((cell.map, "row", cell.row), last)
    column = labels.get((cell.map, "column", cell.column), last)
    return cell.map, row[0], cell.row, column[0], cell.column


def _cells(connection: sqlite3.Connection, labels: Labels) -> Iterator[CellChange]:
    sql = f"""SELECT * FROM ({_CELLS}) AS found
        WHERE found.map IN (SELECT id FROM base.map) AND found.map IN (SELECT id FROM head.map)"""
    for name, row, column, *numbers in connection.execute(sql):
        yield CellChange(
            name,
            row,
            column,
            labels.get((name, "row", row), (0, NONE_OF_THESE))[1],
            labels.get((name, "column", column), (0, NONE_OF_THESE))[1],
            Counts(*numbers[:3]),
            Counts(*numbers[3:]),
        )


def _lines(connection: sqlite3.Connection) -> Iterator[LineChange]:
    for axis in ("row", "column"):
        before, after = (
            {row[:3]: row[3] for row in connection.execute(_LINES.format(db=database, axis=axis))}
            for database in (BASE, HEAD)
        )
        for what, gone, there in ((What.REMOVED, before, after), (What.ADDED, after, before)):
            for place in gone.keys() - there.keys():
                yield LineChange(place[0], axis, what, place[2], gone[place])
