"""Which references are told to be alike, and which are left in peace."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.duplicates import Match, Publication, Publications, folded
from evidence_map.likeness import likeness
from evidence_map.model.reference import Reference

TITLE = "Tea and company: what the keepers of a lighthouse say about night work"


def reference(
    title: str = TITLE, family: str = "Muster", issued: str = "2020", **fields: Any
) -> Reference:
    fields = {"authors": [{"family": family, "given": "Çelik"}], "issued": issued} | fields
    return Reference.model_validate({"title": title} | fields)


def alike(one: Reference, other: Reference) -> str:
    found = likeness(Publication("one", one), Publication("other", other))
    assert found == likeness(Publication("other", other), Publication("one", one))
    known = Publications()
    known.add(Publication("other", other))
    matches = known.matches(Publication("one", one))
    assert [match.reason for match in matches if not match.certain] == ([found] if found else [])
    return found


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (reference(TITLE.upper() + "."), "same title, same first author, same year"),
        (reference(TITLE.replace("and", "&")), "titles alike (97 %), same first author, same year"),
        (reference("Tea and company"), "same title without the subtitle, same first author, same year"),
        (reference(issued="2021-01-04"), "same title, same first author, years next to each other"),
        (
            reference(TITLE.replace("keepers", "kepers")),
            "titles alike (99 %), same first author, same year",
        ),
        (reference(TITLE.replace("night work", "nightwork")), "titles alike (99 %), same first author"),
        (reference(family="Müster"), "same title, same first author, same year"),
        (reference(authors="not reported"), "same title, same year"),
        (reference(authors=[{"family": "Lamp"}, {"family": "Muster"}]), "same title, authors alike"),
        (reference("Tee und Gesellschaft", original_title=TITLE), "same title, same first author"),
        (reference(doi="10.5555/b"), "different DOIs: perhaps two versions"),
    ],
)
def test_the_same_paper_written_otherwise_is_found(other: Reference, reason: str) -> None:
    assert reason in alike(reference(doi="10.5555/a"), other)


@pytest.mark.parametrize(
    "other",
    [
        reference("Correction to: " + TITLE),
        reference("Author Correction: " + TITLE),
        reference(TITLE + " 2"),
        reference(TITLE + ", part II"),
        reference(TITLE.replace("keepers", "cats")),
        reference(issued="2015"),
        reference(family="Lamp"),
        reference("Another matter altogether, told by the same person"),
        reference(TITLE.replace("night work", "the weather of the coast")),
    ],
)
def test_another_paper_is_left_in_peace(other: Reference) -> None:
    assert not alike(reference(), other)


def test_short_titles_need_more_than_the_title() -> None:
    one, place = reference("Editorial"), {"volume": "3", "page": "1-2", "container_title": "Tea Letters"}
    assert not alike(reference("Editorial", authors="not reported"), one)
    assert not alike(reference("Editorial", family="Lamp"), one)
    assert alike(reference("Editorial", **place), reference("Editorial", **place))


def test_the_same_place_in_a_journal_tells_of_a_title_in_other_words() -> None:
    place = {"volume": "12", "page": "168–177", "container_title": "Journal of Invented Results"}
    short = place | {"page": "168-77", "container_title": "J Invent Res"}
    found = alike(reference(**place), reference("What keepers think of their tea at night", **short))
    assert found == "titles alike (59 %), same first author, same year, same volume and first page"
    elsewhere = short | {"page": "200-9"}
    assert not alike(reference(**place), reference("What keepers think of their tea", **elsewhere))


def test_identifiers_are_certain_and_come_first() -> None:
    known = Publications()
    known.add(Publication("muster2020", reference()))
    known.add(Publication("lamp2001", reference("Something else", "Lamp", "2001", pmid="17")))
    found = known.matches(Publication("new", reference(pmid="17")))
    assert found[0] == Match("lamp2001", True, "same PubMed number, 17")
    assert [(match.name, match.certain) for match in found[1:]] == [("muster2020", False)]


WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzéüß", min_size=3, max_size=12), min_size=6, max_size=20
)


@given(WORDS, st.data())
def test_one_slip_in_a_long_title_does_not_hide_it(words: list[str], data: st.DataObject) -> None:
    title = " ".join(words)
    at = data.draw(st.integers(0, len(title) - 1))
    slip = data.draw(st.sampled_from(["", "x", title[at] * 2]))
    changed = (title[:at] + slip + title[at + 1 :]).strip().capitalize()
    assert alike(reference(title), reference(changed))


@given(st.text())
def test_folded_words_are_plain(text: str) -> None:
    assert folded(text) == folded(folded(text))
    assert folded(text).isascii()
    assert folded(text) == folded(text.upper().lower()) or not text.isascii()
