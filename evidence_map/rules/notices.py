"""Papers that were retracted, or about which there are concerns."""

from __future__ import annotations

from evidence_map.model.notice import NOT_TO_RELY_ON, TOLD_IN_TITLE, standing
from evidence_map.model.scalars import record_of
from evidence_map.problems import Severity, quoted
from evidence_map.review import Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "retracted-contribution",
    "A review finding rests on a paper that was retracted, or about which there are concerns",
    why="What such a paper found may be wrong; Cochrane asks to look for retractions (MECIR C48).",
    cure="Read the notice. Take the reference out, or say in the review finding what the notice "
    "changes, judge its confidence anew, and accept the warning in synthesis/accepted.yml.",
    severity=Severity.WARNING,
)
def retracted_contribution(review: Review) -> Found:
    """Contributing findings are those of papers that stand."""
    for page in review.findings.values():
        for index, reference in enumerate(page.fields.value.contributing):
            record = review.records.get(record_of(reference))
            told = standing(record.value.notices) if record else None
            if told in NOT_TO_RELY_ON:
                place = page.fields.at("contributing", index)
                yield place, f"“{reference}” is a finding of a paper that is {told}", ""


@rule(
    "retraction-not-told",
    "The title tells of a retraction, and the record has no notice of it",
    why="The title is all that says so: maps, lists and exports would show the paper as any other.",
    cure="Add it under “notices”: {kind: retraction, doi: …, date: …}, and give the paper its own "
    "title.",
    severity=Severity.WARNING,
    scope=Scope.RECORD,
)
def retraction_not_told(review: Review) -> Found:
    """A paper whose title says that it was retracted has a notice."""
    for record in review.records.values():
        title = record.value.reference.title
        if not record.value.notices and (match := TOLD_IN_TITLE.match(title)):
            yield record.at("reference", "title"), f"the title begins with {quoted(match.group())}", ""
