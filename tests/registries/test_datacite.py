"""What is taken from a DOI of DataCite, and what is told about it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports.drafts import reference_of
from evidence_map.imports.imported import Imported
from evidence_map.registries import datacite
from evidence_map.registries.described import Described
from tests.registries.papers import dataset
from tests.registries.test_crossref import HOSTILE


def read(**changes: Any) -> Described:
    return datacite.read(dataset(**changes), "10.5555/cats.2", "2026-11-22")


def test_a_preprint_is_taken_over() -> None:
    found = read()
    assert found.fields == {
        "title": "Cats and kettles: a first look",
        "type": "article",
        "authors": [
            {"family": "Lamp", "given": "Dora", "orcid": "0000-0002-1825-0097"},
            {"literal": "Cat Watchers"},
            {"family": "Plan", "given": "Paula"},
        ],
        "issued": "2022-02-03",
        "doi": "10.5555/cats.2",
        "language": "en",
        "licence": "CC BY 4.0",
        "publisher": "Invented Archive",
    }
    assert found.relations == ["It is a version of DOI 10.5555/cats.1, says DataCite."]
    assert (found.notices, found.remarks) == ([], [])


def test_an_article_in_a_journal_has_its_place() -> None:
    found = read(
        types={"resourceTypeGeneral": "JournalArticle", "citeproc": "article-journal"},
        publisher={"name": "Invented Press", "publisherIdentifier": ""},
        container={
            "type": "Journal",
            "identifier": "1477-7517",
            "identifierType": "ISSN",
            "title": "Journal of Cats",
            "volume": "3",
            "issue": "1",
            "firstPage": "7",
            "lastPage": "9",
        },
        contributors=[{"name": "Bean, Bo", "contributorType": "Editor", "nameType": "Personal"}],
    )
    wanted = {
        "type": "article-journal",
        "container_title": "Journal of Cats",
        "volume": "3",
        "issue": "1",
        "page": "7-9",
        "issn": "1477-7517",
        "publisher": "Invented Press",
        "editors": [{"family": "Bean", "given": "Bo"}],
    }
    assert wanted.items() <= found.fields.items()


@pytest.mark.parametrize(
    ("types", "csl"),
    [
        ({"resourceTypeGeneral": "Dataset"}, "dataset"),
        ({"resourceTypeGeneral": "Software"}, "software"),
        ({"resourceTypeGeneral": "Dissertation"}, "thesis"),
        ({"resourceTypeGeneral": "Text", "citeproc": "report"}, "report"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Preprint", "citeproc": "article"}, "article"),
        ({"resourceTypeGeneral": "PhysicalObject", "citeproc": "article"}, "document"),
        (None, "document"),
    ],
)
def test_types_become_those_of_csl(types: Any, csl: str) -> None:
    assert read(types=types).fields["type"] == csl


def test_the_year_stands_where_no_day_of_issue_does() -> None:
    assert read(dates=[{"date": "2021", "dateType": "Created"}]).fields["issued"] == "2022"
    assert read(dates=[{"date": "2019-01-01", "dateType": "Issued"}]).fields["issued"] == "2022"


def test_what_was_withdrawn_is_told() -> None:
    found = read(state="registered", dates=[{"date": "2023-01-01", "dateType": "Withdrawn"}])
    assert found.notices == [
        "DataCite no longer lists this DOI: it may have been withdrawn.",
        "It was withdrawn (2023-01-01), says DataCite.",
    ]


@given(st.dictionaries(st.sampled_from(sorted(dataset())), HOSTILE))
def test_whatever_stands_in_a_field_does_not_break_the_others(changes: dict[str, Any]) -> None:
    found = read(**changes)
    if not {"rightsList", "licence"} & changes.keys():
        assert found.fields["licence"] == "CC BY 4.0"
    if "title" in found.fields:
        reference_of(Imported("", 1, found.fields))
