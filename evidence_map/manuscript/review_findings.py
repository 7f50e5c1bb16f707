"""The two tables of GRADE-CERQual: the summary of qualitative findings and the evidence profile.

Both have a row for each review finding, assessed or not. Source: Lewin et al. 2018, *Applying
GRADE-CERQual to qualitative evidence synthesis findings, paper 2* (doi 10.1186/s13012-017-0689-2).
"""

from __future__ import annotations

from evidence_map.manuscript.table import Cell, Cited, Heading, Table, source
from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence
from evidence_map.site.review_findings import (
    COMPONENTS,
    Component,
    ReviewFinding,
    review_findings,
)

SUMMARY = (
    Heading("No.", 0.05),
    Heading("Review finding", 0.34),
    Heading("Confidence", 0.13),
    Heading("Why this confidence", 0.26),
    Heading("Contributing reports", 0.22),
)
"""The headings of the summary of qualitative findings."""

PROFILE = (
    Heading("No.", 0.05),
    Heading("Review finding", 0.19),
    *(Heading(name.capitalize(), 0.13) for name in COMPONENTS),
    Heading("Confidence", 0.1),
    Heading("Contributing reports", 0.14),
)
"""The headings of the evidence profile."""

_NOT_ASSESSED = "not assessed yet"


def summary_of_findings(evidence: Evidence) -> Table:
    """Return the table of all review findings with the confidence in each, and why."""
    rows = tuple(
        (
            Cell(str(number)),
            Cell(_line(finding.statement)),
            Cell(_confidence(finding)),
            Cell(_line(finding.row["confidence_reason"] or _NOT_ASSESSED)),
            _reports(finding),
        )
        for number, finding in enumerate(review_findings(evidence).values(), 1)
    )
    title = "Summary of qualitative findings"
    return Table(title, SUMMARY, rows, _note(rows, evidence), "cerqual-summary")


def evidence_profile(evidence: Evidence) -> Table:
    """Return the table of all review findings with the four components of each assessment."""
    rows = tuple(
        (
            Cell(str(number)),
            Cell(_line(finding.statement)),
            *_components(finding),
            Cell(_confidence(finding)),
            _reports(finding),
        )
        for number, finding in enumerate(review_findings(evidence).values(), 1)
    )
    title = "GRADE-CERQual evidence profile"
    return Table(title, PROFILE, rows, _note(rows, evidence), "cerqual-profile")


def _line(text: str) -> str:
    return " ".join(text.split())


def _confidence(finding: ReviewFinding) -> str:
    if finding.confidence is None:
        return _NOT_ASSESSED
    changed = " (the evidence changed after the assessment)" if finding.stale else ""
    return f"{finding.confidence} confidence{changed}"


def _components(finding: ReviewFinding) -> tuple[Cell, ...]:
    by_name = {component.name: component for component in finding.components}
    return tuple(Cell(_concern(by_name.get(name))) for name in COMPONENTS)


def _concern(component: Component | None) -> str:
    if component is None:
        return _NOT_ASSESSED
    return f"{component.concern} concerns: {_line(component.reason)}"


def _reports(finding: ReviewFinding) -> Cell:
    studies = counted(len(finding.studies), "study", "studies")
    apart = sum(len(own.reports) for own in finding.apart)
    text = f"{studies}, and {counted(apart, 'report')} shown apart" if apart else studies
    return Cell(text, tuple(Cited.report(report) for report in finding.reports))


def _note(rows: tuple[tuple[Cell, ...], ...], evidence: Evidence) -> str:
    return (
        f"{counted(len(rows), 'review finding')}. The confidence is judged with GRADE-CERQual (Lewin et "
        "al. 2018, doi:10.1186/s13012-017-0688-3) from methodological limitations, coherence, adequacy "
        f"and relevance; the number of studies does not tell it. {source(evidence)}"
    )
