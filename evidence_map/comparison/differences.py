"""What differs between two databases, asked by SQL."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evidence_map.comparison.subjects import Subject

BASE, HEAD = "base", "head"
"""The names under which the two databases are asked."""


class What(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with what it said and what it says; several values where it holds several."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """A thing that came under a new name, and why it is taken for the same."""

    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that differs.

    :ivar name: what the files call it; of what was removed, what they called it.
    :ivar fields: what differs in it; of what was added or removed, all that it says.
    :ivar rename: the name it had, where that is another one.
    """

    subject: str
    what: What
    name: str
    title: str
    fields: tuple[FieldChange, ...]
    rename: Rename | None = None

    def field(self, name: str) -> FieldChange | None:
        """Return what differs in the field *name*, or None."""
        return next((each for each in self.fields if each.field == name), None)


Facts = dict[str, tuple[str, ...]]


@contextmanager
def opened(base: Path, head: Path) -> Iterator[sqlite3.Connection]:
    """Give one connection that reads both databases, as ``base`` and as ``head``."""
    with closing(sqlite3.connect("file::memory:", uri=True)) as connection:
        for name, file in ((BASE, base), (HEAD, head)):
            connection.execute(f"ATTACH ? AS {name}", (f"{file.absolute().as_uri()}?mode=ro",))
        yield connection


def titles(connection: sqlite3.Connection, subject: Subject, database: str) -> dict[str, str]:
    """Return the name of each thing of a kind with its title."""
    return dict(connection.execute(subject.titles.format(db=database)))


def differences(
    connection: sqlite3.Connection, subject: Subject, renames: Collection[Rename] = ()
) -> list[Change]:
    """Return the things of a kind that differ, by name.

    :param renames: things that are compared although their names differ.
    """
    before, after = (titles(connection, subject, each) for each in (BASE, HEAD))
    old_names = {rename.old for rename in renames if rename.old in before}
    by_new_name = {rename.new: rename for rename in renames if rename.new in after}
    differing = _differing(connection, subject) | (before.keys() ^ after.keys())
    said = {
        database: _facts(connection, subject, database, differing | old_names | by_new_name.keys())
        for database in (BASE, HEAD)
    }
    found = []
    for name in sorted(differing | by_new_name.keys()):
        rename = by_new_name.get(name)
        if name in old_names and not rename:
            continue
        old = rename.old if rename else name
        what = _what(rename, old in before, name in after)
        fields = _field_changes(said[BASE].get(old, {}), said[HEAD].get(name, {}))
        if fields or what is not What.CHANGED:
            title = after.get(name, before.get(old, ""))
            found.append(Change(subject.name, what, name, title, fields, rename))
    return found


def _what(rename: Rename | None, was_there: bool, is_there: bool) -> What:
    if rename:
        return What.RENAMED
    if was_there and is_there:
        return What.CHANGED
    return What.ADDED if is_there else What.REMOVED


def _field_changes(before: Facts, after: Facts) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field, before.get(field, ()), after.get(field, ()))
        for field in dict.fromkeys([*after, *before])
        if before.get(field, ()) != after.get(field, ())
    )


def _differing(connection: sqlite3.Connection, subject: Subject) -> set[str]:
    """Return the names of the things of which the two databases say different things."""
    found: set[str] = set()
    for query in (*subject.wide, *subject.long):
        base, head = query.format(db=BASE), query.format(db=HEAD)
        rows = connection.execute(
            f"""SELECT * FROM (SELECT * FROM ({base}) EXCEPT SELECT * FROM ({head}))
            UNION ALL SELECT * FROM (SELECT * FROM ({head}) EXCEPT SELECT * FROM ({base}))"""
        )
        found.update(row[0] for row in rows)
    return found


def _facts(
    connection: sqlite3.Connection, subject: Subject, database: str, names: Collection[str]
) -> Mapping[str, Facts]:
    """Return what a database says of the things called *names*, by field."""
    found: dict[str, Facts] = defaultdict(dict)
    wanted = json.dumps(sorted(names))
    for query in subject.wide:
        fields = _fields(connection, query.format(db=database))
        for name, *values in _rows(connection, query.format(db=database), wanted):
            said = zip(fields, values, strict=True)
            found[name] |= {field: (str(value),) for field, value in said if value is not None}
    for query in subject.long:
        values_of: dict[tuple[str, str], list[str]] = defaultdict(list)
        rows = _rows(connection, query.format(db=database), wanted)
        for name, field, _, value in sorted(rows, key=lambda row: (row[0], row[1], row[2], str(row[3]))):
            if value is not None:
                values_of[name, field].append(str(value))
        for (name, field), said_now in values_of.items():
            found[name][field] = (*found[name].get(field, ()), *said_now)
    return found


def _rows(connection: sqlite3.Connection, query: str, wanted: str) -> list[tuple[str, ...]]:
    columns = ", ".join(f"c{number}" for number in range(len(_fields(connection, query)) + 1))
    return connection.execute(
        f"""WITH asked({columns}) AS ({query})
        SELECT * FROM asked WHERE c0 IN (SELECT value FROM json_each(?))""",
        (wanted,),
    ).fetchall()


def _fields(connection: sqlite3.Connection, query: str) -> list[str]:
    """Return the names of the columns of a query behind the first."""
    return [column[0] for column in connection.execute(f"{query} LIMIT 0").description[1:]]
