"""Decisions of screening that lack what they need."""

from __future__ import annotations

from evidence_map.model.absence import Absence
from evidence_map.model.record import Decision
from evidence_map.review import Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "exclusion-without-reason",
    "An excluded report has no reason",
    why="PRISMA 2020 (item 16b) asks for the reason of each exclusion.",
    cure="Add screening: reason with a term of the codebook.",
    needs=("screening",),
    scope=Scope.RECORD,
)
def exclusion_without_reason(review: Review) -> Found:
    """Every exclusion says why."""
    for record in review.records.values():
        screening = record.value.screening
        if screening.decision is Decision.EXCLUDED and isinstance(screening.reason, Absence):
            place = record.at("screening", "decision")
            yield place, "the report is excluded, but no reason is given", ""


@rule(
    "reason-without-exclusion",
    "A reason for exclusion stands at a report that is not excluded",
    why="Either the decision or the reason is wrong.",
    cure="Set decision: excluded, or delete the reason; a doubt belongs in screening: note.",
    scope=Scope.RECORD,
)
def reason_without_exclusion(review: Review) -> Found:
    """Only exclusions have a reason."""
    for record in review.records.values():
        screening = record.value.screening
        if screening.decision is not Decision.EXCLUDED and not isinstance(screening.reason, Absence):
            place = record.at("screening", "reason")
            yield place, f"a reason for exclusion, but the decision is “{screening.decision}”", ""


@rule(
    "duplicate-not-excluded",
    "A duplicate is not excluded",
    why="The same publication would be counted twice.",
    cure="Set decision: excluded with the reason for duplicates, or delete duplicate_of.",
    scope=Scope.RECORD,
)
def duplicate_not_excluded(review: Review) -> Found:
    """A record that is the duplicate of another is never included."""
    for record in review.records.values():
        study = record.value.study
        if study and study.duplicate_of and record.value.screening.decision is not Decision.EXCLUDED:
            yield (
                record.at("study", "duplicate_of"),
                f"a duplicate of {study.duplicate_of}, but the decision is "
                f"“{record.value.screening.decision}”",
                "",
            )
