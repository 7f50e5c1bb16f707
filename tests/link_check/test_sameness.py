"""A DOI that exists but is another paper’s is the worst error: nobody notices it."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_map.link_check.outcome import Kind
from evidence_map.link_check.sameness import compared
from evidence_map.model import Reference
from evidence_map.registries.described import Described

OWN = {
    "title": "Tea and company in lighthouses: what keepers say about lamps",
    "authors": [{"family": "Müster", "given": "Çelik"}, {"family": "Plan", "given": "P."}],
    "issued": "2021-03",
}


def kinds(told: dict[str, Any], *years: int, **own: Any) -> list[Kind]:
    described = Described("Crossref", "DOI 10.5555/tea.1", "2026-01-01", told)
    reference = Reference.model_validate(OWN | own)
    return [remark.kind for remark in compared(reference, described, set(years))]


MUSTER = [{"family": "Muster", "given": "C."}]
OTHERS = [{"family": "Bean", "given": "B."}, {"family": "Kettle"}]


@pytest.mark.parametrize(
    "title",
    [
        "Tea and company in lighthouses: what keepers say about lamps",
        "TEA AND COMPANY IN LIGHTHOUSES – What keepers say about lamps.",
        "Tea and company in lighthouses",
        "Tea & Company in Light-houses: What Keepers say about Lamps",
        "RETRACTED ARTICLE: Tea and company in lighthouses: what keepers say about lamps",
        "WITHDRAWN: Tea and company in lighthouses: what keepers say about lamps",
    ],
)
def test_the_same_title_in_another_spelling(title: str) -> None:
    assert kinds({"title": title, "authors": OTHERS}, 2021) == []


def test_another_paper_is_told_with_its_title_and_year() -> None:
    told = {"title": "Income of ferrymen in winter storms", "authors": OTHERS}
    assert kinds(told, 1999) == [Kind.MISMATCH]
    described = Described("Crossref", "", "", told)
    [remark] = compared(Reference.model_validate(OWN), described, {1999, 2000})
    assert remark.message == ("Crossref has it for “Income of ferrymen in winter storms” (1999 or 2000)")


def test_another_paper_of_the_same_people_is_another_paper() -> None:
    told = {"title": "Income of ferrymen in winter storms", "authors": MUSTER}
    assert kinds(told, 2012) == [Kind.MISMATCH]


def test_another_title_with_the_same_people_and_year_may_be_a_translation() -> None:
    told = {"title": "Tee und Gesellschaft auf Leuchttürmen", "authors": MUSTER}
    assert kinds(told, 2021) == [Kind.ADVICE]
    assert kinds(told, 2021, original_title="Tee und Gesellschaft auf Leuchttürmen") == []
    told = {"title": "Tee auf Türmen", "original_title": OWN["title"], "authors": OTHERS}
    assert kinds(told, 2021) == []


def test_a_title_half_alike_is_judged_by_the_people() -> None:
    title = "Tea and solitude in lighthouses: what keepers never said about boats"
    assert kinds({"title": title, "authors": OTHERS}, 2021) == [Kind.MISMATCH]
    assert kinds({"title": title, "authors": MUSTER}, 2021) == []
    assert kinds({"title": title}, 2021) == []


@pytest.mark.parametrize(
    ("years", "kind"),
    [((2021,), []), ((2020,), []), ((2022, 2030), []), ((2018, 2019), [Kind.ADVICE]), ((), [])],
)
def test_years_may_be_next_to_each_other(years: tuple[int, ...], kind: list[Kind]) -> None:
    assert kinds({"title": OWN["title"]}, *years) == kind


def test_what_is_not_known_is_not_compared() -> None:
    assert kinds({}, 2021) == [] and kinds({"title": ""}, 1999) == []
    assert kinds({"title": OWN["title"]}, 1999, issued="not reported") == []
    told = {"title": "Income of ferrymen in winter storms", "authors": OTHERS}
    assert kinds(told, 2021, authors="not reported") == [Kind.MISMATCH]


def test_short_titles_are_not_the_same_because_one_holds_the_other() -> None:
    assert kinds({"title": "Editorial", "authors": OTHERS}, 2021) == [Kind.MISMATCH]
