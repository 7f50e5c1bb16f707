"""The workflows “Publish” and “Release”: what is published is the site as it is built."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workflows.conftest import Origin, checked_out
from tests.workflows.runner import Ran, Runner, workflow

Machine = Callable[[str], Runner]

MAIN = {
    "ref": "refs/heads/main",
    "ref_name": "main",
    "repository": "crew/tea-review",
    "run_id": 99,
}
TAG = {
    **MAIN,
    "ref": "refs/tags/v1.0.0",
    "ref_name": "v1.0.0",
    "event": {"repository": {"private": False}},
}
NAME = "tea-review-v1.0.0"
BUILD = "Build the site"
PACK = "Pack the site, the database and the exports"


@pytest.fixture(scope="module")
def published(origin: Origin, tmp_path_factory: pytest.TempPathFactory) -> tuple[Runner, Ran]:
    """The machine that built the site of main, and what became of the job."""
    runner = checked_out(origin, origin.main, tmp_path_factory.mktemp("published"))
    return runner, runner.run("publish", "build", MAIN)


def test_the_site_of_main_is_published(published: tuple[Runner, Ran]) -> None:
    runner, ran = published
    assert set(ran.outcomes.values()) == {"success"}, ran.log
    assert runner.asked("pip") == [
        {"program": "pip", "hashes": True, "requirement": "requirements.lock"}
    ]
    site = ran.artifacts["github-pages"]
    assert (site / "index.html").is_file() and (site / "pagefind").is_dir()
    # Releases are told from the tags of the history.
    assert "v1.0.0" in (site / "changes" / "index.html").read_text("utf-8")
    assert runner.run("publish", "deploy", MAIN).succeeded


def test_a_review_with_an_error_is_not_published(machine: Machine, origin: Origin) -> None:
    runner = machine(origin.main)
    (runner.workspace / "records" / "plan2020.yml").write_text("reference: {title: Half\n")
    ran = runner.run("publish", "build", MAIN)
    assert ran.outcomes[BUILD] == "failure"
    assert ran.artifacts == {}


def test_only_main_is_published(bare_machine: Runner) -> None:
    """By hand the workflow can be started for any branch."""
    ran = bare_machine.run("publish", "build", {**MAIN, "ref": "refs/heads/kettle"})
    assert ran.outcomes == {}


def sums(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_a_release_has_the_site_the_data_and_checksums(
    published: tuple[Runner, Ran], machine: Machine, origin: Origin
) -> None:
    runner = machine(origin.main)
    # “Publish” ran the same command for the same commit; building takes most of the time.
    commands = [
        step["run"]
        for name in ("publish", "release")
        for step in workflow(name)["jobs"]["build"]["steps"]
        if step["name"] == BUILD
    ]
    assert commands == ["python build.py build --out site"] * 2
    shutil.copytree(published[0].workspace / "site", runner.workspace / "site")
    ran = runner.run("release", "build", TAG, done=[BUILD])
    assert set(ran.outcomes.values()) == {"success"}, ran.log
    folder = ran.artifacts["release"]
    files = {f"{NAME}-site.zip", f"{NAME}-data.zip", f"{NAME}.db", f"{NAME}.cdx.json"}
    assert {file.name for file in folder.iterdir()} == {*files, "SHA256SUMS"}
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    assert {line.split("  ")[1]: line.split("  ")[0] for line in lines} == {
        name: digest for name, digest in sums(folder).items() if name in files
    }
    bill = json.loads((folder / f"{NAME}.cdx.json").read_text("utf-8"))
    assert all(component["hashes"] for component in bill["components"])
    with zipfile.ZipFile(folder / f"{NAME}-site.zip") as archive:
        names = archive.namelist()
        assert f"{NAME}-site/index.html" in names and f"{NAME}-site/data/evidence-map.html" in names
    with zipfile.ZipFile(folder / f"{NAME}-data.zip") as archive:
        names = [name.removeprefix(f"{NAME}-data/") for name in archive.namelist()]
        assert {"datapackage.json", "evidence.db", "references.bib", "reports.csv"} <= set(names)
        assert not [name for name in names if name.startswith(("map/", "records/"))]
        database = archive.read(f"{NAME}-data/evidence.db")
    assert database == (folder / f"{NAME}.db").read_bytes()
    with sqlite3.connect(folder / f"{NAME}.db") as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (6,)

    # The same site packed again at another time gives the same bytes.
    before = sums(folder)
    workspace = runner.workspace
    (workspace / f"{NAME}-site").rename(workspace / "site")
    shutil.rmtree(workspace / "release")
    shutil.rmtree(workspace / f"{NAME}-data")
    for file in (workspace / "site").rglob("*"):
        file.touch()
    assert runner.run("release", "build", TAG, only=[PACK]).succeeded
    assert sums(workspace / "release") == before


def lay_ready(runner: Runner) -> Path:
    folder = runner.folder / "artifacts" / "release"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.db").write_bytes(b"tea")
    digest = hashlib.sha256(b"tea").hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  {NAME}.db\n")
    return folder


def test_the_release_is_made_of_what_was_packed(bare_machine: Runner) -> None:
    runner = bare_machine
    lay_ready(runner)
    ran = runner.run("release", "release", TAG)
    assert set(ran.outcomes.values()) == {"success"}, ran.log
    release = runner.asked("gh")[-1]
    assert (release["command"], release["tag"], release["title"]) == ("release", "v1.0.0", "v1.0.0")
    assert release["verify_tag"], "a tag that is not there would be made"
    assert release["files"] == ["release/SHA256SUMS", f"release/{NAME}.db"]


def test_nothing_is_released_that_differs_from_its_checksum(bare_machine: Runner) -> None:
    runner = bare_machine
    (lay_ready(runner) / f"{NAME}.db").write_bytes(b"coffee")
    ran = runner.run("release", "release", TAG)
    assert ran.outcomes["Fetch the archives"] == "failure"
    assert ran.outcomes["Make the release"] == "skipped"


def test_a_private_repository_is_released_without_a_signature(bare_machine: Runner) -> None:
    runner = bare_machine
    lay_ready(runner)
    ran = runner.run("release", "release", {**TAG, "event": {"repository": {"private": True}}})
    assert ran.outcomes["Sign where the archives come from"] == "skipped"
    assert ran.outcomes["Make the release"] == "success"
