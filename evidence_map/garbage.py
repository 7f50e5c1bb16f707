"""When Python looks for garbage, and when memory goes back to the system."""

from __future__ import annotations

import atexit
import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def left_alone() -> Iterator[None]:
    """Let garbage be until the end of what is done here.

    Where a great many objects are made that live on, Python looks through all of them again and again
    for cycles that nobody holds. In a check that took a quarter of the time and found nothing, in a
    build a fifth. What cycles hold at the end of a part of the work, ``give_back`` lets go.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def leave_alone() -> None:
    """Let garbage be in this process, which does one thing and ends.

    Nor is there a last look for it at the end: all memory goes back to the system then.
    """
    gc.disable()
    atexit.register(gc.freeze)


def look_for_it() -> None:
    """Let Python look for garbage after all: in a process that lives on, or opens many connections.

    Where one fails, the error and the connection may hold each other, and with them an open socket.
    """
    gc.enable()


def let_go_of_new() -> None:
    """Let go of what cycles hold among objects that were made since garbage was last looked for.

    That takes little time where most of them are gone already.
    """
    gc.collect(0)


def give_back() -> None:
    """Give memory that nobody holds any more back to the system, before something else needs it.

    Python finds objects that hold each other, and lets its memory go, only now and then. The C library
    of Linux keeps what is let go, to use it again: malloc_trim(3).
    """
    gc.collect()
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], object] | None:
    """Return the function that gives memory back; another C library than GNU's has none."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
