"""How papers are named in running text."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_map.citation import short_citation, short_citations
from evidence_map.model.reference import Reference


def reference(*families: str, **fields: Any) -> Reference:
    authors = [{"family": family, "given": "A."} for family in families] or "not reported"
    return Reference.model_validate({"title": "One two three four five", "authors": authors, **fields})


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        (("Lamp",), "Lamp 2020"),
        (("Lamp", "Wick"), "Lamp & Wick 2020"),
        (("Lamp", "Wick", "Oil"), "Lamp et al. 2020"),
        ((), "“One two three four…” 2020"),
    ],
)
def test_short_citation(families: tuple[str, ...], expected: str) -> None:
    assert short_citation(reference(*families, issued="2020-03")) == expected


def test_an_incomplete_author_list_is_et_al() -> None:
    assert (
        short_citation(reference("Lamp", authors_complete="false", issued="2020")) == "Lamp et al. 2020"
    )


def test_an_unknown_year_is_said() -> None:
    assert short_citation(reference("Lamp")) == "Lamp n.d."


def test_alike_citations_are_told_apart_by_letters_in_the_order_of_keys() -> None:
    same = reference("Lamp", issued="2020")
    found = short_citations(
        {"lamp2020b": same, "lamp2020a": same, "lamp2021": reference("Lamp", issued="2021")}
    )
    assert found == {"lamp2020a": "Lamp 2020a", "lamp2020b": "Lamp 2020b", "lamp2021": "Lamp 2021"}


def test_more_than_twenty_six_alike() -> None:
    same = reference("Lamp", issued="2020")
    found = short_citations({f"k{number:03}": same for number in range(30)})
    assert found["k000"] == "Lamp 2020a" and found["k026"] == "Lamp 2020aa"
