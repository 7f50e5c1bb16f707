"""EndNote's tagged format (.enw), which grew out of Refer.

Sources: the help of EndNote 2025, *Creating a Tagged EndNote Import File*; the manual of refer(1).
A line is a percent sign, a character, a space and the value; without ``%0`` a blank line begins the
next reference.
"""

from __future__ import annotations

import re

from evidence_map.exports.fields import FIRST_AUTHORS_ONLY
from evidence_map.imports.imported import Reading
from evidence_map.imports.publication import (
    PATHS,
    put_addresses,
    put_dates,
    put_doi,
    put_languages,
    put_notes,
    put_pages,
    put_pmid,
    put_serial_numbers,
)
from evidence_map.imports.reference_types import csl_type
from evidence_map.imports.tagged import Draft, Form, Tag, reading

_REASONS = {
    "%!": "short title",
    "%#": "reviewed item or volumes",
    "%$": "field of the user",
    "%&": "section",
    "%(": "original publication",
    "%)": "reprint",
    "%*": "reviewed item",
    "%+": "address of the authors",
    "%1": "field of the user",
    "%2": "field of the user",
    "%3": "field of the user",
    "%4": "field of the user",
    "%5": "field of the user",
    "%6": "number of volumes",
    "%8": "date",
    "%9": "type of work",
    "%<": "note on the research",
    "%=": "last change",
    "%>": "attachment",
    "%?": "other people",
    "%[": "day of access",
    "%]": "article number",
    "%^": "caption",
    "%B": "title of the series or the book",
    "%E": "editors",
    "%F": "label",
    "%H": "translator",
    "%L": "call number of a copy",
    "%M": "number in a database",
    "%O": "note",
    "%Q": "translated title",
    "%S": "title of the series",
    "%W": "provider of the database",
    "%Y": "editors of the series",
    "%Z": "note",
    "%~": "name of the database",
}
"""Why a tag that is known has no place in a record."""

_SERIALS = {"article-journal", "article-magazine", "article-newspaper"}
_NUMBERED = {"report", "standard"}
_BOOKS = {"book", "periodical"}

_TAG = re.compile(r"\s{0,3}(%[0-9A-Z!#$&()*+<=>?@\[\]^~])(?:[ \t]+(.*)|)")
_NUMBER = re.compile(r"(?=[^0-9]{0,20}[0-9])\S{1,20}(?: \S{1,20})?")
_PUBMED = re.compile(r"(?i)pubmed|medline|\bnlm\b")


def tag_of(line: str) -> tuple[str, str] | None:
    """Return the tag and the value of a line, or None if it goes on from the line before."""
    match = _TAG.fullmatch(line)
    return (match[1], (match[2] or "").strip()) if match else None


_TYPED = Form(
    "EndNote's tagged format", tag_of, "%0", "", blank_ends=False, example="%0 Journal Article"
)
_BARE = Form("EndNote's tagged format", tag_of, "", "", blank_ends=True, example="%0 Journal Article")


def read(text: str, source: str) -> Reading:
    """Return the references of a tagged file of EndNote, or of one of Refer.

    Abstracts and addresses of authors are left out and counted, paths of attachments too.

    :param source: the name of the file, for messages.
    :raises ImportFormatError: if there is no reference in it.
    """
    is_typed = re.search(r"(?m)^\ufeff?\s{0,3}%0[ \t]", text) is not None
    return reading(text, source, _TYPED if is_typed else _BARE, _read_reference, _REASONS)


def _read_reference(draft: Draft) -> None:
    kind = _put_type(draft)
    for tag in draft.take("%F"):
        draft.imported.key = draft.imported.key or tag.value
        if tag.value != draft.imported.key:
            draft.leave(tag, _REASONS["%F"])
    draft.put_people("authors", draft.take("%A"))
    draft.put_people("editors", draft.take("%E"))
    for tag in draft.take("%T"):
        draft.put_text("title", tag)
    for tag in draft.take("%J", "%B") if kind in _SERIALS else draft.take("%B", "%J", "%S"):
        draft.put_text("container_title", tag)
    plain_fields = {
        "volume": "%V",
        "issue": "%N",
        "publisher": "%I",
        "publisher_place": "%C",
        "edition": "%7",
    }
    for name, mark in plain_fields.items():
        for tag in draft.take(mark):
            draft.put_text(name, tag)
    put_dates(draft, draft.take("%D"), draft.take("%8"))
    put_pages(draft, draft.take("%P"), [], of_a_book=kind in _BOOKS)
    _put_numbers(draft, kind)
    put_addresses(draft, draft.take("%U"))
    put_languages(draft, draft.take("%G"))
    draft.put_keywords(draft.take("%K"))
    _put_notes(draft)
    draft.leave_out_abstract(draft.take("%X"))
    draft.leave_out(draft.take("%+"), "addresses of authors")
    _put_attachments(draft)


def _put_type(draft: Draft) -> str:
    for tag in draft.take("%0"):
        if found := csl_type(tag.value):
            draft.put("type", found, tag)
        else:
            draft.leave(tag, "not a type of EndNote")
    if "type" not in draft.fields:
        draft.imported.remarks.append("The file does not say what type of publication this is.")
        return "article-journal" if draft.seen("%J") else ""
    return str(draft.fields["type"])


def _put_numbers(draft: Draft, kind: str) -> None:
    """Set numbers and identifiers: which tag holds which depends on the type."""
    for tag in draft.take("%R"):
        if not put_doi(draft, tag, alone=False):
            draft.leave(tag, "not a DOI")
    for tag in draft.take("%]"):
        draft.put_text("number", tag)
    if kind not in _SERIALS | _NUMBERED and all(map(_NUMBER.fullmatch, draft.seen("%1"))):
        # The export writes numbers there that EndNote's type has no field for.
        for tag in draft.take("%1"):
            draft.put_text("number", tag)
    from_pubmed = any(map(_PUBMED.search, draft.seen("%~", "%W"))) or any(
        re.fullmatch(r"PMC[0-9]+", value) for value in draft.seen("%2")
    )
    for mark in ("%M", "%1", "%2", "%3", "%4"):
        for tag in draft.take(mark):
            if not put_pmid(draft, tag, bare=from_pubmed and mark == "%M") and not put_doi(draft, tag):
                draft.leave(tag, _REASONS[mark])
    for tag in draft.take("%~", "%W"):
        if "pmid" not in draft.fields or not _PUBMED.search(tag.value):
            draft.leave(tag, _REASONS[tag.name])
    put_serial_numbers(draft, draft.take("%@"), with_number=kind in _NUMBERED)


def _put_notes(draft: Draft) -> None:
    notes: list[Tag] = []
    for tag in draft.take("%Z", "%O"):
        if tag.value == FIRST_AUTHORS_ONLY:
            draft.imported.fields["authors_complete"] = False
        elif tag.value.startswith("Original title: "):
            draft.put("original_title", tag.value.removeprefix("Original title: "), tag)
        else:
            notes.append(tag)
    put_notes(draft, notes, _REASONS["%Z"])


def _put_attachments(draft: Draft) -> None:
    for tag in draft.take("%>"):
        if tag.value.lower().startswith(("http://", "https://")):
            draft.leave(tag, _REASONS["%>"])
        else:
            draft.leave_out([tag], PATHS)
