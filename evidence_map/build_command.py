"""The command ``build``, and how a build tells what it does."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evidence_map.building import Built, Progress, build
from evidence_map.command_group import fail, part_option, print_problems, root_option, told
from evidence_map.database.store import StorageError
from evidence_map.exports.fields import ExportError
from evidence_map.kept_work import PLACE, kept_folder
from evidence_map.part import Part
from evidence_map.problem_reports import counted, tally
from evidence_map.problems import errors_in
from evidence_map.publishing import PublishingError
from evidence_map.site.pagefind_runs import IndexingError
from evidence_map.site.shell import ShellError
from evidence_map.unchanged import ChangedError

STAGE_NAMES = {
    "check": "Checking the files",
    "shell": "Making the shell and the written pages",
    "database": "Storing the review",
    "exports": "Writing the exports",
    "citations": "Making the citations",
    "pages": "Writing the pages",
    "index": "Indexing the words",
}

ExpectedError = (
    *(PublishingError, ChangedError, StorageError, ShellError, ExportError, IndexingError),
    *(OSError, MemoryError),
)
"""What can go wrong outside the review's own files; each is told in one line."""


@click.command("build")
@root_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the site.  [default: site/ in the review's folder]",
)
@part_option(
    "Work ahead on one of several machines: make the citations and pages of a part of the records, such "
    "as 2/8, keep them for “join”, and publish nothing."
)
def build_command(root: Path, out: Path | None, part: Part | None) -> None:
    """Check the review and build the site.

    The site that is there stays as it is until the new one is whole; where the review has an
    error, nothing is written.
    """
    if part is not None:
        work_ahead(root, part)
        return
    target = out if out is not None else root / "site"
    built = build_and_tell(root, target)
    if built is None or not built.published:
        sys.exit(1)
    _summarise(built)


def work_ahead(root: Path, part: Part) -> None:
    """Make what a part of the review needs, and keep it for the build that joins."""
    from evidence_map.working_ahead import build_part

    if kept_folder() is None:
        fail(f"nothing is kept on this machine, so no work can be done ahead; set {PLACE} to a folder")
    try:
        ahead = build_part(root, part, _progress(sys.stderr.isatty()))
    except ExpectedError as error:
        fail(told(error))
    print_problems(ahead.problems, root)
    if errors_in(ahead.problems):
        click.echo(f"{tally(ahead.problems)}: nothing was made.", err=True)
        sys.exit(1)
    click.echo(
        f"Citations and pages of {counted(ahead.records, 'record')} in part {part.number} of {part.of} "
        f"are kept in {kept_folder()}."
    )


def _progress(watched: bool) -> Progress:
    """Return what tells of the stages; where somebody is watching, of the pages, too."""
    seen: list[str] = []

    def progress(stage: str, done: int) -> None:
        if stage not in seen:
            if seen and watched:
                click.echo(err=True)
            seen.append(stage)
            click.echo(f"{STAGE_NAMES[stage]} …", nl=not watched, err=True)
        if watched and done % 50 == 0 and done:
            click.echo(f"\r{STAGE_NAMES[stage]} … {done:,}", nl=False, err=True)

    return progress


def build_and_tell(root: Path, target: Path) -> Built | None:
    """Build, say what is going on, and return what was built; None where it failed."""
    watched = sys.stderr.isatty()
    progress = _progress(watched)
    try:
        built = build(root, target, progress)
    except ExpectedError as error:
        if watched:
            click.echo(err=True)
        click.echo(f"error: {told(error)}", err=True)
        click.echo("The site that was there is unchanged.", err=True)
        return None
    if watched:
        click.echo(err=True)
    print_problems(built.problems, root)
    for remark in built.remarks:
        click.echo(f"note: {remark}", err=True)
    if not built.published:
        click.echo(
            f"{tally(built.problems)}: nothing was written, the site that was there is unchanged.",
            err=True,
        )
    return built


def _summarise(built: Built) -> None:
    totals = built.totals
    click.echo(
        f"{counted(totals['records'], 'record')}: "
        f"{counted(totals['studies'], 'study', 'studies')}, "
        f"{counted(totals['reports'], 'report')} and "
        f"{counted(totals['findings'], 'finding')} on the map"
    )
    warnings = len(built.problems)
    accepted = f" ({counted(built.accepted, 'more', 'more')} accepted with a reason)"
    click.echo(f"{counted(warnings, 'warning')}{accepted if built.accepted else ''}")
    times = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in built.seconds.items())
    click.echo(f"{counted(built.pages, 'page')} in {sum(built.seconds.values()):.1f} s ({times})")
    click.echo(f"The site is in {built.target}; “serve” shows it on this machine.")
