"""Which two states are compared: names of commits, branches and tags, looked up in git."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_map.history.repository import Repository
from evidence_map.problems import nearest, quoted

FOLDER = "the working folder"
"""What the state is called that stands in the folder now, committed or not."""


class RevisionError(Exception):
    """The states that are asked for cannot be found."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A state that is compared. ``commit`` is empty for the working folder."""

    name: str
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """The two states, and where they stand to each other.

    :ivar has_moved_on: whether BASE has commits that HEAD lacks, whose changes are told the wrong
        way round: what they added looks removed.
    """

    repository: Repository
    base: Revision
    head: Revision
    has_moved_on: bool = False


def find_range(root: Path, base: str, head: str | None, *, from_common: bool = False) -> Range:
    """Return the states called *base* and *head*; without *head*, the folder as it stands.

    :param from_common: whether to begin at the last commit that both have in common.
    :raises RevisionError: if there is no git, no repository, or no such state in it.
    """
    repository = Repository(root)
    _insist_on_repository(repository, root)
    base_commit = _commit(repository, base)
    head_commit = _commit(repository, head) if head is not None else ""
    common = repository.common(base_commit, head_commit or "HEAD")
    if not from_common:
        moved_on = common is not None and common != base_commit
        return Range(repository, Revision(base, base_commit), _named(head, head_commit), moved_on)
    if common is None:
        between = f"{quoted(base)} and {quoted(head or 'HEAD')}"
        raise RevisionError(f"{between} have no commit in common{_shallow_hint(repository)}")
    name = base if common == base_commit else f"{base} at {common[:10]}"
    return Range(repository, Revision(name, common), _named(head, head_commit))


def _named(head: str | None, commit: str) -> Revision:
    return Revision(FOLDER if head is None else head, commit)


def _insist_on_repository(repository: Repository, root: Path) -> None:
    refusal = repository.refusal()
    if refusal is None:
        return
    if not refusal:
        raise RevisionError("the program git is needed and cannot be found; install it and try again")
    if "dubious ownership" in refusal:
        raise RevisionError(
            f"git does not read the repository in {root}, because it belongs to somebody else; "
            f"if you trust it, run: git config --global --add safe.directory {root.resolve()}"
        )
    if "not a git repository" in refusal:
        raise RevisionError(
            f"{root} lies in no git repository, so there are no earlier states to compare with"
        )
    raise RevisionError(f"git cannot read the repository in {root}: {refusal.splitlines()[0]}")


def _commit(repository: Repository, name: str) -> str:
    commit = repository.commit(name)
    if commit is not None:
        return commit
    if ".." in name:
        raise RevisionError(
            f"{quoted(name)} is no single state; write the two apart, as in: diff main my-branch"
        )
    hint = nearest(name, repository.names())
    message = f"there is no commit, branch or tag {quoted(name)}"
    raise RevisionError(f"{message}{'. ' + hint if hint else ''}{_shallow_hint(repository)}")


def _shallow_hint(repository: Repository) -> str:
    if not repository.is_shallow():
        return ""
    return (
        ". This copy lacks the older history: run git fetch --unshallow, "
        "or check out with fetch-depth: 0"
    )
