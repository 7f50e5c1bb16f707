"""The folders of a review are read whole: strange names, links and kinds of file are told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from evidence_map.checking import check
from evidence_map.loading import load_review
from evidence_map.review_files import printable_path
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE, record_keys


def told(review: ReviewFolder) -> list[tuple[str, str]]:
    return [(str(problem.path), problem.code) for problem in review.check()]


def test_everything_of_the_invented_review_is_loaded() -> None:
    review, problems = load_review(LIGHTHOUSE)
    assert problems == [] and review is not None
    assert set(review.records) == record_keys(LIGHTHOUSE)
    assert set(review.findings) == {"company-matters", "milk-is-rare", "strength-divides"}
    assert review.findings["company-matters"].text.startswith("Two crews agree")
    assert set(review.studies) == {"beacon"} and set(review.tools) == {"three-questions", "two-brews"}
    assert set(review.maps) == {"topic-by-crew", "topic-by-country", "kinds"}
    assert review.studies["beacon"].at("label").line == 3
    assert review.tools["three-questions"].at("name").line == 3


def test_the_digest_names_the_content(review: ReviewFolder) -> None:
    first, _ = load_review(review.root)
    again, _ = load_review(LIGHTHOUSE)
    review.edit("records/plan2020.yml", "issued: 2020", "issued: 2021")
    changed, _ = load_review(review.root)
    assert first is not None and again is not None and changed is not None
    assert first.digest == again.digest != changed.digest


@pytest.mark.parametrize(
    "name",
    [
        "Hill 2023.yml",
        "HILL2023.yml",
        "hill..yml",
        "hill_2023.yml",
        "-hill.yml",
        "2023hill.yml",
        "é.yml",
        "con.yml",
        "index.yml",
        "a\nb.yml",
        "a" * 65 + ".yml",
        "hill2023.YML",
        "hill2023.yaml",
        "..yml.yml",
    ],
)
def test_names_that_cannot_be_citation_keys_are_told(review: ReviewFolder, name: str) -> None:
    (review.root / "records" / name).write_text("reference: x\n")
    if name.startswith("."):
        assert told(review) == []  # hidden files are nobody's records
    else:
        assert told(review) == [(f"records/{name}", "bad-file-name")]


def test_a_file_name_that_is_no_text_is_told(review: ReviewFolder) -> None:
    name = os.fsencode(review.root / "records") + b"/caf\xe9.yml"
    Path(os.fsdecode(name)).write_text("reference: x\n")
    assert told(review) == [("records/caf�.yml", "bad-file-name")]
    assert printable_path(Path(os.fsdecode(b"caf\xe9.yml"))).name == "caf�.yml"


def test_names_that_differ_in_case_only_are_told_whatever_bytes_they_are_of(
    review: ReviewFolder,
) -> None:
    for name in (b"caf\xe9.yml", b"CAF\xe9.yml"):
        Path(os.fsdecode(os.fsencode(review.root / "records") + b"/" + name)).write_text("x: y\n")
    assert ("records/caf�.yml", "file-name-clash") in told(review)


@pytest.mark.parametrize(
    "place", ["records/evil2020.yml", "synthesis/findings/evil.md", "synthesis/searches.yml"]
)
def test_a_link_out_of_the_review_is_not_followed(review: ReviewFolder, place: str) -> None:
    secret = review.root.parent / "secret"
    secret.write_text("password: hunter2\n")
    (review.root / place).unlink(missing_ok=True)
    (review.root / place).symlink_to(secret)
    problems = review.check()
    assert (place, "link-outside") in [(str(p.path), p.code) for p in problems]
    assert not any("hunter2" in p.message + p.hint for p in problems)


@pytest.mark.parametrize("folder", ["records", "synthesis/findings"])
def test_a_folder_that_is_a_link_out_of_the_review_is_not_followed(
    review: ReviewFolder, folder: str
) -> None:
    (review.root / folder).rename(review.root.parent / "elsewhere")
    (review.root / folder).symlink_to(review.root.parent / "elsewhere")
    assert (folder, "link-outside") in told(review)


def test_a_link_from_record_to_record_is_refused(review: ReviewFolder) -> None:
    """Followed, it would count one paper twice."""
    (review.root / "records" / "other2020.yml").symlink_to("plan2020.yml")
    assert told(review) == [("records/other2020.yml", "misplaced-file")]


def test_a_link_within_the_synthesis_is_followed(review: ReviewFolder) -> None:
    maps = review.root / "synthesis" / "maps.yml"
    maps.rename(review.root / "maps-elsewhere.yml")
    maps.symlink_to("../maps-elsewhere.yml")
    assert told(review) == []


@pytest.mark.parametrize("place", ["records/loop2020.yml", "synthesis/maps.yml", "synthesis/findings"])
def test_links_in_a_circle_are_told(review: ReviewFolder, place: str) -> None:
    target = review.root / place
    if target.exists():
        target.rename(review.root.parent / "kept")
    target.symlink_to("round-again")
    target.with_name("round-again").symlink_to(target.name)
    codes = dict(told(review))
    assert codes[place] == "unreadable-file"


@pytest.mark.parametrize(
    "place", ["records/pipe2020.yml", "synthesis/maps.yml", "synthesis/protocol.md"]
)
def test_a_pipe_is_told_and_never_waited_for(review: ReviewFolder, place: str) -> None:
    (review.root / place).unlink(missing_ok=True)
    os.mkfifo(review.root / place)
    assert (place, "unreadable-file") in told(review)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("records/folder2020.yml", "misplaced-file"),
        ("synthesis/maps.yml", "unreadable-file"),
        ("synthesis/codebook.yml", "unreadable-file"),
        ("synthesis/findings/a.md", "misplaced-file"),
    ],
)
def test_a_folder_named_like_a_file_is_told(review: ReviewFolder, place: str, code: str) -> None:
    (review.root / place).unlink(missing_ok=True)
    (review.root / place).mkdir()
    assert (place, code) in told(review)


@pytest.mark.parametrize("place", ["records", "synthesis", "synthesis/findings"])
def test_a_file_named_like_a_folder_is_told(review: ReviewFolder, place: str) -> None:
    (review.root / place).rename(review.root.parent / "kept")
    (review.root / place).write_text("x")
    assert (place, "unreadable-file") in told(review)


def test_a_file_without_read_permission_is_told(
    review: ReviewFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def guarded(path: object, *rest: object, **named: object) -> int:
        if str(path).endswith("plan2020.yml"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", guarded)  # the tests may run as root, whom nothing is forbidden
    assert told(review) == [("records/plan2020.yml", "unreadable-file")]


def test_a_folder_without_read_permission_is_told(
    review: ReviewFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", forbidden)
    assert ("records", "unreadable-file") in told(review)


@pytest.mark.parametrize("name", ["records", "synthesis/protocol.md", "synthesis/codebook.yml"])
def test_what_every_review_needs_is_missed(review: ReviewFolder, name: str) -> None:
    (review.root / name).rename(review.root.parent / "kept")
    assert (name, "missing-file") in told(review)


def test_an_empty_folder_of_records_is_a_review_that_begins(review: ReviewFolder) -> None:
    for file in (review.root / "records").iterdir():
        file.unlink()
    shutil.rmtree(review.root / "synthesis/findings")
    (review.root / "synthesis/studies.yml").unlink()
    (review.root / "synthesis/searches.yml").unlink()
    result = check(review.root)
    assert result.passes and result.problems == []


def test_notes_for_people_and_hidden_files_are_left_alone(review: ReviewFolder) -> None:
    for name in (
        "records/README.md",
        "records/.hidden",
        "synthesis/findings/README.md",
        "synthesis/notes.md",
    ):
        (review.root / name).write_text("Read me.")
    assert told(review) == []
