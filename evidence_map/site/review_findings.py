"""The review findings as the pages and tables show them.

The words for levels of confidence are those of GRADE-CERQual (Lewin et al. 2018, paper 2, doi
10.1186/s13012-017-0689-2); what each means is said in our own.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence, PaperFinding, Report, Study, Term
from evidence_map.site.text import enumeration

CONFIDENCE = {
    "high": "It is highly likely that things are as this finding says.",
    "moderate": "It is likely that things are as this finding says.",
    "low": "It is possible that things are as this finding says.",
    "very low": "It is not clear whether things are as this finding says.",
}
"""What each level of confidence means, the highest first."""

_NAMED_COUNTRIES = 4

NOT_ASSESSED = "Nobody has judged yet how far this finding can be relied on."

CONCERNS = ("no or very minor", "minor", "moderate", "serious")
"""The levels of concern, the least first."""

COMPONENTS = {
    "methodological limitations": "Were the studies done in a way that can be trusted?",
    "coherence": "Does the finding fit what the studies say?",
    "adequacy": "Are the data rich enough, and is there enough of them?",
    "relevance": "Were the studies done where, and with whom, this review asks about?",
}
"""The components of a GRADE-CERQual assessment, and what each asks."""


@dataclass(frozen=True, slots=True)
class Component:
    """A component of an assessment: its level of concern, as a word and as a number from 0 to 3."""

    name: str
    question: str
    concern: str
    reason: str

    @property
    def level(self) -> int:
        """How much concern, from 0 (none or very minor) to 3 (serious)."""
        return CONCERNS.index(self.concern)


@dataclass(frozen=True, slots=True)
class Contribution:
    """A study with its reports that carry a finding, and what these say."""

    study: Study
    reports: tuple[Report, ...]
    findings: tuple[PaperFinding, ...]

    @property
    def participants(self) -> int | None:
        """How many people took part, where a report says so; None where none does.

        Reports of one study may describe the same people, so the largest of their numbers counts.
        """
        sizes = [own.row["sample_size"] for own in self.reports if own.row["sample_unit"] == "people"]
        return max((size for size in sizes if size is not None), default=None)

    def countries(self) -> list[Term]:
        """Return the countries of its reports."""
        terms = {term.id: term for report in self.reports for term in report.terms("country")}
        return list(terms.values())


class ReviewFinding:
    """A review finding with its assessment and the studies that carry it.

    :ivar row: its row of the table review_finding.
    """

    def __init__(
        self,
        row: sqlite3.Row,
        components: Iterable[Component],
        findings: list[PaperFinding],
        codes: list[Term],
        evidence: Evidence,
    ) -> None:
        self.row = row
        self.name = str(row["id"])
        self.statement = str(row["statement"])
        self.components = tuple(components)
        self.assessors = (row["assessed_by"] or "").split("; ")
        self.findings = findings
        self.codes = codes
        self._evidence = evidence

    @property
    def address(self) -> str:
        """Its page, from the root of the site."""
        return f"findings/{self.name}/"

    @property
    def confidence(self) -> str | None:
        """The level of confidence; None where it is not assessed yet."""
        level: str | None = self.row["confidence"]
        return level

    @property
    def confidence_words(self) -> str:
        """The confidence as a label: *Very low confidence*, *Not assessed yet*."""
        return f"{self.confidence} confidence".capitalize() if self.confidence else "Not assessed yet"

    @property
    def stale(self) -> bool:
        """Whether the evidence changed after the confidence was assessed."""
        return bool(self.row["stale"])

    @property
    def changes(self) -> list[str]:
        """What changed since it was assessed, in words for readers."""
        return [self._with_citation(line) for line in (self.row["changed"] or "").splitlines()]

    def _with_citation(self, change: str) -> str:
        """Return a change with the short citation in place of the reference with which it begins."""
        finding = self._evidence.findings.get(re.split("[ :]", change)[0])
        if finding is None:
            return change
        citation = self._evidence.reports[finding.record].citation
        return f"{citation}, “{finding.name}”{change.removeprefix(finding.id)}"

    @property
    def meaning(self) -> str:
        """What the level of confidence means, in a sentence."""
        return CONFIDENCE[self.confidence] if self.confidence else NOT_ASSESSED

    @property
    def strength(self) -> int:
        """The confidence from 4 (high) to 1 (very low); 0 where it is not assessed."""
        return len(CONFIDENCE) - list(CONFIDENCE).index(self.confidence) if self.confidence else 0

    @cached_property
    def contributions(self) -> list[Contribution]:
        """All studies that carry it, in the order of their labels."""
        by_study: dict[str, list[PaperFinding]] = defaultdict(list)
        for finding in self.findings:
            by_study[self._evidence.reports[finding.record].row["study"]].append(finding)
        return [
            Contribution(study, self._reports(by_study[name]), tuple(by_study[name]))
            for name, study in self._evidence.studies.items()
            if name in by_study
        ]

    def _reports(self, findings: Iterable[PaperFinding]) -> tuple[Report, ...]:
        keys = dict.fromkeys(finding.record for finding in findings)
        return tuple(self._evidence.reports[key] for key in keys)

    @cached_property
    def studies(self) -> list[Contribution]:
        """The studies that are counted."""
        return [own for own in self.contributions if any(report.counted for report in own.reports)]

    @property
    def apart(self) -> list[Contribution]:
        """What is not counted as a study: evidence syntheses and the like."""
        return [own for own in self.contributions if own not in self.studies]

    @property
    def reports(self) -> list[Report]:
        """The reports that carry it, by their short citations."""
        found = [report for own in self.contributions for report in own.reports]
        return sorted(found, key=lambda report: (report.citation.casefold(), report.key))

    @property
    def counted_reports(self) -> list[Report]:
        """Those of the reports that belong to counted studies."""
        return [report for own in self.studies for report in own.reports if report.counted]

    @property
    def participants(self) -> tuple[int, int]:
        """How many people took part, and in how many of the studies this is known."""
        known = [own.participants for own in self.studies if own.participants is not None]
        return sum(known), len(known)

    def participants_words(self) -> str:
        """Return how many people took part, and for how many studies that is not known."""
        number, known = self.participants
        if not known:
            return "Not known for any of the studies"
        unknown = len(self.studies) - known
        people = counted(number, "person", "people")
        left = f", and an unknown number in {counted(unknown, 'study', 'studies')}" if unknown else ""
        return people + left + ("; some may be counted twice" if self.overlaps() else "")

    def countries(self) -> list[tuple[Term, int]]:
        """Return the countries of the counted studies, each with its number of studies."""
        numbers = Counter(term for own in self.studies for term in own.countries())
        return sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0].label))

    @property
    def without_country(self) -> int:
        """How many of the counted studies name no country."""
        return sum(not own.countries() for own in self.studies)

    def overlaps(self) -> list[tuple[Report, Report]]:
        """Return the pairs of contributing reports of different studies that may share participants."""
        return [
            (one, other)
            for one, other in combinations(self.reports, 2)
            if other.key in one.shared and one.row["study"] != other.row["study"]
        ]

    def size_words(self) -> str:
        """Return how much it rests on: *3 studies from Canada and Norway*."""
        studies = counted(len(self.studies), "study", "studies")
        places = sorted(term.label for term, _ in self.countries())
        if not places:
            return studies
        few = len(places) <= _NAMED_COUNTRIES
        where = enumeration(places) if few else counted(len(places), "country", "countries")
        return f"{studies} from {where}" + (", where known" if self.without_country else "")


def review_findings(evidence: Evidence) -> dict[str, ReviewFinding]:
    """Return the review findings by name, in the order of their files."""
    components: dict[str, dict[str, Component]] = defaultdict(dict)
    for row in evidence.rows("SELECT * FROM review_finding_component"):
        name = row["component"]
        components[row["review_finding"]][name] = Component(
            name, COMPONENTS[name], row["concern"], row["reason"]
        )
    findings: dict[str, list[PaperFinding]] = defaultdict(list)
    sql = """SELECT review_finding, finding FROM review_finding_contribution
        ORDER BY review_finding, position"""
    for row in evidence.rows(sql):
        findings[row["review_finding"]].append(evidence.findings[row["finding"]])
    codes: dict[str, list[Term]] = defaultdict(list)
    for name, term in evidence.coded("review_finding_code", "review_finding"):
        codes[name].append(term)
    return {
        row["id"]: ReviewFinding(
            row,
            (components[row["id"]][name] for name in COMPONENTS if name in components[row["id"]]),
            findings[row["id"]],
            codes[row["id"]],
            evidence,
        )
        for row in evidence.rows("SELECT * FROM review_finding ORDER BY position")
    }


def surest_first(findings: Iterable[ReviewFinding]) -> list[ReviewFinding]:
    """Return the findings by confidence, the highest first; those not assessed stand last."""
    return sorted(findings, key=lambda finding: (-finding.strength, finding.row["position"]))
