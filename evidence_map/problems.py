"""What is wrong with a file, where, why, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file. Lines and columns count from 1, columns in characters."""

    path: PurePosixPath
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one place.

    ``path`` is relative to the review's root; ``line`` and ``column`` count from 1;
    ``code`` is the name of the rule under which it is documented.
    """

    path: PurePosixPath
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, as the documentation explains it.

    Every problem is made from a rule (:meth:`at`), so that no code exists without its page.
    """

    code: str
    title: str
    why: str
    cure: str
    severity: Severity = Severity.ERROR

    def at(self, position: Position, message: str, hint: str = "") -> Problem:
        """Return the problem of this rule at *position*; what it quotes of a file stays on its line."""
        return Problem(
            position.path,
            position.line,
            position.column,
            self.code,
            self.severity,
            message.replace("\n", " "),
            (hint or self.cure).replace("\n", " "),
        )


def errors_in(problems: list[Problem]) -> list[Problem]:
    """Return the problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def quoted(value: str, limit: int = 60) -> str:
    """Return *value* in quotation marks for a message, shortened to *limit* characters."""
    flat = " ".join(value.split())
    return f"“{flat if len(flat) <= limit else flat[: limit - 1] + '…'}”"


def nearest(word: str, candidates: list[str]) -> str:
    """Return the hint that offers the *candidates* closest to a mistyped *word*, or ``""``."""
    from rapidfuzz import fuzz, process, utils

    short = word[:100]
    found = process.extract(
        short, candidates, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=70
    )
    best = [match[0] for match in found if match[1] >= found[0][1] - 15]
    if not best:
        return ""
    return "Did you mean " + " or ".join(quoted(candidate) for candidate in best) + "?"
