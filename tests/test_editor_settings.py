"""The settings for Visual Studio Code: each file has its schema, and problems lead to their lines."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import PurePosixPath
from typing import Any

from click.testing import CliRunner

from evidence_map.cli import main
from evidence_map.json_schemas import SCHEMAS
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE, REPOSITORY

EDITOR = REPOSITORY / ".vscode"
SETTINGS: dict[str, Any] = json.loads((EDITOR / "settings.json").read_text("utf-8"))
TASKS: list[dict[str, Any]] = json.loads((EDITOR / "tasks.json").read_text("utf-8"))["tasks"]

FRONT_MATTER = {"protocol", "finding"}
"""The extension reads no front matter of Markdown files, so these two are for other editors."""


def test_the_extension_is_recommended() -> None:
    assert json.loads((EDITOR / "extensions.json").read_text("utf-8")) == {
        "recommendations": ["redhat.vscode-yaml"]
    }


def test_every_yaml_file_of_a_review_has_one_schema() -> None:
    bound = {
        PurePosixPath(schema).stem: [globs] if isinstance(globs, str) else globs
        for schema, globs in SETTINGS["yaml.schemas"].items()
    }
    assert set(bound) == set(SCHEMAS) - FRONT_MATTER
    assert all((REPOSITORY / schema).is_file() for schema in SETTINGS["yaml.schemas"])
    files = [
        file.relative_to(root)
        for root in (REPOSITORY, LIGHTHOUSE)
        for folder in ("records", "synthesis")
        for file in (root / folder).rglob("*.yml")
    ]
    assert len(files) > 10
    for file in files:
        schemas = [
            name
            for name, globs in bound.items()
            if any(file.match(glob) for glob in globs if not glob.startswith("!"))
            and not any(file.match(glob[1:]) for glob in globs if glob.startswith("!"))
        ]
        wanted = "second" if file.name.endswith(".second.yml") else file.stem
        assert schemas == ["record" if file.parent.name == "records" and wanted == file.stem else wanted]


def test_every_task_is_a_command_that_exists() -> None:
    commands = []
    for task in TASKS:
        assert task["type"] == "process" and task["label"] and task["detail"]
        assert task["command"] == "${workspaceFolder}/.venv/bin/python"
        program, command, *rest = task["args"]
        assert program == "build.py" and command in main.list_commands(None)  # type: ignore[arg-type]
        assert rest in ([], ["${file}"])
        commands.append(command)
    assert commands == ["check", "format", "serve"]
    assert [task["label"] for task in TASKS if task.get("group", {}).get("isDefault")] == [
        "Check the review"
    ]


def test_the_editor_reads_what_the_check_says(review: ReviewFolder) -> None:
    review.edit("records/plan2020.yml", "decision: ongoing", "decision: perhaps")
    review.edit("records/bean2018.yml", "issued: 2018", "issued: 2018-13")
    said = CliRunner().invoke(main, shlex.split(f"--root '{review.root}' check")).output
    (pattern,) = [task["problemMatcher"]["pattern"] for task in TASKS if task["problemMatcher"]]
    found = [match for line in said.splitlines() if (match := re.match(pattern["regexp"], line))]
    places = {
        (each[pattern["file"]], each[pattern["severity"]], each[pattern["code"]]) for each in found
    }
    assert ("records/plan2020.yml", "error", "unknown-value") in places
    assert {file for file, _, _ in places} >= {"records/plan2020.yml", "records/bean2018.yml"}
    assert len(found) == len(re.findall(r"(?:error|warning)\[", said))
    for each in found:
        assert int(each[pattern["line"]]) > 0 and int(each[pattern["column"]]) > 0
        assert each[pattern["message"]]
