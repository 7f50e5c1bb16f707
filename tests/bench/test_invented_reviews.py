"""The invented reviews: valid, the same each time, and as mixed as real ones."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from evidence_map.checking import check
from evidence_map.problems import errors_in
from tests.bench.invented_reviews import InventedReview


def written(folder: Path, number: int, seed: int = 1) -> dict[str, str]:
    InventedReview(number, seed).write(folder)
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


def test_a_seed_gives_the_same_files(tmp_path: Path) -> None:
    first = written(tmp_path / "first", 40)
    assert first == written(tmp_path / "second", 40)
    assert first != written(tmp_path / "third", 40, seed=2)


def test_it_has_no_error_and_is_mixed(tmp_path: Path) -> None:
    texts = written(tmp_path, 300)
    checked = check(tmp_path)
    assert checked.review is not None
    assert errors_in(checked.problems) == []
    records = [located.value for located in checked.review.records.values()]
    assert len(records) == 300
    assert {record.screening.decision for record in records} == {
        "included",
        "excluded",
        "awaiting",
        "ongoing",
    }
    assert any(len(checked.review.included_reports(study)) > 1 for study in checked.review.studies)
    scripts = {
        unicodedata.name(c, "").split()[0] for text in texts.values() for c in text if c.isalpha()
    }
    assert {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "HANGUL", "CJK"} <= scripts
    sizes = [len(text.encode()) for name, text in texts.items() if name.startswith("records/")]
    assert 2_000 < sum(sizes) / len(sizes) < 4_000
