"""The fast way through YAML says what the nodes say, or nothing."""

from __future__ import annotations

from pathlib import PurePosixPath
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map import yaml_source
from evidence_map.yaml_plain import plain_fields
from evidence_map.yaml_source import Document, parse
from tests.reviews import LIGHTHOUSE

PATH = PurePosixPath("records/lamp2021.yml")
RECORDS = [file.read_text("utf-8") for file in sorted((LIGHTHOUSE / "records").glob("*.yml"))]

PIECES = st.one_of(
    st.sampled_from(["- ", "\n- ", "\n  - ", " #x", "#", '"', "\\x07", "'", ": ", "&a ", "*a", "!t "]),
    st.sampled_from(["~", "null", "\n---\n", "{", "}", "[", "]", "? ", "|\n", ">\n", "\t", "\n"]),
    st.sampled_from(["\n\n", "%YAML 1.1\n", "\ufeff", '""', "<<: ", "\u00a0"]),
)


@pytest.mark.parametrize("text", RECORDS)
def test_sound_records_go_the_fast_way(text: str) -> None:
    assert plain_fields(text) is not None


@given(
    st.sampled_from(RECORDS),
    st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 3)), max_size=4),
    st.floats(0, 1),
)
def test_both_ways_say_the_same(text: str, edits: list[tuple[float, str, int]], start: float) -> None:
    text = text[int(start * len(text)) :][:600]
    for place, piece, length in edits:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    fast = parse(text, PATH)
    with mock.patch.object(yaml_source, "plain_fields", lambda text: None):
        slow = parse(text, PATH)
    if not isinstance(fast, Document) or not isinstance(slow, Document):
        assert fast == slow
        return
    assert fast.problems == slow.problems
    assert fast.plain() == slow.plain() == fast.root.plain()
    assert fast.root == slow.root
