"""Words of messages: quotations are short, and the nearest word is offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.problems import nearest, quoted

WORDS = ["interview", "focus-group", "survey", "document-analysis", "observation"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("intervew", "Did you mean “interview”?"),
        ("INTERVIEW", "Did you mean “interview”?"),
        ("focus group", "Did you mean “focus-group”?"),
        ("zzz", ""),
        ("", ""),
        ("é" * 100_000, ""),
    ],
)
def test_the_nearest_word_is_offered(word: str, hint: str) -> None:
    assert nearest(word, WORDS) == hint


@given(st.text(max_size=300))
def test_quotations_stay_short_and_on_one_line(text: str) -> None:
    shown = quoted(text)
    assert len(shown) <= 62 and "\n" not in shown and shown[0] == "“" and shown[-1] == "”"
