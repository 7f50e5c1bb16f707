"""Texts in figures are broken into lines that fit, and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidence_map.figures.wrapping import width, wrapped

WORDS = st.text("abc曉Wil \u00a0(=)", max_size=60)


@given(WORDS, st.floats(1.1, 12))
def test_every_line_fits_and_no_letter_is_lost(text: str, most: float) -> None:
    lines = wrapped(text, most)
    assert all(width(line) <= most for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_number_stays_with_its_sign() -> None:
    assert wrapped("Duplicates (n\u00a0=\u00a03)", 7.0) == ["Duplicates", "(n\u00a0=\u00a03)"]
