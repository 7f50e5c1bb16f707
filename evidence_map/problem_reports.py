"""Write problems for those who read them: people, GitHub, programs, pull requests."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

from evidence_map.problems import Problem, Severity

WIDEST_LINE = 100


def as_text(problems: list[Problem], root: Path) -> str:
    """Return problems as compilers write them, each with its source line and a caret.

    ``records/hill2023.yml:4:9: error[bad-date]: message``
    """
    return "\n\n".join(_text(problem, _source_line(problem, root)) for problem in problems)


def _text(problem: Problem, line: str | None) -> str:
    place = f"{_shown(str(problem.path))}:{problem.line}:{problem.column}"
    parts = [f"{place}: {problem.severity}[{problem.code}]: {_shown(problem.message)}"]
    if line:
        shown, offset = _window(line, problem.column)
        number = str(problem.line)
        parts.append(f"  {number} | {shown}")
        parts.append(f"  {' ' * len(number)} | {' ' * _width(shown[:offset])}^")
    if problem.hint:
        parts.append(f"  hint: {_shown(problem.hint)}")
    return "\n".join(parts)


def _source_line(problem: Problem, root: Path) -> str | None:
    try:
        with (root / problem.path).open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if number == problem.line:
                    return line[: problem.column + 2 * WIDEST_LINE].rstrip("\r\n")
                if number > 100_000 or len(line) > 1_000_000:
                    return None
    except OSError:
        return None
    return None


def _shown(text: str) -> str:
    """Return *text* on one line and without characters that a terminal would act upon."""
    return "".join(
        "�" if unicodedata.category(character) in {"Cc", "Cs", "Cf"} and character not in "\u200c\u200d" else character
        for character in " ".join(text.split())
    )


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of *line* around *column* and the offset of the column in it."""
    clean = "".join(
        " " if character == "\t" else "�" if unicodedata.category(character) in {"Cc", "Cs", "Cf"} else character
        for character in line
    )
    offset = min(column - 1, len(clean))
    if len(clean) <= WIDEST_LINE:
        return clean, offset
    start = max(0, min(offset - WIDEST_LINE // 2, len(clean) - WIDEST_LINE))
    shown = clean[start : start + WIDEST_LINE]
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
    return json.dumps(
        [
            {
                "path": str(problem.path),
                "line": problem.line,
                "column": problem.column,
                "severity": problem.severity,
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_markdown(problems: list[Problem], root: Path) -> str:
    """Return problems as a Markdown table, for a job summary or a comment."""
    if not problems:
        return "No problems."
    rows = [
        f"| {_cell(str(problem.path))}:{problem.line}:{problem.column} | {problem.severity} "
        f"`{problem.code}` | {_cell(problem.message)} | {_cell(problem.hint)} |"
        for problem in problems
    ]
    return "\n".join(["| Where | What | Message | Remedy |", "|---|---|---|---|", *rows])


def _cell(text: str) -> str:
    flat = _shown(text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "&#124;"), ("`", "&#96;")):
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
