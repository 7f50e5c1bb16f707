"""What is written for people, for an issue and for programs, whatever strangers wrote."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from evidence_map.link_check.outcome import Checked, Kind, Remark, Results
from evidence_map.link_check.reporting import LONGEST_ISSUE, as_json, as_markdown, as_text
from evidence_map.problems import Position

PLACE = Position(PurePosixPath("records/lamp2021.yml"), 7, 8)
WRITE = "Add behind the section “reference” in records/lamp2021.yml:\nnotices:\n  - kind: retraction"


def results(*checked: Checked, expected: int | None = None) -> Results:
    return Results("2026-01-02", len(checked) if expected is None else expected, list(checked))


def address(subject: str, *remarks: Remark) -> Checked:
    return Checked(subject, False, (PLACE,), remarks)


WELL = Checked("10.5555/well", True, (PLACE,))
RETRACTED = Checked("10.5555/tea.1", True, (PLACE,), (Remark(Kind.RETRACTED, "it was", WRITE),))
BROKEN = address("https://example.org/tea", Remark(Kind.BROKEN, "there is no such page", "Look."))
UNREAD = address("https://a.example", Remark(Kind.UNCHECKED, "no program may read it"))


def test_for_people() -> None:
    assert as_text(results(WELL, UNREAD, BROKEN, RETRACTED)) == (
        "On 2026-01-02, 2 DOIs and 2 addresses were asked for: 2 well, 1 broken, 1 that could not be "
        "checked. 1 untold retraction or concern.\n"
        "\n"
        "Retracted, or under concern (1)\n"
        "\n"
        "  records/lamp2021.yml:7:8\n"
        "    DOI 10.5555/tea.1: it was\n"
        "    hint: Add behind the section “reference” in records/lamp2021.yml:\n"
        "    notices:\n"
        "      - kind: retraction\n"
        "\n"
        "Broken (1)\n"
        "\n"
        "  records/lamp2021.yml:7:8\n"
        "    https://example.org/tea: there is no such page\n"
        "    hint: Look.\n"
        "\n"
        "Could not be checked (1)\n"
        "\n"
        "  records/lamp2021.yml:7:8\n"
        "    https://a.example: no program may read it\n"
    )


def test_for_an_issue() -> None:
    text = as_markdown(results(WELL, BROKEN, RETRACTED))
    assert "## Broken (1)" in text
    assert (
        "- `https://example.org/tea`: `there is no such page`\n  - in `records/lamp2021.yml:7:8`" in text
    )
    html = MarkdownIt().render(text)
    assert '<pre><code class="language-yaml">notices:\n  - kind: retraction\n</code></pre>' in html


def test_when_all_is_well_little_is_said() -> None:
    assert as_text(results(WELL)) == "On 2026-01-02, 1 DOI and 0 addresses were asked for: 1 well, 0 broken, 0 that could not be checked.\n"  # noqa: E501  # fmt: skip
    assert not results(WELL).is_grave and not results(UNREAD).is_grave
    assert results(BROKEN).is_grave and results(RETRACTED).is_grave


def test_what_was_broken_off_is_told() -> None:
    broken_off = results(WELL, expected=12)
    assert "It was broken off; 11 were not asked for." in as_text(broken_off)
    assert json.loads(as_json(broken_off))["complete"] is False


def test_for_programs_everything_is_told() -> None:
    value = json.loads(as_json(results(WELL, BROKEN)))
    assert value["checked"][0] == {
        "kind": "doi",
        "subject": "10.5555/well",
        "outcome": "well",
        "places": [{"path": "records/lamp2021.yml", "line": 7, "column": 8}],
        "found": [],
    }
    assert value["checked"][1]["outcome"] == "broken"
    assert value["checked"][1]["found"][0]["kind"] == "broken"


def test_many_places_are_counted() -> None:
    places = tuple(Position(PLACE.path, line, 1) for line in range(1, 10))
    text = as_text(results(Checked("https://a.example", False, places, BROKEN.remarks)))
    assert text.count("records/lamp2021.yml:") == 5 and "and 4 more places" in text


def test_an_issue_is_never_too_long_and_tells_what_was_cut() -> None:
    many = [
        address(f"https://example.org/{number}/{'x' * 200}", Remark(Kind.BROKEN, "gone", "Look."))
        for number in range(1_000)
    ]
    unread = [address(f"https://a.example/{number}", UNREAD.remarks[0]) for number in range(1_000)]
    text = as_markdown(results(RETRACTED, *many, *unread))
    assert LONGEST_ISSUE - 1_500 < len(text) <= LONGEST_ISSUE
    shown = text.count("\n- `")
    cut = re.search(r"\*\*([\d,]+) more entries found no room here", text)
    assert cut is not None and int(cut[1].replace(",", "")) == 2_001 - shown
    assert "`DOI 10.5555/tea.1`" in text


HOSTILE = st.text(alphabet="`@#*_[]()<>!|~\\&: \n\r\x1b\x07\u202eab1/.", max_size=40)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_strangers_write_no_markup(subject: str, message: str, hint: str) -> None:
    text = as_markdown(results(address(subject, Remark(Kind.BROKEN, message, f"Look.\n{hint}"))))
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    # What follows a heading of our own is code and our own words, nothing else.
    for block in tokens:
        assert block.type not in {"html_block", "table_open", "hr"}
        for child in block.children or []:
            assert child.type in {"text", "code_inline", "softbreak"}, (child.type, text)
            if child.type == "text":
                assert not set(child.content) & set("@#<>`[]"), text


@given(HOSTILE, HOSTILE)
def test_a_terminal_gets_nothing_to_act_upon(subject: str, message: str) -> None:
    text = as_text(results(address(subject, Remark(Kind.BROKEN, message, f"a\n{message}"))))
    assert not set(text) & set("\x1b\x07\r\u202e")
