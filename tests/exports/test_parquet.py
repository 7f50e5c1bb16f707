"""The tables as Parquet: what two independent readers find in them is what the database says."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.database.description import Table, describe
from evidence_map.export_command import export_command
from evidence_map.exports import parquet
from evidence_map.exports.parquet import write_parquet
from evidence_map.publishing import MARK
from evidence_map.site.evidence import Evidence
from tests.folders import ReviewFolder
from tests.mistakes import PLAN
from tests.reviews import LIGHTHOUSE, REPOSITORY

PAGE = (REPOSITORY / "docs" / "database" / "parquet.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def tables(lighthouse: Evidence, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the invented review."""
    folder = tmp_path_factory.mktemp("parquet") / "tables"
    folder.mkdir()
    write_parquet(lighthouse.connection, lighthouse.meta, folder)
    return folder


@pytest.fixture(scope="module")
def described(lighthouse: Evidence) -> dict[str, Table]:
    """What the database says of its tables, and of views that only put tables together.

    Full-text search is an index, and no table of its own.
    """
    found = {each.name: each for each in describe(lighthouse.connection)}
    assert found.pop("record_text_fts")
    return {name: each for name, each in found.items() if all(column.type for column in each.columns)}


def rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(f'SELECT * FROM "{table}"')]


def test_there_is_a_file_for_each_table_with_all_its_rows(
    tables: Path, lighthouse: Evidence, described: dict[str, Table]
) -> None:
    assert {file.stem for file in tables.iterdir()} == set(described)
    tables_only = {each.name for each in describe(lighthouse.connection) if each.kind == "table"}
    assert {"placement", "absence", "record", *tables_only} - {"record_text_fts"} <= set(described)
    number = 0
    for name, table in described.items():
        read = pq.read_table(tables / f"{name}.parquet")
        number += read.num_rows
        assert read.column_names == [column.name for column in table.columns]
        # In Python True equals 1, so that only the types have to be looked at apart.
        found = list(zip(*(column.to_pylist() for column in read.columns), strict=True))
        assert Counter(found) == Counter(rows(lighthouse.connection, name)), name
    assert number > 400


def test_a_file_says_what_the_database_says_of_itself(
    tables: Path, lighthouse: Evidence, described: dict[str, Table]
) -> None:
    for name, table in described.items():
        schema = pq.read_schema(tables / f"{name}.parquet")
        assert schema.metadata[b"comment"].decode() == table.comment
        assert schema.metadata[b"title"].decode() == lighthouse.meta["title"]
        assert schema.metadata[b"version"].decode() == lighthouse.meta["version"]
        assert schema.metadata[b"licence"].decode() == lighthouse.meta["licence"]
        for column in table.columns:
            assert schema.field(column.name).metadata[b"comment"].decode() == column.comment


def test_the_types_are_those_of_the_database(tables: Path, described: dict[str, Table]) -> None:
    kinds = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    yes_or_no = set[str]()
    for name, table in described.items():
        schema = pq.read_schema(tables / f"{name}.parquet")
        for column in table.columns:
            if schema.field(column.name).type == pa.bool_():
                yes_or_no.add(f"{name}.{column.name}")
                assert re.match("[01] (if|for) ", column.comment), column
            else:
                assert schema.field(column.name).type == kinds[column.type]
                assert not re.match("[01] (if|for) ", column.comment), f"{column} is no truth value"
    assert {"record.counted", "dimension.several", "term.is_group"} <= yes_or_no
    record = pq.read_schema(tables / "record.parquet")
    assert record.field("issued").type == pa.string()
    assert [record.field(name).nullable for name in ("key", "title", "year")] == [False, False, True]


def test_files_are_compressed(tables: Path) -> None:
    group = pq.read_metadata(tables / "record.parquet").row_group(0)
    assert {group.column(number).compression for number in range(group.num_columns)} == {"ZSTD"}


def test_the_same_review_gives_the_same_bytes(
    tables: Path, lighthouse: Evidence, tmp_path: Path
) -> None:
    write_parquet(lighthouse.connection, lighthouse.meta, tmp_path)
    for file in tables.iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes(), file.name


def test_a_large_table_is_written_in_parts(
    tables: Path, lighthouse: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS_READ", 7)
    monkeypatch.setattr(parquet, "MOST_ROWS", 21)
    write_parquet(lighthouse.connection, lighthouse.meta, tmp_path)
    file = tmp_path / "placement.parquet"
    assert pq.read_metadata(file).num_row_groups > 2
    assert pq.read_table(file).equals(pq.read_table(tables / "placement.parquet"))
    monkeypatch.setattr(parquet, "MOST_BYTES", 1)
    write_parquet(lighthouse.connection, lighthouse.meta, tmp_path)
    groups = pq.read_metadata(file)
    assert {groups.row_group(number).num_rows for number in range(groups.num_row_groups - 1)} == {7}


# What the page shows


def asked(query: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("root", [LIGHTHOUSE, REPOSITORY], ids=["invented", "real"])
def test_duckdb_finds_in_the_cells_what_the_map_shows(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real review has cells with several studies."""
    in_cells, _ = QUERIES
    review = check(root).review
    assert review is not None
    store(review, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as evidence:
        (tmp_path / "tables").mkdir()
        write_parquet(evidence.connection, evidence.meta, tmp_path / "tables")
        sql = "SELECT row_term, column_term, studies FROM map_cell JOIN map ON map.id = map_cell.map"
        expected = [tuple(row) for row in evidence.rows(f"{sql} WHERE map.position = 0")]
    assert any(None in cell for cell in expected)
    assert root == LIGHTHOUSE or max(cell[2] for cell in expected) > 1
    assert Counter(asked(in_cells, tmp_path, monkeypatch)) == Counter(expected)


def test_duckdb_asks_several_reviews_at_once(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("gulls", "lamps"):
        shutil.copytree(tables, tmp_path / name)
    _, of_each = QUERIES
    expected = [("gulls/record.parquet", 3), ("lamps/record.parquet", 3)]
    assert asked(of_each, tmp_path, monkeypatch) == expected


# The command


def run(review: ReviewFolder, *arguments: str) -> Result:
    result = CliRunner().invoke(export_command, ["parquet", *arguments, "--root", str(review.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    return result


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_command_writes_a_folder_and_writes_it_anew(
    review: ReviewFolder, tables: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = run(review, "-o", str(out))
    assert result.exit_code == 0, result.stderr
    assert result.stderr == f"{len(files(tables))} tables written to {out}\n"
    first = files(out)
    assert first.pop(MARK) and first == files(tables)
    review.edit(PLAN, "title: ", "title: Once more, ")
    (out / "finding.parquet").unlink()
    assert run(review, "-o", str(out)).exit_code == 0
    second = files(out)
    assert set(second) == {*first, MARK}
    assert second["record.parquet"] != first["record.parquet"]


def test_a_folder_must_be_named(review: ReviewFolder) -> None:
    for arguments in ([], ["-o", "-"]):
        result = run(review, *arguments)
        assert result.exit_code == 2
        assert result.stderr.endswith("Error: “parquet” is a folder of files; name it with -o.\n")


@pytest.mark.parametrize("other", ["notes.txt", "photo/notes.parquet", "index.html", ".hidden"])
def test_a_folder_that_holds_something_else_is_refused(
    review: ReviewFolder, tmp_path: Path, other: str
) -> None:
    out = tmp_path / "out"
    assert run(review, "-o", str(out)).exit_code == 0
    (out / other).parent.mkdir(exist_ok=True)
    (out / other).write_text("mine")
    # Even a file that a build says it made: a site is not replaced by tables.
    mark = out / MARK
    mark.write_text(f"{mark.read_text('utf-8')}\n{other}", "utf-8")
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    result = run(review, "-o", str(out))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {out} holds “{other.partition('/')[0]}")
    assert result.stderr.count("\n") == 1 and "nothing in it is touched" in result.stderr
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


def test_tables_of_others_and_the_review_itself_are_refused(
    review: ReviewFolder, tmp_path: Path
) -> None:
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "mine.parquet").write_text("mine")
    for folder in (strange, review.root, review.root / "records"):
        before = sorted(folder.rglob("*"))
        result = run(review, "-o", str(folder))
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert result.stderr.startswith("error: ")
        assert sorted(folder.rglob("*")) == before
    file = tmp_path / "file"
    file.write_text("mine")
    assert "is not a folder" in run(review, "-o", str(file)).stderr
    assert file.read_text() == "mine"


def test_a_review_with_errors_writes_nothing(review: ReviewFolder, tmp_path: Path) -> None:
    review.edit(PLAN, "issued: 2020", "issued: 2020-13")
    result = run(review, "-o", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "records/plan2020.yml:3:11: error[bad-date]" in result.stderr
    assert result.stderr.endswith("error: the review has 1 error; nothing was written\n")
    assert {each.name for each in tmp_path.iterdir()} == {"review"}


def test_a_disk_that_is_full_leaves_the_tables_as_they_were(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run(review, "-o", str(out)).exit_code == 0
    before = files(out)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    assert run(review, "-o", str(out)).stderr.startswith("error: the disk is full")
    assert files(out) == before
    assert {each.name for each in tmp_path.iterdir()} == {"review", "out"}


def test_without_pyarrow_it_is_told_how_to_install_it(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "evidence_map.exports.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run(review, "-o", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert result.stderr == (
        "error: “parquet” needs the package pyarrow; install it with “pip install pyarrow”\n"
    )
    assert not (tmp_path / "out").exists()
