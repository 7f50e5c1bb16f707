"""Text for readers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.site.evidence import Person
from evidence_map.site.text import (
    absence,
    enumeration,
    markdown,
    period,
    spoken_date,
    typeset,
    vancouver_name,
)


def test_markdown_lets_no_html_through() -> None:
    assert markdown("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


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
    assert "<a" not in markdown(text)


def test_a_title_in_markdown_is_no_second_title_of_the_page() -> None:
    assert markdown("# A\n\n## B\n") == "<h2>A</h2>\n<h2>B</h2>\n"


def test_markdown_fetches_no_image() -> None:
    assert "<img" not in markdown("![x](https://example.org/x.png)")


def test_markdown_makes_links_lists_and_emphasis() -> None:
    html = markdown("A *b* **c** [d](https://example.org/)\n\n- e\n")
    assert '<a href="https://example.org/">d</a>' in html
    assert "<em>b</em>" in html and "<strong>c</strong>" in html and "<li>e</li>" in html


@given(st.text())
def test_any_markdown_gives_only_elements_that_markdown_knows(text: str) -> None:
    import re

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
    assert set(re.findall(r"</?([a-zA-Z][\w-]*)", str(markdown(text)))) <= allowed


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("keepers' tea and one's own", "keepers’ tea and one’s own"),
        ('a "keeper" of cats', "a “keeper” of cats"),
        ("5' 3\" tall", '5’ 3" tall'),
        ("", ""),
    ],
)
def test_quotation_marks_of_print(written: str, shown: str) -> None:
    assert typeset(written) == shown


def test_reasons_of_a_blank_in_words() -> None:
    assert absence("not reported", "abstract") == "Not reported in the abstract read"
    assert absence("not reported", "full text") == "Not reported in the full text"
    assert absence("not reported", None) == "Not reported"
    assert absence("not applicable", "abstract") == "Does not apply"
    assert absence("not yet extracted", "abstract") == "Not yet extracted"


def test_dates_in_words() -> None:
    assert spoken_date("2024-10-28") == "28 October 2024"
    assert spoken_date("2024-10") == "October 2024"
    assert spoken_date("2024") == "2024"
    assert period("2022-12", "2023-03") == "December 2022 to March 2023"
    assert period("2018", "2018") == "2018"


def test_lists_as_a_sentence_has_them() -> None:
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b"]) == "a and b"
    assert enumeration(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person("Lamp", "Ann B.", None, None, None, None), "Lamp AB"),
        (Person("Lamp", "Jean-Luc", "van der", "Jr", None, None), "van der Lamp JL Jr"),
        (Person(None, None, None, None, "The Crew", None), "The Crew"),
        (Person("明", "曉", None, None, None, None), "明曉"),
    ],
)
def test_names_as_in_vancouver(person: Person, expected: str) -> None:
    assert vancouver_name(person) == expected
