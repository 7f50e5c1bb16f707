"""When Python looks for garbage, and when memory goes back to the system."""

from __future__ import annotations

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
    for cycles that nobody holds. In a check that took a quarter of the time and found nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
