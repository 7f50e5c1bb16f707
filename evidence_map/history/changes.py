"""What one version of a review has that another had not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from evidence_map.history.repository import Files
from evidence_map.history.states import (
    RecordState,
    ReviewFindingState,
    State,
    is_record,
    is_review_finding,
    state_of,
)
from evidence_map.problem_reports import counted


class What(StrEnum):
    """What happened to a record or a review finding."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Subject(StrEnum):
    """What kind of thing changed."""

    RECORD = "record"
    REVIEW_FINDING = "review finding"


@dataclass(frozen=True, slots=True)
class Change:
    """One record or review finding that was added, changed or removed.

    :ivar name: the record's key or the review finding's name.
    :ivar title: the paper's title, or the statement.
    :ivar details: what changed in it, a phrase each; of what was added, what it is.
    """

    subject: Subject
    name: str
    what: What
    title: str
    details: tuple[str, ...] = ()


Contents = Callable[[set[str]], Mapping[str, bytes]]
"""Returns the contents behind object ids, as far as they are there."""


def compare(before: Files, after: Files, contents: Contents) -> list[Change]:
    """Return what changed from one set of files to another; records first, each by name.

    Files that differ only in layout, comments or the order of fields have not changed.
    """
    paths = [
        path
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path) and (is_record(path) or is_review_finding(path))
    ]
    names = {files[path] for path in paths for files in (before, after) if path in files}
    held = contents(names) if names else {}

    def state(files: Files, path: PurePosixPath) -> State | None:
        return state_of(path, held.get(files[path], b"")) if path in files else None

    found = (_change(path, state(before, path), state(after, path)) for path in paths)
    return sorted(
        (change for change in found if change), key=lambda each: (each.subject.value, each.name)
    )


def _change(path: PurePosixPath, before: State | None, after: State | None) -> Change | None:
    shown = after or before
    if shown is None:
        return None
    subject = Subject.RECORD if isinstance(shown, RecordState) else Subject.REVIEW_FINDING
    title = shown.title if isinstance(shown, RecordState) else shown.statement
    if before is None:
        return Change(subject, path.stem, What.ADDED, title, tuple(_new(shown)))
    if after is None:
        return Change(subject, path.stem, What.REMOVED, title)
    details = tuple(_details(before, after))
    return Change(subject, path.stem, What.CHANGED, title, details) if details else None


def _new(state: State) -> Iterator[str]:
    if isinstance(state, ReviewFindingState):
        yield f"confidence: {state.confidence}" if state.confidence else "not assessed yet"
        return
    if state.decision:
        yield state.decision
    if state.findings:
        yield counted(len(state.findings), "finding")


def _details(before: State, after: State) -> Iterator[str]:
    if isinstance(before, RecordState) and isinstance(after, RecordState):
        yield from _record_details(before, after)
    if isinstance(before, ReviewFindingState) and isinstance(after, ReviewFindingState):
        yield from _review_finding_details(before, after)


def _record_details(before: RecordState, after: RecordState) -> Iterator[str]:
    if before.decision != after.decision:
        yield f"{before.decision or 'no decision'} → {after.decision or 'no decision'}"
    numbers = {
        "added": len(after.findings.keys() - before.findings.keys()),
        "changed": sum(
            before.findings[name] != after.findings[name]
            for name in before.findings.keys() & after.findings.keys()
        ),
        "removed": len(before.findings.keys() - after.findings.keys()),
    }
    for what, number in numbers.items():
        if number:
            yield f"{counted(number, 'finding')} {what}"
    names = [
        name.replace("_", " ")
        for name in dict.fromkeys([*after.sections, *before.sections])
        if before.sections.get(name) != after.sections.get(name)
    ]
    if names:
        yield "sections changed: " + ", ".join(names)


def _review_finding_details(before: ReviewFindingState, after: ReviewFindingState) -> Iterator[str]:
    if before.confidence != after.confidence:
        old, new = (state.confidence or "not assessed" for state in (before, after))
        yield f"confidence: {old} → {new}"
    elif before.assessment != after.assessment:
        yield "assessment changed"
    if before.statement != after.statement:
        yield "statement changed"
    if gained := len(after.contributing - before.contributing):
        yield f"{counted(gained, 'contributing finding')} added"
    if lost := len(before.contributing - after.contributing):
        yield f"{counted(lost, 'contributing finding')} removed"
    if before.text != after.text:
        yield "narrative changed"
