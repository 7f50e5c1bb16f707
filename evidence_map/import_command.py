"""The command ``import``: references of databases and reference managers become draft records."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from evidence_map.command_group import fail, root_option, say, told
from evidence_map.imports.decoding import decoded
from evidence_map.imports.detection import READERS, detect
from evidence_map.imports.imported import ImportFormatError
from evidence_map.imports.intake import Intake, Outcome
from evidence_map.imports.outcome_report import outcome_lines, total_lines
from evidence_map.imports.record_files import write_drafts
from evidence_map.intake_options import (
    dry_run_option,
    refuse_unknown_searches,
    review_to_fill,
    search_option,
)
from evidence_map.problem_reports import counted
from evidence_map.review_files import printable_path

LABELS = {
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "medline": "PubMed",
    "pubmed-xml": "PubMed XML",
    "endnote-xml": "EndNote XML",
    "endnote": "EndNote",
    "csv": "table",
}
"""What people call the formats."""

LARGEST = 500_000_000
"""Bytes of a file; more is not an export of references."""


@click.command("import")
@root_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", *READERS], case_sensitive=False),
    default="auto",
    show_default=True,
    help="How the files are written.",
)
@search_option
@dry_run_option
@click.option("--all", "everything", is_flag=True, help="List every reference, not only the first.")
def import_command(
    root: Path,
    files: tuple[Path, ...],
    form: str,
    searches: tuple[str, ...],
    dry_run: bool,
    everything: bool,
) -> None:
    """Make draft records of references from databases and reference managers.

    RIS, BibTeX, CSL-JSON, PubMed (nbib and XML), EndNote (tagged and XML) and tables (CSV) are read.
    Each new reference becomes a file in records/ that awaits a decision. What has the same DOI or
    PubMed number as a record is left out; what only looks alike is written and named. Nothing that
    is there is changed. Exit status: 0 everything was read, 1 a reference or a file was refused.
    """
    review = review_to_fill(root)
    refuse_unknown_searches(review, searches)
    intake = Intake(review, searches, datetime.date.today().isoformat())
    outcomes, unread = [], 0
    for file in files:
        try:
            outcomes.append(_outcome(file, form, intake))
        except (ImportFormatError, OSError) as error:
            unread += 1
            say(f"{printable_path(file)}: not read: {told(error)}", err=True)
    drafts = [draft for outcome in outcomes for draft in outcome.drafts]
    if drafts and not dry_run:
        try:
            write_drafts(root, drafts)
        except OSError as error:
            fail(f"nothing was written: {told(error)}")
    for outcome in outcomes:
        for line in outcome_lines(outcome, everything, dry_run):
            say(line)
    if review.faulty:
        faulty = counted(len(review.faulty), "record")
        click.echo(f"Not compared: {faulty} with mistakes; see “check”.", err=True)
    for line in total_lines(outcomes, review, searches, dry_run):
        say(line)
    sys.exit(1 if unread or any(outcome.refused for outcome in outcomes) else 0)


def _outcome(file: Path, form: str, intake: Intake) -> Outcome:
    """Read one file and sort what is in it.

    :raises ImportFormatError: if nothing in it can be read.
    :raises OSError: if it cannot be opened.
    """
    if str(file) == "-" and not file.exists():
        raise ImportFormatError("what comes through a pipe is not read; write it to a file first")
    if not file.exists():
        raise ImportFormatError("there is no such file")
    if file.is_dir():
        raise ImportFormatError("it is a folder; name the files in it")
    if not file.is_file():
        raise ImportFormatError("it is no plain file; write what comes from it to a file first")
    if file.stat().st_size > LARGEST:
        raise ImportFormatError("it is larger than any export of references; split it")
    shown = printable_path(file)
    text, remarks = decoded(file.read_bytes(), shown.name)
    used = detect(text, shown.name) if form == "auto" else form
    reading = READERS[used](text, shown.name)
    reading.remarks[:0] = remarks
    return intake.take(reading, str(shown), LABELS[used])
