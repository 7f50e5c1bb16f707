"""The three reasons for a missing value, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from evidence_map.model.absence import (
    ABBREVIATIONS,
    WRITTEN_DIFFERENTLY,
    Absence,
    Stated,
    absence_of,
    intended_absence,
    is_sign_of_absence,
    refuse_absence,
)

COUNT: TypeAdapter[str | Absence] = TypeAdapter(Stated[str])


@pytest.mark.parametrize("absence", list(Absence))
@pytest.mark.parametrize("write", [str.lower, str.upper, str.title, lambda text: f"  {text} "])
def test_the_official_words_are_read_in_any_case(absence: Absence, write: object) -> None:
    assert callable(write)
    assert COUNT.validate_python(write(absence.value)) is absence


@pytest.mark.parametrize(("written", "meant"), WRITTEN_DIFFERENTLY.items())
def test_other_words_are_refused_with_the_right_one(written: str, meant: Absence) -> None:
    with pytest.raises(ValidationError) as caught:
        COUNT.validate_python(written.upper())
    (detail,) = caught.value.errors()
    assert detail["type"] == "unknown-value"
    assert detail["ctx"]["hint"].startswith(f"Write “{meant.value}”")


@pytest.mark.parametrize("written", ["no", "none", "0", "not reported by the authors", "reported", "na"])
def test_values_that_only_look_alike_are_values(written: str) -> None:
    assert COUNT.validate_python(written) == written


def test_only_abbreviations_and_official_words_are_signs_in_plain_fields() -> None:
    assert all(is_sign_of_absence(word.upper()) for word in (*ABBREVIATIONS, *Absence))
    assert not any(
        is_sign_of_absence(word) for word in ("Unknown", "unclear", "None stated", "NA", "Na")
    )


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    if absence_of(text) or intended_absence(text):
        return
    assert COUNT.validate_python(text) == text
    if not is_sign_of_absence(text):
        assert refuse_absence(text) == text
