"""Numbers that a suite tells at its end: what it tried, and what went wrong.

A test of a suite calls ``count("attacks", "inputs tried", 12)``. The last lines of a run tell the sums
of all tests, also where several processes share them, and GitHub shows them in the summary of the job.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

_COUNTED: Counter[tuple[str, str]] = Counter()
_SENT = "counted"


def count(suite: str, what: str, number: int = 1) -> None:
    """Add *number* to what *suite* tells as *what*. A zero is told as well: that nothing went wrong."""
    _COUNTED[suite, what] += number


def sentences(counted: Counter[tuple[str, str]]) -> list[str]:
    """Return a line for each suite: its name, and its numbers in the order in which they came up."""
    numbers: dict[str, list[str]] = {}
    for (suite, what), number in counted.items():
        numbers.setdefault(suite, []).append(f"{what} {number:,}")
    return [f"{suite}: {', '.join(numbers[suite])}" for suite in sorted(numbers)]


class Telling:
    """A plugin of pytest that gathers the numbers of all processes and tells them."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the numbers of a process that shares the tests to the one that gave it its part."""
        output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_SENT] = [[*names, number] for names, number in _COUNTED.items()]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add the numbers of a process that has finished."""
        for suite, what, number in getattr(node, "workeroutput", {}).get(_SENT, ()):
            count(suite, what, number)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell the sums at the end of the run, and in the summary of a job on GitHub."""
        lines = sentences(_COUNTED)
        if not lines or hasattr(terminalreporter.config, "workeroutput"):
            return
        terminalreporter.section("counted")
        for line in lines:
            terminalreporter.write_line(line)
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.writelines(f"- {line}\n" for line in lines)
