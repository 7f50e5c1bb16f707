"""Work kept between builds, citations above all: the same as new, and never in the way of a build."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from evidence_map import kept_work
from evidence_map.exports import citations
from evidence_map.exports.citation_styles import STYLES, Citation
from evidence_map.exports.citations import faults, formatted_citations
from evidence_map.kept_work import (
    KEPT_DAYS,
    PLACE,
    KeptWork,
    folder_digest,
    installed,
    kept_folder,
    key_of,
)
from evidence_map.packages import packages
from evidence_map.processes import Workers
from evidence_map.site.evidence import Report
from tests.exports.reports import person, report
from tests.folders import ReviewFolder
from tests.reviews import built

MADE = "evidence_map.exports.citations.cite"


@pytest.fixture
def reports() -> list[Report]:
    return [
        report("lamp2020", [person("Lamp", given="Ann")], title="Tea", issued="2020"),
        report("muster2021", [person("Muster", given="Bo")], title="Milk", issued="2021"),
    ]


@pytest.fixture
def kept(tmp_path: Path) -> KeptWork:
    return KeptWork("citations", tmp_path / "build" / "cache")


def file_of(kept: KeptWork) -> Path:
    assert kept.file is not None
    return kept.file


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail where a citation is made."""

    def made(wanted: object) -> Citation:
        raise AssertionError("a citation was made anew")

    monkeypatch.setattr(MADE, made)


def test_what_is_held_is_told_without_reading_it(tmp_path: Path) -> None:
    kept = KeptWork("tea", tmp_path)
    assert kept.held(["a"]) == set()
    kept.keep({"a": b"1", "b": b"2"})
    assert kept.held(["a", "c"]) == {"a"}
    assert KeptWork("tea", None).held(["a"]) == set()
    file_of(kept).write_bytes(b"tea" * 2_000)
    assert kept.held(["a"]) == set()


def test_kept_citations_are_those_that_were_made(
    reports: list[Report], kept: KeptWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = formatted_citations(reports)
    assert formatted_citations(reports, kept) == without
    forbid(monkeypatch)
    assert formatted_citations(reports, kept) == without
    assert [citation.style for citation in without["lamp2020"]] == list(STYLES)
    assert faults(without) == []


def test_a_change_of_the_record_asks_for_a_new_citation(kept: KeptWork) -> None:
    lamp = [person("Lamp", given="Ann")]
    formatted_citations([report("lamp2020", lamp, title="Tea", issued="2020")], kept)
    changed = formatted_citations([report("lamp2020", lamp, title="Tee", issued="2020")], kept)
    assert "Tee" in changed["lamp2020"][0].html
    cut = formatted_citations(
        [report("lamp2020", lamp, title="Tea", issued="2020", authors_complete=0)], kept
    )
    assert "et al" in cut["lamp2020"][0].html


def test_a_change_of_the_program_asks_for_new_citations(
    reports: list[Report], kept: KeptWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    formatted_citations(reports, kept)
    monkeypatch.setattr(citations, "program_digest", lambda: "another")
    forbid(monkeypatch)
    with pytest.raises(AssertionError, match="made anew"):
        formatted_citations(reports, kept)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 500])
def test_a_damaged_cache_is_made_anew(
    reports: list[Report], kept: KeptWork, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(kept).parent.mkdir(parents=True)
    file_of(kept).write_bytes(content)
    without = formatted_citations(reports)
    assert formatted_citations(reports, kept) == without
    formatted_citations(reports, kept)
    forbid(monkeypatch)
    assert formatted_citations(reports, kept) == without


def test_a_cache_damaged_in_the_middle_is_made_anew(reports: list[Report], kept: KeptWork) -> None:
    without = formatted_citations(reports, kept)
    whole = file_of(kept).read_bytes()
    for start in range(0, len(whole), 512):
        file_of(kept).write_bytes(whole[:start] + b"\xa5" * 512 + whole[start + 512 :])
        assert formatted_citations(reports, kept) == without


def test_an_entry_that_was_changed_is_not_believed(reports: list[Report], kept: KeptWork) -> None:
    without = formatted_citations(reports, kept)
    with closing(sqlite3.connect(file_of(kept))) as connection, connection:
        connection.execute("UPDATE work SET content = ?", (b'[["apa", "Somebody else. 1900.", ""]]',))
    assert formatted_citations(reports, kept) == without


def test_a_table_of_another_form_does_no_harm(reports: list[Report], kept: KeptWork) -> None:
    file_of(kept).parent.mkdir(parents=True)
    with closing(sqlite3.connect(file_of(kept))) as connection, connection:
        connection.execute("CREATE TABLE work (key TEXT)")
    assert formatted_citations(reports, kept) == formatted_citations(reports)


def test_a_locked_cache_is_done_without(
    reports: list[Report], kept: KeptWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = formatted_citations(reports, kept)
    monkeypatch.setattr(kept_work, "_PATIENCE", 0.05)
    with closing(sqlite3.connect(file_of(kept))) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert formatted_citations(reports, kept) == without


def test_a_folder_that_cannot_be_made_is_done_without(reports: list[Report], tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file where the folder should be", "utf-8")
    kept = KeptWork("citations", tmp_path / "build" / "cache")
    assert formatted_citations(reports, kept) == formatted_citations(reports)
    in_the_way = KeptWork("citations", tmp_path / "build")
    assert formatted_citations(reports, in_the_way) == formatted_citations(reports)


def test_old_entries_are_dropped_and_used_ones_stay(
    reports: list[Report], kept: KeptWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    formatted_citations(reports, kept)
    later = time.time() + (KEPT_DAYS - 1) * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    formatted_citations(reports[:1], kept)
    monkeypatch.setattr(time, "time", lambda: later + 3 * 86_400)
    formatted_citations(reports[:1], kept)
    with closing(sqlite3.connect(file_of(kept))) as connection:
        ((content,),) = connection.execute("SELECT content FROM work").fetchall()
    assert content.decode().count("Lamp, A") == 4 and "Muster" not in content.decode()


def test_two_builds_at_once_give_the_same(reports: list[Report], kept: KeptWork) -> None:
    without = formatted_citations(reports)
    found: list[object] = []
    folder = file_of(kept).parent
    threads = [
        threading.Thread(target=lambda: found.append(KeptWork("citations", folder).found(["x"])))
        for _ in range(4)
    ]
    threads += [threading.Thread(target=lambda: kept.keep({"x": b"X"})) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(entry in ({}, {"x": b"X"}) for entry in found)
    assert formatted_citations(reports, kept) == without


def test_processes_give_the_same_as_one(reports: list[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citations, "WORTH_A_PROCESS", 1)
    with Workers(2) as workers:
        assert formatted_citations(reports, workers=workers) == formatted_citations(reports)


def test_a_fault_is_told_with_the_key_and_the_style() -> None:
    told = faults({"lamp2020": [Citation("apa", "Lamp A. Tea.", "the year is missing")]})
    assert told == [
        "lamp2020: no citation in APA (7th edition) (the year is missing); "
        "its page shows the reference in the order of Vancouver instead"
    ]


def test_a_site_built_with_kept_work_is_the_site_built_without(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte: with nothing kept yet, with all of it, where it cannot be kept, and without."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(PLACE, str(folder))
    for name in ("first", "second"):
        built(review.root, tmp_path / name)
    assert (folder / "citations.db").is_file()
    shutil.rmtree(folder)
    folder.write_text("in the way", "utf-8")
    built(review.root, tmp_path / "third")
    monkeypatch.setenv(PLACE, "off")
    built(review.root, tmp_path / "fourth")
    first, *others = (contents(tmp_path / name) for name in ("first", "second", "third", "fourth"))
    assert "records/example2019/index.html" in first
    assert all(first == other for other in others)


def test_kept_work_lies_apart_from_the_review(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A pull request could bring files along that pass for earlier work."""
    monkeypatch.delenv(PLACE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    folder = kept_folder()
    assert folder is not None and folder.is_relative_to(tmp_path)
    monkeypatch.setenv(PLACE, str(tmp_path / "elsewhere"))
    assert kept_folder() == tmp_path / "elsewhere"
    monkeypatch.setenv(PLACE, "off")
    assert kept_folder() is None
    assert KeptWork("citations", None).found(["x"]) == {}
    KeptWork("citations", None).keep({"x": b"X"})


def test_what_another_machine_kept_is_taken_over(tmp_path: Path) -> None:
    first, second = (KeptWork("citations", tmp_path / name) for name in ("first", "second"))
    first.keep({f"{number}": b"first" for number in range(1200)} | {"both": b"the same"})
    second.keep({"both": b"the same", "own": b"second"})
    assert second.take_over(first) == 1201
    assert second.found(["0", "1199", "own", "both"]) == {
        "0": b"first",
        "1199": b"first",
        "own": b"second",
        "both": b"the same",
    }
    assert second.take_over(KeptWork("citations", tmp_path / "nowhere")) == 0


def test_nothing_damaged_is_taken_over(tmp_path: Path) -> None:
    first, second = (KeptWork("citations", tmp_path / name) for name in ("first", "second"))
    first.keep({"sound": b"sound", "forged": b"sound"})
    with closing(sqlite3.connect(file_of(first))) as connection, connection:
        connection.execute("UPDATE work SET content = ? WHERE key = 'forged'", (b"forged",))
    assert second.take_over(first) == 1
    assert second.found(["sound", "forged"]) == {"sound": b"sound"}
    file_of(first).write_bytes(b"no database")
    assert second.take_over(first) == 0


def test_the_version_of_every_package_that_is_used_counts() -> None:
    names = {
        re.sub(r"[-_.]+", "-", stem.rpartition(".")[0].partition("-")[0]).lower() for stem in installed()
    }
    assert {package.name for package in packages()} <= names
    assert len({package.name for package in packages()}) > 20


def test_another_version_of_a_package_asks_for_other_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    digests = set[str]()
    for version in ("1.0", "1.1"):
        place = tmp_path / version
        (place / f"lamp_oil-{version}.dist-info").mkdir(parents=True)
        monkeypatch.setattr(sys, "path", [*sys.path, str(place), str(place / "not there")])
        for function in (kept_work.installed, kept_work.program_digest):
            function.cache_clear()
        digests.add(kept_work.program_digest())
    kept_work.installed.cache_clear()
    kept_work.program_digest.cache_clear()
    assert len(digests) == 2


def test_a_key_tells_its_parts_apart() -> None:
    assert key_of("a", "b") == key_of(b"a", b"b")
    assert len({key_of("a", "b"), key_of("ab", ""), key_of("ab"), key_of("b", "a"), key_of()}) == 5


def test_the_digest_of_a_folder_tells_names_and_contents(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        (folder / "a").write_text("A")
    assert folder_digest(first) == folder_digest(second)
    (second / "a").write_text("B")
    assert folder_digest(first) != folder_digest(second)
    (second / "a").rename(second / "b")
    (second / "b").write_text("A")
    assert folder_digest(first) != folder_digest(second)


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
