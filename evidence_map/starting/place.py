"""Where a new review may be made, and how it gets there: whole, or not at all."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence_map.publishing import MARK
from evidence_map.record_folder import RESERVED
from evidence_map.text_source import REFUSED_CHARACTERS
from evidence_map.unfinished import remove_folder

_WORK = ".evidence-map-init-"
_WORK_NAME = re.compile(re.escape(_WORK) + "[0-9a-f]{8}")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\]')
_OF_OTHERS = {".git", ".venv", "node_modules"}


class PlaceError(Exception):
    """A folder in which no review can be made; the message says why."""


def checked_place(folder: Path) -> Path:
    """Return the whole path of *folder* if a new review can stand there.

    It may be absent, or empty but for the ``.git`` of a new repository.

    :raises PlaceError: if it cannot.
    """
    try:
        whole = folder.resolve()
    except RuntimeError:
        # Python 3.11 and 3.12 raise it for links that lead in a circle.
        raise PlaceError(f"{folder} is a link that leads to itself; choose another name") from None
    _refuse_name(whole.name)
    _refuse_surroundings(whole, folder)
    if not os.path.lexists(whole):
        if not whole.parent.is_dir():
            raise PlaceError(f"there is no folder {whole.parent} in which to make it; make that first")
    elif not whole.is_dir():
        raise PlaceError(f"{folder} is a file; choose another name")
    elif others := _others_in(whole):
        raise PlaceError(
            f"{folder} is not empty: it holds “{others[0]}”, and nothing there is touched. Choose a new "
            "folder, or one that holds nothing but .git"
        )
    return whole


def _refuse_name(name: str) -> None:
    stem = name.partition(".")[0].lower()
    if not name:
        raise PlaceError("the root of a drive cannot be a review; name a folder")
    if not name.isprintable() or REFUSED_CHARACTERS.search(name):
        raise PlaceError(
            "the folder’s name has a character in it that cannot be printed; choose another"
        )
    if name == "~":
        raise PlaceError("“~” cannot be the name of a folder; write the folder’s whole name")
    if _NOT_ON_WINDOWS.search(name) or name[-1] in ". " or stem in RESERVED - {"index"}:
        raise PlaceError(
            f"a folder cannot be called “{name}” on Windows, so that others could not work on the "
            "review; choose another name"
        )


def _others_in(folder: Path) -> list[str]:
    """Return what stands in *folder* apart from ``.git`` and what a killed run left."""
    names = sorted(entry.name for entry in folder.iterdir())
    return [name for name in names if name != ".git" and not _WORK_NAME.fullmatch(name)]


def _refuse_surroundings(folder: Path, written: Path) -> None:
    """Refuse a folder inside a review, a site or what belongs to other programs."""
    if folder.name in _OF_OTHERS:
        raise PlaceError(f"{written} belongs to another program; choose another folder")
    for above in folder.parents:
        if (above / "records").is_dir() and (above / "synthesis").is_dir():
            raise PlaceError(
                f"{written} lies inside another review, {above}; choose a folder beside it, such as "
                f"{Path('..') / folder.name}"
            )
        if (above / MARK).is_file():
            raise PlaceError(f"{written} lies inside a built site, {above}; choose another folder")
        if above.name in _OF_OTHERS:
            raise PlaceError(f"{written} lies in {above.name}/; choose another folder")


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Give an empty hidden folder to work in; when the block ends well, its content stands in *folder*.

    Where *folder* is absent, that is one step of the file system. Where it is there, it may be
    somebody’s working directory, so that it is kept and filled; what was put in is taken out again
    if one part cannot follow.

    :raises OSError: if something cannot be written.
    :raises PlaceError: if something has come into the folder meanwhile.
    """
    is_there = folder.is_dir()
    beside = folder if is_there else folder.parent
    if is_there:
        for left in folder.iterdir():
            if _WORK_NAME.fullmatch(left.name):
                remove_folder(left)
    work = beside / f"{_WORK}{uuid.uuid4().hex[:8]}"
    try:
        work.mkdir()
        yield work
        if is_there:
            _fill(folder, work)
        elif os.path.lexists(folder):
            raise PlaceError(f"{folder} has come into being meanwhile; nothing was made")
        else:
            work.rename(folder)
    finally:
        remove_folder(work)


def _fill(folder: Path, work: Path) -> None:
    """Move all that is in *work* into *folder*; all of it, or nothing."""
    if others := _others_in(folder):
        raise PlaceError(f"“{others[0]}” has come into {folder} meanwhile; nothing was made")
    moved: list[Path] = []
    try:
        for entry in sorted(work.iterdir()):
            moved.append(entry)
            entry.rename(folder / entry.name)
    except BaseException:
        for entry in moved:
            if os.path.lexists(folder / entry.name) and not os.path.lexists(entry):
                (folder / entry.name).rename(entry)
        raise
