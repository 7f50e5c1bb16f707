"""What becomes of references: new, possibly the same, already here, refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidence_map.checking import check
from evidence_map.imports.drafts import Draft
from evidence_map.imports.imported import Imported, Reading, Refused
from evidence_map.imports.intake import Intake, Outcome
from evidence_map.imports.outcome_report import outcome_lines, total_lines
from evidence_map.imports.record_files import write_drafts
from tests.folders import ReviewFolder

KNOWN = {
    "title": "Tea and company: what keepers say",
    "authors": [{"family": "Example", "given": "Ann B."}],
    "issued": "2019",
}


def taken(review: ReviewFolder, *fields: dict[str, Any], refused: tuple[Refused, ...] = ()) -> Outcome:
    found = check(review.root).review
    assert found is not None
    references = [
        Imported("tea.ris", 10 * number, {"title": "Tea"} | own) for number, own in enumerate(fields, 1)
    ]
    intake = Intake(found, ["shelf"], "2026-11-22")
    return intake.take(Reading(references, list(refused)), "tea.ris", "RIS")


def test_each_reference_ends_in_exactly_one_place(review: ReviewFolder) -> None:
    outcome = taken(
        review,
        {"title": "Something that nobody has seen before", "issued": "2001"},
        {"title": "Whatever", "doi": "10.5555/example.1"},
        KNOWN | {"container_title": "Journal of Invented Results"},
        {"title": "?"},
        {"title": "Something that nobody has seen before", "issued": "2001"},
        refused=(Refused(5, "the entry has no title"),),
    )
    assert outcome.read == 6
    assert [str(draft.file) for draft in outcome.new] == ["records/something2001.yml"]
    assert [here.matches[0].name for here in outcome.here] == ["example2019"]
    likely = [(own.draft.key, [m.name for m in own.matches]) for own in outcome.likely]
    assert likely == [("example2019b", ["example2019"]), ("something2001b", ["something2001"])]
    assert [refused.line for refused in outcome.refused] == [5, 40]
    assert len(outcome.drafts) + len(outcome.here) + len(outcome.refused) == outcome.read


def test_keys_are_free_of_records_studies_and_unreadable_files(review: ReviewFolder) -> None:
    review.write("records/lamp2020.yml", "reference: [broken\n")
    review.write("records/Lamp2020B.YML", "x")
    lamp = {"authors": [{"family": "Lamp"}], "issued": "2020"}
    outcome = taken(review, lamp | {"title": "A paper of some length"})
    assert [draft.key for draft in outcome.drafts] == ["lamp2020c"]


def test_what_is_written_passes_the_check(review: ReviewFolder) -> None:
    outcome = taken(review, {"title": "Never seen, and of some length"}, KNOWN)
    before = set((review.root / "records").iterdir())
    write_drafts(review.root, outcome.drafts)
    written = {file.name for file in set((review.root / "records").iterdir()) - before}
    assert written == {"seen.yml".replace("seen", outcome.new[0].key), "example2019b.yml"}
    problems = review.check()
    assert [(problem.code, problem.path.name) for problem in problems] == [
        ("likely-duplicate", "example2019b.yml")
    ]
    assert "records/example2019.yml" in problems[0].message


def test_all_files_or_none(review: ReviewFolder) -> None:
    outcome = taken(review, {"title": "First of two papers"}, {"title": "Second of two papers"})
    blocked = review.root / outcome.new[1].file
    blocked.write_text("somebody was quicker\n")
    with pytest.raises(FileExistsError):
        write_drafts(review.root, outcome.drafts)
    assert not (review.root / outcome.new[0].file).exists()
    assert blocked.read_text() == "somebody was quicker\n"


def test_the_report_names_every_reference(review: ReviewFolder) -> None:
    many = [
        {"title": f"A wholly different matter, number {n}", "issued": str(1990 + n)} for n in range(23)
    ]
    outcome = taken(review, *many, {"title": "Whatever", "doi": "10.5555/example.1"})
    short = list(outcome_lines(outcome, everything=False, dry_run=False))
    assert short[0] == "tea.ris (RIS): 24 references read"
    assert "  23 new, written:" in short
    assert "    … and 3 more; --all lists them" in short
    assert "    line 240: records/example2019.yml (same DOI, 10.5555/example.1)" in short
    whole = "\n".join(outcome_lines(outcome, everything=True, dry_run=True))
    assert "23 new, would be written" in whole
    assert all(own["title"] in whole for own in many)
    found = check(review.root).review
    assert found is not None
    assert list(total_lines([outcome], found, [], dry_run=True)) == [
        "Nothing was written (--dry-run); 23 records would be."
    ]


def test_only_records_that_do_not_name_the_search_yet_are_to_be_completed(review: ReviewFolder) -> None:
    outcome = taken(
        review,
        {"title": "Names its search", "doi": "10.5555/example.1"},
        {"title": "Names none", "pmid": "123"},
        {"title": "Came a moment ago, and is long enough", "doi": "10.5555/lamp.2021"},
        {"title": "Came twice", "doi": "10.5555/lamp.2021"},
    )
    found = check(review.root).review
    assert found is not None
    assert list(total_lines([outcome], found, ["shelf"], dry_run=False)) == [
        "1 draft record written.",
        "Records that were here already were found too: add shelf to “found_by” of muster2020.",
    ]


def test_a_review_without_records_takes_its_first(tmp_path: Path, review: ReviewFolder) -> None:
    outcome = taken(review, {"title": "The very first paper of all"})
    write_drafts(tmp_path, outcome.drafts)
    drafts: list[Draft] = outcome.drafts
    assert (tmp_path / drafts[0].file).read_text("utf-8") == drafts[0].text
