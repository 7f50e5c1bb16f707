"""What tools that look for faults say of the workflows, and what we ask of each of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from evidence_map.cli import main
from tests.reviews import REPOSITORY
from tests.workflows.runner import ACTIONS, FILES, workflow

JAVASCRIPT = REPOSITORY / "tests" / "javascript"
NAMES = [file.stem for file in FILES]

VERSIONS = {
    "actions/checkout": "v4",
    "actions/setup-python": "v5",
    "actions/upload-artifact": "v4",
    "actions/upload-pages-artifact": "v3",
    "actions/deploy-pages": "v4",
    "actions/attest-build-provenance": "v2",
}
"""Versions whose options actionlint knows by heart; of a commit it cannot tell."""

RIGHTS = {
    ("checks", "review"): {"contents": "read"},
    ("tests", "tests"): {"contents": "read"},
    ("tests", "audit"): {"contents": "read"},
    ("comment", "comment"): {"actions": "read", "pull-requests": "write"},
    ("publish", "build"): {"contents": "read"},
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
    ("release", "build"): {"contents": "read"},
    ("release", "release"): {
        "actions": "read",
        "contents": "write",
        "id-token": "write",
        "attestations": "write",
    },
    ("links", "verify"): {"contents": "read"},
    ("links", "issue"): {"actions": "read", "issues": "write"},
}
"""What each job may do. Whoever gives one more has to write it down here too."""


WRONG = """\
on: pull_request_target
jobs:
  tea:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {dept: 0}
      - run: echo ${{ github.event.pull_request.title }}
"""


def program(name: str) -> str:
    """Return a program of the virtual environment of the tests, or of the path."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found, f"{name} is not installed: run make test"
    return found


@pytest.fixture(scope="module")
def actionlint(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What actionlint says of each file: the workflows, copies with versions it knows, a wrong one."""
    node = shutil.which("node")
    package = JAVASCRIPT / "node_modules" / "@tktco" / "node-actionlint"
    if node is None or not package.is_dir():
        message = "actionlint is not installed: run make test with Node.js"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    folder = tmp_path_factory.mktemp("copies")
    (folder / "wrong.yml").write_text(WRONG, "utf-8")
    for file in FILES:
        (folder / file.name).write_text(with_known_versions(file.read_text("utf-8")), "utf-8")
    files = [*map(str, FILES), *map(str, folder.iterdir())]
    done = subprocess.run(
        [node, str(JAVASCRIPT / "actionlint.mjs"), *files], capture_output=True, check=True, timeout=120
    )
    said: dict[str, list[str]] = {file: [] for file in files}
    for each in json.loads(done.stdout):
        said[each["file"]].append(f"{each['line']}: {each['message']}")
    return {Path(file).name if folder in Path(file).parents else file: said[file] for file in files}


def zizmor(folder: Path) -> list[dict[str, Any]]:
    """Return what zizmor finds without the network, as its strictest reader."""
    command = [program("zizmor"), "--offline", "--strict-collection", "--persona=auditor"]
    options = ["--format=json", "--no-exit-codes", "--quiet", str(folder)]
    done = subprocess.run([*command, *options], capture_output=True, check=True, timeout=120)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def with_known_versions(text: str) -> str:
    """Return a workflow with the versions of actions that actionlint knows."""
    return re.sub(r"(uses: ([\w/-]+))@\S+", lambda match: f"{match[1]}@{VERSIONS[match[2]]}", text)


def test_actionlint_finds_nothing(actionlint: dict[str, list[str]]) -> None:
    assert len(actionlint) == 2 * len(FILES) + 1
    assert {file: said for file, said in actionlint.items() if said and file != "wrong.yml"} == {}


def test_zizmor_finds_nothing() -> None:
    assert zizmor(REPOSITORY) == []
    texts = [file.read_text("utf-8") for file in (REPOSITORY / ".github").rglob("*.yml")]
    ignored = [line.strip() for text in texts for line in text.splitlines() if "zizmor: ignore" in line]
    assert ignored == ["workflow_run: # zizmor: ignore[dangerous-triggers]"]


def test_shellcheck_finds_nothing(tmp_path: Path) -> None:
    scripts: list[Path] = []
    for name in NAMES:
        for job in workflow(name)["jobs"].values():
            for step in job["steps"]:
                if "run" in step and step.get("shell", "bash") == "bash":
                    scripts.append(tmp_path / f"{name}-{len(scripts)}.sh")
                    scripts[-1].write_text(f"#!/bin/bash\nset -eo pipefail\n{step['run']}", "utf-8")
    assert len(scripts) > 15
    scripts.append(REPOSITORY / ".ci" / "run")
    command = [program("shellcheck"), "--norc", *map(str, scripts)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.stdout == ""


def test_mistakes_are_found(actionlint: dict[str, list[str]], tmp_path: Path) -> None:
    """The tools are at work: this workflow has what they are there for."""
    said = " ".join(actionlint["wrong.yml"])
    assert "potentially untrusted" in said and 'input "dept" is not defined' in said
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "wrong.yml").write_text(WRONG, "utf-8")
    assert {each["ident"] for each in zizmor(tmp_path)} >= {
        "artipacked",
        "dangerous-triggers",
        "excessive-permissions",
        "template-injection",
        "unpinned-uses",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_says_what_it_is_for_and_why_it_is_safe(name: str) -> None:
    text = (REPOSITORY / ".github" / "workflows" / f"{name}.yml").read_text("utf-8")
    comment = text.partition("name:")[0]
    assert comment.startswith("# What it is for: ")
    assert "\n# Why it is safe: " in comment


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_by_a_commit_and_named_with_its_version(name: str) -> None:
    text = (REPOSITORY / ".github" / "workflows" / f"{name}.yml").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if "uses:" in line]
    for line in lines:
        assert re.fullmatch(r"(- )?uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_an_action_has_the_same_commit_everywhere_and_a_stand_in() -> None:
    used = {
        match for file in FILES for match in re.findall(r"uses: (\S+)@(\S+)", file.read_text("utf-8"))
    }
    assert {action for action, _ in used} == set(ACTIONS) == set(VERSIONS)
    assert len(used) == len(ACTIONS)


def test_every_job_has_the_rights_it_needs_and_no_more() -> None:
    found = {
        (name, job): described["permissions"]
        for name in NAMES
        for job, described in workflow(name)["jobs"].items()
    }
    assert found == RIGHTS
    assert all(workflow(name)["permissions"] == {} for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_job_that_runs_the_program_cannot_write(name: str) -> None:
    """Whatever may write checks nothing out, so that no code of the repository runs there."""
    for described in workflow(name)["jobs"].values():
        checked_out = [step for step in described["steps"] if "checkout" in step.get("uses", "")]
        writes = "write" in described["permissions"].values()
        assert bool(checked_out) != writes
        assert all(step["with"]["persist-credentials"] == "false" for step in checked_out)
        assert 0 < int(described["timeout-minutes"]) <= 120


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_put_into_a_command_and_nothing_is_cached(name: str) -> None:
    whole = workflow(name)
    assert whole["defaults"]["run"]["shell"] == "bash"
    assert whole["concurrency"]["group"]
    for described in whole["jobs"].values():
        for step in described["steps"]:
            assert "${{" not in step.get("run", "")
            assert "cache" not in step.get("uses", "") and "cache" not in step.get("with", {})
            assert step["name"]


def test_only_the_comment_follows_another_workflow() -> None:
    events = {name: set(workflow(name)["on"]) for name in NAMES}
    assert events == {
        "checks": {"pull_request", "push"},
        "tests": {"pull_request", "push"},
        "comment": {"workflow_run"},
        "publish": {"push", "workflow_dispatch"},
        "release": {"push"},
        "links": {"schedule", "workflow_dispatch"},
    }
    assert workflow("comment")["on"]["workflow_run"]["workflows"] == [workflow("checks")["name"]]
    for name in NAMES:
        text = (REPOSITORY / ".github" / "workflows" / f"{name}.yml").read_text("utf-8")
        assert "secrets." not in text and "pull_request_target" not in text


def test_the_page_for_maintainers_tells_what_there_is() -> None:
    page = (REPOSITORY / "docs" / "about" / "publishing.md").read_text("utf-8")
    for name in NAMES:
        assert f"\n**{workflow(name)['name']}**, " in page
    for name in ("checks", "tests"):
        # Branch protection asks for the names of jobs.
        assert all(
            f"*{job['name']}*" in page.replace("\n   ", "") for job in workflow(name)["jobs"].values()
        )
    forms = (REPOSITORY / ".github" / "ISSUE_TEMPLATE").glob("*.yml")
    labels = {
        label
        for file in forms
        for label in re.findall(r"^labels: \[(.*)\]", file.read_text("utf-8"), re.M)
    }
    assert {*labels, workflow("links")["jobs"]["issue"]["env"]["LABEL"]} == {
        *("paper", "correction", "retraction", "link-check")
    }
    assert all(f"`{label}`" in page for label in labels)


def test_the_commands_in_the_workflows_exist_with_their_options() -> None:
    """Those with options that a shell puts together are run in other tests."""
    asked = set[tuple[str, str]]()
    for file in FILES:
        for line in file.read_text("utf-8").splitlines():
            if match := re.search(r"python build\.py ([a-z-]+)([^|>”]*)", line):
                asked |= {(match[1], option) for option in re.findall(r"--[a-z-]+", match[2])}
                asked.add((match[1], "--help"))
    assert {name for name, _ in asked} == {
        *("check", "format", "schema", "build", "diff", "packages", "verify-links")
    }
    context = click.Context(main)
    known = {
        (name, option)
        for name in main.list_commands(context)
        if (command := main.get_command(context, name))
        for parameter in [*command.params, command.get_help_option(context)]
        if parameter
        for option in parameter.opts
    }
    assert asked - known == set()
