"""A program that is watched while it runs: how long it takes, and how much memory it holds at most."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.1
"""Seconds between two looks at its memory."""


@dataclass(frozen=True)
class Watched:
    """What a program took.

    :ivar seconds: from its start to its end.
    :ivar processor: seconds of all its processes on any processor.
    :ivar memory: the most that all its processes held at one time, in bytes; what they share is
        counted once.
    :ivar output: what it wrote to its standard output.
    """

    seconds: float
    processor: float
    memory: int
    output: str


def watched(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Watched:
    """Run *command* in *folder* and watch it.

    :param environment: variables that are set besides those of this process.
    :raises subprocess.CalledProcessError: if it fails; its messages are in the error.
    """
    before = _processor()
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        # Python keeps what it compiled, as it does for everybody who has not forbidden it.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        memory = 0
        output = errors = ""
        while True:
            try:
                output, errors = process.communicate(timeout=PAUSE)
                break
            except subprocess.TimeoutExpired:
                memory = max(memory, _memory(process.pid))
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output, errors)
    return Watched(seconds, _processor() - before, memory, output)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(process: int) -> int:
    """Return how many bytes a process and those below it hold, each shared page by its share."""
    return sum(_held(each) for each in _family(process))


def _family(process: int) -> list[int]:
    found = [process]
    for each in found:
        try:
            children = Path(f"/proc/{each}/task/{each}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in children.split()]
    return found


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        # It has ended in the meantime.
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
