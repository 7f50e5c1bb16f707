"""A state of a review: its files in a folder, checked and stored as the build stores them.

A commit is laid out in a folder of its own. Its files may come from strangers, so nothing of it is
run, nothing is written outside that folder, and links are made last, when nothing is written any
more. What reads the folder afterwards is the check, which reads through no link that leads out.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidence_map.checking import Checked, check
from evidence_map.comparison.revisions import Revision
from evidence_map.database.record_parts import packed_rows
from evidence_map.database.store import store, store_nothing
from evidence_map.history.repository import Entry, Repository
from evidence_map.refusals import REFUSALS
from evidence_map.review_files import printable_path
from evidence_map.text_source import MAXIMUM_BYTES

FOLDERS = ("records", "synthesis")
"""What a review is made of."""

_LINK, _OTHER_REPOSITORY = "120000", "160000"
_BATCH = 50_000_000
_LINK_ROUNDS = 5
_LONGEST_PATH = 4096


class StateError(Exception):
    """A state cannot be laid out on this machine."""


@dataclass(frozen=True)
class State:
    """A state of the review.

    :ivar folder: where its files are.
    :ivar checked: what the check says; None where there is no review yet.
    :ivar database: its database; None where errors stand in the way.
    """

    revision: Revision
    folder: Path
    checked: Checked | None
    database: Path | None


def state_in(folder: Path, revision: Revision, database: Path) -> State:
    """Check the review in *folder*, and store it in the new file *database* if it can be built.

    :raises StorageError: if the database cannot be written.
    """
    if not any(os.path.lexists(folder / name) for name in FOLDERS):
        store_nothing(database)
        return State(revision, folder, None, database)
    checked = check(folder, packed_rows)
    if checked.review is None or not checked.passes:
        return State(revision, folder, checked, None)
    store(checked.review, database)
    return State(revision, folder, checked, database)


def lay_out(repository: Repository, commit: str, folder: Path) -> None:
    """Write the review's files of a *commit* into the new *folder*.

    :raises StateError: if git cannot give its files, a path leads elsewhere, or two files cannot
        stand side by side here.
    """
    folder.mkdir()
    entries = repository.entries(commit, *FOLDERS)
    if entries is None:
        raise StateError(f"git cannot list the files of {commit[:10]}")
    _write(repository, entries, folder)
    links = [entry for entry in entries if entry.mode == _LINK]
    targets = _targets(repository, links)
    _write_linked(repository, commit, folder, links, targets)
    # All folders are made before the first link, so that nothing is made through a link.
    for entry in links:
        with _telling(entry):
            _place(entry, folder).parent.mkdir(parents=True, exist_ok=True)
    for entry in links:
        with _telling(entry):
            _place(entry, folder).symlink_to(os.fsdecode(targets.get(entry.name, b"")))


def _write(repository: Repository, entries: Iterable[Entry], folder: Path) -> None:
    for batch in _batches(entry for entry in entries if entry.mode != _LINK):
        small = (entry.name for entry in batch if entry.size <= MAXIMUM_BYTES)
        contents = repository.contents(small)
        for entry in batch:
            place = _place(entry, folder)
            with _telling(entry):
                if entry.mode == _OTHER_REPOSITORY:
                    place.mkdir(parents=True)
                    continue
                if entry.size <= MAXIMUM_BYTES and entry.name not in contents:
                    raise StateError(f"git cannot give the content of “{_shown(entry)}”")
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("xb") as file:
                    file.write(contents.get(entry.name, b""))
                    # The check says how large it is and reads no more of it.
                    file.truncate(entry.size)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries in portions whose contents fit into memory."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        batch.append(entry)
        size += min(entry.size, MAXIMUM_BYTES)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _write_linked(
    repository: Repository, commit: str, folder: Path, links: list[Entry], targets: dict[str, bytes]
) -> None:
    """Write what links lead to elsewhere in the review's folder, so that they lead there here, too."""
    known = {entry.path for entry in links}
    wanted = {_target(entry, targets) for entry in links}
    for _ in range(_LINK_ROUNDS):
        wanted = {path for path in wanted if path and path.split("/")[0] not in FOLDERS} - known
        if not wanted:
            return
        known |= wanted
        listed = repository.entries(commit, *sorted(wanted)) or []
        found = [entry for entry in listed if entry.mode != _OTHER_REPOSITORY]
        _write(repository, found, folder)
        further = [entry for entry in found if entry.mode == _LINK]
        targets |= _targets(repository, further)
        links += further
        wanted = {_target(entry, targets) for entry in further}


def _targets(repository: Repository, links: list[Entry]) -> dict[str, bytes]:
    """Return where links lead to, by the names of their contents."""
    return repository.contents(link.name for link in links if link.size <= _LONGEST_PATH)


def _target(link: Entry, targets: dict[str, bytes]) -> str:
    """Return the path from the review's folder that a link leads to; empty if it leads out of it."""
    target = os.fsdecode(targets.get(link.name, b""))
    if not target or target.startswith("/"):
        return ""
    path = os.path.normpath(PurePosixPath(link.path).parent / target)
    return "" if path.split("/")[0] in ("..", ".", ".git") else path


def _place(entry: Entry, folder: Path) -> Path:
    """Return where an entry belongs; a path that a crafted commit leads elsewhere is refused."""
    parts = entry.path.split("/")
    strange = {"", ".", "..", ".git"} & {part.lower() for part in parts}
    if strange or (os.name == "nt" and any(sign in entry.path for sign in "\\:")):
        raise StateError(
            f"the path “{_shown(entry)}” in this state leads out of its folder; nothing was compared"
        )
    return folder.joinpath(*parts)


@contextmanager
def _telling(entry: Entry) -> Iterator[None]:
    """Say which entry cannot be laid out.

    :raises StateError: where that is so.
    :raises OSError: where it is not the entry's fault: the disk is full, say.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in REFUSALS:
            raise
        clash = isinstance(error, (FileExistsError, NotADirectoryError))
        told = error.strerror if isinstance(error, OSError) else "its name or target is no path"
        reason = "another file has its place" if clash else told
        raise StateError(f"“{_shown(entry)}” cannot be laid out here: {reason}") from error


def _shown(entry: Entry) -> PurePosixPath:
    return printable_path(Path(entry.path))


def content_names(folder: Path) -> dict[PurePosixPath, str]:
    """Return a name of the content of each file of the review in *folder*, by its path.

    Line ends do not count: a copy made on Windows has others.
    """
    return {
        printable_path(file.relative_to(folder)): _content_name(file)
        for part in FOLDERS
        if not (folder / part).is_symlink()
        for file in sorted((folder / part).rglob("*"))
        if not file.is_dir() or file.is_symlink()
    }


def _content_name(file: Path) -> str:
    status = file.lstat()
    if stat.S_ISLNK(status.st_mode):
        return f"link to {os.fsencode(file.readlink()).decode('utf-8', 'replace')}"
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAXIMUM_BYTES:
        return f"{stat.S_IFMT(status.st_mode)} of {status.st_size} bytes"
    try:
        return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        return "unreadable"
