"""Build, serve on this machine only, and build again when a file changes."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path

from livereload import Server

WATCHED = ("records", "synthesis", "site_templates", "docs", "mkdocs.yml")
"""What a change of leads to a new build, below the review's root."""

LOOPBACK = "127.0.0.1"


def refuse_taken(port: int) -> None:
    """Say so before a build is made in vain.

    :raises OSError: if the port is in use or not allowed.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))


def serve(root: Path, site: Path, port: int, rebuild: Callable[[], None]) -> None:
    """Serve *site* on the loopback address until interrupted.

    Pages that are open reload by themselves after each build.

    :param rebuild: builds the site again; it reports its own problems and never raises.
    """
    # The server's own log is for its makers; what readers of the terminal need, rebuild says.
    for name in ("livereload", "tornado.access", "tornado.application"):
        logging.getLogger(name).disabled = True
    server = Server()
    for name in WATCHED:
        watched = root / name
        if watched.is_dir():
            server.watch(f"{watched}/**/*", rebuild)
        elif watched.is_file():
            server.watch(str(watched), rebuild)
    server.serve(root=str(site), port=port, host=LOOPBACK)
