"""What all commands share: how they are found, which folder they work on, how they say what failed."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import NoReturn

import click

from evidence_map.problems import nearest


class Commands(click.Group):
    """The commands; without one, the review is built."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; where no command is among them, ``build`` is meant."""
        at = 0
        while at < len(args) and args[at].startswith("--root"):
            at += 1 if "=" in args[at] else 2
        own = {"-h", "--help", "--version"}
        if at > len(args):
            return super().parse_args(ctx, args)
        if at == len(args) or (args[at].startswith("-") and args[at] not in own):
            args = [*args[:at], "build", *args[at:]]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or offer the nearest one.

        :raises click.UsageError: if there is no such command.
        """
        if args and args[0] not in self.commands:
            hint = nearest(args[0], list(self.commands)) or "Commands: " + ", ".join(self.commands)
            raise click.UsageError(f"There is no command “{args[0]}”. {hint}", ctx)
        return super().resolve_command(ctx, args)


def default_root() -> Path:
    """Return the folder of build.py when that is what runs, else the current folder."""
    script = Path(sys.argv[0])
    return script.resolve().parent if script.name == "build.py" else Path.cwd()


def root_option(function: click.decorators.FC) -> click.decorators.FC:
    """Let --root stand behind the command as well."""

    def keep(context: click.Context, _: click.Parameter, value: Path | None) -> Path:
        root = value or context.obj or default_root()
        if not root.is_dir():
            raise click.UsageError(f"There is no folder {root}.", context)
        if not (root / "records").exists() and not (root / "synthesis").exists():
            raise click.UsageError(
                f"{root} is not a review: it holds neither records/ nor synthesis/. "
                "Name the review's folder with --root.",
                context,
            )
        return root

    return click.option(
        "--root",
        type=click.Path(path_type=Path),
        callback=keep,
        help="Folder of the review.  [default: the folder of build.py, or the current one]",
    )(function)


def fail(message: str) -> NoReturn:
    """Say in one line what went wrong, and end with status 1."""
    click.echo(f"error: {message}", err=True)
    sys.exit(1)


def told(error: BaseException) -> str:
    """Return what went wrong in one line."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full; free some space and build again"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return " ".join(str(error).split())
