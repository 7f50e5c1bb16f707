"""RIS, which nearly every reference manager reads.

Sources: *RIS Format Specifications* (Research Information Systems, 2001) for lines, dates and
names; the list of tags by reference type of 2011 for what the first does not have (T2, C2, C7).
A line is a tag, two spaces, a hyphen, a space and the value, and ends in CR LF. RIS has no escapes,
so a value that would not stay on its line is refused.

RIS has no comments either, but what stands before the first ``TY`` belongs to no reference, and the
providers of large databases write there where a file comes from. So does the head here: three lines
and a blank one. It must not grow: Zotero takes a file for RIS only if ``TY`` is among the first five
lines that are not blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence_map.exports.fields import (
    FIRST_AUTHORS_ONLY,
    date_parts,
    family_first,
    first_and_last_page,
    notices_in_words,
    one_line,
)
from evidence_map.exports.review_citation import review_citation
from evidence_map.site.evidence import Evidence, Person, Report
from evidence_map.site.text import enumeration

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
    "collection": "EDBOOK",
    "dataset": "DATA",
    "entry": "ENCYC",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "interview": "PCOMM",
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
    "song": "SOUND",
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
    if kind in _SERIALS:
        yield "SP", first or number
        yield "EP", last
        yield "C7", number if first else ""
    else:
        yield "SP", first
        yield "EP", last
        yield ("SN" if kind in _NUMBERED else "M1"), number


def notes(report: Report, *, is_serial: bool) -> Iterator[str]:
    """Yield in words what tagged formats have no field for.

    :param is_serial: whether it is an article of a journal; only these have a field for the PMCID.
    """
    row = report.row
    yield from notices_in_words(report)
    if not row["authors_complete"]:
        yield FIRST_AUTHORS_ONLY
    if row["original_title"]:
        yield f"Original title: {row['original_title']}"
    if row["pmcid"] and not is_serial:
        yield f"PMCID: {row['pmcid']}"


def _name(person: Person) -> str:
    """Return a name as RIS takes it: the comma behind a family name stays, even with nothing after it.

    So a person with one name is told from a body.
    """
    name = family_first(person)
    return name if person.literal or "," in name else f"{name},"


def ris_lines(report: Report) -> list[Tagged]:
    """Return the tags and values of one report in the order in which they are written.

    ``ID`` is the record's key. ``AN`` is the number in the database named by ``DB``, PubMed, and
    ``C2`` that in PubMed Central, as EndNote has them; outside journals ``C2`` means something else,
    so there it stands in a note. A body whose name has a comma cannot be told from a person: RIS has
    no sign for it.

    :raises ExportError: if a value holds a line break or another control character.
    """
    row = report.row
    kind = TYPES.get(row["type"], "GEN")
    editor = "A2" if kind in _IN_A_BOOK else "ED"
    tagged = [
        ("TY", kind),
        ("ID", report.key),
        *(("AU", _name(person)) for person in report.authors),
        *((editor, _name(person)) for person in report.editors),
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
        ("DB", "PubMed" if row["pmid"] else ""),
        ("AN", row["pmid"] or ""),
        ("C2", (row["pmcid"] or "") if kind in _SERIALS else ""),
        # JabRef takes AN, C7 and M1 for the issue as well, and the last one that it reads counts.
        ("IS", row["issue"] or ""),
        ("UR", row["url"] or ""),
        *(("KW", keyword) for keyword in report.lists.get("keyword", [])),
        *(("N1", note) for note in notes(report, is_serial=kind in _SERIALS)),
    ]
    return [(tag, one_line(report.key, tag, value)) for tag, value in tagged if value]


def ris_head(evidence: Evidence) -> str:
    """Return the lines before the first reference: who provides the file, and how it is cited.

    :raises ExportError: if one of them holds a line break or another control character.
    """
    head = {
        "Provider": evidence.meta.get("publisher") or enumeration(evidence.authors),
        "Database": review_citation(evidence),
        "Content": 'text/plain; charset="UTF-8"',
    }
    lines = (f"{name}: {one_line('the review', name, value)}\r\n" for name, value in head.items())
    return "".join(lines) + "\r\n"


def as_ris(reports: Iterable[Report], head: str = "") -> str:
    """Return the reports as one RIS file, a blank line after each; for UTF-8 without a mark.

    :param head: what stands before the first reference, as :func:`ris_head` makes it.
    :raises ExportError: if a value holds a line break or another control character.
    """
    return head + "".join(
        "".join(f"{tag}  - {value}\r\n" for tag, value in [*ris_lines(report), ("ER", "")]) + "\r\n"
        for report in reports
    )
