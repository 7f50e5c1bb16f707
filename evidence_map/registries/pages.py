"""The DOI that the web page of a publication names for it.

Sources: Google Scholar, *Inclusion guidelines* (``citation_doi``); Dublin Core (``DC.identifier``);
PRISM (``prism.doi``); schema.org (``ScholarlyArticle`` as JSON-LD).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from evidence_map.imports.identifiers import doi_in
from evidence_map.imports.json_source import refuse_depth
from evidence_map.registries.client import Answer, Client, RefusedError
from evidence_map.registries.described import as_texts

_NAMES = (
    ("citation_doi", "bepress_citation_doi"),
    ("prism.doi", "dc.identifier.doi", "rft_id", "eprints.doi", "eprints.id_number"),
    ("dc.identifier", "dcterms.identifier", "dc.identifier.uri", "og:url"),
)
"""Names of the ``meta`` elements that hold the DOI of the page's own subject, the surest first."""

_PUBLICATIONS = {
    "article",
    "blogposting",
    "book",
    "chapter",
    "creativework",
    "dataset",
    "medicalscholarlyarticle",
    "newsarticle",
    "report",
    "scholarlyarticle",
    "techarticle",
    "thesis",
    "webpage",
}
_DEEPEST = 30


class PageError(Exception):
    """A page that names no publication; told in one line with what to do instead."""


def doi_of_page(client: Client, address: str) -> str:
    """Return the DOI of the publication that the page at *address* is about.

    :raises RegistryError: if the page cannot be read.
    :raises PageError: if it is no web page, or names no DOI or several.
    """
    try:
        answer = client.page(_encrypted(address))
    except RefusedError:
        raise PageError("the page lets no program read it; give the DOI that stands on it.") from None
    if answer is None:
        raise PageError("there is no such page; check the address.")
    if answer.kind == "application/pdf" or answer.body.startswith(b"%PDF-"):
        raise PageError("that is a PDF, which is not read; give the DOI that stands on its first page.")
    if answer.kind not in {"text/html", "application/xhtml+xml"}:
        raise PageError("that is no web page; give the DOI of the publication, or its PubMed number.")
    found = dois_of(answer)
    if len(found) > 1:
        shown = ", ".join(found[:5])
        raise PageError(
            f"the page names more than one publication ({shown}); give the DOI that you mean."
        )
    if not found:
        raise PageError(
            "the page does not say which DOI its publication has. Look for one on it and give that; or "
            "save the reference from there as a file (RIS, BibTeX) and use “import”."
        )
    return found[0]


def _encrypted(address: str) -> str:
    """Return *address* with https, which nearly all pages have by now."""
    return re.sub(r"(?i)^http://", "https://", address)


def dois_of(answer: Answer) -> list[str]:
    """Return the DOIs that a page names as its own, by the surest sign that it has."""
    try:
        root = html.document_fromstring(answer.body, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower().replace("dc:", "dc.")
        metas.setdefault(name, []).append(element.get("content") or "")
    for names in _NAMES:
        texts = [text for name in names for text in metas.get(name, [])]
        if found := _distinct(texts):
            return found
    return _distinct(text for script in root.iter("script") for text in _linked_data(script))


def _distinct(texts: Any) -> list[str]:
    return list(dict.fromkeys(doi for text in texts if (doi := doi_in(text[:2_000]))))


def _linked_data(script: Any) -> Iterator[str]:
    """Yield what may be an identifier of the page's own publication in JSON-LD."""
    if (script.get("type") or "").lower() != "application/ld+json":
        return
    try:
        refuse_depth(script.text or "")
        value = json.loads(script.text or "")
    except (ValueError, RecursionError):
        return
    yield from _nodes(value)


def _nodes(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the identifiers of the publications at the top of *value*, not of those that they cite."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _nodes(entry, depth + 1)
    if not isinstance(value, dict):
        return
    kinds = {kind.rpartition("/")[2].lower() for kind in as_texts(value.get("@type"))}
    if kinds & _PUBLICATIONS:
        for name in ("doi", "identifier", "@id", "sameAs", "url"):
            yield from _values(value.get(name))
    for name in ("@graph", "mainEntity", "mainEntityOfPage"):
        yield from _nodes(value.get(name), depth + 1)


def _values(value: Any) -> Iterator[str]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            entry = entry.get("value") or entry.get("@value") or entry.get("@id")
        if isinstance(entry, str):
            yield entry
