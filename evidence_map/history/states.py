"""What a file said in one version: enough of a record or a review finding to tell what changed.

Old versions may have been written for older models, so nothing here is validated; a file that can
no longer be read counts as one that says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from evidence_map.front_matter import parse_markdown
from evidence_map.text_source import plain_line_ends
from evidence_map.yaml_plain import Plain
from evidence_map.yaml_source import parse


@dataclass(frozen=True, slots=True)
class RecordState:
    """A record in one version.

    :ivar findings: its findings by id.
    :ivar sections: its other sections by name.
    """

    title: str
    decision: str
    findings: dict[str, Plain]
    sections: dict[str, Plain]


@dataclass(frozen=True, slots=True)
class ReviewFindingState:
    """A review finding in one version. ``confidence`` is empty while it is not assessed."""

    statement: str
    confidence: str
    contributing: frozenset[str]
    assessment: Plain
    text: str


State = RecordState | ReviewFindingState


def is_record(path: PurePosixPath) -> bool:
    """Whether *path* is a record's file: not a second extraction, nor anything else that lies there."""
    return path.parts[:1] == ("records",) and path.suffix == ".yml" and "." not in path.stem


def is_review_finding(path: PurePosixPath) -> bool:
    """Whether *path* is the file of a review finding."""
    return path.parts[:2] == ("synthesis", "findings") and path.suffix == ".md"


def state_of(path: PurePosixPath, content: bytes) -> State:
    """Return what the file *path* says; blank where it cannot be read."""
    text = plain_line_ends(content.decode("utf-8-sig", "replace"))
    return _record(path, text) if is_record(path) else _review_finding(path, text)


def _record(path: PurePosixPath, text: str) -> RecordState:
    document = parse(text, path)
    fields = {} if isinstance(document, list) else _mapping(document.plain())
    findings = fields.pop("findings", [])
    named = {
        _text(_mapping(finding).get("id")) or str(number): finding
        for number, finding in enumerate(findings if isinstance(findings, list) else [])
    }
    return RecordState(
        title=_text(_mapping(fields.get("reference")).get("title")),
        decision=_text(_mapping(fields.get("screening")).get("decision")),
        findings=named,
        sections=fields,
    )


def _review_finding(path: PurePosixPath, text: str) -> ReviewFindingState:
    read = parse_markdown(text, path)
    fields, narrative = ({}, "")
    if not isinstance(read, list):
        fields, narrative = _mapping(read[0].plain()), read[1].text
    assessment = _mapping(fields.get("cerqual"))
    contributing = fields.get("contributing")
    return ReviewFindingState(
        statement=_text(fields.get("statement")),
        confidence=_text(_mapping(assessment.get("confidence")).get("level")),
        contributing=frozenset(_text(each) for each in contributing if _text(each))
        if isinstance(contributing, list)
        else frozenset(),
        assessment=assessment,
        text=narrative,
    )


def _mapping(value: Plain | None) -> dict[str, Plain]:
    return dict(value) if isinstance(value, dict) else {}


def _text(value: Plain | None) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
