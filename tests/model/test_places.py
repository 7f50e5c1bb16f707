"""Countries and regions are ISO's, and a hint names the code that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from evidence_map.model.places import country, country_name, subdivision, subdivision_name


@pytest.mark.parametrize(("written", "code"), [("NO", "NO"), ("gb", "GB"), ("NA", "NA"), ("tw", "TW")])
def test_countries_are_read_in_capitals(written: str, code: str) -> None:
    assert country(written) == code
    assert country_name(code)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("UK", "GB"),
        ("Norway", "NO"),
        ("EN", "GB"),
        ("XX", "two-letter"),
        ("USA", "US"),
        ("", "two-letter"),
        ("England", "GB"),
        ("québec", "CA"),
        ("Holland", "NL"),
        ("Great Britain", "GB"),
        ("cote d'ivoire", "CI"),
        ("mir", "two-letter"),
        ("united", "two-letter"),
    ],
)
def test_other_words_for_a_country_are_refused_with_its_code(written: str, hint: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        country(written)
    assert caught.value.type == "bad-country"
    assert hint in str(caught.value.context)


@pytest.mark.parametrize(
    ("written", "hint"),
    [("Scotland", "GB-SCT"), ("GB-XXX", "CA-BC"), ("SCT", "CA-BC"), ("QUÉBEC", "CA-QC")],
)
def test_other_words_for_a_region_are_refused_with_its_code(written: str, hint: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        subdivision(written)
    assert caught.value.type == "bad-subdivision"
    assert hint in str(caught.value.context)


def test_regions_are_read_in_capitals() -> None:
    assert subdivision("us-ct") == "US-CT"
    assert subdivision_name("US-CT") == "Connecticut"


@given(st.text(max_size=8))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    for read in (country, subdivision):
        try:
            assert read(read(text)) == read(text)
        except PydanticCustomError as error:
            assert error.context and error.context["hint"]
