"""The command ``serve``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evidence_map.build_command import build_and_tell
from evidence_map.command_group import fail, root_option, told
from evidence_map.garbage import look_for_it
from evidence_map.serving import LOOPBACK, refuse_taken, serve


@click.command("serve")
@root_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on 127.0.0.1."
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site.  [default: site/]")
def serve_command(root: Path, port: int, out: Path | None) -> None:
    """Build the site, show it on this machine, and build again when a file changes.

    Open pages reload by themselves. A review with an error leaves the last good site in place.
    """
    target = (out if out is not None else root / "site").absolute()
    try:
        refuse_taken(port)
    except OSError as error:
        fail(f"port {port} cannot be used ({error.strerror or told(error)}); choose another with --port")
    built = build_and_tell(root, target)
    if built is None or (not built.published and not (target / "index.html").exists()):
        sys.exit(1)
    click.echo(f"The site is at http://{LOOPBACK}:{port}/ (Ctrl+C ends)", err=True)
    look_for_it()
    serve(root, target, port, lambda: _rebuild(root, target))


def _rebuild(root: Path, target: Path) -> None:
    built = build_and_tell(root, target)
    if built is not None and built.published:
        click.echo(f"Built again in {sum(built.seconds.values()):.1f} s.", err=True)
