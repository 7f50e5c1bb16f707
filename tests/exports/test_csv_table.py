"""A table that spreadsheets open as it is meant, with no blank cell that could mean anything."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.csv_table import as_csv, as_findings_csv, defused
from evidence_map.exports.fields import ExportError
from evidence_map.site.evidence import Evidence, PaperFinding
from tests.exports.reports import HOSTILE, UNHEARD_OF, UNPRINTABLE, person, report


def read(text: str) -> list[dict[str, str]]:
    """Return the rows by their headings; each must have as many cells as there are headings."""
    headings, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert len(set(headings)) == len(headings)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def plain(cell: str) -> str:
    """Return a cell as it was before it was made harmless."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n]", cell) else cell


def rows_of(evidence: Evidence) -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in read(as_csv(evidence.reports.values(), evidence))}


def test_a_whole_row(lighthouse: Evidence) -> None:
    assert rows_of(lighthouse)["example2019"] == {
        "key": "example2019",
        "citation": "Example et al. 2019",
        "title": "Tea & company: what <keepers> say",
        "authors": "Example, Ann B.; van Muster, Çelik; The Invented Crew",
        "year": "2019",
        "issued": "2019-05",
        "container_title": "Journal of Invented Results",
        "volume": "012",
        "issue": "10.10",
        "page": "1-9",
        "number": "",
        "doi": "10.5555/example.1",
        "pmid": "",
        "url": "",
        "language": "en",
        "keywords": "tea; lighthouses",
        "type": "article-journal",
        "standing": "",
        "study": "beacon",
        "decision": "included",
        "counted": "1",
        "basis": "full text",
        "sample_size": "12",
        "sample_unit": "people",
        "report.approach": "Listening",
        "report.crew": "Keeper; Cat",
        "report.why-out": "not applicable",
        "report.country": "Norway; United Kingdom",
        "report.region": "Scotland",
        "report.collection-year": "2018; 2017",
        "findings": "2",
        "finding.topic": "Strength; Company",
        "finding.kind": "Delight; Grumble",
        "finding.confidence": "Moderate confidence; Low confidence",
    }


def test_rows_stand_in_the_order_of_keys_below_one_line_of_headings(lighthouse: Evidence) -> None:
    text = as_csv(lighthouse.reports.values(), lighthouse)
    assert [row["key"] for row in read(text)] == sorted(lighthouse.reports)
    assert text.count("\r\n") == text.count("\n") == len(lighthouse.reports) + 1
    assert as_csv([], lighthouse) == text[: text.index("\n") + 1]


def test_cells_without_a_value_say_why(lighthouse: Evidence) -> None:
    rows = rows_of(lighthouse)
    assert rows["overview2020"]["authors"] == "not reported"
    assert rows["overview2020"]["report.country"] == "not applicable"
    assert rows["overview2020"]["finding.kind"] == "not yet extracted"
    assert rows["muster2020"]["report.crew"] == "not reported"
    assert rows["example2020"]["sample_size"] == "not reported"
    assert rows["example2020"]["sample_unit"] == ""
    ongoing = rows["plan2020"]
    blank = {name for name, cell in ongoing.items() if not cell}
    assert blank == {
        *("container_title", "volume", "issue", "page", "number", "doi", "pmid", "url"),
        *("language", "keywords", "sample_unit"),
    }
    assert (ongoing["basis"], ongoing["findings"]) == ("not yet extracted", "0")
    assert ongoing["finding.topic"] == "not yet extracted"


def test_an_incomplete_list_of_authors_says_so(lighthouse: Evidence) -> None:
    assert rows_of(lighthouse)["bean2018"]["authors"] == "Bean, C.; et al."


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_in_their_cell(lighthouse: Evidence, text: str) -> None:
    reports = [report(key, title=text, authors=[person(literal=text)]) for key in ("a", "b")]
    rows = read(as_csv(reports, lighthouse))
    assert [row["key"] for row in rows] == ["a", "b"]
    for row in rows:
        assert plain(row["title"]) == plain(row["authors"]) == text
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused_by_name(lighthouse: Evidence, text: str) -> None:
    with pytest.raises(ExportError, match=r"“title” of key2020 .* U\+"):
        as_csv([report(title=f"Tea{text}x")], lighthouse)


@given(st.text())
def test_no_text_is_a_formula_and_all_can_be_had_back(text: str) -> None:
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert plain(defused(text)) == text


@given(st.lists(UNHEARD_OF, max_size=3))
def test_any_text_at_all_reads_back_or_is_refused(lighthouse: Evidence, titles: list[str]) -> None:
    reports = [report(f"k{number}", title=title) for number, title in enumerate(titles)]
    try:
        text = as_csv(reports, lighthouse)
    except ExportError as error:
        assert re.search(r"“title” of k\d", str(error))
        return
    assert [plain(row["title"]) for row in read(text.encode().decode())] == titles


# The table of findings


def finding(statement: str, name: str = "tea") -> PaperFinding:
    return PaperFinding(f"key2020#{name}", name, "key2020", statement, "Results")


def test_findings_have_a_row_each_with_their_own_codes(lighthouse: Evidence) -> None:
    rows = read(as_findings_csv(lighthouse.reports.values(), lighthouse))
    assert [row["finding"] for row in rows] == list(lighthouse.findings)
    assert rows[1] == {
        "finding": "example2019#too-weak",
        "record": "example2019",
        "citation": "Example et al. 2019",
        "decision": "included",
        "counted": "1",
        "basis": "full text",
        "statement": "Cats find the tea weak.",
        "locator": "Results, part 2",
        "finding.topic": "Strength",
        "finding.kind": "Grumble",
        "finding.confidence": "contributes to no review finding",
    }
    assert next(row for row in rows if row["record"] == "example2020")["finding.kind"] == (
        "not yet extracted"
    )


def test_findings_of_some_reports_only(lighthouse: Evidence) -> None:
    rows = read(as_findings_csv([lighthouse.reports["muster2020"]], lighthouse))
    assert [row["finding"] for row in rows] == ["muster2020#warm"]


@given(st.lists(UNHEARD_OF, max_size=3))
def test_any_statement_reads_back_or_is_refused(lighthouse: Evidence, statements: list[str]) -> None:
    written = report()
    written.findings = [finding(text, f"f{number}") for number, text in enumerate(statements)]
    try:
        text = as_findings_csv([written], lighthouse)
    except ExportError as error:
        assert re.search(r"“statement” of key2020#f\d", str(error))
        return
    assert [plain(row["statement"]) for row in read(text.encode().decode())] == statements
