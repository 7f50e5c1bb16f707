"""Garbage is left alone for a while, and not for ever; memory goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from pathlib import Path

import pytest

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


class Pair:
    """An object that holds itself, so that only a search for garbage finds that nobody else does."""

    def __init__(self) -> None:
        self.other = self
        self.content = bytes(3_000)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell their memory in other ways")
def test_memory_goes_back_to_the_system() -> None:
    before = held()
    with left_alone():
        pairs = [Pair() for _ in range(20_000)]
        assert held() > before + 50_000_000
        pairs.clear()
        give_back()
        assert held() < before + 20_000_000


def held() -> int:
    """Return how many bytes this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096


def test_a_library_that_keeps_its_memory_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    give_back()
