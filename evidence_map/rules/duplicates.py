"""Records that may describe one publication."""

from __future__ import annotations

from evidence_map.problems import Severity
from evidence_map.review import Review
from evidence_map.rules.identifiers import are_related
from evidence_map.rules.registry import Found, rule


@rule(
    "likely-duplicate",
    "Two records may be the same publication",
    why="One publication must not be counted twice, and databases write the same paper differently.",
    cure="Compare the two. The same paper: study: duplicate_of. Another version: version_of. Two "
    "reports of one study: report_of in both. Nothing of that: accept the warning with a reason in "
    "synthesis/accepted.yml.",
    severity=Severity.WARNING,
)
def likely_duplicate(review: Review) -> Found:
    """Records alike in title, authors, year and place say how they are related."""
    for key, other, reason in review.compared.alike:
        if not are_related(review, key, other) and review.study_of(key) != review.study_of(other):
            place = review.records[key].at("reference", "title")
            yield place, f"this may be the publication of records/{other}.yml: {reason}", ""
