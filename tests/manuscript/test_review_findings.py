"""The tables of GRADE-CERQual: a row for each review finding."""

from __future__ import annotations

from evidence_map.manuscript.latex_table import as_latex
from evidence_map.manuscript.markdown_table import as_markdown
from evidence_map.manuscript.review_findings import (
    PROFILE,
    SUMMARY,
    evidence_profile,
    summary_of_findings,
)
from evidence_map.site.evidence import Evidence
from tests.reviews import LIGHTHOUSE

FILES = sorted(file.stem for file in (LIGHTHOUSE / "synthesis" / "findings").glob("*.md"))


def test_shares_of_the_page_add_up() -> None:
    for headings in (SUMMARY, PROFILE):
        assert round(sum(heading.share for heading in headings), 9) == 1


def test_the_summary_has_each_finding_with_confidence_reason_and_reports(lighthouse: Evidence) -> None:
    table = summary_of_findings(lighthouse)
    assert [row[0].text for row in table.rows] == [str(number + 1) for number in range(len(FILES))]
    first, second, third = table.rows
    assert [cell.plain for cell in first[1:]] == [
        "Tea is better in company, for keepers and for cats.",
        "low confidence",
        "Thin data.",
        "2 studies: Example et al. 2019 [example2019]; Müster & Ștefan 2020 [muster2020]",
    ]
    assert (second[2].text, second[3].text) == ("not assessed yet", "not assessed yet")
    assert third[4].text == "1 study, and 1 report shown apart"
    assert "\n" not in third[1].text


def test_the_profile_has_the_four_components(lighthouse: Evidence) -> None:
    table = evidence_profile(lighthouse)
    assert len(table.rows) == len(FILES)
    assert [cell.text for cell in table.rows[0][2:7]] == [
        "minor concerns: One crew was asked by its own cook.",
        "no or very minor concerns: All say the same.",
        "serious concerns: Two invented studies.",
        "moderate concerns: No study at sea.",
        "low confidence",
    ]
    assert {cell.text for cell in table.rows[1][2:7]} == {"not assessed yet"}


def test_tables_can_be_referred_to_each_by_its_own_name(lighthouse: Evidence) -> None:
    assert r"\label{tab:cerqual-summary}" in as_latex(summary_of_findings(lighthouse))
    profile = as_latex(evidence_profile(lighthouse))
    assert r"\label{tab:cerqual-profile}" in profile
    assert r"\includedstudy{Example et al. 2019}{example2019}" in profile
    assert "[@example2019]" in as_markdown([evidence_profile(lighthouse)])


def test_the_note_says_that_the_number_of_studies_is_no_confidence(lighthouse: Evidence) -> None:
    note = summary_of_findings(lighthouse).note
    assert note.startswith("3 review findings.")
    assert "the number of studies does not tell it" in note and lighthouse.meta["version"] in note
