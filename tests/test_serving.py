"""The site on this machine: built, served on loopback, built again when a file changes."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.reviews import LIGHTHOUSE, REPOSITORY


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError):
        return ""


def waits_for(text: str, told: Callable[[], str]) -> bool:
    """Wait until *text* is in what is told; a busy machine takes its time to build."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        if text in told():
            return True
        time.sleep(0.2)
    return False


@dataclass(frozen=True)
class Server:
    """The command ``serve`` at work: its review, its address, and the file of what it says."""

    root: Path
    address: str
    log: Path

    def shown(self) -> str:
        """Return the page of the record that the test changes."""
        return get(f"{self.address}records/example2020/")

    def said(self) -> str:
        return self.log.read_text("utf-8")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    port, log = str(free_port()), tmp_path / "log.txt"
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root)]
    with log.open("w") as said:
        process = subprocess.Popen([*command, "--port", port], stdout=said, stderr=said)
        yield Server(root, f"http://127.0.0.1:{port}/", log)
        process.terminate()
        process.wait()


def test_a_changed_record_is_shown_and_a_broken_one_leaves_the_last_good_site(server: Server) -> None:
    assert waits_for("Four cups a night", server.shown)
    assert "livereload.js" in server.shown(), "open pages reload by themselves"
    record = server.root / "records" / "example2020.yml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("Four cups", "Five cups"), "utf-8")
    assert waits_for("Five cups a night", server.shown)
    record.write_text(text.replace("basis: abstract", "basis: hearsay"), "utf-8")
    assert waits_for("hearsay", server.said)
    assert "Five cups a night" in server.shown()
    record.write_text(text.replace("Four cups", "Six cups"), "utf-8")
    assert waits_for("Six cups a night", server.shown)


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = subprocess.run(
            [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(LIGHTHOUSE),
             "--port", port, "--out", str(tmp_path / "site")],
            capture_output=True,
            text=True,
            timeout=300,
        )  # fmt: skip
    assert result.returncode == 1
    assert f"port {port} cannot be used" in result.stderr
    assert "Traceback" not in result.stderr
