"""Work that is shared out to all processors.

A piece of work is a function of a module with what it is given; both travel to another process, and
its value or its error comes back. This process works too, so on one processor, or where a host allows
no further processes, all is done here in the same way.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from evidence_map.garbage import left_alone, let_go_of_new

MOST = 4
"""More processes than these are never started: each needs memory of its own."""

PATIENCE = 5.0
"""Seconds that a process without work has to end by itself."""

Given = TypeVar("Given")
Value = TypeVar("Value")


@dataclass(eq=False)
class Work(Generic[Value]):
    """A piece of work: *function* of what is *given*, and what came of it.

    What is given may be large; once the work is done it is let go.
    """

    function: Callable[..., Value]
    given: tuple[Any, ...]
    value: Value | None = None
    error: Exception | None = None
    done: bool = False

    def do(self) -> None:
        """Do it in this process. What it raises is kept until its value is asked for."""
        try:
            self.value = self.function(*self.given)
        except Exception as error:
            self.error = error
        self.given, self.done = (), True
        let_go_of_new()

    def take(self, value: Any, error: Exception | None) -> None:
        """Take over what came of it in another process."""
        self.value, self.error = value, error
        self.given, self.done = (), True


class Workers:
    """Processes that work beside this one. Use as a context manager.

    They start when there is work for them. They end with this process, however it ends; Ctrl+C reaches
    this process alone, which then ends them.
    """

    def __init__(self, processors: int | None = None) -> None:
        """Prepare to work with as many processes as there are *processors*, this one included."""
        self._more = (processors or min(available(), MOST)) - 1
        self._waiting: deque[Work[Any]] = deque()
        self._free: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, Work[Any]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.clear()
        for worker, _ in self._busy.values():
            worker.stop()
        for worker in self._free:
            worker.end()

    @property
    def alone(self) -> bool:
        """Whether this process does all the work, on one processor or where no other can be started."""
        return self._more <= 0 and not self._free and not self._busy

    def begin(self, function: Callable[..., Value], *given: Any) -> Work[Value]:
        """Begin a piece of work beside what this process does, if a process is free for it.

        :param function: a function of a module; with *given*, what it returns and what it raises, it
            must be fit for ``pickle``.
        """
        work = Work(function, given)
        self._waiting.append(work)
        if len(self._free) < len(self._waiting) and self._more > 0:
            self._start()
        self._hand_out()
        return work

    def value(self, work: Work[Value]) -> Value:
        """Return the value of *work*; until it is there, do what else is waiting.

        :raises Exception: what the work raised.
        """
        while not work.done:
            self._hand_out()
            if self._waiting:
                self._waiting.popleft().do()
            elif not work.done:
                self._collect(patience=None)
        if work.error:
            raise work.error
        return work.value  # type: ignore[return-value]

    def attend(self) -> None:
        """Give waiting work to free processes. To be called now and then by who does other things."""
        self._hand_out()

    def each(self, function: Callable[[Given], Value], parts: Iterable[Given]) -> Iterator[Value]:
        """Yield the value of *function* for each of the *parts*, in their order.

        Parts are best several times as many as processors, so that all end at about the same time.
        """
        begun = [self.begin(function, part) for part in parts]
        begun.reverse()
        try:
            while begun:
                # Not kept here once they are handed on, since they may be large.
                yield self.value(begun.pop())
        finally:
            left = set(begun)
            self._waiting = deque(work for work in self._waiting if work not in left)

    def _start(self) -> None:
        self._more -= 1
        try:
            self._free.append(_Worker())
        except OSError:
            # A host may allow no processes; then it takes longer.
            self._more = 0

    def _hand_out(self) -> None:
        """Give waiting work to processes that are free."""
        self._collect(patience=0)
        while self._waiting and self._free:
            work, worker = self._waiting.popleft(), self._free.pop()
            try:
                worker.connection.send((work.function, work.given))
            except (BrokenPipeError, ConnectionError):
                worker.stop()
                self._waiting.appendleft(work)
            else:
                self._busy[worker.connection] = worker, work

    def _collect(self, patience: float | None) -> None:
        """Take over what other processes have finished, waiting for one of them with *patience*."""
        for connection in wait(list(self._busy), patience):
            assert isinstance(connection, Connection)
            worker, work = self._busy.pop(connection)
            try:
                work.take(*connection.recv())
            except (EOFError, OSError):
                # It was killed, as systems do when memory runs short: its work is done here.
                worker.stop()
                self._waiting.appendleft(work)
            else:
                self._free.append(worker)


class _Worker:
    """A process that does what comes through its connection, until that is closed."""

    def __init__(self) -> None:
        """Start it.

        :raises OSError: if the host does not allow it.
        """
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            with _deaf_children():
                self.process.start()
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()

    def end(self) -> None:
        """Let it end, since there is no more work."""
        self.connection.close()
        self.process.join(PATIENCE)
        self.stop()

    def stop(self) -> None:
        """End it at once."""
        self.connection.close()
        self.process.kill()
        self.process.join()


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let no process that is started here hear Ctrl+C; what is asked meanwhile arrives afterwards."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker  # started by the first process; it would undo this

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection) -> None:
    """Do what comes through *connection*. The other end is closed when the first process ends."""
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError), left_alone():
        while True:
            work: Work[Any] = Work(*connection.recv())
            work.do()
            if work.error:
                work.error.add_note("".join(traceback.format_exception(work.error)))
            connection.send((work.value, work.error))


def available() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
