"""How far two independent extractions of the same papers agree, field by field.

Compared is what both people extracted: a field that one of them left out is not. Terms are compared
as sets, numbers and dates as they are, and sentences only by whether the source states anything,
since two people never write the same one. Kappa is that of Cohen (1960, doi
10.1177/001316446002000104), given with the numbers behind it and without a word for its size: the
same agreement has a high or a low kappa depending on how common a term is (Feinstein and Cicchetti
1990, doi 10.1016/0895-4356(90)90158-L).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from evidence_map.model.absence import Absence
from evidence_map.model.codebook import Dimension
from evidence_map.model.coding import Coded
from evidence_map.model.fields import section_in, types_in
from evidence_map.model.record import (
    Adjudication,
    Appraisal,
    Decision,
    Finding,
    Funding,
    Period,
    Record,
    Recruitment,
    SecondExtraction,
)
from evidence_map.review import CodeFrame, Review, as_terms

Kind = Literal["one term", "several terms", "value", "statement"]
"""How a field is compared: one term or a set of them, as it is, or by whether anything is stated."""

Said = tuple[str, ...]
"""What somebody extracted: terms, a value, “stated”, or the reason why there is none."""

STATED = "stated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field of a record that two people extracted.

    ``path`` is the field in this record, ``field`` the same over all records. ``first`` is what the
    first extraction said, and ``now`` what the record says, which may have been corrected since.
    """

    record: str
    path: str
    field: str
    kind: Kind
    dimension: str | None
    first: Said
    second: Said
    now: Said
    adjudication: Adjudication | None = None

    @property
    def differs(self) -> bool:
        """Whether the two extractions differ."""
        return self.first != self.second

    @property
    def is_disputed(self) -> bool:
        """Whether they differ and nobody has settled it."""
        return self.differs and self.adjudication is None


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa with the agreement that was observed and the one expected by chance."""

    observed: float
    expected: float

    @property
    def value(self) -> float | None:
        """The coefficient; none where chance alone gives full agreement, so that nothing varies."""
        if self.expected >= 1:
            return None
        return (self.observed - self.expected) / (1 - self.expected)


def cohen(table: Sequence[Sequence[int]]) -> Kappa | None:
    """Return kappa of a square table: rows are what the first said, columns what the second said.

    >>> round(cohen([[40, 9], [6, 45]]).value, 2), round(cohen([[80, 10], [5, 5]]).value, 2)
    (0.7, 0.32)
    """
    whole = sum(map(sum, table))
    if whole == 0:
        return None
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    # Whole numbers are divided once, so that full agreement is exactly 1.
    agreed = sum(table[index][index] for index in range(len(table)))
    chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    return Kappa(agreed / whole, chance / whole**2)


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far two people agree on a field over all records.

    For sets of terms, ``cells`` counts decisions, one for each term in each set: both yes, only the
    first, only the second, both no.
    """

    field: str
    kind: Kind
    dimension: str | None
    compared: int
    alike: int
    cells: tuple[int, int, int, int] | None = None
    kappa: Kappa | None = None


def _comparable(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, Kind]]:
    """Yield the fields of a section that can be compared, each with how."""
    for name, field in model.model_fields.items():
        path, types = f"{prefix}{name}", list(types_in(field.annotation))
        marks = [mark for mark in field.metadata if isinstance(mark, Coded)]
        if marks:
            yield path, "several terms" if marks[0].several else "one term"
        elif Recruitment in types:
            yield from _comparable(Recruitment, f"{path}.")
        elif Absence in types:
            exact = int in types or Period in types or name in ("countries", "subdivisions")
            yield path, "value" if exact else "statement"


_SECTIONS = ("design", "sample", "setting")
_FIELDS: dict[str, Kind] = {
    **{
        path: kind
        for name in _SECTIONS
        for section in [section_in(Record.model_fields[name].annotation)]
        if section is not None
        for path, kind in _comparable(section, f"{name}.")
    },
    "funding": "statement",
    "competing_interests": "statement",
    "limitations": "statement",
}
"""The fields of a record that are compared, apart from codes, findings, screening and appraisal."""


def comparisons(review: Review) -> Iterator[Comparison]:
    """Yield every field that was extracted twice, in the order of records and fields."""
    for key, second in sorted(review.seconds.items()):
        if key in review.records and key not in review.faulty:
            first = review.records[key].value
            yield from _Pair(key, first, second.value, review.frame).all()


@dataclass(frozen=True)
class _Pair:
    """A record with its second extraction."""

    key: str
    first: Record
    second: SecondExtraction
    frame: CodeFrame

    def all(self) -> Iterator[Comparison]:
        yield from self._screening()
        for path, kind in _FIELDS.items():
            dimension = self.frame.by_field.get(("records", path))
            if dimension or kind in ("value", "statement"):
                yield from self._compare(path, path, kind, _at(self.first, path), _at(self.second, path))
        yield from self._codes("codes", "codes", self.first.codes, self.second.codes)
        yield from self._findings()
        yield from self._appraisal()

    def _compare(
        self, path: str, field: str, kind: Kind, first: Any, second: Any, dimension: str | None = None
    ) -> Iterator[Comparison]:
        """Yield the comparison of two values if both people extracted the field."""
        if kind in ("one term", "several terms") and dimension is None:
            own = self.frame.by_field.get(("records", path))
            dimension = own.id if own else None
        said, other = _said(first, kind), _said(second, kind)
        if said is None or other is None:
            return
        settled = self._adjudication(path)
        before = tuple(sorted(settled.first_said)) if settled and settled.first_said else said
        yield Comparison(self.key, path, field, kind, dimension, before, other, said, settled)

    def _adjudication(self, path: str) -> Adjudication | None:
        extraction = self.first.extraction
        settled = extraction.adjudication if extraction and extraction.adjudication else []
        return next((each for each in settled if each.field == path), None)

    def _screening(self) -> Iterator[Comparison]:
        first, second = self.first.screening, self.second.screening
        if second is None:
            return
        yield from self._compare(
            "screening.decision", "screening.decision", "value", first.decision, second.decision
        )
        if first.decision is second.decision is Decision.EXCLUDED:
            path = "screening.reason"
            yield from self._compare(path, path, "one term", first.reason, second.reason)

    def _codes(
        self, path: str, field: str, first: Mapping[str, Any], second: Mapping[str, Any]
    ) -> Iterator[Comparison]:
        for name in self.frame.dimensions:
            if name in first and name in second:
                yield from self._compare(
                    f"{path}.{name}", f"{field}.{name}", "several terms", first[name], second[name], name
                )

    def _findings(self) -> Iterator[Comparison]:
        first, second = self.first.findings, self.second.findings
        if not first or not second:
            return
        yield from self._compare("findings", "findings", "value", len(first), len(second))
        same = {finding.id: finding for finding in second}
        pairs = [(finding, same[finding.id]) for finding in first if finding.id in same]
        for mine, theirs in pairs:
            path = f"findings.{mine.id}"
            yield from self._kind(f"{path}.kind", "finding.kind", mine.kind, theirs.kind)
            yield from self._codes(f"{path}.codes", "finding.codes", mine.codes, theirs.codes)
        if not pairs:
            kinds = (_union(finding.kind for finding in each) for each in (first, second))
            yield from self._kind("findings.kind", "findings.kind", *kinds)
            codes = (self._together(each) for each in (first, second))
            yield from self._codes("findings.codes", "findings.codes", *codes)

    def _kind(self, path: str, field: str, first: Any, second: Any) -> Iterator[Comparison]:
        dimension = self.frame.by_field.get(("findings", "kind"))
        if dimension:
            yield from self._compare(path, field, "several terms", first, second, dimension.id)

    def _together(self, findings: Sequence[Finding]) -> dict[str, Any]:
        """Return the terms of all findings of a report together, by dimension."""
        names = {name for finding in findings for name in finding.codes}
        return {name: _union(finding.codes.get(name) for finding in findings) for name in names}

    def _appraisal(self) -> Iterator[Comparison]:
        first, second = self.first.appraisal, self.second.appraisal
        if first is None or second is None or first.tool != second.tool:
            return
        answers, others = _answers(first), _answers(second)
        for item, answer in answers.items():
            if item in others:
                path = f"appraisal.{item}"
                yield from self._compare(path, path, "value", answer, others[item])


def _answers(appraisal: Appraisal) -> dict[str, str]:
    return {answer.item: answer.answer for answer in appraisal.answers or []}


def _union(values: Iterable[Any]) -> list[str] | Absence:
    """Return the terms of several codings together; nothing was extracted if all of them are blank."""
    terms = {term for value in values for term in as_terms(value)}
    return sorted(terms) or Absence.NOT_EXTRACTED


def _at(section: Any, path: str) -> Any:
    """Return the value at a path; what stands below a missing section is missing for its reason."""
    for name in path.split("."):
        if section is None or isinstance(section, Absence):
            break
        section = getattr(section, name)
    return Absence.NOT_EXTRACTED if section is None else section


def _said(value: Any, kind: Kind) -> Said | None:
    """Return what was extracted; None if nobody looked."""
    if isinstance(value, Absence):
        return None if value is Absence.NOT_EXTRACTED else (value.value,)
    if kind == "statement" or isinstance(value, Funding):
        return (STATED,)
    if isinstance(value, Period):
        return (f"{value.start} to {value.end}",)
    return tuple(sorted(map(str, value))) if isinstance(value, list) else (str(value),)


def field_agreements(found: Iterable[Comparison], frame: CodeFrame) -> list[FieldAgreement]:
    """Return the agreement on each field that was compared, in the order in which fields appear."""
    by_field: dict[str, list[Comparison]] = {}
    for each in found:
        by_field.setdefault(each.field, []).append(each)
    return [_agreement(name, own, frame) for name, own in by_field.items()]


def _agreement(field: str, own: list[Comparison], frame: CodeFrame) -> FieldAgreement:
    kind, dimension = own[0].kind, own[0].dimension
    alike = sum(not each.differs for each in own)
    cells, kappa = None, None
    if kind == "one term":
        kappa = cohen(_categories(own))
    elif kind == "several terms" and dimension is not None:
        cells = _decisions(own, frame.dimensions[dimension])
        both, only_first, only_second, neither = cells
        kappa = cohen([[both, only_first], [only_second, neither]])
    return FieldAgreement(field, kind, dimension, len(own), alike, cells, kappa)


def _categories(own: list[Comparison]) -> list[list[int]]:
    """Return the table of a field with one term; a missing value is a category of its own."""
    names = sorted({said for each in own for said in (each.first, each.second)})
    table = [[0] * len(names) for _ in names]
    for each in own:
        table[names.index(each.first)][names.index(each.second)] += 1
    return table


def _decisions(own: list[Comparison], dimension: Dimension) -> tuple[int, int, int, int]:
    """Return how often both chose a term, only one of them, or neither, over all terms."""
    both = only_first = only_second = neither = 0
    for term in _codable(dimension):
        for each in own:
            first, second = term in each.first, term in each.second
            both += first and second
            only_first += first and not second
            only_second += second and not first
            neither += not first and not second
    return both, only_first, only_second, neither


def _codable(dimension: Dimension) -> list[str]:
    return [
        placed.term.id
        for placed in dimension.walk()
        if dimension.groups_can_be_coded or not placed.is_group
    ]
