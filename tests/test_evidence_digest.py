"""Digests change with the evidence under a review finding, and with nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.evidence_digest import LENGTH, LETTERS, EvidenceDigests, changes, digest, overall
from evidence_map.formatting import formatted
from evidence_map.model.synthesis import AssessedEvidence
from tests.folders import ReviewFolder
from tests.mistakes import FINDING, FULL, OTHER, PROTOCOL, SHORT

NAME = "company-matters"

contents = st.recursive(
    st.text(max_size=8) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)


def evidence_in(review: ReviewFolder) -> AssessedEvidence:
    read = check(review.root).review
    assert read is not None
    return EvidenceDigests(read).now(read.findings[NAME].fields.value)


def changed_by(review: ReviewFolder, file: str, old: str, new: str) -> list[str]:
    before = evidence_in(review)
    review.edit(file, old, new)
    return changes(before, evidence_in(review))


@given(contents)
def test_a_digest_is_a_short_word_that_yaml_reads_as_a_word(content: object) -> None:
    word = digest(content)
    assert len(word) == LENGTH and set(word) <= set(LETTERS)
    assert word == digest(content)


@given(st.lists(st.text(max_size=5), max_size=5), st.randoms())
def test_the_order_of_a_list_does_not_matter_but_its_content_does(
    items: list[str], random: object
) -> None:
    turned = list(reversed(items))
    assert digest(items) == digest(turned)
    assert digest([*items, "more"]) != digest(items)


def test_kinds_of_values_are_told_apart() -> None:
    different = ["1", 1, ["1"], {"1": "1"}, [["1"]], '["1"]', True, None, ""]
    assert len({digest(each) for each in different}) == len(different)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (FULL, "is better than tea alone", "is nicer than tea alone", "what was found"),
        (FULL, "locator: Results, part 1", "locator: Results, part 3", "what was found"),
        (FULL, "topic: [company, strength]", "topic: [company]", "what was found"),
        (FULL, "approach: listening", "approach: counting", "the study"),
        (FULL, "description: Ten keepers and two cats.", "description: Twelve.", "the study"),
        (FULL, "end: 2018-11", "end: 2018-10", "the study"),
        (FULL, "[Only one tower was visited.]", "[Two towers were visited.]", "the study"),
        (FULL, "countries: [NO, GB]", "countries: [GB]", "the study"),
        (SHORT, "  decision: included", "  decision: awaiting", "the study"),
        (SHORT, "  report_of: beacon", "  note: On its own.", "the study"),
        (FULL, "support: Twelve were asked.", "support: Ten were asked.", "the appraisal"),
        (FULL, 'item: asked, answer: "yes"', 'item: asked, answer: "no"', "the appraisal"),
    ],
)
def test_a_change_of_the_evidence_is_told_with_its_part(
    review: ReviewFolder, file: str, old: str, new: str, told: str
) -> None:
    assert changed_by(review, file, old, new) == [f"example2019#company: {told}"]


def test_what_was_read_and_whom_it_may_share_count_as_the_study(review: ReviewFolder) -> None:
    assert changed_by(review, OTHER, "basis: abstract", "basis: full text") == [
        "muster2020#warm: the study"
    ]
    line = "study:\n  may_share_sample_with: [muster2020]\n\nscreening:"
    assert changed_by(review, "records/plan2020.yml", "screening:", line) == [
        "muster2020#warm: the study"
    ]


def test_the_statement_and_the_question_are_evidence_too(review: ReviewFolder) -> None:
    assert changed_by(review, FINDING, "for keepers and for cats", "for cats") == [
        "the statement of the review finding"
    ]
    assert changed_by(review, PROTOCOL, "crews say about their", "cats say about their") == [
        "the review's question"
    ]


def test_contributions_that_come_and_go_are_named(review: ReviewFolder) -> None:
    assert changed_by(review, FINDING, ", muster2020#warm]", ", example2020#cups]") == [
        "muster2020#warm no longer contributes",
        "example2020#cups was added",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FULL, "# An invented paper", "# Another comment"),
        (FULL, "  size: 12\n  roles: [keeper, cat]", '  roles: [cat, "keeper"]\n  size: 12'),
        (FULL, "Keepers say that tea with others is", "Keepers say that\n      tea  with others is"),
        (FULL, "keywords: [tea, lighthouses]", "keywords: [cups]"),
        (FULL, "A note with **bold** words", "Another note"),
        (FULL, "Cats find the tea weak.", "Cats find the tea strong."),
        (FULL, 'title: "Tea & company', 'title: "Cups & company'),
        (FULL, "  date: 2020-02-12", "  date: 2020-02-13"),
        (FULL, "  date: 2020-02-11", "  date: 2020-02-12"),
        (FULL, "name: Invented Fund", "name: Another fund"),
        (FINDING, "Two crews agree", "Both crews agree"),
        (FINDING, "[example2019#company, muster2020#warm]", "[muster2020#warm, example2019#company]"),
        (PROTOCOL, "status: Everything here", "status: Everything there"),
    ],
)
def test_what_no_component_asks_about_changes_nothing(
    review: ReviewFolder, file: str, old: str, new: str
) -> None:
    assert changed_by(review, file, old, new) == []


def test_formatting_a_record_changes_nothing(review: ReviewFolder) -> None:
    before = evidence_in(review)
    review.write(
        FULL,
        formatted(
            "screening:\n"
            + review.read(FULL).partition("screening:\n")[2]
            + "\n"
            + review.read(FULL).partition("screening:\n")[0]
        ),
    )
    assert changes(before, evidence_in(review)) == []


def test_digests_that_were_edited_by_hand_are_told(review: ReviewFolder) -> None:
    now = evidence_in(review)
    edited = now.model_copy(update={"contributing": now.contributing | {"muster2020#warm": "bcd"}})
    assert changes(edited, now) == ["muster2020#warm: its digests were edited by hand"]
    assert overall(edited) != overall(now)
