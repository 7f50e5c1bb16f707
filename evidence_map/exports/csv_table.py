"""A table with one row for each report, for spreadsheets and statistics programs.

RFC 4180: commas, CR LF, double quotes around what needs them. UTF-8 without a byte order mark. The
columns up to ``sample_unit`` bear the names that they have in the database. Then follows a column
for each dimension: ``report.country`` holds the labels of the report's own terms, ``finding.theme``
those of all its findings, joined by semicolons.

Where a coded cell has no value, it says why in the words of the review: not reported, not
applicable, not yet extracted. A blank cell among the bibliographic ones means that the record names
nothing there.

A spreadsheet would run a cell that begins like a formula, so such a cell has an apostrophe before
it; see :func:`defused`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable

from evidence_map.exports.fields import family_first, one_line
from evidence_map.site.evidence import Dimension, Evidence, Report

Columns = dict[str, Callable[[Report], str]]
"""The headings in their order, each with what stands below it for a report."""

_OWN_COLUMN = {"year", "basis", "publication-type"}
"""Built-in dimensions that would repeat the columns ``year``, ``basis`` and ``type``."""

_FIELDS = {
    "country": "setting.countries",
    "region": "setting.subdivisions",
    "collection-year": "setting.data_collected",
}
"""The fields that fill the other built-in dimensions."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_JOIN = "; "


def defused(text: str) -> str:
    """Return *text* with an apostrophe before it if a spreadsheet would take it for a formula.

    That is so where it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break. A text that
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


def _sample_unit(report: Report) -> str:
    return "" if report.row["sample_size"] is None else _of_row("sample_unit")(report)


def _report_terms(dimension: Dimension) -> Callable[[Report], str]:
    path = _FIELDS.get(dimension.id, "") if dimension.built_in else _path(dimension)
    return lambda report: (
        _JOIN.join(term.label for term in report.terms(dimension.id)) or report.missing(path)
    )


def _finding_terms(dimension: Dimension) -> Callable[[Report], str]:
    path = _path(dimension)

    def labels(report: Report) -> str:
        terms = [term for finding in report.findings for term in finding.terms]
        found = dict.fromkeys(term.label for term in terms if term.dimension == dimension.id)
        return _JOIN.join(found) or _JOIN.join(reasons(report))

    def reasons(report: Report) -> Iterable[str]:
        paths = [f"findings.{finding.name}.{path}" for finding in report.findings] or ["findings"]
        return dict.fromkeys(report.missing(path) for path in paths)

    return labels


def _path(dimension: Dimension) -> str:
    return f"codes.{dimension.id}" if dimension.field == "codes" else dimension.field


def columns(evidence: Evidence) -> Columns:
    """Return the columns of the table for the dimensions that *evidence* has."""
    places = ("container_title", "volume", "issue", "page", "number", "doi", "pmid", "url")
    dimensions = evidence.dimensions.values()
    return {
        "key": lambda report: report.key,
        "citation": lambda report: report.citation,
        "title": _of_row("title"),
        "authors": _authors,
        "year": _stated("year", "reference.issued"),
        **{name: _of_row(name) for name in places},
        **{name: _of_row(name) for name in ("type", "study", "decision", "counted")},
        "basis": _stated("basis", "extraction"),
        "sample_size": _stated("sample_size", "sample.size"),
        "sample_unit": _sample_unit,
        **{
            f"report.{each.id}": _report_terms(each)
            for each in dimensions
            if each.applies_to == "records" and not (each.built_in and each.id in _OWN_COLUMN)
        },
        "findings": lambda report: str(len(report.findings)),
        **{
            f"finding.{each.id}": _finding_terms(each)
            for each in dimensions
            if each.applies_to == "findings"
        },
    }


def as_csv(reports: Iterable[Report], evidence: Evidence) -> str:
    """Return the reports as one table below a line of headings.

    :param evidence: the database that the reports come from; it knows the dimensions.
    :raises ExportError: if a value holds a line break or another control character.
    """
    wanted = columns(evidence)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(wanted)
    for report in reports:
        table.writerow(
            defused(one_line(report.key, heading, cell(report))) for heading, cell in wanted.items()
        )
    return text.getvalue()
