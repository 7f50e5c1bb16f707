"""Garbage is left alone for a while, and not for ever; memory goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys

import pytest

from evidence_map import garbage
from evidence_map.garbage import give_back, left_alone


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
