"""Review findings that differ, or whose evidence does, and what changed in that evidence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence_map.comparison.differences import BASE, HEAD, Change, What, differences, titles
from evidence_map.comparison.records import RecordChange
from evidence_map.comparison.renames import renamed_review_findings
from evidence_map.comparison.subjects import REVIEW_FINDING
from evidence_map.model.scalars import record_of

_OF_A_STUDY = (
    *("reference.type", "study.", "screening.decision", "extraction.basis", "design.", "sample."),
    *("setting.", "limitations", "codes.", "appraisal."),
)
"""Fields of a record on which the confidence in a review finding rests, or what they begin with."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A finding of a paper under a review finding: added, removed, or changed in itself or its study."""

    finding: str
    what: What
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFindingChange:
    """A review finding that differs, or whose evidence does.

    :ivar evidence_differs: whether the digest of its evidence is another.
    :ivar became_stale: whether its assessment rests on other evidence now, and did not before.
    :ivar since: what changed since it was assessed, as the database says it.
    """

    change: Change
    contributions: tuple[Contribution, ...]
    evidence_differs: bool
    became_stale: bool
    since: tuple[str, ...]


def changed_review_findings(
    connection: sqlite3.Connection, records: list[RecordChange]
) -> list[ReviewFindingChange]:
    """Return the review findings that differ, or whose evidence does, by name."""
    renames = renamed_review_findings(connection)
    known = {change.name: change for change in differences(connection, REVIEW_FINDING, renames)}
    old_names = {rename.new: rename.old for rename in renames}
    rows = {
        database: {
            name: (evidence, stale, changed)
            for name, evidence, stale, changed in connection.execute(
                f"SELECT id, evidence, stale, changed FROM {database}.review_finding"
            )
        }
        for database in (BASE, HEAD)
    }
    after = titles(connection, REVIEW_FINDING, HEAD)
    parts = dict(_changed_parts(records))
    found = []
    for name in sorted({*known, *rows[HEAD]}):
        before = rows[BASE].get(old_names.get(name, name), (None, None, None))
        now = rows[HEAD].get(name, (None, None, None))
        differs = before[0] != now[0]
        if name not in known and not differs:
            continue
        change = known.get(name) or Change(REVIEW_FINDING.name, What.CHANGED, name, after[name], ())
        contributions = tuple(_contributions(connection, change, parts)) if differs else ()
        became_stale = before[1] != 1 and now[1] == 1
        since = tuple(now[2].splitlines()) if became_stale and now[2] else ()
        found.append(ReviewFindingChange(change, contributions, differs, became_stale, since))
    return found


def _changed_parts(records: Iterable[RecordChange]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what changed in each finding of a paper, and in each record for all of its findings."""
    for record in records:
        fields = [each.field for each in record.change.fields]
        if any(field.startswith(_OF_A_STUDY) for field in fields):
            yield record.change.name, ("its study",)
        for finding in record.findings:
            yield finding.name, ("what was found",)


def _contributions(
    connection: sqlite3.Connection, change: Change, parts: dict[str, tuple[str, ...]]
) -> Iterator[Contribution]:
    if change.what in (What.ADDED, What.REMOVED):
        return
    contributing = change.field("contributing")
    before, after = (contributing.before, contributing.after) if contributing else ((), ())
    for finding in sorted({*before, *after}):
        if finding not in before or finding not in after:
            yield Contribution(finding, What.ADDED if finding in after else What.REMOVED)
    sql = "SELECT finding FROM head.review_finding_contribution WHERE review_finding = ? ORDER BY 1"
    for (finding,) in connection.execute(sql, (change.name,)):
        changed = (*parts.get(finding, ()), *parts.get(record_of(finding), ()))
        if changed and (finding not in after or finding in before):
            yield Contribution(finding, What.CHANGED, changed)
