"""The command ``verify-links``: asks whether what a review points to is still there."""

from __future__ import annotations

import datetime
import re
import sys
import time
from pathlib import Path

import click

from evidence_map.command_group import fail, inside_review, root_option, say, told
from evidence_map.garbage import look_for_it
from evidence_map.intake_options import review_to_fill
from evidence_map.link_check.outcome import Results
from evidence_map.model.scalars import SLUG
from evidence_map.problem_reports import counted
from evidence_map.problems import Position, nearest
from evidence_map.review import Review
from evidence_map.review_files import printable_path

ALLOWED: tuple[str, ...] = ()
"""Private hosts with ports that are asked all the same: none. Tests put their own server here."""

INTERRUPTED = 130


@click.command("verify-links")
@root_option
@click.argument("paths", nargs=-1, metavar="[PATH|KEY…]")
@click.option(
    "--only",
    "parts",
    multiple=True,
    type=click.Choice(["dois", "links", "retractions"]),
    help="What is asked; may be given several times.  [default: all three]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How the results are written; markdown is for an issue.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write.  [default: standard output]",
)
@click.option("--email", default="", metavar="ADDRESS", help="At which you can be reached.")
@click.option(
    "--minutes",
    type=click.FloatRange(min=0.1),
    default=60,
    show_default=True,
    help="After this time no further address is asked.",
)
@click.option("--dry-run", is_flag=True, help="Ask nobody; say what would be asked.")
def verify_links_command(
    root: Path,
    paths: tuple[str, ...],
    parts: tuple[str, ...],
    form: str,
    output: Path | None,
    email: str,
    minutes: float,
    dry_run: bool,
) -> None:
    """Ask whether DOIs are registered, addresses answer, and papers still stand.

    Crossref, DataCite and doi.org are asked about DOIs: whether they exist, whether title and year
    are the record's, and which retractions, corrections and concerns are known. Addresses are visited
    gently. Nothing is written into the review, and no build needs this. Exit status: 0 nothing
    grave was found, 1 something is broken, retracted or another paper, 2 the command was used wrongly
    or there is no network, 130 it was interrupted.
    """
    # The parts that speak with the network are slow to load, which no other command should wait for.
    from evidence_map.link_check.pointers import pointers
    from evidence_map.link_check.reporting import WRITERS
    from evidence_map.link_check.running import PARTS, NoNetworkError, run
    from evidence_map.link_check.visiting import PATIENCE as GENTLE
    from evidence_map.link_check.visiting import Visitors
    from evidence_map.registries.adding import PATIENCE
    from evidence_map.registries.client import Client
    from evidence_map.registries.contact import ContactError, contact_of
    from evidence_map.registries.lookup import AddressError, Addresses

    look_for_it()
    review = review_to_fill(root)
    places = [_place(review, root, path) for path in paths]
    found = pointers(review, lambda place: _is_in(place, places))
    if dry_run:
        own = sum(bool(each.records) for each in found.dois)
        addresses = counted(len(found.addresses), "address", "addresses")
        say(
            f"{counted(len(found.dois), 'DOI')} ({own:,} of records) and {addresses} would be asked for."
        )
        return
    _refuse_output(output)
    try:
        contact, registries = contact_of(review, email), Addresses.from_environment()
    except (AddressError, ContactError) as error:
        raise click.UsageError(f"{error}.") from None
    results = Results(datetime.date.today().isoformat())
    visitors = Visitors(contact, GENTLE, ALLOWED, time.monotonic() + 60 * minutes)
    client = Client(contact, patience=PATIENCE)
    interrupted = False
    try:
        run(found, client, registries, visitors, parts or PARTS, results, Progress())
    except NoNetworkError as error:
        say(f"error: {error}.", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        interrupted = True
    _write(WRITERS[form](results), output)
    sys.exit(INTERRUPTED if interrupted else 1 if results.is_grave else 0)


def _place(review: Review, root: Path, path: str) -> Path:
    """Return the file or folder that is named, by its path or by the key of a record.

    :raises click.UsageError: if there is none.
    """
    if re.fullmatch(SLUG, path) and not Path(path).exists():
        if path in review.records or path in review.faulty:
            return Path("records", f"{path}.yml")
        if not (root / path).exists():
            hint = nearest(path, list(review.records))
            raise click.UsageError(f"There is no record “{path}”, and no file. {hint}".strip())
    return inside_review(root, Path(path))


def _is_in(place: Position, places: list[Path]) -> bool:
    return not places or any(place.path.is_relative_to(printable_path(each)) for each in places)


def _refuse_output(output: Path | None) -> None:
    """Refuse a file that cannot be written, before anybody is asked.

    :raises click.UsageError: if it cannot.
    """
    if output is None:
        return
    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"There is no folder {output.parent}; make it first.")
    if output.is_dir():
        raise click.UsageError(f"{output} is a folder; name a file.")


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        fail(f"{output} could not be written: {told(error)}")
    say(f"Written: {output}", err=True)


class Progress:
    """Says on the error stream how far the check is, at each tenth."""

    def __init__(self) -> None:
        self.tenth = 0

    def __call__(self, done: int, expected: int) -> None:
        """Say how many are *done*, of how many, if it is a tenth more than the last time."""
        tenth = 10 * done // expected
        if tenth > self.tenth:
            self.tenth = tenth
            say(f"{done:,} of {expected:,} asked for", err=True)
