"""Whatever strangers write into any field, a comment and a page show it as words."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from click.testing import CliRunner
from lxml import html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from evidence_map.cli import main
from evidence_map.comparison.markdown import LIMIT
from tests.folders import ReviewFolder
from tests.history.repositories import Historic

HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script> @crew #12 [a](https://evil.example/) "
    "![b](https://evil.example/b.png) **x** | `c` https://evil.example www.evil.example :tada: "
    "<!-- </details> --> {{ 7 * 7 }} &lt;b&gt; \\ שלום."
)
_FIELD = re.compile(
    r"^(\s*(?:- )?)(title|label|definition|statement|locator|source|strategy|question|description|note"
    r"|summary|text|citation|name|speaker|platform|answer|aim|registration|family|container_title"
    r"|award|literal|by): (?![\[{>|\d])(.+)$",
    re.MULTILINE,
)


@pytest.fixture
def historic(review: ReviewFolder) -> Historic:
    found = Historic(review)
    found.begin()
    found.commit("2020-01-01T12:00:00+00:00")
    return found


def spoil(review: ReviewFolder) -> int:
    """Write the hostile text into every field that takes any text, and return how many there are."""
    number = 0

    def spoilt(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[1]}{match[2]}: {json.dumps(f'{number} {HOSTILE}', ensure_ascii=False)}"

    for file in sorted(review.root.rglob("*.yml")):
        if not file.name.endswith(".second.yml"):
            file.write_text(_FIELD.sub(spoilt, file.read_text("utf-8")), "utf-8")
    for file in sorted((review.root / "synthesis/findings").glob("*.md")):
        text = _FIELD.sub(spoilt, file.read_text("utf-8"))
        file.write_text(f"{text}\n\n{HOSTILE}\n", "utf-8")
    review.edit("synthesis/protocol.md", "What do **invented** crews", HOSTILE)
    return number


def told(historic: Historic, form: str, *arguments: str) -> str:
    result = CliRunner().invoke(
        main, ["--root", str(historic.review.root), "diff", "HEAD", "--format", form, *arguments]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout


def flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *flat(token.children or []))]


def assert_harmless_comment(text: str) -> None:
    tokens = flat(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text))
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "html_inline", "em_open", "fence", "code_block", "hr"}
    for token in tokens:
        if token.type == "html_block":
            assert re.fullmatch(
                r"<details><summary>Show [\d,]+</summary>|</details>", token.content.strip()
            )
        if token.type == "text":
            assert not re.search(r"[@#]\w|://|\bwww\.|:tada:|[\u202a-\u202e]", token.content)
        if token.type == "code_inline":
            assert re.fullmatch(r"[\w./#:-]+", token.content)
    assert {token.tag for token in tokens if token.type == "heading_open"} <= {"h3"}
    pairs = pairwise(tokens)
    after_strong = [after.content for token, after in pairs if token.type == "strong_open"]
    assert set(after_strong) <= {"Warning:"}


def assert_harmless_page(text: str) -> None:
    page = html.document_fromstring(text.encode())
    assert not page.xpath("//script|//img|//iframe|//form|//object|//*[@onerror or @onclick or @src]")
    assert all(link.get("href", "").startswith("#") for link in page.iter("a"))
    assert [link.get("href") for link in page.iter("link")] == ["data:,"]
    [policy] = [each.get("content") for each in page.iter("meta") if each.get("http-equiv")]
    assert policy is not None and "default-src 'none'" in policy
    assert "url(" not in text and "@import" not in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_no_field_of_a_review_does_anything(historic: Historic) -> None:
    assert spoil(historic.review) > 60
    comment, page = told(historic, "markdown"), told(historic, "html")
    assert_harmless_comment(comment)
    assert_harmless_page(page)
    assert "onerror" in comment and "49" not in re.findall(r"\{\{ .*? \}\}", page)
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert len(comment) <= LIMIT
    assert json.loads(told(historic, "json"))["comparable"]


def test_names_of_files_and_messages_do_nothing(historic: Historic) -> None:
    for name in ("<img src=x>@crew.yml", "a](https:..evil.example)#12.yml", "\u202egnp.yml", "`x`|.txt"):
        historic.review.write(f"records/{name}", "reference: {}\n")
    historic.review.write("records/odd2020.yml", f"title: {json.dumps(HOSTILE)}\n{HOSTILE}: 1\n")
    comment, page = told(historic, "markdown"), told(historic, "html")
    assert "error" in comment.splitlines()[0]
    assert_harmless_comment(comment)
    assert_harmless_page(page)


def test_a_comment_fits_and_says_what_was_left_out(historic: Historic) -> None:
    record = historic.review.read("records/bean2018.yml")
    for number in range(700):
        title = f"title: {number * 7919} cups of coffee at sea {number} {'@crew <b> ' * 12}"
        text = record.replace("title: Coffee at sea", title).replace("[shelf]", "[letters]")
        historic.review.write(f"records/many{number}.yml", text.replace("Bean", f"Bean{number}x"))
    comment = told(historic, "markdown")
    assert len(comment) <= LIMIT, comment[:300]
    assert comment.splitlines()[0].startswith("700 papers added")
    shown = len(re.findall(r"^- `many\d+`", comment, re.MULTILINE))
    assert 0 < shown < 700
    assert f"… and {700 - shown:,} more." in comment
    assert comment.count("<details>") == comment.count("</details>") > 0
    assert_harmless_comment(comment)
    assert len(json.loads(told(historic, "json"))["records"]) == 700
