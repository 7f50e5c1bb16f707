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
from pathlib import Path

from sqlite_utils import Database

from evidence_map.citation import short_citations
from evidence_map.database import record_rows, synthesis_rows
from evidence_map.database.agreement_rows import agreement_tables
from evidence_map.database.appraisal_rows import appraisals
from evidence_map.database.history_rows import history_tables
from evidence_map.database.record_rows import Row
from evidence_map.flow_boxes import box_rows, step_rows
from evidence_map.history.releases import Release
from evidence_map.model.absence import Absence
from evidence_map.review import Review

OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables came with SQLite 3.37."""

SCHEMAS = ("schema.sql", "flow.sql", "agreement.sql")
"""The files that define tables and views, in the order in which they build on each other."""


class StorageError(Exception):
    """The database cannot be written on this machine."""


def store(review: Review, file: Path, history: Sequence[Release] = ()) -> None:
    """Write *review* to the SQLite database *file*, which must not exist yet.

    :param history: its versions, the newest first, where they are known.
    :raises StorageError: if the SQLite of this Python is too old, or the file cannot be written.
    """
    with _new_database(file) as db:
        _fill(db, review, history)


def store_nothing(file: Path) -> None:
    """Write a database of the same shape in which nothing stands: a review that does not exist yet.

    :raises StorageError: as :func:`store` does.
    """
    with _new_database(file):
        pass


@contextmanager
def _new_database(file: Path) -> Iterator[Database]:
    """Give a database with empty tables."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(
            f"Python's SQLite is {sqlite3.sqlite_version}; this needs 3.37 or later. Use a newer Python."
        )
    connection = sqlite3.connect(file)
    try:
        for schema in SCHEMAS:
            text = resources.files("evidence_map.database").joinpath(schema).read_text("utf-8")
            # In one transaction: each statement of its own would wait for the disk.
            connection.executescript(f"BEGIN;\n{text}\nCOMMIT;")
        yield Database(connection)
    except sqlite3.OperationalError as error:
        raise StorageError(f"the database {file.name} cannot be written: {error}") from error
    finally:
        connection.close()


def _fill(db: Database, review: Review, history: Sequence[Release]) -> None:
    db.conn.execute("PRAGMA foreign_keys = ON")
    with db.atomic():
        for table, rows in chain(_tables(review), history_tables(history)):
            db.table(table).insert_all(rows, batch_size=1000)
        db.conn.execute(_PLACEMENTS)
    db.table("record_text").enable_fts(
        ["title", "statements", "notes"], tokenize="unicode61 remove_diacritics 2"
    )
    db.conn.execute("PRAGMA optimize")
    db.conn.commit()
    db.conn.execute("VACUUM")


_PLACEMENTS = """
INSERT INTO placement (finding, record, study, dimension, term)
WITH code AS (
  SELECT finding.id AS finding, finding_code.dimension, finding_code.term
  FROM finding JOIN finding_code ON finding_code.finding = finding.id
  UNION
  SELECT finding.id, record_code.dimension, record_code.term
  FROM finding JOIN record_code ON record_code.record = finding.record
),
placed AS (
  SELECT DISTINCT code.finding, code.dimension, term_path.ancestor AS term
  FROM code JOIN term_path ON term_path.dimension = code.dimension AND term_path.term = code.term
)
SELECT finding.id, record.key, record.study, dimension.id, placed.term
FROM finding
JOIN record ON record.key = finding.record AND record.counted = 1
JOIN dimension
LEFT JOIN placed ON placed.finding = finding.id AND placed.dimension = dimension.id
ORDER BY finding.id, dimension.position, placed.term
"""


def _tables(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table with its rows, in an order in which references already exist."""
    citations = short_citations(
        {key: located.value.reference for key, located in review.records.items()}
    )
    records = {key: review.records[key].value for key in sorted(review.records)}
    yield "meta", _meta(review)
    yield "dimension", synthesis_rows.dimensions(review)
    yield "term", synthesis_rows.terms(review)
    yield "term_example", synthesis_rows.examples(review)
    yield "term_path", synthesis_rows.term_paths(review)
    yield "study", synthesis_rows.studies(review, citations)
    yield "search", synthesis_rows.searches(review)
    yield "search_without_record", synthesis_rows.without_record(review)
    yield "flow_box", box_rows()
    yield "flow_step", step_rows()
    yield "record", (record_rows.record_row(review, key, citations[key]) for key in records)
    yield "record_name", (row for key, r in records.items() for row in record_rows.name_rows(key, r))
    yield "record_list", (row for key, r in records.items() for row in record_rows.list_rows(key, r))
    yield (
        "record_code",
        (row for key, r in records.items() for row in record_rows.code_rows(review, key, r)),
    )
    yield "sample_part", (row for key, r in records.items() for row in record_rows.part_rows(key, r))
    yield "notice", (row for key, r in records.items() for row in record_rows.notice_rows(key, r))
    yield "funder", (row for key, r in records.items() for row in record_rows.funder_rows(key, r))
    yield "record_search", synthesis_rows.record_searches(review)
    yield "shared_sample", synthesis_rows.shared_samples(review)
    yield "absence", (row for key, r in records.items() for row in record_rows.absence_rows(key, r))
    yield "finding", (row for key, r in records.items() for row in record_rows.finding_rows(key, r))
    yield (
        "finding_code",
        (row for key, r in records.items() for row in record_rows.finding_code_rows(review, key, r)),
    )
    yield "finding_code", synthesis_rows.confidence_codes(review)
    yield "finding_quote", (row for key, r in records.items() for row in record_rows.quote_rows(key, r))
    yield (
        "record_text",
        (record_rows.text_row(review.records[key], key, citations[key]) for key in records),
    )
    yield from appraisals(review)
    yield from synthesis_rows.review_findings(review)
    yield "checklist_answer", synthesis_rows.checklist_answers(review)
    yield from synthesis_rows.maps(review)
    yield from agreement_tables(review)


def data_date(review: Review) -> str:
    """Return the latest day that the files themselves name: of extraction, screening or search.

    Days of second extractions and of adjudications are among them.
    """
    days = [
        located.value.screening.date
        for located in review.records.values()
        if located.value.screening.date
    ]
    extractions = [each.value.extraction for each in review.extracted if each.value.extraction]
    days += [each.date for each in extractions]
    days += [settled.date for each in extractions for settled in each.adjudication or []]
    days += [
        located.value.date
        for located in review.searches.values()
        if not isinstance(located.value.date, Absence)
    ]
    return max(days, default="")


def _meta(review: Review) -> Iterator[Row]:
    protocol = review.protocol.value
    exclusion = review.frame.by_field.get(("records", "screening.reason"))
    facts = {
        **{name: value for name, value in protocol.model_dump().items() if isinstance(value, str)},
        "authors": json.dumps(protocol.authors, ensure_ascii=False),
        "protocol": review.protocol_text,
        "version": review.digest,
        "data_date": data_date(review),
        "exclusion_dimension": exclusion.id if exclusion else "",
    }
    for name, value in sorted(facts.items()):
        yield {"name": name, "value": value}
