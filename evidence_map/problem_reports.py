"""Write problems for those who read them: people, GitHub, programs, pull requests."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from evidence_map.problems import Problem, Severity
from evidence_map.text_source import MAXIMUM_BYTES, plain_line_ends

WIDEST_LINE = 100
_INVISIBLE = {"Cc", "Cs", "Cf", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"


def as_text(problems: list[Problem], root: Path) -> str:
    """Return problems as compilers write them, each with its source line and a caret.

    ``records/lamp2021.yml:4:9: error[bad-date]: message``
    """
    sources = _Sources(root)
    return "\n\n".join(_text(problem, sources.line(problem)) for problem in problems)


class _Sources:
    """The lines of the files that problems were found in, each file read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines: dict[PurePosixPath, list[str]] = {}

    def line(self, problem: Problem) -> str | None:
        """Return the line at which *problem* stands, or None where it cannot be shown."""
        if problem.path not in self.lines:
            self.lines[problem.path] = self._read(self.root / problem.path)
        lines = self.lines[problem.path]
        return lines[problem.line - 1] if 0 < problem.line <= len(lines) else None

    def _read(self, file: Path) -> list[str]:
        try:
            # What a link out of the review leads to must not appear in a public log.
            if not file.is_file() or not file.resolve().is_relative_to(self.root.resolve()):
                return []
            if file.stat().st_size > MAXIMUM_BYTES:
                return []
            text = file.read_bytes().decode("utf-8-sig", "replace")
        except (OSError, RuntimeError, ValueError):
            return []
        return plain_line_ends(text).split("\n")


def _text(problem: Problem, line: str | None) -> str:
    place = f"{shown_plainly(str(problem.path))}:{problem.line}:{problem.column}"
    parts = [f"{place}: {problem.severity}[{problem.code}]: {shown_plainly(problem.message)}"]
    if line:
        shown, offset = _window(line, problem.column)
        number = str(problem.line)
        parts.append(f"  {number} | {shown}")
        parts.append(f"  {' ' * len(number)} | {' ' * _width(shown[:offset])}^")
    if problem.hint:
        parts.append(f"  hint: {shown_plainly(problem.hint)}")
    return "\n".join(parts)


def shown_plainly(text: str) -> str:
    """Return *text* on one line and without characters that a terminal would act upon."""
    return "".join(
        "�" if unicodedata.category(character) in _INVISIBLE and character not in _JOINERS else character
        for character in " ".join(text.split())
    )


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of *line* around *column* and the offset of the column in it."""
    offset = min(column - 1, len(line))
    start = max(0, min(offset - WIDEST_LINE // 2, len(line) - WIDEST_LINE))
    shown = "".join(
        " " if character == "\t" else "�" if unicodedata.category(character) in _INVISIBLE else character
        for character in line[start : start + WIDEST_LINE]
    )
    return shown, offset - start


def _width(text: str) -> int:
    """Return how many columns *text* takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def as_github(problems: list[Problem], root: Path) -> str:
    """Return problems as workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(
        f"::{problem.severity} file={_property(str(problem.path))},line={problem.line},"
        f"col={problem.column},title={_property(problem.code)}::"
        f"{_data(problem.message + (f' — {problem.hint}' if problem.hint else ''))}"
        for problem in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: list[Problem], root: Path) -> str:
    """Return problems as a JSON list of objects."""
    return json.dumps([problem_fields(each) for each in problems], ensure_ascii=False, indent=2)


def problem_fields(problem: Problem) -> dict[str, str | int]:
    """Return a problem as JSON tells it, here and wherever else it is told."""
    return {
        "path": str(problem.path),
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def as_markdown(problems: list[Problem], root: Path) -> str:
    """Return problems as a Markdown table, for a comment."""
    if not problems:
        return "No problems."
    return "\n".join([*_MARKDOWN_HEAD, *map(_markdown_row, problems)])


def as_job_summary(problems: list[Problem]) -> str:
    """Return problems as a Markdown table of the length that GitHub takes, the errors first."""
    if not problems:
        return "No problems."
    rows = list(_MARKDOWN_HEAD)
    size = 0
    ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    for number, problem in enumerate(ordered):
        row = _markdown_row(problem)
        size += len(row.encode()) + 1
        if size > LONGEST_SUMMARY:
            left = counted(len(ordered) - number, "more problem")
            rows += ["", f"There is no room here for {left}; run the check yourself to see all."]
            break
        rows.append(row)
    return "\n".join(rows)


LONGEST_SUMMARY = 900_000
"""Bytes of the table in a job summary; GitHub drops a summary of more than 1 MiB as a whole."""

_MARKDOWN_HEAD = ("| Where | What | Message | Remedy |", "|---|---|---|---|")


def _markdown_row(problem: Problem) -> str:
    return (
        f"| {_cell(str(problem.path))}:{problem.line}:{problem.column} | {problem.severity} "
        f"`{problem.code}` | {_cell(problem.message)} | {_cell(problem.hint)} |"
    )


def _cell(text: str) -> str:
    flat = shown_plainly(text)
    for character, entity in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("|", "&#124;"),
        ("`", "&#96;"),
    ):
        flat = flat.replace(character, entity)
    return flat.replace("[", "&#91;").replace("@", "&#64;").replace("*", "&#42;").replace("_", "&#95;")


WRITERS: dict[str, Callable[[list[Problem], Path], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "markdown": as_markdown,
}


def tally(problems: list[Problem]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return *number* with its noun in the right form: ``1 study``, ``3 studies``.

    >>> counted(3, "study", "studies")
    '3 studies'
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
