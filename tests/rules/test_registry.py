"""Rules are registered once, documented, and never fail on a valid review."""

from __future__ import annotations

import pytest

from evidence_map.loading import load_review
from evidence_map.rules import REGISTERED, find_problems
from evidence_map.rules.registry import rule
from tests.reviews import LIGHTHOUSE, REPOSITORY


def test_two_rules_cannot_have_one_code() -> None:
    code = next(iter(REGISTERED))
    with pytest.raises(ValueError, match=code):
        rule(code, "title", why="why", cure="cure")(lambda review: iter(()))


@pytest.mark.parametrize("code", REGISTERED)
def test_every_rule_says_what_must_be_true(code: str) -> None:
    described, function = REGISTERED[code]
    assert described.code == code
    assert function.__doc__ and function.__doc__.rstrip().endswith(".")


@pytest.mark.parametrize("root", [LIGHTHOUSE, REPOSITORY], ids=lambda root: root.name)
def test_valid_reviews_have_no_problem(root: object) -> None:
    review, problems = load_review(root)  # type: ignore[arg-type]
    assert review is not None and problems == [] and find_problems(review) == []
