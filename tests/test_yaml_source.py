"""YAML becomes plain strings with their places; what a record must not hold is refused."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from evidence_map.problems import Position, Problem
from evidence_map.yaml_plain import MAXIMUM_DEPTH
from evidence_map.yaml_source import MAXIMUM_PROBLEMS, Document, parse

PATH = PurePosixPath("records/a2020.yml")


def read(text: str) -> Document:
    document = parse(text, PATH)
    assert isinstance(document, Document), document
    return document


def problems_of(text: str) -> list[Problem]:
    result = parse(text, PATH)
    return result.problems if isinstance(result, Document) else result


def told(text: str) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in problems_of(text)]


@pytest.mark.parametrize(
    "written",
    ["NO", "yes", "10.10", "012", "0x1F", "1e3", "2019-05-01", "12:30:45", ".inf", "1_000", "+1"],
)
def test_scalars_stay_what_was_written(written: str) -> None:
    document = read(f"a: {written}\nb: [{written}]\n")
    assert document.problems == []
    assert document.plain() == {"a": written, "b": [written]}


def test_places_are_those_of_names_and_values() -> None:
    document = read("a:\n  - b: é x\n    c: [1, {d: 2}]\n")
    assert document.at(("a", 0, "b")) == Position(PATH, 2, 8)
    assert document.at(("a", 0, "b"), name=True) == Position(PATH, 2, 5)
    assert document.at(("a", 0, "c", 1, "d")) == Position(PATH, 3, 16)
    assert document.at() == Position(PATH, 1, 1)


def test_what_a_file_lacks_is_placed_at_what_encloses_it() -> None:
    document = read("a:\n  b: 1\n")
    assert document.at(("a", "missing"), name=True) == Position(PATH, 1, 1)
    assert document.at(("a", "b", "c", 7)) == Position(PATH, 2, 6)


def test_line_ends_and_byte_order_mark_do_not_move_places() -> None:
    for text in ("a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r", "\ufeffa: 1\nb: 2\n"):
        document = read(text)
        assert document.plain() == {"a": "1", "b": "2"}
        assert document.at(("b",)) == Position(PATH, 2, 4)


def test_the_first_line_can_lie_within_a_file() -> None:
    document = parse("a: 1\n", PATH, first_line=5)
    assert isinstance(document, Document) and document.at(("a",)) == Position(PATH, 5, 4)
    broken = parse("a: [\n", PATH, first_line=5)
    assert isinstance(broken, list) and broken[0].line == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [(3, 1, "duplicate-key")]),
        ("a: {b: 1, b: 2}\n", [(1, 11, "duplicate-key")]),
        ("a:\nb: ~\nc: null\nd: ''\ne: []\n", [(n, 1, "empty-value") for n in (1, 2, 3, 4)]),
        ("a: [x, ]\nb:\n  -\n  - y\n", [(3, 4, "empty-value")]),
        ("a: &x 1\n", [(1, 4, "anchor-or-alias")]),
        ("a: *x\n", [(1, 4, "anchor-or-alias")]),
        ("<<: *x\n", [(1, 5, "anchor-or-alias")]),
        ("a: !!python/object:os.system x\n", [(1, 4, "tag")]),
        ("a: !x {}\n", [(1, 4, "tag")]),
        ("a: !<tag:yaml.org,2002:int> 1\n", [(1, 4, "tag")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "yaml-syntax")]),
        ("? [a]\n: b\n", [(1, 3, "yaml-syntax")]),
        ("{a: b}: c\n", [(1, 1, "yaml-syntax")]),
        ("- a\n", [(1, 1, "not-fields")]),
        ("\n\n  words\n", [(3, 3, "not-fields")]),
        ("# nothing\n", [(1, 1, "empty-file")]),
        ("", [(1, 1, "empty-file")]),
        ("~\n", [(1, 1, "empty-file")]),
        ("a: b #c\n", [(1, 6, "cut-by-comment")]),
        ("a: b\n  c #d\n", [(2, 5, "cut-by-comment")]),
        ("a: x\n   - y\n", [(2, 4, "yaml-syntax")]),
        ("a:\n  - x\n   - y\n", [(3, 4, "yaml-syntax")]),
        ('a: "\\0"\n', [(1, 4, "bad-character")]),
        ('"\\e": b\n', [(1, 1, "bad-character")]),
        ("a: \ud800\n", [(1, 4, "bad-character")]),
        ("a: \x00\n", [(1, 4, "bad-character")]),
    ],
)
def test_what_a_record_must_not_hold_is_told_at_its_place(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text", ["a: b # c\n", "a: 'b #c'\n", "a: |\n  b #c\n", "a: b#c\n", "a: [b] #c\n"]
)
def test_comments_and_hashes_that_cut_nothing_are_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_value_hidden_behind_a_hash_is_named() -> None:
    (problem,) = problems_of("people_invited: #22\n")
    assert problem.code == "empty-value"
    assert "“#” begins a comment" in problem.hint and "22" in problem.hint


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_is_refused_before_it_costs_anything(opening: str) -> None:
    (problem,) = problems_of("a:\n " + opening * 1000)
    assert problem.code in {"too-deep", "yaml-syntax"}
    deepest = "a: " + "[" * (MAXIMUM_DEPTH - 1) + "x" + "]" * (MAXIMUM_DEPTH - 1)
    assert told(deepest) == []


def test_indented_nesting_is_refused() -> None:
    text = "".join(f"{' ' * depth}a:\n" for depth in range(1000)) + " " * 1000 + "b\n"
    assert told(text) == [(MAXIMUM_DEPTH + 1, MAXIMUM_DEPTH + 1, "too-deep")]


def test_ten_laughs_are_refused_at_the_first() -> None:
    laughs = "a: &a [lol]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    assert told(laughs) == [(1, 4, "anchor-or-alias")]


def test_many_mistakes_of_one_file_are_cut_short() -> None:
    text = "a: 1\n" + "a: 2\n" * 500
    assert len(problems_of(text)) == MAXIMUM_PROBLEMS


def test_a_merge_key_is_a_field_like_any_other() -> None:
    assert read("<<: {a: b}\n").plain() == {"<<": {"a": "b"}}


LETTERS = st.text(st.characters(codec="utf-8"), max_size=80)
YAMLISH = st.text(st.sampled_from("ab: -[]{},#&*!|>'\"%@`?\n\t\\~é<.x0"), max_size=80)


@given(LETTERS | YAMLISH)
@example("a: [\n")
@example("\ufeff\ufeffa: b")
@example("%YAML 1.1\n---\na: b")
@example("a: !<\n")
def test_any_text_gives_a_document_or_problems(text: str) -> None:
    result = parse(text, PATH)
    if isinstance(result, Document):
        assert isinstance(result.plain(), dict)
    else:
        assert result
    lines = max(text.count("\n") + text.count("\r"), 0) + 2
    for problem in problems_of(text):
        assert 1 <= problem.line <= lines and problem.column >= 1
        assert problem.message and problem.hint


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"]),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() not in {"", "~", "null", "Null", "NULL"})
TREES = st.dictionaries(
    WORDS,
    st.recursive(
        WORDS,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(WORDS, inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


@given(TREES, st.booleans())
@example({"country": "NO", "version": "10.10", "volume": "012", "date": "2019-05-01"}, True)
def test_what_is_written_as_yaml_reads_back_as_the_same_strings(
    tree: dict[str, object], block: bool
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=not block, sort_keys=False)
    document = read(text)
    assert document.plain() == tree
    assert document.problems == []
