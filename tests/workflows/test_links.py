"""The workflow “Links”: what the weekly check finds stands in one issue."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from tests.registries.server import running
from tests.reviews import REPOSITORY
from tests.workflows.runner import Ran, Runner

GITHUB = {
    "ref": "refs/heads/main",
    "repository": "crew/tea-review",
    "run_id": 99,
    "server_url": "https://git.example.org",
}
RUN = "https://git.example.org/crew/tea-review/actions/runs/99"
ISSUES = "GET repos/crew/tea-review/issues"
OURS = {"number": 5, "user": {"login": "github-actions[bot]"}}
THEIRS = {"number": 4, "user": {"login": "evil-github-actions"}}


def run(bare_machine: Runner, found: str, issues: list[Any], report: str = "") -> tuple[Ran, list[Any]]:
    """Run the job that writes the issue; return it and what it wrote, without the label."""
    runner = bare_machine
    runner.answers["api"][ISSUES] = issues
    folder = runner.folder / "artifacts" / "report"
    folder.mkdir(parents=True)
    (folder / "report.md").write_text(report, "utf-8")
    needs = {"verify": {"outputs": {"found": found}}}
    ran = runner.run("links", "issue", GITHUB, needs=needs)
    asked = [each for each in runner.asked("gh") if each["command"] == "issue"]
    label = runner.asked("gh")[0]
    assert (label["command"], label["label"], label["force"]) == ("label", "link-check", True)
    assert runner.asked("gh")[1]["fields"] == {"state": "open", "labels": "link-check"}
    return ran, asked


def test_an_issue_is_opened(bare_machine: Runner) -> None:
    ran, asked = run(bare_machine, "something", [THEIRS], "| lamp2021 | 404, asked by @crew |\n")
    assert ran.succeeded, ran.log
    (issue,) = asked
    assert (issue["verb"], issue["label"]) == ("create", "link-check")
    assert "| lamp2021 | 404, asked by @\u200bcrew |" in issue["body"]
    assert issue["body"].endswith(f"[The whole report]({RUN})\n")


def test_the_open_issue_is_renewed(bare_machine: Runner) -> None:
    ran, asked = run(bare_machine, "something", [THEIRS, OURS], "New.")
    assert ran.succeeded, ran.log
    assert [(each["verb"], each["number"]) for each in asked] == [("edit", "5"), ("comment", "5")]
    assert "New." in asked[0]["body"] and RUN in asked[1]["body"]


def test_the_issue_is_closed_when_nothing_is_left(bare_machine: Runner) -> None:
    ran, asked = run(bare_machine, "nothing", [OURS])
    assert ran.succeeded, ran.log
    assert [(each["verb"], each["number"]) for each in asked] == [("close", "5")]


def test_nothing_is_written_where_nothing_was_and_is_wrong(bare_machine: Runner) -> None:
    ran, asked = run(bare_machine, "nothing", [THEIRS])
    assert ran.succeeded, ran.log
    assert asked == []


def test_a_long_report_is_cut_at_a_letter(bare_machine: Runner) -> None:
    ran, asked = run(bare_machine, "something", [], "x" + "ü" * 100_000)
    assert ran.succeeded, ran.log
    body = asked[0]["body"]
    assert 29_000 < len(body) < 31_000 and "�" not in body and RUN in body


REVIEW = {
    "synthesis/protocol.md": """\
---
title: Kettles
short_title: Kettles
summary: An invented review.
status: Everything here is made up.
question: Is the kettle on?
authors: [The invented crew]
---

An invented review.
""",
    "synthesis/codebook.yml": """\
dimensions:
  - id: approach
    label: Approach
    definition: How the study looks at its question.
    applies_to: records
    field: design.approach
    several: false
    terms:
      - id: listening
        label: Listening
        definition: People were asked.
""",
    "records/kettle2021.yml": """\
reference:
  title: Kettles of the north pier
  authors:
    - {family: Kettle, given: K.}
  issued: 2021
  doi: 10.5555/kettle

screening:
  decision: awaiting
""",
}


def test_the_real_check_is_asked_as_it_wants_to_be(bare_machine: Runner) -> None:
    """Of a review whose only DOI no registry knows, with a server of the tests for all of them."""
    folder = bare_machine.workspace
    for name, text in REVIEW.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name in ("build.py", "requirements.lock"):
        shutil.copy(REPOSITORY / name, folder)
    (folder / "evidence_map").symlink_to(REPOSITORY / "evidence_map")
    with running() as registries:
        asked = ("CROSSREF", "DATACITE", "PUBMED", "DOI")
        environment = {f"EVIDENCE_MAP_{name}": registries.address for name in asked}
        ran = bare_machine.run("links", "verify", GITHUB, environment=environment)
    assert ran.succeeded, ran.log
    assert (bare_machine.folder / "output").read_text("utf-8") == "found=something\n"
    assert "10.5555/kettle" in ran.summary
    assert (ran.artifacts["report"] / "report.md").read_text("utf-8") == ran.summary


VERIFY = "Verify the links"
STUB = """\
import pathlib, sys
asked = sys.argv[1:]
assert asked == ["verify-links", "--format", "markdown", "--output", "report.md"], asked
pathlib.Path("report.md").write_text("What was found.")
sys.exit({status})
"""


@pytest.mark.parametrize(("status", "found"), [(0, "nothing"), (1, "something"), (2, None), (3, None)])
def test_the_status_of_the_check_says_what_becomes_of_the_issue(
    bare_machine: Runner, status: int, found: str | None
) -> None:
    """With a program that ends as told, since the real one asks other servers."""
    runner = bare_machine
    (runner.workspace / "build.py").write_text(STUB.format(status=status))
    (runner.workspace / "requirements.lock").touch()
    ran = runner.run("links", "verify", GITHUB)
    assert ran.outcomes[VERIFY] == ("success" if found else "failure"), ran.log
    assert ("What was found." in ran.summary) == bool(found)
    assert ("report" in ran.artifacts) == bool(found)
    output = (runner.folder / "output").read_text("utf-8")
    assert output == (f"found={found}\n" if found else "")


def test_a_review_that_cannot_be_read_opens_no_issue(bare_machine: Runner) -> None:
    """The status is 1 then too, but there is no report."""
    (bare_machine.workspace / "build.py").write_text("import sys; sys.exit(1)")
    (bare_machine.workspace / "requirements.lock").touch()
    ran = bare_machine.run("links", "verify", GITHUB)
    assert ran.outcomes[VERIFY] == "failure"
    assert (bare_machine.folder / "output").read_text("utf-8") == ""
