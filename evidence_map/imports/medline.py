"""MEDLINE, the tagged form in which PubMed gives references (.nbib, .txt).

Source: *MEDLINE/PubMed Data Element (Field) Descriptions* of the National Library of Medicine. A tag
has up to four characters, padded with spaces to four, then a hyphen and a space; lines that go on are
indented by six spaces, and a blank line ends a reference.
"""

from __future__ import annotations

import re

from evidence_map.imports.identifiers import pmcid_in
from evidence_map.imports.imported import Reading
from evidence_map.imports.markup import plain
from evidence_map.imports.publication import (
    put_dates,
    put_doi,
    put_languages,
    put_pages,
    put_pmid,
    put_serial_numbers,
)
from evidence_map.imports.tagged import Draft, Form, Tag, reading

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


def _read_reference(draft: Draft) -> None:
    for tag in draft.take("PMID"):
        draft.imported.key = draft.imported.key or tag.value
        if not put_pmid(draft, tag, bare=True):
            draft.leave(tag, "not a number in PubMed")
    for tag in draft.take("PMC"):
        draft.put("pmcid", pmcid_in(tag.value) or tag.value, tag)
    _put_authors(draft)
    draft.put_people("editors", draft.take("FED") or draft.take("ED"))
    draft.leave_out(draft.take("ED"), "short names of editors")
    _put_titles(draft)
    for name, tags in {
        "volume": ("VI",),
        "issue": ("IP",),
        "edition": ("EN",),
        "publisher": ("PB",),
    }.items():
        for tag in draft.take(*tags):
            draft.put_text(name, tag)
    put_dates(draft, draft.take("DP") or draft.take("DEP"), draft.take("CDAT"))
    put_pages(draft, draft.take("PG"), [])
    _put_identifiers(draft)
    put_languages(draft, draft.take("LA"))
    draft.put_keywords(draft.take("OT"))
    draft.leave_out_abstract(draft.take("AB"))
    draft.leave_out(draft.take("AD"), "addresses of authors")
    draft.leave_out(draft.take(*_HOUSEKEEPING), "marks and dates of PubMed")


def _put_authors(draft: Draft) -> None:
    """Set the authors: full names where there are any, with the ORCID iD that follows a name.

    The short name after a full one says the same again. A body's name has a tag of its own.
    """
    tags = sorted(draft.take("FAU", "AU", "CN", "AUID"), key=lambda tag: tag.line)
    if not tags:
        return
    names: list[Tag] = []
    identifiers: dict[int, str] = {}
    before = ""
    for tag in tags:
        match = _ORCID.fullmatch(tag.value) if tag.name == "AUID" else None
        if tag.name == "AUID" and (match is None or not names):
            draft.leave(tag, "identifier of an author, but no ORCID iD")
        elif match:
            identifiers.setdefault(len(names) - 1, match[1])
        elif not (tag.name == "AU" and before == "FAU"):
            names.append(tag)
        before = tag.name
    draft.put_people("authors", [tag for tag in names if tag.name != "CN"])
    found = draft.imported.fields.get("authors", [])
    if len(found) == sum(tag.name != "CN" for tag in names):
        for place, tag in enumerate(names):
            if tag.name == "CN":
                found.insert(place, {"literal": plain(tag.value)})
        for place, orcid in identifiers.items():
            if "literal" not in found[place]:
                found[place] = {**found[place], "orcid": orcid}
    else:
        found += [{"literal": plain(tag.value)} for tag in names if tag.name == "CN"]
    if found:
        draft.imported.fields["authors"] = found


def _put_titles(draft: Draft) -> None:
    """Set the titles. PubMed ends each with a full stop and puts a translated one in brackets."""
    title = draft.take("TI")
    book = draft.take("BTI")
    translated = False
    for tag in title or book:
        text = _without_stop(tag.value)
        if text.startswith("[") and text.endswith("]") and "]" not in text[:-1]:
            text, translated = text[1:-1], True
        draft.put_text("title", Tag(tag.name, tag.line, [_without_stop(text)]))
    own = draft.take("TT")
    for tag in own:
        if translated:
            draft.put_text("original_title", Tag(tag.name, tag.line, [_without_stop(tag.value)]))
        else:
            draft.leave(tag, _REASONS["TT"])
    journal = draft.take("JT") or draft.take("TA")
    for tag in journal or (book if title else []):
        draft.put_text("container_title", tag)
    if title and journal:
        for tag in book:
            draft.leave(tag, "title of a book")
    if book:
        draft.put("type", "chapter" if title else "book", book[0])
        for tag in draft.take("PL"):
            draft.put_text("publisher_place", tag)
    _put_type(draft, is_article=bool(journal))


def _put_type(draft: Draft, *, is_article: bool) -> None:
    for tag in draft.take("PT"):
        kind = tag.value.lower()
        if kind == "preprint":
            draft.put("type", "article", tag)
        elif kind != "journal article":
            draft.leave(tag, _REASONS["PT"])
    if is_article:
        draft.fields.setdefault("type", "article-journal")


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _put_identifiers(draft: Draft) -> None:
    for tag in draft.take("LID", "AID"):
        if put_doi(draft, tag):
            continue
        if tag.value.endswith("[pii]") and "page" in draft.fields:
            draft.leave_out([tag], "numbers at the publisher")
        else:
            draft.leave(tag, _REASONS["AID"])
    linking_first = sorted(draft.take("IS"), key=lambda tag: "linking" not in tag.value.lower())
    put_serial_numbers(draft, [*linking_first, *draft.take("ISBN")])
