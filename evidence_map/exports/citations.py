"""The citations of many reports in all styles, made once and kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evidence_map.exports.citation_styles import STYLES, Citation, cite, orders
from evidence_map.kept_work import KeptWork, key_of, program_digest
from evidence_map.processes import Workers
from evidence_map.site.evidence import Person, Report

Citations = dict[str, list[Citation]]
"""The citations of each report by its key, in the order of the styles."""

WORTH_A_PROCESS = 1_000
"""From how many reports on a second process is worth its start."""

_PARTS = 16

_CITED = (
    *("key", "type", "title", "original_title", "container_title", "volume", "issue", "page", "number"),
    *("edition", "publisher", "publisher_place", "doi", "pmid", "pmcid", "issn", "isbn", "url"),
    *("language", "issued", "authors_complete"),
)
"""The columns that citations are made from."""

_NOT_CITED = {"standing": None}
"""What is asked for where a reference is made for other programs, too."""


def formatted_citations(
    reports: Sequence[Report], kept: KeptWork | None = None, workers: Workers | None = None
) -> Citations:
    """Return the citations of *reports*.

    :param kept: where citations of earlier builds are; they are the same as new ones.
    :param workers: who helps where there are many.
    :raises ExportError: if a value holds a line break or another control character.
    """
    references = {report.key: _reference(report) for report in reports}
    if not kept:
        return dict(zip(references, _made(list(references.values()), workers), strict=True))
    keys = {key: _key(reference) for key, reference in references.items()}
    found = kept.found(keys.values())
    missing = {keys[key]: reference for key, reference in references.items() if keys[key] not in found}
    made = dict(zip(missing, _made(list(missing.values()), workers), strict=True))
    kept.keep({key: _written(citations) for key, citations in made.items()}, used=found)
    every = made | {key: _read(content) for key, content in found.items()}
    return {key: every[keys[key]] for key in references}


def faults(citations: Citations) -> list[str]:
    """Return a line for each report that a style could not be applied to, for whoever builds."""
    return [
        f"{key}: no citation in {STYLES[citation.style].label} ({citation.fault}); "
        "its page shows the reference in the order of Vancouver instead"
        for key, own in citations.items()
        for citation in own
        if citation.fault
    ]


def _reference(report: Report) -> Report:
    """Return of a report what its citations are made from, and nothing else.

    So nothing that they depend on can be missing in the key of what is kept, and little travels to
    other processes.
    """
    row: Any = {column: report.row[column] for column in _CITED} | _NOT_CITED
    return Report(row, report.authors, report.editors)


def _key(reference: Report) -> str:
    people = [[_parts(person) for person in role] for role in (reference.authors, reference.editors)]
    values = [reference.row[column] for column in _CITED]
    return key_of(program_digest(), json.dumps([values, people]))


def _parts(person: Person) -> list[str | None]:
    return [person.family, person.given, person.particle, person.suffix, person.literal]


def _written(citations: list[Citation]) -> bytes:
    parts = [[citation.style, citation.html, citation.fault] for citation in citations]
    return json.dumps(parts, ensure_ascii=False).encode()


def _read(content: bytes) -> list[Citation]:
    return [Citation(*parts) for parts in json.loads(content)]


def _made(references: list[Report], workers: Workers | None) -> list[list[Citation]]:
    if workers is None or len(references) < WORTH_A_PROCESS:
        return _cite_all(references)
    size = -(-len(references) // _PARTS)
    parts = [references[start : start + size] for start in range(0, len(references), size)]
    return [citations for made in workers.each(_cite_all, parts) for citations in made]


def _cite_all(references: list[Report]) -> list[list[Citation]]:
    return [[cite(wanted) for wanted in orders(reference)] for reference in references]
