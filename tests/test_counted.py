"""What suites count is told at the end, also where several processes share the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.counted import Telling, sentences
from tests.reviews import REPOSITORY

CONFTEST = """
from tests.counted import Telling

def pytest_configure(config):
    config.pluginmanager.register(Telling())
"""
TESTS = """
import pytest
from tests.counted import count

@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_counts(number):
    count("cats", "fed", number)
    count("cats", "hungry", 0)
"""


def test_a_suite_is_told_in_one_line_with_what_is_zero() -> None:
    counted = Counter({("cats", "fed"): 1200, ("cats", "hungry"): 0, ("birds", "seen"): 1})
    assert sentences(counted) == ["birds: seen 1", "cats: fed 1,200, hungry 0"]


def test_this_run_tells_what_its_suites_count(pytestconfig: pytest.Config) -> None:
    assert any(isinstance(each, Telling) for each in pytestconfig.pluginmanager.get_plugins())


def test_processes_that_share_the_tests_are_added_up(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_cats.py").write_text(TESTS)
    summary = tmp_path / "summary.md"
    own = {
        "PYTHONPATH": str(REPOSITORY),
        "GITHUB_STEP_SUMMARY": str(summary),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    plugins = ["-p", "xdist", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "-n", "2", str(tmp_path)]
    environment = {name: each for name, each in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env={**environment, **own}, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cats: fed 10, hungry 0\n" in done.stdout
    assert summary.read_text() == "- cats: fed 10, hungry 0\n"
