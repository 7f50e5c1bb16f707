"""Everything that the page of a record is made from, as plain values.

The page shows nothing else, since its template is given nothing else. So a digest of these values
tells whether the page of an earlier build is still the same, and they can be handed to another process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic_core import to_json

from evidence_map.exports.citation_styles import Citation
from evidence_map.kept_work import key_of
from evidence_map.site.cited_text import Citing, Reference
from evidence_map.site.compared import Compared, compared
from evidence_map.site.evidence import Evidence, Report, Row, Study, Term
from evidence_map.site.finding_pages import FindingPages
from evidence_map.site.flow_pages import FlowPages
from evidence_map.site.map_table import MapTable
from evidence_map.site.record_page import Frame


@dataclass(frozen=True, slots=True)
class Named:
    """Another report: its key and its short citation."""

    key: str
    citation: str


@dataclass(frozen=True, slots=True)
class MapName:
    """A map: its name in addresses and its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report stands: a dimension of rows, the maps that have it, and the report's rows."""

    label: str
    maps: list[MapName]
    rows: list[Term]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A review finding to which a finding of the report contributes."""

    address: str
    statement: str
    strength: int
    confidence_words: str


@dataclass(frozen=True, slots=True)
class FoundBy:
    """A search that found the report: its page and where it searched."""

    address: str
    source: str


@dataclass(frozen=True, slots=True)
class RecordSource:
    """What the page of one record is made from.

    :ivar contributions: the review findings that rest on each finding, by the finding's reference.
    :ivar second: the row of the second extraction, if there is one.
    :ivar cited: the references of what its notes cite, by key.
    """

    report: Report
    study: Study
    companions: list[Named]
    shared: list[Named]
    duplicate_of: Named | None
    version_of: Named | None
    places: list[Place]
    citations: list[Citation]
    contributions: dict[str, list[Contribution]]
    searches: list[FoundBy]
    twice: list[Compared]
    second: Row | None
    cited: dict[str, Reference]


class RecordSources:
    """Gathers what the pages of records are made from.

    :param maps: returns the published maps.
    :param keys: the records; all where none are given.

    ``keys`` are those of the records, in their order.
    """

    def __init__(
        self,
        evidence: Evidence,
        citing: Citing,
        findings: FindingPages,
        flow_pages: FlowPages,
        maps: Callable[[], list[MapTable]],
        keys: Sequence[str] | None = None,
    ) -> None:
        self.evidence = evidence
        self.keys = list(evidence.reports) if keys is None else keys
        self._citing = citing
        self._findings = findings
        self._flow_pages = flow_pages
        self._maps = maps

    @cached_property
    def frame(self) -> Frame:
        """What the pages of all records share."""
        return Frame.of(self.evidence)

    def source(self, key: str) -> RecordSource:
        """Return what the page of a record is made from."""
        evidence, report = self.evidence, self.evidence.reports[key]
        row = report.row
        study = evidence.studies[row["study"]]
        return RecordSource(
            report=report,
            study=study,
            companions=[self._named(key) for key in study.reports if key != report.key],
            shared=[self._named(key) for key in report.shared],
            duplicate_of=self._named(row["duplicate_of"]) if row["duplicate_of"] else None,
            version_of=self._named(row["version_of"]) if row["version_of"] else None,
            places=self._places(report),
            citations=self._citing.of(report),
            contributions={
                finding.id: own
                for finding in report.findings
                if (own := self._contributions.get(finding.id))
            },
            searches=[self._searches[name] for name in self._searches if name in report.searches],
            twice=[compared(evidence, own) for own in evidence.comparisons.get(report.key, [])],
            second=self._seconds.get(report.key),
            cited=self._citing.cited_in(row["notes"]),
        )

    def _named(self, key: str) -> Named:
        return Named(key, self.evidence.reports[key].citation)

    def _places(self, report: Report) -> list[Place]:
        """Return where a counted report stands on the maps."""
        if not report.counted:
            return []
        own = {(term.dimension, term.id) for term in report.codes}
        own |= {(term.dimension, term.id) for each in report.findings for term in each.placed_terms}
        found = []
        for dimension, maps in self._maps_of.items():
            terms = self.evidence.terms[dimension].values()
            rows = [term for term in terms if (dimension, term.id) in own]
            if rows:
                found.append(Place(self.evidence.dimensions[dimension].label, maps, rows))
        return found

    @cached_property
    def _maps_of(self) -> dict[str, list[MapName]]:
        """The maps by the dimension of their rows, in their order."""
        found: dict[str, list[MapName]] = {}
        for table in self._maps():
            found.setdefault(table.row_dimension, []).append(MapName(table.id, table.title))
        return found

    @cached_property
    def _contributions(self) -> dict[str, list[Contribution]]:
        return {
            reference: [
                Contribution(own.address, own.statement, own.strength, own.confidence_words)
                for own in findings
            ]
            for reference, findings in self._findings.resting_on.items()
        }

    @cached_property
    def _searches(self) -> dict[str, FoundBy]:
        return {
            search.row["id"]: FoundBy(search.address, search.row["source"])
            for search in self._flow_pages.searches
        }

    @cached_property
    def _seconds(self) -> dict[str, Row]:
        rows = self.evidence.rows("SELECT * FROM second_extraction ORDER BY record")
        return {row["record"]: dict(row) for row in rows}


def digest_of(made_by: str, source: Any) -> str:
    """Return a digest of plain values and of what makes a page from them: the key of that page.

    :param made_by: a digest of everything else that the page is made from.
    :param source: what it is made from, of dataclasses, dictionaries, lists and plain values.
    :raises ValueError: if *source* holds anything whose content cannot be told.
    """
    return key_of(made_by, to_json(source))
