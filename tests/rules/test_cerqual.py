"""Misuses of GRADE-CERQual are told; sound sentences and reasons are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.rules import wording
from tests.folders import ReviewFolder
from tests.mistakes import FINDING, FULL

SOUND = [
    "Three of the studies point to the same tower.",
    "Quotations are few, and two of five papers give an average age only.",
    "One study scored its cups by colour, which matters little here.",
    "Most data come from 12 of 14 keepers in a single tower; 86 % of them worked at night.",
    "Ages were 18–35; temperatures of -1 °C were common.",
    "Keepers and cats agree, from their own points of view.",
    "No study at sea.",
    "Thin data.",
    "Downgraded because all four studies come from one coast and one decade.",
    "Two small studies, neither of which asked cats.",
    "No concerns, since each study quotes several keepers at length.",
    "From one to three interviews a keeper, two points in time.",
]
CALCULATED = [
    "The score is 7 of 12.",
    "Scored 3.",
    "Methods −1, relevance −1.",
    "Minus two for adequacy.",
    "Average score of the components.",
    "The mean of the four components is 2.5.",
    "Levels were added up.",
    "Two points off for coherence.",
    "3/4 components are minor.",
    "Three of the four components raise minor concerns.",
]


@pytest.mark.parametrize("reason", SOUND)
def test_a_sound_reason_passes(reason: str) -> None:
    assert wording.formula_in(reason) == ""
    assert not wording.is_placeholder(reason)
    assert not wording.only_repeats_level(reason)
    assert not wording.only_counts(reason)


@pytest.mark.parametrize("reason", CALCULATED)
def test_a_calculation_is_found(reason: str) -> None:
    assert wording.formula_in(reason) in reason
    assert wording.formula_in(reason)


@pytest.mark.parametrize("reason", ["See above.", "SAME AS ABOVE", "tbd", "…", "Ditto!", "OK", "none"])
def test_a_placeholder_is_no_reason(reason: str) -> None:
    assert wording.is_placeholder(reason)


@pytest.mark.parametrize("reason", ["Low.", "Serious concerns about adequacy.", "We had no concerns."])
def test_a_level_is_no_reason(reason: str) -> None:
    assert wording.only_repeats_level(reason)


@pytest.mark.parametrize("reason", ["5 studies.", "Two studies and seven interviews support it."])
def test_a_count_is_no_reason(reason: str) -> None:
    assert wording.only_counts(reason)


@pytest.mark.parametrize(
    "statement",
    [
        "Tea is better in company, for keepers and for cats.",
        "“We never drink alone,” keepers say of their nights on duty.”",
        "How keepers drink depends on the night (and on the cat).",
        "Les gardiens boivent plus de thé quand ils sont ensemble !",
        "灯台守は、仲間がいるときにお茶を多く飲むと語っている。",
        "شرب الشاي مع الآخرين أفضل من شربه على انفراد.",
    ],
)
def test_a_sentence_is_a_statement(statement: str) -> None:
    assert wording.why_no_sentence(statement) == ""


@pytest.mark.parametrize(
    "statement",
    [
        "Company",
        "Company at tea.",
        "Theme 3: Barriers to tea",
        "Organisational and structural barriers to tea and company",
        "お茶と仲間",
    ],
)
def test_a_title_is_none(statement: str) -> None:
    assert wording.why_no_sentence(statement)


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    wording.formula_in(text)
    wording.only_counts(text)
    wording.only_repeats_level(text)
    wording.mentions_overlap(text)
    if text.strip():
        wording.why_no_sentence(text)


@pytest.mark.parametrize("name", ["confidence", "grade", "GRADE_CERQual", "certainty"])
@pytest.mark.parametrize(
    ("file", "before"), [(FULL, "appraisal:\n"), ("synthesis/studies.yml", "    title: The")]
)
def test_a_rating_of_a_study_has_a_message_of_its_own(
    review: ReviewFolder, name: str, file: str, before: str
) -> None:
    room = " " * (len(before) - len(before.lstrip()))
    review.edit(file, before, f"{room}{name}: low\n{before}")
    told = [problem for problem in review.check() if problem.code == "study-rated"]
    assert len(told) == 1 and "does not rate a paper" in told[0].message


def test_a_missing_component_is_told_with_all_four(review: ReviewFolder) -> None:
    line = "  relevance: {concern: moderate, reason: No study at sea.}\n"
    review.edit(FINDING, line, "")
    (problem,) = review.check()
    assert "“relevance” is missing in “cerqual”" in problem.message
    assert "all four components" in problem.hint


def test_an_overlap_that_is_mentioned_is_no_problem(review: ReviewFolder) -> None:
    review.edit(FINDING, "muster2020#warm]", "example2020#cups]")
    review.edit(FINDING, "Two invented studies.", "Two reports of the same study.")
    assert review.check() == []


@pytest.mark.parametrize(
    ("level", "concern", "told"),
    [
        ("high", "minor", False),
        ("moderate", "minor", False),
        ("low", "serious", False),
        ("very low", "moderate", False),
        ("high", "serious", True),
        ("very low", "minor", True),
        ("low", "no or very minor", True),
    ],
)
def test_levels_that_fit_badly_are_questioned(
    review: ReviewFolder, level: str, concern: str, told: bool
) -> None:
    review.edit(FINDING, "level: low", f"level: {level}")
    review.edit(FINDING, "concern: moderate", "concern: minor")
    review.edit(FINDING, "concern: serious", f"concern: {concern}")
    assert ("implausible-confidence" in {problem.code for problem in review.check()}) is told


def test_codes_of_a_review_finding_may_be_of_any_dimension_of_findings(review: ReviewFolder) -> None:
    review.edit(FINDING, "cerqual:", "codes:\n  topic: [company]\n  kind: [delight]\ncerqual:")
    assert review.every_problem() == []
