"""The command ``export``: one format of all reports, or of those that are asked for."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from evidence_map.checking import check
from evidence_map.command_group import fail, root_option, told
from evidence_map.database import store
from evidence_map.database.record_parts import packed_rows
from evidence_map.database.store import StorageError
from evidence_map.exports.bibtex import SpellingError, ascii_entry
from evidence_map.exports.fields import ExportError
from evidence_map.exports.formats import FORMATS, Format
from evidence_map.manuscript.formats import MANUSCRIPT_FORMATS, WHOLE
from evidence_map.output_file import check_output, out_option, write_output
from evidence_map.problem_reports import as_text, counted, tally
from evidence_map.problems import errors_in, nearest
from evidence_map.publishing import PublishingError, replacing
from evidence_map.review import Review
from evidence_map.site.evidence import Evidence, Report
from evidence_map.text_source import REFUSED_CHARACTERS
from evidence_map.unfinished import temporary_folder

OFFERED = {**FORMATS, **MANUSCRIPT_FORMATS}
"""Every format of one file that can be asked for, by name."""

PARQUET = "parquet"
"""The format of all tables, which is a folder."""

NAMES = [*OFFERED, PARQUET]
"""The name of every format, in the order in which they are listed."""

OF_THE_WHOLE = {"cff", PARQUET, *WHOLE}
"""Formats that speak of the whole review, so that no reports can be chosen for them."""

READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
"""What a condition may do in the database."""

_MOST_STEPS = 50_000_000
_LONGEST_VALUE = 10_000_000
_LONGEST_SHOWN = 200
_EXAMPLE = "write something like “year >= 2020 AND basis = 'abstract'”"


class SelectionError(Exception):
    """Reports that cannot be chosen as it was asked."""


class _FormatName(click.Choice[str]):
    """The name of a format; of an unknown one the nearest is offered."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if str(value).lower() in NAMES:
            return str(value).lower()
        hint = nearest(str(value), NAMES) or "Formats: " + ", ".join(NAMES) + "."
        self.fail(f"There is no format “{value}”. {hint}", param, ctx)


_PURPOSES = {name: form.purpose for name, form in OFFERED.items()} | {
    PARQUET: "DuckDB, Spark, BigQuery: all tables of the database, as a folder"
}
_LIST = "\n".join(f"  {name:<26}{_PURPOSES[name]}" for name in NAMES)


# The sign \b keeps the lines of the list as they are.
@click.command("export", epilog=f"\b\nFormats:\n{_LIST}")
@root_option
@click.argument("name", metavar="FORMAT", type=_FormatName(NAMES))
@click.option("--where", metavar="SQL", help="Condition on the table record, such as “year >= 2020”.")
@click.option("--keys", metavar="KEYS", help="Only these reports, by key, separated by commas.")
@out_option
def export_command(root: Path, name: str, where: str | None, keys: str | None, out: Path | None) -> None:
    """Write the reports in a format of reference managers, spreadsheets or manuscripts.

    Excluded reports are left out, as on the site, unless --keys names them or the condition speaks
    of “decision”. The columns that a condition can name are those of the table record; the page Data
    of the site describes them.
    """
    if name in OF_THE_WHOLE and (where is not None or keys is not None):
        raise click.UsageError(f"“{name}” speaks of the whole review; leave out --where and --keys.")
    if name == PARQUET:
        _export_tables(root, out)
    else:
        _export_file(root, OFFERED[name], where, keys, out)


def _export_file(
    root: Path, form: Format, where: str | None, keys: str | None, out: Path | None
) -> None:
    """Write reports in a format of one file."""
    _check_target(root, form, out)
    review = _sound(root)
    whole = form.name in OF_THE_WHOLE
    try:
        with _stored(review) as (database, evidence):
            reports = evidence.exported if whole else selected(evidence, database, where, keys)
            content = form.content(reports, evidence)
        write_output(content, out)
    except BrokenPipeError:
        raise  # click ends quietly where the reader of a pipe has gone
    except (ExportError, SelectionError, StorageError, OSError) as error:
        fail(told(error))
    left_out = _left_out(form.name, reports)
    for reason in left_out:
        click.echo(f"Left out: {reason}", err=True)
    if out is not None:
        what = form.label if whole else counted(len(reports) - len(left_out), "report")
        click.echo(f"{what} written to {out}", err=True)


def _export_tables(root: Path, out: Path | None) -> None:
    """Write all tables of the database into a folder of Parquet files, which replaces the one there."""
    if out is None:
        raise click.UsageError(f"“{PARQUET}” is a folder of files; name it with -o.")
    try:
        from evidence_map.exports.parquet import check_folder, write_parquet
    except ImportError:
        fail(f"“{PARQUET}” needs the package pyarrow; install it with “pip install pyarrow”")
    try:
        check_folder(out, root)
        review = _sound(root)
        with _stored(review) as (_, evidence), replacing(out) as folder:
            number = write_parquet(evidence.connection, evidence.meta, folder)
    except (PublishingError, StorageError, OSError) as error:
        fail(told(error))
    click.echo(f"{counted(number, 'table')} written to {out}", err=True)


def _sound(root: Path) -> Review:
    """Return the review, or say what is wrong with it and end."""
    checked = check(root, packed_rows)
    if checked.review is None or not checked.passes:
        errors = errors_in(checked.problems)
        click.echo(as_text(errors, root), err=True)
        fail(f"the review has {tally(errors).split(',')[0]}; nothing was written")
    return checked.review


@contextmanager
def _stored(review: Review) -> Iterator[tuple[Path, Evidence]]:
    """Give the database of a review for a while: its file, and what is read from it."""
    with temporary_folder() as folder:
        database = folder / "evidence.db"
        store(review, database)
        with Evidence(database) as evidence:
            yield database, evidence


def _left_out(name: str, reports: Iterable[Report]) -> list[str]:
    """Return which reports the format leaves out, and why; other formats refuse them as a whole."""
    if name != "bibtex-ascii":
        return []
    reasons = []
    for report in reports:
        try:
            ascii_entry(report)
        except SpellingError as error:
            reasons.append(str(error))
    return reasons


def _check_target(root: Path, form: Format, out: Path | None) -> None:
    """Refuse what would spoil a terminal or the review itself, before any work."""
    if out is None:
        if form.is_binary and sys.stdout.isatty():
            raise click.UsageError(f"“{form.name}” is no text for a terminal; name a file with -o.")
        return
    check_output(root, out)


def selected(evidence: Evidence, database: Path, where: str | None, keys: str | None) -> list[Report]:
    """Return the reports that are asked for, in the order of their keys.

    :param database: the file that *evidence* was read from.
    :param where: a condition on the table record, or None.
    :param keys: keys separated by commas, or None. With both, a report must meet both.
    :raises SelectionError: if a key is unknown, the condition fails, or nothing is found.
    """
    chosen = {report.key for report in evidence.exported}
    if keys is not None:
        chosen = _named(keys, evidence)
    if where is not None:
        meeting, speaks_of_decision = _meeting(where, database)
        chosen = meeting if speaks_of_decision and keys is None else chosen & meeting
    if not chosen:
        asked = " that meets what was asked" if where or keys else ""
        raise SelectionError(f"there is no report{asked}; nothing was written")
    return [report for key, report in evidence.reports.items() if key in chosen]


def _named(keys: str, evidence: Evidence) -> set[str]:
    names = [name.strip() for name in keys.split(",") if name.strip()]
    if not names:
        raise SelectionError("--keys names no record; give keys separated by commas")
    unknown = [name for name in names if name not in evidence.reports]
    if unknown:
        hint = nearest(unknown[0], list(evidence.reports))
        named = ", ".join(f"“{name}”" for name in unknown[:5])
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise SelectionError(f"there is no record {named}{more}. {hint}".strip())
    return set(names)


def _meeting(where: str, database: Path) -> tuple[set[str], bool]:
    """Return the keys of the records that meet a condition, and whether it speaks of the decision.

    The condition can read and do nothing else.
    """
    if not where.strip():
        raise SelectionError(f"the condition is empty; {_EXAMPLE}")
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    columns: set[str] = set()
    try:
        _only_reading(connection, columns)
        # The line break ends a comment in the condition; a bracket too many is a syntax error.
        rows = connection.execute(f"SELECT key FROM record WHERE (\n{where}\n)").fetchall()
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        raise SelectionError(_reason(error, where, connection)) from error
    finally:
        connection.close()
    return {row[0] for row in rows}, "decision" in columns


def _only_reading(connection: sqlite3.Connection, columns: set[str]) -> None:
    """Let the connection read and do nothing else, and note which *columns* of record it reads."""
    steps = 0

    def allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and first == "record" and second:
            columns.add(second)
        return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY

    def too_long() -> int:
        nonlocal steps
        steps += 1_000_000
        return int(steps > _MOST_STEPS)

    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.set_authorizer(allowed)
    connection.set_progress_handler(too_long, 1_000_000)


def _reason(error: Exception, where: str, connection: sqlite3.Connection) -> str:
    text = REFUSED_CHARACTERS.sub("\ufffd", str(error)).rstrip(".")
    condition = REFUSED_CHARACTERS.sub("\ufffd", " ".join(where.split()))
    shown = (
        f"the condition “{condition[:_LONGEST_SHOWN]}{'…' if len(condition) > _LONGEST_SHOWN else ''}”"
    )
    if text.startswith("no such column: "):
        name = text.removeprefix("no such column: ")
        connection.set_authorizer(None)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(record)")]
        hint = nearest(name, columns) or "The page Data of the site names its columns."
        return f"{shown} names a column “{name}”, which the table record does not have. {hint}"
    if text in {"not authorized", "prohibited"} or text.startswith("not authorized"):
        return f"{shown} does more than read; only a condition on the table record is allowed"
    if text == "interrupted":
        return f"{shown} takes too long; make it simpler"
    if "bindings" in text:
        return (
            f"{shown} has a place for a value (? or :name), which nothing fills; write the value itself"
        )
    return f"{shown} is no valid SQL: {text}; {_EXAMPLE}"
