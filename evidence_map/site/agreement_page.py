"""The page that tells how far two people agree who extracted the same papers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from evidence_map.site.compared import Compared, field_label
from evidence_map.site.evidence import Evidence, Report

KINDS = {
    "one term": "one term",
    "several terms": "set of terms",
    "value": "same value",
    "statement": "whether anything is stated",
}
"""How readers are told in which way a field is compared."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """The agreement on a field as its line in the table. ``row`` is that of field_agreement."""

    label: str
    row: sqlite3.Row

    @property
    def compared_by(self) -> str:
        """In which way it is compared."""
        return KINDS[self.row["kind"]]

    @property
    def percent(self) -> str:
        """The share of exact agreement."""
        return f"{100 * self.row['alike'] / self.row['compared']:.0f} %"

    @property
    def kappa(self) -> str:
        """Cohen's kappa, or why there is none; empty where the field is not coded."""
        if self.row["expected"] is None:
            return ""
        return "no variation" if self.row["kappa"] is None else _number(self.row["kappa"])

    @property
    def expected(self) -> str:
        """The share that would agree by chance."""
        return "" if self.row["expected"] is None else f"{100 * self.row['expected']:.0f} %"

    @property
    def cells(self) -> list[str]:
        """How often both, only the first, only the second and neither chose a term."""
        names = ("both_yes", "only_first", "only_second", "both_no")
        return ["" if self.row[name] is None else f"{self.row[name]:,}" for name in names]


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


class AgreementPage:
    """Renders the page Agreement."""

    def __init__(self, evidence: Evidence, render: Callable[..., Markup]) -> None:
        self.evidence = evidence
        self.render = render

    @cached_property
    def seconds(self) -> dict[str, sqlite3.Row]:
        """The second extractions by record."""
        rows = self.evidence.rows("SELECT * FROM second_extraction ORDER BY record")
        return {row["record"]: row for row in rows}

    def body(self, address: PurePosixPath) -> Markup:
        """Return the body of the page."""
        extracted = self.evidence.rows("SELECT count(*) FROM record WHERE basis IS NOT NULL")[0][0]
        rows = self.evidence.rows("SELECT * FROM field_agreement ORDER BY position")
        differences = self._differences()
        disputed = sum(not each.decision for _, own in differences for each in own)
        return self.render(
            "agreement.html",
            address,
            extracted=extracted,
            seconds=[self.evidence.reports[key] for key in self.seconds],
            lines=[
                FieldLine(field_label(self.evidence, row["field"], row["dimension"]), row)
                for row in rows
            ],
            differences=differences,
            number=sum(len(own) for _, own in differences),
            disputed=disputed,
        )

    def _differences(self) -> list[tuple[Report, list[Compared]]]:
        found = []
        for key, rows in self.evidence.comparisons.items():
            own = [Compared(self.evidence, row) for row in rows if row["differs"]]
            if own:
                found.append((self.evidence.reports[key], own))
        return found
