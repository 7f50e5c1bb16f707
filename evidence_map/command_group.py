"""What all commands share: how they are found, which folder they work on, how they say what failed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from evidence_map.part import Part
from evidence_map.problem_reports import as_text
from evidence_map.problems import Problem, nearest
from evidence_map.refusals import DENIED, REFUSALS
from evidence_map.text_source import REFUSED_CHARACTERS


class Commands(click.Group):
    """The commands; without one, the review is built.

    :param summaries: the commands in the order in which they are listed, and what each does. A command
        ``verify-links`` is ``verify_links_command`` in the module of this name, which is loaded when the
        command is called.
    """

    def __init__(self, *args: Any, summaries: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, with its module."""
        if cmd_name not in self.summaries:
            return None
        name = f"{cmd_name.replace('-', '_')}_command"
        found = getattr(import_module(f"evidence_map.{name}"), name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, for which none of them has to be loaded."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))

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
        if args and args[0] not in self.summaries:
            hint = nearest(args[0], list(self.summaries)) or "Commands: " + ", ".join(self.summaries)
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


def part_option(help_text: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """Let --part name one of several parts of the review."""

    def read(context: click.Context, _: click.Parameter, value: str | None) -> Part | None:
        try:
            return None if value is None else Part.written(value)
        except ValueError as error:
            raise click.UsageError(f"{error}.", context) from error

    return click.option("--part", metavar="NUMBER/OF", callback=read, help=help_text)


def inside_review(root: Path, path: Path) -> Path:
    """Return *path* relative to the review, wherever the command was given.

    :raises click.UsageError: if there is none, or it is not the review's.
    """
    there = [candidate for candidate in (path, root / path) if os.path.lexists(candidate)]
    for candidate in there:
        absolute = candidate.parent.resolve() / candidate.name if candidate.name else candidate.resolve()
        if absolute.is_relative_to(root.resolve()):
            return absolute.relative_to(root.resolve())
    if there:
        raise click.UsageError(f"{path} does not belong to the review in {root}.")
    raise click.UsageError(f"There is no file {path}.")


def fail(message: str) -> NoReturn:
    """Say in one line what went wrong, and end with status 1."""
    click.echo(f"error: {message}", err=True)
    sys.exit(1)


def say(text: str, *, err: bool = False) -> None:
    """Print *text* on one line, without characters on which a terminal would act."""
    click.echo(REFUSED_CHARACTERS.sub("\ufffd", text.replace("\n", " ")), err=err)


def told(error: BaseException) -> str:
    """Return what went wrong in one line."""
    if isinstance(error, MemoryError):
        return REFUSALS[errno.ENOMEM]
    if isinstance(error, OSError) and error.strerror:
        if error.strerror.startswith("No usable temporary directory"):
            return (
                "temporary files cannot be written; free some space, or name another folder for them "
                "in TMPDIR, and try again"
            )
        remedy = REFUSALS.get(error.errno or 0)
        if remedy == DENIED:
            return f"{error.filename or 'a file'} {remedy}"
        where = f": {error.filename}" if error.filename else ""
        return remedy or f"{error.strerror}{where}"
    return " ".join(str(error).split())


def print_problems(problems: list[Problem], root: Path) -> None:
    """Show *problems* on the error stream."""
    if problems:
        click.echo(as_text(problems, root), err=True)
        click.echo(err=True)
