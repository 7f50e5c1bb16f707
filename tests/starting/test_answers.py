"""What may be answered when a review is made, and what becomes of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.model.scalars import SLUG
from evidence_map.starting import answers
from evidence_map.starting.answers import AnswerError


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("title", "", "This cannot be left empty."),
        ("title", " \n ", "This cannot be left empty."),
        ("title", "not reported", "“title” cannot be “not reported”"),
        ("title", "n/a", "“title” cannot be “n/a”"),
        ("title", "Gardens\x07", "The invisible character U+0007 cannot stand in a file."),
        ("title", "Gardens\u202e", "U+202E"),
        ("title", "one\u2028two", "U+2028"),
        ("title", "lone \ud800", "U+D800"),
        ("title", "x" * 2_001, "“title” is too long: at most 2,000 characters."),
        ("address", "gardens.example.org", "is not a web address"),
        ("address", "javascript:alert(1)", "is not a web address"),
        ("address", "https://me:secret@example.org/", "is not a web address"),
    ],
)
def test_an_answer_that_no_file_could_hold_is_refused_with_the_reason(
    name: str, text: str, words: str
) -> None:
    with pytest.raises(AnswerError, match=re.escape(words)):
        answers.protocol_field(name, text)


def test_a_text_of_several_lines_becomes_one() -> None:
    assert answers.protocol_field("title", " Gardens:\r\n\tall of them ") == "Gardens: all of them"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("School gardens", "School gardens"),
        ("School gardens: what pupils learn from them", "School gardens"),
        (
            "What pupils learn from school gardens – a scoping review",
            "What pupils learn from school gardens",
        ),
        (
            "What pupils in towns and villages learn from the gardens of schools",
            "What pupils in towns and",
        ),
        ("x" * 90, "x" * 40),
    ],
)
def test_a_short_title_is_proposed(title: str, short: str) -> None:
    assert answers.short_title_of(title) == short


@given(st.text(min_size=1).filter(str.strip))
def test_a_proposed_short_title_is_never_empty_nor_long(title: str) -> None:
    kept = " ".join(title.split())
    assert 0 < len(answers.short_title_of(kept)) <= answers.LONGEST_NAME


# terms


def test_terms_have_ids_labels_and_definitions() -> None:
    made = answers.terms("outcome", "Café au lait: with milk; 2–5 years\n🌱; ;Ελιές: What of olives?")
    assert [(term.id, term.label, term.definition) for term in made] == [
        ("cafe-au-lait", "Café au lait", "With milk."),
        ("outcome-2-5-years", "2–5 years", answers.DEFINITION),
        ("seedling", "🌱", answers.DEFINITION),
        ("elies", "Ελιές", "What of olives?"),
    ]


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("None of these; Unknown", ["none-of-these-1", "unknown-2"]),
        ("Tea, hot; Tea (hot) 2; tea!hot!", None),
        ("C; C++; C#", None),
        ("؟; !?", ["topic-1", "topic-2"]),
    ],
)
def test_ids_are_free_and_mean_nothing_else(written: str, ids: list[str] | None) -> None:
    if ids is None:
        with pytest.raises(AnswerError, match="is named twice"):
            answers.terms("topic", written)
    else:
        assert [term.id for term in answers.terms("topic", written)] == ids


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "At least one term is needed"),
        (" ; ;\n", "At least one term is needed"),
        ("Time; time", "“time” is named twice."),
        ("not reported", "“label” cannot be “not reported”"),
        ("; ".join(f"Term {n}" for n in range(201)), "These are 201 terms; start with 200 at most."),
    ],
)
def test_terms_that_cannot_be_are_refused(written: str, words: str) -> None:
    with pytest.raises(AnswerError, match=re.escape(words)):
        answers.terms("topic", written)


@given(st.text(max_size=90), st.integers(1, 200))
def test_every_label_gives_an_identifier(label: str, number: int) -> None:
    made = answers.identifier(label, "topic", number)
    assert re.fullmatch(SLUG, made) and len(made) <= answers.LONGEST_ID


@pytest.mark.parametrize(
    "label", ["Country", "Approach", "Kind", "year", "Confidence", "Exclusion reason"]
)
def test_a_dimension_is_not_called_like_one_that_is_there(label: str) -> None:
    with pytest.raises(AnswerError, match=r"has “.*” already"):
        answers.dimension_id(label)


# addresses


@pytest.mark.parametrize(
    "written",
    [
        "https://github.com/gardeners/gardens",
        "https://github.com/gardeners/gardens/",
        "https://github.com/gardeners/gardens.git",
        "git@github.com:gardeners/gardens.git",
    ],
)
def test_a_repository_is_known_by_any_of_its_addresses(written: str) -> None:
    assert answers.repository(written) == "https://github.com/gardeners/gardens"


@pytest.mark.parametrize(
    "written", ["gardens", "https://github.com", "file:///etc/passwd", "https://x/\x07"]
)
def test_what_is_no_repository_is_refused(written: str) -> None:
    with pytest.raises(AnswerError):
        answers.repository(written)


@pytest.mark.parametrize(
    "written",
    [
        "evidence-map==1.2.3",
        "evidence-map @ git+https://example.org/map@0a1b2c3d",
        "evidence-map @ file:///map.whl",
    ],
)
def test_the_program_is_pinned(written: str) -> None:
    assert answers.tool(f" {written} ") == written


@pytest.mark.parametrize(
    "written", ["evidence-map", "evidence-map>=1", "other==1", "evidence-map==1\nother==2", "-r x", ""]
)
def test_a_program_that_is_not_pinned_is_refused(written: str) -> None:
    with pytest.raises(AnswerError, match="Name the program with its address and its commit"):
        answers.tool(written)
