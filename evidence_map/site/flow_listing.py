"""What stands behind a box of the flow diagram, in lists that stay readable.

A record goes through several boxes and ends in one. Where a box holds many, all records are listed
at the box in which they end, on as many pages as it takes; the boxes before it show the first few
and lead there. So every list is complete somewhere, and none is there five times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from evidence_map.site.evidence import Report
from evidence_map.site.flow import Box, Flow, Group, LeftOut
from evidence_map.site.paging import PER_PAGE, Paging

BEGINNING = 20
"""How many records of a group are shown where another page lists all of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record in the listing of a box: the numbers of its column and group, from 0."""

    column: int
    group: int
    report: Report


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A part of a group that one page shows; ``left`` are the records that only its home lists."""

    group: Group
    reports: list[Report]
    left: int


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """What a page shows of a column of the box; ``later`` is the page where its list begins."""

    box: Box
    groups: list[ShownGroup]
    left_out: Sequence[LeftOut]
    later: int


class BoxListing:
    """The pages of a box, whose first one stands at *address*."""

    def __init__(self, address: PurePosixPath, flow: Flow, boxes: Sequence[Box]) -> None:
        self.address = address
        self.behind = [flow.behind(box) for box in boxes]

    @cached_property
    def is_long(self) -> bool:
        """Whether the groups that another page lists are cut."""
        return sum(len(group.reports) for own in self.behind for group in own.groups) > PER_PAGE

    def _shown(self, group: Group) -> list[Report]:
        return group.reports[:BEGINNING] if group.home and self.is_long else group.reports

    @cached_property
    def paging(self) -> Paging[Line]:
        """All records that are listed, in order."""
        lines = [
            Line(column, number, report)
            for column, own in enumerate(self.behind)
            for number, group in enumerate(own.groups)
            for report in self._shown(group)
        ]
        return Paging(lines, self.address, self.address, PER_PAGE)

    def on_page(self, number: int) -> list[ShownColumn]:
        """Return what a page shows, column by column; the first page names every column."""
        parts: dict[int, dict[int, list[Report]]] = {}
        for line in self.paging.on_page(number):
            parts.setdefault(line.column, {}).setdefault(line.group, []).append(line.report)
        columns = []
        for place, own in enumerate(self.behind):
            groups = [
                ShownGroup(own.groups[at], reports, self._left(own.groups[at]))
                for at, reports in parts.get(place, {}).items()
            ]
            if number == 1 or groups:
                left_out = own.left_out if number == 1 else ()
                later = 0 if groups else self._begins(place)
                columns.append(ShownColumn(own.box, groups, left_out, later))
        return columns

    def _left(self, group: Group) -> int:
        return len(group.reports) - len(self._shown(group))

    def _begins(self, column: int) -> int:
        """Return the page on which the list of a column begins; 0 if it lists no record."""
        lines = enumerate(self.paging.entries)
        return next((self.paging.page_of(at) for at, line in lines if line.column == column), 0)
