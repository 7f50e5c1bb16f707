"""Work that is shared out to processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from evidence_map.exports.fields import ExportError
from evidence_map.garbage import left_alone
from evidence_map.processes import Workers, available
from tests.reviews import REPOSITORY


def square(number: int) -> int:
    return number * number


def elsewhere(number: int) -> bool:
    """Whether this runs in a process of its own."""
    return multiprocessing.parent_process() is not None


def refuse(number: int) -> int:
    if number == 3:
        raise ExportError(f"{number}: cannot be carried")
    return number


def die(number: int) -> int:
    """End the process, unless it is the first one."""
    if elsewhere(number):
        os._exit(1)
    return number


@pytest.fixture(scope="module")
def two() -> Iterator[Workers]:
    with Workers(2) as workers:
        yield workers


def test_values_come_in_the_order_of_the_parts(two: Workers) -> None:
    assert list(two.each(square, range(100))) == [number * number for number in range(100)]


def test_another_process_works_beside_this_one(two: Workers) -> None:
    begun = two.begin(elsewhere, 1)
    assert two.value(begun)
    assert any(two.each(elsewhere, range(200)))


def test_work_without_a_free_process_is_done_here() -> None:
    with Workers(1) as alone:
        assert not alone.value(alone.begin(elsewhere, 1))
        assert list(alone.each(square, [2, 3])) == [4, 9]


def test_an_error_arrives_as_it_was_raised(two: Workers) -> None:
    values = two.each(refuse, range(5))
    assert [next(values), next(values), next(values)] == [0, 1, 2]
    with pytest.raises(ExportError) as here:
        next(values)
    begun = two.begin(refuse, 3)
    with pytest.raises(ExportError) as there:
        two.value(begun)
    assert str(here.value) == str(there.value) == "3: cannot be carried"


def test_what_nobody_asks_for_any_more_is_not_done(two: Workers) -> None:
    values = two.each(square, range(50))
    next(values)
    values.close()  # type: ignore[attr-defined]
    assert list(two.each(square, [7])) == [49]


def test_the_work_of_a_process_that_died_is_done_here() -> None:
    with Workers(3) as workers:
        assert list(workers.each(die, range(20))) == list(range(20))


def test_where_no_process_can_be_started_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(process: SpawnProcess) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(SpawnProcess, "start", refused)
    with Workers(4) as workers:
        assert not any(workers.each(elsewhere, range(10)))


def test_processes_are_counted() -> None:
    assert available() >= 1


INTERRUPTED = """
import os, time
from evidence_map.processes import Workers

if __name__ == "__main__":
    with Workers(2) as workers:
        try:
            busy = workers.begin(time.sleep, 600)
            print(workers._busy[next(iter(workers._busy))][0].process.pid, flush=True)
            workers.value(busy)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            raise SystemExit(130)
"""
"""Waits for another process, whose number it prints."""


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
@pytest.mark.parametrize("whole_group", [True, False], ids=["in a terminal", "to one process"])
def test_ctrl_c_ends_all_of_them_quietly(whole_group: bool, tmp_path: Path) -> None:
    program = tmp_path / "interrupted.py"
    program.write_text(INTERRUPTED, "utf-8")
    run = subprocess.Popen(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert run.stdout
    other = int(run.stdout.readline())
    if whole_group:
        os.killpg(run.pid, signal.SIGINT)
    else:
        run.send_signal(signal.SIGINT)
    told, errors = run.communicate(timeout=60)
    assert (told, errors, run.returncode) == ("interrupted\n", "", 130)
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
def test_they_end_when_the_first_process_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "killed.py"
    program.write_text(
        INTERRUPTED.replace("600", "0.1").replace("workers.value(busy)", "time.sleep(600)")
    )
    run = subprocess.Popen(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout
    run.stdout.readline()
    run.kill()
    # Its error output is closed only when the other process, which shares it, has ended too.
    _, errors = run.communicate(timeout=60)
    assert errors == ""


class _Pair:
    """It holds itself, so that only a look for garbage finds that nobody else does."""

    def __init__(self) -> None:
        self.other = self


def _dropped(references: list[weakref.ref[_Pair]]) -> int:
    references.append(weakref.ref(_Pair()))
    return len(references)


def test_what_cycles_hold_goes_with_the_work_that_made_them() -> None:
    references: list[weakref.ref[_Pair]] = []
    with left_alone(), Workers(1) as alone:
        assert alone.value(alone.begin(_dropped, references)) == 1
        assert references[0]() is None
