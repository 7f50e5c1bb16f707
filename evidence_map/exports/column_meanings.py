"""What the columns of the tables mean, in the words of the database's own comments."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from importlib import resources

from evidence_map.database.description import describe
from evidence_map.exports.csv_table import Column, Row


@cache
def _comments() -> dict[str, str]:
    """Return the comments of the table record, read from the empty schema: nothing is counted there."""
    schema = resources.files("evidence_map.database").joinpath("schema.sql").read_text("utf-8")
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(schema)
        [record] = [table for table in describe(empty) if table.name == "record"]
    return {column.name: column.comment for column in record.columns}


def meanings(columns: Iterable[Column[Row]]) -> dict[str, str]:
    """Return what each of the *columns* means, by its heading.

    A column that says nothing of itself has the name of one of the table record, and its meaning.
    """
    return {column.name: column.meaning or _comments()[column.name] for column in columns}
