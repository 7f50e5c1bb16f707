"""Records are put in order word for word and comment for comment, or left alone."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.formatting import FormattingError, formatted
from evidence_map.yaml_plain import Plain
from evidence_map.yaml_source import Document, parse
from tests.reviews import LIGHTHOUSE, REPOSITORY

RECORDS = sorted((REPOSITORY / "records").glob("*.yml"))
INVENTED = sorted((LIGHTHOUSE / "records").glob("*.yml"))

LAYOUTS = {
    "fields out of order, comments above, beside and below": (
        "screening:\n  decision: awaiting\nreference:\n  issued: 2020\n"
        "  # about the title\n  title: T # beside\n  # below\n# end\n",
        "reference:\n  # about the title\n  title: T # beside\n  issued: 2020\n  # below\n\n"
        "screening:\n  decision: awaiting\n\n# end\n",
    ),
    "four spaces": (
        "reference:\n    title: T\n    authors:\n    -   family: A\n"
        "        given: B\n    -   literal: C\n",
        "reference:\n  title: T\n  authors:\n    - family: A\n      given: B\n    - literal: C\n",
    ),
    "lists not indented, with a comment": (
        "reference:\n  title: T\n  keywords:\n  - a\n  # k\n  - b\n",
        "reference:\n  title: T\n  keywords:\n    - a\n    # k\n    - b\n",
    ),
    "a dash alone on its line": (
        "findings:\n  -\n    locator: p\n    id: a\n",
        "findings:\n  - id: a\n    locator: p\n",
    ),
    "fields of an item out of order": (
        "findings:\n  # first\n  - locator: p\n    # s\n    statement: s\n    id: a # i\n  - id: b\n",
        "findings:\n  # first\n  - id: a # i\n    # s\n    statement: s\n    locator: p\n  - id: b\n",
    ),
    "texts over several lines": (
        "notes: |\n    # Heading\n    hard break  \n      code\n\n    end\n"
        "reference:\n  title: >-\n    a\n    b\n",
        "reference:\n  title: >-\n    a\n    b\n\n"
        "notes: |\n    # Heading\n    hard break  \n      code\n\n    end\n",
    ),
    "an indentation indicator": (
        "reference:\n    title: |4\n          x\n        y\n    issued: 2020\n",
        "reference:\n  title: |4\n        x\n      y\n  issued: 2020\n",
    ),
    "collections in brackets over several lines": (
        "reference: {title: T,\n  # in\n  issued: 2020}\nfindings:\n"
        "    - {id: a,\n       statement: b}\n",
        "reference: {title: T,\n  # in\n  issued: 2020}\n\nfindings:\n  - {id: a,\n     statement: b}\n",
    ),
    "Windows line ends, spaces at line ends, no end of line": (
        "\ufeffreference:\r\n  title: T  \r\nscreening:\r\n    decision: awaiting",
        "reference:\n  title: T\n\nscreening:\n  decision: awaiting\n",
    ),
    "quoted text over several lines with a hash": (
        'screening:\n    note: "a\n      # b\n\n      c"\n    decision: awaiting\n',
        'screening:\n  decision: awaiting\n  note: "a\n    # b\n\n    c"\n',
    ),
    "comments of the file and of a section": (
        "# file\n\n# reference\nreference:\n  title: T\n\n\n\n# screening\n"
        "screening:\n  decision: awaiting\n\n",
        "# file\n\n# reference\nreference:\n  title: T\n\n# screening\n"
        "screening:\n  decision: awaiting\n",
    ),
}


def plain(text: str) -> Plain:
    document = parse(text, PurePosixPath("a.yml"))
    assert isinstance(document, Document)
    return document.plain()


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"#.*?(?= *\r?$)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_becomes_the_canonical_one(name: str) -> None:
    before, after = LAYOUTS[name]
    assert formatted(before) == after
    assert formatted(after) == after
    assert plain(before) == plain(after)
    assert comments(before.replace("\r", "")) == comments(after)


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.stem)
def test_records_that_are_in_order_stay_byte_for_byte(file: Path) -> None:
    assert formatted(file.read_bytes().decode()).encode() == file.read_bytes()


@pytest.mark.parametrize("file", INVENTED, ids=lambda file: file.stem)
def test_any_valid_record_can_be_put_in_order(file: Path) -> None:
    before = file.read_text("utf-8")
    after = formatted(before)
    assert plain(after) == plain(before) and comments(after) == comments(before)
    assert formatted(after) == after
    assert sorted(after.split()) == sorted(before.split())


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{a: b}\n",
        "a: [\n",
        "a: 1\na: 2\n",
        "a:\n",
        "",
        "- a\n",
        "a: &x 1\n",
        "notes: |+\n  x\n\n\nreference:\n  title: T\n",
    ],
)
def test_what_cannot_be_rewritten_safely_is_refused(text: str) -> None:
    with pytest.raises(FormattingError):
        formatted(text)


def test_the_difference_is_as_small_as_can_be() -> None:
    text = formatted((LIGHTHOUSE / "records" / "example2019.yml").read_text("utf-8"))
    moved = text.replace("  issued: 2019-05\n", "").replace(
        "  language: en\n", "  language: en\n  issued: 2019-05\n"
    )
    assert moved != text
    assert formatted(moved) == text


WORD = st.sampled_from(
    ["x", "two words", "NO", "10.10", "012", '"quoted # text"', "'it''s'", "not reported"]
)
COMMENT = st.sampled_from(["", "", "", "# note", "# other: note", "#"])


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """Draw the text of a record: any order, any step of indentation, comments anywhere."""
    step = draw(st.integers(1, 5))
    sections = draw(st.permutations(["reference", "screening", "design", "sample", "findings", "notes"]))
    lines: list[str] = []

    def comment(indent: int) -> None:
        if text := draw(COMMENT):
            lines.append(" " * indent + text)
        if draw(st.integers(0, 9)) == 0:
            lines.append("  " * draw(st.integers(0, 1)))

    def pairs(names: list[str], indent: int) -> None:
        for name in draw(st.permutations(names))[: draw(st.integers(1, len(names)))]:
            comment(indent)
            beside = draw(st.sampled_from(["", "", " # beside", "   "]))
            lines.append(f"{' ' * indent}{name}: {draw(WORD)}{beside}")
            comment(indent)

    for section in sections:
        comment(0)
        if section == "notes":
            lines.extend(
                [f"notes: {draw(st.sampled_from(['|', '>', '|-', '>-']))}", " " * step + "# text"]
            )
            lines.append(" " * step + draw(st.sampled_from(["more", "  deeper", "hard  ", "- item"])))
            continue
        lines.append(f"{section}:")
        if section == "findings":
            indent = draw(st.sampled_from([0, step]))
            for _ in range(draw(st.integers(1, 3))):
                comment(indent)
                start = len(lines)
                pairs(["id", "statement", "locator"], indent + 2)
                first = next(
                    n
                    for n in range(start, len(lines))
                    if lines[n].strip() and lines[n].strip()[0] != "#"
                )
                lines[first] = " " * indent + "- " + lines[first].lstrip()
        else:
            pairs(
                {
                    "reference": ["title", "issued", "volume"],
                    "screening": ["decision", "note"],
                    "design": ["aim", "approach", "ethics"],
                    "sample": ["size", "unit"],
                }[section],
                step,
            )
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end, end * 3]))


@given(layouts())
def test_any_layout_keeps_its_data_and_comments(text: str) -> None:
    result = formatted(text)
    assert formatted(result) == result
    assert plain(result) == plain(text + "\n")
    assert comments(result) == comments(text)
    assert result.endswith("\n") and not result.endswith("\n\n") and "\r" not in result
    sections = [line for line in result.split("\n") if re.match(r"[a-z]", line)]
    order = ["reference:", "screening:", "design:", "sample:", "findings:", "notes:"]
    assert [line.split(" ")[0] for line in sections] == order


@given(st.text(st.sampled_from("ab: -#\n[]{}'\"|>,é\t\r~"), max_size=60))
def test_any_text_is_kept_or_refused(text: str) -> None:
    try:
        result = formatted(text)
    except FormattingError:
        return
    assert plain(result) == plain(text + "\n")
    assert formatted(result) == result
