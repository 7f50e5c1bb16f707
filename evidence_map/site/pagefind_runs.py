"""Runs of Pagefind, which makes an index of the pages in a folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

LEFT_OUT = (
    ".headerlink",
    ".em-crumbs",
    ".em-badges",
    ".em-count",
    ".em-missing",
    ".em-correct",
    ".em-fact",
    ".em-facts dt",
    ".em-glance dt",
    ".em-finding__where",
    ".em-orcid",
    ".em-record h2",
    ".em-record .em-table th",
)
"""Labels and remarks that stand on every page of a kind, and so would find every page."""

TIMEOUT = 1800.0
"""Seconds after which the program is taken to hang; 10,000 pages in one run need about thirty."""

_PROGRAM = Path(__file__).with_name("pagefind_program.py")

REMEDY = "install it with “pip install -r requirements.lock”, then build again"

_SMALL_PIECES = "2500"
"""How many places of words a piece of a volume holds; Pagefind's own number is 20,000.

A search loads a piece of each volume, so they should be as small as the volumes are many.
"""


class IndexingError(Exception):
    """Pagefind is missing, failed, or made something else than an index."""


class Run:
    """A run that works beside this process. Use as a context manager, which ends it in the end.

    :param pages: the folder of the pages.
    :param target: where the index is put.
    :param empty: an empty folder to run it in, since Pagefind takes settings from where it is run.
    :param is_volume: whether the index is one of several that are searched together.
    """

    def __init__(self, pages: Path, target: Path, empty: Path, is_volume: bool = False) -> None:
        self._target = target
        # Without -P, modules beside the program would be found before others of their names.
        command = [sys.executable, "-P", str(_PROGRAM), str(os.getpid()), "--silent"]
        command += ["--site", str(pages.absolute()), "--output-path", str(target.absolute())]
        command += ["--exclude-selectors", ",".join(LEFT_OUT)]
        # What it says goes into a file: a pipe would stay open with a program that it has left behind.
        self._end = ExitStack()
        said = tempfile.TemporaryFile(dir=empty.parent)  # noqa: SIM115 (it is ended with the run)
        self._said = self._end.enter_context(said)
        self._begun = time.monotonic()
        try:
            self._process = subprocess.Popen(  # noqa: S603 (the program that comes with the package)
                command,
                cwd=empty,
                env=_environment(is_volume),
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
            )
        except BaseException:
            self._end.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._end.close()

    def wait(self) -> None:
        """Wait until it has made the index.

        :raises IndexingError: if it fails, or takes too long.
        """
        try:
            status = self._process.wait(max(0.0, self._begun + TIMEOUT - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise IndexingError(
                f"Pagefind, which indexes the pages, did not end within {TIMEOUT:.0f} seconds; "
                "build again"
            ) from error
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        if status or not (self._target / "pagefind-entry.json").is_file():
            raise IndexingError(f"Pagefind cannot index the pages: {_reason(status, lines)}")


def _environment(is_volume: bool) -> dict[str, str]:
    """Return the environment without what would be settings for Pagefind, except where it is."""
    own = ("PAGEFIND_BINARY_PATH",)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_") or k in own}
    return kept | ({"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": _SMALL_PIECES} if is_volume else {})


def _reason(status: int, said: list[str]) -> str:
    """Return why Pagefind failed, and what to do about it."""
    if status < 0:
        # The system ends what takes too much memory, and says nothing.
        name = signal.Signals(-status).name
        return f"it was ended by the signal {name}; if memory ran short, free some, and build again"
    return f"{said[-1].strip() if said else f'it ended with status {status}'}; {REMEDY}"
