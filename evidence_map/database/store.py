"""Store a review in SQLite, the one source of everything that is published.

The same review gives the same bytes: rows are written in a fixed order, and nothing of the
machine or the hour goes in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from evidence_map.citation import told_apart
from evidence_map.database import synthesis_rows
from evidence_map.database.agreement_rows import agreement_tables
from evidence_map.database.appraisal_rows import appraisal_tools
from evidence_map.database.history_rows import history_tables
from evidence_map.database.record_parts import RecordPart, columns_of, record_parts, tables
from evidence_map.database.record_rows import Row
from evidence_map.flow_boxes import box_rows, step_rows
from evidence_map.history.releases import Release
from evidence_map.model.absence import Absence
from evidence_map.review import Review

OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables came with SQLite 3.37."""

SCHEMAS = ("schema.sql", "flow.sql", "agreement.sql")
"""The files that define tables and views, in the order in which they build on each other."""


LARGE = 2_000
"""From how many records on a database has large pages, in which long rows leave less room unused."""

_SMALL_PAGE, _LARGE_PAGE = 4_096, 16_384

_WRITING = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -32768;
"""
"""Nobody reads the file while it is written, and one that is not finished is thrown away."""


class StorageError(Exception):
    """The database cannot be written on this machine."""


def store(review: Review, file: Path, history: Sequence[Release] = ()) -> None:
    """Write *review* to the SQLite database *file*, which must not exist yet.

    :param history: its versions, the newest first, where they are known.
    :raises StorageError: if the SQLite of this Python is too old, or the file cannot be written.
    """
    page = _LARGE_PAGE if len(review.records) >= LARGE else _SMALL_PAGE
    with _new_database(file, page) as db:
        _fill(db, review, history)


def store_nothing(file: Path) -> None:
    """Write a database of the same shape in which nothing stands: a review that does not exist yet.

    :raises StorageError: as :func:`store` does.
    """
    with _new_database(file, _SMALL_PAGE):
        pass


@contextmanager
def _new_database(file: Path, page: int) -> Iterator[Database]:
    """Give a database with empty tables and pages of as many bytes as *page*."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(
            f"Python's SQLite is {sqlite3.sqlite_version}; this needs 3.37 or later. Use a newer Python."
        )
    connection = sqlite3.connect(file)
    try:
        connection.executescript(f"PRAGMA page_size = {page};\n{_WRITING}")
        for schema in SCHEMAS:
            connection.executescript(f"BEGIN;\n{_script(schema)}\nCOMMIT;")
        yield Database(connection)
    except sqlite3.OperationalError as error:
        raise StorageError(f"the database {file.name} cannot be written: {error}") from error
    finally:
        connection.close()


def _script(name: str) -> str:
    return resources.files("evidence_map.database").joinpath(name).read_text("utf-8")


def _fill(db: Database, review: Review, history: Sequence[Release]) -> None:
    connection = db.conn
    parts = record_parts(review)
    citations = told_apart({part.key: part.citation for part in parts})
    connection.executescript(_script("stated.sql"))
    with db.atomic():
        for table, rows in chain(_tables(review, parts, citations), history_tables(history)):
            _insert(connection, table, rows)
        for together in tables(parts, citations):
            for table, lists in together.items():
                _insert_lists(connection, table, columns_of(table), lists)
    connection.executescript(f"BEGIN;\n{_script('derived.sql')}\nCOMMIT;")
    db.table("record_text").enable_fts(
        ["title", "statements", "notes"], tokenize="unicode61 remove_diacritics 2"
    )
    # What the planner of queries needs to know; a sample of each index tells it.
    connection.executescript("PRAGMA analysis_limit = 1000; ANALYZE;")
    connection.commit()
    connection.execute("VACUUM")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert *rows*, which all have the same columns."""
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    columns = tuple(first)
    _insert_lists(connection, table, columns, map(itemgetter(*columns), chain((first,), coming)))


def _insert_lists(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    connection.executemany(sql, rows)


def _tables(
    review: Review, parts: Sequence[RecordPart], citations: dict[str, str]
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of what is not told by single records, with their rows."""
    yield "meta", _meta(review, parts)
    yield "dimension", synthesis_rows.dimensions(review)
    terms = list(synthesis_rows.terms(review, parts))
    yield "term", terms
    yield "term_example", synthesis_rows.examples(review)
    yield "term_path", synthesis_rows.term_paths(review, terms)
    yield "study", synthesis_rows.studies(review, parts, citations)
    yield "search", synthesis_rows.searches(review)
    yield "search_without_record", synthesis_rows.without_record(review)
    yield "flow_box", box_rows()
    yield "flow_step", step_rows()
    yield "shared_sample", synthesis_rows.shared_samples(review)
    yield "finding_code", synthesis_rows.confidence_codes(review)
    yield from appraisal_tools(review)
    yield from synthesis_rows.review_findings(review)
    yield "checklist_answer", synthesis_rows.checklist_answers(review)
    yield from synthesis_rows.maps(review)
    yield from agreement_tables(review)


def data_date(review: Review, parts: Sequence[RecordPart]) -> str:
    """Return the latest day that the files themselves name: of extraction, screening or search.

    Days of second extractions and of adjudications are among them.
    """
    days = [day for part in parts for day in part.days]
    extractions = [each.value.extraction for each in review.seconds.values() if each.value.extraction]
    days += [each.date for each in extractions]
    days += [settled.date for each in extractions for settled in each.adjudication or []]
    days += [
        located.value.date
        for located in review.searches.values()
        if not isinstance(located.value.date, Absence)
    ]
    return max(days, default="")


def _meta(review: Review, parts: Sequence[RecordPart]) -> Iterator[Row]:
    protocol = review.protocol.value
    exclusion = review.frame.by_field.get(("records", "screening.reason"))
    facts = {
        **{name: value for name, value in protocol.model_dump().items() if isinstance(value, str)},
        "authors": json.dumps(protocol.authors, ensure_ascii=False),
        "protocol": review.protocol_text,
        "version": review.digest,
        "data_date": data_date(review, parts),
        "exclusion_dimension": exclusion.id if exclusion else "",
    }
    for name, value in sorted(facts.items()):
        yield {"name": name, "value": value}
