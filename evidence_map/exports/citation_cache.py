"""Citations that were made before, kept between builds.

The cache is a help and nothing more: where it is missing, locked, damaged or cannot be written, all
citations are made anew. An entry is found by a digest of everything that its citation depends on, so
a changed record, style or program asks for another one. Each entry has a digest of its own, so that a
damaged one is never shown.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from evidence_map.exports.citation_styles import Citation

FOLDER = "build/cache"
"""Where caches stand below a review's root. What is in there is never kept in git."""

KEPT_DAYS = 90
"""How long an entry is kept after the last build that used it."""

_PATIENCE = 2.0
_SECONDS_A_DAY = 86_400
_AT_ONCE = 500

_SCHEMA = """CREATE TABLE IF NOT EXISTS citation (
  key TEXT PRIMARY KEY,
  style TEXT NOT NULL,
  html TEXT NOT NULL,
  fault TEXT NOT NULL,
  digest TEXT NOT NULL,
  used INTEGER NOT NULL
) WITHOUT ROWID"""


class CitationCache:
    """The cache in *file*. Two builds may use it at once; the one that finds it locked does without."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def found(self, keys: Iterable[str]) -> dict[str, Citation]:
        """Return the citations that are kept under *keys*; none if the cache cannot be read."""
        wanted = sorted(set(keys))
        if not self.file.is_file():
            return {}
        try:
            with closing(self._opened()) as connection:
                return self._read(connection, wanted)
        except sqlite3.OperationalError:
            return {}
        except (sqlite3.DatabaseError, UnicodeError, OSError):
            self._discard()
            return {}

    def _read(self, connection: sqlite3.Connection, wanted: list[str]) -> dict[str, Citation]:
        kept: dict[str, Citation] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT key, style, html, fault, digest FROM citation WHERE key IN ({marks})"
            for key, style, html, fault, digest in connection.execute(sql, part):
                citation = Citation(style, html, fault)
                if digest == _digest(key, citation):
                    kept[key] = citation
        return kept

    def keep(self, citations: Mapping[str, Citation], used: Iterable[str]) -> None:
        """Keep *citations* by their keys, note which of the others were *used*, and drop old ones.

        Nothing is kept where the cache cannot be written.
        """
        today = int(time.time() // _SECONDS_A_DAY)
        rows = [
            (key, made.style, made.html, made.fault, _digest(key, made), today)
            for key, made in citations.items()
        ]
        try:
            self._make_folder()
            with closing(self._opened()) as connection, connection:
                connection.execute(_SCHEMA)
                connection.executemany("INSERT OR REPLACE INTO citation VALUES (?,?,?,?,?,?)", rows)
                connection.executemany(
                    "UPDATE citation SET used = ? WHERE key = ? AND used < ?",
                    [(today, key, today) for key in used],
                )
                connection.execute("DELETE FROM citation WHERE used < ?", (today - KEPT_DAYS,))
        except sqlite3.OperationalError:
            return
        except (sqlite3.DatabaseError, OSError):
            self._discard()

    def _make_folder(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        ignored = self.file.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", "utf-8")

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, timeout=_PATIENCE)
        # No second file beside it. A cache that a killed build leaves broken is made anew.
        connection.execute("PRAGMA journal_mode = MEMORY")
        return connection

    def _discard(self) -> None:
        """Remove a file that is no cache any more, so that the next build starts a new one."""
        try:
            self.file.unlink(missing_ok=True)
        except OSError:
            return


def _digest(key: str, citation: Citation) -> str:
    text = "\0".join((key, citation.style, citation.html, citation.fault))
    return hashlib.sha256(text.encode()).hexdigest()
