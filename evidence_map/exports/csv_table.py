"""Tables for spreadsheets and statistics programs: a row for each report, and a row for each finding.

RFC 4180: commas, CR LF, double quotes around what needs them. UTF-8 without a byte order mark. The
columns up to ``sample_unit`` bear the names that they have in the database. Then follows a column
for each dimension: ``report.country`` holds the labels of the report's own terms, ``finding.theme``
those of all its findings (in the table of findings, of this one), joined by semicolons.

Where a coded cell has no value, it says why in the words of the review: not reported, not
applicable, not yet extracted. A blank cell among the bibliographic ones means that the record names
nothing there.

A spreadsheet would run a cell that begins like a formula, so such a cell has an apostrophe before
it; see :func:`defused`. CSV has no comments, so the citation of the review stands in
``datapackage.json``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from evidence_map.dimensions import CONFIDENCE
from evidence_map.exports.fields import family_first, one_line
from evidence_map.site.evidence import Dimension, Evidence, PaperFinding, Report

Told = tuple[Report, PaperFinding]
"""A finding behind the report that tells it."""

Row = TypeVar("Row", Report, Told)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its heading, what stands below it in a row, and what that means.

    ``meaning`` is empty where the column has the name and the meaning of one of the table record.
    """

    name: str
    cell: Callable[[Row], str]
    meaning: str = ""
    is_number: bool = False
    is_coded: bool = False


_OWN_COLUMN = {"year", "basis", "publication-type"}
"""Built-in dimensions that would repeat the columns ``year``, ``basis`` and ``type``."""

_FIELDS = {
    "country": "setting.countries",
    "region": "setting.subdivisions",
    "collection-year": "setting.data_collected",
}
"""The fields that fill the other built-in dimensions."""

NO_REVIEW_FINDING = "contributes to no review finding"
"""What stands for the confidence in review findings where there is none."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_JOIN = "; "


def defused(text: str) -> str:
    """Return *text* with an apostrophe before it if a spreadsheet would take it for a formula.

    That is so where it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break, or with the wide
    form of such a sign, which spreadsheets for Chinese and Japanese read alike. A text that
    begins so after apostrophes of its own gets one more; so whoever takes one apostrophe off
    wherever such a sign follows the apostrophes has the text as it was.

    >>> defused("=1+1"), defused("'=1+1"), defused("1+1")
    ("'=1+1", "''=1+1", '1+1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _of_row(name: str) -> Callable[[Report], str]:
    return lambda report: "" if report.row[name] is None else str(report.row[name])


def _stated(name: str, path: str) -> Callable[[Report], str]:
    """Return a column of the table record that says why it is blank."""
    return lambda report: _of_row(name)(report) or report.missing(path)


def _authors(report: Report) -> str:
    names = [family_first(person) for person in report.authors]
    if not report.row["authors_complete"]:
        names.append("et al.")
    return _JOIN.join(names) if report.authors else report.missing("reference.authors")


def _keywords(report: Report) -> str:
    return _JOIN.join(report.lists.get("keyword", []))


def _sample_unit(report: Report) -> str:
    return "" if report.row["sample_size"] is None else _of_row("sample_unit")(report)


def _number_of_findings(report: Report) -> str:
    return str(len(report.findings))


def _report_terms(dimension: Dimension) -> Callable[[Report], str]:
    path = _FIELDS.get(dimension.id, "") if dimension.built_in else _path(dimension)
    return lambda report: (
        _JOIN.join(term.label for term in report.terms(dimension.id)) or report.missing(path)
    )


def _finding_terms(dimension: Dimension) -> Callable[[Report], str]:
    path = _path(dimension)

    def labels(report: Report) -> str:
        terms = [term for finding in report.findings for term in finding.placed_terms]
        found = dict.fromkeys(term.label for term in terms if term.dimension == dimension.id)
        return _JOIN.join(found) or _JOIN.join(reasons(report))

    def reasons(report: Report) -> Iterable[str]:
        if dimension.id == CONFIDENCE:
            return [NO_REVIEW_FINDING]
        paths = [f"findings.{finding.name}.{path}" for finding in report.findings] or ["findings"]
        return dict.fromkeys(report.missing(path) for path in paths)

    return labels


def _path(dimension: Dimension) -> str:
    return f"codes.{dimension.id}" if dimension.field == "codes" else dimension.field


def report_columns(evidence: Evidence) -> list[Column[Report]]:
    """Return the columns of the table of reports for the dimensions that *evidence* has."""
    places = ("container_title", "volume", "issue", "page", "number", "doi", "pmid", "url")
    dimensions = evidence.dimensions.values()
    return [
        Column("key", lambda report: report.key),
        Column("citation", lambda report: report.citation),
        Column("title", _of_row("title")),
        Column("authors", _authors, "Authors in the order of the paper, family names first"),
        Column("year", _stated("year", "reference.issued"), is_number=True),
        *(Column(name, _of_row(name)) for name in ("issued", *places, "language")),
        Column("keywords", _keywords, "Keywords that the authors chose"),
        *(Column(name, _of_row(name)) for name in ("type", "standing", "study", "decision")),
        Column("counted", _of_row("counted"), is_number=True),
        Column("basis", _stated("basis", "extraction")),
        Column("sample_size", _stated("sample_size", "sample.size"), is_number=True),
        Column("sample_unit", _sample_unit),
        *(
            Column(f"report.{each.id}", _report_terms(each), _meaning(each), is_coded=True)
            for each in dimensions
            if each.applies_to == "records" and not (each.built_in and each.id in _OWN_COLUMN)
        ),
        Column("findings", _number_of_findings, "Number of findings", is_number=True),
        *(
            Column(f"finding.{each.id}", _finding_terms(each), _meaning(each), is_coded=True)
            for each in dimensions
            if each.applies_to == "findings"
        ),
    ]


def finding_columns(evidence: Evidence) -> list[Column[Told]]:
    """Return the columns of the table of findings for the dimensions that *evidence* has."""
    return [
        Column("finding", lambda told: told[1].id, "Reference of the finding: record, #, name"),
        Column("record", lambda told: told[0].key, "Citation key of the report that tells it"),
        Column("citation", lambda told: told[0].citation),
        Column("decision", lambda told: _of_row("decision")(told[0])),
        Column("counted", lambda told: _of_row("counted")(told[0]), is_number=True),
        Column("basis", lambda told: _stated("basis", "extraction")(told[0])),
        Column("statement", lambda told: told[1].statement, "What was found, in the review's words"),
        Column("locator", lambda told: told[1].locator, "Where the paper says it"),
        *(
            Column(f"finding.{each.id}", _own_terms(each), _meaning(each), is_coded=True)
            for each in evidence.dimensions.values()
            if each.applies_to == "findings"
        ),
    ]


def _own_terms(dimension: Dimension) -> Callable[[Told], str]:
    path = _path(dimension)

    def labels(told: Told) -> str:
        report, finding = told
        found = [term.label for term in finding.placed_terms if term.dimension == dimension.id]
        if not found and dimension.id == CONFIDENCE:
            return NO_REVIEW_FINDING
        return _JOIN.join(found) or report.missing(f"findings.{finding.name}.{path}")

    return labels


def _meaning(dimension: Dimension) -> str:
    return f"{dimension.label}: {dimension.definition}"


def findings_of(reports: Iterable[Report]) -> list[Told]:
    """Return every finding of the reports behind its report, in their order."""
    return [(report, finding) for report in reports for finding in report.findings]


def as_csv(reports: Iterable[Report], evidence: Evidence) -> str:
    """Return the reports as one table below a line of headings.

    :param evidence: the database that the reports come from; it knows the dimensions.
    :raises ExportError: if a value holds a line break or another control character.
    """
    return _table(report_columns(evidence), ((report.key, report) for report in reports))


def as_findings_csv(reports: Iterable[Report], evidence: Evidence) -> str:
    """Return the findings of the reports as one table below a line of headings.

    :param evidence: the database that the reports come from; it knows the dimensions.
    :raises ExportError: if a value holds a line break or another control character.
    """
    return _table(finding_columns(evidence), ((told[1].id, told) for told in findings_of(reports)))


def _table(columns: Sequence[Column[Row]], rows: Iterable[tuple[str, Row]]) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(column.name for column in columns)
    for key, row in rows:
        table.writerow(defused(one_line(key, column.name, column.cell(row))) for column in columns)
    return text.getvalue()
