"""Work of earlier builds that need not be done again, kept by what it was made from.

What is kept is a help and nothing more: where it is missing, locked, damaged or cannot be written,
all work is done anew. An entry is found by a digest of everything that it depends on, never by a
time stamp, so a changed record, template, style or program asks for another one. Each entry has a
digest of its own, so that a damaged one is never used.

It lies in the user's own folder for such things and not in the review's: a pull request could bring
along files there that pass for earlier work.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

PLACE = "EVIDENCE_MAP_CACHE"
"""The environment variable that names another folder for kept work, or “off” to keep none."""

KEPT_DAYS = 90
"""How long an entry is kept after the last day on which it was used."""

_PACKAGE = re.compile(r".+-.+\.(?:dist|egg)-info", re.IGNORECASE)
_PATIENCE = 2.0
_SECONDS_A_DAY = 86_400
_AT_ONCE = 500

_SCHEMA = """CREATE TABLE IF NOT EXISTS work (
  key TEXT PRIMARY KEY,
  content BLOB NOT NULL,
  digest BLOB NOT NULL,
  used INTEGER NOT NULL
) WITHOUT ROWID"""


class KeptWork:
    """The kept work of one kind, such as citations.

    Two builds may use it at once; the one that finds it locked does without.

    :param kind: a name for the kind, in small letters.
    :param folder: where kept work stands; None to keep nothing.
    """

    def __init__(self, kind: str, folder: Path | None) -> None:
        self.file = folder / f"{kind}.db" if folder else None

    def found(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept under *keys*; nothing if it cannot be read."""
        if self.file is None or not self.file.is_file():
            return {}
        try:
            with closing(self._opened(self.file)) as connection:
                return dict(_read(connection, sorted(set(keys))))
        except sqlite3.OperationalError:
            return {}
        except (sqlite3.DatabaseError, UnicodeError, OSError):
            self._discard()
            return {}

    def held(self, keys: Iterable[str]) -> set[str]:
        """Return for which of the *keys* something is kept; whether it is whole, ``found`` tells."""
        if self.file is None or not self.file.is_file():
            return set()
        try:
            with closing(self._opened(self.file)) as connection:
                return {
                    str(row[0])
                    for row in _selected(connection, "SELECT key FROM work", sorted(set(keys)))
                }
        except (sqlite3.DatabaseError, UnicodeError, OSError):
            # Whoever asks for the content finds out, and does what is due.
            return set()

    def keep(self, made: Mapping[str, bytes], used: Iterable[str] = ()) -> None:
        """Keep what was *made* by its keys, note which of the others were *used*, and drop old ones.

        Nothing is kept where it cannot be written.
        """
        today = _today()

        def change(connection: sqlite3.Connection) -> None:
            _insert(connection, made)
            for part in _parts(sorted(used)):
                sql = f"UPDATE work SET used = ? WHERE used < ? AND key IN ({_marks(part)})"
                connection.execute(sql, (today, today, *part))
            connection.execute("DELETE FROM work WHERE used < ?", (today - KEPT_DAYS,))

        self._change(change)

    def add(self, made: Mapping[str, bytes]) -> None:
        """Keep a part of what is made, from any process; ``keep`` is called when all of it is."""
        if made:
            self._change(lambda connection: _insert(connection, made))

    def _change(self, change: Callable[[sqlite3.Connection], None]) -> None:
        if self.file is None:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._opened(self.file)) as connection, connection:
                connection.execute(_SCHEMA)
                change(connection)
        except sqlite3.OperationalError:
            return
        except (sqlite3.DatabaseError, OSError):
            self._discard()

    def take_over(self, other: KeptWork) -> int:
        """Keep what *other* keeps, too, and return how many pieces of work that are."""
        if other.file is None or not other.file.is_file():
            return 0
        number = 0
        try:
            with closing(self._opened(other.file)) as connection:
                cursor = connection.execute("SELECT key, content, digest FROM work ORDER BY key")
                while rows := cursor.fetchmany(_AT_ONCE):
                    sound = dict(_sound(rows))
                    self.add(sound)
                    number += len(sound)
        except sqlite3.DatabaseError:
            # What is damaged is left where it is.
            return number
        return number

    def _opened(self, file: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(file, timeout=_PATIENCE)
        # No second file beside it. What a killed build leaves broken is made anew.
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def _discard(self) -> None:
        """Remove a file that cannot be read any more, so that the next build starts a new one."""
        try:
            if self.file is not None:
                self.file.unlink(missing_ok=True)
        except OSError:
            return


def _insert(connection: sqlite3.Connection, made: Mapping[str, bytes]) -> None:
    today = _today()
    rows = ((key, content, _digest(key, content), today) for key, content in made.items())
    connection.executemany("INSERT OR REPLACE INTO work VALUES (?,?,?,?)", rows)


def _today() -> int:
    return int(time.time() // _SECONDS_A_DAY)


def _read(connection: sqlite3.Connection, wanted: list[str]) -> Iterator[tuple[str, bytes]]:
    yield from _sound(_selected(connection, "SELECT key, content, digest FROM work", wanted))


def _selected(
    connection: sqlite3.Connection, sql: str, wanted: list[str]
) -> Iterator[tuple[object, ...]]:
    for part in _parts(wanted):
        yield from connection.execute(f"{sql} WHERE key IN ({_marks(part)})", part)


def _parts(keys: list[str]) -> Iterator[list[str]]:
    """Yield some of the keys after the other, as many as one query may be asked for."""
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _marks(keys: list[str]) -> str:
    return ", ".join("?" * len(keys))


def _sound(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[str, bytes]]:
    """Yield what is whole, of rows with key, content and digest."""
    for key, content, digest in rows:
        if isinstance(key, str) and isinstance(content, bytes) and digest == _digest(key, content):
            yield key, content


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.blake2b(content, key=key.encode()[:64], digest_size=16).digest()


def kept_folder() -> Path | None:
    """Return the folder of kept work; None where none is wanted or the user has no such folder."""
    named = os.environ.get(PLACE, "")
    if named == "off":
        return None
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    try:
        return user_cache_path("evidence-map", appauthor=False)
    except (OSError, RuntimeError):
        return None


def key_of(*parts: str | bytes) -> str:
    """Return a key for work that depends on *parts* and on nothing else.

    >>> key_of("a", "b") == key_of("ab", "")
    False
    """
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@cache
def program_digest() -> str:
    """Return a digest of the whole program and of all packages that are installed beside it.

    It is a part of every key, so that no work of another version is ever used.
    """
    with_what = (*installed(), platform.python_version(), sqlite3.sqlite_version)
    return key_of(*with_what, *_contents(Path(__file__).parent, without={"__pycache__", "shipped"}))


def folder_digest(folder: Path) -> str:
    """Return a digest of all files in *folder*, by name and content."""
    return key_of(*_contents(folder))


def _contents(folder: Path, without: Container[str] = (), above: str = "") -> Iterator[str | bytes]:
    """Yield name and content of each file in *folder*, but not of folders that are called *without*."""
    for entry in _listed(folder):
        name = f"{above}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in without:
                yield from _contents(Path(entry.path), without, f"{name}/")
        elif entry.is_file():
            yield name
            yield Path(entry.path).read_bytes()


def _listed(folder: str | Path) -> list[os.DirEntry[str]]:
    """Return what stands in *folder*, in order; nothing where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


@cache
def installed() -> tuple[str, ...]:
    """Return name and version of every package that Python finds, as their folders tell them.

    All count, even those that the program never asks for: what it asks for asks for others in turn, and
    to find out which would take longer than the work that is spared.
    """
    found = (entry.name for folder in sys.path for entry in _listed(folder or "."))
    return tuple(dict.fromkeys(filter(_PACKAGE.fullmatch, found)))
