"""PubMed's XML: articles and books, as its website and its E-utilities give them.

Source: *MEDLINE/PubMed XML Element Descriptions* of the National Library of Medicine. MeSH headings,
substances, grants and affiliations describe the paper in PubMed's words and are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from evidence_map.imports.imported import ImportFormatError, Reading
from evidence_map.imports.incoming import IncomingReference
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.names import NameParts, People, person
from evidence_map.imports.reference_types import PUBMED_TYPES
from evidence_map.imports.xml_source import line_of, marked_up, xml_records

Element = etree._Element

_COMMON_TYPES = {"journal article", "english abstract", "case reports"}
_LINKS = {
    "RetractionIn": "PubMed says that it was retracted",
    "RetractionOf": "PubMed says that it retracts",
    "PartialRetractionIn": "PubMed says that a part of it was retracted",
    "ExpressionOfConcernIn": "PubMed tells of an expression of concern",
    "ErratumIn": "PubMed tells of an erratum",
    "CorrectedandRepublishedIn": "PubMed says that it was corrected and published again",
}
"""Links that decide whether and how a paper can be used; the others are leftovers."""

_LEFT_OUT = {
    "MeshHeadingList": "MeSH headings",
    "ChemicalList": "substances",
    "SupplMeshList": "MeSH supplements",
    "GeneSymbolList": "genes",
    "GrantList": "grants",
    "InvestigatorList": "investigators",
    "ReferenceList": "reference lists",
}


def read(text: str, source: str) -> Reading:
    """Return the references in a file of PubMed's XML.

    :param source: the name of the file.
    :raises ImportFormatError: if it is not sound XML, or holds no article of PubMed's.
    """
    reading = Reading()
    left_out = LeftOut()
    lists = Counter[str]()
    for record in xml_records(text, source, ("PubmedArticle", "PubmedBookArticle"), reading):
        left_out.abstracts += next(record.iter("AbstractText", "Abstract"), None) is not None
        lists.update({_LEFT_OUT[str(element.tag)] for element in record.iter(*_LEFT_OUT)})
        article = record.find("MedlineCitation")
        (_Article if article is not None else _Book)(source, record, left_out).into(reading)
    if not reading.references and not reading.refused:
        raise ImportFormatError(
            f"{source} holds no PubmedArticle; in PubMed, save the references in the format “PubMed” "
            "(.nbib), or load them through E-utilities with “retmode=xml”"
        )
    reading.remarks += left_out.remarks()
    if lists:
        shown = ", ".join(f"{what} ({count:,})" for what, count in sorted(lists.items()))
        reading.remarks.append(f"Left out, in so many references: {shown}.")
    return reading


def title_in_english(text: str) -> tuple[str, bool]:
    """Return a title without the full stop and the brackets that PubMed adds, and whether it had these.

    Brackets stand around titles that PubMed translated. The full stop of an abbreviation stays.

    >>> title_in_english("[Tea in towers].")
    ('Tea in towers', True)
    """
    text = text.strip()
    if text.endswith(".") and not re.search(r"(?:\b[A-Z]\.){2,}$|\.\.\.$", text):
        text = text[:-1].rstrip()
    if text.startswith("[") and text.endswith("]"):
        return text[1:-1].strip().rstrip("."), True
    return text, False


def _name(author: Element) -> NameParts | None:
    if collective := marked_up(author.find("CollectiveName")):
        return {"literal": collective}
    family = marked_up(author.find("LastName"))
    given = marked_up(author.find("ForeName")) or marked_up(author.find("Initials"))
    if not family:
        return {"literal": given} if given else None
    parts: NameParts = {"family": family, "given": given}
    if family[:1].islower() and " " in family and "," not in family:
        parts |= person(f"{family}, {given or 'X'}") or {}
        parts["given"] = given
    parts["suffix"] = marked_up(author.find("Suffix"))
    for identifier in author.iterfind("Identifier"):
        if identifier.get("Source") == "ORCID":
            # Older records have it without hyphens, or with an address of its own.
            digits = re.sub(r"[^0-9X]", "", (identifier.text or "").upper())
            parts["orcid"] = digits[-16:]
    return {part: text for part, text in parts.items() if text}


class _Record:
    """What articles and books have in common."""

    def __init__(self, source: str, record: Element, left_out: LeftOut, path: str) -> None:
        number = record.find(path)
        self.record = record
        self.reference = IncomingReference(left_out, source, line_of(record), marked_up(number))
        if number is not None:
            self.reference.pmid(marked_up(number), "PMID", line_of(number))

    def fill(self, field: str, element: Element | None) -> None:
        """Fill *field* with the text of *element*."""
        if element is not None:
            self.reference.fill(field, marked_up(element), str(element.tag), line_of(element))

    def title(self, element: Element | None, original: Element | None) -> None:
        """Fill the title; one in brackets is PubMed's translation."""
        if element is not None:
            title, _ = title_in_english(marked_up(element))
            self.reference.fill("title", title, str(element.tag), line_of(element))
        if original is not None:
            title, _ = title_in_english(marked_up(original))
            field = "original_title" if "title" in self.reference.fields else "title"
            self.reference.fill(field, title, "VernacularTitle", line_of(original))

    def people(self, field: str, lists: Iterable[Element]) -> None:
        """Fill authors or editors from lists of them."""
        for holder in lists:
            authors = [author for author in holder.iterfind("Author") if author.get("ValidYN") != "N"]
            names = [name for name in map(_name, authors) if name]
            complete = holder.get("CompleteYN", "Y") == "Y"
            self.reference.people(field, People(names, complete), "AuthorList", line_of(holder))

    def published(self, element: Element | None) -> None:
        """Fill the date from an element with year, month and day, or with one text."""
        if element is None:
            return
        parts = [marked_up(element.find(name)) for name in ("Year", "Month", "Day")]
        season = marked_up(element.find("Season"))
        numbers = all(part.isdecimal() for part in parts if part) and not season
        whole = ("-" if numbers else " ").join(part for part in [season, *parts] if part)
        date = marked_up(element.find("MedlineDate")) or whole
        self.reference.dates([(date, "PubDate", line_of(element))])

    def pages(self, pagination: Element | None) -> None:
        """Fill the pages: whole numbers where PubMed gives them, else as MEDLINE shortens them."""
        if pagination is None:
            return
        first, last = (marked_up(pagination.find(name)) for name in ("StartPage", "EndPage"))
        short = marked_up(pagination.find("MedlinePgn"))
        several = "," in short or ";" in short
        pages = short if several or not first else f"{first}-{last}" if last and last != first else first
        self.reference.pages(pages, "Pagination", line_of(pagination))

    def identifiers(self, elements: Iterable[Element], attribute: str) -> None:
        """Fill the identifiers that *attribute* says what they are."""
        for element in elements:
            text, name = marked_up(element), f"{element.tag} {element.get(attribute)}"
            match element.get(attribute):
                case "doi" if element.get("ValidYN") != "N":
                    self.reference.doi(text, name, line_of(element))
                case "pmc":
                    self.reference.pmcid(text, name, line_of(element))

    def languages(self, elements: Iterable[Element]) -> None:
        """Fill the language; a second one is left over."""
        for element in elements:
            self.reference.language(marked_up(element), "Language", line_of(element))

    def keywords(self, lists: Iterable[Element]) -> None:
        """Fill the keywords that the authors chose; PubMed's own are none of them."""
        words = [
            marked_up(word)
            for holder in lists
            if holder.get("Owner", "NOTNLM") == "NOTNLM"
            for word in holder.iterfind("Keyword")
        ]
        self.reference.keywords(
            [word.rstrip(".") for word in words], "KeywordList", self.reference.imported.line
        )


class _Article(_Record):
    """Reads an element ``PubmedArticle``."""

    def __init__(self, source: str, record: Element, left_out: LeftOut) -> None:
        super().__init__(source, record, left_out, "MedlineCitation/PMID")

    def into(self, reading: Reading) -> None:
        """Read the article and add it to *reading*."""
        article = self.record.find("MedlineCitation/Article")
        if article is not None:
            self._types(article)
            self.title(article.find("ArticleTitle"), article.find("VernacularTitle"))
            self.people("authors", article.iterfind("AuthorList"))
            self._journal(article)
            self.pages(article.find("Pagination"))
            self.identifiers(article.iterfind("ELocationID"), "EIdType")
            self._number(article)
            self.languages(article.iterfind("Language"))
        self.identifiers(self.record.iterfind("PubmedData/ArticleIdList/ArticleId"), "IdType")
        self.keywords(self.record.iterfind("MedlineCitation/KeywordList"))
        self._links()
        self.reference.into(reading)

    def _types(self, article: Element) -> None:
        kinds = list(article.iterfind("PublicationTypeList/PublicationType"))
        names = [marked_up(kind) for kind in kinds]
        found = [PUBMED_TYPES[name.lower()] for name in names if name.lower() in PUBMED_TYPES]
        self.reference.fields["type"] = found[0] if found else "article-journal"
        more = [name for name in names if name.lower() not in _COMMON_TYPES]
        if more:
            self.reference.leave("PublicationType", "; ".join(more), line_of(kinds[0]), "type in PubMed")

    def _journal(self, article: Element) -> None:
        for path in ("Journal/Title", "Journal/ISOAbbreviation"):
            if "container_title" not in self.reference.fields:
                self.fill("container_title", article.find(path))
        self.fill("volume", article.find("Journal/JournalIssue/Volume"))
        self.fill("issue", article.find("Journal/JournalIssue/Issue"))
        published = article.find("Journal/JournalIssue/PubDate")
        self.published(published if published is not None else article.find("ArticleDate"))
        issn = article.find("Journal/ISSN")
        if issn is None:
            issn = self.record.find("MedlineCitation/MedlineJournalInfo/ISSNLinking")
        if issn is not None:
            self.reference.serials(marked_up(issn), "ISSN", line_of(issn))

    def _number(self, article: Element) -> None:
        """Keep the publisher's number where there are no pages: it may be that of the article."""
        for element in article.iterfind("ELocationID"):
            if element.get("EIdType") == "pii" and "page" not in self.reference.fields:
                reason = "a publisher's number, which may be that of the article"
                self.reference.leave("ELocationID pii", marked_up(element), line_of(element), reason)

    def _links(self) -> None:
        for link in self.record.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
            kind = link.get("RefType", "")
            where = marked_up(link.find("RefSource"))
            number = marked_up(link.find("PMID"))
            shown = f"{where} (PMID {number})" if number else where
            if kind in _LINKS:
                self.reference.remark(f"{_LINKS[kind]}: {shown.rstrip('.')}.")
            elif kind != "Cites":
                self.reference.leave(
                    f"CommentsCorrections {kind}", shown, line_of(link), "a link to another paper"
                )


class _Book(_Record):
    """Reads an element ``PubmedBookArticle``: a book, or a chapter of one."""

    def __init__(self, source: str, record: Element, left_out: LeftOut) -> None:
        super().__init__(source, record, left_out, "BookDocument/PMID")

    def into(self, reading: Reading) -> None:
        """Read the book or chapter and add it to *reading*."""
        document, book = self.record.find("BookDocument"), self.record.find("BookDocument/Book")
        if document is not None:
            chapter = document.find("ArticleTitle")
            self.reference.fields["type"] = "book" if chapter is None else "chapter"
            if book is not None:
                self._book(book, is_chapter=chapter is not None)
            self.title(chapter, document.find("VernacularTitle"))
            self.pages(document.find("Pagination"))
            self.people("authors", document.iterfind("AuthorList[@Type='authors']"))
            self.identifiers(document.iterfind("ArticleIdList/ArticleId"), "IdType")
            self.languages(document.iterfind("Language"))
            self.keywords(document.iterfind("KeywordList"))
        self.identifiers(self.record.iterfind("PubmedBookData/ArticleIdList/ArticleId"), "IdType")
        self.reference.into(reading)

    def _book(self, book: Element, *, is_chapter: bool) -> None:
        name = book.find("BookTitle")
        if is_chapter:
            self.fill("container_title", name)
        else:
            self.title(name, None)
            self.fill("container_title", book.find("CollectionTitle"))
        self.people("editors", book.iterfind("AuthorList[@Type='editors']"))
        self.people("authors", book.iterfind("AuthorList[@Type='authors']"))
        published = book.find("PubDate")
        self.published(published if published is not None else book.find("BeginningDate"))
        for field, path in (
            ("volume", "Volume"),
            ("edition", "Edition"),
            ("publisher", "Publisher/PublisherName"),
            ("publisher_place", "Publisher/PublisherLocation"),
            ("number", "ReportNumber"),
        ):
            self.fill(field, book.find(path))
        self.identifiers(book.iterfind("ELocationID"), "EIdType")
        for isbn in book.iterfind("Isbn"):
            self.reference.serials(marked_up(isbn), "Isbn", line_of(isbn))
