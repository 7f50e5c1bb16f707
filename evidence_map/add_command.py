"""The command ``add``: publications become draft records by their identifiers, over the network."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Collection
from pathlib import Path

import click

from evidence_map.command_group import root_option, say
from evidence_map.garbage import look_for_it
from evidence_map.imports.intake import Intake
from evidence_map.imports.outcome_report import total_lines
from evidence_map.intake_options import (
    dry_run_option,
    refuse_unknown_searches,
    review_to_fill,
    search_option,
)
from evidence_map.model.scalars import SLUG
from evidence_map.problem_reports import counted
from evidence_map.record_folder import RESERVED


@click.command("add")
@root_option
@click.argument("identifiers", nargs=-1, required=True, metavar="DOI|PMID|PMCID|URL…")
@search_option
@click.option("--key", metavar="KEY", help="The name of the record, for a single publication.")
@click.option("--offline", is_flag=True, help="Ask nobody; use only answers that are kept.")
@dry_run_option
def add_command(
    root: Path,
    identifiers: tuple[str, ...],
    searches: tuple[str, ...],
    key: str | None,
    offline: bool,
    dry_run: bool,
) -> None:
    """Make draft records of publications by their identifiers.

    Crossref, DataCite and PubMed are asked what they know, and the notes of each draft say which of
    them told what. What has the same DOI or PubMed number as a record is left out; what only looks
    alike is written and named. Where nobody can be asked, a record is made that holds the identifier
    alone and waits to be filled in. Answers are kept for a week in build/cache/. Exit status: 0 all
    were added or are here, 1 one was not, 2 the command was used wrongly.
    """
    # The parts that speak with the network are slow to load, which no other command should wait for.
    from evidence_map.registries.adding import Adding, client_for
    from evidence_map.registries.contact import ContactError
    from evidence_map.registries.lookup import AddressError, Addresses, Lookup

    look_for_it()
    review = review_to_fill(root)
    refuse_unknown_searches(review, searches)
    intake = Intake(review, searches, datetime.date.today().isoformat())
    if key is not None:
        _refuse_key(key, identifiers, intake.taken)
    try:
        client = client_for(review, offline)
        lookup = Lookup(client, Addresses.from_environment())
    except (AddressError, ContactError) as error:
        raise click.UsageError(f"{error}.") from None
    adding = Adding(review, lookup, intake, key or "", dry_run)
    for typed in identifiers:
        adding.add(typed)
    for remark in client.remarks:
        say(remark, err=True)
    if review.faulty:
        say(
            f"Not compared: {counted(len(review.faulty), 'record')} with mistakes; see “check”.",
            err=True,
        )
    bare = len(adding.skeletons)
    for line in total_lines(adding.outcomes, review, searches, dry_run, bare):
        say(line)
    for line in adding.skeleton_lines():
        say(line)
    sys.exit(1 if adding.failed else 0)


def _refuse_key(key: str, identifiers: tuple[str, ...], taken: Collection[str]) -> None:
    """Refuse a key that cannot be the name of the record.

    :raises click.UsageError: if it cannot.
    """
    if len(identifiers) > 1:
        raise click.UsageError("--key names one record; give one identifier with it.")
    if not re.fullmatch(SLUG, key) or len(key) > 64:
        raise click.UsageError(
            f"“{key}” cannot be the name of a record. Use lower-case letters, digits and single "
            "hyphens; begin with a letter: lamp2021."
        )
    if key in RESERVED:
        raise click.UsageError(
            f"“{key}” cannot be the name of a record: Windows or the site has another use for it."
        )
    if key in taken:
        raise click.UsageError(f"“{key}” is taken; choose another key.")
