"""What is taken from a work of Crossref, and what is told about it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports.drafts import reference_of
from evidence_map.imports.imported import Imported
from evidence_map.registries import crossref
from evidence_map.registries.described import Described
from tests.registries.papers import DOI, work

DAY = "2026-11-22"


def read(**changes: Any) -> Described:
    return crossref.read(work(**changes), DOI, DAY)


def test_a_journal_article_is_taken_over_without_its_abstract() -> None:
    found = read()
    assert found.fields == {
        "title": "Tea and company at 10⁶ lamps: what keepers & cats say",
        "type": "article-journal",
        "authors": [
            {"family": "Muster", "given": "C. D.", "orcid": "0000-0002-1825-0097"},
            {"family": "Example", "particle": "van", "given": "A."},
            {"literal": "The Invented Crew"},
        ],
        "issued": "2021-03-04",
        "volume": "12",
        "issue": "3",
        "page": "60-68",
        "doi": DOI,
        "issn": "1477-7517",
        "language": "en",
        "licence": "CC BY-NC 4.0",
        "container_title": "Journal of Invented Results",
    }
    assert (found.notices, found.relations, found.remarks) == ([], [], [])
    reference_of(Imported("", 1, found.fields))


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("posted-content", "article"),
        ("book-chapter", "chapter"),
        ("proceedings-article", "paper-conference"),
        ("dissertation", "thesis"),
        ("monograph", "book"),
        ("peer-review", "review"),
    ],
)
def test_types_become_those_of_csl(kind: str, csl: str) -> None:
    assert read(type=kind).fields["type"] == csl


def test_an_unknown_type_is_told() -> None:
    found = read(type="tea-ceremony")
    assert found.fields["type"] == "document"
    assert found.remarks == ["Crossref calls it “tea-ceremony”, which is no type of CSL."]


def test_chapters_preprints_and_theses_stand_where_they_do() -> None:
    chapter = read(
        type="book-chapter",
        **{
            "container-title": ["Lecture Notes in Tea", "The Book of Kettles"],
            "ISBN": ["9780306406157"],
        },
        **{"publisher-location": "Teatown", "editor": [{"given": "Bo", "family": "Bean"}]},
    )
    assert chapter.fields["container_title"] == "The Book of Kettles"
    assert chapter.fields["publisher"] == "Invented Press"
    assert chapter.fields["publisher_place"] == "Teatown"
    assert chapter.fields["isbn"] == "9780306406157"
    assert chapter.fields["editors"] == [{"family": "Bean", "given": "Bo"}]
    preprint = read(
        type="posted-content", **{"container-title": [], "institution": [{"name": "teaRxiv"}]}
    )
    assert preprint.fields["container_title"] == "teaRxiv"
    thesis = read(
        type="dissertation", **{"container-title": [], "institution": [{"name": "Tea College"}]}
    )
    assert thesis.fields["publisher"] == "Tea College"


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2021]]}, "2021"),
        ({"date-parts": [[2021, 12]]}, "2021-12"),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({"date-parts": [[2021, None, 3]]}, "2021"),
        ({"date-parts": [["2021", "3"]]}, "2021-03"),
        (None, None),
    ],
)
def test_dates_are_as_exact_as_they_are(issued: Any, date: str | None) -> None:
    assert read(issued=issued).fields.get("issued") == date


def test_an_impossible_date_and_a_wrong_issn_are_left_out_and_told() -> None:
    found = read(issued={"date-parts": [[2021, 13]]}, ISSN=["1477-7518"])
    assert "issued" not in found.fields and "issn" not in found.fields
    assert found.remarks == [
        "Crossref gives “2021-13” for issued, which was left out: “2021-13” is not a possible date.",
        "Crossref gives “1477-7518” for issn, which was left out: “1477-7518” is not an ISSN.",
    ]


def test_print_in_another_year_is_told() -> None:
    found = read(**{"published-print": {"date-parts": [[2022, 1]]}})
    assert found.remarks == [
        "Crossref dates it 2022-01 in print; the date taken is the earlier one, 2021-03-04."
    ]


def test_retractions_and_corrections_are_told_the_gravest_first() -> None:
    found = read(
        **{
            "updated-by": [
                {
                    "DOI": "10.5555/erratum",
                    "type": "correction",
                    "label": "Correction",
                    "source": "publisher",
                    "updated": {"date-parts": [[2021, 7, 1]]},
                },
                {
                    "DOI": "10.5555/gone",
                    "type": "retraction",
                    "label": "Retraction",
                    "source": "retraction-watch",
                    "record-id": 1,
                    "updated": {"date-parts": [[2022, 1, 5]], "timestamp": 1641340800000},
                },
            ],
            "update-to": [{"DOI": "10.5555/first", "type": "expression_of_concern"}],
        }
    )
    assert found.notices == [
        "This publication has been retracted (notice: DOI 10.5555/gone, 2022-01-05), says Crossref, "
        "from Retraction Watch.",
        "This is itself a notice (expression of concern) about DOI 10.5555/first, says Crossref.",
        "There is a notice about this publication: correction, DOI 10.5555/erratum, 2021-07-01, "
        "says Crossref.",
    ]


def test_a_title_that_tells_of_a_retraction_is_noticed() -> None:
    assert read(title=["RETRACTED ARTICLE: Tea and company"]).notices == [
        "The title at Crossref begins with “RETRACTED ARTICLE”."
    ]


def test_preprints_and_versions_are_told() -> None:
    found = read(
        relation={
            "has-preprint": [{"id-type": "doi", "id": "10.5555/pre", "asserted-by": "subject"}],
            "is-version-of": [
                {"id-type": "uri", "id": "https://example.org/v1", "asserted-by": "object"}
            ],
            "cites": [{"id-type": "doi", "id": "10.5555/cited"}],
        }
    )
    assert found.relations == [
        "It has the preprint DOI 10.5555/pre, says Crossref.",
        "It is a version of uri https://example.org/v1, says Crossref.",
    ]


def test_names_in_capitals_are_told() -> None:
    found = read(author=[{"family": "MUSTER", "given": "CLARA"}, {"family": "ODA", "given": "A."}])
    assert found.fields["authors"][0] == {"family": "MUSTER", "given": "CLARA"}
    assert found.remarks == [
        "Crossref writes names in capitals (“MUSTER”): write them as the paper does."
    ]


def test_half_characters_are_no_characters() -> None:
    assert read(title=["Tea \ud83d and company"], subtitle=[]).fields["title"] == "Tea � and company"


def test_another_doi_than_asked_for_is_told() -> None:
    assert read(DOI="10.5555/TEA.9").remarks == [
        "Crossref describes it under another DOI than 10.5555/tea.1: 10.5555/tea.9."
    ]


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*sorted(work()), "updated-by", "update-to", "editor"]), HOSTILE))
def test_whatever_stands_in_a_field_does_not_break_the_others(changes: dict[str, Any]) -> None:
    found = read(**changes)
    if "volume" not in changes:
        assert found.fields["volume"] == "12"
    if "title" in found.fields:
        reference_of(Imported("", 1, found.fields))
    assert all("\n" not in text for text in [*found.notices, *found.relations, *found.remarks])


@given(st.text(min_size=1, max_size=300))
def test_any_title_is_taken_as_a_text(title: str) -> None:
    found = read(title=[title], subtitle=[])
    if "title" in found.fields:
        assert found.fields["title"] == " ".join(found.fields["title"].split())
        reference_of(Imported("", 1, found.fields))
