"""What each version of the review changed, as the page of changes and its feed tell it."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass

from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence
from evidence_map.site.text import enumeration, spoken_date


@dataclass(frozen=True, slots=True)
class Entry:
    """A record or review finding that changed.

    :ivar address: its page below the root of the site; empty if it exists no longer.
    """

    label: str
    address: str
    title: str
    details: str


@dataclass(frozen=True, slots=True)
class Part:
    """The entries of one kind, such as records that were added."""

    heading: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Release:
    """A version as readers see it. ``date`` is empty for what awaits the next release."""

    anchor: str
    heading: str
    date: str
    is_release: bool
    note: str
    summary: str
    parts: list[Part]


_KINDS = (
    ("record", "added", "Records added"),
    ("record", "changed", "Records changed"),
    ("record", "removed", "Records removed"),
    ("review finding", "added", "Review findings added"),
    ("review finding", "changed", "Review findings changed"),
    ("review finding", "removed", "Review findings removed"),
)


def change_log(evidence: Evidence) -> list[Release]:
    """Return the versions, the newest first."""
    changes: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in evidence.rows("SELECT * FROM change ORDER BY release, subject, name"):
        changes[row["release"]].append(row)
    return [
        _release(evidence, row, changes[row["position"]])
        for row in evidence.rows("SELECT * FROM release ORDER BY position")
    ]


def _release(evidence: Evidence, row: sqlite3.Row, changes: list[sqlite3.Row]) -> Release:
    parts = []
    for subject, what, heading in _KINDS:
        own = [change for change in changes if (change["subject"], change["what"]) == (subject, what)]
        if own:
            parts.append(Part(heading, [_entry(evidence, change) for change in own]))
    heading = row["name"] if row["is_release"] else spoken_date(row["date"]) or "Not yet released"
    return Release(
        anchor=re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-") or "not-yet-released",
        heading=heading,
        date=row["date"],
        is_release=bool(row["is_release"]),
        note=row["note"],
        summary=_summary(changes),
        parts=parts,
    )


def _summary(changes: list[sqlite3.Row]) -> str:
    """Return the numbers of a version in a sentence."""
    numbers = Counter((change["subject"], change["what"]) for change in changes)
    told = [
        f"{counted(numbers[subject, what], subject)} {what}"
        for subject, what, _ in _KINDS
        if numbers[subject, what]
    ]
    return f"{enumeration(told)}." if told else "No record and no review finding changed."


def _entry(evidence: Evidence, change: sqlite3.Row) -> Entry:
    if change["subject"] == "record":
        report = evidence.reports.get(change["name"])
        label = report.citation if report else change["name"]
        address = f"records/{change['name']}/" if report else ""
        title = report.row["title"] if report else change["title"]
        return Entry(label, address, title, change["details"])
    known = evidence.rows("SELECT 1 FROM review_finding WHERE id = ?", change["name"])
    address = f"findings/{change['name']}/" if known else ""
    return Entry(change["title"] or change["name"], address, "", change["details"])
