"""A server on the loopback address that compresses text, as ordinary hosts do."""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

TEXTS = {".html", ".css", ".js", ".json", ".svg", ".bib", ".csv", ".txt"}
"""Endings of what is sent compressed. Other files are sent as they are, columns.bin among them."""

LEVEL = 6


@lru_cache(maxsize=512)
def _answer(file: Path) -> tuple[bytes, bool]:
    """Return what is sent for *file*, and whether it is compressed; read and compressed once."""
    content = file.read_bytes()
    return (gzip.compress(content, LEVEL), True) if file.suffix in TEXTS else (content, False)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        file = self.folder / unquote(urlsplit(self.path).path).lstrip("/")
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            self.send_error(404)
            return
        content, compressed = _answer(file)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing about requests."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve *folder* and give its address."""
    handler = type("Handler", (_Handler,), {"folder": folder.resolve()})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
