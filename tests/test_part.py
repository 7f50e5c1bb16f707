"""Parts of a review: each record is in exactly one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.part import PLACES, WHOLE, Part


@given(st.text(), st.integers(1, 40))
def test_each_record_belongs_to_exactly_one_part(key: str, of: int) -> None:
    key = key.encode("utf-8", "replace").decode()
    assert sum(Part(number, of).holds(key) for number in range(1, of + 1)) == 1


def test_parts_are_about_as_large() -> None:
    keys = [f"lamp{number}" for number in range(8_000)]
    sizes = [sum(Part(number, 8).holds(key) for key in keys) for number in range(1, 9)]
    assert all(850 < size < 1_150 for size in sizes)
    assert all(WHOLE.holds(key) for key in keys)


def test_a_part_is_read_as_it_is_written() -> None:
    assert Part.written("2/8") == Part(2, 8)
    assert Part.written(f" 1/{PLACES} ") == Part(1, PLACES)


@pytest.mark.parametrize("text", ["", "2", "0/8", "9/8", "2/0", "-1/8", "1/65", "1.5/2", "two/8", "²/8"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no part; write 2/8 for the second of eight"):
        Part.written(text)
