"""The command ``diff``: which states it finds, what it says when it cannot, and what it leaves alone."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_map.cli import main
from tests.folders import ReviewFolder
from tests.history.repositories import Historic
from tests.reviews import LIGHTHOUSE

SHORT = "records/example2020.yml"


@pytest.fixture
def historic(review: ReviewFolder) -> Historic:
    """The small review with one commit, tagged v1."""
    found = Historic(review)
    found.begin()
    found.commit("2020-01-01T12:00:00+00:00")
    found.tag("v1", "2020-01-01T12:00:00+00:00")
    return found


def diff(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "diff", *arguments])


def told(root: Path, *arguments: str) -> dict[str, object]:
    result = diff(root, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_nothing_changes(historic: Historic) -> None:
    result = diff(historic.review.root, "v1")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Nothing changes on the map."
    assert told(historic.review.root, "v1", "main")["summary"] == "Nothing changes on the map."


def test_layout_and_comments_change_nothing(historic: Historic) -> None:
    historic.review.write(SHORT, "# A comment\n" + historic.review.read(SHORT))
    result = diff(historic.review.root, "v1")
    assert result.stdout.startswith("Nothing changes on the map.")
    assert "1 file differs in what is not published" in result.stdout
    assert f"`{SHORT}`" in result.stdout


def test_without_head_it_is_the_folder_as_it_stands(historic: Historic) -> None:
    historic.review.edit(SHORT, "Four cups", "Five cups")
    result = diff(historic.review.root, "HEAD")
    assert result.stdout.startswith("1 paper changed; ")
    assert "Four cups a night" in result.stdout and "Five cups a night" in result.stdout
    assert "the working folder" in result.stdout
    assert diff(historic.review.root, "HEAD", "main").stdout.startswith("Nothing changes")


def test_the_working_folder_is_not_touched(historic: Historic) -> None:
    historic.review.edit(SHORT, "Four cups", "Five cups")
    historic.review.write("records/untracked.txt", "A note")
    root = historic.review.root
    before = {file: file.stat().st_mtime_ns for file in root.rglob("*") if ".git" not in file.parts}
    status = historic.git("status", "--porcelain", "--branch")
    diff(root, "v1", "main")
    assert historic.git("status", "--porcelain", "--branch") == status
    after = {file: file.stat().st_mtime_ns for file in root.rglob("*") if ".git" not in file.parts}
    assert after == before


def test_what_base_gained_meanwhile_is_left_out_if_asked(historic: Historic) -> None:
    root = historic.review.root
    historic.git("checkout", "--quiet", "-b", "proposal")
    historic.review.edit(SHORT, "Four cups", "Five cups")
    historic.commit("2020-02-01T12:00:00+00:00")
    historic.git("checkout", "--quiet", "main")
    (root / "records/bean2018.yml").unlink()
    historic.commit("2020-02-02T12:00:00+00:00")
    plain = diff(root, "main", "proposal")
    assert plain.stdout.startswith("1 paper added and 1 paper changed")
    assert "looks removed here. With --merge-base" in plain.stdout
    parted = diff(root, "main", "proposal", "--merge-base")
    assert parted.stdout.startswith("1 paper changed; ")
    assert "looks removed" not in parted.stdout


def test_a_review_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    whole = Historic(ReviewFolder(tmp_path / "whole"))
    shutil.copytree(
        LIGHTHOUSE, whole.review.root / "reviews/tea", ignore=shutil.ignore_patterns("build")
    )
    whole.review.write("records/other.yml", "This is another review's.")
    whole.begin()
    whole.commit("2020-01-01T12:00:00+00:00")
    inner = ReviewFolder(whole.review.root / "reviews/tea")
    inner.edit(SHORT, "Four cups", "Five cups")
    whole.commit("2020-02-01T12:00:00+00:00")
    assert diff(inner.root, "HEAD~1", "HEAD").stdout.startswith("1 paper changed; ")


def test_before_there_was_a_review_everything_is_added(tmp_path: Path) -> None:
    shutil.copytree(LIGHTHOUSE, tmp_path / "new", ignore=shutil.ignore_patterns("build"))
    historic = Historic(ReviewFolder(tmp_path / "new"))
    historic.begin()
    historic.git("commit", "--quiet", "--allow-empty", "--message", "Begin")
    found = told(tmp_path / "new", "HEAD")
    records = found["records"]
    assert isinstance(records, list)
    assert {each["what"] for each in records} == {"added"} and len(records) == 6
    assert found["base"] == {
        **dict.fromkeys(("records", "errors", "warnings"), 0),
        "name": "HEAD",
        "commit": historic.git("rev-parse", "HEAD").strip(),
        "has_review": False,
    }
    assert "so everything is added" in diff(tmp_path / "new", "HEAD").stdout


def test_with_errors_the_problems_and_the_files_are_told(historic: Historic) -> None:
    historic.review.edit(SHORT, "decision: included", "decision: perhaps")
    historic.review.edit("synthesis/studies.yml", "label: BEACON", "label: BEACONS")
    result = diff(historic.review.root, "v1")
    assert result.exit_code == 1
    first = result.stdout.splitlines()[0]
    assert first == (
        "What changes on the map cannot be told: the working folder has 1 error; 2 files differ."
    )
    assert f"`{SHORT}:" in result.stdout and "`synthesis/studies.yml`" in result.stdout
    backwards = diff(historic.review.root, "v1", "main")
    assert backwards.exit_code == 0
    historic.commit("2020-02-01T12:00:00+00:00")
    mended = diff(historic.review.root, "main", "v1")
    assert mended.exit_code == 1 and "There is no error in v1" in mended.stdout
    assert "Traceback" not in result.output + mended.output


def test_it_is_written_to_a_file(historic: Historic, tmp_path: Path) -> None:
    historic.review.edit(SHORT, "Four cups", "Five cups")
    root = historic.review.root
    result = diff(root, "v1", "--format", "html", "-o", str(tmp_path / "changes.html"))
    assert result.stdout == ""
    assert "Written to" in result.stderr and "1 paper changed" in result.stderr
    assert (tmp_path / "changes.html").read_text("utf-8").startswith("<!doctype html>")
    inside = diff(root, "v1", "-o", str(root / "records/changes.md"))
    assert inside.exit_code == 2 and "lies in records/" in inside.output


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//example.org", "https://", "https://a b/", "https://e.org/)x"]
)
def test_a_preview_has_an_address(historic: Historic, address: str) -> None:
    result = diff(historic.review.root, "v1", "--preview", address)
    assert result.exit_code == 2 and "https://example.org/preview/" in result.output


def one_line(result: Result, *words: str) -> None:
    """Insist on a message of one line for people."""
    assert result.exit_code == 1
    lines = result.output.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith("error: "), result.output
    for word in words:
        assert word in lines[0]


def test_a_folder_without_history(review: ReviewFolder) -> None:
    one_line(diff(review.root, "main"), "lies in no git repository")


def test_a_machine_without_git(historic: Historic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    one_line(diff(historic.review.root, "v1"), "git is needed and cannot be found")


@pytest.mark.parametrize("name", ["mian", "--upload-pack=x", "-x"])
def test_a_mistyped_branch_gets_the_nearest(historic: Historic, name: str) -> None:
    result = diff(historic.review.root, "--", name)
    one_line(result, f"there is no commit, branch or tag “{name}”")
    if name == "mian":
        one_line(result, "Did you mean “main”?")


def test_a_range_in_one_word_is_explained(historic: Historic) -> None:
    one_line(diff(historic.review.root, "v1..main"), "write the two apart")


def test_a_shortened_copy_says_how_to_get_the_rest(historic: Historic, tmp_path: Path) -> None:
    first = historic.git("rev-parse", "HEAD").strip()
    historic.review.edit(SHORT, "Four cups", "Five cups")
    historic.commit("2020-02-01T12:00:00+00:00")
    copy = tmp_path / "copy"
    historic.git("clone", "--quiet", "--depth", "1", f"file://{historic.review.root}", str(copy))
    one_line(diff(copy, first), "git fetch --unshallow", "fetch-depth: 0")
    assert diff(copy, "HEAD").exit_code == 0


def test_histories_without_a_common_commit(historic: Historic) -> None:
    historic.git("checkout", "--quiet", "--orphan", "other")
    historic.commit("2020-02-01T12:00:00+00:00")
    result = diff(historic.review.root, "v1", "other", "--merge-base")
    one_line(result, "have no commit in common")
    assert diff(historic.review.root, "v1", "other").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_review_is_never_followed(historic: Historic, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("reference: {title: A secret}\n", "utf-8")
    (historic.review.root / "records/link2020.yml").symlink_to(secret)
    historic.commit("2020-02-01T12:00:00+00:00")
    result = diff(historic.review.root, "v1", "main")
    assert result.exit_code == 1
    assert "link-outside" in result.stdout and "secret" not in result.stdout
