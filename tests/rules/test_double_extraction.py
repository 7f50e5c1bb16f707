"""Second extractions have their problems told at their own lines, and differences are settled."""

from __future__ import annotations

import pytest

from evidence_map.problems import Problem
from tests.folders import ReviewFolder
from tests.mistakes import NEW_SECOND, OTHER, PLAN, SECOND


def told(review: ReviewFolder) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.path)) for problem in review.check()]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("topic: [strength]", "topic: [strenght]", "unknown-term"),
        ("topic: [strength]", "topics: [strength]", "unknown-dimension"),
        ("roles: [keeper]", "roles: keeper", "wrong-type"),
        ("basis: abstract", "basis: abstracts", "unknown-value"),
        ("extraction:", "reference: {title: Tea}\nextraction:", "unknown-field"),
        ("kind: [delight]", "kind: &a [delight]", "anchor-or-alias"),
    ],
)
def test_a_second_extraction_is_checked_like_a_record(
    review: ReviewFolder, old: str, new: str, code: str
) -> None:
    review.edit(SECOND, old, new)
    assert (code, SECOND) in told(review)


def test_a_faulty_second_extraction_does_not_make_settled_differences_look_wrong(
    review: ReviewFolder,
) -> None:
    review.edit(SECOND, "basis: abstract", "basis: abstracts")
    assert told(review) == [("unknown-value", SECOND)]


def test_the_name_of_the_file_is_that_of_the_record(review: ReviewFolder) -> None:
    review.write("records/Muster 2020.second.yml", NEW_SECOND)
    assert told(review) == [("bad-file-name", "records/Muster 2020.second.yml")]
    (review.root / "records/Muster 2020.second.yml").unlink()
    review.write("records/mustr2020.second.yml", NEW_SECOND)
    [problem] = review.check()
    assert problem.hint == "Did you mean “muster2020”?"


def settled(review: ReviewFolder, old: str, new: str) -> list[Problem]:
    review.edit(OTHER, old, new)
    return [problem for problem in review.check() if problem.code.startswith("adjudication")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("roles\n      decision: first", "roles\n      decision: other", "first_said is missing"),
        ("decision: second", "decision: other", "neither is right, but the record still says"),
        ("decision: second", "decision: first", "the first is right, but first_said says"),
    ],
)  # fmt: skip
def test_a_decision_that_the_record_contradicts_is_refused(
    review: ReviewFolder, old: str, new: str, message: str
) -> None:
    [problem] = settled(review, old, new)
    assert problem.code == "adjudication-not-carried-out" and problem.message.startswith(message)


def test_a_correction_that_hides_the_difference_is_told_with_its_cure(review: ReviewFolder) -> None:
    [problem] = settled(review, '      first_said: ["NO"]\n', "")
    assert problem.code == "adjudication-without-difference"
    assert problem.hint.startswith("If the record was corrected since")


def test_a_difference_is_settled_once(review: ReviewFolder) -> None:
    problems = settled(review, "field: findings.warm.codes.topic", "field: sample.roles")
    assert [problem.message for problem in problems] == ["“sample.roles” is settled twice"]


def test_a_misspelt_field_is_told_with_the_nearest(review: ReviewFolder) -> None:
    [problem] = settled(review, "field: sample.roles", "field: sample.role")
    assert problem.hint.startswith("Did you mean “sample.roles”")


def test_without_a_second_extraction_nothing_can_be_settled(review: ReviewFolder) -> None:
    (review.root / SECOND).unlink()
    messages = {problem.message for problem in review.check()}
    assert messages == {"the record has no second extraction"}


def test_a_record_that_is_not_extracted_cannot_be_compared(review: ReviewFolder) -> None:
    review.write(PLAN.replace(".yml", ".second.yml"), NEW_SECOND)
    [problem] = review.check()
    assert problem.message == "the record “plan2020” is not extracted yet"


def test_a_dispute_is_told_where_the_second_says_it(review: ReviewFolder) -> None:
    place = review.edit(SECOND, "kind: [delight]", "kind: ‸[grumble]")
    [problem] = review.check()
    assert (problem.line, problem.column) == (place.line, place.column)
    assert problem.message == "“findings.warm.kind” is “delight” in the first, “grumble” here"
