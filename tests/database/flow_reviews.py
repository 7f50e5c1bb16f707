"""Invented databases in which records stand anywhere in the flow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources

from evidence_map.database.store import SCHEMAS
from evidence_map.flow_boxes import box_rows, step_rows

REASONS = {
    "coffee": ("Coffee only", None),
    "seen-twice": ("Seen twice", "duplicate"),
    "lost-at-sea": ("Lost at sea", "not retrieved"),
}


@dataclass(frozen=True)
class Paper:
    """A record: what was decided on it, why, on what it rests, and which searches found it."""

    decision: str
    reason: str = ""
    stage: str | None = None
    basis: str | None = None
    found_by: tuple[str, ...] = ()
    counted: bool = True
    study: str = ""
    duplicate_of: str | None = None

    @property
    def read(self) -> bool:
        """Whether its full text was read."""
        return "full text" in (self.stage, self.basis)


@dataclass(frozen=True)
class Source:
    """A search: its kind, its results, and what it left out without a record."""

    kind: str
    results: int | None
    duplicates: int = 0
    left_out: tuple[tuple[str, bool, int], ...] = field(default_factory=tuple)

    @property
    def is_database(self) -> bool:
        return self.kind in ("database", "register")


def stored(papers: dict[str, Paper], sources: dict[str, Source]) -> sqlite3.Connection:
    """Return a database that holds nothing but what the flow is counted from."""
    connection = sqlite3.connect(":memory:")
    for schema in SCHEMAS:
        connection.executescript(
            resources.files("evidence_map.database").joinpath(schema).read_text("utf-8")
        )
    insert(connection, "meta", [{"name": "exclusion_dimension", "value": "why-out"}])
    insert(connection, "flow_box", box_rows())
    insert(connection, "flow_step", step_rows())
    insert(connection, "dimension", _dimensions())
    insert(connection, "term", _terms())
    for position, (name, source) in enumerate(sources.items()):
        insert(connection, "search", [_search(name, source, position)])
        insert(connection, "search_without_record", _left_out(name, source))
    for key, paper in papers.items():
        insert(connection, "record", [_record(key, paper)])
        terms = [("why-out", paper.reason)] if paper.reason else []
        terms += [] if paper.counted or paper.decision != "included" else [("approach", "synthesis")]
        codes = [{"record": key, "dimension": dimension, "term": term} for dimension, term in terms]
        insert(connection, "record_code", codes)
        insert(connection, "record_search", [{"record": key, "search": s} for s in paper.found_by])
    return connection


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
        )


def _dimensions() -> list[dict[str, object]]:
    common = {"definition": "-", "applies_to": "records", "field": "codes", "several": 0, "built_in": 0}
    return [
        {"id": name, "label": name, "position": position, **common}
        for position, name in enumerate(("why-out", "approach"))
    ]


def _terms() -> list[dict[str, object]]:
    common = {"definition": "-", "depth": 0, "is_group": 0, "position": 0}
    reasons = [
        {
            "dimension": "why-out",
            "id": name,
            "label": label,
            "flow": flow,
            "counts_as_study": 1,
            **common,
        }
        for name, (label, flow) in REASONS.items()
    ]
    label = "Evidence synthesis"
    apart = {"dimension": "approach", "id": "synthesis", "label": label, "counts_as_study": 0, **common}
    return [*reasons, apart]


def _search(name: str, source: Source, position: int) -> dict[str, object]:
    return {
        "id": name,
        "kind": source.kind,
        "source": f"Source {name}",
        "strategy": "-",
        "results": source.results,
        "duplicates_removed": source.duplicates,
        "screened": "in part",
        "position": position,
    }


def _left_out(name: str, source: Source) -> list[dict[str, object]]:
    return [
        {
            "search": name,
            "position": position,
            "stage": stage,
            "by_automation": int(by_automation),
            "reason": f"Reason {position}",
            "number": number,
        }
        for position, (stage, by_automation, number) in enumerate(source.left_out)
    ]


def _record(key: str, paper: Paper) -> dict[str, object]:
    return {
        "key": key,
        "study": paper.study or key,
        "duplicate_of": paper.duplicate_of,
        "citation": key,
        "title": key,
        "type": "book",
        "authors_complete": 1,
        "decision": paper.decision,
        "screening_stage": paper.stage,
        "counted": int(paper.decision == "included" and paper.counted),
        "basis": paper.basis,
        "yaml": "",
    }
