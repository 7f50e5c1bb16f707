"""RIS as a strict reader finds it: one tag a line, and nothing lost."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from rispy.config import TYPE_OF_REFERENCE_MAPPING

from evidence_map.exports.fields import ExportError, family_first
from evidence_map.exports.ris import TYPES, as_ris, ris_head, ris_lines
from evidence_map.model.reference import CslType
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, PLAIN, UNHEARD_OF, UNPRINTABLE, person, report

Tagged = list[tuple[str, str]]

TYPES_OF_THE_SPECIFICATIONS = """
ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF CPAPER CTLG DATA DBASE DICT
EBOOK ECHAP EDBOOK EJOUR ELEC ENCYC EQUA FIGURE GEN GOVDOC GRNT HEAR ICOMM INPR JFULL JOUR LEGAL
MANSCPT MAP MGZN MPCT MULTI MUSIC NEWS PAMP PAT PCOMM RPRT SER SLIDE SOUND STAND STAT THES UNBILL
UNPB VIDEO
"""
KNOWN = set(TYPES_OF_THE_SPECIFICATIONS.split())


def read(text: str) -> list[Tagged]:
    """Return the references of a RIS file; anything out of order fails."""
    entries: list[Tagged] = []
    current: Tagged | None = None
    lines = text.split("\r\n")
    assert lines.pop() == ""
    for line in lines:
        assert "\n" not in line and "\r" not in line
        if not line:
            assert current is None, "a blank line within a reference"
            continue
        assert re.match(r"[A-Z][A-Z0-9]  - ", line), line
        tag, value = line[:2], line[6:]
        if tag == "TY":
            assert current is None and value in KNOWN
            current = []
        assert current is not None
        if tag == "ER":
            assert value == ""
            entries.append(current)
            current = None
        else:
            assert value
            current.append((tag, value))
    assert current is None
    return entries


def test_a_whole_reference(lighthouse: Evidence) -> None:
    assert read(as_ris([lighthouse.reports["example2019"]])) == [
        [
            ("TY", "JOUR"),
            ("ID", "example2019"),
            ("AU", "Example, Ann B."),
            ("AU", "van Muster, Çelik"),
            ("AU", "The Invented Crew"),
            ("TI", "Tea & company: what <keepers> say"),
            ("PY", "2019"),
            ("DA", "2019/05//"),
            ("T2", "Journal of Invented Results"),
            ("JF", "Journal of Invented Results"),
            ("VL", "012"),
            ("SP", "1"),
            ("EP", "9"),
            ("SN", "1234-5679"),
            ("LA", "en"),
            ("DO", "10.5555/example.1"),
            ("IS", "10.10"),
            ("KW", "tea"),
            ("KW", "lighthouses"),
        ]
    ]


def test_all_reports_in_their_order(lighthouse: Evidence) -> None:
    keys = [dict(entry)["ID"] for entry in read(as_ris(lighthouse.reports.values()))]
    assert keys == sorted(lighthouse.reports)


def test_no_reports_are_an_empty_file() -> None:
    assert as_ris([]) == ""


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (None, {}),
        ("2020", {"PY": "2020"}),
        ("2020-03", {"PY": "2020", "DA": "2020/03//"}),
        ("2020-03-09", {"PY": "2020", "DA": "2020/03/09/"}),
    ],
)
def test_dates_are_as_exact_as_the_source(issued: str | None, expected: dict[str, str]) -> None:
    tags = dict(ris_lines(report(issued=issued)))
    assert {tag: tags[tag] for tag in ("PY", "DA") if tag in tags} == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"page": "168–177"}, {"SP": "168", "EP": "177"}),
        ({"page": "e12"}, {"SP": "e12"}),
        ({"page": "1-9, 12-14"}, {"SP": "1-9, 12-14"}),
        ({"number": "168"}, {"SP": "168"}),
        ({"page": "1-9", "number": "168"}, {"SP": "1", "EP": "9", "C7": "168"}),
        ({"number": "7", "type": "report"}, {"SN": "7"}),
        ({"number": "7", "type": "book", "page": "3"}, {"SP": "3", "M1": "7"}),
        ({"pmid": "123", "pmcid": "PMC9"}, {"DB": "PubMed", "AN": "123", "C2": "PMC9"}),
        ({"pmcid": "PMC9", "type": "chapter"}, {"N1": "PMCID: PMC9"}),
        ({"original_title": "Thé"}, {"N1": "Original title: Thé"}),
        ({"authors_complete": 0}, {"N1": "The source names only the first authors."}),
        ({"container_title": "Book", "type": "chapter"}, {"T2": "Book"}),
        ({"issue": "2", "pmid": "123"}, {"DB": "PubMed", "AN": "123", "IS": "2"}),
    ],
)
def test_tags_of_single_fields(columns: dict[str, Any], expected: dict[str, str]) -> None:
    tags = dict(ris_lines(report(**columns)))
    assert {tag: value for tag, value in tags.items() if tag not in {"TY", "ID", "TI"}} == expected


def test_editors_of_a_book_and_of_a_chapter() -> None:
    for kind, tag in (("book", "ED"), ("chapter", "A2")):
        found = report(type=kind)
        found.editors.append(person("Muster", given="M."))
        assert (tag, "Muster, M.") in ris_lines(found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (person("Muster", given="Ç.", particle="van", suffix="Jr"), "van Muster, Ç., Jr"),
        (person("Muster", suffix="III"), "Muster, , III"),
        (person("Muster"), "Muster"),
        (person(literal="The Invented Crew"), "The Invented Crew"),
    ],
)
def test_names(name: object, expected: str) -> None:
    assert family_first(name) == expected  # type: ignore[arg-type]


def test_a_person_with_one_name_is_told_from_a_body() -> None:
    written = report(authors=[person("Lamp"), person("Muster", particle="van"), person(literal="Crew")])
    names = [value for tag, value in ris_lines(written) if tag == "AU"]
    assert names == ["Lamp,", "van Muster,", "Crew"]


def test_types_are_known_on_both_sides() -> None:
    assert set(TYPES) <= set(get_args(CslType))
    assert set(TYPES.values()) <= KNOWN & set(TYPE_OF_REFERENCE_MAPPING)
    assert ris_lines(report(type="treaty"))[0] == ("TY", "GEN")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_on_their_line(text: str) -> None:
    entries = read(as_ris([report("a", title=text, pmid="1"), report("b", title=text)]))
    assert [dict(entry)["TI"] for entry in entries] == [text, text]


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused_by_name(text: str) -> None:
    for wrong in (report(title=f"Tea{text}x"), report(authors=[person(f"Tea{text}x")])):
        with pytest.raises(ExportError, match=r"“(TI|AU)” of key2020 .* U\+"):
            as_ris([wrong])


@given(PLAIN, PLAIN, PLAIN)
def test_any_text_reads_back(title: str, family: str, body: str) -> None:
    written = report(
        title=title, publisher=title, authors=[person(family, given=body), person(literal=body)]
    )
    [entry] = read(as_ris([written]))
    assert entry == ris_lines(written)
    assert entry[2:5] == [("AU", f"{family}, {body}"), ("AU", body), ("TI", title)]


@given(st.lists(UNHEARD_OF, max_size=3))
def test_any_text_at_all_reads_back_or_is_refused(titles: list[str]) -> None:
    reports = [report(f"k{number}", title=title) for number, title in enumerate(titles)]
    try:
        text = as_ris(reports)
    except ExportError as error:
        assert re.search(r"“TI” of k\d", str(error))
        return
    assert [dict(entry)["TI"] for entry in read(text.encode().decode())] == titles


# What an independent reader finds


def rispy_reads(text: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = rispy.loads(text, newline="\r\n")
    return entries


def test_rispy_reads_every_field() -> None:
    columns: dict[str, Any] = {
        "issued": "2020-03",
        "container_title": "Annals of Nothing",
        "volume": "7",
        "issue": "2",
        "page": "168–177",
        "publisher": "Press",
        "publisher_place": "Harbour",
        "doi": "10.5555/x",
        "pmid": "123",
        "pmcid": "PMC9",
        "issn": "1234-5679",
        "url": "https://example.org/",
        "language": "en",
        "authors_complete": 0,
    }
    written = report(authors=[person("Muster", given="M."), person(literal="The Crew")], **columns)
    written.lists["keyword"] = ["tea", "cats"]
    assert rispy_reads(as_ris([written])) == [
        {
            "type_of_reference": "JOUR",
            "id": "key2020",
            "authors": ["Muster, M.", "The Crew"],
            "title": "A title",
            "year": "2020",
            "date": "2020/03//",
            "secondary_title": "Annals of Nothing",
            "alternate_title3": "Annals of Nothing",
            "volume": "7",
            "start_page": "168",
            "end_page": "177",
            "publisher": "Press",
            "place_published": "Harbour",
            "issn": "1234-5679",
            "language": "en",
            "doi": "10.5555/x",
            "name_of_database": "PubMed",
            "accession_number": "123",
            "custom2": "PMC9",
            "number": "2",
            "urls": ["https://example.org/"],
            "keywords": ["tea", "cats"],
            "notes": ["The source names only the first authors."],
        }
    ]


def test_the_head_says_where_the_file_is_from_and_rispy_passes_over_it(lighthouse: Evidence) -> None:
    head = ris_head(lighthouse)
    provider, database, content, *blank = head.split("\r\n")
    assert provider == "Provider: The invented crew"
    assert re.fullmatch(
        r"Database: The invented crew \(2020\)\. Tea breaks .*, version \w+ of .*", database
    )
    assert (content, blank) == ('Content: text/plain; charset="UTF-8"', ["", ""])
    reports = list(lighthouse.reports.values())
    assert as_ris(reports, head) == head + as_ris(reports)
    assert rispy_reads(as_ris(reports, head)) == rispy_reads(as_ris(reports))


def test_zotero_takes_the_file_for_ris(lighthouse: Evidence) -> None:
    """It looks for TY in the first five lines that are not blank."""
    lines = [line for line in as_ris(lighthouse.exported, ris_head(lighthouse)).splitlines() if line]
    assert any(line.startswith("TY  - ") for line in lines[:5])


@given(PLAIN, PLAIN)
def test_rispy_reads_any_text(title: str, family: str) -> None:
    """It takes spaces off both ends, which no field of a record has."""
    written = report(title=title.strip() or "-", authors=[person(family.strip() or "-")])
    [entry] = rispy_reads(as_ris([written]))
    assert entry["title"] == (title.strip() or "-")
    assert [name.rstrip(",") for name in entry["authors"]] == [(family.strip() or "-").rstrip(",")]
