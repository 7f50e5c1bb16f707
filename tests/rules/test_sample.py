"""Numbers of a sample add up where the paper gives its parts."""

from __future__ import annotations

import pytest

from tests.folders import ReviewFolder
from tests.mistakes import FULL

PARTS = "        - {label: keepers, size: 10}\n        - {label: cats, size: 2}\n"


@pytest.mark.parametrize(
    ("sizes", "kind", "message"),
    [
        ((10, 2), "complete", ""),
        ((10, 3), "complete", "10 + 3 = 13, but the sample is 12"),
        ((10, 1), "complete", "10 + 1 = 11, but the sample is 12"),
        ((10, 1), "incomplete", ""),
        ((10, 3), "incomplete", "10 + 3 = 13, more than the sample of 12"),
        ((10, 10), "overlapping", ""),
        ((10, 13), "overlapping", "is 13, more than the sample of 12"),
        ((12,), "complete", ""),
        ((11,), "complete", "are 11, but the sample is 12"),
    ],
)
def test_parts_add_up_as_they_say(
    review: ReviewFolder, sizes: tuple[int, ...], kind: str, message: str
) -> None:
    parts = "".join(f"        - {{label: part {n}, size: {size}}}\n" for n, size in enumerate(sizes))
    review.edit(FULL, PARTS, f"{parts}      parts_are: {kind}\n")
    problems = review.check()
    assert [problem.code for problem in problems] == (["parts-do-not-add-up"] if message else [])
    assert message in "".join(problem.message for problem in problems)


@pytest.mark.parametrize("size", ["not reported", "not yet extracted"])
def test_nothing_is_added_up_without_a_size(review: ReviewFolder, size: str) -> None:
    review.edit(FULL, "  size: 12\n", f"  size: {size}\n")
    assert review.check() == []


@pytest.mark.parametrize("invited", ["not reported", "12", "500"])
def test_those_who_take_part_are_among_the_invited(review: ReviewFolder, invited: str) -> None:
    review.edit(FULL, "people_invited: 14", f"people_invited: {invited}")
    assert review.check() == []
