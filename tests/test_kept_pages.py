"""What is kept of earlier builds makes a build faster, and no page other than it would be."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest

from evidence_map.figures.picture import as_png
from evidence_map.kept_work import PLACE, KeptWork
from evidence_map.site import record_pages, record_writing, shell, templates
from evidence_map.site.compiled_templates import CompiledTemplates
from evidence_map.site.record_source import RecordSource, digest_of
from tests.random_edits import KINDS, RandomEdits
from tests.reviews import LIGHTHOUSE, built
from tests.test_building import contents

SEED = 20
BUILDS = 3
EDITS = 11
"""How many edits are made before each build."""


class Builds:
    """Builds of one review, each as if in a process of its own."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = folder / "review"
        self.kept = folder / "kept"
        self._site = folder / "site"
        self._patch = patch
        shutil.copytree(LIGHTHOUSE, self.root)

    def site(self, kept: bool = True) -> dict[str, bytes]:
        """Build with what is kept, or without, and return the files of the site."""
        self._patch.setenv(PLACE, str(self.kept) if kept else "off")
        self._patch.setattr(shell, "_LAST", {})
        self._patch.setattr(record_writing, "_PAGES", {})
        self._patch.setattr(templates, "_COMPILED", CompiledTemplates())
        as_png.cache_clear()
        built(self.root, self._site)
        return contents(self._site)


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    return Builds(tmp_path, monkeypatch)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the records whose pages are rendered."""
    keys: list[str] = []
    page = record_pages.RecordPages.page

    def noted(self: record_pages.RecordPages, source: RecordSource) -> object:
        keys.append(source.report.key)
        return page(self, source)

    monkeypatch.setattr(record_pages.RecordPages, "page", noted)
    return keys


def test_after_random_edits_a_build_with_kept_work_is_a_clean_build(builds: Builds) -> None:
    edits = RandomEdits(builds.root, SEED)
    builds.site()
    kinds: set[str] = set()
    for _ in range(BUILDS):
        latest = [edits.edit() for _ in range(EDITS)]
        kinds.update(latest)
        kept, clean = builds.site(), builds.site(kept=False)
        assert kept.keys() == clean.keys(), latest
        assert [file for file in clean if kept[file] != clean[file]] == [], latest
    assert kinds == KINDS.keys()


def test_only_what_changes_is_made_again(
    builds: Builds, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = builds.site()
    assert "example2019" in rendered
    rendered.clear()

    def fail(*given: object) -> None:
        raise AssertionError(given)

    monkeypatch.setattr(shell, "_run_mkdocs", fail)
    assert builds.site() == first
    assert rendered == []

    record = builds.root / "records" / "overview2020.yml"
    record.write_text(record.read_text("utf-8").replace("All about tea", "All of it"), "utf-8")
    builds.site()
    assert rendered == ["overview2020"]


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def cut_off(content: bytes) -> bytes:
    return content[:-10]


def forged(content: bytes) -> bytes:
    return zlib.compress(b'["","","entry","","<script>x</script>"]')


def test_damaged_entries_are_noticed(builds: Builds, rendered: list[str]) -> None:
    first = builds.site()
    number = len(rendered)
    for kind in ("pages", "shell"):
        spoil(builds.kept / f"{kind}.db")
    rendered.clear()
    assert builds.site() == first
    assert len(rendered) == number

    for kind in ("pages", "shell"):
        # With a digest, but no page all the same.
        KeptWork(kind, builds.kept).keep(dict.fromkeys(entries(builds.kept / f"{kind}.db"), b"tea"))
    assert builds.site() == first
    for file in builds.kept.glob("*.db"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert builds.site() == first


def test_other_processes_write_the_same_pages(builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = builds.site(kept=False)
    monkeypatch.setattr(record_writing, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(record_writing, "_PART", 3)
    assert builds.site() == clean
    assert builds.site() == clean
    spoil(builds.kept / "pages.db")
    assert builds.site() == clean


def test_pages_of_other_processes_are_no_written_pages(
    builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However soon they are there: nothing is put into them a second time."""
    clean = builds.site(kept=False)
    monkeypatch.setattr(record_writing, "WORTH_A_PROCESS", 1)
    begin = record_writing.RecordWriting.begin

    def at_once(self: record_writing.RecordWriting) -> None:
        begin(self)
        for work in self._works:
            self._workers.value(work)

    monkeypatch.setattr(record_writing.RecordWriting, "begin", at_once)
    assert builds.site(kept=False) == clean


def entries(file: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(file)) as connection:
        return dict(connection.execute("SELECT key, content FROM work").fetchall())


def spoil(file: Path) -> None:
    """Change all entries of kept work, in three ways, and leave their digests as they are."""
    ways = cycle((flipped, cut_off, forged))
    changed = [
        (spoilt(own), key) for spoilt, (key, own) in zip(ways, entries(file).items(), strict=False)
    ]
    assert changed
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany("UPDATE work SET content = ? WHERE key = ?", changed)


@pytest.mark.parametrize("value", [object(), {"a": Path}, {"a": [{1}, range]}])
def test_what_cannot_be_told_has_no_digest(value: object) -> None:
    with pytest.raises(ValueError, match="serialize"):
        digest_of("", value)


def test_other_values_have_another_digest() -> None:
    values: list[object] = [
        None,
        "",
        "a",
        ["a"],
        [["a"]],
        ["a", None],
        {"a": None},
        {"a": ""},
        1,
        "1",
        1.5,
    ]
    assert len({digest_of("", value) for value in values}) == len(values)
    assert digest_of("", "a") != digest_of("a", "")
