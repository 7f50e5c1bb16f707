"""Which of many publications are told to be alike, and how much work that is."""

from __future__ import annotations

from itertools import combinations
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map import likely_duplicates
from evidence_map.duplicates import Publication
from evidence_map.likely_duplicates import CROWD, Compared, compared
from evidence_map.likeness import likeness
from evidence_map.model.reference import Reference
from tests.test_duplicates import reference

SLOW_TITLE = "A randomised trial of tea against company in towers by the sea"


def publications(*references: Reference) -> list[Publication]:
    return [Publication(f"p{at:05}", each) for at, each in enumerate(references)]


def pairs_of(found: Compared) -> set[tuple[str, str]]:
    return {(later, earlier) for later, earlier, _ in found.alike}


def known_but(known: Compared, changed: set[str]) -> Compared:
    """Return what is known once the publications *changed* are other than they were."""
    alike = [pair for pair in known.alike if not changed & set(pair[:2])]
    return Compared(known.names - changed, tuple(alike))


def test_pairs_name_the_later_and_the_earlier() -> None:
    three = publications(reference(), reference("Else at length indeed"), reference())
    first = compared(three)
    assert pairs_of(first) == {("p00002", "p00000")}
    for changed in ("p00000", "p00002"):
        assert compared(three, known_but(first, {changed})) == first
    assert compared(three, Compared(first.names)).alike == ()
    remembered = [Publication.remembered(each.name, each.marks()) for each in three]
    assert compared(remembered) == first
    same = publications(reference(doi="10.5555/a"), reference(doi="10.5555/A"))
    assert not compared(same).alike, "identical identifiers are another rule's"


TITLES = st.sampled_from(
    [
        SLOW_TITLE,
        SLOW_TITLE.replace("company", "comapny"),
        SLOW_TITLE + ": part 2",
        "A randomised trial of lamps",
        "Editorial",
        "Correction to: " + SLOW_TITLE,
    ]
)
REFERENCES = st.lists(
    st.builds(
        reference,
        TITLES,
        st.sampled_from(["Lamp", "Muster", "Wick"]),
        st.sampled_from(["2019", "2020", "2021", "2024"]),
    ),
    max_size=12,
)


@given(REFERENCES, st.data())
def test_what_is_known_changes_nothing(references: list[Reference], data: st.DataObject) -> None:
    some = publications(*references)
    changed = data.draw(st.sets(st.sampled_from([each.name for each in some]))) if some else set()
    for crowd in (CROWD, 3):
        with patch.object(likely_duplicates, "CROWD", crowd):
            first = compared(some)
            again = compared(some, known_but(first, changed))
        assert set(again.alike) == set(first.alike)
        assert again.names == first.names


@given(REFERENCES)
def test_without_a_crowd_every_two_in_a_block_are_compared(references: list[Reference]) -> None:
    some = publications(*references)
    expected = {
        (later.name, earlier.name)
        for earlier, later in combinations(some, 2)
        if set(later.looked_up()) & set(earlier.blocks) and likeness(later, earlier)
    }
    assert pairs_of(compared(some)) == expected


@pytest.mark.parametrize("number", [CROWD + 1, 15 * CROWD])
def test_each_of_a_crowd_with_one_title_is_told_in_few_words(number: int) -> None:
    families = ("Lamp", "Muster", "Wick", "Quay")
    crowd = publications(
        *(reference(family=families[at % 4], issued=str(2000 + at % 20)) for at in range(number))
    )
    with patch("evidence_map.likeness.likeness", side_effect=likeness) as called:
        found = compared(crowd)
    assert {name for pair in pairs_of(found) for name in pair} == {each.name for each in crowd}
    assert len(found.alike) <= CROWD * number
    assert called.call_count <= CROWD * number
    assert not found.names, "one more would change who stands next to whom"


def test_a_slip_is_found_in_a_crowd_that_begins_alike() -> None:
    others = [reference(f"{SLOW_TITLE} and beyond, {word}ing at night") for word in _words(3 * CROWD)]
    slip = reference(f"{SLOW_TITLE} and beyond, babebing at nihgt")
    right = reference(f"{SLOW_TITLE} and beyond, babebing at night")
    found = compared(publications(*others, right, slip))
    assert (f"p{len(others) + 1:05}", f"p{len(others):05}") in pairs_of(found)


def _words(number: int) -> list[str]:
    syllables = ["ka", "lo", "mi", "nu", "pe", "ro", "su", "ta"]
    return [syllables[at % 8] + syllables[at // 8 % 8] + syllables[at // 64 % 8] for at in range(number)]
