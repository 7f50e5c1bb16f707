"""RIS, which nearly every reference manager reads.

Sources: *RIS Format Specifications* (Research Information Systems, 2001) for lines, dates and
names; the list of tags by reference type of 2011 for what the first does not have (T2, C2, C7).
A line is a tag, two spaces, a hyphen, a space and the value, and ends in CR LF. RIS has no escapes,
so a value that would not stay on its line is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence_map.exports.fields import (
    FIRST_AUTHORS_ONLY,
    date_parts,
    family_first,
    first_and_last_page,
    one_line,
)
from evidence_map.site.evidence import Report

Tagged = tuple[str, str]
"""A tag and its value."""

TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "ADVS",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "collection": "BOOK",
    "dataset": "DATA",
    "entry": "ENCYC",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CONF",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "MUSIC",
    "speech": "SLIDE",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""The RIS type of each CSL type; what is not named here is ``GEN``."""

_SERIALS = {"JOUR", "MGZN", "NEWS"}
_NUMBERED = {"RPRT", "STAND"}
_IN_A_BOOK = {"CHAP", "CONF", "DICT", "ENCYC"}


def _date(issued: str | None) -> Iterator[Tagged]:
    parts = date_parts(issued)
    if parts:
        yield "PY", str(parts[0])
    if len(parts) > 1:
        # The slashes stay where a part is missing: year/month/day/other.
        month_and_day = [f"{part:02}" for part in parts[1:]]
        yield "DA", "/".join([str(parts[0]), *month_and_day, *[""] * (4 - len(parts))])


def _place(report: Report, kind: str) -> Iterator[Tagged]:
    """Yield where it stands in what: an article's number is its page if it has none."""
    row = report.row
    first, last = first_and_last_page(row["page"])
    number = row["number"] or ""
    yield "T2", row["container_title"] or ""
    # Readers of the older form look for a journal's full name here.
    yield "JF", (row["container_title"] or "") if kind in _SERIALS else ""
    yield "VL", row["volume"] or ""
    yield "IS", row["issue"] or ""
    if kind in _SERIALS:
        yield "SP", first or number
        yield "EP", last
        yield "C7", number if first else ""
    else:
        yield "SP", first
        yield "EP", last
        yield ("SN" if kind in _NUMBERED else "M1"), number


def _notes(report: Report, kind: str) -> Iterator[Tagged]:
    row = report.row
    if not row["authors_complete"]:
        yield "N1", FIRST_AUTHORS_ONLY
    if row["original_title"]:
        yield "N1", f"Original title: {row['original_title']}"
    if row["pmcid"] and kind not in _SERIALS:
        yield "N1", f"PMCID: {row['pmcid']}"


def ris_lines(report: Report) -> list[Tagged]:
    """Return the tags and values of one report in the order in which they are written.

    ``ID`` is the record's key. ``AN`` is the number in PubMed and ``C2`` that in PubMed Central, as
    EndNote has them; outside journals ``C2`` means something else, so there it stands in a note. A
    body whose name has a comma cannot be told from a person: RIS has no sign for it.

    :raises ExportError: if a value holds a line break or another control character.
    """
    row = report.row
    kind = TYPES.get(row["type"], "GEN")
    editor = "A2" if kind in _IN_A_BOOK else "ED"
    tagged = [
        ("TY", kind),
        ("ID", report.key),
        *(("AU", family_first(person)) for person in report.authors),
        *((editor, family_first(person)) for person in report.editors),
        ("TI", row["title"]),
        *_date(row["issued"]),
        *_place(report, kind),
        ("ET", row["edition"] or ""),
        ("PB", row["publisher"] or ""),
        ("CY", row["publisher_place"] or ""),
        ("SN", row["issn"] or ""),
        ("SN", row["isbn"] or ""),
        ("LA", row["language"] or ""),
        ("DO", row["doi"] or ""),
        ("AN", row["pmid"] or ""),
        ("C2", (row["pmcid"] or "") if kind in _SERIALS else ""),
        ("UR", row["url"] or ""),
        *(("KW", keyword) for keyword in report.lists.get("keyword", [])),
        *_notes(report, kind),
    ]
    return [(tag, one_line(report.key, tag, value)) for tag, value in tagged if value]


def as_ris(reports: Iterable[Report]) -> str:
    """Return the reports as one RIS file, a blank line after each; for UTF-8 without a mark.

    :raises ExportError: if a value holds a line break or another control character.
    """
    return "".join(
        "".join(f"{tag}  - {value}\r\n" for tag, value in [*ris_lines(report), ("ER", "")]) + "\r\n"
        for report in reports
    )
