"""One program under faults for all tests of a process, and a place of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.counted import count
from tests.faults.place import Place, State, furnish
from tests.faults.program import Program, program


@pytest.fixture(scope="session")
def running() -> Iterator[Program]:
    with program() as found:
        yield found


@dataclass(frozen=True)
class Known:
    """The place as it is before, and as each command leaves it when nothing is wrong.

    :ivar kept: a copy of the place with a finished site.
    """

    kept: Path
    before: State
    after: dict[str, State]
    events: dict[str, int]


@pytest.fixture(scope="session")
def known(running: Program, tmp_path_factory: pytest.TempPathFactory) -> Known:
    """What commands do where nothing is wrong; a site of an earlier state is there already."""
    kept = tmp_path_factory.mktemp("faults")
    furnish(kept)
    place = Place(kept, running)
    record = place.review / "records" / "example2019.yml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("company", "Company", 1), "utf-8")
    assert place.run("build").status == 0
    record.write_text(text, "utf-8")
    place = Place(tmp_path_factory.mktemp("work"), running)
    place.restore(kept)
    known = Known(kept, place.state(), {}, {})
    for name in COMMANDS:
        ended = place.run(name)
        assert ended.status == 0, (name, ended)
        known.after[name], known.events[name] = place.state(), ended.events
        place.restore(kept)
    return known


COMMANDS = ("build", "check", "format", "schema", "export", "import", "assess", "init", "diff")


@pytest.fixture
def place(running: Program, known: Known, tmp_path: Path) -> Place:
    """A place of work of its own for the test, with a site of an earlier state."""
    found = Place(tmp_path / "place", running)
    shutil.copytree(known.kept, found.folder, symlinks=True)
    return found


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Count the tests of faults that fail."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.failed and report.when == "call" and "faults" in item.path.parts:
        count("faults", "failures")
