"""The command line: ``python build.py`` and ``evidence-map``."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import NoReturn

import click

import evidence_map
from evidence_map.checking import Checked, check
from evidence_map.command_group import (
    Commands,
    fail,
    inside_review,
    part_option,
    print_problems,
    root_option,
    told,
)
from evidence_map.interrupting import Ended, keep_interrupts
from evidence_map.model import Record, SecondExtraction
from evidence_map.part import Part
from evidence_map.problem_reports import WRITERS, as_job_summary, counted, tally
from evidence_map.problems import Problem, errors_in
from evidence_map.record_files import is_second
from evidence_map.refusals import REFUSALS
from evidence_map.review_files import printable_path
from evidence_map.text_source import read_text, replace_text

COMMANDS = {
    "build": "evidence_map.build_command",
    "check": "",
    "diff": "evidence_map.diff_command",
    "serve": "evidence_map.serve_command",
    "import": "evidence_map.import_command",
    "add": "evidence_map.add_command",
    "export": "evidence_map.export_command",
    "assess": "evidence_map.assess_command",
    "verify-links": "evidence_map.verify_links_command",
    "join": "evidence_map.join_command",
    "schema": "",
    "format": "",
    "init": "evidence_map.init_command",
    "packages": "evidence_map.packages_command",
}
"""The commands in the order in which they are listed, with the modules of those that are not here."""


@click.group(cls=Commands, order=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command("check")
@root_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(WRITERS)),
    default="text",
    show_default=True,
    help="How problems are written.",
)
@part_option(
    "Work ahead on one of several machines: check a part of the records, such as 2/8, each by itself, "
    "and keep what is found for “join”."
)
def check_command(root: Path, paths: tuple[Path, ...], form: str, part: Part | None) -> None:
    """Say everything that is wrong with the review, or with the files named.

    The whole review is read either way, because files refer to each other. Exit status: 0 nothing
    is wrong (warnings may stand), 1 there is an error, 2 the command was used wrongly.
    """
    if part is not None:
        _check_part(root, paths, form, part)
    places = [inside_review(root, path) for path in paths]
    result = check(root)
    problems = [problem for problem in result.problems if _concerns(problem, places)]
    _write_problems(problems, root, form)
    if form == "text":
        click.echo(_verdict(result, problems, bool(places)))
    sys.exit(1 if errors_in(problems) or (result.review is None and not places) else 0)


def _check_part(root: Path, paths: tuple[Path, ...], form: str, part: Part) -> NoReturn:
    if paths:
        raise click.UsageError("Name a part of the review or files of it, not both.")
    from evidence_map.working_ahead import check_part

    ahead = check_part(root, part)
    _write_problems(ahead.problems, root, form)
    if form == "text":
        what = f"the {counted(ahead.records, 'record')} of part {part.number} of {part.of}"
        click.echo(tally(ahead.problems) if ahead.problems else f"Nothing is wrong in {what}.")
    sys.exit(1 if errors_in(ahead.problems) else 0)


def _verdict(result: Checked, problems: list[Problem], some: bool) -> str:
    if problems:
        return tally(problems)
    what = "in these files" if some else "in the review"
    accepted = f" ({counted(result.accepted, 'warning')} accepted with a reason)"
    return f"Nothing is wrong {what}{accepted if result.accepted else ''}."


def _concerns(problem: Problem, places: list[Path]) -> bool:
    whole = [printable_path(place) for place in places]
    return not places or any(problem.path.is_relative_to(place) for place in whole)


def _write_problems(problems: list[Problem], root: Path, form: str) -> None:
    text = WRITERS[form](problems, root)
    if text:
        click.echo(text)
    if form == "text" and problems:
        click.echo()
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        # GitHub shows ten annotations of a kind and drops the rest; the summary holds them all.
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(f"### Check: {tally(problems)}\n\n{as_job_summary(problems)}\n")


@main.command("schema")
@root_option
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; fail if a file is out of date."
)
def schema_command(root: Path, only_check: bool) -> None:
    """Write schema/*.json, with which editors complete field names and codebook terms."""
    from evidence_map.json_schemas import json_schemas, write_schemas

    result = check(root)
    if result.review is None:
        print_problems(errors_in(result.problems), root)
        fail("the codebook or the protocol cannot be read; no schema was written")
        return
    folder = root / "schema"
    if only_check:
        texts = json_schemas(result.review.frame)
        stale = [
            name
            for name, text in texts.items()
            if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
        ]
        if stale:
            fail(f"out of date: {', '.join(stale)}; run “python build.py schema”")
        click.echo("The schemas are up to date.")
        return
    try:
        changed = write_schemas(result.review.frame, folder)
    except OSError as error:
        fail(told(error))
        return
    click.echo(f"Written: {', '.join(changed)}" if changed else "The schemas are up to date.")


@main.command("format")
@root_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if a file would change.")
def format_command(root: Path, paths: tuple[Path, ...], only_check: bool) -> None:
    """Put the fields of record files in order and mend their layout, keeping every comment.

    Without PATHS, all records. A file that cannot be rewritten safely is left as it is.
    """
    from evidence_map.formatting import FormattingError, formatted

    records = (root / "records").resolve()
    files = [root.resolve() / inside_review(root, path) for path in paths] or [records]
    changed, failed = 0, 0
    for file in _record_files(files):
        shown = printable_path(_relative(file, root))
        try:
            model = SecondExtraction if is_second(file.name) else Record
            text = _record_text(file, shown)
            new = formatted(text, model)
            differs = new.encode() != file.read_bytes()
            if differs and not only_check:
                replace_text(file, new, text)
        except (FormattingError, OSError) as error:
            failed += 1
            click.echo(f"{shown}: left as it is: {told(error)}", err=True)
            continue
        if differs:
            changed += 1
            click.echo(f"{shown}: {'would change' if only_check else 'rewritten'}")
    click.echo(f"{counted(changed, 'file')} {'to rewrite' if only_check else 'rewritten'}.")
    sys.exit(1 if failed or (only_check and changed) else 0)


def _record_text(file: Path, shown: PurePosixPath) -> str:
    """Return the text of a record file, and refuse what is none: a link, a pipe, other encodings."""
    from evidence_map.formatting import FormattingError

    if file.is_symlink():
        raise FormattingError("it is a link")
    if file.suffix != ".yml" or file.parent.name != "records":
        raise FormattingError("it is not a record; records are the .yml files in records/")
    text = read_text(file, shown)
    if isinstance(text, Problem):
        raise FormattingError(text.message)
    return text


def _record_files(places: list[Path]) -> list[Path]:
    files: list[Path] = []
    for place in places:
        if not place.is_dir():
            files.append(place)
            continue
        try:
            files += sorted(file for file in place.iterdir() if file.suffix == ".yml")
        except OSError as error:
            fail(f"the folder {place.name} cannot be read: {told(error)}")
    return files


def _relative(file: Path, root: Path) -> Path:
    return file.relative_to(root.resolve()) if file.is_relative_to(root.resolve()) else file


def run() -> None:
    """Run the command line; a mistake of the program itself is told in one line, with its report."""
    keep_interrupts()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that lacks a character shows its escape instead of failing.
            stream.reconfigure(errors="backslashreplace")
    try:
        main(prog_name="build.py" if Path(sys.argv[0]).name == "build.py" else "evidence-map")
    except Ended as ended:
        click.echo(f"\n{ended}", err=True)
        sys.exit(ended.status)
    except (OSError, MemoryError) as error:
        if isinstance(error, OSError) and error.errno not in REFUSALS:
            _report_mistake(error)
        click.echo(f"error: {told(error)}", err=True)
        sys.exit(1)
    except Exception as error:
        _report_mistake(error)


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
