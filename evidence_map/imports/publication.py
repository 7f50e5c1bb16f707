"""What formats with tags share: dates, pages, numbers and notes, in however many tags they stand."""

from __future__ import annotations

import re

from evidence_map.exports.fields import FIRST_AUTHORS_ONLY
from evidence_map.imports.incoming import PATHS
from evidence_map.imports.markup import plain
from evidence_map.imports.tagged import Tag, TaggedReference

_LONGEST = 100
"""Longer pages than any; what is longer is not looked at in full."""

_RUN = re.compile(r"(\S+)\s*[-–—‐‑−]+\s*(\S+)")
_PAGE_WORD = re.compile(r"(?i)^(?:pp?\.|pages?|pp)\s*(?=\S)")
_NUMBER_OF_PAGES = re.compile(r"(?i)[ivxlc0-9,+ ]+\s*(?:p|pp|pages|s|seiten)\.?")
_ROMAN = re.compile(r"(?i)[ivxlcdm]+(?:\W+[ivxlcdm]+)?")
_PUBMED = re.compile(r"(?i)pubmed|medline|\bnlm\b")
_CENTRAL = re.compile(r"PMC[0-9]+")
_ORIGINAL_TITLE = "Original title: "


def take_key(reference: TaggedReference, tags: list[Tag], reason: str) -> None:
    """Take the key that the reference has in the file; further ones are left over for *reason*."""
    for tag in tags:
        reference.imported.key = reference.imported.key or tag.value
        if tag.value != reference.imported.key:
            reference.leave_tags([tag], reason)


def fill_pages(
    reference: TaggedReference, first: list[Tag], last: list[Tag], *, of_a_book: bool = False
) -> None:
    """Fill the pages from a first and a last one, or from a run in the first tag.

    :param of_a_book: whether a number of pages may stand there instead.
    """
    if not first:
        reference.leave_tags(last, "last page without a first")
        return
    tag, *others = first
    reference.leave_tags(others, "other pages")
    begin = _PAGE_WORD.sub("", tag.value)
    if of_a_book and not last and _NUMBER_OF_PAGES.fullmatch(begin[:_LONGEST]):
        reference.leave_tags([tag], "number of pages")
        return
    if not last and not re.search(r"[0-9]", begin) and not _ROMAN.fullmatch(begin):
        reference.leave_tags([tag], "no pages")
        return
    end = last[0].value if last else ""
    run = _RUN.fullmatch(begin[:_LONGEST])
    if not end or end == begin or run:
        reference.fill("page", begin, tag.name, tag.line)
        if run and end and run[2] != end:
            reference.leave_tags(last[:1], "another last page")
    else:
        reference.fill("page", f"{begin}-{end}", tag.name, tag.line)
    reference.leave_tags(last[1:], "another last page")


def fill_numbers(
    reference: TaggedReference, tags: list[Tag], reasons: dict[str, str], *, bare: set[str]
) -> None:
    """Take the identifiers that stand in fields of the user or of a database; others are left over.

    :param bare: names of tags in which a number alone is one in PubMed.
    """
    for tag in tags:
        if reference.takes_pubmed_number(*tag.stated, bare=tag.name in bare):
            continue
        if not reference.takes_doi(*tag.stated):
            reference.leave_tags([tag], reasons.get(tag.name, ""))


def is_from_pubmed(reference: TaggedReference, names: list[str], number: str) -> bool:
    """Whether the tags say that the reference comes from PubMed: by name, or by the PMCID beside it.

    :param names: tags that name the database.
    :param number: the tag that may hold the PMCID.
    """
    return any(map(_PUBMED.search, reference.seen(*names))) or any(
        map(_CENTRAL.fullmatch, reference.seen(number))
    )


def leave_database(reference: TaggedReference, tags: list[Tag], reasons: dict[str, str]) -> None:
    """Leave the names of databases over, apart from PubMed's, whose number says it already."""
    for tag in tags:
        if "pmid" not in reference.fields or not _PUBMED.search(tag.value):
            reference.leave_tags([tag], reasons[tag.name])


def fill_serials(reference: TaggedReference, tags: list[Tag], *, or_number: bool = False) -> None:
    """Fill the ISSN and the ISBN.

    :param or_number: whether the number of a report may stand there as well.
    """
    for tag in tags:
        reference.serials(plain(tag.value), tag.name, tag.line, or_number=or_number)


def read_notes(reference: TaggedReference, tags: list[Tag], reason: str) -> None:
    """Take what exports write into notes in words, and identifiers that stand alone in a piece of one.

    What else a note says is left over for *reason*.
    """
    for tag in tags:
        if tag.value == FIRST_AUTHORS_ONLY:
            reference.fields["authors_complete"] = False
        elif tag.value.startswith(_ORIGINAL_TITLE):
            title = tag.value.removeprefix(_ORIGINAL_TITLE)
            reference.fill("original_title", title, tag.name, tag.line)
        else:
            _read_note(reference, tag, reason)


def _read_note(reference: TaggedReference, tag: Tag, reason: str) -> None:
    pieces = [piece for part in tag.parts for piece in re.split(r" \| |; ", part) if piece]
    rest = [
        piece
        for piece in pieces
        if not reference.takes_pubmed_number(piece, tag.name, tag.line)
        and not reference.takes_doi(piece, tag.name, tag.line)
    ]
    if len(rest) == len(pieces):
        reference.leave_tags([tag], reason)
    else:
        reference.leave(tag.name, "; ".join(rest), tag.line, reason)


def fill_addresses(reference: TaggedReference, tags: list[Tag]) -> None:
    """Fill the address of the paper; addresses that hold a DOI or a number in PubMed give that."""
    for tag in tags:
        for part in tag.parts:
            for word in re.split(r"\s|;(?=https?://)", part):
                if word := word.strip(";"):
                    reference.url(word, tag.name, tag.line)


def fill_language(reference: TaggedReference, tags: list[Tag]) -> None:
    """Fill the language of the full text: the first that is named; the others are left over."""
    for tag in tags:
        reference.language("; ".join(filter(None, tag.parts)), tag.name, tag.line)


def leave_out_abstract(reference: TaggedReference, tags: list[Tag]) -> None:
    """Leave the abstract out and count it, once for each reference."""
    reference.left_out.abstracts += bool(tags)


def leave_attachments(reference: TaggedReference, tags: list[Tag], reason: str) -> None:
    """Leave addresses of attachments over; paths on somebody's machine are left out."""
    for tag in tags:
        if tag.value.lower().startswith(("http://", "https://")):
            reference.leave_tags([tag], reason)
        else:
            reference.count_as_left_out([tag], PATHS)


def fill_dates(reference: TaggedReference, years: list[Tag], days: list[Tag]) -> None:
    """Fill the day of publication: the most exact date within the year that is told.

    :param years: tags of the year of publication, which may hold a whole date.
    :param days: tags of a date, which may leave the year out.
    """
    reference.dates([tag.stated for tag in years], [tag.stated for tag in days])
