"""Dates in an order that can be, as far as the less exact of two can tell."""

from __future__ import annotations

import pytest

from tests.folders import ReviewFolder
from tests.mistakes import FULL


@pytest.mark.parametrize(
    ("start", "end", "issued", "fine"),
    [
        ("2017", "2018-11", "2019-05", True),
        ("2018", "2018-01", "2018", True),
        ("2018-11-30", "2018-11", "2018-11-01", True),
        ("2018-12", "2018-11", "2019", False),
        ("2017", "2019-06", "2019-05", False),
        ("2017", "2019-05-31", "2019-05", True),
        ("2017", "2020", "2019", False),
        ("2017", "2020", "not reported", True),
    ],
)
def test_data_are_collected_from_start_to_end_and_then_published(
    review: ReviewFolder, start: str, end: str, issued: str, fine: bool
) -> None:
    review.edit(FULL, "{start: 2017, end: 2018-11}", f"{{start: {start}, end: {end}}}")
    review.edit(FULL, "issued: 2019-05", f"issued: {issued}")
    assert [problem.code for problem in review.check()] == ([] if fine else ["dates-out-of-order"])


def test_an_ongoing_study_may_plan_ahead(review: ReviewFolder) -> None:
    plan = review.read("records/plan2020.yml")
    review.write(
        "records/plan2020.yml", plan + "\nsetting:\n  data_collected: {start: 2020, end: 2023}\n"
    )
    assert review.check() == []
