"""Retractions, corrections and concerns, as Crossref and Retraction Watch tell them."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.updates import Update, joined, notices, updates_of, works
from tests.registries.papers import DOI, listed, work
from tests.registries.server import Registries, as_json


def update(kind: str = "retraction", **more: Any) -> dict[str, Any]:
    return {
        "DOI": "10.5555/GONE",
        "type": kind,
        "label": kind.capitalize(),
        "source": "publisher",
        "updated": {"date-parts": [[2022, 1, 5]]},
    } | more


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("retraction", "retraction"),
        ("partial_retraction", "partial retraction"),
        ("expression_of_concern", "expression of concern"),
        ("expression-of-concern", "expression of concern"),
        ("corrigendum", "correction"),
        ("erratum", "correction"),
        ("withdrawal", "withdrawal"),
        ("removal", "removal"),
        ("reinstatement", "reinstatement"),
    ],
)
def test_the_kinds_of_crossref_are_those_of_a_record(told: str, kind: str) -> None:
    [found] = updates_of({"updated-by": [update(told)]})
    assert found == Update(kind, "10.5555/gone", "2022-01-05", ("Crossref",))  # type: ignore[arg-type]


@pytest.mark.parametrize("told", ["new_version", "new_edition", "tea", "", None, 7])
def test_other_updates_are_no_notices(told: object) -> None:
    assert updates_of({"updated-by": [update() | {"type": told, "label": ""}]}) == []


def test_a_notice_that_two_tell_is_one() -> None:
    watch = update(source="retraction-watch", updated={"date-parts": [[2022]]})
    found = joined(updates_of({"updated-by": [update(), watch, update("correction", DOI="10.5555/c")]}))
    assert found == [
        Update("correction", "10.5555/c", "2022-01-05", ("Crossref",)),
        Update("retraction", "10.5555/gone", "2022-01-05", ("Crossref", "Retraction Watch")),
    ]


@pytest.mark.parametrize(
    "message",
    [{}, {"updated-by": None}, {"updated-by": {}}, {"updated-by": [7, None, "tea"]}],
)
def test_strange_lists_of_updates(message: dict[str, Any]) -> None:
    assert updates_of(message) == []


def test_what_no_record_can_hold_is_left_out() -> None:
    strange = update(DOI="no doi\x1b[31m", updated={"date-parts": [["soon"]]})
    assert updates_of({"updated-by": [strange]}) == [Update("retraction", "", "", ("Crossref",))]


def test_many_works_are_asked_for_at_once(client: Client, registries: Registries) -> None:
    registries.tell("/works", listed(work(), work(DOI="10.5555/OTHER"), {"title": "no DOI"}))
    found = works(client, registries.address, [DOI, "10.5555/other", "10.5555/unknown"])
    assert set(found) == {DOI, "10.5555/other"}
    [asked] = registries.asked
    assert asked.query == {
        "filter": f"doi:{DOI},doi:10.5555/other,doi:10.5555/unknown",
        "rows": "3",
        "mailto": "crew@example.org",
    }


def test_notices_are_found_from_their_own_end(client: Client, registries: Registries) -> None:
    # One notice can take back dozens of papers; only those asked for are told.
    entries = [update(DOI=doi) for doi in ("10.5555/x", DOI.upper(), "10.5555/y")]
    registries.tell("/works", listed({"DOI": "10.5555/notice", "update-to": entries}))
    assert notices(client, registries.address, [DOI, "10.5555/well"]) == {
        DOI: [Update("retraction", "10.5555/notice", "2022-01-05", ("Crossref",))],
        "10.5555/well": [],
    }
    assert registries.asked[0].query["filter"] == f"updates:{DOI},updates:10.5555/well"


@pytest.mark.parametrize("value", [[], {}, {"message": []}, {"message": {"items": 3}}, "tea"])
def test_an_answer_that_is_no_list(client: Client, registries: Registries, value: object) -> None:
    registries.tell("/works", as_json(value))
    with pytest.raises(RegistryError, match="not with a list of works"):
        works(client, registries.address, [DOI])
