"""The page that tells how far two people agree who extracted the same papers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from evidence_map.site.compared import Compared, compared, field_label
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.paging import excerpt

NAMED = 200
"""How many reports that were extracted twice are named before the rest is only counted."""

IN_FULL = 50
"""Of how many reports each difference is shown; those with a dispute come first."""

LISTED = 500
"""How many reports with differences are listed at all."""

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

    def numbers(self) -> list[tuple[str, str]]:
        """Return the numbers of the line under their headings; empty where there is none."""
        row = self.row
        coded = row["expected"] is not None
        return [
            ("Compared", f"{row['compared']:,}"),
            ("Alike", f"{row['alike']:,}"),
            ("Alike, share", _percent(row["alike"] / row["compared"])),
            ("By chance", _percent(row["expected"]) if coded else ""),
            ("Kappa", _number(row["kappa"]) if coded else ""),
            *(
                (heading, "" if row[name] is None else f"{row[name]:,}")
                for heading, name in _CELLS.items()
            ),
        ]


@dataclass(frozen=True, slots=True)
class Differences:
    """A report and the fields in which its two extractions differ."""

    report: Report
    fields: list[Compared]

    @property
    def disputed(self) -> int:
        """How many of them are not settled."""
        return sum(not field.decision for field in self.fields)


_CELLS = {
    "Terms chosen by both": "both_yes",
    "Only by the first": "only_first",
    "Only by the second": "only_second",
    "By neither": "both_no",
}


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _number(kappa: float | None) -> str:
    return "no variation" if kappa is None else f"{kappa:.2f}".replace("-", "\N{MINUS SIGN}")


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
        differences = sorted(self._differences(), key=lambda each: not each.disputed)
        seconds = [self.evidence.reports[key] for key in self.seconds]
        return self.render(
            "agreement.html",
            address,
            extracted=extracted,
            seconds=seconds,
            named=seconds[:NAMED],
            lines=[
                FieldLine(field_label(self.evidence, row["field"], row["dimension"]), row)
                for row in rows
            ],
            differences=excerpt(differences, IN_FULL, LISTED),
            number=sum(len(each.fields) for each in differences),
            disputed=sum(each.disputed for each in differences),
        )

    def _differences(self) -> list[Differences]:
        found = []
        for key, rows in self.evidence.comparisons.items():
            own = [compared(self.evidence, row) for row in rows if row["differs"]]
            if own:
                found.append(Differences(self.evidence.reports[key], own))
        return found
