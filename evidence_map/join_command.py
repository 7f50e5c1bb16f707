"""The command ``join``: take over what other machines kept."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_map.command_group import fail
from evidence_map.kept_work import PLACE, KeptWork, kept_folder
from evidence_map.problem_reports import counted


@click.command("join")
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def join_command(folders: tuple[Path, ...]) -> None:
    """Take over work that other machines kept, so that it is not done again here.

    FOLDERS are what EVIDENCE_MAP_CACHE named on these machines. Take over only what jobs of your own
    have made: nobody looks again at what stands there.
    """
    own = kept_folder()
    if own is None:
        fail(f"nothing is kept on this machine: {PLACE} is “off”, or there is no folder for it")
    number = 0
    for folder in folders:
        for file in sorted(folder.glob("*.db")):
            number += KeptWork(file.stem, own).take_over(KeptWork(file.stem, folder))
    if not number:
        fail("none of these folders holds kept work")
    click.echo(f"{counted(number, 'piece')} of work taken over into {own}.")
