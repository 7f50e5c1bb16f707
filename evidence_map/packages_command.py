"""The command ``packages``: what builds the site, under which licences."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import click

import evidence_map
from evidence_map.bill_of_materials import bill_of_materials
from evidence_map.command_group import fail, root_option, told
from evidence_map.output_file import check_output, out_option, write_output
from evidence_map.packages import LOCK, Package, hashes, packages, program_licence


@click.command("packages")
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "cyclonedx"]),
    default="text",
    show_default=True,
    help="A list for people, or a software bill of materials in JSON.",
)
@out_option
def packages_command(root: Path, form: str, out: Path | None) -> None:
    """List the packages that build the site, with their versions and licences.

    They are those that are installed: what the program asks for, and what those ask for in turn.
    Nothing is asked of the network.
    """
    if out is not None:
        check_output(root, out)
    try:
        found = packages()
        text = _as_text(found) if form == "text" else _as_bill(found, root / LOCK)
        write_output(text.encode("utf-8"), out)
    except PackageNotFoundError as error:
        fail(f"the package {error.name} is needed and not installed")
    except BrokenPipeError:
        raise  # click ends quietly where the reader of a pipe has gone
    except OSError as error:
        fail(told(error))
    if out is not None:
        click.echo(f"{len(found)} packages written to {out}", err=True)


def _as_text(found: Iterable[Package]) -> str:
    rows = [(each.name, each.version, each.licence.text) for each in found]
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    return "".join(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}\n" for row in rows)


def _as_bill(found: Iterable[Package], lock: Path) -> str:
    known = hashes(lock) if lock.is_file() else {}
    return bill_of_materials(found, evidence_map.__version__, program_licence(), known)
