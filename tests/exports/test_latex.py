"""Text for LaTeX reads back as it was written, by a reader that is not ours."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence_map.exports.latex import UnspeltError, escaped, in_ascii
from tests.exports.latex_reader import composed, looks, read
from tests.exports.reports import HOSTILE, PLAIN

LATIN = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc"]),
        st.sampled_from("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c"),
        st.sampled_from("\u0323\u0326\u0327\u0328\u0331ẹễḥșț–—‘’“”…αβγ≤≥±×"),
    ),
    min_size=1,
)
"""Text of which much can be spelt in ASCII."""


def depths(text: str) -> list[int]:
    depth, found = 0, [0]
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        found.append(depth)
    return found


@given(PLAIN)
@example("a--b ,, ?` '' `` << >> ---")
def test_escaped_text_reads_back(text: str) -> None:
    assert read(escaped(text)) == composed(text)


@given(PLAIN | LATIN)
@example("a--b ,, ?` '' `` << >> --- | < >")
@example("Çelik, Łódź, Ștefan, Ễ, ậ, Ḥāfiẓ, ð, Þ, Ĳ, ŉ, j̄, ï")
def test_what_is_spelt_in_ascii_reads_back(text: str) -> None:
    try:
        written = in_ascii(text)
    except UnspeltError as error:
        assert error.character in unicodedata.normalize("NFC", text) and not error.character.isascii()
    else:
        assert written.isascii()
        assert read(written) == looks(text)


@given(PLAIN | LATIN)
def test_braces_stay_balanced_and_none_follows_a_backslash(text: str) -> None:
    writings = [escaped(text)]
    if text.isascii():
        writings.append(in_ascii(text))
    for written in writings:
        found = depths(written)
        assert min(found) == 0 and found[-1] == 0
        assert r"\{" not in written and r"\}" not in written


@pytest.mark.parametrize("text", HOSTILE)
def test_no_command_of_a_title_is_one_for_latex(text: str) -> None:
    for written in [escaped(text)] + ([in_ascii(text)] if text.isascii() else []):
        assert r"\input{" not in written and r"\write" not in written
        assert read(written) == composed(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("é", r"{\'{e}}"),
        ("í", r"{\'{i}}"),
        ("ĩ", r"{\~{\i}}"),
        ("–", "{--}"),
        ("…", r"{\ldots}"),
        ("į", r"{\k{i}}"),
        ("ễ", r"{\~{\^{e}}}"),
        ("ậ", r"{\d{\^{a}}}"),
        ("ș", r"{\textcommabelow{s}}"),
        ("Ű", r"{\H{U}}"),
        ("ß", r"{\ss}"),
        ("≤", r"{\ensuremath{\leq}}"),
        ("e\u0301", r"{\'{e}}"),
        ("“I’m”", r"{\textquotedblleft}I{\textquoteright}m{\textquotedblright}"),
    ],
)
def test_letters_stand_in_braces_of_their_own(text: str, written: str) -> None:
    assert in_ascii(text) == written


@pytest.mark.parametrize(
    "text", ["茶", "🍵", "ả", "ơ", "Ħ", "ə", "1\u0301", "Α", "ﬁ", "가", "e\u0338", "ḝ\u0323\u0331"]
)
def test_what_latex_cannot_spell_is_named_and_never_replaced(text: str) -> None:
    with pytest.raises(UnspeltError) as caught:
        in_ascii(f"Tea {text}")
    assert caught.value.character in text
