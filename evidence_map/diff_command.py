"""The command ``diff``: what a pull request changes on the map."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import click

from evidence_map.command_group import fail, root_option, told
from evidence_map.comparison.as_json import as_json
from evidence_map.comparison.comparison import Comparison, compare
from evidence_map.comparison.markdown import as_markdown
from evidence_map.comparison.page import as_html
from evidence_map.comparison.revisions import RevisionError, find_range
from evidence_map.comparison.states import StateError
from evidence_map.comparison.summary import summary
from evidence_map.database.store import StorageError
from evidence_map.output_file import check_output, out_option, write_output
from evidence_map.text_source import REFUSED_CHARACTERS
from evidence_map.unfinished import temporary_folder

WRITERS: dict[str, Callable[[Comparison, str], str]] = {
    "markdown": as_markdown,
    "json": as_json,
    "html": as_html,
}
"""The forms in which a comparison is written."""


def _preview(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """Return the address of the preview without its last slash."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    unsafe = REFUSED_CHARACTERS.search(value) or any(sign in value for sign in " \t\n<>\"'()[]|`\\?#")
    if parts.scheme not in ("https", "http") or not parts.netloc or unsafe:
        raise click.BadParameter(
            "give the address of the preview’s home page, such as https://example.org/preview/",
            context,
            parameter,
        )
    return value.rstrip("/")


@click.command("diff")
@root_option
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(WRITERS)),
    default="markdown",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--merge-base",
    "from_common",
    is_flag=True,
    help="Begin where the two have parted, as pull requests do, and not at BASE itself.",
)
@click.option(
    "--preview",
    metavar="URL",
    callback=_preview,
    help="Address of a site that was built from HEAD; what changed then links to it.",
)
@out_option
def diff_command(
    root: Path,
    base: str,
    head: str | None,
    form: str,
    from_common: bool,
    preview: str,
    out: Path | None,
) -> None:
    """Say what changes on the map from BASE to HEAD.

    Both are commits, tags or branches of the git repository that holds the review; without HEAD it
    is the folder as it stands. Both are checked and stored as for a build, and the two databases are
    compared. The working folder is not touched. Exit status: 0 the two were compared, 1 one of them
    has errors, so that only the files that differ are told, 2 the command was used wrongly.
    """
    if out is not None:
        check_output(root, out)
    try:
        asked = find_range(root, base, head, from_common=from_common)
        with temporary_folder() as folder:
            comparison = compare(asked, root, folder)
        write_output(WRITERS[form](comparison, preview).encode("utf-8", "replace"), out)
    except BrokenPipeError:
        raise  # click ends quietly where the reader of a pipe has gone
    except (RevisionError, StateError, StorageError, OSError) as error:
        fail(told(error))
    if out is not None:
        click.echo(f"{summary(comparison)}\nWritten to {out}", err=True)
    sys.exit(0 if comparison.content is not None else 1)
