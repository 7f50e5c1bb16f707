"""The command line: ``python build.py`` and ``evidence-map``."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click

import evidence_map
from evidence_map.command_group import Commands, told
from evidence_map.garbage import leave_alone
from evidence_map.interrupting import Ended, keep_interrupts
from evidence_map.refusals import REFUSALS

COMMANDS = {
    "build": "Check the review and build the site.",
    "check": "Say everything that is wrong with the review, or with the files named.",
    "diff": "Say what changes on the map from BASE to HEAD.",
    "serve": "Build the site, show it on this machine, and build again when a file changes.",
    "import": "Make draft records of references from databases and reference managers.",
    "add": "Make draft records of publications by their identifiers.",
    "export": "Write the reports in a format of reference managers, spreadsheets or manuscripts.",
    "assess": "Record what the confidence in review findings rests on, after you have assessed it.",
    "verify-links": "Ask whether DOIs are registered, addresses answer, and papers still stand.",
    "join": "Take over work that other machines kept, so that it is not done again here.",
    "schema": "Write schema/*.json, with which editors complete field names and codebook terms.",
    "format": "Put the fields of record files in order and mend their layout, keeping every comment.",
    "init": "Make a small working review of your own in DIR, which builds at once.",
    "packages": "List the packages that build the site, with their versions and licences.",
}
"""The commands in the order in which they are listed, and what each does.

A command stands in a module of its own, which is loaded when it is called: what one command needs, the
others, and whoever asks for help, should not wait for.
"""


@click.group(cls=Commands, summaries=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    help="Folder of the review: it holds records/ and synthesis/.  "
    "[default: the folder of build.py, or the current one]",
)
@click.version_option(evidence_map.__version__, prog_name="evidence-map")
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Check a review, build its evidence map, and help with its files.

    Without a command, the site is built.
    """
    context.obj = root


def prepare_process() -> None:
    """Set what holds for a process that runs one command, until it ends."""
    keep_interrupts()
    leave_alone()
    # A package that happens to be installed has no say in what is a sound record, and to look for one
    # takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def run() -> None:
    """Run the command line; a mistake of the program itself is told in one line, with its report."""
    prepare_process()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that lacks a character shows its escape instead of failing.
            stream.reconfigure(errors="backslashreplace")
    try:
        main(prog_name="build.py" if Path(sys.argv[0]).name == "build.py" else "evidence-map")
    except Ended as ended:
        click.echo(f"\n{ended}", err=True)
        sys.exit(ended.status)
    except ModuleNotFoundError as missing:
        if not missing.name or missing.name.partition(".")[0] == "evidence_map":
            _report_mistake(missing)
        click.echo(f"error: the Python package “{missing.name}” is not installed here.", err=True)
        click.echo(
            "Install all that the program needs: “make site” in its own folder does, "
            "“pip install -r requirements.txt” in that of a review.",
            err=True,
        )
        sys.exit(1)
    except (OSError, MemoryError) as error:
        if isinstance(error, OSError) and error.errno not in REFUSALS:
            _report_mistake(error)
        click.echo(f"error: {told(error)}", err=True)
        sys.exit(1)
    except Exception as error:
        if _lacked_memory(error):
            click.echo(f"error: {told(MemoryError())}", err=True)
            sys.exit(1)
        _report_mistake(error)


def _lacked_memory(error: Exception) -> bool:
    """Whether libxml2 could not get the memory to read a text of ours: it names no reason, no line."""
    return type(error).__name__ == "XMLSyntaxError" and getattr(error, "lineno", None) == 0


def _report_mistake(error: Exception) -> NoReturn:
    import tempfile
    import traceback

    if os.environ.get("EVIDENCE_MAP_DEBUG"):
        raise error
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="evidence-map-", suffix=".txt", delete=False, encoding="utf-8"
        ) as report:
            report.write("".join(traceback.format_exception(error)))
        how = f"Please report it with the file {report.name}."
    except OSError:
        how = "Please report it, with what EVIDENCE_MAP_DEBUG=1 in the environment shows."
    click.echo(
        "error: this is a mistake of the program, not yours: "
        f"{type(error).__name__}: {told(error)}\n{how}",
        err=True,
    )
    sys.exit(3)
