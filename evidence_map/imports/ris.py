"""RIS, as databases and reference managers write it.

Sources: *RIS Format Specifications* (Research Information Systems, 2001), the list of tags by
reference type of 2011, and what Scopus, Web of Science, Embase, Ovid, EBSCO, the Cochrane Library,
EndNote, Zotero, Mendeley, Covidence, Rayyan and EPPI-Reviewer make of them. Nobody keeps to the first
two, so a line is read as a tag in every spelling that is met, as long as it cannot be text.
"""

from __future__ import annotations

import re

from evidence_map.imports.dates import read_date
from evidence_map.imports.imported import Reading
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
from evidence_map.imports.reference_types import csl_type
from evidence_map.imports.tagged import Form, TaggedReference, reading

TYPES = {
    "ABST": "article-journal",
    "ADVS": "broadcast",
    "AGGR": "dataset",
    "ANCIENT": "classic",
    "ART": "graphic",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CHART": "figure",
    "CLSWK": "classic",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "CTLG": "document",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "EQUA": "document",
    "FIGURE": "figure",
    "GEN": "document",
    "GOVDOC": "report",
    "GRANT": "document",
    "GRNT": "document",
    "HEAR": "hearing",
    "ICOMM": "personal_communication",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "LEGAL": "regulation",
    "MANSCPT": "manuscript",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "MULTI": "webpage",
    "MUSIC": "musical_score",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SER": "book",
    "SLIDE": "speech",
    "SOUND": "song",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNBILL": "bill",
    "UNPB": "article",
    "UNPD": "manuscript",
    "VIDEO": "motion_picture",
}
"""The CSL type of each type of the two specifications."""

_SERIALS = {"ABST", "EJOUR", "INPR", "JOUR", "MGZN", "NEWS"}
_BOOKS = {"BOOK", "EBOOK", "EDBOOK", "JFULL", "SER"}
_IN_A_BOOK = {"CHAP", "CONF", "CPAPER", "DICT", "ECHAP", "ENCYC"}
_MEETINGS = {"CONF", "CPAPER"}
_NUMBERED = {"GOVDOC", "RPRT", "STAND"}

_FIELDS = {
    "volume": ("VL", "VO"),
    "issue": ("IS", "CP"),
    "publisher": ("PB", "PU"),
    "publisher_place": ("CY", "PP", "PI"),
}
"""Fields whose tags hold nothing but their text."""

_REASONS = {
    "A2": "a second kind of authors",
    "A3": "editors of the series",
    "A4": "translators or other people",
    "AN": "number in a database",
    "AV": "location of a copy",
    "C1": "field of the user",
    "C2": "field of the user",
    "C3": "field of the user",
    "C4": "field of the user",
    "C5": "field of the user",
    "C6": "field of the user",
    "C7": "field of the user",
    "C8": "field of the user",
    "CA": "caption",
    "CN": "call number of a copy",
    "CR": "rights or references",
    "DB": "name of the database",
    "DP": "provider of the database",
    "ID": "number in a database",
    "L1": "attachment",
    "L4": "attachment",
    "LB": "label",
    "M1": "miscellaneous",
    "M2": "miscellaneous",
    "M3": "type of work",
    "N1": "note",
    "N2": "note",
    "NO": "note",
    "NV": "number of volumes",
    "OP": "original publication",
    "PA": "address of the publisher",
    "RD": "day of retrieval",
    "RI": "reviewed item",
    "RN": "note",
    "RP": "reprint",
    "SE": "section",
    "ST": "short title",
    "T3": "title of the series",
    "TA": "translators",
    "TT": "title in another language",
    "U1": "field of the user",
    "U2": "field of the user",
    "U3": "field of the user",
    "U4": "field of the user",
    "U5": "field of the user",
    "UT": "number in a database",
    "XR": "number in another database",
    "Y2": "day of access",
}
"""Why a tag that is known has no place in a record."""

_TAKEN = """
A1 AB AD AR AU BT CP CT CY DA DE DI DO ED EP ER ET IS J1 J2 J9 JA JF JI JO KW L2 L3 LA LK PB PD PI PP PU
PY SN SO SP T1 T2 TI TY UR US VL VO Y1 YR
"""
_TAGS = {*_REASONS, *_TAKEN.split()}
"""Tags that are read in any spelling; others only in that of the specifications."""

_ALONE = {"A": "AU", "T": "TI", "K": "KW"}
"""Tags of one letter, which some programs write for those of two."""

_STRICT = re.compile(r"([A-Z][A-Z0-9]?)\s{2,4}-(?:\s(.*))?")
_LOOSE = re.compile(r"\s{0,3}([A-Z][A-Z0-9])(?:\s{1,4}-\s*|-\s+)(.*)")
_SMALL = re.compile(r"\s{0,3}([A-Za-z][A-Za-z0-9])(?:\s{2,4}|\t)-\s*(.*)")
_COUNTED = re.compile(r"\s{0,3}[0-9]{1,6}[.)]\s{1,3}(TY\s{1,4}-.*)")
_END = re.compile(r"(?i)\s{0,3}ER\s{0,9}-?\s*")

_ADDRESS = re.compile(r"(?i)^\[|@|\b(?:univ|dept|department|hospital|institut|school of|faculty)")


def tag_of(line: str) -> tuple[str, str] | None:
    """Return the tag and the value of a line, or None if it goes on from the line before.

    The spelling of the specifications makes any two characters a tag. With one space, with capitals
    missing, indented or with a tab, only a tag that is known is one; small letters need two spaces
    before the hyphen, since “is - in fact -” may be text.
    """
    if (
        line[2:6] == "  - "
        and line[0].isalpha()
        and line[:2].isalnum()
        and line[:2].isascii()
        and line[:2].isupper()
    ):
        # Nearly all lines are so, and this is quicker than a pattern.
        return line[:2], line[6:].strip()
    if match := _STRICT.fullmatch(line):
        name = match[1]
        return _ALONE.get(name, name), (match[2] or "").strip()
    if _END.fullmatch(line):
        return "ER", ""
    if "-" not in line[:20]:
        return None
    if match := _COUNTED.fullmatch(line):
        line = match[1]
    for pattern in (_LOOSE, _SMALL):
        if (match := pattern.fullmatch(line)) and match[1].upper() in _TAGS:
            return match[1].upper(), match[2].strip()
    return None


FORM = Form("RIS", tag_of, first="TY", last="ER", blank_ends=False, example="TY  - JOUR")


def read(text: str, source: str) -> Reading:
    """Return the references of a RIS file.

    Abstracts, addresses of authors and paths of attachments are left out and counted. Everything
    else that has no place in a record, notes and numbers in databases among it, is a leftover.

    :param source: the name of the file, for messages.
    :raises ImportFormatError: if there is no reference in it.
    """
    return reading(text, source, FORM, _read_reference, _REASONS)


def _read_reference(reference: TaggedReference) -> None:
    kind = _fill_type(reference)
    take_key(reference, reference.take("ID"), _REASONS["ID"])
    reference.fill_people("authors", reference.take("AU", "A1"))
    reference.fill_people("editors", reference.take("ED", *(["A2"] if kind in _IN_A_BOOK else [])))
    _fill_titles(reference, kind)
    fill_dates(reference, reference.take("PY", "Y1", "YR"), reference.take("DA", "PD"))
    _fill_place(reference, kind)
    _fill_identifiers(reference)
    fill_addresses(reference, reference.take("UR", "LK", "US", "L2", "L3"))
    fill_language(reference, reference.take("LA"))
    reference.fill_keywords(reference.take("KW", "DE"))
    read_notes(reference, reference.take("N1", "NO", "RN"), _REASONS["N1"])
    _leave_out(reference)


def _fill_type(reference: TaggedReference) -> str:
    """Set the type and return RIS's name of it; without one the reference is read as an article."""
    kind = ""
    for tag in reference.take("TY"):
        name = tag.value.upper()
        if kind or not (found := TYPES.get(name) or csl_type(tag.value)):
            reference.leave_tags([tag], "another type" if kind else "not a type of RIS")
            continue
        kind = name if name in TYPES else next(ris for ris, csl in TYPES.items() if csl == found)
        reference.fill("type", found, tag.name, tag.line)
    if not kind:
        reference.remark("The file does not say what type of publication this is.")
    return kind or "JOUR"


def _fill_titles(reference: TaggedReference, kind: str) -> None:
    titles = reference.take("TI", "T1", "CT", *(["BT"] if kind in _BOOKS else []))
    if not titles:
        titles = reference.take("BT", "ST", "TT", *(["T2", "JF"] if kind in _BOOKS else []))
    reference.fill_text("title", *titles)
    if kind in _SERIALS:
        full = reference.take("JF", "T2", "BT")
    else:
        full = reference.take("T2", "BT", "JF", *(["C3"] if kind in _MEETINGS else []))
    reference.fill_text("container_title", *full)
    short = reference.take("SO", "JO", "JA", "J2", "J1", "J9", "JI")
    if short and "container_title" not in reference.fields:
        reference.fill_text("container_title", short.pop(0))
    reference.count_as_left_out(short, "short titles of journals")


def _fill_place(reference: TaggedReference, kind: str) -> None:
    """Set volume, issue, pages, number and publisher."""
    reference.fill_texts(_FIELDS)
    for tag in reference.take("ET"):
        if read_date(tag.value).year:
            # EndNote has the day of electronic publication there.
            reference.leave_tags([tag], "a date, no edition")
        else:
            reference.fill_text("edition", tag)
    fill_pages(reference, reference.take("SP"), reference.take("EP"), of_a_book=kind in _BOOKS)
    reference.fill_text("number", *reference.take("AR", *(["C7"] if kind in _SERIALS else [])))
    for tag in reference.take("M1"):
        if kind in _SERIALS and reference.takes_doi(*tag.stated):
            continue
        if kind in _SERIALS and tag.value != reference.fields.get("issue"):
            reference.leave_tags([tag], _REASONS["M1"])
        elif kind not in _SERIALS:
            reference.fill_text("number", tag)
    fill_serials(reference, reference.take("SN"), or_number=kind in _NUMBERED)


def _fill_identifiers(reference: TaggedReference) -> None:
    for tag in reference.take("DO", "DI"):
        reference.doi(*tag.stated)
    from_pubmed = is_from_pubmed(reference, ["DB", "DP"], "C2") or any(
        "pubmed" in value for value in reference.seen("UR", "L2")
    )
    numbers = reference.take("AN", "C2", "U1", "U2", "U3", "U4", "U5", "M2", "M3", "UT")
    fill_numbers(reference, numbers, _REASONS, bare={"AN", "C2", "U1"} if from_pubmed else set())
    leave_database(reference, reference.take("DB", "DP"), _REASONS)


def _leave_out(reference: TaggedReference) -> None:
    """Leave out what records do not hold: abstracts, addresses, paths on somebody's machine."""
    abstract = reference.take("AB") or reference.take("N2")
    leave_out_abstract(reference, abstract)
    known = {tag.value for tag in abstract}
    other = [tag for tag in reference.take("N2") if tag.value not in known]
    reference.leave_tags(other, _REASONS["N2"])
    reference.count_as_left_out(reference.take("AD"), "addresses of authors")
    for tag in reference.take("C1"):
        if _ADDRESS.search(tag.value):
            reference.count_as_left_out([tag], "addresses of authors")
        else:
            reference.leave_tags([tag], _REASONS["C1"])
    leave_attachments(reference, reference.take("L1", "L4"), _REASONS["L1"])
