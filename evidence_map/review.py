"""The whole review in memory: one object that knows every file and where each value stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

from evidence_map.front_matter import Narrative
from evidence_map.likely_duplicates import Compared, compared
from evidence_map.model.absence import Absence
from evidence_map.model.codebook import Codebook, Dimension, PlacedTerm
from evidence_map.model.record import Decision, Finding, Record, SecondExtraction
from evidence_map.model.synthesis import (
    AcceptedWarning,
    ChecklistAnswer,
    MapSpecification,
    Protocol,
    ReviewFinding,
    Search,
    Study,
    Tool,
)
from evidence_map.problems import Position
from evidence_map.record_facts import KnownRecords, RecordFacts, facts_of
from evidence_map.text_source import text_in
from evidence_map.yaml_source import Document, Location

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value with the document it was read from, so that a rule can name the place."""

    value: T
    document: Document
    base: Location = ()

    def at(self, *location: str | int, name: bool = False) -> Position:
        """Return where the part of the value at *location* stands in its file."""
        return self.document.at((*self.base, *location), name=name)


Extracted = Located[Record] | Located[SecondExtraction]
"""What one person extracted from a paper: a record, or its second extraction."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review finding: its fields and its Markdown text."""

    fields: Located[ReviewFinding]
    narrative: Narrative

    @property
    def text(self) -> str:
        """The Markdown text."""
        return self.narrative.text


@dataclass(frozen=True)
class CodeFrame:
    """The codebook, ready to be asked."""

    codebook: Codebook

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions by id."""
        return {dimension.id: dimension for dimension in self.codebook.dimensions}

    @cached_property
    def terms(self) -> dict[str, dict[str, PlacedTerm]]:
        """The terms of each dimension by id, groups and narrower terms alike."""
        return {
            dimension.id: {placed.term.id: placed for placed in dimension.walk()}
            for dimension in self.codebook.dimensions
        }

    @cached_property
    def by_field(self) -> dict[tuple[str, str], Dimension]:
        """The dimension that fills a field, by what it applies to and the field's path."""
        return {
            (dimension.applies_to, dimension.field): dimension
            for dimension in self.codebook.dimensions
            if dimension.field != "codes"
        }


@dataclass(frozen=True)
class Review:
    """Everything that the files of a review say, with the place of each value.

    ``faulty`` names records with a value that could not be read, each with the sections in which
    it stands; ``records`` holds what of them
    is sound, if anything, and what refers to the rest is not reported as missing. ``seconds`` holds
    second extractions by the key of their record; they are compared and never counted. Both may be
    read into models only when one is asked for. ``files`` holds the content of all files that were
    read.
    """

    root: Path
    protocol: Located[Protocol]
    protocol_narrative: Narrative
    codebook: Located[Codebook]
    records: Mapping[str, Located[Record]]
    seconds: Mapping[str, Located[SecondExtraction]] = field(default_factory=dict)
    studies: dict[str, Located[Study]] = field(default_factory=dict)
    searches: dict[str, Located[Search]] = field(default_factory=dict)
    tools: dict[str, Located[Tool]] = field(default_factory=dict)
    maps: dict[str, Located[MapSpecification]] = field(default_factory=dict)
    findings: dict[str, ReviewPage] = field(default_factory=dict)
    checklists: list[Located[ChecklistAnswer]] = field(default_factory=list)
    accepted: list[Located[AcceptedWarning]] = field(default_factory=list)
    faulty: dict[str, frozenset[str]] = field(default_factory=dict)
    files: Mapping[str, str | bytes] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """A name for the content of all files that were read: the same files, the same name."""
        content = hashlib.sha256()
        for path in sorted(self.files, key=PurePosixPath):
            held = self.files[path]
            text = text_in(held).removeprefix("\ufeff") if isinstance(held, bytes) else held
            content.update(f"{path}\0{text}\0".encode())
        return content.hexdigest()[:12]

    def once(self, function: Callable[[Review], T]) -> T:
        """Return the value of *function* for this review, which is worked out but once."""
        if function not in self._worked_out:
            self._worked_out[function] = function(self)
        value: T = self._worked_out[function]
        return value

    @cached_property
    def _worked_out(self) -> dict[Callable[[Review], Any], Any]:
        return {}

    @cached_property
    def facts(self) -> Mapping[str, RecordFacts]:
        """The facts of each record, by its key."""
        if isinstance(self.records, KnownRecords):
            return self.records.facts
        return {key: facts_of(key, record) for key, record in self.records.items()}

    def without_records(self) -> Review:
        """Return the review as it would be without any record."""
        return replace(self, records={}, seconds={}, faulty={}, files={})

    @cached_property
    def frame(self) -> CodeFrame:
        """The codebook, ready to be asked."""
        return CodeFrame(self.codebook.value)

    @property
    def protocol_text(self) -> str:
        """The text of the protocol, in Markdown."""
        return self.protocol_narrative.text

    @cached_property
    def keys(self) -> list[str]:
        """The keys of all records, each once, even of those that could not be read as a whole."""
        return list(dict.fromkeys([*self.records, *self.faulty]))

    @property
    def extracted(self) -> Iterator[Extracted]:
        """Everything that was extracted from papers: the records, and what was extracted twice."""
        yield from self.records.values()
        yield from self.seconds.values()

    @cached_property
    def compared(self) -> Compared:
        """Which records are likely the same publication as an earlier one."""
        known = self.records.compared if isinstance(self.records, KnownRecords) else None
        return compared([facts.publication for facts in self.facts.values()], known)

    @cached_property
    def known_keys(self) -> frozenset[str]:
        """The keys of all records, to look one up."""
        return frozenset(self.keys)

    @cached_property
    def finding_names(self) -> dict[str, None]:
        """The reference of every finding of a paper, such as ``lamp2021#company``, in their order."""
        return {f"{key}#{name}": None for key, facts in self.facts.items() for name in facts.findings}

    def finding(self, reference: str) -> Finding | None:
        """Return the finding of a paper that is meant by ``lamp2021#company``, or None."""
        if reference not in self.finding_names:
            return None
        key, _, name = reference.partition("#")
        # Of two with one id, the last one counts.
        return next(each for each in reversed(self.records[key].value.findings or []) if each.id == name)

    def study_of(self, key: str) -> str:
        """Return the id of the study that the record *key* reports: its own key if it stands alone."""
        return self.facts[key].report_of or key

    @cached_property
    def _included_reports(self) -> dict[str, list[str]]:
        reports: dict[str, list[str]] = {}
        for key, facts in sorted(self.facts.items()):
            if facts.decision is Decision.INCLUDED:
                reports.setdefault(facts.report_of or key, []).append(key)
        return reports

    def included_reports(self, study: str) -> list[str]:
        """Return the keys of the included reports of *study*."""
        return self._included_reports.get(study, [])

    @cached_property
    def _sharing(self) -> dict[str, set[str]]:
        sharing: dict[str, set[str]] = {}
        for key, facts in self.facts.items():
            for other in facts.sharing:
                sharing.setdefault(key, set()).add(other)
                sharing.setdefault(other, set()).add(key)
        return sharing

    def sharing_sample(self, key: str) -> set[str]:
        """Return the records whose participants may be those of *key*, whichever of them says so."""
        return self._sharing.get(key, set())

    def counts_as_study(self, record: Record) -> bool:
        """Whether an included report is counted: not if a term it carries says otherwise."""
        return all(
            self.frame.terms[dimension][term].term.counts_as_study
            for dimension, term in record_terms(self.frame, record)
            if term in self.frame.terms.get(dimension, {})
        )


def value_at(section: object, path: str) -> object:
    """Return the value of a dotted *path* such as ``sample.roles``; None where a section is absent."""
    for name in path.split("."):
        section = getattr(section, name, None)
    return section


def as_terms(value: object) -> list[str]:
    """Return the terms in a coded field: none if it is absent, one or several otherwise."""
    if value is None or isinstance(value, Absence):
        return []
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


def record_terms(frame: CodeFrame, record: Record | SecondExtraction) -> Iterator[tuple[str, str]]:
    """Yield dimension and term for each code of *record* itself."""
    for (applies_to, path), dimension in frame.by_field.items():
        if applies_to == "records":
            for term in as_terms(value_at(record, path)):
                yield dimension.id, term
    for name, terms in record.codes.items():
        for term in as_terms(terms):
            yield name, term


def finding_terms(frame: CodeFrame, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield dimension and term for each code of *finding* itself."""
    for (applies_to, path), dimension in frame.by_field.items():
        if applies_to == "findings":
            for term in as_terms(value_at(finding, path)):
                yield dimension.id, term
    for name, terms in finding.codes.items():
        for term in as_terms(terms):
            yield name, term
