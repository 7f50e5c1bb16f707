"""Records that differ, each with its findings that differ."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evidence_map.comparison.differences import (
    BASE,
    HEAD,
    Change,
    Rename,
    What,
    differences,
    titles,
)
from evidence_map.comparison.subjects import FINDING, RECORD
from evidence_map.model.scalars import record_of


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that differs, with its findings that differ. ``change`` has no fields if only they do."""

    change: Change
    findings: tuple[Change, ...] = ()


def changed_records(connection: sqlite3.Connection, renames: list[Rename]) -> list[RecordChange]:
    """Return the records that differ, each with its findings."""
    changes = differences(connection, RECORD, renames)
    findings = differences(connection, FINDING, _of_findings(connection, renames))
    new_keys = {rename.old: rename.new for rename in renames}
    of_record: dict[str, list[Change]] = defaultdict(list)
    for finding in findings:
        if finding.what is What.RENAMED and not finding.fields:
            continue
        key = record_of(finding.name)
        of_record[new_keys.get(key, key)].append(finding)
    known = {change.name: change for change in changes}
    after = titles(connection, RECORD, HEAD)
    return [
        RecordChange(
            known.get(key) or Change(RECORD.name, What.CHANGED, key, after[key], ()),
            tuple(of_record.get(key, ())),
        )
        for key in sorted({*known, *of_record})
    ]


def _of_findings(connection: sqlite3.Connection, renames: Iterable[Rename]) -> list[Rename]:
    """Return the findings that came under a new reference because their record did."""
    new_keys = {rename.old: rename for rename in renames}
    after = titles(connection, FINDING, HEAD)
    found = []
    for old in titles(connection, FINDING, BASE):
        key, _, name = old.partition("#")
        if (rename := new_keys.get(key)) and f"{rename.new}#{name}" in after:
            found.append(Rename(old, f"{rename.new}#{name}", rename.reason))
    return found
