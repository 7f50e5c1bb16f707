"""The list of rules, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence_map.problems import Position, Problem, Rule, Severity
from evidence_map.review import Review

Found = Iterator[tuple[Position, str, str]]
"""Place, message, and a hint (empty: the rule's cure) of each thing that a rule finds."""

RuleFunction = Callable[[Review], Found]

REGISTERED: dict[str, tuple[Rule, RuleFunction]] = {}

NEEDED: dict[str, tuple[str, ...]] = {}
"""Sections of a record that a rule needs whole: it would mistake an unreadable value for none."""


def rule(
    code: str,
    title: str,
    *,
    why: str,
    cure: str,
    severity: Severity = Severity.ERROR,
    needs: tuple[str, ...] = (),
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule *code*; the texts are what the documentation prints.

    :param needs: sections of a record without which the rule cannot judge it.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if code in REGISTERED:
            raise ValueError(f"two rules are called {code}")
        REGISTERED[code] = (Rule(code, title, why, cure, severity), function)
        NEEDED[code] = needs
        return function

    return register


def find_problems(review: Review) -> list[Problem]:
    """Return what all rules find in *review*, in no particular order."""
    return [
        described.at(position, message, hint)
        for described, function in REGISTERED.values()
        for position, message, hint in function(review)
        if not _cut_into(review, position) & set(NEEDED[described.code])
    ]


def _cut_into(review: Review, position: Position) -> frozenset[str]:
    """Return the sections of the record at *position* of which a part could not be read."""
    if position.path.parts[0] != "records":
        return frozenset()
    return review.faulty.get(position.path.stem, frozenset())
