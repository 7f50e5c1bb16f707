"""Garbage is left alone for a while, and not for ever."""

from __future__ import annotations

import gc

import pytest

from evidence_map.garbage import left_alone


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
