"""The command ``assess`` shows the evidence, writes its digests, and refuses what is not ready."""

from __future__ import annotations

from click.testing import CliRunner, Result

from evidence_map.cli import main
from tests.folders import ReviewFolder
from tests.mistakes import FINDING, FULL, OTHER, unrecorded


def assess(review: ReviewFolder, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(review.root), "assess", *arguments])


def test_it_makes_a_new_assessment_complete(review: ReviewFolder) -> None:
    whole = review.read(FINDING)
    unrecorded(review)
    assert [problem.code for problem in review.check()] == ["unrecorded-evidence"]
    assert "not recorded" in assess(review).output
    result = assess(review, "company-matters")
    assert result.exit_code == 0
    assert "2 findings of 2 studies" in result.output
    assert "example2019#company (Example et al. 2019; read: full text, appraised)" in result.output
    assert review.read(FINDING) == whole
    assert review.every_problem() == []


def test_it_shows_what_changed_and_renews(review: ReviewFolder) -> None:
    review.edit(OTHER, "size: 3", "size: 4")
    (problem,) = review.every_problem()
    assert problem.code == "stale-assessment" and "muster2020#warm: the study" in problem.message
    assert "1 change since" in assess(review).output
    result = assess(review, "company-matters.md", "--date", "2026-11-22")
    assert "muster2020#warm: the study" in result.output
    assert "  date: 2026-11-22\n" in review.read(FINDING)
    assert review.every_problem() == []


def test_a_renewed_assessment_of_the_old_date_is_remarked(review: ReviewFolder) -> None:
    review.edit(OTHER, "size: 3", "size: 4")
    assert "still dated 2020-03-04" in assess(review, "company-matters").output


def test_a_trial_writes_nothing(review: ReviewFolder) -> None:
    review.edit(OTHER, "size: 3", "size: 4")
    before = review.read(FINDING)
    result = assess(review, "company-matters", "--dry-run")
    assert "would be written" in result.output and review.read(FINDING) == before


def test_what_is_up_to_date_is_not_written(review: ReviewFolder) -> None:
    assert "is up to date" in assess(review, "company-matters").output
    assert "up to date" in assess(review).output


def test_a_mistyped_name_gets_the_nearest_one(review: ReviewFolder) -> None:
    result = assess(review, "company-maters")
    assert result.exit_code == 2 and "Did you mean “company-matters”?" in result.output


def test_a_finding_with_errors_is_left_alone(review: ReviewFolder) -> None:
    for file, old, new in (
        (FINDING, "No study at sea.", "See above."),
        (FULL, "size: 12\n  roles", "size: twelve\n  roles"),
        (FINDING, "statement: Tea is", "statemnt: Tea is"),
    ):
        review.edit(file, old, new)
        before = review.read(FINDING)
        result = assess(review, "company-matters")
        assert result.exit_code == 1 and "mend the errors first" in result.output
        assert review.read(FINDING) == before


def test_a_finding_without_an_assessment_is_told_so(review: ReviewFolder) -> None:
    text = review.read(FINDING)
    review.write(FINDING, text[: text.index("cerqual:")] + text[text.index("---\n\n") :])
    assert "not assessed" in assess(review).output
    result = assess(review, "company-matters")
    assert result.exit_code == 1 and "write the assessment" in result.output


def test_a_day_is_a_day(review: ReviewFolder) -> None:
    result = assess(review, "company-matters", "--date", "today")
    assert result.exit_code == 2 and "“today” is not a day" in result.output


def test_a_review_without_findings_says_so(review: ReviewFolder) -> None:
    for file in (review.root / FINDING).parent.iterdir():
        file.unlink()
    assert "no review findings" in assess(review).output
    assert "There are none" in assess(review, "x").output
