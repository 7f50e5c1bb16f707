"""What the database says of itself, read from the comments that its schema keeps."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table or view."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view. The rows of a view are not counted: it would have to be run for that."""

    name: str
    kind: str
    comment: str
    columns: tuple[Column, ...]
    rows: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """A question that people ask, with the query that answers it."""

    question: str
    sql: str


EXAMPLES = (
    Example(
        "How many studies, reports and findings stand under each term?",
        "SELECT dimension, label, studies, reports, findings\n"
        "FROM term_count\nWHERE studies > 0\nORDER BY dimension, studies DESC;",
    ),
    Example(
        "Which findings speak of a matter, and where does the paper say it?",
        "SELECT record.citation, finding.statement, finding.locator\n"
        "FROM record_text_fts\n"
        "JOIN record_text ON record_text.rowid = record_text_fts.rowid\n"
        "JOIN record ON record.key = record_text.record\n"
        "JOIN finding ON finding.record = record.key\n"
        "WHERE record_text_fts MATCH 'support'\nORDER BY rank, finding.position;",
    ),
    Example(
        "What is in each cell of the first map?",
        "SELECT row_term, column_term, studies\n"
        "FROM map_cell\n"
        "WHERE map = (SELECT id FROM map WHERE position = 0)\n"
        "ORDER BY studies DESC, row_term, column_term;",
    ),
    Example(
        "Which studies have several reports?",
        "SELECT id, label, reports FROM counted_study WHERE reports > 1;",
    ),
    Example(
        "What do the sources not report?",
        "SELECT field, count(*) AS records\n"
        "FROM absence\nWHERE reason = 'not reported'\nGROUP BY field\nORDER BY records DESC, field;",
    ),
    Example(
        "How did screening end?",
        "SELECT decision, reason, reports FROM screening_count;",
    ),
    Example(
        "In what do two people differ who extracted the same paper?",
        "SELECT record, path, first_said, second_said, decision FROM disagreement;",
    ),
    Example(
        "What became of the results of the searches?",
        "SELECT method, title, sum(number) AS number\n"
        "FROM flow_number JOIN flow_box ON flow_box.id = flow_number.box\n"
        "GROUP BY method, box ORDER BY method, position;",
    ),
)
"""Example queries, printed on the page of the database and run by the tests."""

_HIDDEN = re.compile(r"sqlite_|record_text_fts_")
_COMMENT = re.compile(r"--\s?(.*)$")


def describe(connection: sqlite3.Connection) -> list[Table]:
    """Return every table and view with its columns and their comments."""
    sql = "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid"
    return [
        _table(connection, name, kind, text)
        for name, kind, text in connection.execute(sql).fetchall()
        if not _HIDDEN.match(name)
    ]


def _table(connection: sqlite3.Connection, name: str, kind: str, sql: str) -> Table:
    comment, columns = comments_in(sql)
    if name == "record_text_fts":
        comment = (
            "Full-text search over the words of each record, with accents folded. "
            "Join its rowid to that of record_text."
        )
        columns = {
            "title": "Title, authors and journal",
            "statements": "Statements of the findings",
            "notes": "Aim, sample, setting, limitations and notes",
        }
    rows = None
    if kind == "table":
        rows = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
    described = tuple(
        Column(row[1], row[2], columns.get(row[1], ""))
        for row in connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    )
    return Table(name, kind, comment, described, rows)


def comments_in(sql: str) -> tuple[str, dict[str, str]]:
    """Return the comment of a table and those of its columns.

    A comment line of its own describes the table, or a view's column when it begins with the
    column's name and a colon; a comment at the end of a line describes the column of that line.
    """
    general: list[str] = []
    columns: dict[str, str] = {}
    for line in sql.splitlines():
        match = _COMMENT.search(line)
        if match is None:
            continue
        before, text = line[: match.start()].strip(), match[1].strip()
        if before:
            columns[before.split()[0]] = text
        elif named := re.match(r"([a-z_]+): (.*)$", text):
            columns[named[1]] = named[2]
        else:
            general.append(text)
    return " ".join(general), columns


def datasette_metadata(connection: sqlite3.Connection, title: str, licence: str) -> str:
    """Return metadata with which Datasette shows titles and descriptions, as JSON."""
    tables: dict[str, Any] = {
        table.name: {
            "description": table.comment,
            "columns": {column.name: column.comment for column in table.columns},
        }
        for table in describe(connection)
    }
    queries = {
        f"example-{number}": {"title": example.question, "sql": example.sql}
        for number, example in enumerate(EXAMPLES, 1)
    }
    metadata = {
        "title": title,
        "license": licence,
        "databases": {"evidence": {"tables": tables, "queries": queries}},
    }
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"
