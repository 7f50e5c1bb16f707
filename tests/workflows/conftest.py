"""A small repository with a pull request in it, and machines that run workflows there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.folders import ReviewFolder
from tests.history.repositories import Historic
from tests.reviews import LIGHTHOUSE, REPOSITORY
from tests.workflows.runner import Runner

PROGRAM = (
    "evidence_map",
    "site_templates",
    "docs",
    "build.py",
    "mkdocs.yml",
    "Makefile",
    "pyproject.toml",
)
LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-upkeep.lock",
    "tests/javascript/package-lock.json",
)
NEEDED = ("bash", "git", "jq", "make", "zip")

NEW = """\
reference:
  title: Kettles of the north pier
  authors:
    - {family: Kettle, given: K.}
  issued: 2021

screening:
  decision: awaiting
"""


@pytest.fixture(scope="session", autouse=True)
def need_programs() -> None:
    """Skip where a program is missing; fail where everything is tested."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        message = f"install {', '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


@dataclass(frozen=True)
class Origin:
    """The repository on the host, with the commits that its workflows run for.

    :ivar main: the newest commit of main, which has the tag v1.0.0.
    :ivar merged: a pull request merged into main, as it is checked out for its checks.
    :ivar head: the newest commit of the pull request.
    """

    root: Path
    main: str
    merged: str
    head: str


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    """The program with the invented review, on main, and a pull request that adds a record."""
    root = tmp_path_factory.mktemp("host") / "tea-review"
    root.mkdir()
    leave = shutil.ignore_patterns("__pycache__", "build")
    for name in (*PROGRAM, *LOCKS):
        source = REPOSITORY / name
        target = root / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=leave)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for name in ("records", "synthesis"):
        shutil.copytree(LIGHTHOUSE / name, root / name)
    for command in ("format", "schema"):
        subprocess.run([sys.executable, "build.py", command], cwd=root, check=True, capture_output=True)
    (root / ".gitignore").write_text("__pycache__/\n/site/\n/build/\n", "utf-8")
    host = Historic(ReviewFolder(root))
    host.begin()
    host.commit("2021-01-01T12:00:00+00:00")
    host.git("checkout", "--quiet", "-b", "kettle")
    host.review.write("records/kettle2021.yml", NEW)
    host.commit("2021-01-02T12:00:00+00:00")
    head = host.git("rev-parse", "HEAD").strip()
    host.git("checkout", "--quiet", "main")
    (root / "NEWS.md").write_text("The kettle is on.\n", "utf-8")
    host.commit("2021-01-03T12:00:00+00:00")
    host.tag("v1.0.0", "2021-01-03T12:00:00+00:00")
    main = host.git("rev-parse", "HEAD").strip()
    host.git("checkout", "--quiet", "--detach")
    host.git("merge", "--quiet", "--no-ff", "--message", "Merge kettle into main", "kettle")
    merged = host.git("rev-parse", "HEAD").strip()
    return Origin(root, main, merged, head)


def checked_out(origin: Origin, commit: str, folder: Path) -> Runner:
    """Return a machine with the files of a commit, as the first step of a job leaves it."""
    workspace = folder / "workspace"
    for command in (
        ["git", "clone", "--quiet", "--no-checkout", str(origin.root), str(workspace)],
        ["git", "-C", str(workspace), "checkout", "--quiet", "--detach", commit],
    ):
        subprocess.run(command, check=True, capture_output=True)
    return Runner(folder / "machine", workspace)


@pytest.fixture
def machine(origin: Origin, tmp_path: Path) -> Callable[[str], Runner]:
    """Return a function that makes a machine with the files of a commit."""
    return lambda commit: checked_out(origin, commit, tmp_path)


@pytest.fixture
def bare_machine(tmp_path: Path) -> Runner:
    """A machine for a job that checks nothing out."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    return Runner(tmp_path / "machine", workspace)
