"""A server on this machine that plays the registries: it answers what a test told it to."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass
class Reply:
    """One answer.

    :ivar body: its bytes before they are compressed.
    :ivar cut: bytes after which the connection is closed, though more were promised.
    :ivar drip: seconds between single bytes.
    """

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    gzipped: bool = False
    cut: int | None = None
    drip: float = 0


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    when: float
    method: str = "GET"


def as_json(value: Any, **more: Any) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), **more)


def as_xml(text: str, **more: Any) -> Reply:
    return Reply(text.encode(), kind="text/xml; charset=UTF-8", **more)


def as_html(text: str, **more: Any) -> Reply:
    return Reply(text.encode(), kind="text/html; charset=utf-8", **more)


NOT_FOUND = Reply(b"Resource not found.", 404, "text/plain")


class Registries:
    """What is answered at each path, and what was asked.

    Replies to a path are given in turn, the last of them for ever. A path may end in ``?`` and a value
    that must stand in the query, ``/esearch.fcgi?10.5555/tea.1[doi]``; it goes before the bare path.
    What begins with ``HEAD`` and a space is for requests that want no body.
    """

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = defaultdict(list)
        self.asked: list[Asked] = []
        self.address = ""

    def tell(self, path: str, *replies: Reply) -> None:
        """Answer requests of *path* with *replies*, in place of what was told before."""
        self.replies[path] = list(replies)

    def reply(self, asked: Asked) -> Reply:
        """Return the answer to a request, and remember that it was asked."""
        self.asked.append(asked)
        words = (f"?{value}" for value in asked.query.values())
        for path in (
            f"{asked.method} {asked.path}",
            *(f"{asked.path}{word}" for word in words),
            asked.path,
        ):
            if replies := self.replies.get(path):
                return replies.pop(0) if len(replies) > 1 else replies[0]
        return NOT_FOUND

    def count(self, path: str) -> int:
        """Return how often *path* was asked for."""
        return sum(asked.path == path for asked in self.asked)


def _handler(registries: Registries) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(unquote(parts.path), query, headers, time.monotonic(), self.command)
            self._send(registries.reply(asked))

        do_HEAD = do_GET  # noqa: N815

        def _send(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            body = gzip.compress(reply.body) if reply.gzipped else reply.body
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(body)))
            if reply.gzipped:
                self.send_header("Content-Encoding", "gzip")
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "HEAD":
                return
            try:
                self._write(reply, body)
            except OSError:
                self.close_connection = True

        def _write(self, reply: Reply, body: bytes) -> None:
            if reply.cut is not None:
                self.wfile.write(body[: reply.cut])
                self.close_connection = True
            elif reply.drip:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(reply.drip)
            else:
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


class _Quiet(ThreadingHTTPServer):
    """Says nothing about clients that hang up, which some tests let them do."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Registries]:
    """Run the server for the time of a test."""
    registries = Registries()
    server = _Quiet(("127.0.0.1", 0), _handler(registries))
    server.daemon_threads = True
    # Without waiting for connections that are kept open.
    server.block_on_close = False
    registries.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield registries
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
