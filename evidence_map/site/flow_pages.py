"""The pages of the searches and the flow of reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from evidence_map.figures.flow import flow_svg
from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.flow import KINDS, Box, Flow
from evidence_map.site.flow_listing import BoxListing
from evidence_map.site.page import Page, way_to_root
from evidence_map.site.paging import PER_PAGE, Paging
from evidence_map.site.text import enumeration, spoken_date

Render = Callable[..., Markup]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of numbers: a box or a part of one, with a number for each column."""

    label: str
    numbers: list[Box | int]
    definition: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the box above it."""
        return not self.definition

    @property
    def total(self) -> int:
        """The sum of the columns."""
        return sum(each.number if isinstance(each, Box) else each for each in self.numbers)


@dataclass(frozen=True, slots=True)
class LoggedSearch:
    """A search of the log as readers see it. ``row`` is its row of the table search."""

    row: sqlite3.Row
    flow: sqlite3.Row
    left_out: list[sqlite3.Row]
    reports: list[Report]

    @property
    def address(self) -> str:
        """Its page."""
        return f"searches/{self.row['id']}/"

    @property
    def kind(self) -> str:
        """What kind of source was searched."""
        return KINDS[self.row["kind"]]

    @property
    def date(self) -> str:
        """When it was searched, or why that is not known."""
        return spoken_date(self.row["date"]) or f"date {self.row['date_missing']}"

    @property
    def results(self) -> str:
        """How many results it gave, or why that is not known."""
        if self.row["results"] is None:
            return f"Number of results {self.row['results_missing']}"
        return counted(self.row["results"], "result")

    def became(self) -> str:
        """Return what became of the results, in one sentence."""
        flow = self.flow
        parts = [counted(flow["records"], "record")]
        if flow["duplicates_removed"]:
            parts.append(f"{counted(flow['duplicates_removed'], 'duplicate')} removed")
        if flow["without_record"]:
            parts.append(f"{flow['without_record']:,} left out without a record")
        if flow["not_yet_screened"]:
            parts.append(f"{flow['not_yet_screened']:,} not yet screened")
        return f"{self.results}: {enumeration(parts)}."


class FlowPages:
    """Renders the page of the searches and the flow, and those behind its numbers."""

    def __init__(self, evidence: Evidence, render: Render) -> None:
        self.evidence = evidence
        self.render = render

    @cached_property
    def flow(self) -> Flow:
        """The numbers of the diagram."""
        return Flow(self.evidence)

    @cached_property
    def searches(self) -> list[LoggedSearch]:
        """The search log in order."""
        rows = self.evidence.rows("SELECT * FROM search ORDER BY position")
        return [self._search(row) for row in rows]

    def _search(self, row: sqlite3.Row) -> LoggedSearch:
        evidence, name = self.evidence, row["id"]
        keys = evidence.rows("SELECT record FROM record_search WHERE search = ? ORDER BY record", name)
        return LoggedSearch(
            row,
            evidence.rows("SELECT * FROM search_flow WHERE search = ?", name)[0],
            evidence.rows(
                "SELECT * FROM search_without_record WHERE search = ? ORDER BY position", name
            ),
            [evidence.reports[key["record"]] for key in keys],
        )

    def main(self, address: PurePosixPath) -> Markup:
        """Return the body of the page with the diagram, its numbers and the search log."""
        root = way_to_root(address)
        figure = flow_svg(self.flow, link=lambda box: root + box.address)
        return self.render(
            "flow.html",
            address,
            flow=self.flow,
            figure=Markup(figure),  # noqa: S704 (the drawing escapes its words)
            lines=list(self.lines()),
            searches=self.searches,
        )

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the table of numbers."""
        for name in self.flow.ids:
            boxes = self.flow.boxes(name)
            if not boxes:
                continue
            yield Line(boxes[0].title, list(boxes), boxes[0].definition)
            for label in dict.fromkeys(part.label for box in boxes for part in box.parts):
                numbers: list[Box | int] = [
                    sum(part.number for part in box.parts if part.label == label) for box in boxes
                ]
                yield Line(label, numbers)

    def pages(self) -> Iterator[Page]:
        """Yield the pages behind the boxes and those of the searches."""
        for name in self.flow.ids:
            boxes = [box for box in self.flow.boxes(name) if box.number]
            if boxes and name != "studies included":
                yield from self.box_pages(name, boxes)
        for search in self.searches:
            yield from self.search_pages(search)

    def box_pages(self, name: str, boxes: list[Box]) -> Iterator[Page]:
        """Yield the pages that list what stands behind a box, column by column."""
        listing = BoxListing(PurePosixPath("flow", name.replace(" ", "-")), self.flow, boxes)
        first = boxes[0]
        for number in range(1, listing.paging.pages + 1):
            address = listing.paging.address(number)
            body = self.render(
                "flow_box.html",
                address,
                box=first,
                paging=listing.paging,
                columns=listing.on_page(number),
                number=number,
                total=sum(box.number for box in boxes),
            )
            title = first.title if number == 1 else f"{first.title}, page {number}"
            shell = "entry" if number == 1 else "subentry"
            yield Page(address, title, first.definition, body, shell)

    def search_pages(self, search: LoggedSearch) -> Iterator[Page]:
        """Yield the pages of a search with the records that it found."""
        first = PurePosixPath("searches", search.row["id"])
        paging = Paging(search.reports, first, first, PER_PAGE)
        for number in range(1, paging.pages + 1):
            address = paging.address(number)
            body = self.render("search.html", address, search=search, paging=paging, number=number)
            title = search.row["source"] if number == 1 else f"{search.row['source']}, page {number}"
            shell = "entry" if number == 1 else "subentry"
            yield Page(address, title, search.row["strategy"], body, shell)
