"""Work that is done ahead in parts, joined, and the same as work that was done at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_map import kept_judgements
from evidence_map.checking import check
from evidence_map.cli import main
from evidence_map.exports import citations
from evidence_map.judgements import Judgement, MakeRows, judgements
from evidence_map.kept_work import PLACE, KeptWork
from evidence_map.part import Part
from evidence_map.record_files import RecordFiles
from evidence_map.review import Review
from evidence_map.site.record_pages import RecordPages
from evidence_map.working_ahead import check_part
from tests.bench.invented_reviews import InventedReview
from tests.folders import ReviewFolder
from tests.reviews import built
from tests.test_kept_work import contents

PARTS = [Part(number, 3) for number in (1, 2, 3)]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refuse(*arguments: object, **named: object) -> None:
    raise AssertionError("it was done again")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review of 240 records, some of them with errors."""
    root = tmp_path_factory.mktemp("many")
    InventedReview(240).write(root)
    for number, file in enumerate(sorted((root / "records").iterdir())):
        text = file.read_text("utf-8")
        if number % 30 == 0:
            file.write_text(text + "colour: blue\n", "utf-8")
        elif number % 30 == 1:
            file.write_text(text.replace("decision: ", "decision: perhaps-"), "utf-8")
    return root


def test_parts_tell_what_is_wrong_with_their_records(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, "off")
    whole = check(many).problems
    parts = [check_part(many, part) for part in PARTS]
    assert sum(part.records for part in parts) == len(list((many / "records").iterdir()))
    told = [problem for part in parts for problem in part.problems]
    assert len(told) == len(set(told)) > 15
    assert set(told) <= set(whole)
    alone = {"unknown-field", "unknown-value", "uncoded-finding"}
    assert {each.code for each in told} >= alone
    assert {each for each in whole if each.code in alone} <= set(told)


def test_a_check_that_joins_does_not_judge_again(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, "off")
    expected = check(many).problems
    for part in PARTS:
        monkeypatch.setenv(PLACE, str(tmp_path / f"job-{part.number}"))
        assert run("check", "--root", many, "--part", f"{part.number}/{part.of}").exit_code == 1
    monkeypatch.setenv(PLACE, str(tmp_path / "joined"))
    assert run("join", *(tmp_path / f"job-{part.number}" for part in PARTS)).exit_code == 0
    made: list[int] = []

    def counted(
        files: Sequence[RecordFiles], review: Review | None, make_rows: MakeRows | None
    ) -> Iterator[Judgement]:
        made.append(len(files))
        return judgements(files, review, make_rows)

    monkeypatch.setattr(kept_judgements, "judgements", counted)
    assert check(many).problems == expected
    assert made == [0]


def test_a_build_that_joins_makes_no_page_and_no_citation_again(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, "off")
    built(review.root, tmp_path / "clean")
    for part in PARTS:
        monkeypatch.setenv(PLACE, str(tmp_path / f"job-{part.number}"))
        done = run("build", "--root", review.root, "--part", f"{part.number}/{part.of}")
        assert done.exit_code == 0, done.output
        assert f"in part {part.number} of 3 are kept in" in done.output
    assert not (review.root / "site").exists()
    monkeypatch.setenv(PLACE, str(tmp_path / "joined"))
    assert run("join", *(tmp_path / f"job-{part.number}" for part in PARTS)).exit_code == 0
    monkeypatch.setattr(RecordPages, "page", refuse)
    monkeypatch.setattr(citations, "cite", refuse)
    built(review.root, tmp_path / "joining")
    assert contents(tmp_path / "joining") == contents(tmp_path / "clean")


def test_where_nothing_is_kept_no_work_is_done_ahead(
    review: ReviewFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, "off")
    done = run("build", "--root", review.root, "--part", "1/2")
    assert done.exit_code == 1
    assert f"set {PLACE} to a folder" in done.output


def test_an_error_stops_it(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    (review.root / "records" / "wrong2020.yml").write_text("colour: blue\n", "utf-8")
    done = run("build", "--root", review.root, "--part", "1/2")
    assert done.exit_code == 1
    assert "nothing was made" in done.output
    assert KeptWork("pages", tmp_path / "kept").found(["x"]) == {}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check", "--part", "3/2"), "“3/2” is no part; write 2/8"),
        (("build", "--part", "two"), "“two” is no part; write 2/8"),
        (("check", "--part", "1/2", "records"), "Name a part of the review or files of it, not both."),
    ],
)
def test_a_wrong_use_is_told(review: ReviewFolder, arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments, "--root", review.root)
    assert done.exit_code == 2
    assert told in done.output
