"""The workflows that look at a pull request: “Checks” and “Tests”."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.reviews import REPOSITORY
from tests.workflows.conftest import Origin
from tests.workflows.runner import Runner

PULL_REQUEST = {
    "event_name": "pull_request",
    "event": {"pull_request": {"number": 12}, "before": None},
    "repository": "crew/tea-review",
    "run_id": 99,
}
CHECK = "Check the review"
LAYOUT = "Look whether the records are laid out as usual"
BUILD = "Build the site as a preview"
DIFF = "Say what the change does to the map"

Machine = Callable[[str], Runner]


def pushed(before: str) -> dict[str, Any]:
    return {**PULL_REQUEST, "event_name": "push", "event": {"before": before}}


def test_a_pull_request_is_checked_built_and_compared(machine: Machine, origin: Origin) -> None:
    runner = machine(origin.merged)
    published = {"PREVIEW_URL": "https://example.org/preview/NUMBER/"}
    ran = runner.run("checks", "review", PULL_REQUEST, environment=published)
    assert set(ran.outcomes.values()) == {"success"}, ran.log
    assert runner.asked("pip") == [
        {"program": "pip", "hashes": True, "requirement": "requirements.lock"}
    ]
    assert "### Check: " in ran.summary
    preview, diff = ran.artifacts["preview"], ran.artifacts["map-diff"] / "map-diff.md"
    assert (preview / "records" / "kettle2021" / "index.html").is_file()
    told = diff.read_text("utf-8")
    assert told in ran.summary
    # What the branch does, and nothing of what happened on main meanwhile.
    assert "Kettles of the north pier" in told and "muster2020" not in told
    assert "https://example.org/preview/12/records/kettle2021/" in told


def test_what_is_wrong_stands_in_the_summary_and_nothing_is_built(
    machine: Machine, origin: Origin
) -> None:
    runner = machine(origin.merged)
    record = runner.workspace / "records" / "kettle2021.yml"
    record.write_text(record.read_text("utf-8").replace("decision: awaiting", "decision: perhaps"))
    ran = runner.run("checks", "review", PULL_REQUEST)
    assert ran.outcomes[CHECK] == "failure"
    assert ran.outcomes[LAYOUT] == "success"
    assert {ran.outcomes[BUILD], ran.outcomes[DIFF]} == {"skipped"}
    assert ran.artifacts == {}
    assert "records/kettle2021.yml:8:" in ran.summary
    assert "::error file=records/kettle2021.yml,line=8," in ran.log


def test_an_unusual_layout_is_told_with_the_command_that_mends_it(
    machine: Machine, origin: Origin
) -> None:
    runner = machine(origin.merged)
    record = runner.workspace / "records" / "kettle2021.yml"
    reference, screening = record.read_text("utf-8").split("\n\n")
    record.write_text(f"{screening}\n{reference}\n")
    (runner.workspace / "preview").mkdir()
    for made in ("preview/index.html", "map-diff.md"):
        (runner.workspace / made).touch()
    ran = runner.run("checks", "review", PULL_REQUEST, done=[BUILD, DIFF])
    assert ran.outcomes[CHECK] == "success"
    assert ran.outcomes[LAYOUT] == "failure"
    assert "python build.py format" in ran.summary
    assert "records/kettle2021.yml: would change" in ran.summary
    # The map diff helps whoever reads the pull request all the same.
    assert set(ran.artifacts) == {"preview", "map-diff"}


def test_tests_are_run_with_the_programs_they_need(machine: Machine, origin: Origin) -> None:
    runner = machine(origin.main)
    ran = runner.run("tests", "tests", PULL_REQUEST)
    assert set(ran.outcomes.values()) == {"success"}, ran.log
    assert [each["arguments"] for each in runner.asked("make")] == [["test"]]
    update, install = (each["arguments"] for each in runner.asked("sudo"))
    assert update[:2] == ["apt-get", "update"]
    wanted = {name for name in install[2:] if not name.startswith("-")}
    ci = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    listed = {name for group in re.findall(r"packages\+?=\(([^)]+)\)", ci) for name in group.split()}
    on_the_machine = {"chromium-headless-shell", "make", "sqlite3", "git", "nodejs", "npm", "jq", "zip"}
    assert wanted == listed - on_the_machine


def test_what_pip_would_install_is_what_the_tests_run_with() -> None:
    """Why a stand-in for ``pip install`` is enough: the pinned packages are here."""
    lines = (REPOSITORY / "requirements.lock").read_text("utf-8").replace("\\\n", " ").splitlines()
    pins = [Requirement(line.split(" --hash")[0]) for line in lines if "==" in line]
    assert len(pins) > 40
    wrong = [
        str(pin)
        for pin in pins
        if (pin.marker is None or pin.marker.evaluate())
        and not pin.specifier.contains(importlib.metadata.version(pin.name))
    ]
    assert wrong == []


FAULT = """\
Name | Version | ID | Fix Versions
--- | --- | --- | ---
kettle | 1.0 | PYSEC-2020-1 | 1.1
"""
UNKNOWN = """\
Name | Skip Reason
--- | ---
kettle | Dependency not found
"""


@pytest.mark.parametrize(
    ("found", "said", "status", "told"),
    [
        pytest.param("", "No known vulnerabilities found", 0, "No fault of a pinned", id="nothing"),
        pytest.param(FAULT, "Found 1 known vulnerability", 1, "PYSEC-2020-1", id="a fault"),
        # The program calls it a success when it could ask about nothing at all.
        pytest.param(UNKNOWN, "No known vulnerabilities found", 0, "not found", id="unknown package"),
        pytest.param(
            "", "ERROR: no network", 1, "It could not be asked:\n~~~text\nERROR", id="no network"
        ),
    ],
)
def test_known_faults_of_packages_are_told_and_fail_nothing(
    machine: Machine, origin: Origin, found: str, said: str, status: int, told: str
) -> None:
    runner = machine(origin.merged)
    runner.answers["audit"] = {"found": found, "said": said, "status": status}
    ran = runner.run("tests", "audit", PULL_REQUEST)
    assert set(ran.outcomes.values()) == {"success"}, ran.log
    assert runner.asked("pip") == [
        {"program": "pip", "hashes": True, "requirement": "requirements-upkeep.lock"}
    ]
    files = ["requirements-test.lock", "requirements-upkeep.lock"]
    assert runner.asked("pip-audit") == [{"program": "pip-audit", "files": files}]
    assert ran.summary.startswith("### Known faults of the packages\n\n") and told in ran.summary
    assert ("::warning::" in ran.log) == bool(found or status)


def test_what_is_audited_holds_everything_that_is_installed() -> None:
    small, large = (
        (REPOSITORY / name).read_text("utf-8")
        for name in ("requirements.lock", "requirements-test.lock")
    )
    pins = re.compile(r"^[\w.-]+==[^ ]+", re.MULTILINE)
    assert set(pins.findall(small)) <= set(pins.findall(large))


STUB = """\
import sys
print(*sys.argv[1:])
sys.exit({status})
"""


@pytest.mark.parametrize(
    ("event", "before"),
    [
        pytest.param(PULL_REQUEST, "HEAD^1", id="pull request"),
        pytest.param(pushed("HEAD~1"), "HEAD~1", id="push"),
        pytest.param(pushed("0" * 40), "HEAD", id="first push"),
        pytest.param(pushed("1" * 40), "HEAD", id="rewritten branch"),
    ],
)
def test_what_the_change_is_compared_with(
    machine: Machine, origin: Origin, event: dict[str, Any], before: str
) -> None:
    runner = machine(origin.merged)
    (runner.workspace / "build.py").write_text(STUB.format(status=0))
    ran = runner.run("checks", "review", event, only=[DIFF])
    assert ran.outcomes == {DIFF: "success"}, ran.log
    told = (runner.workspace / "map-diff.md").read_text("utf-8")
    assert told == f"diff {before} HEAD --format markdown\n" == ran.summary


@pytest.mark.parametrize(("status", "outcome"), [(1, "success"), (2, "failure"), (3, "failure")])
def test_a_base_with_errors_is_no_fault_of_the_pull_request(
    machine: Machine, origin: Origin, status: int, outcome: str
) -> None:
    """With status 1 the command has told which files differ."""
    runner = machine(origin.merged)
    (runner.workspace / "build.py").write_text(STUB.format(status=status))
    assert runner.run("checks", "review", PULL_REQUEST, only=[DIFF]).outcomes == {DIFF: outcome}
