"""What is stored of records is the same whoever makes it, and made anew for what changed."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from evidence_map.checking import check
from evidence_map.database import record_parts as module
from evidence_map.database.record_parts import (
    RecordPart,
    columns_of,
    packed_rows,
    record_parts,
    tables,
)
from evidence_map.judgements import MakeRows
from evidence_map.kept_work import KeptWork
from evidence_map.review import Review
from tests.reviews import LIGHTHOUSE

NOTHING_KEPT = KeptWork("rows", None)


def review_in(root: Path, make_rows: MakeRows | None = None) -> Review:
    checked = check(root, make_rows)
    assert checked.review is not None and checked.passes, checked.problems
    return checked.review


def made(root: Path = LIGHTHOUSE, kept: KeptWork = NOTHING_KEPT) -> dict[str, RecordPart]:
    return {part.key: part for part in record_parts(review_in(root), kept)}


@pytest.fixture
def kept(tmp_path: Path) -> KeptWork:
    kept = KeptWork("rows", tmp_path / "kept")
    assert made(kept=kept) == made()
    return kept


def test_what_is_kept_is_not_made_again(kept: KeptWork, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = made()

    def refused(*given: object) -> bytes:
        raise AssertionError("this is kept")

    monkeypatch.setattr(module, "packed_rows", refused)
    assert made(kept=kept) == expected


def test_rows_that_the_check_made_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = made()
    review = review_in(LIGHTHOUSE, packed_rows)
    kept = KeptWork("rows", tmp_path / "kept")

    def refused(*given: object) -> bytes:
        raise AssertionError("this is made")

    monkeypatch.setattr(module, "packed_rows", refused)
    assert {part.key: part for part in record_parts(review, kept)} == expected
    assert made(kept=kept) == expected, "they are kept"


def test_the_text_of_a_file_is_stored_as_it_is_read(tmp_path: Path) -> None:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    file = root / "records" / "muster2020.yml"
    text = file.read_text("utf-8")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    parts = [made(root)["muster2020"]]
    for together in tables(parts, {"muster2020": "Muster 2020"}):
        rows = [dict(zip(columns_of("record"), row, strict=True)) for row in together["record"]]
        assert [row["yaml"] for row in rows] == [text]
    assert b"extraction:" not in zlib.decompress(parts[0].packed)


def test_only_what_changed_is_made_again(
    kept: KeptWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    file = root / "records" / "muster2020.yml"
    file.write_text(file.read_text("utf-8").replace("size: 3", "size: 4"), "utf-8")
    expected = made(root)
    packed, asked = module.packed_rows, []

    def counted(review: Review, key: str) -> bytes:
        asked.append(key)
        return packed(review, key)

    monkeypatch.setattr(module, "packed_rows", counted)
    assert made(root, kept) == expected
    assert asked == ["muster2020"]
    assert expected != made()


def test_another_codebook_asks_for_all_of_them(kept: KeptWork, tmp_path: Path) -> None:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    file = root / "synthesis" / "codebook.yml"
    text = file.read_text("utf-8")
    assert "counts_as_study: false" in text
    file.write_text(text.replace("counts_as_study: false", "counts_as_study: true"), "utf-8")
    changed = made(root, kept)
    assert changed == made(root)
    assert changed != made()


def test_what_is_damaged_is_made_again(kept: KeptWork) -> None:
    assert kept.file is not None
    with closing(sqlite3.connect(kept.file)) as connection:
        connection.execute("UPDATE work SET content = zeroblob(9)")
        connection.commit()
    assert made(kept=kept) == made()


def test_other_processes_make_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    here = made()
    monkeypatch.setattr(module, "WORTH_SHARING", 1)
    monkeypatch.setattr(module, "AT_ONCE", 2)
    assert made() == here
