"""``datapackage.json``: what the published files are, and what the columns of the tables mean.

Source: Data Package, Tabular Data Resource and Table Schema 1 (Frictionless Data). Programs that
know version 2 read it as well. Formats that have no comments of their own are cited by this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from evidence_map.exports.column_meanings import meanings
from evidence_map.exports.csv_table import Column, Row, finding_columns, report_columns
from evidence_map.exports.formats import Format
from evidence_map.exports.review_citation import review_citation, spdx_licence
from evidence_map.manuscript.characteristics import HEADINGS
from evidence_map.manuscript.csv_files import APPRAISAL_HEADINGS, FLOW_HEADINGS, NUMBER_HEADINGS
from evidence_map.manuscript.review_findings import PROFILE, SUMMARY
from evidence_map.manuscript.table import Heading
from evidence_map.model.absence import Absence
from evidence_map.site.evidence import Evidence

FILE = "datapackage.json"

Descriptor = dict[str, Any]
"""An object of the data package."""

_MISSING = ["", *(absence.value for absence in Absence)]
_DECISIONS = ["included", "excluded", "awaiting", "ongoing"]
_DEFUSED = (
    "A cell that a spreadsheet would take for a formula has an apostrophe before it, which is not part "
    "of the text."
)
_DATABASE = (
    "evidence.db",
    "Database (SQLite)",
    "application/vnd.sqlite3",
    "SQLite, Datasette, R, Python",
)


def _field(column: Column[Row], meaning: str) -> Descriptor:
    field: Descriptor = {"name": column.name, "type": "string", "description": meaning}
    if column.name == "counted":
        field |= {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]}
    elif column.is_number:
        field["type"] = "integer"
    elif column.name == "decision":
        field["constraints"] = {"enum": _DECISIONS}
    return field


def _schema(evidence: Evidence, columns: list[Column[Row]], key: str) -> Descriptor:
    meaning = meanings(columns)
    fields = [_field(column, meaning[column.name]) for column in columns]
    return {"fields": fields, "missingValues": _MISSING, "primaryKey": key}


def _reports(evidence: Evidence) -> Descriptor:
    return _schema(evidence, report_columns(evidence), "key")


def _findings(evidence: Evidence) -> Descriptor:
    reference = {"resource": "reports.csv", "fields": "key"}
    foreign = [{"fields": "record", "reference": reference}]
    return _schema(evidence, finding_columns(evidence), "finding") | {"foreignKeys": foreign}


def _manuscript_table(headings: Sequence[Heading]) -> Callable[[Evidence], Descriptor]:
    fields = [{"name": heading.text, "type": "string"} for heading in headings]
    return lambda evidence: {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": headings[0].text,
    }


def _numbers(evidence: Evidence) -> Descriptor:
    fields = [
        {"name": name, "type": "string", "description": meaning}
        for name, meaning in NUMBER_HEADINGS.items()
    ]
    return {"fields": fields, "missingValues": [""], "primaryKey": "name"}


def _flow(evidence: Evidence) -> Descriptor:
    fields = [
        {"name": name, "type": "integer" if name == "number" else "string", "description": meaning}
        for name, meaning in FLOW_HEADINGS.items()
    ]
    return {"fields": fields, "missingValues": [""]}


def _appraisal(evidence: Evidence) -> Descriptor:
    fields = [
        {"name": name, "type": "string", "description": meaning}
        for name, meaning in APPRAISAL_HEADINGS.items()
    ]
    return {"fields": fields, "missingValues": [""]}


_SCHEMAS: dict[str, Callable[[Evidence], Descriptor]] = {
    "csv": _reports,
    "findings-csv": _findings,
    "characteristics-csv": _manuscript_table(HEADINGS),
    "cerqual-summary-csv": _manuscript_table(SUMMARY),
    "cerqual-profile-csv": _manuscript_table(PROFILE),
    "numbers-csv": _numbers,
    "flow-csv": _flow,
    "appraisal-csv": _appraisal,
}
"""The formats that are tables, and what describes their columns."""


def data_package(evidence: Evidence, formats: Iterable[Format], folder: Path | None = None) -> str:
    """Return ``datapackage.json`` for the database and the files of the *formats*.

    :param folder: where the files stand; the size of those that are there is told.
    """
    files = [(_described(*_DATABASE), None), *((_of_format(form), form.name) for form in formats)]
    for resource, name in files:
        if folder is not None and (folder / resource["path"]).is_file():
            resource["bytes"] = (folder / resource["path"]).stat().st_size
        if name in _SCHEMAS:
            resource |= {
                "profile": "tabular-data-resource",
                "description": f"{resource['description']} {_DEFUSED}",
                "schema": _SCHEMAS[name](evidence),
            }
    package = _about(evidence) | {"resources": [resource for resource, _ in files]}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _of_format(form: Format) -> Descriptor:
    return _described(form.file, form.label, form.media_type, form.purpose)


def _described(file: str, label: str, media_type: str, purpose: str) -> Descriptor:
    resource = {
        "name": file.lower(),
        "path": file,
        "title": label,
        "description": f"For {purpose}.",
        "mediatype": media_type,
    }
    textual = media_type.startswith("text/") or file.endswith(("json", "jsonl", "xml", "tex", "cff"))
    if textual:
        resource["encoding"] = "utf-8"
    if file.endswith(".jsonl"):
        # A line is a whole record with lists in lists, which no program should take for a table.
        resource["type"] = "file"
    return resource


def _about(evidence: Evidence) -> Descriptor:
    meta = evidence.meta
    licence = spdx_licence(meta["licence"])
    told = {
        "profile": "data-package",
        "name": re.sub("[^a-z0-9]+", "-", meta["short_title"].lower()).strip("-") or "evidence-map",
        "title": meta["title"],
        "description": f"{' '.join(meta['summary'].split())} Licence: {meta['licence']}.",
        "version": meta["version"],
        "homepage": meta.get("address"),
        "licenses": [{"name": licence, "title": meta["licence"]}] if licence else None,
        "contributors": [{"title": name, "role": "author"} for name in evidence.authors],
        "citation": review_citation(evidence),
    }
    return {name: value for name, value in told.items() if value}
