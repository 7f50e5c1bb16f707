"""The command line: ``python build.py`` and ``evidence-map``."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path, PurePosixPath

import click

import evidence_map
from evidence_map.building import Built, build
from evidence_map.checking import Checked, check
from evidence_map.command_group import Commands, fail, root_option, told
from evidence_map.database.store import StorageError
from evidence_map.exports.fields import ExportError
from evidence_map.formatting import FormattingError, formatted
from evidence_map.json_schemas import json_schemas, write_schemas
from evidence_map.loading import printable_path
from evidence_map.problem_reports import WRITERS, as_markdown, as_text, counted, tally
from evidence_map.problems import Problem, errors_in
from evidence_map.publishing import PublishingError
from evidence_map.site.search_index import IndexingError
from evidence_map.site.shell import ShellError
from evidence_map.text_source import read_text

STAGE_NAMES = {
    "check": "Checking the files",
    "shell": "Making the shell and the written pages",
    "database": "Storing the review",
    "exports": "Writing the exports",
    "pages": "Writing the pages",
    "index": "Indexing the words",
}

ExpectedError = (PublishingError, StorageError, ShellError, ExportError, IndexingError, OSError)
"""What can go wrong outside the review's own files; each is told in one line."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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


def _print_problems(problems: list[Problem], root: Path) -> None:
    if problems:
        click.echo(as_text(problems, root), err=True)
        click.echo(err=True)


@main.command("build")
@root_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the site.  [default: site/ in the review's folder]",
)
def build_command(root: Path, out: Path | None) -> None:
    """Check the review and build the site.

    The site that is there stays as it is until the new one is whole; where the review has an
    error, nothing is written.
    """
    target = out if out is not None else root / "site"
    built = _built(root, target)
    if built is None or not built.published:
        sys.exit(1)
    _summarise(built)


def _built(root: Path, target: Path) -> Built | None:
    """Build, say what is going on, and return what was built; None where it failed."""
    watched = sys.stderr.isatty()
    seen: list[str] = []

    def progress(stage: str, done: int) -> None:
        if stage not in seen:
            if seen and watched:
                click.echo(err=True)
            seen.append(stage)
            click.echo(f"{STAGE_NAMES[stage]} …", nl=not watched, err=True)
        if watched and done % 50 == 0 and done:
            click.echo(f"\r{STAGE_NAMES[stage]} … {done:,}", nl=False, err=True)

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
    _print_problems(built.checked.problems, root)
    if not built.published:
        click.echo(
            f"{tally(built.checked.problems)}: nothing was written, "
            "the site that was there is unchanged.",
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
    warnings = len(built.checked.problems)
    accepted = f" ({counted(built.checked.accepted, 'more', 'more')} accepted with a reason)"
    click.echo(f"{counted(warnings, 'warning')}{accepted if built.checked.accepted else ''}")
    times = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in built.seconds.items())
    click.echo(f"{counted(built.pages, 'page')} in {sum(built.seconds.values()):.1f} s ({times})")
    click.echo(f"The site is in {built.target}; “serve” shows it on this machine.")


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
def check_command(root: Path, paths: tuple[Path, ...], form: str) -> None:
    """Say everything that is wrong with the review, or with the files named.

    The whole review is read either way, because files refer to each other. Exit status: 0 nothing
    is wrong (warnings may stand), 1 there is an error, 2 the command was used wrongly.
    """
    places = [_inside(root, path) for path in paths]
    result = check(root)
    problems = [problem for problem in result.problems if _concerns(problem, places)]
    _write_problems(problems, root, form)
    if form == "text":
        click.echo(_verdict(result, problems, bool(places)))
    sys.exit(1 if errors_in(problems) or (result.review is None and not places) else 0)


def _verdict(result: Checked, problems: list[Problem], some: bool) -> str:
    if problems:
        return tally(problems)
    what = "in these files" if some else "in the review"
    accepted = f" ({counted(result.accepted, 'warning')} accepted with a reason)"
    return f"Nothing is wrong {what}{accepted if result.accepted else ''}."


def _inside(root: Path, path: Path) -> Path:
    """Return *path* relative to the review, wherever the command was given."""
    there = [candidate for candidate in (path, root / path) if os.path.lexists(candidate)]
    for candidate in there:
        absolute = candidate.parent.resolve() / candidate.name if candidate.name else candidate.resolve()
        if absolute.is_relative_to(root.resolve()):
            return absolute.relative_to(root.resolve())
    if there:
        raise click.UsageError(f"{path} does not belong to the review in {root}.")
    raise click.UsageError(f"There is no file {path}.")


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
            file.write(f"### Check: {tally(problems)}\n\n{as_markdown(problems, root)}\n")


@main.command("serve")
@root_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on 127.0.0.1."
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site.  [default: site/]")
def serve_command(root: Path, port: int, out: Path | None) -> None:
    """Build the site, show it on this machine, and build again when a file changes.

    Open pages reload by themselves. A review with an error leaves the last good site in place.
    """
    from evidence_map.serving import LOOPBACK, refuse_taken, serve

    target = (out if out is not None else root / "site").absolute()
    try:
        refuse_taken(port)
    except OSError as error:
        fail(f"port {port} cannot be used ({told(error)}); choose another with --port")
    built = _built(root, target)
    if built is None or (not built.published and not (target / "index.html").exists()):
        sys.exit(1)
    click.echo(f"The site is at http://{LOOPBACK}:{port}/ (Ctrl+C ends)", err=True)
    serve(root, target, port, lambda: _rebuild(root, target))


def _rebuild(root: Path, target: Path) -> None:
    built = _built(root, target)
    if built is not None and built.published:
        click.echo(f"Built again in {sum(built.seconds.values()):.1f} s.", err=True)


@main.command("schema")
@root_option
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; fail if a file is out of date."
)
def schema_command(root: Path, only_check: bool) -> None:
    """Write schema/*.json, with which editors complete field names and codebook terms."""
    result = check(root)
    if result.review is None:
        _print_problems(errors_in(result.problems), root)
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
    records = (root / "records").resolve()
    files = [root.resolve() / _inside(root, path) for path in paths] or [records]
    changed, failed = 0, 0
    for file in _record_files(files):
        shown = printable_path(_relative(file, root))
        try:
            new = formatted(_record_text(file, shown))
            differs = new.encode() != file.read_bytes()
            if differs and not only_check:
                _replace_text(file, new)
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


def _replace_text(file: Path, text: str) -> None:
    """Write *text* beside *file* and rename it, so that no half-written record is ever there."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, "utf-8", newline="\n")
    beside.replace(file)


def run() -> None:
    """Run the command line; a mistake of the program itself is told in one line, with its report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that lacks a character shows its escape instead of failing.
            stream.reconfigure(errors="backslashreplace")
    try:
        main(prog_name="build.py" if Path(sys.argv[0]).name == "build.py" else "evidence-map")
    except Exception as error:
        _report_mistake(error)


def _report_mistake(error: Exception) -> None:
    import tempfile
    import traceback

    if os.environ.get("EVIDENCE_MAP_DEBUG"):
        raise error
    with tempfile.NamedTemporaryFile(
        "w", prefix="evidence-map-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.write("".join(traceback.format_exception(error)))
    click.echo(
        "error: this is a mistake of the program, not yours: "
        f"{type(error).__name__}: {told(error)}\n"
        f"Please report it with the file {report.name}.",
        err=True,
    )
    sys.exit(3)
