"""The pages of review findings: the list with its tables, and a page for each finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from evidence_map.exports.review_citation import review_citation
from evidence_map.manuscript.characteristics import of_study
from evidence_map.manuscript.review_findings import evidence_profile, summary_of_findings
from evidence_map.site.cited_text import Citing
from evidence_map.site.evidence import Evidence, PaperFinding, Term
from evidence_map.site.page import Page, way_to_root
from evidence_map.site.review_findings import (
    CONFIDENCE,
    NOT_ASSESSED,
    Contribution,
    ReviewFinding,
    review_findings,
    surest_first,
)

ON_HOME = 3
"""How many review findings the first page shows."""

LEVELS = {f"{level} confidence".capitalize(): meaning for level, meaning in CONFIDENCE.items()}


@dataclass(frozen=True, slots=True)
class Contributor:
    """A study beside the others that carry a finding: what it says, and how it was done."""

    contribution: Contribution
    sample: str
    participants: list[str]
    setting: str
    appraisal: str
    basis: str


class FindingPages:
    """Renders what readers see of the review findings.

    :param render: renders a template for the page at an address.
    :param citing: resolves what the narratives cite.
    """

    def __init__(
        self,
        evidence: Evidence,
        render: Callable[..., Markup],
        citing: Citing,
    ) -> None:
        self.evidence = evidence
        self._render = render
        self._citing = citing

    @cached_property
    def all(self) -> dict[str, ReviewFinding]:
        """The review findings by name."""
        return review_findings(self.evidence)

    @cached_property
    def resting_on(self) -> dict[str, list[ReviewFinding]]:
        """The review findings that each finding of a paper contributes to, by its reference."""
        found: dict[str, list[ReviewFinding]] = defaultdict(list)
        for finding in self.all.values():
            for contributing in finding.findings:
                found[contributing.id].append(finding)
        return found

    def foremost(self) -> list[ReviewFinding]:
        """Return the findings for the first page: those that can be relied on most."""
        return surest_first(self.all.values())[:ON_HOME]

    def listing(self, address: PurePosixPath) -> Markup:
        """Return the list of all review findings with the tables of GRADE-CERQual."""
        return self._render(
            "findings.html",
            address,
            findings=self.all,
            groups=self.groups(),
            levels=LEVELS,
            not_assessed=NOT_ASSESSED,
            tables=[summary_of_findings(self.evidence), evidence_profile(self.evidence)],
        )

    def groups(self) -> list[tuple[Term | None, list[ReviewFinding]]]:
        """Return the findings under the terms by which the protocol groups them, the surest first.

        A finding with several terms stands under each; those with none stand last, under None.
        """
        terms = self.evidence.terms.get(self.evidence.meta.get("findings_by", ""), {})
        groups: list[tuple[Term | None, list[ReviewFinding]]] = [
            (term, surest_first(own for own in self.all.values() if term in own.codes))
            for term in terms.values()
        ]
        listed = {own.name for _, findings in groups for own in findings}
        left = surest_first(own for own in self.all.values() if own.name not in listed)
        return [group for group in [*groups, (None, left)] if group[1]]

    def coded(self, dimension: str, terms: Collection[str]) -> list[ReviewFinding]:
        """Return the findings with one of the *terms* of a dimension, the surest first."""
        return surest_first(
            own
            for own in self.all.values()
            if any(term.dimension == dimension and term.id in terms for term in own.codes)
        )

    def pages(self) -> Iterator[Page]:
        """Yield the page of each review finding."""
        for finding in self.all.values():
            yield self.page(finding)

    def page(self, finding: ReviewFinding) -> Page:
        """Return the page of a review finding."""
        address = PurePosixPath("findings", finding.name)
        narrative = self._citing.text(finding.row["text"], way_to_root(address))
        reports = [*finding.reports, *(self.evidence.reports[own.key] for own in narrative.references)]
        body = self._render(
            "finding.html",
            address,
            finding=finding,
            narrative=narrative,
            studies=[self._contributor(own) for own in finding.studies],
            apart=[self._contributor(own) for own in finding.apart],
            kinds=self._kinds,
            references=self._citing.references(reports),
            citation=self._citation(finding),
        )
        description = f"{finding.confidence_words}. {finding.size_words()}."
        return Page(address, finding.statement, description, body, "entry")

    def _contributor(self, contribution: Contribution) -> Contributor:
        reports = contribution.reports
        told: dict[str, Any] = {
            aspect: of_study(reports, self.evidence, aspect)
            for aspect in ("sample", "setting", "appraisal", "basis")
        }
        if not any(report.appraisal for report in reports):
            told["appraisal"] = "not yet appraised"
        described = (report.row["sample_description"] for report in reports)
        return Contributor(
            contribution, participants=list(dict.fromkeys(filter(None, described))), **told
        )

    def _kinds(self, finding: PaperFinding) -> list[Term]:
        """Return what kind of finding it is, where the codebook has a dimension for that."""
        own = self.evidence.dimensions
        return [term for term in finding.terms if own[term.dimension].field == "kind"]

    def _citation(self, finding: ReviewFinding) -> str:
        """Return how the finding is cited: as a part of the review, with its confidence."""
        whole = review_citation(self.evidence)
        address = self.evidence.meta.get("address") or ""
        if address and whole.endswith(address):
            whole = f"{whole.removesuffix(address)}{address.rstrip('/')}/{finding.address}"
        words = finding.confidence_words.lower()
        return f"“{finding.statement.rstrip('.')}” [review finding, {words}]. In: {whole}"
