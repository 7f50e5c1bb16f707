"""The file that a command writes for people to take away, or standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click


def _or_standard(_: click.Context, __: click.Parameter, out: Path | None) -> Path | None:
    return None if out == Path("-") else out


def out_option(function: click.decorators.FC) -> click.decorators.FC:
    """Let -o name a file; without it, or as “-”, it is standard output."""
    return click.option(
        "-o",
        "--out",
        type=click.Path(path_type=Path, readable=False, writable=True),
        callback=_or_standard,
        help="File to write; - is standard output.  [default: standard output]",
    )(function)


def check_output(root: Path, out: Path) -> None:
    """Refuse a file that is part of the review in *root*, or that cannot be written.

    :raises click.UsageError: if it is.
    """
    try:
        target = out.resolve()
        there, plain = target.exists(), target.is_file()
        has_folder = target.parent.is_dir()
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}.") from None
    for part in ("records", "synthesis"):
        if target.is_relative_to((root / part).resolve()):
            raise click.UsageError(
                f"{out} lies in {part}/, where the review itself stands; name a file elsewhere."
            )
    if target.is_dir():
        raise click.UsageError(f"{out} is a folder; name a file.")
    if there and not plain:
        raise click.UsageError(f"{out} is no plain file; name another.")
    if not has_folder:
        raise click.UsageError(f"There is no folder {out.parent}; make it first.")


def write_output(content: bytes, out: Path | None) -> None:
    """Write to standard output, or to a file that is either whole or as it was.

    :raises OSError: if the file cannot be written.
    """
    if out is None:
        if sys.stdout is None:
            raise OSError("standard output is closed; name a file with -o")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    target = out.resolve()
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:50]}-", dir=target.parent)
    except OSError as error:
        error.filename = str(out)
        raise
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(_mode(target))
        written.replace(target)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Return the rights of the file that is there, or those that a new one would have."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
