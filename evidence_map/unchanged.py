"""Files that must stay as they are while work goes on with them.

A site is made from one state of its files. Each file of a review is read once, so that what is checked
is what is published; but a branch may be changed while they are read, and written pages and templates
are read where they are needed. So it is noted how all of them stand, and asked again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

Stamp = tuple[int, int, int, int]


class ChangedError(Exception):
    """A file changed, came or went while it was worked with; the message names one."""


class Standing:
    """How the files at *places* stand: which there are, their sizes and when they last changed.

    The time is that of the last change of the file's entry (``st_ctime``), which no program sets back.

    :param root: the folder from which files are named in messages.
    :param places: files and folders; one that does not exist counts as such.
    """

    def __init__(self, root: Path, places: Iterable[Path]) -> None:
        self._root = root
        self._places = list(places)
        self._stamps = dict(_stamps(self._places))

    def refuse_changes(self) -> None:
        """Ask again.

        :raises ChangedError: if anything is not as it was.
        """
        now = dict(_stamps(self._places))
        if now == self._stamps:
            return
        changed = [path for path in {*now, *self._stamps} if now.get(path) != self._stamps.get(path)]
        # A folder changes with each file in it, and says less.
        first = max(sorted(changed), key=lambda path: path.count(os.sep))
        shown = Path(first)
        name = shown.relative_to(self._root) if shown.is_relative_to(self._root) else shown
        raise ChangedError(
            f"{name.as_posix()} changed while it was worked with, so that the site would not show one "
            "state of the files; try again when nobody changes them"
        )


def _stamps(places: Iterable[Path]) -> Iterable[tuple[str, Stamp]]:
    waiting = [os.fspath(place) for place in places]
    while waiting:
        path = waiting.pop()
        try:
            told = os.lstat(path)
        except OSError:
            continue
        yield path, (told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
        if not stat.S_ISDIR(told.st_mode):
            continue
        try:
            with os.scandir(path) as entries:
                waiting += [entry.path for entry in entries if not entry.name.startswith(".")]
        except OSError:
            # Whoever reads the folder says that it cannot be read.
            continue
