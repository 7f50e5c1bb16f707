"""The faults that a forked program brings upon itself, each in the way in which a system brings it.

Where a system may forbid a way (mounting a disk), the next best one is real as well; nothing here
replaces a function of the program.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ABOUT_FILES = ("open", "os.", "shutil.", "sqlite3.", "subprocess.", "ctypes.dlopen", "tempfile.")
"""The beginnings of the audit events that are counted: each may change what stands on the disk."""

CHANGES = ("os.", "shutil.", "sqlite3.", "subprocess.", "tempfile.")

_READING = {"os.listdir", "os.scandir", "os.walk", "os.putenv", "os.unsetenv", "os.fwalk"}

Fault = Callable[..., None]


class Events:
    """Counts what a program asks of the disk, and does something at the nth time."""

    def __init__(self) -> None:
        self.seen = 0
        self.act: Callable[[str, tuple[Any, ...]], None] = lambda event, arguments: None
        self.busy = False

    def notice(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take an event of Python's audit."""
        if self.busy or not event.startswith(ABOUT_FILES):
            return
        self.seen += 1
        self.busy = True
        try:
            self.act(event, arguments)
        finally:
            self.busy = False


EVENTS = Events()


def kill(at: int, how: str) -> None:
    """Send a signal at the nth event."""

    def act(event: str, arguments: tuple[Any, ...]) -> None:
        if EVENTS.seen == at:
            os.kill(os.getpid(), getattr(signal, how))

    EVENTS.act = act


def fail(at: int, error: int) -> None:
    """Let what changes the disk fail from the nth event on, as it does when a disk is full or broken.

    What is removed can still be removed.
    """

    def act(event: str, arguments: tuple[Any, ...]) -> None:
        if EVENTS.seen >= at and _writes(event, arguments):
            raise OSError(error, os.strerror(error), _path(arguments))

    EVENTS.act = act


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "open":
        flags = arguments[2] if isinstance(arguments[2], int) else 0
        return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and str(arguments[0]) != os.devnull
    return event in {
        "os.mkdir",
        "os.rename",
        "os.link",
        "os.symlink",
        "tempfile.mkdtemp",
        "tempfile.mkstemp",
    }


def _path(arguments: tuple[Any, ...]) -> str | None:
    return os.fsdecode(arguments[0]) if arguments and isinstance(arguments[0], str | bytes) else None


def change(when: str, file: str, old: str, new: str) -> None:
    """Change a file, like an editor, when another is opened for the first time."""
    done = False

    def act(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal done
        if not done and when in (f"{event} {_path(arguments) or ''}"):
            done = True
            _edit(Path(file), old, new)

    EVENTS.act = act


def _edit(file: Path, old: str, new: str) -> None:
    if not old and not new:
        file.unlink()
    elif not old:
        file.write_text(new, "utf-8")
    else:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")


def ordinary() -> None:
    """Give up the right of root to open everything, so that the rights of files count."""
    if os.geteuid() != 0:
        return

    class Header(ctypes.Structure):
        _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))

    version = 0x20080522  # _LINUX_CAPABILITY_VERSION_3, with two words a set
    rights = (ctypes.c_uint32 * 6)()
    library = ctypes.CDLL(None, use_errno=True)
    if library.capset(ctypes.byref(Header(version, 0)), ctypes.byref(rights)):
        raise OSError(ctypes.get_errno(), "capset")


def limit(name: str, value: int) -> None:
    """Set a limit of the system: the size of files, the number of open ones, or the memory to come."""
    import resource

    if name == "RLIMIT_FSIZE":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if name == "RLIMIT_AS":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        value += pages * os.sysconf("SC_PAGESIZE")
    resource.setrlimit(getattr(resource, name), (value, value))


def clock(seconds: float) -> None:
    """Set the clock, as it is asked by Python code."""
    import datetime
    import time

    shift = seconds - time.time()
    real = time.time

    class Day(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:  # type: ignore[override]
            return datetime.date.fromtimestamp(time.time())

    time.time = lambda: real() + shift
    time.time_ns = lambda: int((real() + shift) * 1e9)
    datetime.date = Day  # type: ignore[misc]


def without_folder(folder: str) -> None:
    """Work in a folder that is gone."""
    Path(folder).mkdir()
    os.chdir(folder)
    shutil.rmtree(folder)


def patience(seconds: float) -> None:
    """Shorten the time that is given to Pagefind; half an hour is long for a test."""
    from evidence_map.site import pagefind_runs

    pagefind_runs.TIMEOUT = seconds


def nowhere_temporary() -> None:
    """Leave no folder in which temporary files can be written, wherever a system has them."""
    import tempfile

    tempfile.tempdir = None
    tempfile._candidate_tempdir_list = lambda: ["/proc/self"]  # type: ignore[attr-defined]


def cold() -> None:
    """Forget the shell that an earlier build made, so that MkDocs runs."""
    from evidence_map.site import shell

    shell._LAST.clear()


FAULTS: dict[str, Fault] = {
    each.__name__: each
    for each in (
        kill,
        fail,
        change,
        ordinary,
        limit,
        clock,
        without_folder,
        patience,
        nowhere_temporary,
        cold,
    )
}

sys.modules.setdefault("tests.faults.injected", sys.modules[__name__])
