"""EndNote's tagged format as a strict reader finds it: one tag a line, and nothing lost."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.endnote_tagged import as_enw, enw_lines
from evidence_map.exports.endnote_types import NUMBERED, SERIALS, TYPES, endnote_name
from evidence_map.exports.fields import ExportError
from evidence_map.model.reference import CslType
from evidence_map.site.evidence import Evidence, Person
from tests.exports.reports import HOSTILE, PLAIN, UNHEARD_OF, UNPRINTABLE, person, report

Tagged = list[tuple[str, str]]


def read(text: str) -> list[Tagged]:
    """Return the references of a tagged file; anything out of order fails."""
    entries: list[Tagged] = []
    for block in text.split("\r\n\r\n"):
        lines = block.split("\r\n") if block else []
        assert all(re.match(r"%\S .", line, re.DOTALL) and "\n" not in line for line in lines), lines
        if lines:
            assert lines[0].startswith("%0 ") and not any(line.startswith("%0 ") for line in lines[1:])
            entries.append([(line[1], line[3:]) for line in lines])
    return entries


def test_a_whole_reference(lighthouse: Evidence) -> None:
    assert read(as_enw([lighthouse.reports["example2019"]])) == [
        [
            ("0", "Journal Article"),
            ("A", "Example, Ann B."),
            ("A", "van Muster, Çelik"),
            ("A", "The Invented Crew,"),
            ("8", "2019-05"),
            ("D", "2019"),
            ("T", "Tea & company: what <keepers> say"),
            ("J", "Journal of Invented Results"),
            ("V", "012"),
            ("N", "10.10"),
            ("P", "1-9"),
            ("@", "1234-5679"),
            ("G", "en"),
            ("R", "10.5555/example.1"),
            ("F", "example2019"),
            ("K", "tea"),
            ("K", "lighthouses"),
        ]
    ]


def test_all_reports_in_their_order(lighthouse: Evidence) -> None:
    keys = [dict(entry)["F"] for entry in read(as_enw(lighthouse.reports.values()))]
    assert keys == sorted(lighthouse.reports)
    assert as_enw([]) == ""


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"issued": "2020"}, {"D": "2020"}),
        ({"issued": "2020-03-09"}, {"D": "2020", "8": "2020-03-09"}),
        ({"page": "168–177"}, {"P": "168-177"}),
        ({"number": "168"}, {"P": "168"}),
        ({"page": "1-9", "number": "168"}, {"P": "1-9", "]": "168"}),
        ({"number": "7", "type": "report"}, {"@": "7"}),
        ({"number": "7", "type": "book", "page": "3"}, {"P": "3", "1": "7"}),
        ({"pmid": "123", "pmcid": "PMC9"}, {"~": "PubMed", "M": "123", "2": "PMC9"}),
        ({"pmcid": "PMC9", "type": "chapter"}, {"Z": "PMCID: PMC9"}),
        ({"original_title": "Thé"}, {"Z": "Original title: Thé"}),
        ({"authors_complete": 0}, {"Z": "The source names only the first authors."}),
        ({"container_title": "Book", "type": "chapter"}, {"B": "Book"}),
        ({"edition": "2nd", "publisher": "Press", "type": "book"}, {"7": "2nd", "I": "Press"}),
    ],
)
def test_tags_of_single_fields(columns: dict[str, Any], expected: dict[str, str]) -> None:
    tags = dict(enw_lines(report(**columns)))
    assert {tag: value for tag, value in tags.items() if tag not in {"0", "F", "T"}} == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (person("Muster", given="Ç.", particle="van", suffix="Jr"), "van Muster, Ç., Jr"),
        (person(literal="The Invented Crew"), "The Invented Crew,"),
        (person(literal="Crew, Night Shift, Tower 2"), "Crew,, Night Shift, Tower 2"),
    ],
)
def test_bodies_are_told_from_persons(name: Person, expected: str) -> None:
    assert endnote_name(name) == expected


def test_every_csl_type_has_a_type_of_its_own_number() -> None:
    assert set(TYPES) == set(get_args(CslType))
    numbers = {own.name: own.number for own in TYPES.values()}
    assert len(set(numbers.values())) == len(numbers)
    assert set(numbers) >= SERIALS | NUMBERED


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_on_their_line(text: str) -> None:
    entries = read(as_enw([report("a", title=text, pmid="1"), report("b", title=text)]))
    assert [dict(entry)["T"] for entry in entries] == [text, text]


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused_by_name(text: str) -> None:
    for wrong in (report(title=f"Tea{text}x"), report(authors=[person(f"Tea{text}x")])):
        with pytest.raises(ExportError, match=r"“%(T|A)” of key2020 .* U\+"):
            as_enw([wrong])


@given(PLAIN, PLAIN, PLAIN)
def test_any_text_reads_back(title: str, family: str, given_name: str) -> None:
    written = report(title=title, publisher=title, authors=[person(family, given=given_name)])
    [entry] = read(as_enw([written]))
    assert entry == enw_lines(written)
    assert entry[1:3] == [("A", f"{family}, {given_name}"), ("T", title)]


@given(st.lists(UNHEARD_OF, max_size=3))
def test_any_text_at_all_reads_back_or_is_refused(titles: list[str]) -> None:
    reports = [report(f"k{number}", title=title) for number, title in enumerate(titles)]
    try:
        text = as_enw(reports)
    except ExportError as error:
        assert re.search(r"“%T” of k\d", str(error))
        return
    assert [dict(entry)["T"] for entry in read(text.encode().decode())] == titles
