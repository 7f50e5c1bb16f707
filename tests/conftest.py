"""What every test may ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE

# The same examples each time: a suite that fails once in a hundred runs is trusted by nobody.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture
def review(tmp_path: Path) -> ReviewFolder:
    """A valid small review of its own for the test."""
    shutil.copytree(LIGHTHOUSE, tmp_path / "review", ignore=shutil.ignore_patterns("build"))
    return ReviewFolder(tmp_path / "review")
