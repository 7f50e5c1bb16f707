"""MEDLINE, the tagged form in which PubMed gives references (.nbib, .txt).

Source: *MEDLINE/PubMed Data Element (Field) Descriptions* of the National Library of Medicine. A tag
has up to four characters, padded with spaces to four, then a hyphen and a space; lines that go on are
indented by six spaces, and a blank line ends a reference.
"""

from __future__ import annotations

import re

from evidence_map.imports.imported import Reading
from evidence_map.imports.markup import plain
from evidence_map.imports.names import people
from evidence_map.imports.publication import (
    fill_dates,
    fill_language,
    fill_pages,
    fill_serials,
    leave_out_abstract,
)
from evidence_map.imports.tagged import Form, Tag, TaggedReference, reading

_REASONS = {
    "CIN": "comment on the paper",
    "CON": "what it comments on",
    "COIS": "statement of interests",
    "CRI": "corrected and published again in",
    "CTDT": "day of a contribution",
    "CTI": "title of the collection",
    "DEP": "day of electronic publication",
    "ECF": "expression of concern",
    "ECI": "expression of concern",
    "EFR": "erratum for",
    "EIN": "erratum in",
    "ED": "editors in short",
    "FIR": "investigator who is no author",
    "FPS": "person whom the paper is about",
    "GN": "note",
    "GR": "grant",
    "GS": "gene",
    "IR": "investigator who is no author",
    "LID": "number at the publisher",
    "AID": "number at the publisher",
    "MH": "heading of MEDLINE, not of the authors",
    "MID": "number of the manuscript",
    "NM": "substance",
    "OID": "number in a database",
    "ORI": "original report in",
    "PS": "person whom the paper is about",
    "PT": "type of publication in MEDLINE",
    "RIN": "retraction in",
    "RN": "substance",
    "ROF": "retraction of",
    "RPF": "published again from",
    "RPI": "published again in",
    "SI": "number in a register or data bank",
    "SPIN": "summary for patients in",
    "TT": "title in the language of the paper",
    "UIN": "update in",
    "UOF": "update of",
}
"""Why a tag that is known has no place in a record."""

_OWN = """
CI CRDT DA DCOM DRDT EDAT IRAD JID LR MHDA OAB OABL OCI OTO OUI OWN PHST PL PMCR PST PUBM RF SB SFM SO
SPV STAT STRV TA
"""
_HOUSEKEEPING = _OWN.split()
"""Tags that PubMed keeps for itself, or that say again what others say."""

_TAKEN = """
AB AD AU AUID BTI CDAT CN DP EN FAU FED IP IS ISBN JT LA OT PB PG PMC PMID TI VI VTI
"""
_KNOWN = {*_REASONS, *_HOUSEKEEPING, *_TAKEN.split()}

_TAG = re.compile(r"\s{0,2}([A-Z][A-Z0-9]{1,3})\s{0,3}-(?:\s(.*))?")
_ORCID = re.compile(
    r"(?i)(?:orcid\W*)?(?:https?://orcid\.org/)?([0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X])"
)


def tag_of(line: str) -> tuple[str, str] | None:
    """Return the tag and the value of a line, or None if it goes on from the line before."""
    match = _TAG.fullmatch(line)
    if match is None or not 3 <= line.find("-") <= 7 or (line[4:5] != "-" and match[1] not in _KNOWN):
        return None
    return match[1], (match[2] or "").strip()


FORM = Form("MEDLINE", tag_of, first="PMID", last="", blank_ends=True, example="PMID- 12345678")


def read(text: str, source: str) -> Reading:
    """Return the references of a file from PubMed.

    Abstracts, addresses of authors and the tags with which PubMed keeps its own house are left out
    and counted; headings, grants, errata and the like are leftovers.

    :param source: the name of the file, for messages.
    :raises ImportFormatError: if there is no reference in it.
    """
    return reading(text, source, FORM, _read_reference, _REASONS)


def _read_reference(reference: TaggedReference) -> None:
    for tag in reference.take("PMID"):
        reference.imported.key = reference.imported.key or tag.value
        reference.pmid(*tag.stated)
    for tag in reference.take("PMC"):
        reference.pmcid(*tag.stated)
    _fill_authors(reference)
    reference.fill_people("editors", reference.take("FED") or reference.take("ED"))
    reference.count_as_left_out(reference.take("ED"), "short names of editors")
    _fill_titles(reference)
    reference.fill_texts({"volume": ["VI"], "issue": ["IP"], "edition": ["EN"], "publisher": ["PB"]})
    fill_dates(reference, reference.take("DP") or reference.take("DEP"), reference.take("CDAT"))
    fill_pages(reference, reference.take("PG"), [])
    _fill_identifiers(reference)
    fill_language(reference, reference.take("LA"))
    reference.fill_keywords(reference.take("OT"))
    leave_out_abstract(reference, reference.take("AB"))
    reference.count_as_left_out(reference.take("AD"), "addresses of authors")
    reference.count_as_left_out(reference.take(*_HOUSEKEEPING), "marks and dates of PubMed")


def _fill_authors(reference: TaggedReference) -> None:
    """Set the authors: full names where there are any, with the ORCID iD that follows a name.

    The short name after a full one says the same again. A body's name has a tag of its own.
    """
    tags = sorted(reference.take("FAU", "AU", "CN", "AUID"), key=lambda tag: tag.line)
    if not tags:
        return
    names: list[Tag] = []
    identifiers: dict[int, str] = {}
    before = ""
    for tag in tags:
        match = _ORCID.fullmatch(tag.value) if tag.name == "AUID" else None
        if tag.name == "AUID" and (match is None or not names):
            reference.leave_tags([tag], "identifier of an author, but no ORCID iD")
        elif match:
            identifiers.setdefault(len(names) - 1, match[1])
        elif not (tag.name == "AU" and before == "FAU"):
            names.append(tag)
        before = tag.name
    found = people(plain(tag.value) for tag in names if tag.name != "CN")
    bodies = {place: tag for place, tag in enumerate(names) if tag.name == "CN"}
    if len(found.names) == len(names) - len(bodies):
        for place, tag in bodies.items():
            found.names.insert(place, {"literal": plain(tag.value)})
        for place, orcid in identifiers.items():
            if "literal" not in found.names[place]:
                found.names[place] = {**found.names[place], "orcid": orcid}
    else:
        found.names += [{"literal": plain(tag.value)} for tag in bodies.values()]
    reference.people("authors", found, tags[0].name, tags[0].line)


def _fill_titles(reference: TaggedReference) -> None:
    """Set the titles. PubMed ends each with a full stop and puts a translated one in brackets."""
    title = reference.take("TI")
    book = reference.take("BTI")
    translated = False
    for tag in title or book:
        text = _without_stop(tag.value)
        if text.startswith("[") and text.endswith("]") and "]" not in text[:-1]:
            text, translated = text[1:-1], True
        reference.fill_text("title", Tag(tag.name, tag.line, [_without_stop(text)]))
    own = reference.take("TT")
    for tag in own:
        if translated:
            reference.fill_text("original_title", Tag(tag.name, tag.line, [_without_stop(tag.value)]))
        else:
            reference.leave_tags([tag], _REASONS["TT"])
    journal = reference.take("JT") or reference.take("TA")
    reference.fill_text("container_title", *(journal or (book if title else [])))
    if title and journal:
        reference.leave_tags(book, "title of a book")
    if book:
        reference.fields["type"] = "chapter" if title else "book"
        reference.fill_text("publisher_place", *reference.take("PL"))
    _fill_type(reference, is_article=bool(journal))


def _fill_type(reference: TaggedReference, *, is_article: bool) -> None:
    for tag in reference.take("PT"):
        kind = tag.value.lower()
        if kind == "preprint":
            reference.fill("type", "article", tag.name, tag.line)
        elif kind != "journal article":
            reference.leave_tags([tag], _REASONS["PT"])
    if is_article:
        reference.fields.setdefault("type", "article-journal")


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _fill_identifiers(reference: TaggedReference) -> None:
    for tag in reference.take("LID", "AID"):
        if reference.takes_doi(*tag.stated):
            continue
        if tag.value.endswith("[pii]") and "page" in reference.fields:
            reference.count_as_left_out([tag], "numbers at the publisher")
        else:
            reference.leave_tags([tag], _REASONS["AID"])
    linking_first = sorted(reference.take("IS"), key=lambda tag: "linking" not in tag.value.lower())
    fill_serials(reference, [*linking_first, *reference.take("ISBN")])
