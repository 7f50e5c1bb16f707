"""The pages of a map's rows: what stands in each cell. Large ones show the beginning of each list.

The live map lists all of a cell, so that these pages need not grow with the review. What papers
found is told in full where a page is small; elsewhere a link leads to it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from evidence_map.site.evidence import Evidence, PaperFinding
from evidence_map.site.live.addresses import cell_address
from evidence_map.site.map_table import Cell, Heading, MapTable
from evidence_map.site.page import Page

WHOLE = 200
"""Up to this number of entries, all of them stand on the page with what they found."""

MOST = 30
"""How many entries a cell shows on a page that holds more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A study, report or finding in a cell, with its findings there."""

    address: str
    label: str
    title: str
    findings: list[PaperFinding]

    @property
    def first(self) -> PaperFinding:
        """The first of its findings."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class CellList:
    """The list of a cell, or the beginning of it. ``live`` is where the map shows all of it."""

    column: Heading
    cell: Cell
    entries: list[Entry]
    live: str

    @property
    def left(self) -> int:
        """How many entries are left out."""
        return self.cell.count - len(self.entries)


class MapRows:
    """Renders the pages of rows. *render* fills a template."""

    def __init__(self, evidence: Evidence, render: Callable[..., Markup]) -> None:
        self.evidence = evidence
        self.render = render

    def page(self, table: MapTable, row: Heading) -> Page:
        """Return the page that lists what stands in each cell of a row."""
        address = PurePosixPath("map", table.id, row.id)
        filled = list(table.filled(row))
        is_whole = sum(cell.count for _, cell in filled) <= WHOLE
        lists = [self._list(table, row, column, cell, is_whole) for column, cell in filled]
        body = self.render(
            "map_row.html",
            address,
            table=table,
            row=row,
            lists=lists,
            is_whole=is_whole,
            is_cut=any(own.left for own in lists),
            most=MOST,
        )
        title = f"{row.label}: {table.title}"
        return Page(address, title, f"What stands behind the row {row.label}.", body, "subentry")

    def _list(
        self, table: MapTable, row: Heading, column: Heading, cell: Cell, is_whole: bool
    ) -> CellList:
        """Return the list of a cell, the latest first as on the live map."""
        place = self._places[table.unit]
        units = heapq.nsmallest(cell.count if is_whole else MOST, cell.units, key=place.__getitem__)
        entries = [self._entry(table.unit, unit, cell.units[unit]) for unit in units]
        return CellList(column, cell, entries, cell_address(table.id, row.id, column.id))

    def _entry(self, kind: str, unit: str, references: Sequence[str]) -> Entry:
        findings = [self.evidence.findings[reference] for reference in references]
        if kind == "study":
            study = self.evidence.studies[unit]
            return Entry(study.address, study.label, study.title, findings)
        key = unit if kind == "report" else findings[0].record
        report = self.evidence.reports[key]
        return Entry(f"records/{key}/", report.citation, report.row["title"], findings)

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        """The place of each study, report and finding in lists with the latest report first."""
        places: dict[str, dict[str, int]] = {"study": {}, "report": {}, "finding": {}}
        reports = sorted(
            self.evidence.reports.values(), key=lambda own: own.row["issued"] or "", reverse=True
        )
        for number, report in enumerate(reports):
            places["report"][report.key] = number
            places["study"].setdefault(report.row["study"], number)
            for finding in report.findings:
                places["finding"][finding.id] = len(places["finding"])
        return places
