"""The citations of many reports in all styles, made once and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from evidence_map.exports.citation_styles import STYLES, Citation, cite, orders
from evidence_map.kept_work import KeptWork, key_of, program_digest
from evidence_map.processes import Workers
from evidence_map.site.evidence import Report

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

_VALUES = itemgetter(*_CITED)
_PARTS_OF_NAME = attrgetter("family", "given", "particle", "suffix", "literal")

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
    names = [_name(report) for report in reports] if kept else [report.key for report in reports]
    found = kept.found(names) if kept else {}
    missing = {name: report for name, report in zip(names, reports, strict=True) if name not in found}
    made = dict(zip(missing, _made([*map(_reference, missing.values())], workers), strict=True))
    if kept:
        kept.keep(made, used=found)
    every = made | found
    return {report.key: _read(every[name]) for name, report in zip(names, reports, strict=True)}


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

    So nothing that they depend on can be missing in the name of what is kept, and little travels to
    other processes.
    """
    row: Any = {column: report.row[column] for column in _CITED} | _NOT_CITED
    return Report(row, report.authors, report.editors)


def _name(report: Report) -> str:
    """Return the name under which the citations of *report* are kept."""
    people = [[*map(_PARTS_OF_NAME, role)] for role in (report.authors, report.editors)]
    return key_of(program_digest(), repr((_VALUES(report.row), people)))


def _written(citations: list[Citation]) -> bytes:
    """Return citations as they are kept: two lines each, since no citation holds a line break."""
    return "\n".join(line for own in citations for line in (own.html, own.fault)).encode()


def _read(content: bytes) -> list[Citation]:
    lines = iter(content.decode().split("\n"))
    return [*map(Citation, STYLES, lines, lines)]


def _made(references: list[Report], workers: Workers | None) -> Iterator[bytes]:
    if workers is None or len(references) < WORTH_A_PROCESS:
        return iter(_cite_all(references))
    size = -(-len(references) // _PARTS)
    parts = [references[start : start + size] for start in range(0, len(references), size)]
    return chain.from_iterable(workers.each(_cite_all, parts))


def _cite_all(references: list[Report]) -> list[bytes]:
    return [_written([*map(cite, orders(reference))]) for reference in references]
