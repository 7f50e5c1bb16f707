"""Which pages of a large site stand in which volume of the index of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.site.index_volumes import FULL, MOST, Volume, volumes

SOME = [f"records/tea{number}/index.html" for number in range(200)]
OTHERS = ["index.html", "about/index.html", "codebook/topic/milk/index.html"]


def test_a_small_site_has_one_volume() -> None:
    pages = [f"records/tea{number}/index.html" for number in range(2 * FULL)]
    assert volumes(reversed(pages)) == [Volume(1, sorted(pages))]
    assert len(volumes([*pages, "index.html"])) > 1


def test_reports_stand_apart_in_volumes_of_much_the_same_size() -> None:
    first, *reports = volumes([*SOME, *OTHERS], full=60)
    assert first == Volume(1, sorted(OTHERS))
    assert [volume.number for volume in reports] == [2, 3, 4, 5]
    assert all(25 <= len(volume.addresses) <= 75 for volume in reports)


def test_there_are_never_more_volumes_than_a_search_can_bear() -> None:
    assert len(volumes([*SOME, *OTHERS], full=2)) == MOST + 2


def test_volumes_are_named_in_the_order_in_which_they_are_read() -> None:
    assert Volume(3, []).name == "volume-03"


@given(
    st.sets(st.text(st.characters(codec="utf-8"), max_size=8).map("records/{}".format), max_size=60),
    st.sets(st.text(st.characters(codec="utf-8"), max_size=8), max_size=60),
)
def test_each_page_stands_in_one_volume(reports: set[str], others: set[str]) -> None:
    made = volumes(reports | others, full=10)
    assert sorted(page for volume in made for page in volume.addresses) == sorted(reports | others)
    assert made == volumes(sorted(reports | others, reverse=True), full=10)


@given(st.sets(st.sampled_from(SOME), max_size=20))
def test_no_page_moves_with_another(without: set[str]) -> None:
    def places(pages: list[str]) -> dict[str, int]:
        return {page: volume.number for volume in volumes(pages, full=60) for page in volume.addresses}

    before, after = places(SOME + OTHERS), places([p for p in SOME if p not in without] + OTHERS)
    assert after == {page: volume for page, volume in before.items() if page not in without}


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        (b'<html lang="en"><body lang="de">', b'<html lang="en-x-12"><body lang="de">'),
        (b'<!doctype html>\n<html class="a" lang="pt-BR" dir="ltr">', None),
        (b"<html><body>Tea", b"<html><body>Tea"),
    ],
)
def test_the_language_of_a_page_names_its_volume(page: bytes, marked: bytes | None) -> None:
    expected = marked or page.replace(b"pt-BR", b"pt-BR-x-12")
    assert Volume(12, []).marked(page) == expected
