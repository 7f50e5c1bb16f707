"""Codes: which term was meant is said even where a label or another dimension's term was written."""

from __future__ import annotations

import pytest

from evidence_map.problems import Problem
from tests.folders import ReviewFolder
from tests.mistakes import CODEBOOK, FULL, SHORT


def only(review: ReviewFolder, code: str) -> Problem:
    (problem,) = review.check()
    assert problem.code == code, problem
    return problem


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("milks", "Did you mean “milk”?"),
        ("Milk", "Write the id of the term: milk."),
        ("MILK", "Write the id of the term: milk."),
        ("keeper", "“keeper” is a term of “crew”."),
        ("Keeper", "“keeper” is a term of “crew”."),
        ("Evidence synthesis", "“review-of-reviews” is a term of “approach”."),
        ("zzzzz", "Its terms are: taste, strength, milk, company."),
    ],
)
def test_the_term_that_was_meant_is_offered(review: ReviewFolder, written: str, hint: str) -> None:
    review.edit(SHORT, "topic: [milk]", f"topic: [{written}]")
    assert only(review, "unknown-term").hint == hint


def test_a_label_in_a_field_with_one_term_is_answered_with_its_id(review: ReviewFolder) -> None:
    review.edit(FULL, "approach: listening", "approach: Evidence  Synthesis")
    assert only(review, "unknown-term").hint == "Write the id of the term: review-of-reviews."


@pytest.mark.parametrize(
    ("written", "hint"),
    [("Topic", "the id of the dimension: topic"), ("topc", "“topic”"), ("why out", "why-out")],
)
def test_the_dimension_that_was_meant_is_offered(review: ReviewFolder, written: str, hint: str) -> None:
    review.edit(SHORT, "topic: [milk]", f"{written}: [milk]")
    assert hint in only(review, "unknown-dimension").hint


def test_a_very_long_term_does_not_fill_the_screen(review: ReviewFolder) -> None:
    review.edit(SHORT, "topic: [milk]", f"topic: [{'very ' * 35}long]")
    problem = only(review, "unknown-term")
    assert len(problem.message) < 150 and len(problem.hint) < 300


def test_every_unknown_term_of_a_list_is_told_at_its_own_place(review: ReviewFolder) -> None:
    review.edit(FULL, "topic: [company, strength]", "topic: [compny, strength, strenth]")
    problems = review.check()
    assert [(p.line, p.column) for p in problems] == [
        (p.line, c) for p, c in zip(problems, (15, 33), strict=True)
    ]


def test_a_field_that_no_dimension_fills_is_told_with_the_remedy(review: ReviewFolder) -> None:
    review.edit(FULL, "  approach: listening\n", "  approach: listening\n  methodology: [ethnography]\n")
    problem = only(review, "unknown-dimension")
    assert "field: design.methodology" in problem.hint


def test_a_group_can_be_coded_where_the_codebook_allows_it(review: ReviewFolder) -> None:
    review.edit(SHORT, "topic: [milk]", "topic: [taste]")
    assert "strength, milk" in only(review, "group-coded").hint
    review.edit(
        CODEBOOK,
        "applies_to: findings\n    terms:\n      - id: taste",
        "applies_to: findings\n    groups_can_be_coded: true\n    terms:\n      - id: taste",
    )
    assert review.check() == []


def test_missing_values_are_no_terms(review: ReviewFolder) -> None:
    review.edit(FULL, "roles: [keeper, cat]", "roles: Not reported")
    review.edit(
        FULL,
        "      topic: [company, strength]",
        "      topic: not applicable\n      why-not: not reported",
    )
    assert {problem.code for problem in review.check()} == {"unknown-dimension", "uncoded-finding"}
