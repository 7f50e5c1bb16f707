"""A bound on the processor time of one input: a hang is a find, and no suite stands still."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class HangError(AssertionError):
    """An input takes longer than any input of its size should."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise :class:`HangError` where the block takes more than *seconds* of processor time.

    The time of the process is counted and not that of the clock: a busy machine is no hang. Where the
    system has no such timer (Windows), the block is not bounded.
    """
    if not hasattr(signal, "ITIMER_VIRTUAL"):
        yield
        return

    def bark(_: int, __: FrameType | None) -> None:
        raise HangError(f"more than {seconds} seconds of processor time for one input")

    before = signal.signal(signal.SIGVTALRM, bark)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
