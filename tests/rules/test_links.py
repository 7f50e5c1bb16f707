"""What refers to another record, study, search or finding leads there."""

from __future__ import annotations

import shutil

import pytest

from tests.folders import ReviewFolder
from tests.mistakes import FULL, OUT, PLAN, SHORT


def codes(review: ReviewFolder) -> list[str]:
    return [problem.code for problem in review.check()]


def related(review: ReviewFolder, file: str, line: str) -> None:
    text = review.read(file)
    study = f"study:\n  {line}\n"
    review.write(file, text.replace("study:\n", study) if "study:\n" in text else f"{text}\n{study}")


def test_two_records_may_share_an_identifier_if_they_say_why(review: ReviewFolder) -> None:
    review.edit(SHORT, "  issued: 2020\n", "  issued: 2020\n  doi: 10.5555/example.1\n")
    assert codes(review) == ["shared-identifier"]
    related(review, SHORT, "version_of: example2019")
    assert codes(review) == []


@pytest.mark.parametrize(("name", "value"), [("pmid", "123"), ("pmcid", "PMC9")])
def test_every_kind_of_identifier_belongs_to_one_record(
    review: ReviewFolder, name: str, value: str
) -> None:
    for file in (SHORT, PLAN):
        review.edit(file, "  issued: 2020\n", f"  issued: 2020\n  {name}: {value}\n")
    assert set(codes(review)) == {"shared-identifier"}


def test_duplicates_in_a_circle_are_told_at_each_record(review: ReviewFolder) -> None:
    shutil.rmtree(review.root / "synthesis" / "findings")
    for file, other in (
        (OUT, "plan2020"),
        (PLAN, "overview2020"),
        ("records/overview2020.yml", "bean2018"),
    ):
        text = review.read(file).replace("decision: ongoing", "decision: excluded\n  reason: coffee")
        review.write(file, text.replace("decision: included", "decision: excluded\n  reason: coffee"))
        related(review, file, f"duplicate_of: {other}")
    problems = review.check()
    assert [problem.code for problem in problems] == ["record-names-itself"] * 3
    assert all("circle" in problem.message for problem in problems)


def test_a_duplicate_is_excluded_with_its_reason(review: ReviewFolder) -> None:
    related(review, OUT, "duplicate_of: example2019")
    assert codes(review) == []


def test_samples_that_may_be_shared_are_named_by_key(review: ReviewFolder) -> None:
    related(review, PLAN, "may_share_sample_with: [example2019, exmaple2020]")
    (problem,) = review.check()
    assert problem.code == "unknown-record" and "“example2020”" in problem.hint


def test_a_link_to_an_unreadable_record_is_not_a_second_mistake(review: ReviewFolder) -> None:
    related(review, PLAN, "may_share_sample_with: [example2019]")
    review.edit(FULL, "size: 12\n  roles", "size: twelve\n  roles")
    assert codes(review) == ["wrong-type"]


def test_a_record_that_cannot_be_read_is_offered_once(review: ReviewFolder) -> None:
    review.edit(FULL, "issued: 2019-05", "issued: soon")
    related(review, SHORT, "version_of: exampl2019")
    review.edit(PLAN, "screening:", "notes: See [@exampel2019].\n\nscreening:")
    hints = [problem.hint for problem in review.check() if problem.code.startswith("unknown-")]
    assert [hint.count("“example2019”") for hint in hints] == [1, 1]
