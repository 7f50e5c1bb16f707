"""Folders of unfinished work are removed whole, and nothing that they lead to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidence_map import unfinished
from evidence_map.unfinished import remove_folder


@pytest.fixture(params=["few", "many"])
def large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "many":
        monkeypatch.setattr(unfinished, "_LARGE", 3)


@pytest.mark.usefixtures("large")
def test_a_folder_is_removed_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    for number in range(10):
        (folder / "site" / "records" / str(number) / "below").mkdir(parents=True)
        (folder / "site" / "records" / str(number) / "below" / "page.html").write_text("tea")
        (folder / "site" / f"{number}.txt").write_text("tea")
    remove_folder(folder)
    assert not folder.exists()


@pytest.mark.usefixtures("large")
def test_what_a_link_leads_to_stays(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    for number in range(10):
        (theirs / str(number)).mkdir(parents=True)
        (theirs / str(number) / "letter.txt").write_text("tea")
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "link").symlink_to(theirs)
    remove_folder(folder)
    link = tmp_path / ".site-new-01234567"
    link.symlink_to(theirs)
    remove_folder(link)
    assert not folder.exists()
    assert len(list(theirs.glob("*/letter.txt"))) == 10


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may remove anything")
def test_what_cannot_be_removed_stays_without_a_word(tmp_path: Path) -> None:
    held = tmp_path / "work" / "held"
    held.mkdir(parents=True)
    (held / "page.html").write_text("tea")
    held.chmod(0o500)
    remove_folder(tmp_path / "work")
    assert (held / "page.html").exists()
    held.chmod(0o700)
