"""What an included report must say."""

from __future__ import annotations

from evidence_map.model.record import Basis, Decision
from evidence_map.problems import Severity
from evidence_map.review import Review, as_terms
from evidence_map.rules.registry import Found, Scope, rule

REQUIRED = {
    "extraction": "what the record rests on",
    "design": "how the study was done",
    "sample": "who took part",
    "setting": "where and when",
    "findings": "at least one finding",
}
"""The sections of an included report, and what each says."""


@rule(
    "incomplete-record",
    "An included report lacks a section",
    why="It would stand on the map with blank cells that could mean anything.",
    cure="Add the section; write “not reported” where the source is silent.",
    scope=Scope.RECORD,
)
def incomplete_record(review: Review) -> Found:
    """What is included has extraction, design, sample, setting and a finding."""
    for key, record in review.records.items():
        if record.value.screening.decision is not Decision.INCLUDED:
            continue
        for section, what in REQUIRED.items():
            unreadable = section in review.faulty.get(key, ())
            if getattr(record.value, section) is None and not unreadable:
                place = record.at("screening", "decision")
                yield place, f"the report is included, but “{section}” ({what}) is missing", ""


@rule(
    "findings-from-title",
    "Findings are coded, but only the title was read",
    why="A title announces a finding at most; it does not report one.",
    cure="Read the abstract or the full text, or leave the report awaiting.",
    severity=Severity.WARNING,
    scope=Scope.RECORD,
)
def findings_from_title(review: Review) -> Found:
    """Findings need at least an abstract."""
    for record in review.extracted:
        extraction = record.value.extraction
        if extraction and extraction.basis is Basis.TITLE and record.value.findings:
            yield record.at("extraction", "basis"), "findings are coded from a title alone", ""


@rule(
    "uncoded-finding",
    "A finding has no codes",
    why="It would stand on no map and come up in no filter.",
    cure="Code it in at least one dimension of the codebook.",
    severity=Severity.WARNING,
    needs=("findings",),
    scope=Scope.RECORD,
)
def uncoded_finding(review: Review) -> Found:
    """Every finding carries at least one term."""
    for record in review.extracted:
        for index, finding in enumerate(record.value.findings or []):
            if not any(as_terms(terms) for terms in finding.codes.values()):
                place = record.at("findings", index, "id")
                yield place, f"the finding “{finding.id}” has no codes", ""
