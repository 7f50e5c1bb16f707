"""A copy of the small invented review that a test may spoil."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidence_map.checking import check
from evidence_map.problems import Position, Problem

CARET = "‸"
"""Stands in an edit where the problem is expected; it is taken out before the file is written."""


@dataclass(frozen=True)
class ReviewFolder:
    """The folder of a review, with what tests do to it."""

    root: Path

    def read(self, file: str) -> str:
        return (self.root / file).read_text("utf-8")

    def write(self, file: str, content: str | bytes) -> Position:
        """Write a file and return the place of the caret in it (the beginning if it has none)."""
        target = self.root / file
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        before, caret, after = data.partition(CARET.encode())
        target.write_bytes(before + after)
        if not caret:
            return Position(PurePosixPath(file))
        above = before.decode()
        column = len(above) - (above.rfind("\n") + 1) + 1
        return Position(PurePosixPath(file), above.count("\n") + 1, column)

    def edit(self, file: str, old: str, new: str) -> Position:
        """Replace *old*, which must stand once in the file, and return the place of the caret."""
        text = self.read(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        return self.write(file, text.replace(old, new))

    def check(self) -> list[Problem]:
        """Return all problems but one that many edits bring about, whatever they are about."""
        return [each for each in self.every_problem() if each.code != "stale-assessment"]

    def every_problem(self) -> list[Problem]:
        return check(self.root).problems


def place_of(problem: Problem) -> Position:
    return Position(problem.path, problem.line, problem.column)
