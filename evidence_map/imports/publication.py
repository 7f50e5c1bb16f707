"""Where and when a reference was published, out of the tags that say so in whatever way."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from evidence_map.imports.dates import ReadDate, read_date
from evidence_map.imports.identifiers import (
    address_in,
    doi_in,
    is_address,
    pmcid_in,
    pmid_in,
    serial_numbers,
)
from evidence_map.imports.languages import language_code
from evidence_map.imports.tagged import Draft, Tag

_LONGEST, _LONGEST_ADDRESS = 100, 2_000
"""Longer pages and addresses than any; what is longer is not looked at in full."""

_DASH = r"\s*[-–—‐‑−]+\s*"
_RUN = re.compile(rf"(\S+){_DASH}(\S+)")
_PAGE_WORD = re.compile(r"(?i)^(?:pp?\.|pages?|pp)\s*(?=\S)")
_NUMBER_OF_PAGES = re.compile(r"(?i)[ivxlc0-9,+ ]+\s*(?:p|pp|pages|s|seiten)\.?")
_ROMAN = re.compile(r"(?i)[ivxlcdm]+(?:\W+[ivxlcdm]+)?")

_ONLY_DOI = re.compile(
    r"(?i)(?:(?:digital object identifier|doi)\s*[:=]?\s*)?(?:https?://(?:dx\.)?doi\.org/)?10\.[0-9]{4,9}[0-9.]*/\S+"
    r"(?:\s*\[doi\])?"
)
_ONLY_PMID = re.compile(r"(?i)(?:pmid|pubmed id|pubmed)\s*[:=]?\s*[1-9][0-9]{0,7}\.?")
_ONLY_PMCID = re.compile(r"(?i)(?:pmcid|pmc id|pmc)?\s*[:=]?\s*PMC\s?[1-9][0-9]{0,8}\.?")
_CENTRAL = "10.1002/central/"

PATHS = "paths of attachments"
"""What is left out because it says how somebody's machine is set up."""

_DATABASES = (
    "scopus.com",
    "embase.com",
    "ovid.com",
    "ovidsp.com",
    "ebscohost.com",
    "ebsco.com",
    "proquest.com",
    "webofknowledge.com",
    "webofscience.com",
    "isiknowledge.com",
    "rayyan.ai",
    "rayyan.qcri.org",
    "covidence.org",
)
"""Hosts whose addresses are those of an entry in a database, not of the paper."""

_BEHIND_A_DOI = re.compile(
    r"(?i)(?:[?#].*|/(?:full|fulltext|pdf|epdf|abstract|summary|html|meta|references|v[0-9]+)|\.pdf)+/?$"
)


def put_dates(draft: Draft, years: list[Tag], days: list[Tag]) -> None:
    """Set the day of publication: the most exact date within the year that is told.

    :param years: tags of the year of publication, which may hold a whole date.
    :param days: tags of a date, which may leave the year out.
    """
    read = [(tag, read_date(tag.value)) for tag in (*years, *days)]
    year = next((date.year for _, date in read if date.year is not None), None)
    dated = [(tag, date.within(year)) for tag, date in read]
    best = max(
        (date for _, date in dated if date.year is not None and date.year == year),
        key=lambda date: len(date.iso),
        default=ReadDate(),
    )
    for tag, date in dated:
        if date.year is None:
            draft.leave(tag, "not a date that could be read")
        elif date.year != year:
            draft.leave(tag, f"another year than {year}")
        elif date is best:
            draft.put("issued", date.iso, tag)
            if not date.whole:
                draft.leave(tag, f"only {date.iso} of it could be taken")
        elif not date.whole:
            draft.leave(tag, f"not an exact date; {best.iso} was taken")
        elif not best.iso.startswith(date.iso):
            draft.leave(tag, "another date")


def put_pages(draft: Draft, first: list[Tag], last: list[Tag], *, of_a_book: bool = False) -> None:
    """Set the pages from a first and a last one, or from a run in the first tag.

    :param of_a_book: whether a number of pages may stand there instead.
    """
    if not first:
        for other in last:
            draft.leave(other, "last page without a first")
        return
    tag, *others = first
    for other in others:
        draft.leave(other, "other pages")
    begin = _PAGE_WORD.sub("", tag.value)
    if of_a_book and not last and _NUMBER_OF_PAGES.fullmatch(begin[:_LONGEST]):
        draft.leave(tag, "number of pages")
        return
    if not last and not re.search(r"[0-9]", begin) and not _ROMAN.fullmatch(begin):
        draft.leave(tag, "no pages")
        return
    end = last[0].value if last else ""
    run = _RUN.fullmatch(begin[:_LONGEST])
    if not end or end == begin or (run and run[2] == end):
        draft.put("page", begin, tag)
    elif run:
        draft.put("page", begin, tag)
        draft.leave(last[0], "another last page")
    else:
        draft.put("page", f"{begin}-{end}", tag)
    for other in last[1:]:
        draft.leave(other, "another last page")


def put_serial_numbers(draft: Draft, tags: list[Tag], *, with_number: bool = False) -> None:
    """Set the ISSN and the ISBN.

    :param with_number: whether the number of a report may stand there as well.
    """
    for tag in tags:
        found = serial_numbers(tag.value)
        if not found.issn and not found.isbn:
            if with_number and "number" not in draft.fields:
                draft.put_text("number", tag)
            else:
                draft.leave(tag, "neither an ISSN nor an ISBN")
            continue
        further = []
        for name, numbers in (("issn", found.issn), ("isbn", found.isbn)):
            for number in numbers:
                if draft.fields.get(name, number) == number:
                    draft.put(name, number, tag)
                else:
                    further.append(number)
        if further:
            draft.leave(Tag(tag.name, tag.line, [", ".join(further)]), "of another edition or form")
        if found.rest:
            draft.leave(Tag(tag.name, tag.line, [found.rest]), "neither an ISSN nor an ISBN")


def put_doi(draft: Draft, tag: Tag, *, alone: bool = True) -> bool:
    """Set the DOI if *tag* holds one, and return whether it does.

    :param alone: whether nothing else may stand there, as in a tag that is not meant for DOIs.
    """
    if alone and not _ONLY_DOI.fullmatch(tag.value):
        return False
    doi = doi_in(tag.value)
    if doi is None:
        return False
    if doi.startswith(_CENTRAL):
        draft.leave(tag, "DOI of the entry in CENTRAL, not of the paper")
    else:
        draft.put("doi", doi, tag)
        if not _ONLY_DOI.fullmatch(tag.value):
            draft.leave(tag, f"more than a DOI; {doi} was taken")
    return True


def put_pmid(draft: Draft, tag: Tag, *, bare: bool = False) -> bool:
    """Set the numbers in PubMed or PubMed Central if *tag* holds one, and return whether it does.

    :param bare: whether a number alone is one in PubMed.
    """
    if _ONLY_PMCID.fullmatch(tag.value):
        draft.put("pmcid", pmcid_in(tag.value) or "", tag)
        return True
    if _ONLY_PMID.fullmatch(tag.value):
        draft.put("pmid", pmid_in(tag.value) or "", tag)
        return True
    if bare and re.fullmatch(r"[1-9][0-9]{0,7}", tag.value):
        draft.put("pmid", tag.value, tag)
        return True
    return False


def put_notes(draft: Draft, tags: list[Tag], reason: str) -> None:
    """Take identifiers that stand alone in a piece of a note; what else a note says is left over."""
    for tag in tags:
        pieces = [piece for part in tag.parts for piece in re.split(r" \| |; ", part) if piece]
        rest = []
        for piece in pieces:
            alone = Tag(tag.name, tag.line, [piece])
            if not put_pmid(draft, alone) and not put_doi(draft, alone):
                rest.append(piece)
        if rest:
            whole = len(rest) == len(pieces)
            draft.leave(tag if whole else Tag(tag.name, tag.line, ["; ".join(rest)]), reason)


def put_addresses(draft: Draft, tags: list[Tag]) -> None:
    """Set the address of the paper; addresses that hold a DOI or a number in PubMed give that."""
    for tag in tags:
        for part in tag.parts:
            for word in re.split(r"\s|;(?=https?://)", part):
                if word := word.strip(";"):
                    _put_address(draft, Tag(tag.name, tag.line, [word]))


def _put_address(draft: Draft, tag: Tag) -> None:
    address = tag.value if is_address(tag.value) else address_in(tag.value)
    if address is None:
        if tag.value.lower().startswith(("file:", "internal-pdf:")):
            draft.leave_out([tag], PATHS)
        elif not put_doi(draft, tag) and not put_pmid(draft, tag):
            draft.leave(tag, "not a web address")
        return
    host = urlsplit(address).hostname or ""
    if _is_at(host, "doi.org") and put_doi(draft, tag, alone=False):
        return
    if "pubmed" in address and (pmid := pmid_in(address)):
        draft.put("pmid", pmid, tag)
    elif _is_at(host, "nih.gov") and (pmcid := pmcid_in(address)):
        draft.put("pmcid", pmcid, tag)
    elif any(_is_at(host, database) for database in _DATABASES) or "/central/" in address:
        draft.leave(tag, "address in a database")
    else:
        shown = _BEHIND_A_DOI.sub("", address[:_LONGEST_ADDRESS])
        if "doi" not in draft.fields and (doi := doi_in(shown)):
            draft.put("doi", doi, tag)
            draft.imported.remarks.append("The DOI was read from the address; compare it.")
        draft.put("url", address, tag)


def _is_at(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def put_languages(draft: Draft, tags: list[Tag]) -> None:
    """Set the language of the full text: the first that is named; the others are left over."""
    for tag in tags:
        names = [name for part in tag.parts for name in re.split(r"\s*[;,/]\s*|\s+and\s+", part) if name]
        whole = language_code(tag.value)
        codes = [whole] if whole else [language_code(name) for name in names]
        known = list(dict.fromkeys(code for code in codes if code))
        if not known:
            draft.leave(tag, "not the name or code of a language")
            continue
        draft.put("language", known[0], tag)
        if len(known) > 1 or None in codes:
            draft.leave(tag, f"several languages, of which {known[0]} was taken")
