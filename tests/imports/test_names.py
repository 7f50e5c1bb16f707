"""Names as files write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports.names import people, person, separate_names


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Muster, C.", {"family": "Muster", "given": "C."}),
        (
            "van Muster, Çelik, Jr",
            {"family": "Muster", "given": "Çelik", "particle": "van", "suffix": "Jr"},
        ),
        ("Muster, Jr., C.", {"family": "Muster", "given": "C.", "suffix": "Jr."}),
        ("Muster, , III", {"family": "Muster", "suffix": "III"}),
        ("Muster, Carla D Jr", {"family": "Muster", "given": "Carla D", "suffix": "Jr"}),
        ("Muster, C. van der", {"family": "Muster", "given": "C.", "particle": "van der"}),
        ("Muster C", {"family": "Muster", "given": "C"}),
        ("van der Muster CD", {"family": "Muster", "given": "CD", "particle": "van der"}),
        ("Muster CD, 3rd", {"family": "Muster", "given": "CD", "suffix": "3rd"}),
        ("Muster CD Jr", {"family": "Muster", "given": "CD", "suffix": "Jr"}),
        ("C. D. Muster", {"family": "Muster", "given": "C. D."}),
        ("Carla van Muster", {"family": "Muster", "given": "Carla", "particle": "van"}),
        ("de la Muster", {"family": "Muster", "particle": "de la"}),
        ("MUSTER, CARLA", {"family": "MUSTER", "given": "CARLA"}),
        ("茶, 三", {"family": "茶", "given": "三"}),
        ("Muster, C.,", {"family": "Muster", "given": "C."}),
        ("The Invented Crew", {"literal": "The Invented Crew"}),
        ("WHO", {"literal": "WHO"}),
        ("Invented Health Organization,", {"literal": "Invented Health Organization"}),
        ("Department of Tea,, Harbour", {"literal": "Department of Tea, Harbour"}),
        ("Ministry of Tea, Norway", {"literal": "Ministry of Tea, Norway"}),
        ("Church, Ann", {"family": "Church", "given": "Ann"}),
        ("tea drinkers of the harbour", {"literal": "tea drinkers of the harbour"}),
    ],
)
def test_parts_of_one_name(text: str, parts: dict[str, str]) -> None:
    assert person(text) == parts


@pytest.mark.parametrize("text", ["", " ", ",", " ; , "])
def test_no_name(text: str) -> None:
    assert person(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Muster, C.; Lamp, D.;", ["Muster, C.", "Lamp, D."]),
        ("Muster, C., Lamp, D. E., Bean, F.", ["Muster, C.", "Lamp, D. E.", "Bean, F."]),
        ("Muster, C. and Lamp, D.", ["Muster, C.", "Lamp, D."]),
        ("Ministry of Tea and Cats", ["Ministry of Tea and Cats"]),
        ("Muster, Carla", ["Muster, Carla"]),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    assert separate_names(text) == names


@pytest.mark.parametrize(
    "texts",
    [
        ["Muster, C.", "et al."],
        ["Muster, C., et al"],
        ["Muster, C.; and others"],
        ["Muster, C. et al."],
        ["Muster, C.", "others"],
        ["Muster, C.", "…"],
    ],
)
def test_others_make_the_list_incomplete(texts: list[str]) -> None:
    found = people(texts)
    assert (found.names, found.complete) == ([{"family": "Muster", "given": "C."}], False)


def test_a_family_name_before_others_is_a_person() -> None:
    assert people(["Lamp et al."]).names == [{"family": "Lamp"}]


@pytest.mark.parametrize("text", ["Metal, A.", "Al, E.", "Etalon, B."])
def test_names_that_only_look_like_others(text: str) -> None:
    assert people([text]).complete


@pytest.mark.parametrize("text", ["Anonymous", "[Anonymous]", "[No authors listed]", "Anon."])
def test_words_that_name_nobody(text: str) -> None:
    found = people([text])
    assert (found.names, found.nobody) == ([], [text])


def test_what_had_to_be_guessed_is_told() -> None:
    assert people(["Carla Muster"]).remarks == [
        "“Carla Muster” has no comma; “Muster” was taken for the family name."
    ]
    [remark] = people(["Tea, Cats, Lamps"]).remarks
    assert "more commas than a person's name" in remark
    [remark] = people(["MUSTER, C.", "LAMP, D."]).remarks
    assert remark.startswith("“MUSTER, C.” and 1 more names stand in capitals")
    assert people(["Muster, C.", "Muster C", "C. Muster", "The Invented Crew"]).remarks == []


@given(st.text())
def test_any_text_gives_names_with_a_family_or_a_literal(text: str) -> None:
    for name in people([text]).names:
        assert ("family" in name) != ("literal" in name)
        assert all(part.strip() for part in name.values())


@given(
    st.lists(st.sampled_from([*"Aa.,;& ", "and ", "et al", "Jr", "van ", "Muster", "of "])).map("".join)
)
def test_no_letter_of_a_list_is_lost(text: str) -> None:
    found = people([text])
    kept = "".join("".join(name.values()) for name in found.names)
    if found.complete and not found.nobody and " and " not in text:
        letters = sorted(character for character in text if character.isalpha())
        assert sorted(character for character in kept if character.isalpha()) == letters
