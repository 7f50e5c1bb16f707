"""The workbook as openpyxl reads it."""

from __future__ import annotations

import io
import re
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from evidence_map.exports.csv_table import finding_columns, report_columns
from evidence_map.exports.fields import ExportError
from evidence_map.exports.review_citation import review_citation
from evidence_map.exports.xlsx_table import LONGEST, as_xlsx
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, PLAIN, UNPRINTABLE, report


def read(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    headings, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def titles(evidence: Evidence, *texts: str) -> list[Any]:
    reports = [report(f"k{number}", title=text) for number, text in enumerate(texts)]
    return [row["title"] for row in rows_of(read(as_xlsx(reports, evidence)), "Reports")]


def test_the_sheets_hold_what_the_tables_in_csv_hold(lighthouse: Evidence) -> None:
    book = read(as_xlsx(lighthouse.exported, lighthouse))
    assert book.sheetnames == ["Reports", "Findings", "About"]
    reports = rows_of(book, "Reports")
    for row, own in zip(reports, lighthouse.exported, strict=True):
        told = {column.name: column.cell(own) for column in report_columns(lighthouse)}
        assert {name: "" if cell is None else str(cell) for name, cell in row.items()} == told
    findings = rows_of(book, "Findings")
    assert [row["finding"] for row in findings] == [
        finding.id for own in lighthouse.exported for finding in own.findings
    ]
    assert list(findings[0]) == [column.name for column in finding_columns(lighthouse)]


def test_numbers_are_numbers_and_reasons_are_words(lighthouse: Evidence) -> None:
    rows = {
        row["key"]: row for row in rows_of(read(as_xlsx(lighthouse.exported, lighthouse)), "Reports")
    }
    assert (rows["example2019"]["year"], rows["example2019"]["sample_size"]) == (2019, 12)
    assert (rows["example2019"]["counted"], rows["example2019"]["findings"]) == (1, 2)
    assert rows["example2020"]["sample_size"] == "not reported"
    assert rows["example2019"]["volume"] == "012"
    assert rows["example2019"]["issue"] == "10.10"


def test_headings_stay_in_sight_and_filter(lighthouse: Evidence) -> None:
    book = read(as_xlsx(lighthouse.exported, lighthouse))
    for name, rows in (("Reports", 6), ("Findings", 6)):
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(rows, sheet.max_column).coordinate}"
        assert sheet["A1"].font.bold and sheet["A2"].alignment.wrap_text


def test_rows_are_as_high_as_their_longest_text(lighthouse: Evidence) -> None:
    """LibreOffice does not fit them to wrapped text by itself: rows lay over each other."""
    titles = {"a": "Tea", "b": "tea " * 50, "c": "tea " * 9_000}
    reports = [report(key, title=title) for key, title in titles.items()]
    sheet = read(as_xlsx(reports, lighthouse))["Reports"]
    low, high, highest = (sheet.row_dimensions[row].height for row in (2, 3, 4))
    assert low < 60 <= high < highest <= 409


def test_the_sheet_about_says_how_to_cite_and_what_columns_mean(lighthouse: Evidence) -> None:
    about: dict[Any, Any] = dict(
        read(as_xlsx(lighthouse.exported, lighthouse))["About"].iter_rows(values_only=True)  # type: ignore[arg-type]
    )
    assert about["How to cite"] == review_citation(lighthouse)
    assert about["Licence"] == "CC BY 4.0"
    assert about["Version of the data"] == lighthouse.meta["version"]
    assert about["Reports: sample_size"] == "How many took part"
    assert about["Reports: report.crew"] == "Crew: Who drinks the tea."
    assert about["Findings: statement"] == "What was found, in the review's words"
    columns = [*report_columns(lighthouse), *finding_columns(lighthouse)]
    assert len([label for label in about if ": " in str(label)]) == len(columns)


def test_every_cell_with_a_text_is_counted(lighthouse: Evidence) -> None:
    with ZipFile(io.BytesIO(as_xlsx(lighthouse.exported, lighthouse))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "/worksheets/" in name]
        strings = parts.read("xl/sharedStrings.xml").decode()
    cells = [int(number) for sheet in sheets for number in re.findall(r't="s"><v>(\d+)<', sheet)]
    assert f'count="{len(cells)}" uniqueCount="{len(set(cells))}"' in strings
    assert set(cells) == set(range(strings.count("<si>")))


def test_the_same_data_give_the_same_bytes(lighthouse: Evidence) -> None:
    assert as_xlsx(lighthouse.exported, lighthouse) == as_xlsx(lighthouse.exported, lighthouse)
    assert rows_of(read(as_xlsx([], lighthouse)), "Reports") == []


def test_nothing_is_a_formula_or_a_link(lighthouse: Evidence) -> None:
    texts = [*HOSTILE[:-1], "https://example.org/", "_x0041_", "{=1+1}", "<r>rich</r>", "1"]
    reports = [report(f"k{number}", title=text) for number, text in enumerate(texts)]
    sheet = read(as_xlsx(reports, lighthouse))["Reports"]
    cells = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize("text", [*UNPRINTABLE, "\ufffe", "\uffff"])
def test_what_the_format_cannot_hold_is_refused_by_name(lighthouse: Evidence, text: str) -> None:
    with pytest.raises(ExportError, match=r"“title” of key2020 .*U\+"):
        as_xlsx([report(title=f"Tea{text}x")], lighthouse)


def test_a_text_longer_than_a_cell_says_that_it_is_cut(lighthouse: Evidence) -> None:
    whole, cut = titles(lighthouse, "x" * LONGEST, "🍵" * LONGEST)
    assert whole == "x" * LONGEST
    assert len(cut.encode("utf-16-le")) <= 2 * LONGEST and cut.startswith("🍵🍵")
    assert cut.endswith("[cut: no cell holds more; the table in CSV has all]")


@settings(max_examples=40)
@given(PLAIN.filter(lambda text: not {"\ufffe", "\uffff"} & {*text}))
def test_any_text_reads_back(lighthouse: Evidence, text: str) -> None:
    assert titles(lighthouse, text) == [text]


@pytest.mark.parametrize("text", ["tea _x0041_", "<r><t>tea</t></r>", "<r></r>", "<r>&</si></r>"])
def test_what_looks_like_the_format_itself_reads_back(lighthouse: Evidence, text: str) -> None:
    assert titles(lighthouse, text, f"{text}.") == [text, f"{text}."]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_hostile_titles_read_back(lighthouse: Evidence, text: str) -> None:
    assert titles(lighthouse, text, text) == [text, text]
