"""A commit is laid out in its folder and nowhere else, whatever stands in it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from evidence_map.comparison.revisions import Revision
from evidence_map.comparison.states import StateError, content_names, lay_out, state_in
from evidence_map.history.repository import Repository
from tests.folders import ReviewFolder
from tests.history.repositories import Historic


@pytest.fixture
def historic(review: ReviewFolder) -> Historic:
    found = Historic(review)
    found.begin()
    found.commit("2020-01-01T12:00:00+00:00")
    return found


def git(historic: Historic, *arguments: str, given: bytes = b"") -> str:
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=historic.review.root, input=given, check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def crafted(historic: Historic, *entries: tuple[str, str, bytes]) -> str:
    """Return a commit as git never makes it: records/ holds *entries* (mode, name, content)."""
    listing = b""
    for mode, name, content in entries:
        blob = git(historic, "hash-object", "-w", "--stdin", given=content)
        listing += f"{mode} {name}\0".encode() + bytes.fromhex(blob)
    inner = git(historic, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", given=listing)
    tree = git(historic, "mktree", given=f"040000 tree {inner}\trecords\n".encode())
    person = ("-c", "user.name=Crew", "-c", "user.email=crew@example.org")
    return git(historic, *person, "commit-tree", tree, "-m", "Crafted")


def laid_out(historic: Historic, commit: str, folder: Path) -> Path:
    lay_out(Repository(historic.review.root), commit, folder)
    return folder


def test_a_commit_is_laid_out_as_it_was(historic: Historic, tmp_path: Path) -> None:
    before = content_names(historic.review.root)
    historic.review.edit("records/example2020.yml", "Four", "Five")
    folder = laid_out(historic, "HEAD", tmp_path / "state")
    assert content_names(folder) == before
    assert content_names(folder) != content_names(historic.review.root)
    state = state_in(folder, Revision("HEAD"), tmp_path / "state.db")
    assert state.database and state.checked and state.checked.problems == []


def test_line_ends_are_no_difference(historic: Historic) -> None:
    before = content_names(historic.review.root)
    text = historic.review.read("records/example2020.yml")
    historic.review.write("records/example2020.yml", text.replace("\n", "\r\n").encode())
    assert content_names(historic.review.root) == before


@pytest.mark.parametrize("name", ["..", "../out.yml", "a/../../out.yml", ".git", "/out.yml"])
def test_a_path_that_leads_elsewhere_is_refused(historic: Historic, tmp_path: Path, name: str) -> None:
    commit = crafted(historic, ("100644", name, b"out"))
    with pytest.raises(StateError, match="leads out of its folder"):
        laid_out(historic, commit, tmp_path / "state")
    assert not list(tmp_path.rglob("out.yml"))


def test_nothing_is_written_through_a_link(historic: Historic, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = ("120000", "a", str(outside).encode())
    for below in (("100644", "a/b.yml", b"x"), ("120000", "a/b.yml", b"x")):
        with pytest.raises(StateError, match="another file has its place"):
            laid_out(historic, crafted(historic, link, below), tmp_path / f"state{below[0]}")
    assert list(outside.iterdir()) == []


def test_two_files_of_one_name_are_refused(historic: Historic, tmp_path: Path) -> None:
    commit = crafted(historic, ("100644", "a.yml", b"1"), ("100644", "a.yml", b"2"))
    with pytest.raises(StateError, match="another file has its place"):
        laid_out(historic, commit, tmp_path / "state")


def test_a_large_file_is_not_read_but_refused_by_the_check(historic: Historic, tmp_path: Path) -> None:
    historic.review.write("records/large2020.yml", b"#" * 1_500_000)
    historic.commit("2020-02-01T12:00:00+00:00")
    folder = laid_out(historic, "HEAD", tmp_path / "state")
    assert (folder / "records/large2020.yml").stat().st_size == 1_500_000
    state = state_in(folder, Revision("HEAD"), tmp_path / "state.db")
    assert state.database is None and state.checked
    assert [problem.code for problem in state.checked.problems] == ["file-too-large"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_within_the_review_leads_where_it_led(historic: Historic, tmp_path: Path) -> None:
    root = historic.review.root
    (root / "texts").mkdir()
    (root / "synthesis/protocol.md").rename(root / "texts/protocol.md")
    (root / "synthesis/protocol.md").symlink_to("../texts/protocol.md")
    historic.review.write("texts/other.md", "not asked for")
    (root / "synthesis/findings").rename(root / "statements")
    (root / "synthesis/findings").symlink_to("../statements")
    historic.commit("2020-02-01T12:00:00+00:00")
    folder = laid_out(historic, "HEAD", tmp_path / "state")
    state = state_in(folder, Revision("HEAD"), tmp_path / "state.db")
    assert state.database and state.checked and state.checked.review
    assert len(state.checked.review.findings) == 3
    assert not (folder / "texts/other.md").exists()


def test_other_repositories_within_are_empty_folders(historic: Historic, tmp_path: Path) -> None:
    commit = git(historic, "rev-parse", "HEAD")
    git(historic, "update-index", "--add", "--cacheinfo", f"160000,{commit},records/other")
    historic.git("commit", "--quiet", "--message", "Another repository")
    folder = laid_out(historic, "HEAD", tmp_path / "state")
    assert (folder / "records/other").is_dir()
