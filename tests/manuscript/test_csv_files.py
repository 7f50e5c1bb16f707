"""The tables of the manuscript as CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from evidence_map.exports.fields import ExportError
from evidence_map.manuscript.characteristics import characteristics
from evidence_map.manuscript.csv_files import numbers_csv, table_csv
from evidence_map.manuscript.numbers import numbers
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, PLAIN, UNPRINTABLE
from tests.exports.test_csv_table import plain
from tests.manuscript.tables import table


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_row_for_each_study(lighthouse: Evidence) -> None:
    headings, *rows = read(table_csv(characteristics(lighthouse.exported, lighthouse)))
    assert headings[:3] == ["Study", "Country and setting", "Aim"]
    assert rows[1][0] == "Müster & Ștefan 2020 [muster2020]"
    assert len(rows) == 2


def test_a_row_for_each_number(lighthouse: Evidence) -> None:
    rows = {row[0]: row[1:] for row in read(numbers_csv(numbers(lighthouse)))}
    assert rows["name"] == ["latex", "value", "meaning"]
    assert rows["studies"] == ["ReviewStudies", "2", "Studies that are counted"]
    assert rows["studies.crew.cat"] == ["ReviewStudiesCrewCat", "1", "Studies: Crew: Cat"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    cell = read(table_csv(table(text)))[1][0]
    assert plain(cell) == text and not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused(text: str) -> None:
    with pytest.raises(ExportError, match=r"invisible character U\+"):
        table_csv(table(f"Tea{text}x"))


@given(PLAIN)
def test_any_text_reads_back(text: str) -> None:
    assert plain(read(table_csv(table(text)))[1][1]) == text
