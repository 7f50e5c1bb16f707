"""What all benchmarks say about the machine, and where they write it."""

from __future__ import annotations

import datetime
import os
import platform
import re
from pathlib import Path

from tests.reviews import REPOSITORY

PAGE = REPOSITORY / "docs" / "benchmarks.md"


def measured_with(*programs: str) -> str:
    """Return when and with what was measured, as one sentence."""
    day = datetime.date.today()
    machine = [_processor(), f"{os.cpu_count()} cores", f"{_memory()} of memory", platform.system()]
    used = ", ".join([*programs, *machine])
    return f"Measured on {day.day} {day:%B %Y} with `make bench`: {used}."


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    for line in information.read_text().splitlines() if information.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def write(name: str, text: str) -> None:
    """Put *text* between the marks of the benchmark *name* in docs/benchmarks.md."""
    begin, end = f"<!-- bench {name}: begin -->", f"<!-- bench {name}: end -->"
    page = PAGE.read_text("utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    assert pattern.search(page), f"{PAGE} has no marks for {name}"
    PAGE.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", page), "utf-8")
