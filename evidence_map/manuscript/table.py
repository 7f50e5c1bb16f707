"""A table for a manuscript, before it is written for LaTeX, Markdown, Word or a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_map.exports.review_citation import review_citation
from evidence_map.site.evidence import Evidence, Report


@dataclass(frozen=True, slots=True)
class Cited:
    """A report that a cell cites: its key in the reference files, and its short citation."""

    key: str
    citation: str

    @classmethod
    def report(cls, report: Report) -> Cited:
        """Return the citation of a report."""
        return cls(report.key, report.citation)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a text on one line, and the reports that are cited behind it."""

    text: str
    cited: tuple[Cited, ...] = ()

    @property
    def plain(self) -> str:
        """The cell as one text, for tables that know no citations."""
        names = "; ".join(f"{each.citation} [{each.key}]" for each in self.cited)
        return f"{self.text}: {names}" if self.text and names else self.text or names


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and which share of the page's width its column has."""

    text: str
    share: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, and a note that says where it is from.

    :ivar name: what a text refers to it by, such as ``tab:characteristics`` in LaTeX.
    """

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str
    name: str = "table"


def source(evidence: Evidence) -> str:
    """Return the sentence that says of which version of which data a table is."""
    return f"Source: {review_citation(evidence)} Licence: {evidence.meta['licence']}."
