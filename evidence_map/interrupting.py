"""Ctrl+C, which must end the program wherever it arrives."""

from __future__ import annotations

import _thread
import signal
import sys
import threading

MOMENT = 0.1
"""Seconds until an interrupt that was lost is given again."""


def keep_interrupts() -> None:
    """Give Ctrl+C again when it arrived where Python can raise nothing.

    At the end of an object and in callbacks of the import system Python prints an exception and goes
    on as if nothing had been asked (documentation of ``sys.unraisablehook``).
    """
    sys.unraisablehook = _kept


def _kept(unraisable: sys.UnraisableHookArgs) -> None:
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
        return
    try:
        _give_again()
    except KeyboardInterrupt:
        # A slow machine may still be in here by then.
        _give_again()


def _give_again() -> None:
    """Interrupt in a moment: given at once, it would arrive in here, where nothing can be raised."""
    again = threading.Timer(MOMENT, _interrupt)
    again.daemon = True
    again.start()


def _interrupt() -> None:
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        # Unlike the other, this also ends a call that waits.
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, signal.SIGINT)
