"""The list of rules, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence_map.problems import Position, Problem, Rule, Severity
from evidence_map.review import Review

Found = Iterator[tuple[Position, str, str]]
"""Place, message, and a hint (empty: the rule's cure) of each thing that a rule finds."""

RuleFunction = Callable[[Review], Found]

REGISTERED: dict[str, tuple[Rule, RuleFunction]] = {}


def rule(
    code: str, title: str, *, why: str, cure: str, severity: Severity = Severity.ERROR
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule *code*; the texts are what the documentation prints."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in REGISTERED:
            raise ValueError(f"two rules are called {code}")
        REGISTERED[code] = (Rule(code, title, why, cure, severity), function)
        return function

    return register


def find_problems(review: Review) -> list[Problem]:
    """Return what all rules find in *review*, in no particular order."""
    return [
        described.at(position, message, hint)
        for described, function in REGISTERED.values()
        for position, message, hint in function(review)
    ]
