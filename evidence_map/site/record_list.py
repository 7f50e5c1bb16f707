"""The list of all reports: what its rows say, in which orders it can be read, and its pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from evidence_map.model.record import Basis
from evidence_map.problem_reports import counted
from evidence_map.site.coins import Pairs, context_object, in_query
from evidence_map.site.collation import alphabetical, ranks
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.paging import linked_pages
from evidence_map.site.record_page import RecordView
from evidence_map.site.text import absence, enumeration, source_line

PER_PAGE = 200
"""How many reports one page shows: few enough for a phone, many enough to look through."""

SHOWN_TERMS = 3
"""How many terms a cell names; the record's own page names all."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. ``is_number`` says that its values are set flush right."""

    name: str
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row says in a column; where ``is_missing``, why it says nothing."""

    text: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A report in the list. ``decision`` is empty where it is simply included and counted; ``warning``,
    unless it was retracted or there are concerns about it.

    ``reference`` is what programs save from the list (``site/coins``).
    """

    key: str
    citation: str
    title: str
    source: str
    decision: str
    warning: str
    cells: dict[str, Cell]
    reference: Pairs

    @property
    def coins(self) -> str:
        """The title of the span that carries the reference."""
        return in_query(self.reference)


class RecordList:
    """All reports of a review, whatever was decided on them; the newest first."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._rows: dict[str, Row] = {}
        self.approach = next(
            (own for own in evidence.dimensions.values() if own.field == "design.approach"), None
        )

    @cached_property
    def columns(self) -> list[Column]:
        """The columns behind the first one, which names the report."""
        country = self.evidence.dimensions["country"].label
        return [
            Column("year", "Year"),
            Column("country", country),
            *([Column("approach", self.approach.label)] if self.approach else []),
            Column("sample", "Sample"),
            Column("read", "Read"),
            Column("findings", "Findings", is_number=True),
        ]

    @cached_property
    def reports(self) -> list[Report]:
        """The reports, the newest year first, in a year by their short citation."""
        every = list(self.evidence.reports.values())
        places = ranks([_by_citation(report) for report in every])
        order = sorted(
            zip(every, places, strict=True), key=lambda pair: (-(pair[0].row["year"] or 0), pair[1])
        )
        return [report for report, _ in order]

    def row(self, report: Report) -> Row:
        """Return the row of a report, which the pages and the live list show; each is made once."""
        if report.key not in self._rows:
            self._rows[report.key] = self._row(report)
        return self._rows[report.key]

    def _row(self, report: Report) -> Row:
        view = RecordView.of(self.evidence, report)
        basis = report.row["basis"]
        cells = {
            "year": Cell(str(report.row["year"])) if report.row["year"] else Cell("No date", True),
            "country": _cell(view, "setting.countries"),
            "sample": _cell(view, "sample.size"),
            "read": Cell(basis.capitalize()) if basis else Cell(_missing(report, ""), True),
            "findings": Cell(f"{len(report.findings):,}"),
        }
        if self.approach:
            cells["approach"] = _cell(view, "design.approach")
        return Row(
            report.key,
            report.citation,
            report.row["title"],
            source_line(report),
            view.decision(),
            report.warning,
            {column.name: cells[column.name] for column in self.columns},
            context_object(report),
        )

    def orders(self, reports: list[Report]) -> dict[str, list[int]]:
        """Return by what *reports* can be sorted: their places from 1, and 0 where nothing is told.

        No two have the same place by citation, so it settles the order of those that are alike.
        """
        bases = [basis.value for basis in Basis]
        found = {
            "citation": ranks([_by_citation(report) for report in reports]),
            "title": ranks([alphabetical(report.row["title"]) for report in reports]),
            "year": ranks([report.row["year"] for report in reports]),
            "country": ranks([self._by_terms(report, "country") for report in reports]),
            "sample": ranks([report.row["sample_size"] for report in reports]),
            "read": [
                bases.index(report.row["basis"]) + 1 if report.row["basis"] else 0 for report in reports
            ],
            "findings": ranks([len(report.findings) for report in reports]),
        }
        if self.approach:
            name = self.approach.id
            found["approach"] = ranks([self._by_terms(report, name) for report in reports])
        return found

    @staticmethod
    def _by_terms(report: Report, dimension: str) -> str | None:
        return alphabetical(" ".join(term.label for term in report.terms(dimension))) or None

    @property
    def breakdown(self) -> str:
        """How many reports there are, and what was decided on them, in a sentence."""
        totals = self.evidence.totals
        kinds = {
            "reports": "counted on the maps",
            "apart": "included but shown apart",
            "ongoing": "ongoing",
            "awaiting": "awaiting a decision",
            "excluded": "excluded with a reason",
        }
        parts = [f"{totals[name]:,} {kind}" for name, kind in kinds.items() if totals[name]]
        whole = counted(totals["records"], "report")
        return f"{whole}: {enumeration(parts)}." if parts else f"{whole}."

    @property
    def pages(self) -> int:
        """How many pages the list has without a script; at least one."""
        return max(1, -(-len(self.reports) // PER_PAGE))

    def on_page(self, number: int) -> list[Report]:
        """Return the reports of a page, the first one being 1."""
        return self.reports[(number - 1) * PER_PAGE : number * PER_PAGE]

    def years(self, number: int) -> str:
        """Return from which to which year a page goes: *2024–2021*."""
        years = [report.row["year"] for report in self.on_page(number)]
        known = [str(year) for year in years if year] + (["no date"] if None in years else [])
        return "" if not known else known[0] if known[0] == known[-1] else f"{known[0]}–{known[-1]}"

    def linked(self, number: int) -> list[int]:
        """Return the pages that page *number* links."""
        return linked_pages(number, self.pages)

    @staticmethod
    def address(number: int) -> PurePosixPath:
        """Return the address of a page."""
        first = PurePosixPath("records")
        return first if number == 1 else first / "page" / str(number)


def _by_citation(report: Report) -> tuple[str, str, str]:
    return alphabetical(report.citation), report.citation, report.key


def _cell(view: RecordView, path: str) -> Cell:
    """Return a field in few words."""
    fact = view.fact(path)
    if fact.missing:
        return Cell(_missing(view.report, path), is_missing=True)
    if not fact.terms:
        return Cell(fact.text)
    labels = [term.label for term in fact.terms]
    rest = len(labels) - SHOWN_TERMS
    if rest < 2:
        return Cell(", ".join(labels))
    return Cell(f"{', '.join(labels[:SHOWN_TERMS])} and {rest} more")


def _missing(report: Report, path: str) -> str:
    """Return why there is no value, in few words: what was read stands in a column of its own."""
    reason = report.missing(path)
    if reason == "not yet extracted" and report.row["decision"] == "excluded":
        return "Not extracted"
    return absence(reason, None)
