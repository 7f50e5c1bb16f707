"""COinS: a reference within a page, which Zotero and other reference managers pick up from any list.

A span of the class Z3988 holds an OpenURL 1.0 context object (ANSI/NISO Z39.88-2004) in its title, in
key-encoded values of one of four formats: journal, book, dissertation, and Dublin Core for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

from markupsafe import Markup

from evidence_map.exports.fields import family_first, first_and_last_page
from evidence_map.site.evidence import Person, Report

Pairs = list[tuple[str, str]]

_JOURNAL = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "periodical": "journal",
}
_BOOK = {
    "book": "book",
    "collection": "book",
    "classic": "book",
    "pamphlet": "document",
    "chapter": "bookitem",
    "entry": "bookitem",
    "entry-dictionary": "bookitem",
    "entry-encyclopedia": "bookitem",
    "paper-conference": "proceeding",
    "report": "report",
    "standard": "document",
}
_DUBLIN_CORE = {
    "article": "preprint",
    "dataset": "dataset",
    "webpage": "webpage",
    "post-weblog": "blogPost",
    "software": "computerProgram",
    "map": "map",
    "manuscript": "manuscript",
    "patent": "patent",
    "legislation": "statute",
    "legal_case": "case",
    "speech": "presentation",
    "interview": "interview",
    "motion_picture": "film",
    "graphic": "artwork",
}
"""What Zotero reads a type of Dublin Core as; every other type is a document."""


def coins(report: Report) -> Markup:
    """Return the span for a report."""
    return Markup('<span class="Z3988" title="{}"></span>').format(encoded(report))


def encoded(report: Report) -> str:
    """Return the title of the span: the context object as it stands in the query of an address."""
    return in_query(context_object(report))


def in_query(pairs: Pairs) -> str:
    """Return a context object as it stands in the query of an address, in few characters."""
    written = [f"{name}={quote_plus(value, safe=':/,()')}" for name, value in pairs]
    return "&".join(["ctx_ver=Z39.88-2004", *written])


def context_object(report: Report) -> Pairs:
    """Return the names and values of the context object, in their order.

    A list holds hundreds of them, so nothing is said twice: an address only where there is no DOI,
    and the pages as one text only where they have no first and last page.
    """
    kind = report.row["type"]
    if kind in _JOURNAL:
        pairs = [_format("journal"), ("rft.genre", _JOURNAL[kind]), *_journal(report)]
    elif kind in _BOOK:
        pairs = [_format("book"), ("rft.genre", _BOOK[kind]), *_book(report)]
    elif kind == "thesis":
        pairs = [_format("dissertation"), *_dissertation(report)]
    else:
        pairs = [_format("dc"), ("rft.type", _DUBLIN_CORE.get(kind, "document")), *_dublin_core(report)]
        return [(name, value) for name, value in pairs if value]
    return [(name, value) for name, value in [*pairs, *_shared(report)] if value]


def _format(name: str) -> tuple[str, str]:
    return "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{name}"


def _identifiers(report: Report) -> Iterator[str]:
    row = report.row
    if row["doi"]:
        yield f"info:doi/{row['doi']}"
    if row["pmid"]:
        yield f"info:pmid/{row['pmid']}"
    if row["url"] and not row["doi"]:
        yield row["url"]


def _shared(report: Report) -> Iterator[tuple[str, str]]:
    for identifier in _identifiers(report):
        yield "rft_id", identifier
    yield "rft.date", report.row["issued"] or ""
    yield from _authors(report.authors)
    yield "rft.issn", report.row["issn"] or ""
    yield "rft.isbn", report.row["isbn"] or ""
    yield "rft.language", report.row["language"] or ""


def _authors(people: list[Person]) -> Iterator[tuple[str, str]]:
    """Yield the first author in parts and all as they are listed; readers take the first from both."""
    if people and people[0].family:
        first = people[0]
        yield "rft.aulast", " ".join(part for part in (first.particle, first.family) if part)
        yield "rft.aufirst", first.given or ""
        yield "rft.ausuffix", first.suffix or ""
    for person in people:
        yield ("rft.aucorp" if person.literal else "rft.au"), family_first(person)


def _pages(report: Report) -> Iterator[tuple[str, str]]:
    first, last = first_and_last_page(report.row["page"])
    if first and last:
        yield "rft.spage", first
        yield "rft.epage", last
    else:
        yield "rft.pages", report.row["page"] or ""


def _journal(report: Report) -> Iterator[tuple[str, str]]:
    row = report.row
    yield "rft.atitle", row["title"]
    yield "rft.jtitle", row["container_title"] or ""
    yield "rft.volume", row["volume"] or ""
    yield "rft.issue", row["issue"] or ""
    yield from _pages(report)
    yield "rft.artnum", row["number"] or ""


def _book(report: Report) -> Iterator[tuple[str, str]]:
    row = report.row
    if _BOOK[row["type"]] in ("bookitem", "proceeding"):
        yield "rft.atitle", row["title"]
        yield "rft.btitle", row["container_title"] or ""
    else:
        yield "rft.btitle", row["title"]
        yield "rft.series", row["container_title"] or ""
    yield from _pages(report)
    yield "rft.edition", row["edition"] or ""
    yield "rft.pub", row["publisher"] or ""
    yield "rft.place", row["publisher_place"] or ""


def _dissertation(report: Report) -> Iterator[tuple[str, str]]:
    yield "rft.title", report.row["title"]
    yield "rft.inst", report.row["publisher"] or ""


def _dublin_core(report: Report) -> Iterator[tuple[str, str]]:
    row = report.row
    yield "rft.title", row["title"]
    for person in report.authors:
        yield "rft.creator", family_first(person)
    yield "rft.source", row["container_title"] or ""
    yield "rft.publisher", row["publisher"] or ""
    yield "rft.date", row["issued"] or ""
    for identifier in _identifiers(report):
        yield "rft.identifier", identifier
    yield "rft.language", row["language"] or ""
