"""The tutorial “Start your own review”, done as it is written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from evidence_map.checking import check
from tests.reviews import REPOSITORY

TUTORIAL = (REPOSITORY / "docs/about/start.md").read_text("utf-8").partition("\n## What comes next")[0]
BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<text>.*?)^```$', re.M | re.S)
INSTALLING = [
    "python3 -m venv tools",
    ". tools/bin/activate",
    "pip install ./evidence-map",
]
"""What needs a network; ``test_packaging`` shows that the program can be installed."""

HOSTED = "https://github.com/OWNER/school-gardens.git"


@dataclass
class Desk:
    """Somebody at a terminal who does what the page says."""

    home: Path
    folder: Path
    done: list[str] = field(default_factory=list)

    def run(self, command: str) -> str:
        """Run one command and return what it prints."""
        self.done.append(command)
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder /= words[1]
            return ""
        if words[-1] == "serve" or command in INSTALLING:
            return ""
        result = subprocess.run(
            ["bash", "-c", command.replace(HOSTED, str(self.home / "hosted.git"))],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
        return result.stdout

    def environment(self) -> dict[str, str]:
        """Return an environment in which the program is installed and Git knows who works."""
        person = {"NAME": "Ada Example", "EMAIL": "ada@example.org"}
        return {
            **os.environ,
            "PATH": os.pathsep.join(
                [str(self.home / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
            ),
            "PYTHONPATH": str(REPOSITORY),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            **{
                f"GIT_{role}_{what}": value
                for role in ("AUTHOR", "COMMITTER")
                for what, value in person.items()
            },
        }


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block with the lines that it answers."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, answer = part.replace("\\\n", "\\\0").partition("\n")
        yield re.sub(r"\\\0\s*", "", command), answer.splitlines()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Everything that the page says is done, file by file and command by command."""
    home = tmp_path_factory.mktemp("desk")
    (home / "bin").mkdir()
    installed = home / "bin" / "evidence-map"
    start = 'import sys; sys.argv[0] = "evidence-map"; from evidence_map.cli import run; run()'
    installed.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -c '{start}' \"$@\"\n")
    installed.chmod(0o755)
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch", "main", str(home / "hosted.git")],
        check=True,
    )
    sitting = Desk(home, home)
    for block in BLOCK.finditer(TUTORIAL):
        if block["kind"] == "console":
            for command, answer in commands(block["text"]):
                if command.startswith("git switch") and command.endswith(" main"):
                    merge(sitting)
                said = sitting.run(command)
                missing = [line for line in answer if line not in said.splitlines()]
                assert not missing, f"{command}\n{said}"
        else:
            assert block["file"], f"no file is named: {block['text'][:80]}"
            file = sitting.folder / block["file"]
            if file.exists():
                assert block["text"] in file.read_text("utf-8"), f"{file.name} is shown otherwise"
            else:
                file.write_text(block["text"], "utf-8")
    return sitting


def merge(sitting: Desk) -> None:
    """Merge the branch where the repository is hosted, as the button on the website does."""
    copy = sitting.home / "merging"
    for command in (
        f"git clone --quiet {sitting.home / 'hosted.git'} {copy}",
        f"git -C {copy} merge --quiet --no-ff --message Merge origin/rake2024",
        f"git -C {copy} push --quiet",
    ):
        subprocess.run(shlex.split(command), env=sitting.environment(), check=True)


def test_the_first_paper_is_merged_and_stands_on_the_map(desk: Desk) -> None:
    checked = check(desk.folder)
    assert checked.problems == [] and checked.review is not None
    assert set(checked.review.records) == {"rake2024"}
    page = (desk.folder / "site" / "map" / "index.html").read_text("utf-8")
    for words in (
        "School garden",
        "Cooking lessons",
        "Vegetables eaten",
        "Knowledge of plants",
        "Wellbeing",
    ):
        assert words in page
    record = (desk.folder / "site" / "records" / "rake2024" / "index.html").read_text("utf-8")
    assert "most pupils took vegetables at lunch" in record
    assert not (desk.folder / "site" / "records" / "invented-example").exists()


def test_every_command_of_the_page_was_given(desk: Desk) -> None:
    assert [command for command in desk.done if command in INSTALLING] == INSTALLING
    assert sum(command.startswith("evidence-map init ") for command in desk.done) == 1
    assert "python build.py serve" in desk.done and len(desk.done) > 20


def test_what_is_made_by_commands_is_not_kept_in_git(desk: Desk) -> None:
    changed = subprocess.run(
        ["git", "-C", str(desk.folder), "status", "--porcelain"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert changed.stdout == ""


def test_the_example_is_refused_beside_the_paper(desk: Desk, tmp_path: Path) -> None:
    """As the page says; the file is taken from the first commit."""
    example = subprocess.run(
        ["git", "-C", str(desk.folder), "show", "HEAD~1:records/invented-example.yml"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    file = desk.folder / "records" / "invented-example.yml"
    try:
        file.write_text(example.stdout, "utf-8")
        codes = {problem.code for problem in check(desk.folder).problems}
    finally:
        file.unlink()
    assert "example-among-papers" in codes
