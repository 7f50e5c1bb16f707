"""The table of characteristics: a row a counted study, and no cell that says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.exports.review_citation import review_citation
from evidence_map.manuscript.characteristics import HEADINGS, characteristics, main_dimension
from evidence_map.manuscript.table import Cited
from evidence_map.site.evidence import Evidence
from tests.folders import ReviewFolder
from tests.mistakes import FULL, SHORT


def rows_of(evidence: Evidence, *keys: str) -> dict[str, list[str]]:
    """Return the cells of each study by the key of its first report."""
    reports = [evidence.reports[key] for key in keys] if keys else evidence.exported
    table = characteristics(reports, evidence)
    return {row[0].cited[0].key: [cell.plain for cell in row] for row in table.rows}


def stored(review: ReviewFolder, folder: Path) -> Path:
    found = check(review.root).review
    assert found is not None
    store(found, folder / "evidence.db")
    return folder / "evidence.db"


def test_reports_of_a_study_are_joined(lighthouse: Evidence) -> None:
    assert rows_of(lighthouse)["example2019"] == [
        "BEACON: Example et al. 2019 [example2019]; Example 2020 [example2020]",
        "Norway, United Kingdom (Scotland); data collected 2017 to November 2018 (Example et al. 2019); "
        "United Kingdom (Example 2020)",
        "To learn what keepers think of tea.",
        "Listening (Example et al. 2019); Counting (Example 2020)",
        "12 people; Keeper, Cat (Example et al. 2019); size not reported; Keeper (Example 2020)",
        "3 findings: Strength (2), Milk (1) and Company (1)",
        "full text (Example et al. 2019); abstract (Example 2020)",
        "Three questions: 1 yes, 1 no (12 February 2020)",
    ]


def test_what_is_missing_is_told_in_words(lighthouse: Evidence) -> None:
    assert rows_of(lighthouse)["muster2020"] == [
        "Müster & Ștefan 2020 [muster2020]",
        "not reported",
        "not yet extracted",
        "Listening",
        "3 people; roles not reported",
        "1 finding: Company (1)",
        "abstract",
        "not yet extracted",
    ]


def test_only_counted_studies_have_a_row(lighthouse: Evidence) -> None:
    assert list(rows_of(lighthouse)) == ["example2019", "muster2020"]
    assert len(rows_of(lighthouse)) == lighthouse.totals["studies"]
    assert rows_of(lighthouse, "overview2020", "plan2020", "bean2018") == {}


def test_only_the_reports_that_are_given_are_told(lighthouse: Evidence) -> None:
    [row] = rows_of(lighthouse, "example2020").values()
    assert row[0] == "BEACON: Example 2020 [example2020]"
    assert row[5] == "1 finding: Milk (1)"


def test_no_cell_is_blank(lighthouse: Evidence) -> None:
    for row in rows_of(lighthouse).values():
        assert len(row) == len(HEADINGS) and all(row)
    assert sum(heading.share for heading in HEADINGS) == pytest.approx(1)


def test_the_note_says_what_it_rests_on(lighthouse: Evidence) -> None:
    note = characteristics(lighthouse.exported, lighthouse).note
    assert note.startswith("2 studies in 3 reports.")
    assert review_citation(lighthouse) in note and "Licence: CC BY 4.0." in note


def test_reports_that_agree_are_told_once(review: ReviewFolder, tmp_path: Path) -> None:
    review.edit(SHORT, "approach: counting", "approach: listening")
    review.edit(FULL, "subdivisions: [GB-SCT]", "subdivisions: not reported")
    with Evidence(stored(review, tmp_path)) as evidence:
        assert rows_of(evidence)["example2019"][3] == "Listening"


def test_why_a_report_is_not_appraised(review: ReviewFolder, tmp_path: Path) -> None:
    text = review.read(SHORT)
    review.write(SHORT, text + "\nappraisal:\n  not_appraised: It is too short.\n")
    with Evidence(stored(review, tmp_path)) as evidence:
        assert rows_of(evidence, "example2020")["example2020"][7] == "not appraised: It is too short."


def test_findings_are_told_by_the_dimension_of_the_first_map(lighthouse: Evidence) -> None:
    assert main_dimension(lighthouse) == "topic"


def test_a_citation_names_its_report(lighthouse: Evidence) -> None:
    assert Cited.report(lighthouse.reports["muster2020"]) == Cited("muster2020", "Müster & Ștefan 2020")
