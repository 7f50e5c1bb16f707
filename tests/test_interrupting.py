"""Ctrl+C at any moment ends the program quietly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.reviews import LIGHTHOUSE, REPOSITORY


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.35, 0.5, 0.8, 1.1])
def test_no_traceback_is_shown(seconds: float, tmp_path: Path) -> None:
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(LIGHTHOUSE)]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "site")],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate(timeout=30)
    assert "Traceback" not in shown


LOST = """
import signal, time
from evidence_map.interrupting import keep_interrupts

class Ending:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

keep_interrupts()
try:
    Ending()
    time.sleep(60)
except KeyboardInterrupt:
    print("ended")
"""
"""Ctrl+C at the end of an object, where Python can raise nothing."""


def test_an_interrupt_is_never_lost() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOST], cwd=REPOSITORY, capture_output=True, text=True, timeout=30
    )
    assert (run.stdout, run.stderr) == ("ended\n", "")


def test_other_exceptions_that_cannot_be_raised_are_told_as_ever() -> None:
    broken = LOST.replace("signal.raise_signal(signal.SIGINT)", "1 / 0").replace("sleep(60)", "sleep(0)")
    run = subprocess.run(
        [sys.executable, "-c", broken], cwd=REPOSITORY, capture_output=True, text=True, timeout=30
    )
    assert run.stdout == ""
    assert "ZeroDivisionError" in run.stderr
