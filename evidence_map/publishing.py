"""Put a finished site in the place of the old one: whole, or not at all.

The new site is made in a folder beside the old one and exchanged with it in one step of the file
system, so that a reader, a full disk or a kill at any moment meets the old site or the new one,
never a mixture and never nothing.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from evidence_map.unfinished import remove_folder

MARK = ".evidence-map"
"""A file in each site of ours that names every file of the build; nothing else is ever deleted."""


class PublishingError(Exception):
    """The site cannot be put in its place."""


def check_target(target: Path, root: Path) -> None:
    """Refuse a target that is not a site of ours, before any work is done.

    :param target: the folder to be replaced.
    :param root: the review's folder.
    :raises PublishingError: if replacing *target* would destroy something else.
    """
    resolved, home = target.resolve(), root.resolve()
    if "~" in target.parts:
        raise PublishingError(f"{target} has “~” in it; write the folder's whole name")
    if home == resolved or home.is_relative_to(resolved):
        raise PublishingError(f"{target} holds the review itself; choose another folder")
    for above in resolved.parents:
        if (above / MARK).is_file():
            raise PublishingError(f"{target} lies in another site, {above}; choose another folder")
        part = resolved.relative_to(above).parts[0]
        if part in _OTHERS or (part in _OF_A_REVIEW and (above / "synthesis").is_dir()):
            raise PublishingError(f"{target} lies in {part}/; choose another folder")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise PublishingError(f"{target} is not a folder; choose another name or remove it")
    if target.is_dir():
        _refuse_foreign(target)


_OTHERS = {".git", ".venv", "node_modules"}
_OF_A_REVIEW = {"records", "synthesis", "site_templates", "docs", "evidence_map", "schema", "tests"}


def _files_in(folder: Path) -> list[str]:
    """Return the path of everything in *folder* that is a file or a link."""
    found: list[str] = []
    waiting = [(os.fspath(folder), "")]
    while waiting:
        place, name = waiting.pop()
        try:
            entries = os.scandir(place)
        except OSError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{name}{entry.name}/"))
                else:
                    found.append(f"{name}{entry.name}")
    return sorted(found)


def _refuse_foreign(target: Path) -> None:
    """Refuse a folder that holds any file that no build of ours put there."""
    mark = target / MARK
    known = set(mark.read_text("utf-8").split("\n")) if mark.is_file() else set()
    if foreign := [name for name in _files_in(target) if name not in known and name != MARK]:
        raise PublishingError(
            f"{target} holds “{foreign[0]}”, which was not made by this program; nothing in it is "
            "touched. Choose another folder, or move what is yours elsewhere."
        )


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give an empty folder to build in; when the block ends well, it takes the place of *target*.

    Beside the folder there is room for other work; all of it is removed in the end.

    Only one build works on a target at a time. What an interrupted build left behind is removed.

    :raises PublishingError: if another build is at work.
    :raises OSError: if the folder cannot be written.
    """
    target = target.parent.resolve() / target.name
    prefix = f".{target.name}-"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(_lock_file(target))
        lock.acquire(blocking=False)
    except Timeout:
        raise PublishingError(
            f"another build of {target.name}/ is at work; wait until it ends"
        ) from None
    try:
        _recover(target)
        workplace = target.parent / f"{prefix}new-{uuid.uuid4().hex[:8]}"
        new = workplace / "site"
        new.mkdir(parents=True)
        try:
            yield new
            _mark(new)
            _exchange(new, target, prefix)
        finally:
            remove_folder(workplace)
    finally:
        lock.release()


def _lock_file(target: Path) -> Path:
    """Return the file at which two builds of one target meet; it lies apart from the site."""
    name = hashlib.sha256(os.fsencode(target)).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"evidence-map-{name}.lock")


def _mark(site: Path) -> None:
    """Note every file that the build put into *site*."""
    (site / MARK).write_text("\n".join(_files_in(site)), "utf-8")


def _left_behind(target: Path, kind: str) -> list[Path]:
    """Return the folders beside *target* that interrupted builds left, by their exact names."""
    pattern = re.compile(re.escape(f".{target.name}-{kind}-") + "[0-9a-f]{8}")
    return [entry for entry in sorted(target.parent.iterdir()) if pattern.fullmatch(entry.name)]


def _recover(target: Path) -> None:
    """Restore a site that an interrupted exchange left aside, and remove unfinished ones."""
    for old in _left_behind(target, "old"):
        if target.exists():
            remove_folder(old)
        elif (old / MARK).is_file():
            old.rename(target)
    for unfinished in _left_behind(target, "new"):
        remove_folder(unfinished)


def _exchange(new: Path, target: Path, prefix: str) -> None:
    if not target.exists():
        new.rename(target)
        return
    if _swap(new, target):
        return
    # Without an exchange in one step there is a moment without a site; the next build restores it.
    old = target.parent / f"{prefix}old-{uuid.uuid4().hex[:8]}"
    target.rename(old)
    new.rename(target)
    remove_folder(old)


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def _swap(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; return False where the system cannot.

    Linux: renameat2(2) with RENAME_EXCHANGE. macOS: renamex_np(2) with RENAME_SWAP.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            result = library.renamex_np(os.fsencode(first), os.fsencode(second), _RENAME_SWAP)
        else:
            result = library.renameat2(
                _AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE
            )
    except (AttributeError, OSError, TypeError):
        return False
    if result == 0:
        return True
    if ctypes.get_errno() in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV}:
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(second))
