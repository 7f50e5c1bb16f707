"""Markdown with citations: what is shown, and where each citation stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.citations_in_text import Mention, html_of, mentions

PIECES = [
    *("@", "[", "]", "[@", "@lamp2021", "[@a#b]", ";", "#x", "a@b.c", "]:", "](x)", "(", ")", "é"),
    *("`", "\\", ">", "<", "-", "|", "*", "_", "&#64;", "\U000f0000"),
    *(" ", "    ", "\t", "\n", "\n\n"),
]
CITING = st.lists(st.sampled_from(PIECES)).map("".join)
"""Texts of what citations are made of, and of what surrounds them."""


def link(mention: Mention) -> str:
    return f"<cite>{mention.written}</cite>"


def cited(text: str) -> list[str]:
    return [mention.written for mention, _ in mentions(text)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[@lamp2021]", "(<cite>lamp2021</cite>)"),
        ("[@lamp2021#tea]", "(<cite>lamp2021#tea</cite>)"),
        ("[@lamp2021, p. 3]", "(<cite>lamp2021</cite>, p. 3)"),
        ("[@a; @b#c]", "(<cite>a</cite>; <cite>b#c</cite>)"),
        ("[see @a, p. 3; but @b]", "(see <cite>a</cite>, p. 3; but <cite>b</cite>)"),
        ("[@a;\n  @b]", "(<cite>a</cite>; <cite>b</cite>)"),
        ("[@a, *p.* \\*3]", "(<cite>a</cite>, *p.* *3)"),
        ("**so [@a]**", "<strong>so (<cite>a</cite>)</strong>"),
        ("[@a][@b]", "(<cite>a</cite>)(<cite>b</cite>)"),
        ("[@a]: yes", "(<cite>a</cite>): yes"),
        ("[@a <b>]", "(<cite>a</cite> &lt;b&gt;)"),
    ],
)
def test_a_citation_is_shown_in_parentheses_with_the_text_around_it(text: str, shown: str) -> None:
    assert html_of(text, link) == f"<p>{shown}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "`[@a]`",
        "    [@a]",
        "```\n[@a]\n```",
        "\\[@a]",
        "[\\@a]",
        "[write to a@b.c]",
        "<crew@example.org>",
        "crew@example.org",
        "@a",
        "[@]",
        "[@ a]",
        "[@a](https://example.org/)",
        "[a]",
    ],
)
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    assert mentions(text) == []
    assert "<cite>" not in html_of(text, link)


def test_a_link_cannot_hold_a_citation_which_is_a_link_itself() -> None:
    assert html_of("[so [@a] says](https://example.org/)", link).count("<") == 4


@pytest.mark.parametrize(
    "text",
    [
        "One [@a].\n\n> Two\n> [@b;\n> @c]\n\n- `[@no]` three [@d#e]\n",
        "| x | y |\n|---|---|\n| [@a] | `[@no]` [@b; @c] |\n\n# [@d#e]\n",
        "\U000f0000 [@a] `@b` \U00100000 [see @b] *[@c]* @x [@d#e]",
    ],
)
def test_each_citation_is_found_where_it_stands(text: str) -> None:
    assert cited(text) == ["a", "b", "c", "d#e"]
    for mention, place in mentions(text):
        assert text.startswith(f"@{mention.written}", place)


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("[@a#b; @a#c; @a#d]", [False, True, True]),
        ("[@a#b; @c#d; @a#e]", [False, False, False]),
        ("[@a#b, p. 3; @a#c]", [False, False]),
        ("[@a; @a#c]", [False, False]),
        ("[@a#b; @a]", [False, False]),
        ("[@a#b] [@a#c]", [False, False]),
    ],
)
def test_further_findings_of_the_report_just_cited_are_known(text: str, further: list[bool]) -> None:
    assert [mention.is_further for mention, _ in mentions(text)] == further


@given(CITING)
def test_any_text_cites_what_it_shows_each_at_a_place_of_its_own(text: str) -> None:
    shown: list[str] = []

    def note(mention: Mention) -> str:
        shown.append(mention.written)
        return ""

    html_of(text, note)
    found = mentions(text)
    assert [mention.written for mention, _ in found] == shown
    places = [place for _, place in found]
    assert len(set(places)) == len(places)
    assert all(text.startswith(f"@{mention.written}", place) for mention, place in found)


@given(st.text())
def test_any_text_can_be_asked_for_citations(text: str) -> None:
    for mention, place in mentions(text):
        assert text.startswith(f"@{mention.written}", place)


@given(st.text(alphabet="<>&\"' @[];#a"))
def test_what_is_cited_without_anyone_to_resolve_it_shows_as_text(text: str) -> None:
    assert "<a" not in re.sub(r'<a href="mailto:[^"<>]*">', "", html_of(f"[@{text}]"))


def test_markdown_lets_no_html_through() -> None:
    assert html_of("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,1)",
        "<javascript:alert(1)>",
    ],
)
def test_markdown_makes_no_link_that_runs(text: str) -> None:
    assert "<a" not in html_of(text)


def test_a_title_in_markdown_is_no_second_title_of_the_page() -> None:
    assert html_of("# A\n\n## B\n") == "<h2>A</h2>\n<h2>B</h2>\n"


def test_markdown_fetches_no_image() -> None:
    assert "<img" not in html_of("![x](https://example.org/x.png)")


def test_markdown_makes_links_lists_and_emphasis() -> None:
    html = html_of("A *b* **c** [d](https://example.org/)\n\n- e\n")
    assert '<a href="https://example.org/">d</a>' in html
    assert "<em>b</em>" in html and "<strong>c</strong>" in html and "<li>e</li>" in html


@given(st.text())
def test_any_markdown_gives_only_elements_that_markdown_knows(text: str) -> None:
    allowed = {
        "p",
        "em",
        "strong",
        "a",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "code",
        "blockquote",
        "hr",
        "br",
        "s",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert set(re.findall(r"</?([a-zA-Z][\w-]*)", html_of(text))) <= allowed


def test_headings_can_be_led_to() -> None:
    text = "## What is in — and out?\n\nTea.\n\n## Searches\n\n### Searches\n\n## 茶\n\n## !!!\n"
    ids = re.findall('<h[23] id="([^"]*)">', html_of(text, anchors=True))
    assert ids == ["what-is-in-and-out", "searches", "searches-1", "茶", "part"]
    assert "id=" not in html_of(text)


@given(st.text(max_size=200))
def test_no_heading_breaks_out_of_its_id(words: str) -> None:
    html = html_of(f"## {words}", anchors=True)
    for name in re.findall('<h[1-6] id="([^"]*)"', html):
        assert re.fullmatch(r"[\w-]+", name)
