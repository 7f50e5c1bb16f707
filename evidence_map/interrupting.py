"""Ctrl+C and the wish of the system to end: both end the program cleanly wherever they arrive."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from types import FrameType

MOMENT = 0.1
"""Seconds until an interrupt that was lost is given again."""


class Ended(SystemExit):
    """The system asked the program to end: a job was cancelled, a terminal closed, a container stopped.

    Like Ctrl+C it unwinds the program, so that nothing unfinished is left behind.

    :ivar status: the exit status that tells the signal, as shells have it.
    """

    def __init__(self, number: int) -> None:
        self.status = 128 + number
        self.number = number
        super().__init__(self.status)

    def __str__(self) -> str:
        name = signal.Signals(self.number).name
        return f"ended from outside ({name}); what was not finished is not there, so begin again"


def keep_interrupts() -> None:
    """Let signals that ask for the end unwind the program, and lose none of them.

    At the end of an object and in callbacks of the import system Python prints an exception and goes
    on as if nothing had been asked (documentation of ``sys.unraisablehook``): there they are given
    again.
    """
    sys.unraisablehook = _kept
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Where it is ignored, as by nohup, it stays so.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> None:
    raise Ended(number)


def _kept(unraisable: sys.UnraisableHookArgs) -> None:
    lost = unraisable.exc_value
    if not isinstance(lost, KeyboardInterrupt | Ended):
        sys.__unraisablehook__(unraisable)
        return
    number = lost.number if isinstance(lost, Ended) else signal.SIGINT
    try:
        _give_again(number)
    except (KeyboardInterrupt, Ended):
        # A slow machine may still be in here by then.
        _give_again(number)


def _give_again(number: int) -> None:
    """Interrupt in a moment: given at once, it would arrive in here, where nothing can be raised."""
    again = threading.Timer(MOMENT, _interrupt, [number])
    again.daemon = True
    again.start()


def _interrupt(number: int) -> None:
    if sys.platform == "win32":
        _thread.interrupt_main(number)
    else:
        # Unlike the other, this also ends a call that waits.
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, number)
