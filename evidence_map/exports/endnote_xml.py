"""EndNote XML: the form in which EndNote exports a library and reads one.

Sources: the files that EndNote writes, and the elements that Zotero's translator *EndNote XML* reads
and writes; the elements of a record stand in EndNote's own order. The elements ``style``, with which
EndNote keeps fonts, are left out: it reads the text without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from evidence_map.exports.endnote_types import NUMBERED, SERIALS, endnote_name, endnote_type
from evidence_map.exports.fields import pages
from evidence_map.exports.review_citation import review_citation
from evidence_map.exports.ris import notes
from evidence_map.exports.xml_text import for_xml
from evidence_map.site.evidence import Evidence, Report

Filled = tuple[str, str]
"""The path of an element below its record, and its text."""


def _people(report: Report) -> Iterator[Filled]:
    yield from (("contributors/authors/author", endnote_name(person)) for person in report.authors)
    editors = report.editors
    yield from (("contributors/secondary-authors/author", endnote_name(person)) for person in editors)


def _place(report: Report, kind: str) -> Iterator[Filled]:
    row = report.row
    container = row["container_title"] or ""
    page = pages(row["page"], "-")
    yield "titles/title", row["title"]
    yield "titles/secondary-title", container
    if kind in SERIALS:
        yield "periodical/full-title", container
        yield "pages", page or row["number"] or ""
    else:
        yield "pages", page
    yield "volume", row["volume"] or ""
    yield "number", row["issue"] or ""
    yield "edition", row["edition"] or ""


def _numbers(report: Report, kind: str) -> list[tuple[str, str]]:
    """Return what could stand in the element ``isbn``, which holds one of them only."""
    row = report.row
    number = row["number"] if kind in NUMBERED else None
    candidates = (("Number", number), ("ISBN", row["isbn"]), ("ISSN", row["issn"]))
    return [(name, value) for name, value in candidates if value]


def _notes(report: Report, kind: str) -> str:
    found = list(notes(report, is_serial=kind in SERIALS))
    found += [f"{name}: {value}" for name, value in _numbers(report, kind)[1:]]
    return " ".join(note if note.endswith(".") else f"{note}." for note in found)


def _filled(report: Report) -> Iterator[Filled]:
    """Yield the elements of a record in EndNote's order; some may have no text."""
    row, kind = report.row, endnote_type(report).name
    number, issued = row["number"] or "", row["issued"] or ""
    yield from _people(report)
    yield from _place(report, kind)
    yield from (("keywords/keyword", keyword) for keyword in report.lists.get("keyword", []))
    yield "dates/year", issued[:4]
    yield "dates/pub-dates/date", issued if len(issued) > len("2020") else ""
    yield "pub-location", row["publisher_place"] or ""
    yield "publisher", row["publisher"] or ""
    yield "isbn", next((value for _, value in _numbers(report, kind)), "")
    yield "accession-num", row["pmid"] or ""
    yield "electronic-resource-num", row["doi"] or ""
    yield "label", report.key
    yield "notes", _notes(report, kind)
    yield "remote-database-name", "PubMed" if row["pmid"] else ""
    yield "language", row["language"] or ""
    yield "urls/related-urls/url", row["url"] or ""
    yield "custom1", number if kind not in SERIALS | NUMBERED else ""
    yield "custom2", (row["pmcid"] or "") if kind in SERIALS else ""
    yield "custom7", number if kind in SERIALS and row["page"] else ""


def _holder(record: etree._Element, path: list[str]) -> etree._Element:
    """Return the element at *path*: the one that was begun last, or a new one."""
    for step in path:
        begun = len(record) and record[-1].tag == step
        record = record[-1] if begun else etree.SubElement(record, step)
    return record


def endnote_record(report: Report, number: int = 1) -> etree._Element:
    """Return the element ``record`` of one report.

    ``label`` is the record's key, ``accession-num`` the number in the database named, PubMed,
    ``custom2`` that in PubMed Central, and ``custom7`` an article's number beside its pages.

    :param number: the number of the record in its file, from 1.
    :raises ExportError: if a value holds what XML cannot, a line break or a control character.
    """
    record = etree.Element("record")
    etree.SubElement(record, "rec-number").text = str(number)
    kind = endnote_type(report)
    etree.SubElement(record, "ref-type", name=kind.name).text = str(kind.number)
    for path, text in _filled(report):
        if text:
            *above, name = path.split("/")
            etree.SubElement(_holder(record, above), name).text = for_xml(report.key, name, text)
    return record


def as_endnote_xml(reports: Iterable[Report], evidence: Evidence) -> str:
    """Return the reports as one file, a record a line; the review's citation stands in a comment.

    :param evidence: the database that the reports come from.
    :raises ExportError: if a value holds what XML cannot, a line break or a control character.
    """
    # Two hyphens would end the comment; a word joiner between them is not seen.
    citation = re.sub("-(?=-)", "-\u2060", for_xml("the review", "title", review_citation(evidence)))
    records = (
        etree.tostring(endnote_record(report, number), encoding="unicode") + "\n"
        for number, report in enumerate(reports, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<!-- {citation} -->\n<xml><records>\n{''.join(records)}</records></xml>\n"
    )
