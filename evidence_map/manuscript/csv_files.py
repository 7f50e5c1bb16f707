"""Tables and numbers of the manuscript as CSV, by the same rules as the other tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from evidence_map.exports.csv_table import defused
from evidence_map.exports.fields import one_line
from evidence_map.manuscript.numbers import Number, latex_names
from evidence_map.manuscript.table import Table

NUMBER_HEADINGS = {
    "name": "Name of the number, which stays",
    "latex": "Command of LaTeX that stands for it, without the backslash",
    "value": "The number",
    "meaning": "What it counts",
}
"""The columns of the numbers, and what they mean."""


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    for row in rows:
        table.writerow(defused(one_line("the table", "cell", cell)) for cell in row)
    return text.getvalue()


def table_csv(table: Table) -> str:
    """Return a table as CSV; citations stand as text, with their keys in brackets.

    :raises ExportError: if a cell holds a line break or another control character.
    """
    headings = [heading.text for heading in table.headings]
    return _written([headings, *([cell.plain for cell in row] for row in table.rows)])


def numbers_csv(found: list[Number]) -> str:
    """Return the numbers as CSV with their names here and in LaTeX.

    :raises ExportError: if a text holds a line break or another control character.
    """
    names = latex_names(found)
    rows = ([each.name, names[each.name], str(each.value), each.meaning] for each in found)
    return _written([list(NUMBER_HEADINGS), *rows])
