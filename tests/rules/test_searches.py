"""The search log adds up, or is told which number does not."""

from __future__ import annotations

import pytest

from tests.folders import ReviewFolder
from tests.mistakes import OUT, SEARCHES, SHORT


def test_each_number_is_named(review: ReviewFolder) -> None:
    review.edit(SEARCHES, "results: 32", "results: 33")
    [problem] = review.check()
    assert problem.message == (
        "“tea-index” gave 33 results, but 3 records name it, 4 duplicates had no record, "
        "5 had none (Not in words), 20 had none (No tea in it): 1 are not accounted for"
    )


def test_more_than_there_was_is_refused_even_while_screening_goes_on(review: ReviewFolder) -> None:
    review.edit(SEARCHES, "results: 14", "results: 5")
    [problem] = review.check()
    assert problem.message.endswith("2 had none (A cookery book): 1 too many")


@pytest.mark.parametrize("results", ["not reported", "not yet extracted"])
def test_an_unknown_number_of_results_cannot_be_wrong(review: ReviewFolder, results: str) -> None:
    review.edit(SEARCHES, "results: 32", f"results: {results}")
    assert review.check() == []


def test_what_cannot_be_read_is_not_counted_against_the_search(review: ReviewFolder) -> None:
    review.edit(OUT, "decision: excluded", "decision: out")
    assert {problem.code for problem in review.check()} == {"unknown-value"}


def test_a_faulty_record_whose_screening_is_sound_still_counts(review: ReviewFolder) -> None:
    review.edit(SHORT, "issued: 2020", "issued: soon")
    review.edit(SEARCHES, "results: 32", "results: 33")
    assert {problem.code for problem in review.check()} == {"bad-date", "search-does-not-add-up"}


def test_a_review_without_a_search_log_needs_no_searches(review: ReviewFolder) -> None:
    (review.root / SEARCHES).unlink()
    assert "record-without-search" not in {problem.code for problem in review.check()}
