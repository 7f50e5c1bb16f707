"""Folders of unfinished work: in the end they are gone, whatever happens."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from evidence_map.interrupting import Ended

_AT_ONCE = 4
"""How many parts of a folder are removed at the same time; most of it is waiting for the disk."""

_LARGE = 500
"""From how many folders in one folder on they are removed in parts."""


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays.

    Ctrl+C or the wish of the system to end, which arrives meanwhile, has effect when it is gone.
    """
    try:
        _remove_large_folders(folder)
        shutil.rmtree(folder, ignore_errors=True)
    except (KeyboardInterrupt, Ended):
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _remove_large_folders(folder: Path) -> None:
    """Remove what is in those folders that hold very many, such as that of all records."""
    # What a link leads to is not ours to remove.
    waiting = [] if folder.is_symlink() else [os.fspath(folder)]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        while waiting:
            below = _folders_in(waiting.pop())
            if len(below) < _LARGE:
                waiting += below
                continue
            for start in range(_AT_ONCE):
                threads.submit(_remove_each, below[start::_AT_ONCE])


def _folders_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _remove_each(folders: list[str]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder among the system's temporary files, and remove it in the end.

    :raises OSError: if there is no place for it.
    """
    folder = Path(tempfile.mkdtemp(prefix="evidence-map-"))
    try:
        yield folder
    finally:
        remove_folder(folder)
