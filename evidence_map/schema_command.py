"""The command ``schema``: the files with which editors know the fields and terms of a review."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_map.checking import check
from evidence_map.command_group import fail, print_problems, root_option, told
from evidence_map.json_schemas import json_schemas, write_schemas
from evidence_map.problems import errors_in


@click.command("schema")
@root_option
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; fail if a file is out of date."
)
def schema_command(root: Path, only_check: bool) -> None:
    """Write schema/*.json, with which editors complete field names and codebook terms."""
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
