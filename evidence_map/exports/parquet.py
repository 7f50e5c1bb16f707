"""The tables of the database as Parquet files, one for each, for programs that read large tables.

Source: Apache Parquet format 2 and the Arrow schema that is kept in it. A file says of itself what
the database says: the comment of the table and, with each column, its comment and its type.

This module needs pyarrow, which only ``export parquet`` loads.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evidence_map.database.description import comments_in
from evidence_map.publishing import MARK, PublishingError, check_target

SUFFIX = ".parquet"

SEARCHED = "record_text"
"""The table over which full-text search has its index: tables of its own, which only SQLite reads."""

ROWS_READ = 5_000
"""How many rows are taken from the database at a time."""

MOST_ROWS = 100_000
MOST_BYTES = 64_000_000
"""A row group is written when it has so many rows or bytes, so that memory stays small."""

_TYPES = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
_TABLE = re.compile(r"\w+\.parquet")
_YES_OR_NO = re.compile(r"^\s*(\w+) INTEGER\b.*CHECK \(\1 IN \(0, 1\)\)", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """A table of the database, and how it is read.

    :ivar order: the columns by which its rows are sorted.
    """

    name: str
    comment: str
    schema: pa.Schema
    order: tuple[str, ...]


def check_folder(folder: Path, root: Path) -> None:
    """Refuse a folder that holds anything but tables of an earlier export, before any work is done.

    :param root: the folder of the review.
    :raises PublishingError: if replacing *folder* would destroy something else.
    """
    check_target(folder, root)
    if folder.is_dir():
        names = (file.relative_to(folder).as_posix() for file in folder.rglob("*"))
        if others := sorted(name for name in names if name != MARK and not _TABLE.fullmatch(name)):
            raise PublishingError(
                f"{folder} holds “{others[0]}”, which is no table of an export; nothing in it is "
                "touched. Choose another folder."
            )


def write_parquet(connection: sqlite3.Connection, meta: Mapping[str, str], folder: Path) -> int:
    """Write the tables into *folder*, each as ``TABLE.parquet``, and return how many there are.

    The same database and the same pyarrow give the same bytes.

    :param meta: the facts of the review that each file repeats: title, version and licence.
    :raises OSError: if a file cannot be written.
    """
    found = sources(connection)
    for source in found:
        about = {name: meta[name] for name in ("title", "version", "licence") if name in meta}
        schema = source.schema.with_metadata({"comment": source.comment, **about})
        with pq.ParquetWriter(folder / f"{source.name}{SUFFIX}", schema, compression="zstd") as writer:
            for group in _row_groups(connection, source, schema):
                writer.write_table(group, row_group_size=MOST_ROWS)
    return len(found)


def sources(connection: sqlite3.Connection) -> list[Source]:
    """Return the tables that are written, and the views that only put tables together.

    Left out are the index for full-text search, and views that count or compute: SQLite knows no type
    of what they make, and programs that read Parquet count by themselves.
    """
    sql = "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid"
    found = [
        _source(connection, name, text)
        for name, text in connection.execute(sql).fetchall()
        if not name.startswith(("sqlite_", f"{SEARCHED}_"))
    ]
    return [source for source in found if source]


def _source(connection: sqlite3.Connection, name: str, sql: str) -> Source | None:
    """Return how a table or view is read, or None for a view with a column that has no type."""
    comment, comments = comments_in(sql)
    yes_or_no = set(_YES_OR_NO.findall(sql))
    fields, keys = [], dict[int, str]()
    for _, column, declared, not_null, _, key in connection.execute(f'PRAGMA table_info("{name}")'):
        if not declared:
            return None
        kind = pa.bool_() if column in yes_or_no else _TYPES[declared]
        nullable = not not_null and not key
        fields.append(pa.field(column, kind, nullable, {"comment": comments[column]}))
        if key:
            keys[key] = column
    schema = pa.schema(fields)
    order = tuple(keys[place] for place in sorted(keys)) or tuple(schema.names)
    return Source(name, comment, schema, order)


def _row_groups(connection: sqlite3.Connection, source: Source, schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the rows of a table in parts that are large enough to be read fast, and no larger."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in _batches(connection, source, schema):
        waiting.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= MOST_ROWS or size >= MOST_BYTES:
            yield pa.Table.from_batches(waiting, schema)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield pa.Table.from_batches(waiting, schema)


def _batches(
    connection: sqlite3.Connection, source: Source, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    columns = ", ".join(f'"{name}"' for name in schema.names)
    order = ", ".join(f'"{name}"' for name in source.order)
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(f'SELECT {columns} FROM "{source.name}" ORDER BY {order}')
    while rows := cursor.fetchmany(ROWS_READ):
        values = [
            _array(column, field.type)
            for column, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        yield pa.record_batch(values, schema=schema)


def _array(values: tuple[str | int | float | None, ...], kind: pa.DataType) -> pa.Array:
    if pa.types.is_boolean(kind):
        return pa.array([None if value is None else bool(value) for value in values], kind)
    return pa.array(values, kind)
