"""What the lists of the live pages show of each report, in parts that are fetched when needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.live.columns import decision
from evidence_map.site.record_page import RecordView
from evidence_map.site.text import source_line, typeset

PART = 256
"""How many reports one part holds: small enough for a phone, few enough requests for a list."""


class Texts:
    """The texts of *reports*, which stand in the order of the columns."""

    def __init__(self, evidence: Evidence, reports: Sequence[Report]) -> None:
        self.evidence = evidence
        self.reports = reports
        self.approach = next(
            (own.id for own in evidence.dimensions.values() if own.field == "design.approach"), None
        )

    def keys(self) -> str:
        """Return the keys of all reports, in order."""
        return _json([report.key for report in self.reports])

    def parts(self) -> Iterator[str]:
        """Yield the parts, each a list of reports."""
        for start in range(0, len(self.reports), PART):
            yield _json([self._report(report) for report in self.reports[start : start + PART]])

    def _report(self, report: Report) -> dict[str, Any]:
        study = self.evidence.studies[report.row["study"]]
        text = {
            "key": report.key,
            "citation": report.citation,
            "title": report.row["title"],
            "source": source_line(report),
            "badges": self._badges(report),
            "findings": [
                [finding.name, typeset(finding.statement), typeset(finding.locator)]
                for finding in report.findings
            ],
        }
        if study.declared:
            text["study"] = {"id": study.id, "label": study.label, "title": study.title}
        return text

    def _badges(self, report: Report) -> list[str]:
        """Return the design, the country, what was read, and how it was appraised."""
        badges = [
            ", ".join(term.label for term in report.terms(dimension))
            for dimension in (self.approach, "country")
            if dimension
        ]
        view = RecordView.of(self.evidence, report)
        badges.insert(0, report.warning)
        if decision(report) != "counted":
            badges.append(view.decision())
        if report.row["sample_size"] is not None:
            badges.append(view.fact("sample.size").text)
        badges.append(view.basis())
        tool = report.appraisal["name"] if report.appraisal else None
        badges.append(f"Appraised with {tool}" if tool else "Not appraised")
        return [badge for badge in badges if badge]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
