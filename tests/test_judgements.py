"""Records judged in parts, in several processes and from kept judgements: the same as all at once."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from evidence_map import judgements as judging
from evidence_map import kept_judgements, processes
from evidence_map import review as review_module
from evidence_map.checking import check, without_accepted
from evidence_map.database.record_parts import packed_rows
from evidence_map.duplicates import Publication
from evidence_map.judgements import Judgement, MakeRows, judged
from evidence_map.kept_work import PLACE, KeptWork
from evidence_map.likely_duplicates import Compared, compared
from evidence_map.loading import load_review
from evidence_map.problems import Problem
from evidence_map.record_files import RecordFiles, Records
from evidence_map.review import Review
from evidence_map.rules import find_problems
from tests.bench.invented_reviews import InventedReview
from tests.folders import ReviewFolder
from tests.mistakes import MISTAKES, Mistake
from tests.reviews import LIGHTHOUSE
from tests.test_checking import made

NUMBER = 220
ROUNDS = 8


def plainly(root: Path) -> list[Problem]:
    """Return what all rules say of a review as a whole, without parts, processes and kept judgements."""

    def only_read(files: Sequence[RecordFiles], _: Review | None) -> list[Judgement]:
        return judged(files, None)

    review, problems = load_review(root, only_read)
    if review is not None:
        problems, _ = without_accepted(review, problems + find_problems(review))
    return sorted(set(problems))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptWork:
    """Judgements are kept for this test, even those of small reviews."""
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    monkeypatch.setattr(kept_judgements, "FEWEST", 0)
    return KeptWork("records", tmp_path / "kept")


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.code)
def test_every_mistake_is_told_in_parts_and_from_kept_judgements(
    review: ReviewFolder, case: Mistake, kept: KeptWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "AT_ONCE", 1)
    assert check(review.root).problems == []
    for edit in case.edits:
        made(review, edit)
    expected = plainly(review.root)
    assert check(review.root).problems == expected
    assert check(review.root).problems == expected


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    InventedReview(NUMBER).write(folder)
    return folder


@pytest.fixture
def many(invented: Path, tmp_path: Path) -> Path:
    shutil.copytree(invented, tmp_path / "review")
    return tmp_path / "review"


def test_edits_find_the_same_with_and_without_kept_judgements(many: Path, kept: KeptWork) -> None:
    chance = random.Random(7)
    seen: set[str] = set()
    for number in range(ROUNDS):
        for _ in range(chance.randint(1, 3)):
            chance.choice(EDITS)(many, chance)
        expected = plainly(many)
        assert check(many).problems == expected, number
        seen.update(problem.code for problem in expected)
    assert {"likely-duplicate", "shared-identifier", "unknown-term", "yaml-syntax"} <= seen


def _records(root: Path) -> list[Path]:
    return sorted((root / "records").glob("*.yml"))


def _copy(root: Path, chance: random.Random) -> None:
    shutil.copy(chance.choice(_records(root)), root / "records" / f"copy{chance.randint(1, 99)}.yml")


def _retell(root: Path, chance: random.Random) -> None:
    """Copy a record without its DOI, so that it is only likely the same."""
    lines = chance.choice(_records(root)).read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("  doi:"))
    (root / "records" / f"told{chance.randint(1, 99)}.yml").write_text(text + "\n", "utf-8")


def _delete(root: Path, chance: random.Random) -> None:
    chance.choice(_records(root)).unlink()


def _rename(root: Path, chance: random.Random) -> None:
    chance.choice(_records(root)).rename(root / "records" / f"other{chance.randint(1, 99)}.yml")


def _spoil(root: Path, chance: random.Random) -> None:
    file = chance.choice(_records(root))
    text = file.read_text("utf-8")
    place = chance.randrange(len(text))
    sign = chance.choice(["{", "\t", "x", "", ": ", "&a "])
    file.write_text(text[:place] + sign + text[place + 1 :], "utf-8")


def _break(root: Path, chance: random.Random) -> None:
    file = chance.choice(_records(root))
    file.write_text(file.read_text("utf-8") + "  - {\n", "utf-8")


def _relate(root: Path, chance: random.Random) -> None:
    one, other = chance.sample(_records(root), 2)
    text = one.read_text("utf-8")
    study = f"study: {{version_of: {other.stem}, may_share_sample_with: [{one.stem}]}}\n"
    one.write_text(text + ("" if "\nstudy:" in text else study), "utf-8")


def _cite(root: Path, chance: random.Random) -> None:
    one, other = chance.sample(_records(root), 2)
    text = one.read_text("utf-8")
    notes = f"notes: |\n  See [@{other.stem}] and [@{other.stem}#f1]\n  or [@nobody1999].\n"
    one.write_text(text + ("" if "\nnotes:" in text else notes), "utf-8")


def _extract_again(root: Path, chance: random.Random) -> None:
    file = chance.choice(_records(root))
    second = "extraction: {basis: abstract, by: [Somebody], date: 2020-03-01}\nsample: {size: 3}\n"
    file.with_suffix(".second.yml").write_text(second, "utf-8")


def _recode(root: Path, chance: random.Random) -> None:
    codebook = root / "synthesis" / "codebook.yml"
    codebook.write_text(codebook.read_text("utf-8").replace("id: calm", "id: calmer"), "utf-8")


def _forget_studies(root: Path, chance: random.Random) -> None:
    (root / "synthesis" / "studies.yml").unlink(missing_ok=True)


EDITS: list[Callable[[Path, random.Random], None]] = [
    _copy,
    _retell,
    _delete,
    _rename,
    _spoil,
    _break,
    _relate,
    _cite,
    _extract_again,
    _recode,
    _forget_studies,
]


def test_several_processes_find_the_same(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, "off")
    chance = random.Random(3)
    for edit in (*EDITS, _retell, _spoil):
        edit(many, chance)
    expected = plainly(many)
    monkeypatch.setattr(judging, "WORTH_SHARING", 1)
    for number in (1, 2):
        monkeypatch.setattr(processes, "available", lambda number=number: number)
        checked = check(many)
        assert checked.problems == expected
    assert checked.review is not None
    whole, _ = load_review(many, judged)
    assert whole is not None
    assert checked.review.digest == whole.digest
    assert {key: each.value for key, each in checked.review.records.items()} == {
        key: each.value for key, each in whole.records.items()
    }
    assert checked.review.faulty == whole.faulty


def test_a_second_check_judges_only_what_changed(
    many: Path, kept: KeptWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(many)
    asked: list[str] = []

    def noted(
        files: Sequence[RecordFiles], review: Review | None, make_rows: MakeRows | None
    ) -> list[Judgement]:
        asked.extend(each.key for each in files)
        return judged(files, review, make_rows)

    monkeypatch.setattr(judging, "judged", noted)
    assert check(many).problems == plainly(many)
    assert asked == []
    changed = _records(many)[5]
    changed.write_text(changed.read_text("utf-8") + "notes: More.\n", "utf-8")
    maps = many / "synthesis" / "maps.yml"
    maps.write_text(maps.read_text("utf-8") + "# looked at again\n", "utf-8")
    check(many)
    assert asked == [changed.stem]
    _recode(many, random.Random(1))
    check(many)
    assert len(asked) == 1 + NUMBER


def _rows_in(root: Path, make_rows: MakeRows | None) -> dict[str, bytes]:
    """Return the database rows that a check hands on."""
    review = check(root, make_rows).review
    assert review is not None
    assert isinstance(review.records, Records)
    return dict(review.records.rows)


def test_a_build_gets_the_rows_of_every_sound_record(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, "off")
    spoilt, unsound = _records(many)[3:5]
    spoilt.write_text(spoilt.read_text("utf-8").replace("decision: ", "decision: un"), "utf-8")
    unsound.write_text(unsound.read_text("utf-8") + "codes: {weather: [rain]}\n", "utf-8")
    review = check(many).review
    assert review is not None
    sound = {key for key in review.records if key not in (spoilt.stem, unsound.stem)}
    assert len(sound) == NUMBER - 2
    expected = {key: packed_rows(review, key) for key in sound}
    assert _rows_in(many, packed_rows) == expected
    monkeypatch.setattr(judging, "WORTH_SHARING", 1)
    for number in (1, 2):
        monkeypatch.setattr(processes, "available", lambda number=number: number)
        assert _rows_in(many, packed_rows) == expected


def test_a_check_alone_makes_no_rows(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, "off")
    assert _rows_in(many, None) == {}


def test_rows_are_made_of_no_record_that_was_judged_before(many: Path, kept: KeptWork) -> None:
    check(many)
    changed = _records(many)[5]
    changed.write_text(changed.read_text("utf-8") + "notes: More.\n", "utf-8")
    assert list(_rows_in(many, packed_rows)) == [changed.stem]
    assert _rows_in(many, packed_rows) == {}


def _damage_contents(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE work SET content = replace(content, 'f1', 'f2')")


def _forge(content: bytes) -> Callable[[Path], None]:
    """Return what puts *content* in the place of everything that is kept, with digests that fit."""

    def forge(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            keys = [key for (key,) in connection.execute("SELECT key FROM work")]
        KeptWork("records", file.parent).keep(dict.fromkeys(keys, content))

    return forge


def _garbage(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0 and then nothing of the kind")


@pytest.mark.parametrize(
    "damage",
    [
        _damage_contents,
        _garbage,
        _forge(b""),
        _forge(b"[]"),
        _forge(b'{"a": 1}'),
        _forge(b"\xff"),
        _forge(b'[{"a1999-1": 5}, [[1, 2, 3]]]'),
        _forge(b'[{"a1999-1": ["4f", "5e"]}, [["a1999-1", "a1999-1", "same title"]]]'),
    ],
)
def test_damaged_judgements_are_not_used(
    many: Path, kept: KeptWork, damage: Callable[[Path], None]
) -> None:
    expected = check(many).problems
    assert kept.file is not None
    damage(kept.file)
    assert check(many).problems == expected
    assert check(many).problems == expected


def test_what_changes_no_publication_leads_to_no_comparison(
    many: Path, kept: KeptWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared_anew: list[set[str]] = []

    def noting(publications: Sequence[Publication], known: Compared | None = None) -> Compared:
        names = known.names if known else frozenset()
        compared_anew.append({each.name for each in publications if each.name not in names})
        return compared(publications, known)

    monkeypatch.setattr(review_module, "compared", noting)
    changed, gone = _records(many)[:2]
    assert check(many).review is not None
    assert len(compared_anew.pop()) == NUMBER
    text = changed.read_text("utf-8")
    changed.write_text(text + "notes: More.\n", "utf-8")
    check(many)
    assert compared_anew.pop() == set()
    changed.write_text(
        text.replace("  title: ", "  title: Anew ", 1).replace('Anew "', '"Anew '), "utf-8"
    )
    check(many)
    assert compared_anew.pop() == {changed.stem}
    check(many)
    assert compared_anew.pop() == set()
    gone.unlink()
    check(many)
    assert compared_anew.pop() == set()


def test_likely_duplicates_that_are_unsound_in_part_are_kept_anew(many: Path, kept: KeptWork) -> None:
    expected = check(many).problems
    assert kept.file is not None
    with closing(sqlite3.connect(kept.file)) as connection:
        stored = dict(connection.execute("SELECT key, content FROM work"))
    (key, content), *others = [each for each in stored.items() if each[1].startswith(b"[")]
    assert not others
    names, _ = json.loads(content)
    kept.keep({key: json.dumps([names, [["one", "of", "too", "many"]]]).encode()})
    assert check(many).problems == expected
    assert kept.found([key]) == {key: content}


def test_a_judgement_of_another_shape_is_made_anew(many: Path, kept: KeptWork) -> None:
    expected = check(many).problems
    found = kept_judgements.KeptJudgements(kept)
    review, _ = load_review(many, found.judge)
    assert review is not None
    for shelf in found._shelves.values():
        for entry in shelf.values():
            entry[1] = entry[1][:3]
    found._changed = set(found._shelves)
    found.keep(review)
    assert check(many).problems == expected


def test_few_records_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    assert check(LIGHTHOUSE).problems == []
    assert not (tmp_path / "kept").exists()
