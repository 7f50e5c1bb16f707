"""In a comment, what files say is words: nothing is made of it, and nothing happens because of it."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from evidence_map.comparison.contrast import shortened
from evidence_map.comparison.markdown import escaped

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = (
    *(
        "*",
        "_",
        "`",
        "```",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "|",
        "~~",
        "#",
        "# ",
        "- ",
        "+ ",
        "1. ",
        "\\",
    ),
    *("@crew", "#12", "GH-12", "crew/tea#1", "https://example.org", "www.example.org", "a@example.org"),
    *("<img src=x onerror=alert(1)>", "<!--", "-->", "&amp;", "&#35;", ":tada:", "\n", "\n\n", "\u202e"),
    *("<details>", "</details>", "===", "---", "$x$", "javascript:alert(1)", "\u200b", "שלום", "tea"),
)
hostile = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=12).map("".join).filter(str.strip)
)

CONTEXTS = {
    "paragraph": ("{}", 1),
    "list": ("- {}", 1),
    "behind a name": ("- `name` {} – {}", 2),
    "nested": ("- one\n  - `field`: {} → {}", 2),
    "table": ("| a | b |\n|---|---|\n| {} | {} |", 2),
    "heading": ("### {} (3)", 1),
    "link": ("- [{}](https://preview.example.org/x/)", 1),
}


def flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *flat(token.children or []))]


def shape(text: str) -> list[str]:
    return [token.type for token in flat(PARSER.parse(text)) if token.type != "text"]


def shown(text: str) -> str:
    words = "".join(token.content for token in flat(PARSER.parse(text)) if token.type == "text")
    return re.sub("[\u200b\u2068\u2069]", "", words)


@pytest.mark.parametrize("context", CONTEXTS)
@given(text=hostile)
@example(text="1. tea")
@example(text="- tea")
@example(text="===")
def test_it_is_words_wherever_it_stands(context: str, text: str) -> None:
    form, holes = CONTEXTS[context]
    assert shape(form.format(*[escaped(text)] * holes)) == shape(form.format(*["tea"] * holes))


@given(text=hostile)
def test_it_says_what_was_written(text: str) -> None:
    expected = re.sub("[\u202e\u200b]", "\ufffd", shortened(text, 300))
    if not re.search("[\x00-\x1f\x7f-\x9f\u00ad\u2028\u2029]|[\U000e0000-\U000e0fff]", text):
        assert shown(f"x{escaped(text)}")[1:].strip() == visible(expected).strip()


def visible(text: str) -> str:
    return "".join(
        "\ufffd"
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and sign not in "\u200c\u200d"
        else sign
        for sign in text
    )


@given(text=hostile)
def test_nobody_is_notified_and_nothing_is_linked(text: str) -> None:
    # What GitHub looks at is the text after character references are resolved.
    seen = html.unescape(escaped(text))
    assert not re.search(r"[@#]\w|://|:[\w+-]+:|\bwww\.|\bgh-\d", seen, re.IGNORECASE)
    assert not re.search("[\u202a-\u202e\u2066\u2067]", seen)
    assert seen.count("\u2068") == seen.count("\u2069") <= 1


def test_plain_words_stay_as_they_are() -> None:
    for text in ("Tea & milk: 12 cups", "O'Hara, A.-B. (2020), p. 3–4; “yes”!", "10.5555/x.1", "3. Tea"):
        assert shown(f"- name {escaped(text)}").strip().endswith(text)
    assert escaped("Keepers, 12 of 14") == "Keepers, 12 of 14"
