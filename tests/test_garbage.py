"""Garbage is left alone for a while, and not for ever; memory goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys

import pytest
from click.testing import CliRunner

from evidence_map import garbage, serve_command
from evidence_map.building import Built
from evidence_map.cli import main
from evidence_map.garbage import give_back, left_alone
from tests.folders import ReviewFolder


def test_garbage_is_looked_for_again_afterwards() -> None:
    assert gc.isenabled()
    with left_alone():
        assert not gc.isenabled()
        with left_alone():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), left_alone():
        raise ValueError("x")
    assert gc.isenabled()


HELD = """
from pathlib import Path
from evidence_map import garbage
from evidence_map.garbage import give_back, left_alone

class Pair:
    # It holds itself, so that only a search for garbage finds that nobody else does.
    def __init__(self):
        self.other, self.content = self, bytes(3_000)

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096

numbers = [held()]
with left_alone():
    pairs = [Pair() for _ in range(20_000)]
    numbers.append(held())
    pairs.clear()
    give_back()
    numbers.append(held())
print(*numbers)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell their memory in other ways")
def test_memory_goes_back_to_the_system() -> None:
    """In a process of its own: this one may hold room that it needs no more."""
    run = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    before, most, after = map(int, run.stdout.split())
    assert most > before + 50_000_000
    assert after < before + 20_000_000


def test_a_library_that_keeps_its_memory_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    garbage._trim.cache_clear()
    give_back()
    garbage._trim.cache_clear()


ENDING = """
import atexit, gc
from evidence_map.garbage import leave_alone, look_for_it

# What is told first at the end is what was registered last, so this is told behind the putting aside.
atexit.register(lambda: print(gc.get_freeze_count()))

class Pair:
    def __init__(self):
        self.other = self

leave_alone()
looked = []
gc.callbacks.append(lambda phase, about: looked.append(phase))
held = [Pair() for _ in range(50_000)]
assert not looked and not gc.isenabled()
look_for_it()
held += [Pair() for _ in range(50_000)]
assert looked
"""


def test_a_command_does_not_look_for_garbage_even_at_its_end() -> None:
    """All that it made is put aside before Python takes its last look."""
    run = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(run.stdout) > 100_000


@pytest.mark.parametrize(
    "arguments", [["add", "10.5555/lamp", "--offline"], ["verify-links", "--dry-run"]]
)
def test_commands_that_connect_look_for_garbage(review: ReviewFolder, arguments: list[str]) -> None:
    with left_alone():
        CliRunner().invoke(main, [*arguments, "--root", str(review.root)])
        assert gc.isenabled()


def test_a_server_looks_for_garbage(review: ReviewFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    built = Built(review.root / "site", published=True)
    monkeypatch.setattr(serve_command, "build_and_tell", lambda root, target: built)
    monkeypatch.setattr(serve_command, "serve", lambda *_: looked.append(gc.isenabled()))
    with left_alone():
        CliRunner().invoke(main, ["serve", "--root", str(review.root)])
    assert looked == [True]
