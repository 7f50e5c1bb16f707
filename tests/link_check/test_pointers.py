"""Every DOI and address of a review is found, once, with all its places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.link_check.pointers import Pointers, addresses_in, pointers
from evidence_map.problems import Position
from tests.folders import ReviewFolder

FULL = "records/example2019.yml"


def of(review: ReviewFolder) -> Pointers:
    found = check(review.root).review
    assert found is not None
    return pointers(found)


def places(review: ReviewFolder, subject: str) -> list[tuple[str, int, int]]:
    found = of(review)
    every = {each.doi: each.places for each in found.dois}
    every |= {each.address: each.places for each in found.addresses}
    return [(str(place.path), place.line, place.column) for place in every[subject]]


def as_tuple(place: Position) -> tuple[str, int, int]:
    return str(place.path), place.line, place.column


def test_dois_of_records_and_of_notices(review: ReviewFolder) -> None:
    found = {each.doi: each for each in of(review).dois}
    assert set(found["10.5555/example.1"].records) == {"example2019"}
    assert not found["10.5555/notice.1"].records
    assert places(review, "10.5555/example.1") == [(FULL, 18, 8)]


def test_an_address_stands_in_many_places_and_is_asked_for_once(review: ReviewFolder) -> None:
    known = places(review, "https://example.org/tea")
    in_notes = review.edit(
        "records/bean2018.yml",
        "screening:\n",
        "notes: |-\n  Tea.\n\n  See [there](‸https://example.org/tea#cups), and\nscreening:\n",
    )
    in_finding = (
        review.read("synthesis/findings/company-matters.md") + "\nSee <https://example.org/tea>.\n"
    )
    at = review.write("synthesis/findings/company-matters.md", in_finding.replace("<https", "<‸https"))
    found = places(review, "https://example.org/tea")
    assert found == sorted([*known, as_tuple(in_notes), as_tuple(at)])


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("'See ‸https://example.org/a, https://example.org/b.'", "https://example.org/a"),
        ("'See https://example.org/b, ‸https://example.org/a.'", "https://example.org/a"),
        ('"See ‸https://example.org/a"', "https://example.org/a"),
        (">-\n    One line and\n    ‸https://example.org/a follows", "https://example.org/a"),
        ("|-\n    One\n\n    ‸https://example.org/a", "https://example.org/a"),
        ("see ‸https://example.org/a and", "https://example.org/a"),
        ("‸https://doi.org/10.5555/Cup%2F2", "10.5555/cup/2"),
        ("‸http://dx.doi.org/10.5555/CUP", "10.5555/cup"),
        ("‸https://doi.org/about", "https://doi.org/about"),
        ("‸ftp://example.org/a", "ftp://example.org/a"),
    ],
)
def test_where_an_address_stands(review: ReviewFolder, written: str, subject: str) -> None:
    place = review.edit("records/bean2018.yml", "screening:\n", f"screening:\n  note: {written}\n")
    assert places(review, subject) == [as_tuple(place)]


def test_the_same_address_twice_in_one_text(review: ReviewFolder) -> None:
    review.edit(
        "records/bean2018.yml",
        "screening:\n",
        "screening:\n  note: https://a.example, https://a.example\n",
    )
    assert [place[1:] for place in places(review, "https://a.example")] == [(9, 9), (9, 28)]


def test_every_file_of_a_review_is_looked_through(review: ReviewFolder) -> None:
    files = {
        "synthesis/protocol.md": ("\nlicence:", "\npublisher: Crew, https://a.example/1\nlicence:"),
        "synthesis/searches.yml": ("    strategy: ", "    note: https://a.example/2\n    strategy: "),
        "synthesis/studies.yml": ("    title: ", "    note: https://a.example/3\n    title: "),
    }
    for file, (old, new) in files.items():
        text = review.read(file)
        if file.endswith("protocol.md") and old not in text:
            text = text.replace("---\n", "---\npublisher: Crew, https://a.example/1\n", 1)
        else:
            text = text.replace(old, new, 1)
        review.write(file, text)
    found = {each.address: each.places[0].path.as_posix() for each in of(review).addresses}
    assert [found[f"https://a.example/{number}"] for number in (1, 2, 3)] == list(files)


def test_only_what_is_wanted(review: ReviewFolder) -> None:
    found = check(review.root).review
    assert found is not None
    own = pointers(found, lambda place: str(place.path) == FULL)
    assert [each.doi for each in own.dois] == ["10.5555/example.1"]
    assert {str(place.path) for each in own.addresses for place in each.places} == {FULL}
    assert pointers(found, lambda place: False) == Pointers([], [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.org.", ["https://example.org"]),
        ("(see https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("[a](https://example.org/a_(b)) and", ["https://example.org/a_(b)"]),
        ("[a](https://example.org/a).", ["https://example.org/a"]),
        ('[a](https://example.org/a "title")', ["https://example.org/a"]),
        ("[a]: https://example.org/a", ["https://example.org/a"]),
        ("**https://example.org/a**", ["https://example.org/a"]),
        (r"https://example.org/a\_b", ["https://example.org/a_b"]),
        ("https://a.example https://b.example", ["https://a.example", "https://b.example"]),
        ("“https://example.org/a”", ["https://example.org/a"]),
        (
            "https://web.archive.org/web/2/http://a.example/",
            ["https://web.archive.org/web/2/http://a.example/"],
        ),
        ("mailto:crew@example.org", []),
        ("no address: //", []),
    ],
)
def test_addresses_in_a_text(text: str, found: list[str]) -> None:
    assert [address for address, _ in addresses_in(text)] == found


@given(st.text(alphabet="ab:/()[]<>.,\\_* \n\"'#?h", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for address, start in addresses_in(f"https://a.b/{text}"):
        assert start >= 0 and not set(address) & set(' \n"<>')
