"""The site on this machine: built, served on loopback, built again when a file changes."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reviews import LIGHTHOUSE, REPOSITORY


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError):
        return ""


def waits_for(address: str, text: str, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if text in get(address):
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            str(REPOSITORY / "build.py"),
            "serve",
            "--root",
            str(root),
            "--port",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield root, f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait()


def test_a_changed_record_is_shown_and_a_broken_one_leaves_the_last_good_site(
    server: tuple[Path, str],
) -> None:
    root, address = server
    page = address + "records/example2020/"
    assert waits_for(page, "Four cups a night")
    assert "livereload.js" in get(page), "open pages reload by themselves"
    record = root / "records" / "example2020.yml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("Four cups", "Five cups"), "utf-8")
    assert waits_for(page, "Five cups a night")
    record.write_text(text.replace("basis: abstract", "basis: hearsay"), "utf-8")
    time.sleep(2)
    assert "Five cups a night" in get(page)
    record.write_text(text.replace("Four cups", "Six cups"), "utf-8")
    assert waits_for(page, "Six cups a night")


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
            timeout=60,
        )  # fmt: skip
    assert result.returncode == 1
    assert f"port {port} cannot be used" in result.stderr
    assert "Traceback" not in result.stderr
