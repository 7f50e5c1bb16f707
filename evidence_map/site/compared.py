"""A field that two people extracted, in the words of readers."""

from __future__ import annotations

import sqlite3

from evidence_map.database.agreement_rows import JOIN
from evidence_map.model.absence import Absence
from evidence_map.model.places import country_name, subdivision_name
from evidence_map.site.evidence import Evidence
from evidence_map.site.field_labels import LABELS
from evidence_map.site.text import enumeration, spoken_date

_ABSENCES = {absence.value for absence in Absence}
_RIGHT = {
    "first": "The first is right",
    "second": "The second is right",
    "other": "Neither is right",
}


class Compared:
    """A row of the table comparison as readers see it."""

    def __init__(self, evidence: Evidence, row: sqlite3.Row) -> None:
        self.evidence = evidence
        self.path: str = row["path"]
        self.differs = bool(row["differs"])
        self.decision: str | None = row["decision"]
        self.note: str | None = row["settled_note"]
        self._row = row

    @property
    def label(self) -> str:
        """What readers call the field; of a finding, its name behind it."""
        row = self._row
        label = field_label(self.evidence, row["field"], row["dimension"])
        if row["field"].startswith("finding."):
            return f"{label}, “{self.path.split('.')[1]}”"
        return label

    @property
    def first(self) -> str:
        """What the first extraction said."""
        return self._words("first_said")

    @property
    def second(self) -> str:
        """What the second extraction said."""
        return self._words("second_said")

    @property
    def settled(self) -> str:
        """How it was settled, in one sentence."""
        row = self._row
        now = f": {self._words('record_says')}" if self.decision == "other" else ""
        return f"{_RIGHT[row['decision']]}{now} ({row['settled_by']}, {spoken_date(row['settled_on'])})."

    def _words(self, column: str) -> str:
        said = str(self._row[column]).split(JOIN)
        terms = self.evidence.terms.get(self._row["dimension"] or "", {})
        if len(said) == 1 and said[0] in _ABSENCES:
            return said[0]
        if place := _PLACES.get(self.path):
            return enumeration([place(code) or code for code in said])
        return enumeration([terms[name].label if name in terms else name for name in said])


_PLACES = {"setting.countries": country_name, "setting.subdivisions": subdivision_name}
_LABELS = {
    "screening.decision": "Decision on inclusion",
    "findings": "Number of findings",
    "sample.groups": "Parts of the sample",
}
_EACH = {"finding.": "each finding", "findings.": "findings of a report together"}


def field_label(evidence: Evidence, field: str, dimension: str | None) -> str:
    """Return what readers call a field over all records."""
    if dimension:
        label = evidence.dimensions[dimension].label
        each = next((words for start, words in _EACH.items() if field.startswith(start)), "")
        return f"{label} ({each})" if each else label
    if field.startswith("appraisal."):
        return f"Appraisal: {field.partition('.')[2]}"
    return LABELS.get(field) or _LABELS.get(field) or field
