"""What programs read in the head of a page: the reference of a record, the review as a set of data.

Reference managers (Zotero, Mendeley, JabRef) take a reference from the ``citation_`` tags that
HighWire Press brought up and Google Scholar lists, search engines and data catalogues from JSON-LD in
the words of schema.org. Both are made from the same row as the page, and name only what is known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markupsafe import Markup, escape

from evidence_map.exports.fields import family_first, first_and_last_page
from evidence_map.exports.formats import Format
from evidence_map.exports.review_citation import spdx_licence
from evidence_map.exports.review_reference import review_report
from evidence_map.site.evidence import Evidence, Person, Report

Json = dict[str, Any]
"""An object of JSON-LD; a value that is None, empty text or an empty list is left out."""

_IN_JOURNALS = ("article-journal", "article-magazine", "article-newspaper", "review", "review-book")
_IN_BOOKS = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")

TYPES = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "classic": "Book",
    "collection": "Collection",
    "dataset": "Dataset",
    "entry": "Chapter",
    "entry-dictionary": "Chapter",
    "entry-encyclopedia": "Chapter",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Movie",
    "pamphlet": "Book",
    "paper-conference": "ScholarlyArticle",
    "periodical": "Periodical",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "review": "ScholarlyArticle",
    "review-book": "ScholarlyArticle",
    "software": "SoftwareApplication",
    "speech": "PresentationDigitalDocument",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
"""The type in schema.org of each CSL type; what is not named here is a ``CreativeWork``."""


def record_head(report: Report) -> Markup:
    """Return the tags and the JSON-LD for the head of a record's page."""
    tags = (
        f'<meta name="{name}" content="{escape(value)}">\n'
        for name, value in citation_tags(report)
        if value
    )
    return Markup("".join(tags)) + json_ld(described_report(report))  # noqa: S704 (escaped above)


def json_ld(content: Json) -> Markup:
    """Return an element with JSON-LD. No value can end it: signs of HTML are written as escapes."""
    text = json.dumps(_told(content), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>\n')  # noqa: S704 (escaped above)


def _told(value: Any) -> Any:
    """Return *value* without what is not known."""
    if isinstance(value, dict):
        return {
            name: told for name, own in value.items() if (told := _told(own)) not in (None, "", [], {})
        }
    return [_told(own) for own in value] if isinstance(value, list) else value


def citation_tags(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the citation tags; values may be empty.

    An article without pages has its number as the first page, where reference managers look for it.
    Sources: Google Scholar's inclusion guidelines for webmasters, for the tags; Zotero's translator
    “Embedded Metadata”, for those that tell the type.
    """
    row = report.row
    first, last = first_and_last_page(row["page"])
    if row["type"] in _IN_JOURNALS:
        first = first or row["number"] or ""
    yield "citation_title", row["title"]
    for person in report.authors:
        yield "citation_author", family_first(person)
    for person in report.editors:
        yield "citation_editor", family_first(person)
    yield "citation_publication_date", (row["issued"] or "").replace("-", "/")
    yield from _container_tags(report)
    yield "citation_volume", row["volume"] or ""
    yield "citation_issue", row["issue"] or ""
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_doi", row["doi"] or ""
    yield "citation_pmid", row["pmid"] or ""
    yield "citation_issn", row["issn"] or ""
    yield "citation_isbn", row["isbn"] or ""
    yield "citation_language", row["language"] or ""
    for keyword in report.lists.get("keyword", []):
        yield "citation_keywords", keyword
    yield "citation_public_url", _address(report)


def _container_tags(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what it stands in and who published it, by which programs tell the type."""
    row = report.row
    kind, container, publisher = row["type"], row["container_title"] or "", row["publisher"] or ""
    if kind == "thesis":
        yield "citation_dissertation_institution", publisher
    elif kind == "report":
        yield "citation_technical_report_institution", publisher
        yield "citation_technical_report_number", row["number"] or ""
        yield "citation_series_title", container
    else:
        named = {
            **dict.fromkeys(_IN_JOURNALS, "citation_journal_title"),
            **dict.fromkeys(_IN_BOOKS, "citation_inbook_title"),
            "paper-conference": "citation_conference_title",
            "book": "citation_series_title",
        }
        yield named.get(kind, "citation_collection_title"), container
        yield "citation_publisher", publisher


def _address(report: Report) -> str:
    row = report.row
    return f"https://doi.org/{row['doi']}" if row["doi"] else row["url"] or ""


def described_report(report: Report) -> Json:
    """Return the report as schema.org describes it."""
    row = report.row
    kind = TYPES.get(row["type"], "CreativeWork")
    first, last = first_and_last_page(row["page"])
    addresses = [
        f"https://doi.org/{row['doi']}" if row["doi"] else "",
        f"https://pubmed.ncbi.nlm.nih.gov/{row['pmid']}/" if row["pmid"] else "",
    ]
    identifiers = [("doi", row["doi"]), ("pmid", row["pmid"]), ("pmcid", row["pmcid"])]
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": _address(report),
        "name": row["title"],
        "alternateName": row["original_title"],
        "author": [_person(person) for person in report.authors],
        "editor": [_person(person) for person in report.editors],
        "datePublished": row["issued"],
        **_place(report),
        "pageStart": (last and first) or "",
        "pageEnd": last,
        "pagination": (row["page"] or row["number"] or "")
        if row["type"] in _IN_JOURNALS
        else row["page"],
        "bookEdition" if kind == "Book" else "version": row["edition"],
        "isbn": row["isbn"] if kind == "Book" else None,
        "reportNumber" if kind == "Report" else "serialNumber": (
            None if row["type"] in _IN_JOURNALS else row["number"]
        ),
        "sourceOrganization" if kind == "Thesis" else "publisher": _body(row["publisher"]),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in identifiers
            if value
        ],
        "sameAs": [address for address in addresses if address],
        "url": row["url"],
        "inLanguage": row["language"],
        "keywords": list(report.lists.get("keyword", [])),
        "license": row["licence"],
    }


def _person(person: Person) -> Json:
    if person.literal:
        return {"@type": "Organization", "name": person.literal}
    return {
        "@type": "Person",
        "@id": f"https://orcid.org/{person.orcid}" if person.orcid else None,
        "name": person.full,
        "givenName": person.given,
        "familyName": " ".join(part for part in (person.particle, person.family) if part),
        "honorificSuffix": person.suffix,
    }


def _body(name: str | None) -> Json | None:
    return {"@type": "Organization", "name": name} if name else None


def _place(report: Report) -> Json:
    """Return what a report is part of: an issue of a volume of a journal, or a book."""
    row = report.row
    if row["type"] not in _IN_JOURNALS:
        if not row["container_title"]:
            return {}
        kind = "Book" if row["type"] in (*_IN_BOOKS, "paper-conference") else "CreativeWorkSeries"
        isbn = row["isbn"] if kind == "Book" else None
        return {
            "isPartOf": {"@type": kind, "name": row["container_title"], "isbn": isbn},
            "volumeNumber": row["volume"],
        }
    part: Json = {"@type": "Periodical", "name": row["container_title"], "issn": row["issn"]}
    if row["volume"]:
        part = {"@type": "PublicationVolume", "volumeNumber": row["volume"], "isPartOf": part}
    if row["issue"]:
        part = {"@type": "PublicationIssue", "issueNumber": row["issue"], "isPartOf": part}
    return {"isPartOf": part} if row["container_title"] or row["volume"] or row["issue"] else {}


def review_head(evidence: Evidence, root: str, downloads: Sequence[Format]) -> Markup:
    """Return the JSON-LD of the review as a set of data, for the head of a page.

    :param root: the way to the root of the site, for a review that names no address.
    :param downloads: the files of the exports, below ``data/``.
    """
    return json_ld(described_review(evidence, lambda file: f"{root}data/{file}", downloads))


def described_review(evidence: Evidence, way: Callable[[str], str], downloads: Sequence[Format]) -> Json:
    """Return the review as schema.org describes a set of data.

    :param way: returns the address of a file where the review names none of its own.
    """
    meta = evidence.meta
    base = meta.get("address", "").rstrip("/")
    licence = spdx_licence(meta["licence"])
    files = [
        ("evidence.db", "The whole database (SQLite)", "application/vnd.sqlite3"),
        *((own.file, own.label, own.media_type) for own in downloads),
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}/" if base else None,
        "name": meta["title"],
        "description": " ".join(meta["summary"].split()),
        "url": f"{base}/" if base else None,
        "creator": [_person(person) for person in review_report(evidence).authors],
        "publisher": {"@type": "Organization", "name": meta["publisher"]}
        if meta.get("publisher")
        else None,
        "license": f"https://spdx.org/licenses/{licence}" if licence else meta["licence"],
        "version": meta["version"],
        "dateModified": meta["data_date"],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": label,
                "encodingFormat": media_type,
                "contentUrl": f"{base}/data/{file}" if base else way(file),
            }
            for file, label, media_type in files
        ],
    }
