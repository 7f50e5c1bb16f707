"""Every find is tried again, and a short share of new inputs, the same in each run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.counted import count
from tests.fuzz.__main__ import FINDS, fuzz
from tests.fuzz.mutations import damaged
from tests.fuzz.targets import TARGETS

EXAMPLES = 25
"""Inputs for each target that Hypothesis draws in a run of the suite."""

KEPT = sorted(file for file in FINDS.glob("*/*") if file.is_file())


def tried(name: str, data: bytes) -> None:
    try:
        TARGETS[name].tried(data)
    except BaseException:
        count("fuzzing", "finds")
        raise
    count("fuzzing", "inputs tried")
    count("fuzzing", "finds", 0)


@pytest.mark.parametrize("file", KEPT, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_what_was_found_once_is_found_no_more(file: Path) -> None:
    tried(file.parent.name, file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_sound_is_read(name: str) -> None:
    seeds = TARGETS[name].seeds()
    assert seeds
    for seed in seeds:
        tried(name, seed)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
def test_what_is_damaged_is_read_or_told(name: str, data: st.DataObject) -> None:
    tried(name, data.draw(damaged(TARGETS[name])))


@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="atheris is for Linux on x86-64")
def test_the_engine_that_is_led_by_code_works(tmp_path: Path) -> None:
    """A few inputs, the same each time; ``make fuzz`` goes on for as long as asked."""
    limits = ["-runs=400", "-seed=7"]
    assert fuzz("latex", limits, tmp_path, ["evidence_map.imports.markup"]) == 0
    assert list(tmp_path.iterdir()), "nothing reached new code, so that nothing led the engine"
