"""The shell is made once for the same pages, and anew for others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from evidence_map.site import shell
from evidence_map.site.shell import build_shell
from tests.reviews import REPOSITORY


class Written:
    """A folder of one written page, and the shell made from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.page = folder / "docs" / "index.md"
        self.page.parent.mkdir()
        self.page.write_text("# Tea\n", "utf-8")
        self.templates = folder / "templates"
        shutil.copytree(REPOSITORY / "site_templates", self.templates)
        self.configuration = folder / "mkdocs.yml"
        self.configuration.write_text(
            "site_name: x\ntheme: {name: material, language: en, font: false}\nplugins: []\n", "utf-8"
        )
        self._made = 0

    def made(self) -> dict[str, bytes]:
        """Make the shell and return its files."""
        self._made += 1
        site = self.folder / f"site{self._made}"
        site.mkdir()
        work = self.folder / f"work{self._made}"
        build_shell([self.configuration], [self.page.parent], self.templates, work, site)
        return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*.*")}


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)


def words(page: bytes) -> str:
    return re.sub("<[^>]*>", "", page.decode("utf-8"))


def test_the_same_pages_are_not_made_again(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written.made()
    assert "Tea" in words(first["index.html"])

    def fail(*given: object) -> None:
        raise AssertionError(given)

    monkeypatch.setattr(shell, "_run_mkdocs", fail)
    assert written.made() == first


def test_whatever_changes_is_seen(written: Written) -> None:
    written.made()
    written.page.write_text("# Milk\n", "utf-8")
    assert "Milk" in words(written.made()["index.html"])

    written.page.rename(written.page.with_name("other.md"))
    changed = written.made()
    assert "Milk" in words(changed["other/index.html"]) and "index.html" not in changed

    main = written.templates / "main.html"
    main.write_text(main.read_text("utf-8").replace("{{ super() }}", "{{ super() }}OURS"), "utf-8")
    assert "OURS" in words(written.made()["other/index.html"])

    text = written.configuration.read_text("utf-8")
    written.configuration.write_text(text.replace("language: en", "language: de"), "utf-8")
    assert b'<html lang="de"' in written.made()["other/index.html"]
