"""Whole or not at all: the site is exchanged in one step, whatever happens."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from evidence_map import publishing
from evidence_map.publishing import MARK, PublishingError, check_target, replacing
from tests.killed_builds import builder
from tests.reviews import LIGHTHOUSE, REPOSITORY


def site_with(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_text(text, "utf-8")
    (folder / MARK).write_text("page.html", "utf-8")


def test_the_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for text in ("first", "second"):
        with replacing(target) as new:
            site_with(new, text)
        assert (target / "page.html").read_text("utf-8") == text
    assert [
        path.name for path in tmp_path.iterdir() if "-new-" in path.name or "-old-" in path.name
    ] == []


def test_an_error_while_building_leaves_the_old_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with replacing(target) as new:
        site_with(new, "first")
    with pytest.raises(RuntimeError), replacing(target) as new:
        site_with(new, "second")
        raise RuntimeError
    assert (target / "page.html").read_text("utf-8") == "first"


def test_without_an_exchange_in_one_step_the_site_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_swap", lambda first, second: False)
    target = tmp_path / "site"
    for text in ("first", "second"):
        with replacing(target) as new:
            site_with(new, text)
    assert (target / "page.html").read_text("utf-8") == "second"


def test_a_site_left_aside_by_an_interrupted_exchange_comes_back(tmp_path: Path) -> None:
    site_with(tmp_path / ".site-old-0123abcd", "first")
    site_with(tmp_path / ".site-new-0123abcd", "half")
    with pytest.raises(RuntimeError), replacing(tmp_path / "site"):
        raise RuntimeError
    assert (tmp_path / "site" / "page.html").read_text("utf-8") == "first"
    assert not (tmp_path / ".site-new-0123abcd").exists()


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with (
        replacing(tmp_path / "site") as new,
        pytest.raises(PublishingError, match="another build"),
        replacing(tmp_path / "site"),
    ):
        site_with(new, "x")


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "thesis"
    precious.mkdir()
    (precious / "chapter.txt").write_text("years of work", "utf-8")
    with pytest.raises(PublishingError, match="which was not made by this program"):
        check_target(precious, tmp_path / "review")
    (tmp_path / "review" / "records").mkdir(parents=True)
    (tmp_path / "review" / "synthesis").mkdir()
    for target in (tmp_path / "review", tmp_path, tmp_path / "review" / "records" / "x"):
        with pytest.raises(PublishingError):
            check_target(target, tmp_path / "review")
    (tmp_path / "link").symlink_to(precious)
    with pytest.raises(PublishingError, match="not a folder"):
        check_target(tmp_path / "link", tmp_path / "review")


@pytest.mark.parametrize("name", ["CNAME", "data/thesis.txt", ".git/HEAD"])
def test_what_was_added_to_a_site_by_hand_is_never_deleted(name: str, tmp_path: Path) -> None:
    with replacing(tmp_path / "site") as new:
        site_with(new, "first")
        (new / "data").mkdir()
    check_target(tmp_path / "site", tmp_path / "review")
    added = tmp_path / "site" / name
    added.parent.mkdir(exist_ok=True)
    added.write_text("years of work", "utf-8")
    with pytest.raises(PublishingError, match=f"“{name}”, which was not made by this program"):
        check_target(tmp_path / "site", tmp_path / "review")


@pytest.mark.parametrize("name", [".site-old-photos", ".site-new-plans", ".a-new-0123abcd"])
def test_folders_of_others_beside_the_site_are_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    for target in ("site", "*"):
        with replacing(tmp_path / target) as new:
            site_with(new, "x")
    assert (tmp_path / name).is_dir()


def test_places_where_no_site_belongs_are_refused(tmp_path: Path) -> None:
    with replacing(tmp_path / "site") as new:
        site_with(new, "first")
    (tmp_path / "other" / "synthesis").mkdir(parents=True)
    for target in ("site/inner", ".git/x", ".venv/x", "other/records/x", "~/x"):
        with pytest.raises(PublishingError):
            check_target(tmp_path / target, tmp_path / "review")


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new(tmp_path: Path) -> None:
    """Builds are killed all along their way, alternating between two versions of a record."""
    root, site = tmp_path / "review", tmp_path / "site"
    shutil.copytree(LIGHTHOUSE, root)
    record = root / "records" / "example2020.yml"
    first = record.read_text("utf-8")
    texts = [first, first.replace("Four cups", "Five cups")]
    with builder(root, site) as program:
        whole = []
        for text in texts:
            record.write_text(text, "utf-8")
            course = program.build()
            whole.append(fingerprint(site))
        assert whole[0] != whole[1]
        chance = random.Random(20261121)
        sure = [
            *(partial(program.kill_at_event, course.events * n // 9) for n in range(1, 9)),
            *(partial(program.kill_behind_exchange, n) for n in (0, 1, 2, 3, 100)),
        ]
        some = [partial(program.kill_after, course.seconds * chance.random()) for _ in range(7)]
        met = set()
        for number, kill in enumerate(sure + some):
            record.write_text(texts[number % 2], "utf-8")
            assert kill() or number >= len(sure), f"build {number} ended before it was to be killed"
            shown = fingerprint(site)
            assert shown in whole, f"a mixed site after kill {number}"
            met.add((number % 2, whole.index(shown)))
        assert met >= {(0, 0), (0, 1)}, "all kills fall before the exchange, or all behind it"
        program.build()
        assert fingerprint(site) in whole
    assert [path.name for path in tmp_path.iterdir() if "-new-" in path.name] == []


def fingerprint(folder: Path) -> int:
    """Return a number for all names and contents of a folder."""
    return hash(
        tuple(
            (str(file.relative_to(folder)), file.read_bytes())
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        )
    )


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs to mount a small disk")
@pytest.mark.parametrize("kilobytes", [200, 800, 1400, 1700])
def test_a_full_disk_leaves_the_old_site(kilobytes: int, tmp_path: Path) -> None:
    """The disk is full while the shell, the database or the pages are written."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = f"size={kilobytes}k"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a disk")
    try:
        site_with(disk / "site", "the old site")
        build_py, target = str(REPOSITORY / "build.py"), str(disk / "site")
        result = subprocess.run(
            [sys.executable, build_py, "--root", str(LIGHTHOUSE), "--out", target],
            capture_output=True,
            text=True,
        )
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert "the disk is full" in result.stderr
        assert (disk / "site" / "page.html").read_text("utf-8") == "the old site"
    finally:
        subprocess.run(["umount", str(disk)], check=True)
