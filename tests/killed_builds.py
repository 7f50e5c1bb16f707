"""Builds that are killed: a program that has everything loaded, and begins each build in a fork.

A build that begins as a program of its own spends most of its time where nothing can be spoiled: in
the import of modules.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.reviews import REPOSITORY, built

EXCHANGE = "ctypes.dlopen"
"""What Python does last before the new site takes the place of the old one."""

ABOUT_FILES = ("open", "os.", "shutil.", "sqlite3.", "subprocess.", EXCHANGE)
"""The beginnings of the audit events that are counted: each may change what stands on the disk."""


@dataclass(frozen=True)
class Course:
    """What a whole build takes: so much time, and so many events."""

    seconds: float
    events: int


class Builder:
    """The program that builds *root* into *site* when it is told so."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self._orders = orders
        self._answers = answers

    def _told(self, order: str) -> str:
        print(order, file=self._orders, flush=True)
        return self._answers.readline().strip()

    def build(self) -> Course:
        """Build without a kill."""
        seconds, events = self._told("whole").split()
        return Course(float(seconds), int(events))

    def kill_at_event(self, number: int) -> bool:
        """Kill a build at its nth event; return whether it was killed.

        What killed builds left is removed first, in events of its own.
        """
        return self._told(f"event {number}") == "killed"

    def kill_behind_exchange(self, number: int) -> bool:
        """Kill a build at its nth event after the exchange, or before it if 0."""
        return self._told(f"exchange {number}") == "killed"

    def kill_after(self, seconds: float) -> bool:
        """Kill a build after a time; return whether it was killed."""
        return self._told(f"seconds {seconds}") == "killed"


@contextmanager
def builder(root: Path, site: Path) -> Iterator[Builder]:
    """Give a program that builds *root* into *site*, and end it with the block."""
    command = [sys.executable, "-m", "tests.killed_builds", str(root), str(site)]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None and program.stdout is not None
        yield Builder(program.stdin, program.stdout)
        program.stdin.close()
    assert program.returncode == 0


def _answer(root: Path, site: Path) -> None:
    """Follow the orders on standard input."""
    seen, behind, last, exchange = 0, 0, -1, False

    def notice(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen, behind
        if not event.startswith(ABOUT_FILES):
            return
        seen += 1
        behind += behind > 0 or event == EXCHANGE
        if (behind - 1 if exchange else seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    built(root, site)
    sys.addaudithook(notice)
    for line in sys.stdin:
        kind, _, number = line.strip().partition(" ")
        seen = behind = 0
        if kind == "whole":
            start = time.monotonic()
            built(root, site)
            print(time.monotonic() - start, seen, flush=True)
            continue
        process = os.fork()
        if not process:
            exchange, last = kind == "exchange", -1 if kind == "seconds" else int(number)
            built(root, site)
            os._exit(0)
        if kind == "seconds":
            time.sleep(float(number))
            os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        print("killed" if os.WIFSIGNALED(status) else "finished", flush=True)


if __name__ == "__main__":
    _answer(Path(sys.argv[1]), Path(sys.argv[2]))
