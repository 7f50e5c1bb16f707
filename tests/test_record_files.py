"""The files of a record: named by their content, and read into models when these are asked for."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from evidence_map import record_files
from evidence_map.checking import check
from evidence_map.problems import Problem, Severity
from evidence_map.record_facts import RecordFacts, facts_of
from evidence_map.record_files import RecordFiles, read_record, read_second
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE

RECORD = (LIGHTHOUSE / "records" / "example2019.yml").read_bytes()


def test_a_digest_tells_contents_and_missing_files_apart() -> None:
    unreadable = Problem(PurePosixPath("records/lamp2021.yml"), 1, 1, "x", Severity.ERROR, "x")
    files = [
        RecordFiles("lamp2021", b""),
        RecordFiles("lamp2021", b"a"),
        RecordFiles("lamp2021", b"a", b""),
        RecordFiles("lamp2021", b"", b"a"),
        RecordFiles("lamp2021", None, b"a"),
        RecordFiles("lamp2021", None, b""),
    ]
    assert len({each.digest() for each in files}) == len(files)
    assert files[1].digest() == RecordFiles("muster2020", b"a").digest()
    assert RecordFiles("lamp2021", unreadable).digest() is None
    assert RecordFiles("lamp2021", b"a", unreadable).digest() is None


def test_what_is_sound_of_a_faulty_record_is_read() -> None:
    read = read_record("lamp2021", RECORD.replace(b"issued:", b"issued: x #"))
    assert read.located is not None and read.cut == frozenset({"reference"}) and read.is_document
    assert {problem.path.as_posix() for problem in read.problems} == {"records/lamp2021.yml"}
    broken = read_record("lamp2021", b"a: [\n")
    assert broken.located is None and broken.cut == frozenset() and not broken.is_document
    second = read_second("lamp2021", b"sample: {size: many}\n")
    assert second.located is None and second.is_document
    assert second.problems[0].path.as_posix() == "records/lamp2021.second.yml"


def test_facts_are_the_same_after_they_were_kept(review: ReviewFolder) -> None:
    file = "records/muster2020.yml"
    cited = "notes: |\n  As [@example2019#company] and\n  [@nobody1999] say.\n"
    study = "study: {version_of: plan2020, may_share_sample_with: [bean2018]}\n"
    review.write(file, review.read(file) + cited + ("" if "\nstudy:" in review.read(file) else study))
    located = read_record("muster2020", (review.root / file).read_bytes()).located
    assert located is not None
    facts = facts_of("muster2020", located)
    again = RecordFacts.from_data("muster2020", facts.as_data())
    assert again.as_data() == facts.as_data()
    assert [(each.key, each.finding) for each in again.cited] == [
        ("example2019", "company"),
        ("nobody1999", None),
    ]
    assert again.related == facts.related


def test_a_record_is_read_once_and_from_what_was_judged(
    review: ReviewFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = check(LIGHTHOUSE).review
    found = check(review.root).review
    assert expected is not None and found is not None
    records = record_files.Records(
        {key: (review.root / "records" / f"{key}.yml").read_bytes() for key in found.records},
        {},
        found.facts,
        {},
    )
    for file in (review.root / "records").iterdir():
        file.unlink()
    assert {key: each.value for key, each in records.items()} == {
        key: each.value for key, each in expected.records.items()
    }
    monkeypatch.setattr(record_files, "validate", None)
    assert records["muster2020"] is records["muster2020"]
    assert "nobody1999" not in records and records.get("nobody1999") is None
