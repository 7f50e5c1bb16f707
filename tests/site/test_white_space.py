"""White space is left out only where no reader sees it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from evidence_map.site.white_space import collapsed


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>tea   and\n\n\t milk</p>", "<p>tea and\nmilk</p>"),
        ("<b>tea</b>   <i>milk</i>", "<b>tea</b> <i>milk</i>"),
        ("tea \u00a0\u2003 milk", "tea \u00a0\u2003 milk"),
        ('<a title="a   >  b">x</a>', '<a title="a   >  b">x</a>'),
        ("<pre class='x'>a\n\n  b</pre>", "<pre class='x'>a\n\n  b</pre>"),
        ('<PRE title="</pre>">a  b</PRE>  c', '<PRE title="</pre>">a  b</PRE> c'),
        ("<script>let a  =  '<p>  '</script>", "<script>let a  =  '<p>  '</script>"),
        ("<textarea>\n  a</textarea>", "<textarea>\n  a</textarea>"),
        ("<!-- a   <pre> --> b   c", "<!-- a   <pre> --> b c"),
        ("1 <   2 and\n   so on", "1 < 2 and\nso on"),
    ],
)
def test_runs_become_one_sign(written: str, expected: str) -> None:
    assert collapsed(written) == expected
    assert collapsed(expected) == expected


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<pre>", "</pre>", '<a title="  >  ">', "</a>", "<!-- x  y -->", "<br>"]
    )
    | st.text(alphabet="ab \n\t\u00a0<&'\"", max_size=6),
    max_size=20,
)


@given(PIECES)
def test_words_stay_as_they_are_and_apart(pieces: list[str]) -> None:
    page = "<div>" + "".join(pieces) + "</div>"
    shorter = collapsed(page)
    assert len(shorter) <= len(page)
    assert collapsed(shorter) == shorter
    assert re.split(r"[ \t\r\n\f]+", shorter) == re.split(r"[ \t\r\n\f]+", page)


def test_what_stands_as_it_is_written_is_the_same_tree() -> None:
    page = "<div> <pre>a\n  b</pre>\n\n <p>c   d <code>e  f</code></p></div>"
    before, after = html.fromstring(page), html.fromstring(collapsed(page))
    assert after.findtext("pre") == before.findtext("pre") == "a\n  b"
    assert _words(after) == _words(before)


def _words(tree: html.HtmlElement) -> list[str]:
    return "".join(str(part) for part in tree.itertext()).split()
