"""The pages of review findings: how sure, resting on what, and what leads to them."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from lxml import html

from evidence_map.database import store
from evidence_map.loading import load_review
from evidence_map.site.evidence import Evidence
from evidence_map.site.review_findings import CONFIDENCE, review_findings, surest_first
from tests.folders import ReviewFolder
from tests.mistakes import FINDING, FULL, OTHER, PROTOCOL
from tests.reviews import LIGHTHOUSE, built

FILES = sorted((LIGHTHOUSE / "synthesis" / "findings").glob("*.md"))


@pytest.fixture(scope="module")
def site(lighthouse_site: Path) -> Path:
    return lighthouse_site


def page(site: Path, address: str) -> html.HtmlElement:
    """Return a page with a space behind each part that stands on lines of its own."""
    root = html.fromstring((site / address / "index.html").read_text("utf-8"))
    for element in root.iter("p", "dt", "dd", "li", "td", "th", "h2", "h3"):
        element.tail = f" {element.tail or ''}"
    return root


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def part(site: Path, address: str, name: str) -> str:
    """Return the words of the section whose heading has the id *name*."""
    [section] = page(site, address).xpath(f"//section[*[@id='{name}']]")
    return words(section)


def rebuilt(review: ReviewFolder) -> Path:
    target = review.root.parent / "site"
    built(review.root, target)
    return target


def stored(review: ReviewFolder) -> Evidence:
    loaded, problems = load_review(review.root)
    assert loaded is not None and problems == []
    store(loaded, review.root.parent / "evidence.db")
    return Evidence(review.root.parent / "evidence.db")


# The page of a finding


def test_each_file_has_a_page_with_its_statement(site: Path) -> None:
    assert {folder.name for folder in (site / "findings").iterdir() if folder.is_dir()} == {
        file.stem for file in FILES
    }
    [statement] = page(site, "findings/company-matters").xpath("//h1")
    assert words(statement) == "Tea is better in company, for keepers and for cats."


def test_confidence_has_its_word_its_reason_and_who_judged_when(site: Path) -> None:
    told = part(site, "findings/strength-divides", "_confidence")
    assert "Moderate confidence It is likely that" in told
    assert "Why: Minor concerns about methods and adequacy" in told
    assert "Assessed 5 March 2020 by The invented crew and A second crew." in told


def test_each_component_has_its_level_and_its_reason(site: Path) -> None:
    told = part(site, "findings/company-matters", "_components")
    assert "No or very minor concerns All say the same." in told
    assert "Serious concerns Two invented studies." in told
    assert told.count(" concerns ") == 4


def test_what_nobody_assessed_says_so(site: Path) -> None:
    told = part(site, "findings/milk-is-rare", "_confidence")
    assert "Not assessed yet Nobody has judged yet" in told
    assert page(site, "findings/milk-is-rare").xpath("//*[@id='_components' or @id='_narrative']") == []


def test_the_number_of_studies_stands_apart_from_the_confidence(site: Path) -> None:
    told = part(site, "findings/strength-divides", "_size")
    assert "Studies 1 study in 2 reports; shown apart: “All about tea” 2020" in told
    assert "Participants 12 people" in told
    assert "Norway (1), United Kingdom (1)" in told
    assert "does not say how sure" in told
    assert "stud" not in part(site, "findings/strength-divides", "_confidence")


def test_studies_stand_side_by_side_with_what_they_say(site: Path) -> None:
    rows = page(site, "findings/company-matters").xpath("//section[*[@id='_studies']]//tbody/tr")
    beacon, muster = map(words, rows)
    assert "BEACON Keepers say that tea with others" in beacon
    assert "Results, part 1 · Delight" in beacon
    assert "Three questions: 1 yes, 1 no (12 February 2020) Full text" in beacon
    assert "Ten keepers and two cats." in beacon
    assert "Company keeps the cup warm." in muster
    assert "3 people; roles not reported Not reported Not yet appraised Abstract" in muster


def test_what_is_not_counted_stands_apart(site: Path) -> None:
    assert "Other papers say that tea is drunk." in part(site, "findings/strength-divides", "_apart")
    assert "Other papers" not in part(site, "findings/strength-divides", "_studies")
    assert page(site, "findings/company-matters").xpath("//*[@id='_apart']") == []


def test_samples_that_may_overlap_are_told(review: ReviewFolder) -> None:
    review.write(OTHER, review.read(OTHER) + "\nstudy:\n  may_share_sample_with: [example2019]\n")
    site = rebuilt(review)
    assert "15 people; some may be counted twice" in part(site, "findings/company-matters", "_size")
    told = part(site, "findings/company-matters", "_studies")
    assert "Example et al. 2019 and Müster & Ștefan 2020 may report on some of the same people" in told


def test_two_reports_of_one_study_are_no_overlap(review: ReviewFolder) -> None:
    review.edit(
        FULL, "  report_of: beacon\n", "  report_of: beacon\n  may_share_sample_with: [example2020]\n"
    )
    with stored(review) as evidence:
        assert review_findings(evidence)["strength-divides"].overlaps() == []


def test_the_citation_names_finding_confidence_and_address(site: Path) -> None:
    told = part(site, "findings/company-matters", "_cite")
    assert (
        "“Tea is better in company, for keepers and for cats” [review finding, low confidence]. In:"
        in told
    )
    assert "https://example.org/lighthouse/findings/company-matters/ " in told
    assert (LIGHTHOUSE / "synthesis/findings/company-matters.md").read_text("utf-8").strip() in page(
        site, "findings/company-matters"
    ).xpath("//pre[@id='_source']")[0].text_content()


# Citations


def test_citations_of_a_narrative_lead_to_records_and_findings(site: Path) -> None:
    shown = page(site, "findings/strength-divides")
    [narrative] = shown.xpath("//section[h2[@id='_narrative']]")
    assert "(Example et al. 2019, p. 3)" in words(narrative)
    assert narrative.xpath(".//a/@href")[:2] == [
        "../../records/example2019/#company",
        "../../records/example2020/",
    ]
    assert "[@nobody]" in words(narrative) and "mailto:crew@example.org" in narrative.xpath(".//a/@href")
    references = [words(each) for each in shown.xpath("//ul[@class='em-references']/li")]
    assert [each.split(" (")[0] for each in references] == sorted(
        each.split(" (")[0] for each in references
    )
    assert len(references) == 4
    assert any(
        "Tea & company: what <keepers> say. Journal of Invented Results, 012" in r for r in references
    )


def test_notes_and_protocol_have_citations_with_their_references(review: ReviewFolder) -> None:
    review.edit(FULL, "  A note with", "  As others say [see @muster2020#warm], a note with")
    cited = "[@example2019#company; @example2019#too-weak]"
    review.edit(PROTOCOL, "See the", f"One asked {cited}. See the")
    site = rebuilt(review)
    notes = part(site, "records/example2019", "_notes")
    assert "As others say (see Müster & Ștefan 2020), a note" in notes
    assert "Cited in the notes Müster & Ștefan 2020 Müster" in notes
    protocol = page(site, "protocol").xpath("//article")[-1]
    assert "One asked (Example et al. 2019; another finding)." in words(protocol)
    assert "References Example et al. 2019 Example, A. B." in words(protocol)


# The list and its tables


def test_the_list_has_each_finding_the_surest_first(site: Path) -> None:
    entries = page(site, "findings").xpath("//ul[@class='em-review-findings']/li")
    assert [words(entry).split(" Rests on ")[0].split(" confidence ")[0] for entry in entries][:2] == [
        "Moderate",
        "Low",
    ]
    assert words(entries[2]).startswith("Not assessed yet Milk is rare")
    assert "Rests on 2 studies from Norway and United Kingdom, where known" in words(entries[1])
    assert len(entries) == len(FILES)


@pytest.mark.parametrize("name", ["cerqual-summary", "cerqual-profile"])
def test_both_tables_have_a_row_for_each_finding_and_files_to_take_away(site: Path, name: str) -> None:
    [section] = page(site, "findings").xpath(f"//section[h2[@id='{name}']]")
    assert len(section.xpath(".//tbody/tr")) == len(FILES)
    files = [address for address in section.xpath(".//a/@href") if "data/" in address]
    assert len(files) == 4
    assert all((site / "findings" / file).resolve().is_file() for file in files)
    table = list(csv.reader(io.StringIO((site / f"data/manuscript/{name}.csv").read_text("utf-8"))))
    assert len(table) == len(FILES) + 1


def test_a_review_without_findings_says_so_and_its_first_page_shows_none(review: ReviewFolder) -> None:
    shutil.rmtree(review.root / "synthesis" / "findings")
    site = rebuilt(review)
    assert "No review finding is written yet." in words(page(site, "findings").xpath("//main")[0])
    assert page(site, ".").xpath("//*[@id='findings']") == []


def test_the_list_is_grouped_as_the_protocol_says(review: ReviewFolder) -> None:
    review.edit(PROTOCOL, "status:", "findings_by: topic\nstatus:")
    shown = page(rebuilt(review), "findings")
    groups = [
        (words(section.xpath("./h2")[0]), [each.get("href") for each in section.xpath(".//li/a")])
        for section in shown.xpath("//section[ul[@class='em-review-findings']]")
    ]
    assert groups == [
        ("Strength 1 finding", ["../findings/strength-divides/"]),
        ("Milk 1 finding", ["../findings/milk-is-rare/"]),
        ("Of no group 1 finding", ["../findings/company-matters/"]),
    ]


# Evidence that changed


STALE = "The evidence under this finding changed after it was assessed."


def test_what_changed_since_the_assessment_is_told_wherever_the_finding_stands(
    review: ReviewFolder,
) -> None:
    review.edit(OTHER, "  size: 3\n", "  size: 4\n")
    site = rebuilt(review)
    told = words(page(site, "findings/company-matters").xpath("//article")[0])
    assert (
        f"{STALE} Its confidence is to be judged anew. Müster & Ștefan 2020, “warm”: the study" in told
    )
    assert STALE in part(site, ".", "findings")
    assert words(page(site, "findings").xpath("//main")[0]).count(STALE) == 1
    assert "low confidence (the evidence changed after the assessment)" in (
        site / "data/manuscript/cerqual-summary.csv"
    ).read_text("utf-8")
    assert STALE not in words(page(site, "findings/strength-divides").xpath("//article")[0])


# What leads there


def test_the_first_page_shows_the_surest_and_leads_to_all(site: Path) -> None:
    told = part(site, ".", "findings")
    assert told.index("Moderate confidence") < told.index("Low confidence")
    assert "The review findings, with what each rests on" in told


def test_the_first_page_says_how_many_more_there_are(review: ReviewFolder) -> None:
    review.write("synthesis/findings/z.md", review.read("synthesis/findings/milk-is-rare.md"))
    told = part(rebuilt(review), ".", "findings")
    assert told.count("Rests on") == 3 and "All 4 review findings, with" in told


def test_a_finding_of_a_paper_names_the_review_findings_that_rest_on_it(site: Path) -> None:
    [finding] = page(site, "records/example2019").xpath("//li[@id='company']")
    uses = [words(each) for each in finding.xpath(".//ul[@class='em-uses']/li")]
    assert uses[0] == (
        "Part of the review finding Tea is better in company, for keepers and for cats. Low confidence"
    )
    assert len(uses) == 2
    assert page(site, "records/example2019").xpath("//li[@id='too-weak']//ul[@class='em-uses']") == []


def test_the_page_of_a_term_lists_the_review_findings_coded_so(site: Path) -> None:
    milk = part(site, "codebook/topic/milk", "_known")
    assert "1 review finding" in milk and "Not assessed yet" in milk and "Milk is rare" in milk
    assert "2 review findings" in part(site, "codebook/topic/taste", "_known")
    assert page(site, "codebook/topic/company").xpath("//*[@id='_known']") == []
    codes = page(site, "findings/milk-is-rare").xpath("//ul[@id='_codes']//a/@href")
    assert codes == ["../../codebook/topic/milk/"]


# The numbers behind it


def test_levels_are_ordered_and_unassessed_findings_come_last(review: ReviewFolder) -> None:
    with stored(review) as evidence:
        findings = review_findings(evidence)
        assert [own.name for own in surest_first(findings.values())] == [
            "strength-divides",
            "company-matters",
            "milk-is-rare",
        ]
        assert [own.strength for own in findings.values()] == [2, 0, 3]
    assert list(CONFIDENCE) == ["high", "moderate", "low", "very low"]


def test_participants_are_counted_once_a_study(review: ReviewFolder) -> None:
    """Two reports of BEACON may describe the same people; the larger number counts."""
    review.edit("records/example2020.yml", "size: not reported", "size: 20")
    review.edit(OTHER, "  size: 3\n", "  size: not reported\n")
    review.edit(FINDING, "[example2019#company,", "[example2019#company, example2020#cups,")
    with stored(review) as evidence:
        own = review_findings(evidence)["company-matters"]
        assert own.participants == (20, 1)
        assert own.participants_words() == "20 people, and an unknown number in 1 study"


def test_other_things_than_people_are_no_participants(review: ReviewFolder) -> None:
    review.edit(FULL, "  size: 12\n", "  size: 12\n  unit: cups\n")
    review.edit(OTHER, "  size: 3\n", "  size: 3\n  unit: cups\n")
    with stored(review) as evidence:
        own = review_findings(evidence)["company-matters"]
        assert own.participants_words() == "Not known for any of the studies"
