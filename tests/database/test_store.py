"""The database says what the files say, and always in the same bytes."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.database.description import EXAMPLES, Example, datasette_metadata, describe
from evidence_map.review import Review
from tests.reviews import LIGHTHOUSE


def review_in(root: Path) -> Review:
    checked = check(root)
    assert checked.review is not None and checked.passes, checked.problems
    return checked.review


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("database") / "evidence.db"
    store(review_in(LIGHTHOUSE), file)
    connection = sqlite3.connect(file)
    yield connection
    connection.close()


def test_notices_and_where_they_leave_a_report(database: sqlite3.Connection) -> None:
    notices = database.execute("SELECT record, position, kind, doi, url, date FROM notice").fetchall()
    assert notices == [("plan2020", 0, "retraction", "10.5555/notice.1", None, "2021-06")]
    standing = database.execute("SELECT key, standing FROM record WHERE standing IS NOT NULL").fetchall()
    assert standing == [("plan2020", "retracted")]


def test_identical_input_gives_identical_bytes(tmp_path: Path) -> None:
    store(review_in(LIGHTHOUSE), tmp_path / "first.db")
    shutil.copytree(LIGHTHOUSE, tmp_path / "elsewhere")
    store(review_in(tmp_path / "elsewhere"), tmp_path / "second.db")
    assert (tmp_path / "first.db").read_bytes() == (tmp_path / "second.db").read_bytes()


def test_every_reference_leads_somewhere(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_every_table_is_strict(database: sqlite3.Connection) -> None:
    loose = database.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'record_text_fts%'"
    ).fetchall()
    assert loose == []


def test_scalars_keep_the_form_in_which_they_are_written(database: sqlite3.Connection) -> None:
    row = database.execute("SELECT volume, issue FROM record WHERE key = 'example2019'").fetchone()
    assert row == ("012", "10.10")
    countries = database.execute(
        "SELECT term FROM record_code WHERE record = 'example2019' AND dimension = 'country'"
    ).fetchall()
    assert sorted(countries) == [("gb",), ("no",)]


def test_a_study_with_two_reports_counts_once(database: sqlite3.Connection) -> None:
    counts = "SELECT studies, reports, findings FROM term_count WHERE dimension = ? AND term = ?"
    assert database.execute(counts, ("topic", "taste")).fetchone() == (1, 2, 3)
    assert database.execute(counts, ("crew", "keeper")).fetchone() == (1, 2, 3)


def test_syntheses_and_undecided_reports_are_not_counted(database: sqlite3.Connection) -> None:
    counted = {row[0] for row in database.execute("SELECT key FROM counted_report")}
    assert counted == {"example2019", "example2020", "muster2020"}
    placed = {row[0] for row in database.execute("SELECT DISTINCT record FROM placement")}
    assert placed == counted


PLACED = """
WITH code AS (
  SELECT finding.id AS finding, finding_code.dimension, finding_code.term
  FROM finding JOIN finding_code ON finding_code.finding = finding.id
  UNION
  SELECT finding.id, record_code.dimension, record_code.term
  FROM finding JOIN record_code ON record_code.record = finding.record
),
placed AS (
  SELECT DISTINCT code.finding, code.dimension, term_path.ancestor AS term
  FROM code JOIN term_path ON term_path.dimension = code.dimension AND term_path.term = code.term
)
SELECT finding.id, record.key, record.study, dimension.id, placed.term
FROM finding
JOIN record ON record.key = finding.record AND record.counted = 1
JOIN dimension
LEFT JOIN placed ON placed.finding = finding.id AND placed.dimension = dimension.id
"""
"""What the view placement tells, asked of the codes and terms alone."""


def test_findings_stand_where_their_codes_and_those_of_their_reports_say(each_site: Path) -> None:
    with closing(sqlite3.connect(each_site / "data" / "evidence.db")) as connection:
        stored = connection.execute(
            "SELECT finding, record, study, dimension, term FROM placement"
        ).fetchall()
        expected = connection.execute(PLACED).fetchall()
    assert sorted(stored, key=repr) == sorted(expected, key=repr)
    assert len(stored) > 50


def test_large_pages_hold_the_same(
    database: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("evidence_map.database.store"), "LARGE", 1)
    store(review_in(LIGHTHOUSE), tmp_path / "large.db")
    with closing(sqlite3.connect(tmp_path / "large.db")) as large:
        assert large.execute("PRAGMA page_size").fetchone() == (16_384,)
        assert list(large.iterdump()) == list(database.iterdump())


def test_a_group_counts_distinct_studies_and_not_the_sum_of_its_terms(
    database: sqlite3.Connection,
) -> None:
    cells = {
        (row, column): studies
        for row, column, studies in database.execute(
            "SELECT row_term, column_term, studies FROM map_cell WHERE map = 'topic-by-crew'"
        )
    }
    assert cells["strength", "keeper"] == 1
    assert cells["milk", "keeper"] == 1
    assert cells["taste", "keeper"] == 1
    assert cells["company", None] == 1, "a study without a crew stands under none of these"


def test_findings_stand_under_the_confidence_of_what_they_contribute_to(
    database: sqlite3.Connection,
) -> None:
    placed = set(
        database.execute("SELECT finding, term FROM placement WHERE dimension = 'confidence'").fetchall()
    )
    assert placed == {
        ("example2019#company", "low"),
        ("example2019#company", "moderate"),
        ("example2019#too-weak", None),
        ("example2020#cups", "moderate"),
        ("example2020#cups", "not-assessed"),
        ("muster2020#warm", "low"),
    }
    levels = database.execute("SELECT id FROM term WHERE dimension = 'confidence' ORDER BY position")
    assert [row[0] for row in levels] == ["high", "moderate", "low", "very-low", "not-assessed"]


def test_an_assessment_is_stale_when_its_evidence_changed(tmp_path: Path) -> None:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    sql = "SELECT stale, changed, evidence = assessed_evidence, assessed_by FROM review_finding"
    file = root / "records" / "muster2020.yml"
    for size, expected in ((3, (0, None, 1)), (4, (1, "muster2020#warm: the study", 0))):
        file.write_text(file.read_text("utf-8").replace("size: 3", f"size: {size}"), "utf-8")
        store(review_in(root), tmp_path / f"{size}.db")
        connection = sqlite3.connect(tmp_path / f"{size}.db")
        assert connection.execute(sql).fetchone() == (*expected, "The invented crew")
        connection.close()


def test_the_reason_of_a_blank_is_kept(database: sqlite3.Connection) -> None:
    reasons = dict(
        database.execute("SELECT field, reason FROM absence WHERE record = 'example2019'").fetchall()
    )
    assert reasons["design.procedure"] == "not reported"
    assert reasons["sample.recruitment.payment"] == "not applicable"
    assert reasons["design.ethics"] == "not yet extracted"
    assert "design.aim" not in reasons


@pytest.mark.parametrize("word", ["celik", "Çelik", "CELIK"])
def test_full_text_search_folds_accents(database: sqlite3.Connection, word: str) -> None:
    sql = """SELECT record FROM record_text_fts
        JOIN record_text ON record_text.rowid = record_text_fts.rowid
        WHERE record_text_fts MATCH ?"""
    assert database.execute(sql, (word,)).fetchall() == [("example2019",)]


def test_everything_in_the_database_is_described(database: sqlite3.Connection) -> None:
    tables = describe(database)
    assert len(tables) > 30
    assert [table.name for table in tables if not table.comment] == []
    blank = [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if not column.comment
    ]
    assert blank == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.question)
def test_example_queries_run(each_site: Path, example: Example) -> None:
    connection = sqlite3.connect(each_site / "data" / "evidence.db")
    try:
        connection.execute(example.sql).fetchall()
    finally:
        connection.close()


def test_screening_is_counted_with_reasons(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT * FROM screening_count").fetchall() == [
        ("excluded", "Coffee only", 1),
        ("included", None, 4),
        ("ongoing", None, 1),
    ]


def test_datasette_shows_titles_descriptions_and_queries(lighthouse_site: Path, tmp_path: Path) -> None:
    """The command that the page of the database prints, run as it is printed."""
    data = tmp_path / "data"
    shutil.copytree(lighthouse_site / "data", data)

    def get(path: str) -> str:
        command = [
            sys.executable,
            "-m",
            "datasette",
            "evidence.db",
            "-m",
            "datasette.json",
            "--get",
            path,
        ]
        return subprocess.run(command, cwd=data, capture_output=True, text=True, check=True).stdout

    assert "Tea breaks of lighthouse crews" in get("/")
    assert "one row for each publication" in get("/evidence/record")
    rows = json.loads(get("/evidence/example-4.json?_shape=array"))
    assert rows == [{"id": "beacon", "label": "BEACON", "reports": 2}]


def test_datasette_reads_the_metadata(database: sqlite3.Connection) -> None:
    metadata = json.loads(datasette_metadata(database, "A title", "CC BY 4.0"))
    tables = metadata["databases"]["evidence"]["tables"]
    assert tables["record"]["columns"]["doi"] == "DOI in lower case, without resolver"
    assert len(metadata["databases"]["evidence"]["queries"]) == len(EXAMPLES)
