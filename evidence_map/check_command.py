"""The command ``check``: what is wrong with a review."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from evidence_map.checking import Checked, check
from evidence_map.command_group import inside_review, part_option, root_option
from evidence_map.part import Part
from evidence_map.problem_reports import WRITERS, as_job_summary, counted, tally
from evidence_map.problems import Problem, errors_in
from evidence_map.review_files import printable_path


@click.command("check")
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
