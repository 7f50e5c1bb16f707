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
        # The language of answers and the hour must not depend on the machine, and a repository
        # that somebody else made must not start programs through its settings.
        environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC0", "GIT_OPTIONAL_LOCKS": "0"}
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
            environment.pop(name, None)
        command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
        try:
            answer = subprocess.run(  # noqa: S603 (a fixed program with arguments of ours)
                command,
                cwd=self.root,
                env=environment,
                input=given,
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return b""
        return answer.stdout if answer.returncode == 0 else b""

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
            if rest and rest[0] == b"blob":
                size = int(rest[1])
                found[name.decode()] = answer[start : start + size]
                start += size + 1
        return found
