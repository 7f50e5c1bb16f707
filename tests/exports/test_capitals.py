"""Which words of a title keep their capitals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.capitals import kept_apart
from tests.exports.reports import PLAIN


def marked(text: str, *names: str) -> str:
    """Return *text* with square brackets around what keeps its capitals."""
    return "".join(f"[{piece}]" if keep else piece for piece, keep in kept_apart(text, names))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("SHARPS and mRNA: a Study", [], "[SHARPS] and [mRNA]: a Study"),
        ("COVID-19-Related Harm, Post-COVID", [], "[COVID-19]-Related Harm, Post-[COVID]"),
        ("the Social-Ecological Model", [], "the Social-Ecological Model"),
        ("B12, H1N1 and 2D", [], "[B12], [H1N1] and [2D]"),
        ("Vitamin C and an X-Ray: A Study", [], "Vitamin [C] and an [X]-Ray: A Study"),
        ("what I’m told, and what I know", [], "what [I’m] told, and what [I] know"),
        ("Tea in British Columbia, Canada", ["British Columbia", "Canada"], None),
        ("Canadair in Canada’s north", ["Canada"], "Canadair in [Canada]’s north"),
        ("New York and York", ["York", "New York"], "[New York] and [York]"),
        ("“It’s tea”: Why “We” drink", [], "“[It’s] tea”: Why “We” drink"),
        ("Tea: “Why” we drink", [], "Tea: “[Why]” we drink"),
        ("Who drinks? Keepers do. They drink!", [], "Who drinks? [Keepers] do. [They] drink!"),
        ("TEA FOR LIGHTHOUSE KEEPERS IN CANADA", ["Canada"], "TEA FOR LIGHTHOUSE KEEPERS IN CANADA"),
        ("UNESCO", [], "[UNESCO]"),
        ("L’École d’Été and McMuster", [], "[L’École] [d’Été] and [McMuster]"),
        ("ΑΒΓ, НИИ and ŁÓDŹ in 茶", [], "[ΑΒΓ], [НИИ] and [ŁÓDŹ] in 茶"),
    ],
)
def test_what_keeps_its_capitals(text: str, names: list[str], expected: str | None) -> None:
    assert marked(text, *names) == (expected or "Tea in [British Columbia], [Canada]")


@given(PLAIN, st.lists(PLAIN))
def test_nothing_is_lost(text: str, names: list[str]) -> None:
    pieces = kept_apart(text, names)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(one != other for (_, one), (_, other) in pairwise(pieces))


@given(PLAIN)
def test_a_title_in_small_letters_needs_no_protection(text: str) -> None:
    small = text.lower()
    if not any(map(str.isupper, small)):
        assert [keep for _, keep in kept_apart(small)] == [False]


def test_an_accent_stays_with_its_letter() -> None:
    assert marked("Canada\u0301 and Canada", "Canada") == "Canada\u0301 and [Canada]"
