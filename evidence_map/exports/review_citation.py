"""How the review itself is cited: the version of the data that somebody used."""

from __future__ import annotations

import re
from typing import Any

import yaml

from evidence_map.exports.fields import one_line
from evidence_map.site.evidence import Evidence
from evidence_map.site.text import enumeration, spoken_date

SPDX = {
    "cc0": "CC0-1.0",
    "cc0 1.0": "CC0-1.0",
    **{
        f"cc {rights} {version}": f"CC-{rights.upper()}-{version}"
        for rights in ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
        for version in ("3.0", "4.0")
    },
    "odbl": "ODbL-1.0",
    "odbl 1.0": "ODbL-1.0",
    "odc-by 1.0": "ODC-By-1.0",
    "pddl 1.0": "PDDL-1.0",
    "mit": "MIT",
}
"""The identifiers that SPDX gives the licences of data, by how people write them."""

_PERSON = re.compile(
    r"(?P<family>[^\s,\d]+(?: [^\s,\d]+){0,2}), (?P<given>(?:[^\W\d_]\.?[ -]?){1,4})", re.UNICODE
)
"""A family name, a comma, and initials. Anything else may be a body, and is cited as it is written."""


def review_version(evidence: Evidence) -> str:
    """Return what names the version of the data in the citation, for formats with little room."""
    return f"[evidence map], version {evidence.meta['version']}"


def review_citation(evidence: Evidence) -> str:
    """Return the citation of the version of the data that *evidence* holds, as one plain line."""
    meta, authors = evidence.meta, enumeration(evidence.authors)
    year = meta["data_date"][:4] or "n.d."
    place = ". ".join(part for part in (meta.get("publisher"), meta.get("address")) if part)
    text = f"{authors} ({year}). {meta['title'].rstrip('.')} [evidence map], version {meta['version']}"
    dated = f" of {spoken_date(meta['data_date'])}" if meta["data_date"] else ""
    return f"{text}{dated}." + (f" {place}" if place else "")


def spdx_licence(name: str) -> str | None:
    """Return the SPDX identifier of a licence, or None where it is not known.

    >>> spdx_licence("CC BY 4.0"), spdx_licence("cc-by-4.0"), spdx_licence("Ask us")
    ('CC-BY-4.0', 'CC-BY-4.0', None)
    """
    words = " ".join(name.lower().split())
    return SPDX.get(words) or next((own for own in SPDX.values() if own.lower() == words), None)


def _author(name: str) -> dict[str, str]:
    person = _PERSON.fullmatch(name)
    if person is None:
        return {"name": name}
    return {"family-names": person["family"], "given-names": person["given"].strip()}


def citation_cff(evidence: Evidence) -> str:
    """Return CITATION.cff, from which GitHub, Zenodo and Zotero take how the data are cited.

    An author is a person where the protocol writes the family name, a comma and initials; every
    other author is a body. A licence without an SPDX identifier, which the format demands, and the
    publisher, for which it has no field, stand in the message.

    Source: Citation File Format 1.2.0 (schema.json and schema-guide.md).

    :raises ExportError: if a value holds a line break or another control character.
    """
    meta = evidence.meta
    licence = spdx_licence(meta["licence"])
    message = "Please cite the version of the data that you used: " + review_citation(evidence)
    if licence is None:
        message += f" Licence: {meta['licence']}"
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": message,
        "type": "dataset",
        "title": meta["title"],
        "authors": [_author(name) for name in dict.fromkeys(evidence.authors)],
        "version": meta["version"],
        "date-released": meta["data_date"] if len(meta["data_date"]) == len("2020-01-01") else None,
        "license": licence,
        "url": meta.get("address"),
        "abstract": " ".join(meta["summary"].split()),
    }
    told = {name: value for name, value in fields.items() if value}
    for name, value in told.items():
        for text in (value,) if isinstance(value, str) else [t for each in value for t in each.values()]:
            one_line("the review", name, text)
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)
