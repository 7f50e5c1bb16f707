"""CSL-JSON as Zotero, Mendeley and Crossref write it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evidence_map.imports.csl_json import read
from evidence_map.imports.imported import Imported, ImportFormatError, Reading
from tests.imports.samples import fields, left, sample


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(sample("zotero.json"), "zotero.json")


def item(**variables: Any) -> Imported:
    [only] = read(json.dumps([{"title": "A title", **variables}]), "a.json").references
    return only


def test_a_whole_item(reading: Reading) -> None:
    first = reading.references[0]
    assert (first.line, first.key) == (2, "5")
    assert first.fields == {
        "type": "article-journal",
        "title": "Tea in Vancouver & cats",
        "keep_capitals": ["Vancouver"],
        "authors": [
            {"family": "Muster", "given": "Ç.", "particle": "van", "orcid": "0000-0002-1825-0097"},
            {"literal": "The Crew"},
            {"literal": "The Other Crew"},
        ],
        "issued": "2019",
        "volume": "12",
        "doi": "10.5555/x",
        "issn": "1234-5679",
        "pmid": "123",
        "pmcid": "PMC12",
    }
    assert left(first) == {"issued": "2019-05/2019-06", "ISSN": "2049-3630", "note": "A note."}


def test_what_is_not_understood_is_kept(reading: Reading) -> None:
    second = reading.references[1]
    assert second.fields == {"type": "document", "title": "Mice", "issued": "2019"}
    assert left(second) == {
        "type": "weird",
        "issued": "Spring 2019",
        "translator": "family: Lamp, given: Ada",
    }


def test_what_is_no_reference_is_refused_with_its_line(reading: Reading) -> None:
    assert [(refused.line, refused.reason) for refused in reading.refused] == [
        (11, "it is a single value, not a reference"),
        (12, "“c” has no title"),
    ]
    assert reading.remarks == ["1 abstract was left out: records hold no sentences of papers."]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]',
        '{"items": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}',
        '{"status": "ok", "message": {"total": 2, "items": [{"title": "A"}, {"title": "B"}]}}',
        '{"id": "a", "title": "A"}\n{"id": "b", "title": "B"}\n',
        '{"id": "a", "title": "A"},\n{"id": "b", "title": "B"},\n',
        '[{"id": "a", "title": "A"}, {"id": "b", "title": "B"},]',
        '{"message": {"title": "A"}}\n[{"title": "B"}]',
    ],
)
def test_lists_in_whatever_wrapping(text: str) -> None:
    assert fields(read(text, "a.json")) == [{"title": "A"}, {"title": "B"}]


@pytest.mark.parametrize(
    ("issued", "meant"),
    [
        ({"date-parts": [[2019, 5, 2]]}, "2019-05-02"),
        ({"date-parts": [["2019"]]}, "2019"),
        ({"date-parts": [[2019, 5], [2019, 5]]}, "2019-05"),
        ({"date-parts": [[2019], [2020]]}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[2019, 13]]}, None),
        ({"date-parts": [[2019]], "season": 2}, "2019"),
        ({"raw": "2019-05"}, "2019-05"),
        ({"literal": "May 2, 2019"}, "2019-05-02"),
        ("2019-05-02", "2019-05-02"),
        (7, None),
    ],
)
def test_dates(issued: Any, meant: str | None) -> None:
    assert item(issued=issued).fields.get("issued") == meant


def test_what_crossref_writes() -> None:
    found = item(
        title=["Tea"],
        subtitle=["And cats"],
        type="posted-content",
        **{"container-title": ["Journal of Invented Results"], "article-number": "e12"},
        author=[{"given": "Ada", "family": "Lamp", "ORCID": "https://orcid.org/0000-0000-0000-0002"}],
        publisher="Lamp Press",
        **{"reference-count": 3, "is-referenced-by-count": 2},
    )
    assert found.fields == {
        "title": "Tea: And cats",
        "type": "article",
        "container_title": "Journal of Invented Results",
        "number": "e12",
        "authors": [{"given": "Ada", "family": "Lamp"}],
        "publisher": "Lamp Press",
    }
    assert left(found) == {"ORCID iD": "https://orcid.org/0000-0000-0000-0002"}


def test_keywords_are_parted_by_semicolons_or_else_by_commas() -> None:
    assert item(keyword="milk, sugar; tea").fields["keywords"] == ["milk, sugar", "tea"]
    assert item(keyword="milk, tea").fields["keywords"] == ["milk", "tea"]
    assert item(keyword=["milk, sugar", "tea"]).fields["keywords"] == ["milk, sugar", "tea"]


@pytest.mark.parametrize("value", [None, 7, True, "x", [], {}, [[]], [{}], {"x": [1]}])
@pytest.mark.parametrize(
    "variable", ["type", "author", "issued", "DOI", "ISSN", "volume", "keyword", "note"]
)
def test_values_of_a_wrong_kind_cost_only_themselves(variable: str, value: Any) -> None:
    assert item(**{variable: value}).fields["title"] == "A title"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"title": "A"', "not sound JSON: line 1, column 15: it breaks off there"),
        ('[{"title": "A"},\n {"title" "B"}]', r"line 2, column 11: expecting ':'"),
        ("[1, 2]", "holds no references"),
        ('{"name": "x"}', "holds no references"),
        ("", "holds no references"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"title": ' + '{"a": ' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_list_of_references_is_told(text: str, message: str) -> None:
    with pytest.raises(ImportFormatError, match=message):
        read(text, "a.json")


def test_long_numbers_and_half_characters_are_texts() -> None:
    found = read(
        '[{"title": "A \\ud800", "volume": ' + "9" * 5_000 + ', "issue": 010}]'.replace("010", "10"),
        "a.json",
    )
    assert found.references[0].fields == {"title": "A \ufffd", "issue": "10"}
    assert left(found.references[0])["volume"].startswith("999")
