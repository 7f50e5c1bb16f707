"""The history of a review in git, read and never written. A folder without history is no error."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

FOLDERS = ("records", "synthesis/findings")
"""What the changes of a review are told from."""

_TIMEOUT = 60
"""Seconds for one question to git; a repository of 10,000 records answers in well under one."""

_OBJECT = re.compile(r"[0-9a-f]{40,64}")

Files = dict[PurePosixPath, str]
"""The name of the content (git's object id) of each file, by its path from the review's folder."""


@dataclass(frozen=True, slots=True)
class Version:
    """A state of the review that has a name: a release, or the last state of a day.

    :ivar name: the tag, or the day.
    :ivar date: the day on which it was made, in universal time.
    :ivar note: the first line of the tag's message, if it has one of its own.
    """

    name: str
    date: str
    revision: str
    is_release: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a commit holds.

    :ivar path: its path from the review's folder, as it was written by whoever made the commit.
    :ivar mode: 100644 and 100755 for files, 120000 for links, 160000 for other repositories.
    :ivar name: the name of its content, git's object id.
    :ivar size: of the content, in bytes.
    """

    path: str
    mode: str
    name: str
    size: int


class Repository:
    """The git repository that holds the folder *root*."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def holding(cls, root: Path) -> Repository | None:
        """Return the repository that holds *root*, or None: no git, no repository, no commit yet.

        A shallow copy counts as none. Its oldest commit would look like the beginning.
        """
        found = cls(root)
        if found._ask("rev-parse", "--is-shallow-repository").strip() != b"false":
            return None
        return found if found._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}") else None

    def _ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git answers, or nothing where it cannot."""
        answer = self._run(*arguments, given=given)
        return answer.stdout if answer and answer.returncode == 0 else b""

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
        """Return how git answers, or None where there is no git or it takes too long."""
        # The language of answers and the hour must not depend on the machine, and a repository
        # that somebody else made must not start programs through its settings.
        environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC0", "GIT_OPTIONAL_LOCKS": "0"}
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
            environment.pop(name, None)
        command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
        try:
            return subprocess.run(  # noqa: S603 (a fixed program with arguments of ours)
                command,
                cwd=self.root,
                env=environment,
                input=given,
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None

    def refusal(self) -> str | None:
        """Return why git knows no repository here, in its own words; empty if there is no git.

        None where it knows one.
        """
        answer = self._run("rev-parse", "--git-dir")
        if answer is None:
            return ""
        return answer.stderr.decode("utf-8", "replace").strip() if answer.returncode else None

    def is_shallow(self) -> bool:
        """Whether this copy lacks the older history."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def commit(self, name: str) -> str | None:
        """Return the commit that *name* (a branch, a tag, a commit) means; None if there is none."""
        if name.startswith("-"):
            return None
        answer = self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return answer.decode("ascii", "replace").strip() or None

    def common(self, one: str, other: str) -> str | None:
        """Return the last commit that the histories of two commits share, if there is one."""
        answer = self._ask("merge-base", one, other).decode("ascii", "replace").split()
        return answer[0] if answer else None

    def names(self) -> list[str]:
        """Return the branches and tags, those of other copies included."""
        form = "--format=%(refname:short)"
        answer = self._ask("for-each-ref", form, "refs/heads", "refs/tags", "refs/remotes")
        return answer.decode("utf-8", "replace").splitlines()

    def releases(self) -> list[Version]:
        """Return the tags that lie in the history of the present state, the oldest first."""
        form = "%(refname:short)%00%(creatordate:format-local:%Y-%m-%d)%00%(objecttype)%00%(subject)"
        answer = self._ask(
            "for-each-ref", "--merged=HEAD", "--sort=creatordate", f"--format={form}", "refs/tags"
        )
        found = []
        for line in answer.decode("utf-8", "replace").splitlines():
            name, date, kind, subject = line.split("\0")
            note = subject if kind == "tag" and subject != name else ""
            if date:
                found.append(Version(name, date, f"refs/tags/{name}", True, note))
        return found

    def days(self) -> list[Version]:
        """Return the last state of each day on which something changed, the oldest first."""
        answer = self._ask(
            "log", "--first-parent", "--date=format-local:%Y-%m-%d", "--format=%H %cd", "--", *FOLDERS
        )
        last: dict[str, str] = {}
        for line in answer.decode("ascii", "replace").splitlines():
            revision, date = line.split(" ")
            last.setdefault(date, revision)
        return [Version(date, date, revision, False) for date, revision in sorted(last.items())]

    def files(self, revision: str) -> Files:
        """Return the records and review findings of a *revision*."""
        answer = self._ask("ls-tree", "-r", "-z", revision, "--", *FOLDERS)
        found: Files = {}
        for entry in answer.decode("utf-8", "surrogateescape").split("\0"):
            description, tab, name = entry.partition("\t")
            if tab and description.split()[1] == "blob":
                found[PurePosixPath(name)] = description.split()[2]
        return found

    def entries(self, commit: str, *paths: str) -> list[Entry] | None:
        """Return everything that a *commit* holds below *paths*: files, links and what else.

        None where git cannot tell.
        """
        answer = self._run("ls-tree", "-r", "-z", "--long", commit, "--", *paths)
        if answer is None or answer.returncode:
            return None
        found = []
        for line in answer.stdout.decode("utf-8", "surrogateescape").split("\0"):
            description, tab, path = line.partition("\t")
            if tab:
                mode, _, name, size = description.split()
                found.append(Entry(path, mode, name, int(size) if size.isdigit() else 0))
        return found

    def present(self) -> Files | None:
        """Return the records and review findings as they stand in the folder now.

        None where they cannot be told, for instance because a file is being replaced just now.
        """
        paths = [
            PurePosixPath(file.relative_to(self.root).as_posix())
            for folder in FOLDERS
            for file in sorted((self.root / folder).rglob("*"))
            if file.is_file() and not file.is_symlink() and "\n" not in str(file)
        ]
        given = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        names = self._ask("hash-object", "--stdin-paths", given=given).decode("ascii").split()
        return dict(zip(paths, names, strict=True)) if len(names) == len(paths) else None

    def contents(self, objects: Iterable[str]) -> dict[str, bytes]:
        """Return the content behind object ids."""
        wanted = sorted({name for name in objects if _OBJECT.fullmatch(name)})
        answer = self._ask("cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
        found: dict[str, bytes] = {}
        start = 0
        while start < len(answer):
            end = answer.index(b"\n", start)
            name, *rest = answer[start:end].split()
            start = end + 1
            if len(rest) == 2:
                size = int(rest[1])
                if rest[0] == b"blob":
                    found[name.decode()] = answer[start : start + size]
                start += size + 1
        return found
