"""Reports with any content, made without a review around them."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.site.evidence import Person, Report
from tests.reviews import LIGHTHOUSE

SCHEMA = Path(__file__).parents[2] / "evidence_map/database/schema.sql"

PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
"""Any text in which no line ends."""

UNHEARD_OF = st.text(min_size=1)
"""Any text at all, half characters included."""

UNPRINTABLE = ["\n", "\r", "\r\nER  - ", "\t", "\x00", "\x1b", "\x85", "\u2028", "\u2029", "\ud800"]

HOSTILE = [
    r"\input{/etc/passwd}",
    "{{{",
    "}}}",
    "}, } @article{other2020, title={x}}",
    "@article{other2020, title={y}}",
    "ER  - ",
    "TY  - JOUR ID  - other2020",
    '"},{"id": "other2020"}',
    'say "yes", then "no", and "',
    "=HYPERLINK(1)",
    "-1+1",
    "+1",
    "@SUM(1)",
    "'=1",
    "ends in a backslash \\",
    "100% of $5 & #1 a_b ~ ^",
    "% not a comment",
    "<b>tea</b> &amp; 茶 🍵 שלום",
    " ",
]
"""Titles that would break out of their field if they could."""


@cache
def _columns() -> tuple[str, ...]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA.read_text("utf-8"))
    columns = tuple(row[1] for row in connection.execute("PRAGMA table_info(record)"))
    connection.close()
    return columns


def person(family: str | None = None, **parts: str) -> Person:
    """Return a name with the parts given."""
    names = ("given", "particle", "suffix", "literal", "orcid")
    return Person(family, *(parts.get(name) for name in names))


def report(key: str = "key2020", authors: list[Person] | None = None, **columns: Any) -> Report:
    """Return a report of which nothing is known but what is given.

    :param columns: columns of the table record. They may hold what SQLite cannot.
    """
    given = {
        "key": key,
        "study": key,
        "citation": "Key 2020",
        "title": "A title",
        "type": "article-journal",
        "authors_complete": 1,
        "decision": "included",
        "counted": 1,
        **columns,
    }
    assert set(given) <= set(_columns())
    return Report(dict.fromkeys(_columns()) | given, authors=authors or [])


def lighthouse_database(folder: Path) -> Path:
    """Store the invented review in *folder* and return the database."""
    review = check(LIGHTHOUSE).review
    assert review is not None
    file = folder / "evidence.db"
    store(review, file)
    return file
