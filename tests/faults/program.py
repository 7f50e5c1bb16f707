"""The program under faults: one process has everything loaded, and runs each command in a fork.

A command that begins as a program of its own spends most of its time in the import of modules, where
nothing can be spoiled.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

REPOSITORY = Path(__file__).parents[2]

Faults = Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Ended:
    """How a command ended.

    :ivar status: its exit status, or the signal that ended it as a negative number.
    :ivar said: all that it wrote to standard output and standard error.
    :ivar events: how often it asked something of the disk.
    """

    status: int
    said: str
    events: int


class Program:
    """The process that runs commands when it is told so."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self._orders = orders
        self._answers = answers

    def run(
        self,
        arguments: Sequence[str | Path],
        faults: Faults = (),
        environment: Mapping[str, str | None] | None = None,
    ) -> Ended:
        """Run one command under *faults*."""
        return self.run_at_once([(arguments, faults)], environment)[0]

    def run_at_once(
        self,
        commands: Sequence[tuple[Sequence[str | Path], Faults]],
        environment: Mapping[str, str | None] | None = None,
    ) -> list[Ended]:
        """Run commands at the same time."""
        orders = [
            {"arguments": [str(each) for each in arguments], "faults": list(faults)}
            for arguments, faults in commands
        ]
        print(
            json.dumps({"orders": orders, "environment": environment or {}}),
            file=self._orders,
            flush=True,
        )
        answer = self._answers.readline()
        assert answer, "the program under faults has ended"
        return [Ended(**each) for each in json.loads(answer)]


@contextmanager
def program() -> Iterator[Program]:
    """Give a program under faults, and end it with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.program"],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        yield Program(process.stdin, process.stdout)
        process.stdin.close()
    assert process.returncode == 0


def _serve() -> None:
    import tempfile

    import click

    from evidence_map.cli import COMMANDS, main
    from tests.faults.injected import EVENTS
    from tests.reviews import LIGHTHOUSE, built

    for name in COMMANDS:
        main.get_command(click.Context(main), name)
    with tempfile.TemporaryDirectory() as folder:
        built(LIGHTHOUSE, Path(folder, "site"))
        sys.addaudithook(EVENTS.notice)
        answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        for line in sys.stdin:
            asked = json.loads(line)
            begun = [
                (
                    _begin(order, asked["environment"], Path(folder, str(number))),
                    Path(folder, str(number)),
                )
                for number, order in enumerate(asked["orders"])
            ]
            ended = [_end(process, said) for process, said in begun]
            print(json.dumps(ended), file=answers, flush=True)


def _begin(order: dict[str, Any], environment: dict[str, str | None], said: Path) -> int:
    process = os.fork()
    if process:
        return process
    status = 70
    try:
        status = _child(order, environment, said)
    finally:
        os._exit(status)


def _child(order: dict[str, Any], environment: dict[str, str | None], said: Path) -> int:
    """Run the command line with its own output, as if it had just begun."""
    import signal

    from evidence_map.cli import run
    from tests.faults.injected import EVENTS, FAULTS

    signal.signal(signal.SIGINT, signal.default_int_handler)
    shown = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    count = os.open(said.with_suffix(".events"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(shown, stream)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(each, "w"), "utf-8", write_through=True) for each in (1, 2)
    )
    for name, value in environment.items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    _forget_folder_of_temporary_files()
    os.chdir(said.parent)
    sys.argv = ["build.py", *order["arguments"]]
    status = 0
    EVENTS.seen = 0
    try:
        for name, settings in order["faults"]:
            FAULTS[name](**settings)
        EVENTS.seen = 0
        run()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1 if end.code else 0
    except KeyboardInterrupt:
        status = 130
    except BaseException:
        import traceback

        EVENTS.act = lambda event, arguments: None
        traceback.print_exc()
        status = 71
    os.pwrite(count, str(EVENTS.seen).encode(), 0)
    return status


def _forget_folder_of_temporary_files() -> None:
    import tempfile

    tempfile.tempdir = None


def _end(process: int, said: Path) -> dict[str, Any]:
    _, status = os.waitpid(process, 0)
    events = said.with_suffix(".events").read_text("ascii")
    return {
        "status": os.waitstatus_to_exitcode(status),
        "said": said.read_bytes().decode("utf-8", "replace"),
        "events": int(events or 0),
    }


if __name__ == "__main__":
    _serve()
