"""Descriptions by several registries as one reference: each field from one of them, and told."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_map.registries.described import Described
from evidence_map.registries.merging import merged

FIRST: dict[str, Any] = {
    "title": "Tea and company: what keepers say",
    "authors": [{"family": "Muster", "given": "C."}, {"family": "Example", "given": "A. B."}],
    "issued": "2021-03-04",
    "volume": "12",
    "page": "168-177",
    "doi": "10.5555/tea.1",
}


def pair(first: dict[str, Any], second: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    descriptions = [
        Described("Crossref", "DOI 10.5555/tea.1", "2026-11-22", FIRST | first),
        Described("PubMed", "PubMed number 1", "2026-11-20", second),
    ]
    made, _ = merged(descriptions, "tea")
    return made.fields, made.remarks


def test_each_field_comes_from_the_first_that_has_it_and_that_is_told() -> None:
    fields, remarks = pair(
        {}, {"title": FIRST["title"], "pmid": "1", "container_title": "Tea", "volume": "12"}
    )
    assert fields == FIRST | {"pmid": "1", "container_title": "Tea"}
    assert remarks == [
        "From Crossref (DOI 10.5555/tea.1, 2026-11-22): title, authors, issued, volume, page, doi.",
        "From PubMed (PubMed number 1, 2026-11-20): pmid, container title.",
    ]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (
            {"title": "Coffee and company"},
            "title: “Tea and company: what keepers say” and “Coffee and company”",
        ),
        ({"issued": "2020"}, "year: 2021 and 2020"),
        ({"volume": "13"}, "volume: “12” and “13”"),
        ({"page": "169-77"}, "pages: 168-177 and 169-77"),
        ({"authors": [{"family": "Muster", "given": "C."}]}, "number of authors: 2 and 1"),
    ],
)
def test_disagreements_are_told_and_the_first_is_taken(second: dict[str, Any], words: str) -> None:
    fields, remarks = pair({}, second)
    assert fields == FIRST
    assert remarks[1:] == [f"Crossref and PubMed differ in the {words}. That of Crossref was taken."]


@pytest.mark.parametrize(
    "second",
    [
        {"title": "Tea and company : what keepers say."},
        {"issued": "2021-06"},
        {"page": "168-77"},
        {"page": "168"},
        {"page": "168–177"},
    ],
)
def test_the_same_in_other_words_is_no_disagreement(second: dict[str, Any]) -> None:
    assert len(pair({}, second)[1]) == 1


def test_full_given_names_are_taken_with_the_orcid_of_the_first() -> None:
    authors = [{"family": "Muster", "given": "Clara"}, {"family": "Example", "given": "Ann B"}]
    orcid = {"orcid": "0000-0002-1825-0097"}
    first = [FIRST["authors"][0] | orcid, FIRST["authors"][1]]
    fields, remarks = pair({"authors": first}, {"authors": authors})
    assert fields["authors"] == [authors[0] | orcid, authors[1]]
    assert "ORCID iDs" in remarks[0] and "authors" not in remarks[0]
    assert remarks[1].endswith(": authors.")


@pytest.mark.parametrize(
    "authors",
    [
        [{"family": "Muster", "given": "Clara"}, {"family": "Lamp", "given": "Ann"}],
        [{"family": "Muster", "given": "Dora"}, {"family": "Example", "given": "Ann"}],
        [{"family": "Example", "given": "Ann"}, {"family": "Muster", "given": "Clara"}],
        [{"family": "Muster", "given": "C"}, {"family": "Example", "given": "A B"}],
    ],
    ids=["another name", "another initial", "another order", "no fuller"],
)
def test_other_names_are_not_taken(authors: list[dict[str, str]]) -> None:
    assert pair({}, {"authors": authors})[0]["authors"] == FIRST["authors"]


def test_an_article_number_is_not_taken_twice() -> None:
    fields, _ = pair({"page": None, "number": "191"}, {"page": "191"})
    assert (fields["number"], fields["page"]) == ("191", None)


def test_a_title_in_another_language_belongs_to_the_same_title_only() -> None:
    assert "original_title" in pair({}, {"title": FIRST["title"], "original_title": "Tee"})[0]
    other = pair({"title": "Tee und Gesellschaft"}, {"title": FIRST["title"], "original_title": "Tee"})
    assert "original_title" not in other[0]


def test_what_is_grave_stands_first() -> None:
    one = Described(
        "Crossref", "DOI 1", "2026-11-22", {"title": "T"}, relations=["It is a version of 2."]
    )
    two = Described("PubMed", "PubMed number 1", "2026-11-22", {"pmid": "1"})
    one.notices = ["There is a notice about this publication: correction."]
    two.notices = ["This publication has been retracted, says PubMed."]
    made, registries = merged([one, two], "tea")
    assert made.remarks[:2] == [*two.notices, *one.notices]
    assert made.remarks[-1] == "It is a version of 2." and registries == ["Crossref", "PubMed"]
