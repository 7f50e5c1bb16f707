"""How the review itself is cited: the version of the data that somebody used."""

from __future__ import annotations

from evidence_map.site.evidence import Evidence
from evidence_map.site.text import enumeration, spoken_date


def review_citation(evidence: Evidence) -> str:
    """Return the citation of the version of the data that *evidence* holds, as one plain line."""
    meta, authors = evidence.meta, enumeration(evidence.authors)
    year = meta["data_date"][:4] or "n.d."
    place = ". ".join(part for part in (meta.get("publisher"), meta.get("address")) if part)
    text = f"{authors} ({year}). {meta['title'].rstrip('.')} [evidence map], version {meta['version']}"
    dated = f" of {spoken_date(meta['data_date'])}" if meta["data_date"] else ""
    return f"{text}{dated}." + (f" {place}" if place else "")
