"""The list of rules, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence_map.problems import Position, Problem, Rule, Severity
from evidence_map.review import Review

Found = Iterator[tuple[Position, str, str]]
"""Place, message, and a hint (empty: the rule's cure) of each thing that a rule finds."""

RuleFunction = Callable[[Review], Found]

REGISTERED: dict[str, tuple[Rule, RuleFunction]] = {}

NEED_WHOLE: set[str] = set()
"""Rules that cannot judge a record of which a part could not be read."""


def rule(
    code: str,
    title: str,
    *,
    why: str,
    cure: str,
    severity: Severity = Severity.ERROR,
    needs_whole: bool = False,
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule *code*; the texts are what the documentation prints.

    :param needs_whole: whether the rule would mistake an unreadable value for a missing one.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if code in REGISTERED:
            raise ValueError(f"two rules are called {code}")
        REGISTERED[code] = (Rule(code, title, why, cure, severity), function)
        if needs_whole:
            NEED_WHOLE.add(code)
        return function

    return register


def find_problems(review: Review) -> list[Problem]:
    """Return what all rules find in *review*, in no particular order."""
    return [
        described.at(position, message, hint)
        for described, function in REGISTERED.values()
        for position, message, hint in function(review)
        if not (described.code in NEED_WHOLE and _is_faulty(review, position))
    ]


def _is_faulty(review: Review, position: Position) -> bool:
    return position.path.parts[0] == "records" and position.path.stem in review.faulty
