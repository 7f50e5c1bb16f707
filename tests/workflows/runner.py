"""Runs the jobs of a workflow as GitHub's machines do: each step's command as it is written.

Steps that use an action are replaced by what the action does to the files (`ACTIONS`); an action
that is not listed is an error. Programs that a test must not run are replaced as `stand_ins` says.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.reviews import REPOSITORY
from tests.workflows import stand_ins
from tests.workflows.expressions import Expressions

WORKFLOWS = REPOSITORY / ".github" / "workflows"
FILES = sorted(WORKFLOWS.glob("*.yml"))
SHELLS = {
    "": ["bash", "-e"],
    "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"],
    "python": ["python"],
}
"""How GitHub starts the shell that a step or the workflow names, or names not."""
SUBSTITUTED = ("gh", "sudo", "make", "python")


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow; the key ``on`` stays text, where plain YAML makes True of it."""
    loaded: dict[str, Any] = yaml.load((WORKFLOWS / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


@dataclass
class Ran:
    """What became of a job.

    :ivar outcomes: of each step by its name: success, failure or skipped.
    """

    outcomes: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    log: str = ""
    artifacts: dict[str, Path] = field(default_factory=dict)

    @property
    def succeeded(self) -> bool:
        return "failure" not in self.outcomes.values()


class Runner:
    """One machine: a folder to work in, and programs some of which are stand-ins."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        """Work in *workspace*; keep what GitHub keeps for itself in *folder*."""
        self.workspace = workspace
        self.folder = folder
        self.programs = folder / "programs"
        self.programs.mkdir(parents=True)
        self.asked_file = folder / "asked.jsonl"
        self.answers: dict[str, Any] = {"api": {}, "artifacts": str(folder / "artifacts")}
        for name in SUBSTITUTED:
            program = self.programs / name
            program.write_text(
                f'#!/bin/sh\nexec "{sys.executable}" "{stand_ins.__file__}" {name} "$@"\n'
            )
            program.chmod(0o755)

    def asked(self, program: str) -> list[dict[str, Any]]:
        """Return what a stand-in was asked, in order."""
        if not self.asked_file.is_file():
            return []
        lines = [json.loads(line) for line in self.asked_file.read_text("utf-8").splitlines()]
        return [line for line in lines if line["program"] == program]

    def variables(self, github: Mapping[str, Any]) -> dict[str, str]:
        """Return the variables that GitHub sets for every command, and those of the stand-ins."""
        answers = self.folder / "answers.json"
        answers.write_text(json.dumps(self.answers), "utf-8")
        return {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_REPOSITORY": github["repository"],
            "GITHUB_RUN_ID": str(github["run_id"]),
            "REAL_PATH": os.environ["PATH"],
            "STAND_INS_LOG": str(self.asked_file),
            "STAND_INS_ANSWERS": str(answers),
        }

    def run(
        self,
        name: str,
        job: str,
        github: Mapping[str, Any],
        *,
        needs: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        only: Sequence[str] = (),
        done: Sequence[str] = (),
    ) -> Ran:
        """Run a job of a workflow and return what became of it.

        :param needs: what earlier jobs gave.
        :param environment: what stands in the workflow's ``env`` instead.
        :param only: the names of steps; the others are left out, and conditions are not asked.
        :param done: the names of steps whose work the test has done; they succeed without running.
        """
        whole = _Job(self, name, job, github, needs or {})
        whole.environment.update(environment or {})
        return whole.run(only, done)


class _Job:
    """One job while it runs."""

    def __init__(
        self, runner: Runner, name: str, job: str, github: Mapping[str, Any], needs: Mapping[str, Any]
    ) -> None:
        whole = workflow(name)
        self.runner = runner
        self.described = whole["jobs"][job]
        self.shell = whole.get("defaults", {}).get("run", {}).get("shell", "")
        self.github = github
        self.steps: dict[str, Any] = {}
        self.expressions = Expressions(
            {"github": {"token": "invented", **github}, "steps": self.steps, "needs": needs}
        )
        self.environment = {**self._filled(whole.get("env")), **self._filled(self.described.get("env"))}
        self.ran = Ran()

    def _filled(self, values: Mapping[str, str] | None) -> dict[str, str]:
        return {key: self.expressions.filled(value) for key, value in (values or {}).items()}

    def run(self, only: Sequence[str], done: Sequence[str]) -> Ran:
        if not only and not self.expressions.holds(self.described.get("if")):
            return self.ran
        steps = [step for step in self.described["steps"] if not only or step["name"] in only]
        assert len(steps) >= len(only)
        for step in steps:
            outcome, outputs = "skipped", dict[str, str]()
            if only or self.expressions.holds(step.get("if")):
                outcome, outputs = self._step(step, step["name"] in done)
                self.expressions.failed = self.expressions.failed or outcome == "failure"
            self.ran.outcomes[step["name"]] = outcome
            if "id" in step:
                self.steps[step["id"]] = {"outcome": outcome, "outputs": outputs}
        return self.ran

    def _step(self, step: Mapping[str, Any], done: bool) -> tuple[str, dict[str, str]]:
        if done:
            return "success", {}
        return self._action(step) if "uses" in step else self._command(step)

    def _action(self, step: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
        ACTIONS[step["uses"].split("@")[0]](self.runner, self._filled(step.get("with")), self.ran)
        return "success", {}

    def _command(self, step: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
        folder = self.runner.folder
        script, output, summary = (folder / name for name in ("step", "output", "summary"))
        script.write_text(step["run"], "utf-8")
        for file in (output, summary):
            file.write_text("", "utf-8")
        own = self._filled(step.get("env"))
        done = subprocess.run(
            [*SHELLS[step.get("shell", self.shell)], str(script)],
            cwd=self.runner.workspace,
            env={**self.runner.variables(self.github), **self.environment, **own},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        self.ran.log += f"--- {step['name']}\n{done.stdout.decode('utf-8', 'replace')}\n"
        self.ran.summary += summary.read_text("utf-8")
        outputs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
        return ("failure" if done.returncode else "success"), outputs


def _nothing(runner: Runner, options: dict[str, str], ran: Ran) -> None:
    """What the action does is done already: the files and Python are there."""


def _upload(runner: Runner, options: dict[str, str], ran: Ran) -> None:
    """Keep a file or folder as an artifact; hidden files are left out, as GitHub does."""
    source = runner.workspace / options["path"]
    target = runner.folder / "artifacts" / options.get("name", "github-pages")
    if source.is_dir():
        assert any(source.iterdir()), f"{source} is empty"
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
    else:
        assert source.is_file(), f"there is no {source}"
        target.mkdir(parents=True)
        shutil.copy(source, target)
    ran.artifacts[target.name] = target


def _attest(runner: Runner, options: dict[str, str], ran: Ran) -> None:
    assert list(runner.workspace.glob(options["subject-path"])), "there is nothing to sign"


ACTIONS = {
    "actions/checkout": _nothing,
    "actions/setup-python": _nothing,
    "actions/upload-artifact": _upload,
    "actions/upload-pages-artifact": _upload,
    "actions/deploy-pages": _nothing,
    "actions/attest-build-provenance": _attest,
}
