"""JSON Lines: a whole record on each line, for scripts that need no database.

``reference`` bears the names that its fields have in a record's file; everything else bears the
names of the database, and terms are given by their ids. What a record does not say is left out, and
``missing`` tells the reason by field. JSON Lines has no comments, so the citation of the review
stands in ``datapackage.json``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from evidence_map.exports.fields import ExportError
from evidence_map.model.reference import Reference
from evidence_map.site.evidence import PaperFinding, Person, Report, Row, Term

_BIBLIOGRAPHIC = tuple(Reference.model_fields)
_TOLD_OTHERWISE = {*_BIBLIOGRAPHIC, "key", "citation", "year", "authors_complete", "counted"}
"""Columns that are no facts of their own here: they are told elsewhere, or follow from others."""

_as_json = json.JSONEncoder(ensure_ascii=False).encode

_RARE = re.compile("[\ud800-\udfff\x85\u2028\u2029]")
"""Halves of characters, and signs at which some readers end a line."""


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value or value == 0}


def _row(row: Row, *left_out: str) -> dict[str, Any]:
    return _present({name: value for name, value in row.items() if name not in left_out})


def _people(people: list[Person]) -> list[dict[str, str]]:
    parts = ("family", "given", "particle", "suffix", "literal", "orcid")
    return [_present({part: getattr(person, part) for part in parts}) for person in people]


def _codes(terms: Iterable[Term]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        codes[term.dimension].append(term.id)
    return dict(codes)


def _reference(report: Report) -> dict[str, Any]:
    row = report.row
    told = {
        "authors": _people(report.authors),
        "authors_complete": bool(row["authors_complete"]),
        "editors": _people(report.editors),
        "keywords": report.lists.get("keyword"),
        "keep_capitals": report.lists.get("kept_capitals"),
    }
    return _present({name: told[name] if name in told else row[name] for name in _BIBLIOGRAPHIC})


def _finding(finding: PaperFinding) -> dict[str, Any]:
    return _present(
        {
            "id": finding.name,
            "statement": finding.statement,
            "locator": finding.locator,
            "codes": _codes(finding.terms),
            "quotes": [_row(quote, "finding", "position") for quote in finding.quotes],
        }
    )


def _appraisal(report: Report) -> dict[str, Any]:
    if report.appraisal is None:
        return {}
    answers = [_row(answer, "record", "tool", "question", "sign") for answer in report.answers]
    return _row(report.appraisal, "record", "name") | _present({"answers": answers})


def whole_record(report: Report) -> dict[str, Any]:
    """Return everything that the database holds of a report, as one object."""
    columns = dict(report.row)
    facts = {name: value for name, value in columns.items() if name not in _TOLD_OTHERWISE}
    bibliographic = {"keyword", "kept_capitals"}
    lists = {name: values for name, values in report.lists.items() if name not in bibliographic}
    return {
        "key": report.key,
        "citation": report.citation,
        "counted": report.counted,
        "reference": _reference(report),
        **_present(facts | lists),
        **_present(
            {
                "found_by": report.searches,
                "shares_sample_with": report.shared,
                "codes": _codes(report.codes),
                "sample_parts": [_row(part, "record", "position") for part in report.parts],
                "notices": [_row(notice, "record", "position") for notice in report.notices],
                "funders": [_row(funder, "record", "position") for funder in report.funders],
                "appraisal": _appraisal(report),
                "findings": [_finding(finding) for finding in report.findings],
                "missing": report.absences,
            }
        ),
    }


def json_line(report: Report) -> str:
    """Return a report as JSON on one line; signs at which some readers end a line are escaped.

    :raises ExportError: if a value holds half a character, which no file in UTF-8 can hold.
    """
    text = _as_json(whole_record(report))
    return _RARE.sub(lambda match: _escaped(report.key, match.group()), text)


def _escaped(key: str, sign: str) -> str:
    if "\ud800" <= sign <= "\udfff":
        raise ExportError(f"the record {key} holds half a character, U+{ord(sign):04X}")
    return f"\\u{ord(sign):04x}"


def as_json_lines(reports: Iterable[Report]) -> bytes:
    """Return the reports as JSON Lines in plain UTF-8.

    Line by line, since one text of all, in which a single letter is rare, would take four times as much.

    :raises ExportError: if a value holds half a character, which no file in UTF-8 can hold.
    """
    return b"".join(f"{json_line(report)}\n".encode() for report in reports)
