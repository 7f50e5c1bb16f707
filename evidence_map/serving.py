"""Build, serve on this machine only, and build again when a file changes."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.server import LiveScriptInjector, Server, web

WATCHED = ("records", "synthesis", "site_templates", "docs", "mkdocs.yml")
"""What a change of leads to a new build, below the review's root."""

LOOPBACK = "127.0.0.1"

_LOADING = '<script src="/livereload.js?port={port}"></script>'
"""Loads what reloads a page, from the same server, as the policy of the pages allows.

The library's own loader is a script within the page, which the policy refuses.
"""


class _ReloadingServer(Server):  # type: ignore[misc]
    """Serves pages with a script that their policy allows."""

    def application(self, port: int, host: str, *_: Any, **__: Any) -> None:
        """Listen on *port*, and put the script into each page."""
        loading = _LOADING.format(port=port).encode()
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True

        class Loading(LiveScriptInjector):  # type: ignore[misc]
            script = loading

        handlers = [
            (r"/livereload", LiveReloadHandler),
            (r"/livereload.js", LiveReloadJSHandler),
            *self.get_web_handlers(loading),
        ]
        web.Application(handlers=handlers, transforms=[Loading]).listen(port, address=host)


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
    server = _ReloadingServer()
    for name in WATCHED:
        watched = root / name
        if watched.is_dir():
            server.watch(f"{watched}/**/*", rebuild)
        elif watched.is_file():
            server.watch(str(watched), rebuild)
    server.serve(root=str(site), port=port, host=LOOPBACK)
