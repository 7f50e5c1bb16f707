"""The command ``format``: fields in order, and a layout that all records share."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import click

from evidence_map.command_group import fail, inside_review, root_option, told
from evidence_map.formatting import FormattingError, formatted
from evidence_map.model import Record, SecondExtraction
from evidence_map.problem_reports import counted
from evidence_map.problems import Problem
from evidence_map.record_files import is_second
from evidence_map.review_files import printable_path
from evidence_map.text_source import read_text, replace_text


@click.command("format")
@root_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if a file would change.")
def format_command(root: Path, paths: tuple[Path, ...], only_check: bool) -> None:
    """Put the fields of record files in order and mend their layout, keeping every comment.

    Without PATHS, all records. A file that cannot be rewritten safely is left as it is.
    """
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
