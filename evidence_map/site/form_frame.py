"""What the web form knows of a review: its fields, terms, rules, and what is recorded already.

The form runs in the browser of a contributor and asks nobody but the site. It is made from the same
models, codebook and rules as the check, so that both say the same.
"""

from __future__ import annotations

import json
from typing import Any

import pycountry

from evidence_map.checking import all_rules
from evidence_map.contributing import record_fields
from evidence_map.imports import bibtex_fields, ris
from evidence_map.json_schemas import json_schema
from evidence_map.model.codebook import Dimension, PlacedTerm
from evidence_map.model.places import country_name, country_spellings, subdivision_name
from evidence_map.problems import Severity
from evidence_map.review import Review
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.form_model import form_model
from evidence_map.site.form_words import CHOICES, TYPES, wordings

FRAME = "contribute/form.json"
RECORDED = "contribute/recorded.json"
PLACES = "contribute/places.json"


def form_files(review: Review, repository: str | None, branch: str = "main") -> dict[str, bytes]:
    """Return the files that tell the form what it asks and checks, by their place in the site.

    :param repository: the address of the repository as mkdocs.yml names it, if it does.
    :param branch: the branch of the repository that the site is made from.
    """
    return {FRAME: _json(form_frame(review, repository, branch)), PLACES: _json(places())}


def recorded_files(evidence: Evidence) -> dict[str, bytes]:
    """Return what is recorded: what tells records apart, and the file of each as it was written."""
    twice = {row[0] for row in evidence.rows("SELECT record FROM second_extraction")}
    reports = evidence.reports.values()
    recorded = [_recorded(report, evidence, report.key in twice) for report in reports]
    files = evidence.rows("SELECT key, yaml FROM record ORDER BY key")
    return {RECORDED: _json(recorded), **{record_source(key): text.encode() for key, text in files}}


def record_source(key: str) -> str:
    """Return the place in the site of a record's file, as it was written."""
    return f"records/{key}/{key}.yml"


def form_frame(review: Review, repository: str | None, branch: str = "main") -> dict[str, Any]:
    """Return the fields, terms and rules of the review, and what a record can refer to."""
    return {
        "review": review.protocol.value.title,
        "contact": review.protocol.value.contact,
        "repository": repository,
        "branch": branch,
        "words": wordings(),
        "coded": coded_fields(),
        "choices": {**CHOICES, "reference.type": TYPES},
        "schema": json_schema("record", review.frame),
        "model": form_model(),
        "dimensions": [_dimension(dimension) for dimension in review.codebook.value.dimensions],
        "rules": {
            rule.code: {
                "title": rule.title,
                "why": rule.why,
                "cure": rule.cure,
                "severity": "error" if rule.severity is Severity.ERROR else "warning",
            }
            for rule in all_rules()
        },
        "studies": [{"id": key, "title": study.value.title} for key, study in review.studies.items()],
        "searches": [
            {"id": key, "source": search.value.source} for key, search in review.searches.items()
        ],
        "types": {
            "bibtex": bibtex_fields.TYPES,
            "ris": ris.TYPES,
        },
        "tools": [tool.value.model_dump(mode="json") for tool in review.tools.values()],
        "accepted": _accepted(review),
    }


def _accepted(review: Review) -> dict[str, list[str]]:
    """Return the warnings of records that stand for a reason: their codes by the file's place."""
    accepted: dict[str, list[str]] = {}
    for entry in review.accepted:
        accepted.setdefault(entry.value.path, []).append(entry.value.code)
    return accepted


def coded_fields() -> list[str]:
    """Return the paths of fields that hold terms; a codebook need not have a dimension for each."""
    fields = [field for section in record_fields() for field in section.fields]
    return [field.path for field in fields if field.kind in ("one term", "a list of terms")]


def places() -> dict[str, dict[str, Any]]:
    """Return the names of countries and of their parts by their ISO codes."""
    countries = {each.alpha_2: country_name(each.alpha_2) or "" for each in pycountry.countries}
    parts = {each.code: subdivision_name(each.code) or "" for each in pycountry.subdivisions}
    return {
        "countries": dict(sorted(countries.items())),
        "spellings": country_spellings(),
        "subdivisions": dict(sorted(parts.items())),
    }


def _dimension(dimension: Dimension) -> dict[str, Any]:
    return {
        **dimension.model_dump(mode="json", exclude={"terms"}, exclude_none=True),
        "terms": [_term(placed) for placed in dimension.walk()],
    }


def _term(placed: PlacedTerm) -> dict[str, Any]:
    kept = placed.term.model_dump(mode="json", exclude={"terms", "flow"}, exclude_none=True)
    return {**kept, "groups": list(placed.groups), "is_group": placed.is_group}


def _recorded(report: Report, evidence: Evidence, is_extracted_twice: bool) -> dict[str, Any]:
    """Return what tells a record apart, to find out whether a paper is there already."""
    row, authors = report.row, report.authors
    study = evidence.studies[row["study"]]
    told = {
        "key": report.key,
        "title": row["title"],
        "original_title": row["original_title"],
        "authors": [author.sorting for author in authors[:3]],
        "year": row["issued"][:4] if row["issued"] else None,
        "doi": row["doi"],
        "pmid": row["pmid"],
        "pmcid": row["pmcid"],
        "volume": row["volume"],
        "page": row["page"],
        "number": row["number"],
        "container_title": row["container_title"],
        "families": [author.literal or author.family for author in authors],
        "decision": row["decision"],
        "basis": row["basis"],
        "study": study.id if study.declared else None,
        "duplicate_of": row["duplicate_of"],
        "version_of": row["version_of"],
        "findings": [finding.name for finding in report.findings],
        "extracted_twice": is_extracted_twice or None,
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
