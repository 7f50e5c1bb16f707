"""The main question to a review: is anything wrong, and where?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidence_map.front_matter import FRONT_MATTER
from evidence_map.garbage import left_alone
from evidence_map.judgements import MakeRows
from evidence_map.kept_judgements import KeptJudgements
from evidence_map.kept_work import KeptWork, kept_folder
from evidence_map.loading import load_review
from evidence_map.problems import Problem, Rule, Severity, errors_in
from evidence_map.review import Review
from evidence_map.review_files import FILE_RULES
from evidence_map.rules import REGISTERED, find_problems
from evidence_map.rules.registry import Scope
from evidence_map.value_rules import VALUE_RULES
from evidence_map.yaml_source import SOURCE_RULES

UNNEEDED_ACCEPTANCE = Rule(
    "unneeded-acceptance",
    "A warning is accepted that no longer occurs",
    "A stale exception would hide the next mistake of its kind.",
    "Delete the entry from synthesis/accepted.yml.",
)


def rule_groups() -> list[tuple[str, list[Rule]]]:
    """Return every rule that a problem can name, in groups as the documentation shows them."""
    registered = [rule for rule, _ in REGISTERED.values()]
    return [
        ("Files", list(FILE_RULES)),
        ("The text of a file", [*SOURCE_RULES, FRONT_MATTER]),
        ("Single values", list(VALUE_RULES)),
        ("The review as a whole", [*registered, UNNEEDED_ACCEPTANCE]),
    ]


def all_rules() -> list[Rule]:
    """Return every rule that a problem can name."""
    return [rule for _, rules in rule_groups() for rule in rules]


@dataclass(frozen=True)
class Checked:
    """What :func:`check` found. ``review`` is None where it could not be read as a whole."""

    review: Review | None
    problems: list[Problem]
    accepted: int = 0

    @property
    def passes(self) -> bool:
        """Whether the review can be built."""
        return self.review is not None and not errors_in(self.problems)


@left_alone()
def check(root: Path, make_rows: MakeRows | None = None) -> Checked:
    """Read the review in *root* and return every problem in it, sorted by place.

    :param make_rows: makes the database rows of records that are read for the check, so that they need
        not be read again to be stored: :func:`~evidence_map.database.record_parts.packed_rows`.
    """
    kept = KeptJudgements(KeptWork("records", kept_folder()), make_rows=make_rows)
    review, problems = load_review(root, kept.judge)
    accepted = 0
    if review is not None:
        kept.compare(review)
        problems = problems + find_problems(review, [Scope.REVIEW])
        problems += find_problems(review.without_records(), [Scope.RECORD])
        problems, accepted = without_accepted(review, problems)
        kept.keep(review)
    return Checked(review, sorted(set(problems)), accepted)


def without_accepted(review: Review, problems: list[Problem]) -> tuple[list[Problem], int]:
    """Leave out warnings that are accepted with a reason; an acceptance without one is an error."""
    used: set[int] = set()
    kept: list[Problem] = []
    for problem in problems:
        matches = [
            index
            for index, entry in enumerate(review.accepted)
            if problem.severity is Severity.WARNING
            and entry.value.code == problem.code
            and entry.value.path == str(problem.path)
        ]
        used.update(matches)
        if not matches:
            kept.append(problem)
    unneeded = [
        UNNEEDED_ACCEPTANCE.at(
            entry.at("code"), f"{entry.value.path} no longer has the warning “{entry.value.code}”"
        )
        for index, entry in enumerate(review.accepted)
        if index not in used and PurePosixPath(entry.value.path).stem not in review.faulty
    ]
    return kept + unneeded, len(problems) - len(kept)
