"""A field that two people extracted, in the words of readers."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_map.database.agreement_rows import JOIN
from evidence_map.model.absence import Absence
from evidence_map.model.places import country_name, subdivision_name
from evidence_map.site.evidence import Evidence, Row
from evidence_map.site.field_labels import LABELS
from evidence_map.site.text import enumeration, spoken_date

_ABSENCES = {absence.value for absence in Absence}
_RIGHT = {
    "first": "The first is right",
    "second": "The second is right",
    "other": "Neither is right",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of the table comparison as readers see it.

    :ivar label: what readers call the field; of a finding, its name behind it.
    :ivar first: what the first extraction said.
    :ivar second: what the second extraction said.
    :ivar settled: how it was settled, in one sentence; empty where it was not.
    """

    path: str
    label: str
    first: str
    second: str
    differs: bool
    decision: str | None
    settled: str
    note: str | None


def compared(evidence: Evidence, row: Row) -> Compared:
    """Return a row of the table comparison in the words of readers."""
    return Compared(
        path=row["path"],
        label=_label(evidence, row),
        first=_words(evidence, row, "first_said"),
        second=_words(evidence, row, "second_said"),
        differs=bool(row["differs"]),
        decision=row["decision"],
        settled=_settled(evidence, row) if row["decision"] else "",
        note=row["settled_note"],
    )


def _label(evidence: Evidence, row: Row) -> str:
    label = field_label(evidence, row["field"], row["dimension"])
    if row["field"].startswith("finding."):
        return f"{label}, “{row['path'].split('.')[1]}”"
    return label


def _settled(evidence: Evidence, row: Row) -> str:
    now = f": {_words(evidence, row, 'record_says')}" if row["decision"] == "other" else ""
    return f"{_RIGHT[row['decision']]}{now} ({row['settled_by']}, {spoken_date(row['settled_on'])})."


def _words(evidence: Evidence, row: Row, column: str) -> str:
    said = str(row[column]).split(JOIN)
    terms = evidence.terms.get(row["dimension"] or "", {})
    if len(said) == 1 and said[0] in _ABSENCES:
        return said[0]
    if place := _PLACES.get(row["path"]):
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
