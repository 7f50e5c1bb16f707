"""The review itself as a reference, so that every format of references can carry it."""

from __future__ import annotations

import yaml

from evidence_map.exports.review_citation import citation_cff
from evidence_map.site.evidence import Evidence, Person, Report

KEY = "this_review"
"""The key of the reference. No record can have it: their keys have no underscore."""


def review_report(evidence: Evidence) -> Report:
    """Return the version of the data that *evidence* holds as a report of the type ``dataset``.

    Who is a person and who is a body is told as in CITATION.cff.

    :raises ExportError: if a value holds a line break or another control character.
    """
    meta = evidence.meta
    columns = [row["name"] for row in evidence.rows("PRAGMA table_info(record)")]
    row = dict.fromkeys(columns) | {
        "key": KEY,
        "type": "dataset",
        "title": meta["title"],
        "issued": meta["data_date"] or None,
        "edition": f"Version {meta['version']}",
        "publisher": meta.get("publisher"),
        "url": meta.get("address"),
        "licence": meta["licence"],
        "authors_complete": 1,
    }
    authors = yaml.safe_load(citation_cff(evidence))["authors"]
    return Report(row, authors=[_person(author) for author in authors])


def _person(author: dict[str, str]) -> Person:
    family, given = author.get("family-names"), author.get("given-names")
    return Person(family, given, None, None, author.get("name"), None)
