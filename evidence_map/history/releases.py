"""The versions of a review with what each of them changed, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from evidence_map.history.changes import Change, compare
from evidence_map.history.repository import Files, Repository, Version

MOST = 50
"""Versions that are told; what lies before the oldest of them is told as its beginning."""


@dataclass(frozen=True, slots=True)
class Release:
    """A version and what it changed since the one before.

    ``name`` is empty for what has changed since the last release and awaits the next.
    """

    name: str
    date: str
    is_release: bool
    note: str
    changes: tuple[Change, ...]


def releases(root: Path) -> list[Release]:
    """Return the versions of the review in *root*, the newest first; none without a history.

    Where there are tags, each is a version, and what came after the last of them is told as not
    yet released. Without tags each day is one.
    """
    repository = Repository.holding(root)
    if repository is None:
        return []
    versions = (repository.releases() or repository.days())[-MOST:]
    found: list[Release] = []
    before: Files = {}
    for version in versions:
        after = repository.files(version.revision)
        changes = compare(before, after, repository.contents)
        if changes or version.is_release:
            found.append(_release(version, changes))
        before = after
    unreleased = _unreleased(repository, before)
    if unreleased:
        found.append(Release("", "", False, "", tuple(unreleased)))
    return found[::-1]


def _unreleased(repository: Repository, before: Files) -> list[Change]:
    present = repository.present()
    if present is None:
        return []
    return compare(before, present, lambda names: _contents(repository, present, names))


def _release(version: Version, changes: list[Change]) -> Release:
    return Release(version.name, version.date, version.is_release, version.note, tuple(changes))


def _contents(repository: Repository, present: Files, names: set[str]) -> Mapping[str, bytes]:
    """Return contents of which some stand only in the folder and not in the history yet."""
    held = repository.contents(names)
    for path, name in present.items():
        if name in names and name not in held:
            # A file that vanishes at this moment is told as one that says nothing.
            with suppress(OSError):
                held[name] = (repository.root / path).read_bytes()
    return held
