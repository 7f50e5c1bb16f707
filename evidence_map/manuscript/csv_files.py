"""Tables and numbers of the manuscript as CSV, by the same rules as the other tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from evidence_map.exports.csv_table import defused
from evidence_map.exports.fields import one_line
from evidence_map.manuscript.numbers import Number, latex_names
from evidence_map.manuscript.table import Table
from evidence_map.site.appraisals import MEANINGS, Appraisals
from evidence_map.site.flow import Flow

NUMBER_HEADINGS = {
    "name": "Name of the number, which stays",
    "latex": "Command of LaTeX that stands for it, without the backslash",
    "value": "The number",
    "meaning": "What it counts",
}
"""The columns of the numbers, and what they mean."""

FLOW_HEADINGS = {
    "column": "Column of the flow diagram: databases and registers, other methods, or both",
    "box": "Name of the box, which stays",
    "title": "Name of the box for readers",
    "part": "Kind of source, reason of exclusion or what was read; empty for the whole box",
    "number": "How many",
    "definition": "What the box counts",
}
"""The columns of the flow diagram's numbers, and what they mean."""


APPRAISAL_HEADINGS = {
    "record": "Citation key of the report",
    "citation": "Its short citation",
    "tool": "Appraisal tool; blank where the report is not appraised",
    "number": "Number of the item in the tool",
    "question": "What the item asks, in short words of the review",
    "answer": "Answer in the words of the tool",
    "meaning": "What it says of the methods: sound, cannot be told, unsound, or not asked of this study",
    "support": "What in the paper the answer rests on",
    "locator": "Where the paper says it",
    "not_appraised": "Why the report is not appraised",
}
"""The columns of the appraisals, and what they mean."""


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


def appraisal_csv(appraisals: Appraisals) -> str:
    """Return a row for each answer, and one for each included report that is not appraised.

    :raises ExportError: if a text holds a line break or another control character.
    """
    return _written([list(APPRAISAL_HEADINGS), *_answers(appraisals), *_reasons(appraisals)])


def _answers(appraisals: Appraisals) -> Iterator[list[str]]:
    for tool, report, answers in appraisals.answered():
        for own in answers:
            item = own.item
            told = [item.number, item.question, own.answer, MEANINGS[own.sign], own.support, own.locator]
            yield [report.key, report.citation, tool.name, *told, ""]


def _reasons(appraisals: Appraisals) -> Iterator[list[str]]:
    for group in appraisals.not_appraised:
        for report in group.reports:
            yield [report.key, report.citation, *[""] * 7, group.reason]


def numbers_csv(found: list[Number]) -> str:
    """Return the numbers as CSV with their names here and in LaTeX.

    :raises ExportError: if a text holds a line break or another control character.
    """
    names = latex_names(found)
    rows = ([each.name, names[each.name], str(each.value), each.meaning] for each in found)
    return _written([list(NUMBER_HEADINGS), *rows])


def flow_csv(flow: Flow) -> str:
    """Return the numbers of the flow diagram as CSV, a line for each box and for each part of it.

    :raises ExportError: if a text holds a line break or another control character.
    """
    rows = [list(FLOW_HEADINGS)]
    for name in flow.ids:
        for box in flow.boxes(name):
            head, end = [box.method, box.id, box.title], [box.definition]
            rows.append([*head, "", str(box.number), *end])
            rows += [[*head, part.label, str(part.number), *end] for part in box.parts]
    return _written(rows)
