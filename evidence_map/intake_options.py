"""What the commands that take references in share: the review to fill, the searches."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from filelock import FileLock, Timeout

from evidence_map.checking import check
from evidence_map.command_group import fail
from evidence_map.imports.record_files import broken_off
from evidence_map.problems import errors_in, nearest
from evidence_map.review import Review

PATIENCE = 10.0
"""Seconds to wait for another command that fills the same review."""


def _each_once(_: click.Context, __: click.Parameter, searches: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in searches))


search_option = click.option(
    "--search",
    "searches",
    multiple=True,
    metavar="ID",
    callback=_each_once,
    help="The search that found them, by its id; may be given several times.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Write nothing; only say what would happen."
)


def review_to_fill(root: Path) -> Review:
    """Return the review in *root*; one that cannot be read as a whole ends the command.

    What an import left that was killed is told. Until the command ends, no other one fills the review,
    or both would take in the same reference.
    """
    click.get_current_context().with_resource(_alone(root))
    for folder in broken_off(root):
        click.echo(
            f"An earlier import was broken off, or is still at work: {folder} holds what it had not yet "
            "put into records/. If none is at work, delete that folder and import again.",
            err=True,
        )
    checked = check(root)
    if checked.review is None:
        first = errors_in(checked.problems)[0]
        fail(
            f"the review cannot be read ({first.path}: {first.message}); "
            "mend what “check” says, then try again"
        )
    return checked.review


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one command at a time fill the review in *root*."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir(), f"evidence-map-records-{name}.lock"))
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        fail("another command is filling this review; wait until it ends, then try again")
    except OSError:
        # Nothing is overwritten without it, either.
        pass
    try:
        yield
    finally:
        lock.release()


def refuse_unknown_searches(review: Review, searches: Iterable[str]) -> None:
    """Refuse a search that is not in the log.

    :raises click.UsageError: if there is one.
    """
    for name in searches:
        if name not in review.searches:
            known = ", ".join(review.searches)
            hint = nearest(name, list(review.searches)) or (
                f"Known are: {known}." if known else "The log is empty."
            )
            raise click.UsageError(
                f"There is no search “{name}” in synthesis/searches.yml. {hint} "
                "Log the search first, so that its references can be counted."
            )
