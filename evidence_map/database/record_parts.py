"""What the database says of each record, as far as its file and the codebook tell it.

A build makes it while a record is judged, when its model is there, and keeps it for records that do not
change: ten thousand files need not be read into models again because one of them was edited. What is
missing then is made on all processors. The file’s text is no part of it, since the review holds that.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from evidence_map.citation import short_citation
from evidence_map.database import record_rows
from evidence_map.database.appraisal_rows import record_appraisals
from evidence_map.database.record_rows import Row
from evidence_map.dimensions import BUILT_IN
from evidence_map.kept_work import KeptWork, kept_folder, key_of, program_digest
from evidence_map.model.record import Record
from evidence_map.processes import Workers
from evidence_map.record_files import Records, read_record
from evidence_map.review import Located, Review
from evidence_map.text_source import text_in

WORTH_SHARING = 400
"""From how many records on other processes are worth their start."""

AT_ONCE = 100
"""How many records are made, and stored, together."""

Tables = dict[str, list[list[Any]]]
"""The rows of each table, their values in the order of its columns; see :func:`columns_of`."""


@dataclass(frozen=True, slots=True)
class RecordPart:
    """What is stored of one record.

    :ivar citation: its short citation, without the letter that tells it apart from others.
    :ivar terms: its terms of the built-in dimensions: dimension, term and label.
    :ivar days: the days of its screening and extraction.
    :ivar packed: its rows; see :func:`tables`.
    :ivar content: the bytes of its file.
    """

    key: str
    citation: str
    title: str
    terms: list[list[str]]
    days: list[str]
    packed: bytes
    content: bytes


def record_parts(review: Review, kept: KeptWork | None = None) -> list[RecordPart]:
    """Return what is stored of each record, in the order of their keys.

    :param kept: where work of earlier builds is; in the user's folder if it is not given.
    """
    records = review.records
    if not isinstance(records, Records):
        return [
            _unpacked(key, packed_rows(review, key), record.document.text.encode())
            for key, record in sorted(records.items())
        ]
    kept = kept or KeptWork("rows", kept_folder())
    made_by = key_of(program_digest(), review.codebook.value.model_dump_json())
    names = {key: key_of(made_by, key, records.contents[key]) for key in sorted(records)}
    made = {names[key]: packed for key, packed in records.rows.items()}
    found = kept.found(name for name in names.values() if name not in made)
    missing = [key for key, name in names.items() if name not in made and name not in found]
    made |= {names[key]: packed for key, packed in _made(missing, review, records.contents)}
    kept.keep(made, found)
    return [
        _unpacked(key, found.get(name) or made[name], records.contents[key])
        for key, name in names.items()
    ]


def _made(
    keys: Sequence[str], review: Review, contents: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    if len(keys) < WORTH_SHARING:
        yield from ((key, packed_rows(review, key)) for key in keys)
        return
    given = review.without_records()
    parts = [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
    with Workers() as workers:
        files = ([(key, contents[key]) for key in part] for part in parts)
        for done in workers.each(read_and_packed, [(part, given) for part in files]):
            yield from done


def read_and_packed(given: tuple[Sequence[tuple[str, bytes]], Review]) -> list[tuple[str, bytes]]:
    """Return what is stored of some records, whose files are given with the review without records."""
    files, review = given
    records: dict[str, Located[Record]] = {}
    for key, content in files:
        located = read_record(key, content).located
        assert located is not None, key
        records[key] = located
    whole = replace(review, records=records)
    return [(key, packed_rows(whole, key)) for key in records]


def packed_rows(review: Review, key: str) -> bytes:
    """Return what is stored of the record *key*, ready to be kept: a line of facts, then its rows."""
    record = review.records[key].value
    terms = [
        [dimension.id, term, label]
        for dimension in BUILT_IN.values()
        for term, label in dimension.terms_of(record)
    ]
    head = [short_citation(record.reference), record.reference.title, terms, _days(record)]
    tables: Tables = {}
    for table, rows in _rows(review, key):
        if told := [_in_order(columns_of(table), row) for row in rows]:
            tables[table] = told
    return b"\n".join(
        [
            json.dumps(head, ensure_ascii=False).encode(),
            zlib.compress(json.dumps(tables, ensure_ascii=False).encode(), level=1),
        ]
    )


def _in_order(columns: tuple[str, ...], row: Row) -> list[Any]:
    """Return the values of a row that has just these *columns*, in their order."""
    if len(row) != len(columns):
        raise KeyError(*set(columns).symmetric_difference(row))
    return [row[name] for name in columns]


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table of the database, in their order."""
    return _columns()[table]


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    """Return the columns of each table that holds rows of records."""
    folder = resources.files("evidence_map.database")
    found: dict[str, tuple[str, ...]] = {}
    with closing(sqlite3.connect(":memory:")) as empty:
        for name in ("schema.sql", "stated.sql"):
            # Strict or not makes no difference here, and an old SQLite is refused by the store.
            text = folder.joinpath(name).read_text("utf-8")
            empty.executescript(text.replace(") STRICT;", ");").replace(") STRICT, ", ") "))
        for tables in ("sqlite_master", "sqlite_temp_master"):
            named = empty.execute(f"SELECT name FROM {tables} WHERE type = 'table'").fetchall()
            for (table,) in named:
                rows = empty.execute(f"PRAGMA table_info({table})")
                found[table] = tuple(row[1] for row in rows)
    return found


def _unpacked(key: str, rows: bytes, content: bytes) -> RecordPart:
    head, _, packed = rows.partition(b"\n")
    citation, title, terms, days = json.loads(head)
    return RecordPart(key, citation, title, terms, days, packed, content)


def _days(record: Record) -> list[str]:
    days = [record.screening.date] if record.screening.date else []
    if record.extraction:
        days.append(record.extraction.date)
        days += [settled.date for settled in record.extraction.adjudication or []]
    return days


def _rows(review: Review, key: str) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of a record by table.

    The text of its file is put in when they are stored, and so are short citations, since letters behind
    them depend on all records.
    """
    located = review.records[key]
    record = located.value
    yield "record", [record_rows.record_row(review, key)]
    yield "record_name", record_rows.name_rows(key, record)
    yield "record_list", record_rows.list_rows(key, record)
    yield "record_code", record_rows.code_rows(review, key, record)
    yield "sample_part", record_rows.part_rows(key, record)
    yield "notice", record_rows.notice_rows(key, record)
    yield "funder", record_rows.funder_rows(key, record)
    yield "record_search", record_rows.search_rows(key, record)
    yield "stated_blank", record_rows.absence_rows(key, record)
    yield "finding", record_rows.finding_rows(key, record)
    yield "finding_code", record_rows.finding_code_rows(review, key, record)
    yield "finding_quote", record_rows.quote_rows(key, record)
    yield "record_text", [record_rows.text_row(key, record)]
    yield from record_appraisals(key, record)


def tables(parts: Iterable[RecordPart], citations: Mapping[str, str]) -> Iterator[Tables]:
    """Yield the rows of the *parts*, those of a hundred records together.

    :param citations: the short citation of each record, told apart from others.
    """
    citation_at, yaml_at = map(columns_of("record").index, ("citation", "yaml"))
    title_at = columns_of("record_text").index("title")
    together: Tables = {}
    for number, part in enumerate(parts, 1):
        own: Tables = json.loads(zlib.decompress(part.packed).decode())
        (record,), (text,) = own["record"], own["record_text"]
        record[citation_at] = citations[part.key]
        record[yaml_at] = text_in(part.content).removeprefix("\ufeff")
        text[title_at] = f"{citations[part.key]}\n{text[title_at]}"
        for table, rows in own.items():
            together.setdefault(table, []).extend(rows)
        if number % AT_ONCE == 0:
            yield together
            together = {}
    yield together
