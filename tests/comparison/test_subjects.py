"""Every column of the database is compared, or stands in another one that is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from evidence_map.comparison import numbers
from evidence_map.comparison.subjects import RECORD_DERIVED, RECORD_FIELDS, SUBJECTS
from evidence_map.database.store import store_nothing

DERIVED = {
    "term_path": "told by the group of each term",
    "place": "told by the terms of each dimension",
    "counted_finding": "told by cells and by what is counted of each record",
    "finding_place": "told by cells and by the codes of findings",
    "blank": "told by the view absence",
    "record_blank": "told by the view absence",
    "record_text": "made of other columns, for searching",
    "flow_box": "the program's own words",
    "flow_step": "the program's own words",
    "field_agreement": "counted from comparison",
    "release": "the history itself",
    "change": "the history itself",
}
"""Tables that say nothing of their own."""

DERIVED_COLUMNS = {
    "position": "order of display; told for terms",
    "depth": "told by the group",
    "is_group": "told by the groups of other terms",
    "built_in": "asked for",
    "declared": "asked for",
    "assessed_evidence": "told by stale",
    "evidence": "told by evidence_differs",
    "changed": "told in other words",
    "source": "the file itself",
    "yaml": "the file itself",
    "year": "told by issued",
    "kind": "told by the field",
    "differs": "told by what was said",
    "first_said": "what the record said",
    "record_says": "told with the record",
}


def test_every_table_and_column_is_compared(tmp_path: Path) -> None:
    store_nothing(tmp_path / "empty.db")
    asked = " ".join(query for each in SUBJECTS for query in (each.titles, *each.wide, *each.long))
    words = set(re.findall(r"\w+", asked + numbers._LINES))
    left = set()
    with closing(sqlite3.connect(tmp_path / "empty.db")) as connection:
        tables = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        for table in tables:
            if table in DERIVED or table.startswith("record_text_") or table.startswith("sqlite_"):
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            left |= {f"{table}.{column}" for column in columns if column not in words}
            if table not in words:
                left.add(table)
    assert {name for name in left if name.partition(".")[2] not in DERIVED_COLUMNS} == set()


def test_every_column_of_a_record_is_told_or_derived(tmp_path: Path) -> None:
    store_nothing(tmp_path / "empty.db")
    with closing(sqlite3.connect(tmp_path / "empty.db")) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(record)")}
    assert columns == {*RECORD_FIELDS, *RECORD_DERIVED}
    assert len(set(RECORD_FIELDS.values())) == len(RECORD_FIELDS)
