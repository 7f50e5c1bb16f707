"""What an assessment of confidence rests on, in short digests, so that a later change is noticed.

GRADE-CERQual asks four things of a review finding (Lewin et al. 2018, doi 10.1186/s13012-017-0688-3):
how sound the methods were, how well the data fit the statement, how rich the data are, and how
close the studies are to the question. What could change an answer is digested, in parts, so that
a message can say which part changed:

- the review's **question**: question, population, concept and context of the protocol (relevance);
- the review finding's **statement**, which the four components are about;
- for each contributing finding, **what was found**: statement, kind, codes, locator, quotations
  (coherence, adequacy);
- for each, **its study**: aim and methods, sample, setting, the authors' limitations, the report's
  own codes and its kind of publication (relevance, adequacy, methods), the basis of extraction and
  the result of screening, and which other reports share its study or its participants (adequacy);
- for each, its **critical appraisal**: tool and answers with their support, or why there is none
  (methodological limitations).

Left out is what no component asks about: citation details, dates and names of those who did the
work, funding, keywords, notes, and other findings of the same report, which speak to other
statements. The text below the review finding explains the assessment; it is not its evidence.

A digest is taken from what was read, not from the file: layout, comments, the order of fields and
the order of lists do not matter, and a field left out is the same as one with its default. So
fields that a later version of the model adds change no digest until someone fills them in.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from evidence_map.model.record import Finding, Record
from evidence_map.model.scalars import record_of
from evidence_map.model.synthesis import AssessedEvidence, ReviewFinding
from evidence_map.review import Review

LETTERS = "bcdfghjklmnpqrstvwxz"
"""Digests are written in consonants: nothing that reads YAML takes them for a number or a word."""

LENGTH = 6
"""Letters of a digest: 64 million contents, so that a change practically never goes unnoticed."""

_QUESTION = ("question", "population", "concept", "context")

PARTS = ("what was found", "the study", "the appraisal")
"""What the three digests of a contribution are taken from, in their order."""


def digest(content: Any) -> str:
    """Return a short name of *content* (texts, numbers, lists, dictionaries), for the same the same.

    >>> digest({"a": ["x", "y"], "b": "z"}) == digest({"b": "z", "a": ["y", "x"]})
    True
    """
    number = int.from_bytes(hashlib.sha256(_canonical(content).encode()).digest()[:8])
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def _canonical(content: Any) -> str:
    """Return *content* as one text that does not depend on the order of lists and fields."""
    if isinstance(content, dict):
        fields = {name: _canonical(value) for name, value in content.items()}
        return "{" + ",".join(f"{json.dumps(name)}:{fields[name]}" for name in sorted(fields)) + "}"
    if isinstance(content, list):
        return "[" + ",".join(sorted(map(_canonical, content))) + "]"
    if isinstance(content, str):
        content = unicodedata.normalize("NFC", content)
    return json.dumps(content)


def _said(section: BaseModel | None, *left_out: str) -> dict[str, Any]:
    """Return what a section says: its fields without those that hold their default."""
    if section is None:
        return {}
    return section.model_dump(mode="json", exclude_defaults=True, exclude=set(left_out))


class EvidenceDigests:
    """Digests of the evidence of one review, each taken once."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self._of_record: dict[str, tuple[str, str]] = {}

    def now(self, finding: ReviewFinding) -> AssessedEvidence:
        """Return the digests of the evidence under *finding* as it is, without what does not exist."""
        return AssessedEvidence(
            question=self._question,
            statement=digest(finding.statement),
            contributing={
                reference: self._contribution(reference, found)
                for reference in finding.contributing
                if (found := self.review.finding(reference)) is not None
            },
        )

    @cached_property
    def _question(self) -> str:
        protocol = self.review.protocol.value
        return digest({name: getattr(protocol, name) for name in _QUESTION if getattr(protocol, name)})

    def _contribution(self, reference: str, finding: Finding) -> str:
        key = record_of(reference)
        if key not in self._of_record:
            record = self.review.records[key].value
            appraisal = digest(_said(record.appraisal, "by", "date"))
            self._of_record[key] = (digest(self._study(key, record)), appraisal)
        return " ".join((digest(_said(finding, "id")), *self._of_record[key]))

    def _study(self, key: str, record: Record) -> dict[str, Any]:
        return {
            "type": record.reference.type,
            "decision": record.screening.decision.value,
            "basis": record.extraction.basis.value if record.extraction else None,
            "link": _said(record.study, "note"),
            "shares": sorted(self.review.sharing_sample(key)),
            "reports": self.review.included_reports(self.review.study_of(key)),
            "design": _said(record.design),
            "sample": _said(record.sample),
            "setting": _said(record.setting),
            "limitations": record.model_dump(mode="json", include={"limitations"}),
            "codes": _said_codes(record),
        }


def _said_codes(record: Record) -> dict[str, Any]:
    codes: dict[str, Any] = record.model_dump(mode="json", include={"codes"})["codes"]
    return codes


def overall(evidence: AssessedEvidence) -> str:
    """Return one digest of all of *evidence*."""
    return digest(evidence.model_dump(mode="json"))


def changes(before: AssessedEvidence, now: AssessedEvidence) -> list[str]:
    """Return in words what changed between two states of the evidence; nothing if nothing did."""
    return list(_changes(before, now))


def _changes(before: AssessedEvidence, now: AssessedEvidence) -> Iterator[str]:
    if before.statement != now.statement:
        yield "the statement of the review finding"
    if before.question != now.question:
        yield "the review's question"
    for reference, then in before.contributing.items():
        if reference not in now.contributing:
            yield f"{reference} no longer contributes"
        elif changed := _changed_parts(then, now.contributing[reference]):
            yield f"{reference}: {changed}"
    for reference in now.contributing:
        if reference not in before.contributing:
            yield f"{reference} was added"


def _changed_parts(before: str, now: str) -> str:
    """Return which parts of a contribution changed, in words; empty if none did."""
    old, new = before.split(), now.split()
    if len(old) != len(new):
        return "its digests were edited by hand"
    return ", ".join(part for part, a, b in zip(PARTS, old, new, strict=True) if a != b)
