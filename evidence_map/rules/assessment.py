"""Assessments of confidence that do not show, or no longer show, what they rest on."""

from __future__ import annotations

from evidence_map.evidence_digest import EvidenceDigests, changes
from evidence_map.problems import Severity, nearest
from evidence_map.review import Review
from evidence_map.rules.registry import Found, rule

MOST_CHANGES = 6
"""Changes that a message names; the command “assess” shows all."""


@rule(
    "unrecorded-evidence",
    "An assessment does not record the evidence that it rests on",
    why="A later change of a study, a finding or an appraisal could not be noticed, and the "
    "confidence would be shown as if it still held.",
    cure="Run “python build.py assess” with the name of the finding.",
)
def unrecorded_evidence(review: Review) -> Found:
    """Every assessment carries the digests of its evidence."""
    for name, page in review.findings.items():
        cerqual = page.fields.value.cerqual
        if cerqual is not None and cerqual.evidence is None:
            hint = f"Run “python build.py assess {name}”."
            place = page.fields.at("cerqual", name=True)
            yield place, "the evidence under this assessment is not recorded", hint


@rule(
    "stale-assessment",
    "The evidence changed after the confidence was assessed",
    why="The confidence was given to other evidence. It may still hold, but someone has to look.",
    cure="Read what changed, correct the assessment where needed, and run “assess” again.",
    severity=Severity.WARNING,
)
def stale_assessment(review: Review) -> Found:
    """What an assessment rests on is as it was (GRADE-CERQual: judgements are about given data)."""
    digests = EvidenceDigests(review)
    for name, page in review.findings.items():
        finding = page.fields.value
        if finding.cerqual is None or finding.cerqual.evidence is None:
            continue
        if any(key in review.faulty for key in finding.records):
            continue
        changed = changes(finding.cerqual.evidence, digests.now(finding))
        if changed:
            shown = "; ".join(changed[:MOST_CHANGES])
            more = len(changed) - MOST_CHANGES
            shown += f"; and {more} more" if more > 0 else ""
            hint = (
                "Read it again, correct the assessment where needed, then run "
                f"“python build.py assess {name}”."
            )
            place = page.fields.at("cerqual", "evidence", name=True)
            yield place, f"changed since this was assessed: {shown}", hint


@rule(
    "findings-by",
    "Review findings are listed by a dimension that cannot order them",
    why="The list of review findings would have no headings.",
    cure="Name a dimension of the codebook that applies to findings.",
)
def findings_by(review: Review) -> Found:
    """``findings_by`` is a dimension of findings."""
    name = review.protocol.value.findings_by
    if name is None:
        return
    place = review.protocol.at("findings_by")
    dimension = review.frame.dimensions.get(name)
    fitting = [each.id for each in review.codebook.value.dimensions if each.applies_to == "findings"]
    hint = nearest(name, fitting) or "Dimensions of findings are: " + ", ".join(fitting) + "."
    if dimension is None:
        yield place, f"the codebook has no dimension “{name}”", hint
    elif dimension.applies_to != "findings":
        yield place, f"“{name}” is coded at records, not at findings", hint
