"""Tools with groups of items, and appraisals that use them."""

from __future__ import annotations

import pytest

from evidence_map.model.synthesis import Tool
from tests.folders import ReviewFolder
from tests.mistakes import FULL

ANSWERS = """  answers:
    - {item: asked, answer: "yes", support: Twelve were asked., locator: p. 1}
    - {item: written, answer: "no", support: Cats cannot write., locator: p. 2}
"""


def appraised(review: ReviewFolder, groups: str, *items: str) -> list[str]:
    """Appraise the paper with groups and return what is wrong."""
    answers = "".join(
        f"    - {{item: {item}, answer: nearly, support: Seen., locator: p. 1}}\n" for item in items
    )
    line = f"\n  groups: {groups}" if groups else ""
    review.edit(FULL, "tool: three-questions", f"tool: two-brews{line}")
    review.edit(FULL, ANSWERS, f"  answers:\n{answers}")
    return [problem.message for problem in review.check()]


@pytest.mark.parametrize(
    ("groups", "items"),
    [
        ("[hot]", ["leaves", "kettle"]),
        ("[cold]", ["ice", "leaves"]),
        ("[hot, cold]", ["leaves", "ice", "kettle"]),
    ],
)
def test_the_items_of_the_groups_that_apply_are_answered(
    review: ReviewFolder, groups: str, items: list[str]
) -> None:
    assert appraised(review, groups, *items) == []


def test_an_item_of_another_group_is_not_asked(review: ReviewFolder) -> None:
    assert appraised(review, "[hot]", "leaves", "kettle", "ice") == ["Two brews has no item “ice”"]


def test_an_item_of_a_group_that_applies_is_not_left_out(review: ReviewFolder) -> None:
    assert appraised(review, "[hot, cold]", "leaves", "kettle") == ["not answered: ice"]


def test_groups_are_named_and_exist(review: ReviewFolder) -> None:
    assert appraised(review, "", "leaves") == ["Two brews needs the groups of items that apply"]
    review.edit(FULL, "tool: two-brews", "tool: two-brews\n  groups: [hott]")
    (problem,) = review.check()
    assert "no group “hott”" in problem.message and "“hot”" in problem.hint


@pytest.mark.parametrize(
    ("answer", "sign"),
    [
        ("Yes", "+"),
        ("No", "-"),
        ("Can’t tell", "?"),
        ("can't tell", "?"),
        ("partly", None),
        ("so so", "+"),
    ],
)
def test_well_known_answers_have_a_sign(answer: str, sign: str | None) -> None:
    fields = {"id": "t", "name": "T", "citation": "C", "items": [{"id": "i", "question": "Q"}]}
    tool = Tool.model_validate({**fields, "answers": [answer], "signs": {"so so": "+"}})
    assert tool.sign(answer) == sign
