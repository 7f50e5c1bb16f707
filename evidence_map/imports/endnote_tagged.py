"""EndNote's tagged format (.enw), which grew out of Refer.

Sources: the help of EndNote 2025, *Creating a Tagged EndNote Import File*; the manual of refer(1).
A line is a percent sign, a character, a space and the value; without ``%0`` a blank line begins the
next reference.
"""

from __future__ import annotations

import re

from evidence_map.imports.imported import Reading
from evidence_map.imports.own_exports import is_own_citation
from evidence_map.imports.publication import (
    fill_addresses,
    fill_dates,
    fill_language,
    fill_numbers,
    fill_pages,
    fill_serials,
    is_from_pubmed,
    leave_attachments,
    leave_database,
    leave_out_abstract,
    read_notes,
    take_key,
)
from evidence_map.imports.reference_types import SERIALS, csl_type
from evidence_map.imports.tagged import Form, TaggedReference, reading

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

_FIELDS = {
    "title": ["%T"],
    "volume": ["%V"],
    "issue": ["%N"],
    "publisher": ["%I"],
    "publisher_place": ["%C"],
    "edition": ["%7"],
}
"""Fields whose tags hold nothing but their text."""

_NUMBERED = {"report", "standard"}
_BOOKS = {"book", "periodical"}

_TAG = re.compile(r"\s{0,3}(%[0-9A-Z!#$&()*+<=>?@\[\]^~])(?:[ \t]+(.*)|)")
_NUMBER = re.compile(r"(?=[^0-9]{0,20}[0-9])\S{1,20}(?: \S{1,20})?")


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


def _read_reference(reference: TaggedReference) -> None:
    kind = _fill_type(reference)
    take_key(reference, reference.take("%F"), _REASONS["%F"])
    reference.fill_people("authors", reference.take("%A"), marks_bodies=True)
    reference.fill_people("editors", reference.take("%E"), marks_bodies=True)
    reference.fill_texts(_FIELDS)
    containers = ("%J", "%B") if kind in SERIALS else ("%B", "%J", "%S")
    reference.fill_text("container_title", *reference.take(*containers))
    fill_dates(reference, reference.take("%D"), reference.take("%8"))
    fill_pages(reference, reference.take("%P"), [], of_a_book=kind in _BOOKS)
    _fill_numbers(reference, kind)
    fill_addresses(reference, reference.take("%U"))
    fill_language(reference, reference.take("%G"))
    reference.fill_keywords(reference.take("%K"))
    read_notes(reference, reference.take("%Z", "%O"), _REASONS["%Z"])
    leave_out_abstract(reference, reference.take("%X"))
    reference.count_as_left_out(reference.take("%+"), "addresses of authors")
    leave_attachments(reference, reference.take("%>"), _REASONS["%>"])


def _fill_type(reference: TaggedReference) -> str:
    for tag in reference.take("%0"):
        if found := csl_type(tag.value):
            reference.fill("type", found, tag.name, tag.line)
        else:
            reference.leave_tags([tag], "not a type of EndNote")
    if "type" not in reference.fields:
        reference.remark("The file does not say what type of publication this is.")
        return "article-journal" if reference.seen("%J") else ""
    return str(reference.fields["type"])


def _fill_numbers(reference: TaggedReference, kind: str) -> None:
    """Set numbers and identifiers: which tag holds which depends on the type."""
    for tag in reference.take("%R"):
        reference.doi(*tag.stated)
    reference.fill_text("number", *reference.take("%]"))
    if kind not in SERIALS | _NUMBERED and all(map(_NUMBER.fullmatch, reference.seen("%1"))):
        # The export writes numbers there that EndNote's type has no field for.
        reference.fill_text("number", *reference.take("%1"))
    bare = {"%M"} if is_from_pubmed(reference, ["%~", "%W"], "%2") else set()
    fill_numbers(reference, reference.take("%M", "%1", "%2", "%3", "%4"), _REASONS, bare=bare)
    databases = [tag for tag in reference.take("%~", "%W") if not is_own_citation(tag.value)]
    leave_database(reference, databases, _REASONS)
    fill_serials(reference, reference.take("%@"), or_number=kind in _NUMBERED)
