"""The codes of all findings in one file hold what the database holds, in its documented order."""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from evidence_map.database import store
from evidence_map.site.evidence import Evidence
from evidence_map.site.live.columns import Columns, decision
from evidence_map.site.map_table import map_tables
from tests.bench.map_site import invented_review
from tests.exports.reports import lighthouse_database
from tests.site.live.columns_file import ColumnsFile


@pytest.fixture(scope="module")
def packed(columns: Columns) -> ColumnsFile:
    return ColumnsFile.read(columns.packed())


def test_the_same_review_gives_the_same_bytes(columns: Columns, tmp_path: Path) -> None:
    review = invented_review(300, tmp_path)
    store(review, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as again:
        assert Columns(again, map_tables(again)).packed() == columns.packed()


def test_reports_of_a_study_stand_together_the_latest_first(columns: Columns) -> None:
    studies = [report.row["study"] for report in columns.reports]
    runs = [study for study, _ in groupby(studies)]
    assert len(runs) == len(set(runs))
    assert max(Counter(studies).values()) > 2, "the review has no study with several reports"
    for _, run in groupby(columns.reports, key=lambda report: report.row["study"]):
        issued = [report.row["issued"] or "" for report in run]
        assert issued == sorted(issued, reverse=True)


def test_studies_stand_by_their_latest_report(columns: Columns) -> None:
    runs = [list(run) for _, run in groupby(columns.reports, key=lambda report: report.row["study"])]
    first = [run[0].row["issued"] or "" for run in runs]
    assert first == sorted(first, reverse=True)


def test_every_report_stands_there_once(columns: Columns, kites: Evidence) -> None:
    keys = [report.key for report in columns.reports]
    assert sorted(keys) == sorted(row["key"] for row in kites.rows("SELECT key FROM record"))


def test_sizes_are_those_of_the_database(columns: Columns, packed: ColumnsFile, kites: Evidence) -> None:
    reports = packed.columns["reports-of-study"]
    findings = packed.columns["findings-of-report"]
    assert sum(reports) == len(findings) == len(packed.columns["decision-of-report"])
    assert sum(findings) == kites.rows("SELECT count(*) FROM finding")[0][0]
    assert len(reports) == kites.rows("SELECT count(DISTINCT study) FROM record")[0][0]
    assert 0 in findings, "every report of the review has findings"
    assert packed.header["totals"] == {
        name: kites.totals[name] for name in ("studies", "reports", "findings")
    }


def test_codes_are_those_of_the_database(columns: Columns, packed: ColumnsFile, kites: Evidence) -> None:
    findings = [finding.id for report in columns.reports for finding in report.findings]
    reports = [report.key for report in columns.reports]
    for dimension in packed.header["dimensions"]:
        of_reports = dimension["level"] == "report"
        table, holder = ("record_code", "record") if of_reports else ("finding_code", "finding")
        wanted: dict[str, set[str]] = {name: set() for name in (reports if of_reports else findings)}
        sql = f"SELECT {holder}, term FROM {table} WHERE dimension = ?"
        for name, term in kites.rows(sql, dimension["id"]):
            wanted[name].add(term)
        assert packed.terms(dimension["id"]) == list(wanted.values()), dimension["id"]


def test_the_header_has_the_terms_in_their_order(packed: ColumnsFile, kites: Evidence) -> None:
    assert [own["id"] for own in packed.header["dimensions"]] == list(kites.dimensions)
    for dimension in packed.header["dimensions"]:
        terms = dimension["terms"]
        assert [term["id"] for term in terms] == list(kites.terms[dimension["id"]])
        for index, term in enumerate(terms):
            parent = kites.terms[dimension["id"]][term["id"]].parent
            assert (terms[term["parent"]]["id"] if term["parent"] >= 0 else None) == parent
            assert term["parent"] < index, "a group stands before its terms"
    years = {own["id"] for own in packed.header["dimensions"] if own["years"]}
    assert years == {"year", "collection-year"}


def test_decisions_are_those_of_screening(columns: Columns, packed: ColumnsFile) -> None:
    names = [own["id"] for own in packed.header["decisions"]]
    shown = [names[index] for index in packed.columns["decision-of-report"]]
    assert shown == [decision(report) for report in columns.reports]
    assert set(shown) == set(names), "the review lacks a decision"
    for report, name in zip(columns.reports, shown, strict=True):
        assert (name == "counted") == bool(report.row["counted"])


def test_the_maps_tell_what_they_show_and_which_cells_are_outside(tmp_path: Path) -> None:
    with Evidence(lighthouse_database(tmp_path)) as evidence:
        maps = map_tables(evidence)
        header = ColumnsFile.read(Columns(evidence, maps).packed()).header
    for table, frame in zip(maps, header["maps"], strict=True):
        assert (frame["rows"], frame["columns"], frame["segments"], frame["unit"]) == (
            table.row_dimension,
            table.column_dimension,
            table.segment_dimension,
            table.unit,
        )
    reason = "Cats of this invented review take no tea with milk."
    assert [frame["outside"] for frame in header["maps"]] == [[["milk", "cat", reason]], [], []]


def test_a_review_of_one_excluded_report_can_be_packed(tmp_path: Path) -> None:
    file = lighthouse_database(tmp_path)
    with sqlite3.connect(file) as connection:
        tables = ["finding_quote", "finding_code", "review_finding_contribution"]
        for table in [*tables, "finding_place", "counted_finding", "finding"]:
            connection.execute(f"DELETE FROM {table}")
    connection.close()
    with Evidence(file) as evidence:
        packed = ColumnsFile.read(Columns(evidence, []).packed())
    assert set(packed.columns["findings-of-report"]) == {0}
    assert packed.columns["topic:counts"] == packed.columns["topic:terms"] == []
