"""Texts without their markup, and with everything that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports.markup import from_latex, one_line, plain, unknown_commands
from tests.exports.reports import HOSTILE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<jats:title>Tea</jats:title>", "Tea"),
        ("&lt;i&gt;Homo&lt;/i&gt; &amp;amp; cats", "Homo & cats"),
        ("10<sup>6</sup> cats and CO<sub>2</sub>", "10⁶ cats and CO2"),
        ("m<sup>2</sup>", "m2"),
        ("tea<br/>and<p>cats</p>", "tea and cats"),
        (
            "<inline-formula><tex-math>\\x</tex-math><mml:math><mml:mi>α</mml:mi></mml:math></inline-formula>",
            "α",
        ),
        ("a < b > c, what <keepers> say, p<0.05", "a < b > c, what <keepers> say, p<0.05"),
        ("AT&T; R&D &nosuch; &copy", "AT&T; R&D &nosuch; &copy"),
        ("<!-- none -->tea", "tea"),
        ("half \ud800 a character\x00", "half \ufffd a character"),
    ],
)
def test_html_goes_and_signs_stay(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            r"\'{\i}, \'\i, {\'{e}}, \c{c}, \c c, \v{s}, \H{o}, \k{a}, {\aa}, \o re, {\L}, \ss",
            "í, í, é, ç, ç, š, ő, ą, å, øre, Ł, ß",
        ),
        (r"{\'{\"u}}", "ǘ"),
        (r"CO$_2$ at $10^{6}$, $\alpha$-cats, $<$5, $p \leq 0.05$", "CO2 at 10⁶, α-cats, <5, p ≤0.05"),
        (r"\emph{Tea} \textbf{and {\it cats}}", "Tea and cats"),
        (r"100\% of \$5 \& \#1 a\_b \{x\}", "100% of $5 & #1 a_b {x}"),
        (r"\textasciitilde{} \textasciicircum{} \textbackslash{} \textbraceleft{}", r"~ ^ \ {"),
        (r"tea--cats---and ``mice''", "tea–cats—and “mice”"),
        ("$5 and $6, from $5-$6 a day", "$5 and $6, from $5-$6 a day"),
        ("50% off # a_b ^ x", "50% off # a_b ^ x"),
        (r"\href{https://example.org}{Tea} \cite{x}", "Tea"),
        (r"\frac{1}{2}", "1/2"),
        (r"{\&}amp$\mathsemicolon$", "&amp;"),
        ("tea~cats\\\\mice", "tea cats mice"),
        (r"ends in \'", "ends in ´"),
        (r"\input{/etc/passwd}", "/etc/passwd"),
    ],
)
def test_latex_becomes_what_it_prints(written: str, meant: str) -> None:
    assert from_latex(written) == meant


def test_commands_of_which_only_the_argument_was_kept_are_named() -> None:
    assert unknown_commands(r"\emph{a} \'e \alpha \keepers{two} \keepers{three}") == [r"\keepers"]
    assert unknown_commands("none") == []


@given(st.text())
def test_any_text_is_read_and_stays_on_one_line(text: str) -> None:
    for read in (plain(text), from_latex(text)):
        assert read == one_line(read)
        read.encode()


@given(st.text(st.sampled_from(r"\{}$^_~%&'`\"-<>/aeisup; 0")))
def test_any_markup_is_read(text: str) -> None:
    plain(text)
    from_latex(text)
    unknown_commands(text)


@given(
    st.text(st.characters(exclude_characters="<&", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")))
)
def test_text_without_markup_is_untouched(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_is_done_at_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\'", "$", "$a ", "\\frac{", "<sub", "<!--", "<script>", "&amp;", "2<sup>"]
)
def test_a_hundred_thousand_signs_are_read_at_once(piece: str) -> None:
    plain(piece * 20_000)
    from_latex(piece * 100_000)
