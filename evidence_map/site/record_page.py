"""What a record's page says, in the order of a colleague's questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from evidence_map.model.coding import coded_fields
from evidence_map.model.record import Record
from evidence_map.problem_reports import counted
from evidence_map.site.compared import Compared, compared
from evidence_map.site.evidence import Dimension, Evidence, Report, Term
from evidence_map.site.field_labels import LABELS
from evidence_map.site.text import absence, enumeration, period, spoken_date


@dataclass(slots=True)
class Fact:
    """One labelled line. Exactly one of text, terms and items is set; ``missing`` says why none is.

    ``is_disputed``: two people extracted it differently, and nobody has settled it.
    """

    label: str
    text: str = ""
    terms: list[Term] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    missing: str = ""
    is_disputed: bool = False


@dataclass(slots=True)
class Facts:
    """A section of lines, and in one sentence each what is missing and why."""

    lines: list[Fact]
    missing: list[str]


_LISTS = {
    "design.framework": "framework",
    "design.software": "software",
    "limitations": "limitation",
}
_COLUMNS = {
    "sample.size": "sample_size",
    "sample.description": "sample_description",
    "sample.recruitment.procedure": "recruitment",
    "setting.description": "setting_description",
}
_CODED = coded_fields(Record)
_BUILT_IN = {"setting.countries": "country", "setting.subdivisions": "region"}

GLANCE = {
    "Who": ("sample.size", "sample.roles", "sample.lived_experience"),
    "What": ("design.aim",),
    "Where": ("setting.countries", "setting.subdivisions", "setting.service_types"),
    "When": ("setting.data_collected",),
    "How": ("design.approach", "design.methodology", "design.data_collection"),
}
"""The fields of the overview at the top, by the question they answer."""

DETAILS = {
    "How it was done": ("design.procedure", "design.analysis", "design.framework", "design.sampling",
                        "design.software", "design.ethics"),
    "Who took part": ("sample.description", "sample.recruitment.procedure",
                      "sample.recruitment.eligibility", "sample.recruitment.sites_approached",
                      "sample.recruitment.sites_taking_part", "sample.recruitment.people_invited",
                      "sample.recruitment.people_taking_part", "sample.recruitment.payment"),
    "Where and when": ("setting.place", "setting.description"),
}  # fmt: skip
"""The fields of the sections below."""

CORRECTED_AT = {
    "How it was done": "design.procedure",
    "Who took part": "sample.size",
    "Where and when": "setting.countries",
}
"""The field with which the form opens where a reader corrects one of these sections."""

INTERESTS = ("limitations", "funding", "competing_interests")
"""The fields that bear on how far the paper can be relied on."""


@dataclass(frozen=True)
class Frame:
    """The coding frame, as far as the pages of all records rest on it.

    :ivar exclusion: the dimension of the reasons for exclusion, if the codebook has one.
    """

    dimensions: dict[str, Dimension]
    exclusion: str | None

    @classmethod
    def of(cls, evidence: Evidence) -> Frame:
        """Return the frame of a review."""
        return cls(evidence.dimensions, evidence.meta["exclusion_dimension"])

    @cached_property
    def dimension_of(self) -> dict[str, str]:
        """The dimension that holds the terms of a field of the record."""
        return {
            dimension.field: dimension.id
            for dimension in self.dimensions.values()
            if dimension.applies_to == "records" and not dimension.built_in
        }


class RecordView:
    """A report as its page shows it.

    :param twice: the fields that two people extracted.
    """

    def __init__(self, frame: Frame, report: Report, twice: Sequence[Compared] = ()) -> None:
        self.dimensions = frame.dimensions
        self.dimension_of = frame.dimension_of
        self.report = report
        self.twice = twice
        self._exclusion = frame.exclusion

    @classmethod
    def of(cls, evidence: Evidence, report: Report) -> RecordView:
        """Return the view of one of the reports of a review."""
        twice = [compared(evidence, row) for row in evidence.comparisons.get(report.key, [])]
        return cls(Frame.of(evidence), report, twice)

    @property
    def differences(self) -> list[Compared]:
        """The fields in which two extractions differ."""
        return [each for each in self.twice if each.differs]

    @cached_property
    def disputed(self) -> set[str]:
        """The paths of the fields whose difference nobody has settled."""
        return {each.path for each in self.differences if not each.decision}

    def is_disputed(self, finding: str) -> bool:
        """Whether the codes of a finding are disputed."""
        return any(path.startswith(f"findings.{finding}.") for path in self.disputed)

    def findings_are_disputed(self) -> bool:
        """Whether the number of findings, or their codes taken together, are disputed."""
        together = ("findings.codes.", "findings.kind")
        return any(path == "findings" or path.startswith(together) for path in self.disputed)

    def fact(self, path: str) -> Fact:
        """Return the line of a field: its value, or why there is none."""
        fact = self._fact(path)
        fact.is_disputed = path in self.disputed
        return fact

    def _fact(self, path: str) -> Fact:
        row = self.report.row
        own = self.dimensions.get(self.dimension_of.get(path, ""))
        label = own.label if own else LABELS[path]
        if path in _BUILT_IN:
            terms = self.report.terms(_BUILT_IN[path])
        elif path in self.dimension_of:
            terms = self.report.terms(self.dimension_of[path])
        else:
            terms = []
        if terms:
            return Fact(label, terms=terms)
        if path == "setting.data_collected" and row["collection_start"]:
            return Fact(label, period(row["collection_start"], row["collection_end"]))
        if path == "sample.size" and row["sample_size"] is not None:
            return Fact(label, _size(row["sample_size"], row["sample_unit"]))
        if path in _LISTS:
            if items := self.report.lists.get(_LISTS[path], []):
                return Fact(label, items=items)
        elif path not in _BUILT_IN and path not in self.dimension_of:
            column = _COLUMNS.get(path, path.rpartition(".")[2])
            if (value := row.get(column)) is not None:
                return Fact(label, str(value))
        return Fact(label, missing=self.missing(path))

    def missing(self, path: str) -> str:
        """Return why a field is blank, in words."""
        return absence(self.report.missing(path), self.report.row["basis"])

    def glance(self) -> list[tuple[str, list[Fact]]]:
        """Return the overview: a question and the lines that answer it."""
        return [
            (question, [self.fact(path) for path in paths if self._can_be_filled(path)])
            for question, paths in GLANCE.items()
        ]

    def _can_be_filled(self, path: str) -> bool:
        """Whether the codebook has terms for a field that holds terms; nobody can code it otherwise."""
        return path not in _CODED or path in self.dimension_of

    def details(self) -> list[tuple[str, Facts]]:
        """Return the sections of details that have anything to say."""
        return [(title, self._facts(paths)) for title, paths in DETAILS.items()]

    def _facts(self, paths: tuple[str, ...]) -> Facts:
        lines = [self.fact(path) for path in paths]
        absent: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            if line.missing:
                absent[line.missing].append(line.label.lower() + " (disputed)" * line.is_disputed)
        sentences = [f"{reason}: {enumeration(labels)}." for reason, labels in absent.items()]
        return Facts([line for line in lines if not line.missing], sentences)

    def interests(self) -> Facts:
        """Return limitations, funding and competing interests."""
        return self._facts(INTERESTS)

    def groupings(self) -> list[tuple[str, str, list[tuple[str, int]]]]:
        """Return how the sample divides: by what, a remark, and the parts with their sizes."""
        remarks = {"incomplete": "others not told", "overlapping": "one can be in several"}
        found = []
        for _, rows in groupby(self.report.parts, key=lambda row: row["grouping_position"]):
            parts = list(rows)
            remark = remarks.get(parts[0]["parts_are"], "")
            found.append((parts[0]["grouping"], remark, [(p["label"], p["size"]) for p in parts]))
        return found

    def further_codes(self) -> list[Fact]:
        """Return the terms of dimensions that are shown nowhere else on the page."""
        shown = {*self.dimension_of.get("screening.reason", "").split(), *_BUILT_IN.values()}
        shown |= {self.dimension_of[path] for path in LABELS if path in self.dimension_of}
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.report.codes:
            if term.dimension not in shown and not self.dimensions[term.dimension].built_in:
                found[term.dimension].append(term)
        return [
            Fact(
                self.dimensions[name].label,
                terms=terms,
                is_disputed=f"codes.{name}" in self.disputed,
            )
            for name, terms in found.items()
        ]

    def basis(self) -> str:
        """Return the badge that says what was read."""
        written = self.report.row["basis"]
        return f"Coded from the {written}" if written else "Not yet extracted"

    def decision(self) -> str:
        """Return the badge of the screening, for everything that is not simply included."""
        row = self.report.row
        if row["decision"] == "excluded":
            reasons = [term.label for term in self.report.codes if term.dimension == self._exclusion]
            return "Excluded: " + enumeration(reasons)
        if row["decision"] == "awaiting":
            return "Awaiting a decision"
        if row["decision"] == "ongoing":
            return "Ongoing: no results yet"
        return "" if self.report.counted else "Shown apart: not counted as a study"

    def provenance(self) -> list[Fact]:
        """Return who made the record, when, and from what."""
        row, lists = self.report.row, self.report.lists
        facts = [
            Fact("Read", (row["basis"] or "").capitalize()),
            Fact("Extracted", spoken_date(row["extraction_date"])),
            Fact("By", enumeration(lists.get("extracted_by", []))),
            Fact("Checked by", enumeration(lists.get("checked_by", [])) or "nobody yet"),
            Fact("Note", row["extraction_note"] or ""),
            Fact("Screened", spoken_date(row["screening_date"])),
            Fact("Screening note", row["screening_note"] or ""),
        ]
        if not row["basis"]:
            facts = facts[5:]
        return [fact for fact in facts if fact.text]


def _size(number: int, unit: str) -> str:
    if unit == "people":
        return counted(number, "person", "people")
    return f"{number:,} {unit}"
