"""The hooks of pre-commit: their entries are run as they are written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.folders import ReviewFolder
from tests.reviews import REPOSITORY

Hook = dict[str, Any]

OFFERED: list[Hook] = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
CONFIGURED: list[Hook] = [
    hook
    for repository in yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))[
        "repos"
    ]
    for hook in repository["hooks"]
]
KINDS = ("format", "schema", "check")


def hook(hooks: list[Hook], kind: str) -> Hook:
    (found,) = [each for each in hooks if each["id"] == f"evidence-map-{kind}"]
    return found


def staged(hook: Hook, review: ReviewFolder) -> list[str]:
    """Return the files of the review that pre-commit would hand to the hook."""
    files = [
        file.relative_to(review.root).as_posix() for file in review.root.rglob("*") if file.is_file()
    ]
    return sorted(file for file in files if re.search(hook["files"], file))


def run(hook: Hook, review: ReviewFolder, files: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a hook on *files* as pre-commit does: in the review, with the files behind the entry."""
    entry = shlex.split(hook["entry"])
    if entry[0] == "evidence-map":
        # Where pre-commit installs the package, the command is on the path; here it is the module.
        entry[:1] = [sys.executable, "-m", "evidence_map"]
    else:
        assert entry[:2] == [".venv/bin/python", "build.py"]
        entry[:2] = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(review.root)]
    passed = files if hook.get("pass_filenames", True) else []
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        [*entry, *passed], cwd=review.root, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(params=[OFFERED, CONFIGURED], ids=["offered", "configured"])
def hooks(request: pytest.FixtureRequest) -> list[Hook]:
    """The hooks for other repositories, and those of this one."""
    hooks: list[Hook] = request.param
    return hooks


def test_both_files_have_the_same_hooks(hooks: list[Hook]) -> None:
    assert [each["id"] for each in hooks] == [f"evidence-map-{kind}" for kind in KINDS]
    language = {each["language"] for each in hooks}
    assert language == ({"python"} if hooks is OFFERED else {"system"})
    assert all({"id", "name", "language", "entry", "files"} <= set(each) for each in hooks)


def test_files_are_those_that_the_command_takes(hooks: list[Hook], review: ReviewFolder) -> None:
    records = [f"records/{file.name}" for file in (review.root / "records").iterdir()]
    assert staged(hook(hooks, "format"), review) == sorted(records)
    assert staged(hook(hooks, "schema"), review) == ["synthesis/codebook.yml", "synthesis/protocol.md"]
    checked = staged(hook(hooks, "check"), review)
    assert set(records) < set(checked) and "synthesis/findings/milk-is-rare.md" in checked
    for other in ("docs/records/a.yml", "records/folder/a.yml", "records/a.md"):
        assert not re.search(hook(hooks, "format")["files"], other)


def test_the_layout_is_mended(hooks: list[Hook], review: ReviewFolder) -> None:
    """pre-commit stops a commit in which a hook changed a file, so mending is enough."""
    format, file = hook(hooks, "format"), "records/kettle2021.yml"
    review.write(file, "screening:\n  decision: awaiting\nreference:\n  title: Kettles\n")
    done = run(format, review, [file])
    assert done.returncode == 0 and f"{file}: rewritten" in done.stdout
    assert review.read(file).startswith("reference:")
    assert run(format, review, [file]).stdout == "0 files rewritten.\n"
    review.write(file, "reference: {title: Half\n")
    assert run(format, review, [file]).returncode == 1


def test_the_schemas_are_written_again(hooks: list[Hook], review: ReviewFolder) -> None:
    done = run(hook(hooks, "schema"), review, ["synthesis/codebook.yml"])
    assert done.returncode == 0, done.stderr
    assert (review.root / "schema" / "record.json").is_file()


def test_errors_stop_the_commit(hooks: list[Hook], review: ReviewFolder) -> None:
    check = hook(hooks, "check")
    assert run(check, review, ["records/plan2020.yml"]).returncode == 0
    review.edit("records/plan2020.yml", "decision: ongoing", "decision: perhaps")
    done = run(check, review, ["records/plan2020.yml"])
    assert done.returncode == 1
    assert re.search(r"^records/plan2020\.yml:\d+:\d+: error\[", done.stdout, re.MULTILINE)


def test_the_command_that_is_offered_is_installed_with_the_package() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text("utf-8")
    assert 'evidence-map = "evidence_map.cli:run"' in text
    assert Path(REPOSITORY / "evidence_map" / "__main__.py").is_file()
