"""The exports are the same whichever process writes them, and so are their errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evidence_map.exports import publishing
from evidence_map.exports.fields import ExportError
from evidence_map.exports.formats import FORMATS
from evidence_map.exports.publishing import begin_exports
from evidence_map.manuscript.formats import MANUSCRIPT_FORMATS
from evidence_map.processes import Workers
from evidence_map.site.evidence import Evidence
from tests.exports.reports import lighthouse_database


@pytest.fixture(scope="module")
def two() -> Iterator[Workers]:
    with Workers(2) as workers:
        yield workers


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return lighthouse_database(tmp_path)


def files_in(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_another_process_writes_the_same_files(
    database: Path, two: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Evidence(database) as evidence:
        assert begin_exports(evidence, database, two) is None
        here = files_in(database.parent)
        assert here.keys() >= {form.file for form in (FORMATS | MANUSCRIPT_FORMATS).values()}
        for name in here.keys() - {database.name}:
            (database.parent / name).unlink()
        monkeypatch.setattr(publishing, "WORTH_A_PROCESS", 1)
        work = begin_exports(evidence, database, two)
        assert work is not None
        two.value(work)
    assert files_in(database.parent) == here


def test_what_a_format_cannot_carry_is_told_by_another_process_too(
    database: Path, two: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE record SET volume = char(7) WHERE key = 'example2019'")
        connection.commit()
    with Evidence(database) as evidence:
        with pytest.raises(ExportError) as here:
            begin_exports(evidence, database, two)
        monkeypatch.setattr(publishing, "WORTH_A_PROCESS", 1)
        work = begin_exports(evidence, database, two)
        assert work is not None
        with pytest.raises(ExportError) as there:
            two.value(work)
    assert str(here.value) == str(there.value)
    assert "example2019" in str(there.value)


def test_on_one_processor_they_are_written_at_once(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "WORTH_A_PROCESS", 1)
    with Evidence(database) as evidence, Workers(1) as alone:
        assert begin_exports(evidence, database, alone) is None
    assert (database.parent / "references.bib").is_file()
