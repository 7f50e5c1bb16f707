"""Writing record files that are new: all of them or none, and none that is half written.

The files are written into a hidden folder within records/ first, which nothing else reads, and are
then moved to their places. So a program that is killed leaves whole records and a folder that tells
what happened.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from evidence_map.unfinished import remove_folder

_FOLDER = ".import-"
"""How the folder begins in which files wait; the check leaves hidden files out."""


class RecordFile(Protocol):
    """A record file that has not been written yet."""

    @property
    def file(self) -> PurePosixPath:
        """The file, relative to the review."""

    @property
    def text(self) -> str:
        """What is to stand in it."""


def write_drafts(root: Path, drafts: Sequence[RecordFile]) -> None:
    """Write the files of *drafts* into the review in *root*: all of them, or none.

    A file that is there is never touched.

    :raises OSError: if one cannot be written; those written before it are taken away again.
    """
    records = root / "records"
    if records.exists() and not records.is_dir():
        raise NotADirectoryError("records is a file, but has to be a folder; move it away")
    records.mkdir(exist_ok=True)
    try:
        waiting = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=records))
    except OSError as error:
        error.filename = str(records)
        raise
    try:
        for made in drafts:
            with (waiting / made.file.name).open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(made.text)
        _move([(waiting / made.file.name, root / made.file) for made in drafts])
    finally:
        remove_folder(waiting)


def _move(files: Sequence[tuple[Path, Path]]) -> None:
    """Move files to their places, where nothing may stand yet; all of them, or none.

    :raises OSError: if one cannot be moved.
    """
    begun: list[tuple[Path, Path]] = []
    try:
        for waiting, place in files:
            # Noted first: Ctrl+C may arrive when it is moved, and before that could be noted.
            begun.append((waiting, place))
            _move_one(waiting, place)
    except BaseException as error:
        for file, taken in begun:
            if _stands_at(file, taken):
                taken.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise FileExistsError(
                f"records/{place.name} has come into being meanwhile, perhaps by another import; "
                "try again"
            ) from None
        raise


def _move_one(waiting: Path, place: Path) -> None:
    """Move a file to a place where nothing stands; other than a renaming, a link overwrites nothing.

    :raises FileExistsError: if something stands there.
    """
    try:
        os.link(waiting, place)
    except FileExistsError:
        raise
    except OSError:
        # Some drives know no second name of a file: the place is taken with an empty file then.
        try:
            place.touch(exist_ok=False)
            waiting.replace(place)
        except FileExistsError:
            raise
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    else:
        waiting.unlink()


def _stands_at(waiting: Path, place: Path) -> bool:
    """Whether the file that was *waiting* stands at its place, moved or under a second name."""
    try:
        return waiting.samefile(place)
    except OSError:
        return not waiting.exists()


def broken_off(root: Path) -> list[Path]:
    """Return the folders of imports that were killed, or that are still at work."""
    return sorted(path for path in (root / "records").glob(f"{_FOLDER}*") if path.is_dir())
