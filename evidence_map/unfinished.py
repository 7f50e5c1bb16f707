"""Folders of unfinished work: in the end they are gone, whatever happens."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence_map.interrupting import Ended


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays.

    Ctrl+C or the wish of the system to end, which arrives meanwhile, has effect when it is gone.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except (KeyboardInterrupt, Ended):
        shutil.rmtree(folder, ignore_errors=True)
        raise


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
