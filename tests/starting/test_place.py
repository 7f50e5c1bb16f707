"""Where a review may be made; that it comes whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from evidence_map.publishing import MARK
from evidence_map.starting.place import PlaceError, checked_place, making


def test_an_absent_an_empty_and_a_new_repository_s_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "cloned" / ".git").mkdir(parents=True)
    for name in ("absent", "empty", "cloned", "حديقة", "two words", "index"):
        assert checked_place(tmp_path / name) == tmp_path / name


@pytest.mark.parametrize(
    "name",
    ["con", "AUX", "nul.txt", "LPT1", "what?", "a:b", "a*b", 'a"b', "a<b", "a|b", "a\\b", "dot.",
     "space ", "line\nbreak", "bell\x07", "turned\u202e", "~", "\udcff"],
)  # fmt: skip
def test_names_that_fail_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PlaceError):
        checked_place(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "loop").symlink_to("loop")
    for name, words in (
        ("file", "is a file"),
        ("full", "is not empty: it holds “mine.txt”"),
        ("loop", "leads to itself"),
        ("no/where", "there is no folder"),
        ("file/below", "there is no folder"),
    ):
        with pytest.raises(PlaceError, match=re.escape(words)):
            checked_place(tmp_path / name)


def test_a_review_is_not_made_inside_another_or_inside_a_site(tmp_path: Path) -> None:
    for name in ("old/records", "old/synthesis", "site/pages", "other/.git/hooks"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "site" / MARK).touch()
    for name, words in (
        ("old/new", f"lies inside another review, {tmp_path / 'old'}; choose a folder beside it"),
        ("old/records/new", "lies inside another review"),
        ("site/pages/new", "lies inside a built site"),
        ("other/.git/hooks/new", "lies in .git/"),
        ("other/.git", "belongs to another program"),
    ):
        with pytest.raises(PlaceError, match=re.escape(words)):
            checked_place(tmp_path / name)


@pytest.mark.parametrize("is_there", [False, True])
def test_everything_comes_into_its_place(tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "gardens"
    if is_there:
        (folder / ".git").mkdir(parents=True)
        (folder / ".evidence-map-init-0123abcd").mkdir()
    with making(folder) as work:
        (work / "records").mkdir()
        (work / "records" / "a.yml").write_text("a")
        (work / ".hidden").write_text("h")
        assert not (folder / "records").exists()
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*")}
    assert found == {"records", "records/a.yml", ".hidden"} | ({".git"} if is_there else set())
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, is_there: bool, error: type[BaseException]
) -> None:
    folder = tmp_path / "gardens"
    if is_there:
        (folder / ".git").mkdir(parents=True)
    with pytest.raises(error), making(folder) as work:
        (work / "half").write_text("half")
        raise error
    assert [file.name for file in tmp_path.rglob("*")] == (["gardens", ".git"] if is_there else [])


@pytest.mark.parametrize("moves", range(4))
def test_an_interruption_while_things_are_moved_takes_them_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    folder = tmp_path / "gardens"
    (folder / ".git").mkdir(parents=True)
    renamed: list[Path] = []
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if len(renamed) == moves:
            renamed.append(self)
            raise KeyboardInterrupt
        renamed.append(self)
        return rename(self, target)

    with pytest.raises(KeyboardInterrupt), making(folder) as work:
        for name in ("one", "two", "three", "four"):
            (work / name).write_text(name)
        monkeypatch.setattr(Path, "rename", interrupted)
    assert [file.name for file in folder.rglob("*")] == [".git"]


def test_what_comes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    absent, there = tmp_path / "absent", tmp_path / "there"
    there.mkdir()
    for folder in (absent, there):
        with pytest.raises(PlaceError, match="meanwhile; nothing was made"), making(folder) as work:
            (work / "new").write_text("new")
            folder.mkdir(exist_ok=True)
            (folder / "mine").write_text("mine")
        assert [file.name for file in folder.iterdir()] == ["mine"]


@pytest.mark.skipif(os.name == "nt", reason="folders have no modes there")
def test_others_may_read_the_new_folder_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    with making(tmp_path / "gardens") as work:
        (work / "x").write_text("x")
    assert (tmp_path / "gardens").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(PermissionError), making(tmp_path / "gardens"):
        raise AssertionError("nothing can be made here")
