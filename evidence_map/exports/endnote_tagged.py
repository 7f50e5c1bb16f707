"""EndNote's tagged format (.enw), which grew out of Refer; NoteExpress reads it too.

Source: the help of EndNote 2025, *Creating a Tagged EndNote Import File*. A line is a percent sign,
a character, a space and the value; a blank line ends a reference. There are no escapes and no
comments, so a value that would not stay on its line is refused, and the citation of the review
stands in ``datapackage.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence_map.exports.endnote_types import NUMBERED, SERIALS, endnote_name, endnote_type
from evidence_map.exports.fields import one_line, pages
from evidence_map.exports.ris import Tagged, notes
from evidence_map.site.evidence import Report


def _place(report: Report, kind: str) -> Iterator[Tagged]:
    row = report.row
    number, page = row["number"] or "", pages(row["page"], "-")
    yield ("J" if kind in SERIALS else "B"), row["container_title"] or ""
    yield "V", row["volume"] or ""
    yield "N", row["issue"] or ""
    if kind in SERIALS:
        yield "P", page or number
        yield "]", number if page else ""
    else:
        yield "P", page
        yield ("@" if kind in NUMBERED else "1"), number
    yield "@", row["issn"] or ""
    yield "@", row["isbn"] or ""


def enw_lines(report: Report) -> list[Tagged]:
    """Return the tags and values of one report in the order in which they are written.

    ``%F``, the label, is the record's key; ``%M`` the number in ``%~``, PubMed; ``%2`` that in PubMed
    Central, where EndNote has it for articles. The whole date comes before the year, because
    Zotero keeps the first of the two and adds the other only if it says something new. A number
    that EndNote's type has no field for stands in ``%1``, its first custom field.

    :raises ExportError: if a value holds a line break or another control character.
    """
    row = report.row
    kind = endnote_type(report).name
    is_serial = kind in SERIALS
    issued = row["issued"] or ""
    tagged = [
        ("0", kind),
        *(("A", endnote_name(person)) for person in report.authors),
        *(("E", endnote_name(person)) for person in report.editors),
        ("8", issued if len(issued) > len("2020") else ""),
        ("D", issued[:4]),
        ("T", row["title"]),
        *_place(report, kind),
        ("7", row["edition"] or ""),
        ("I", row["publisher"] or ""),
        ("C", row["publisher_place"] or ""),
        ("G", row["language"] or ""),
        ("R", row["doi"] or ""),
        ("~", "PubMed" if row["pmid"] else ""),
        ("M", row["pmid"] or ""),
        ("2", (row["pmcid"] or "") if is_serial else ""),
        ("U", row["url"] or ""),
        ("F", report.key),
        *(("K", keyword) for keyword in report.lists.get("keyword", [])),
        *(("Z", note) for note in notes(report, is_serial=is_serial)),
    ]
    return [(tag, one_line(report.key, f"%{tag}", value)) for tag, value in tagged if value]


def as_enw(reports: Iterable[Report], provider: str = "") -> str:
    """Return the reports as one tagged file, a blank line after each; for UTF-8 without a mark.

    :param provider: the version of the review that the references come from, for ``%W`` of each: the
        format has no head that could name it.
    :raises ExportError: if a value holds a line break or another control character.
    """
    source = [("W", provider)] if provider else []
    return "".join(
        "".join(f"%{tag} {value}\r\n" for tag, value in [*enw_lines(report), *source]) + "\r\n"
        for report in reports
    )
