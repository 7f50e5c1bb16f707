"""One mistake of each kind, each told at its line and column; and the review as a whole."""

from __future__ import annotations

import pytest

from evidence_map.checking import all_rules, check
from evidence_map.problems import Position, Problem
from tests.folders import ReviewFolder, place_of
from tests.mistakes import CODEBOOK, FULL, MAPS, MISTAKES, OTHER, PLAN, SHORT, Edit, Mistake
from tests.reviews import LIGHTHOUSE, REPOSITORY

EDITED = "stale-assessment"
"""What an edit of a record under an assessed finding always brings about."""


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.code)
def test_one_mistake_of_each_kind_is_told_at_its_place(review: ReviewFolder, case: Mistake) -> None:
    for edit in case.edits:
        place = made(review, edit)
    problems = review.every_problem()
    told = [problem for problem in problems if problem.code == case.code]
    assert [place_of(problem) for problem in told] == [place], problems
    assert {problem.code for problem in problems} <= {case.code, *case.also, EDITED}, problems
    assert told[0].severity is case.severity
    assert told[0].message and told[0].hint


def made(review: ReviewFolder, edit: Edit) -> Position:
    if callable(edit):
        return edit(review)
    return review.write(*edit) if len(edit) == 2 else review.edit(*edit)


def test_every_rule_has_a_mistake() -> None:
    assert {rule.code for rule in all_rules()} == {case.code for case in MISTAKES}


def test_rules_are_documented_and_distinct() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.title and rule.why.endswith(".") and rule.cure.endswith("."), rule


def test_the_invented_review_is_valid() -> None:
    result = check(LIGHTHOUSE)
    assert result.problems == []
    assert result.passes


def test_the_real_review_is_valid() -> None:
    assert check(REPOSITORY).problems == []


def test_all_problems_of_all_files_are_told_at_once_and_sorted(review: ReviewFolder) -> None:
    review.edit(FULL, "end: 2018-11", "end: 2016-11")
    review.edit(OTHER, "pmid: 123", "pmid: x")
    review.edit(MAPS, "columns: country", "columns: county")
    problems = review.check()
    assert [problem.code for problem in problems] == ["dates-out-of-order", "bad-pmid", "map-dimension"]
    assert problems == sorted(problems)


def test_a_broken_codebook_does_not_hide_the_mistakes_of_records(review: ReviewFolder) -> None:
    review.write(CODEBOOK, "dimensions: [\n")
    review.edit(PLAN, "decision: ongoing", "decision: going")
    result = check(review.root)
    assert result.review is None and not result.passes
    assert {problem.code for problem in result.problems} == {"yaml-syntax", "unknown-value"}


def test_an_accepted_warning_is_not_told_but_counted(review: ReviewFolder) -> None:
    review.edit(SHORT, "    codes:\n      topic: [milk]\n", "")
    review.write(
        "synthesis/accepted.yml",
        f"accepted:\n  - code: uncoded-finding\n    path: {SHORT}\n    reason: Nothing fits.\n",
    )
    assert review.check() == [] and check(review.root).accepted == 1


def test_an_error_cannot_be_accepted(review: ReviewFolder) -> None:
    review.edit(FULL, "end: 2018-11", "end: 2016-11")
    review.write(
        "synthesis/accepted.yml",
        f"accepted:\n  - code: dates-out-of-order\n    path: {FULL}\n    reason: I like it.\n",
    )
    codes = [problem.code for problem in review.check()]
    assert codes == ["dates-out-of-order", "unneeded-acceptance"]


def test_a_reference_to_an_unreadable_record_is_not_reported_as_missing(review: ReviewFolder) -> None:
    review.edit(FULL, "issued: 2019-05", "issued: soon")
    problems: list[Problem] = review.check()
    assert [problem.code for problem in problems] == ["bad-date"]
