"""The pages of the codebook's terms: what each means, and the reports that carry it.

A term can stand in thousands of reports. The latest are told with their findings, those before
them in short, and for the rest the page leads to the live list of reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from evidence_map.site.evidence import Evidence, PaperFinding, Report, Term
from evidence_map.site.finding_pages import FindingPages
from evidence_map.site.live.addresses import reports_address
from evidence_map.site.map_table import MapTable
from evidence_map.site.page import Page
from evidence_map.site.paging import excerpt
from evidence_map.site.text import source_line

IN_FULL = 50
"""How many reports stand on the page of a term with their findings; the latest come first."""

LISTED = 200
"""How many reports stand on the page of a term at all."""


class TermPages:
    """Renders the pages. *render* fills a template; *findings* knows the review findings."""

    def __init__(
        self, evidence: Evidence, render: Callable[..., Markup], findings: FindingPages
    ) -> None:
        self.evidence = evidence
        self.render = render
        self.findings = findings

    def pages(self, maps: Sequence[MapTable]) -> Iterator[Page]:
        """Yield the page of every term; each leads to the first of the *maps* with it in the rows."""
        tables: dict[str, MapTable] = {}
        for table in maps:
            tables.setdefault(table.row_dimension, table)
        for dimension, terms in self.evidence.terms.items():
            for term in terms.values():
                yield self.page(dimension, term, tables.get(dimension))

    def page(self, dimension: str, term: Term, table: MapTable | None = None) -> Page:
        """Return the page of a term. *table* is the map that has it in its rows."""
        address = PurePosixPath("codebook", dimension, term.id)
        keys = self.evidence.reports_by_term.get((dimension, term.id), [])
        listed = excerpt(keys, IN_FULL, LISTED)
        below = self._below(dimension, term)
        reports = [self.evidence.reports[key] for key in (*listed.full, *listed.short)]
        body = self.render(
            "term.html",
            address,
            term=term,
            dimension=self.evidence.dimensions[dimension],
            groups=self._groups(dimension, term),
            narrower=[t for t in self.evidence.terms[dimension].values() if t.parent == term.id],
            counts=self.evidence.counts[dimension, term.id],
            examples=self.evidence.examples.get((dimension, term.id), []),
            listed=listed,
            reports=reports,
            findings={own.key: _with_terms(own, dimension, below) for own in reports},
            live=reports_address("counted", {dimension: term.id}),
            without_findings=self._without_findings[dimension, term.id],
            review_findings=self.findings.coded(dimension, below),
            table=table,
            source_line=source_line,
        )
        return Page(address, term.label, term.definition, body, "subentry")

    @cached_property
    def _without_findings(self) -> Counter[tuple[str, str]]:
        """How many counted reports under each term tell no finding: lists of reports show them."""
        silent: Counter[tuple[str, str]] = Counter()
        for report in self.evidence.reports.values():
            if report.counted and not report.findings:
                silent.update(
                    {
                        (own.dimension, above.id)
                        for own in report.codes
                        for above in (own, *self._groups(own.dimension, own))
                    }
                )
        return silent

    def _groups(self, dimension: str, term: Term) -> list[Term]:
        """Return the groups above a term, the outermost first."""
        groups: list[Term] = []
        while term.parent is not None:
            term = self.evidence.terms[dimension][term.parent]
            groups.insert(0, term)
        return groups

    def _below(self, dimension: str, term: Term) -> set[str]:
        """Return the ids of a term and of everything below it."""
        return {
            other.id
            for other in self.evidence.terms[dimension].values()
            if other.id == term.id or term in self._groups(dimension, other)
        }


def _with_terms(report: Report, dimension: str, terms: set[str]) -> list[PaperFinding]:
    """Return the findings of a report that stand under one of the *terms* of a dimension."""
    return [
        finding
        for finding in report.findings
        if any(own.dimension == dimension and own.id in terms for own in finding.placed_terms)
    ]
