"""What the commands that take references in share: the review to fill, the searches."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from evidence_map.checking import check
from evidence_map.command_group import fail
from evidence_map.problems import errors_in, nearest
from evidence_map.review import Review

search_option = click.option(
    "--search", "searches", multiple=True, metavar="ID", help="The search that found them, by its id."
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Write nothing; only say what would happen."
)


def review_to_fill(root: Path) -> Review:
    """Return the review in *root*; one that cannot be read as a whole ends the command."""
    checked = check(root)
    if checked.review is None:
        first = errors_in(checked.problems)[0]
        fail(
            f"the review cannot be read ({first.path}: {first.message}); "
            "mend what “check” says, then try again"
        )
    return checked.review


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
