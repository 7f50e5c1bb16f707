"""The list of rules, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import Enum

from evidence_map.problems import Position, Problem, Rule, Severity
from evidence_map.review import Review

Found = Iterator[tuple[Position, str, str]]
"""Place, message, and a hint (empty: the rule's cure) of each thing that a rule finds."""

RuleFunction = Callable[[Review], Found]


class Scope(Enum):
    """What a rule looks at.

    ``RECORD``: one record with its second extraction, or one review finding, beside the codebook, the
    studies, searches and appraisal tools (:data:`READ_BY_RECORD_RULES`). Such a rule finds in a part of
    the records what it finds there among all, so records can be judged in parts. ``REVIEW``: anything;
    what such a rule needs of all records are their facts (:attr:`Review.facts`).
    """

    RECORD = "record"
    REVIEW = "review"


READ_BY_RECORD_RULES = ("codebook.yml", "studies.yml", "searches.yml", "appraisal.yml")
"""The files of synthesis/ on which it depends what the rules for single records find."""

SCOPES: dict[str, Scope] = {}

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
    scope: Scope = Scope.REVIEW,
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule *code*; the texts are what the documentation prints.

    :param needs: sections of a record without which the rule cannot judge it.
    :param scope: what the rule looks at.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if code in REGISTERED:
            raise ValueError(f"two rules are called {code}")
        REGISTERED[code] = (Rule(code, title, why, cure, severity), function)
        NEEDED[code] = needs
        SCOPES[code] = scope
        return function

    return register


def find_problems(review: Review, scopes: Collection[Scope] = tuple(Scope)) -> list[Problem]:
    """Return what the rules of these *scopes* find in *review*, in no particular order."""
    return [
        described.at(position, message, hint)
        for described, function in REGISTERED.values()
        if SCOPES[described.code] in scopes
        for position, message, hint in function(review)
        if not _cut_into(review, position) & set(NEEDED[described.code])
    ]


def _cut_into(review: Review, position: Position) -> frozenset[str]:
    """Return the sections of the record at *position* of which a part could not be read."""
    if position.path.parts[0] != "records":
        return frozenset()
    return review.faulty.get(position.path.stem, frozenset())
