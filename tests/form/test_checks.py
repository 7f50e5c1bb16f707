"""The checks of the web form say the same as the check of the review, word for word."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_map.checking import all_rules, check
from evidence_map.review import Review
from tests.folders import ReviewFolder
from tests.form.checked import Entry, entry_of, told_by_form, told_by_python
from tests.form.mutations import mutated
from tests.form_cases import NOT_IN_THE_FORM, ONLY_IN_PART, FormCase, record_cases
from tests.mistakes import OTHER, OUT, PLAN, SHORT
from tests.reviews import LIGHTHOUSE, REPOSITORY


def _read(root: Path) -> Review:
    review = check(root).review
    assert review is not None
    return review


@pytest.fixture(scope="module")
def lighthouse() -> Review:
    return _read(LIGHTHOUSE)


@pytest.mark.parametrize("root", [LIGHTHOUSE, REPOSITORY], ids=["lighthouse", "review"])
def test_nothing_is_told_of_what_is_recorded_and_sound(root: Path) -> None:
    checked = check(root)
    assert checked.review is not None and checked.problems == []
    cases = [(key, entry_of(located)) for key, located in checked.review.records.items()]
    for (key, _), problems in zip(cases, told_by_form(checked.review, cases), strict=True):
        assert problems == [], key


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[FormCase]:
    return list(record_cases(tmp_path_factory.mktemp("cases")))


def test_each_mistake_in_a_record_is_told_beside_its_field(cases: list[FormCase]) -> None:
    for _, group in groupby(cases, lambda case: id(case.review)):
        same = list(group)
        told = told_by_form(same[0].review, [(case.key, case.entry) for case in same])
        for case, problems in zip(same, told, strict=True):
            assert sorted(problems) == case.told, case.code


def test_every_rule_is_checked_in_the_form_or_has_a_reason_why_not(cases: list[FormCase]) -> None:
    """A new rule has to be added to the form, or to the list of those that it cannot know."""
    shown = {case.code for case in cases}
    every = {rule.code for rule in all_rules()}
    assert every == shown | set(NOT_IN_THE_FORM)
    assert not shown & set(NOT_IN_THE_FORM) and shown >= set(ONLY_IN_PART)
    assert all(reason.endswith(".") for reason in NOT_IN_THE_FORM.values())


@pytest.fixture(scope="module")
def recorded(lighthouse: Review) -> list[Entry]:
    return [entry_of(located) for located in lighthouse.records.values()]


KEY = "zz2021"
"""A key behind all others: what two records share is told by the check at the later one."""
OVERVIEW = "records/overview2020.yml"


@given(st.data())
@settings(max_examples=4, suppress_health_check=list(HealthCheck))
def test_of_a_changed_record_both_tell_the_same(
    lighthouse: Review, recorded: list[Entry], data: st.DataObject
) -> None:
    entries = data.draw(st.lists(mutated(recorded), min_size=80, max_size=80))
    told = told_by_form(lighthouse, [(KEY, entry) for entry in entries])
    for entry, problems in zip(entries, told, strict=True):
        assert sorted(problems) == told_by_python(lighthouse, KEY, entry), entry


def test_relations_between_records_are_followed_through_what_is_recorded(review: ReviewFolder) -> None:
    """Duplicates in a circle, a version with the same identifier, and a report of the same study."""
    out = "decision: excluded\n  reason: coffee"
    for file, other in ((OUT, "plan2020"), (PLAN, "overview2020")):
        text = review.read(file).replace("decision: ongoing", out)
        review.write(file, f"{text}\nstudy:\n  duplicate_of: {other}\n")
    overview = review.read(OVERVIEW).replace("decision: included", out)
    review.write(OVERVIEW, f"{overview}\nstudy:\n  duplicate_of: bean2018\n")
    review.edit(OTHER, "pmid: 123", "pmid: 123\n  doi: 10.5555/example.1")
    review.edit(SHORT, "report_of: beacon", "report_of: beacon\n  version_of: muster2020")
    review.edit(SHORT, "  issued: 2020\n", "  issued: 2020\n  pmid: 123\n")
    spoilt = _read(review.root)
    cases = [(key, entry_of(located)) for key, located in spoilt.records.items()]
    told = dict(zip(spoilt.records, told_by_form(spoilt, cases), strict=True))
    for key, entry in cases:
        # An identifier that two records share is told at both of them here, at the later one there.
        assert {*told_by_python(spoilt, key, entry)} <= {*told[key]}, key
    assert [each.code for each in told["example2020"]] == []
    assert {each.code for each in told["example2019"]} == {"shared-identifier"}
    assert "duplicates in a circle" in told["bean2018"][0].message


def test_a_warning_that_was_accepted_is_not_told(review: ReviewFolder) -> None:
    review.edit(SHORT, "    codes:\n      topic: [milk]\n", "")
    key, entry = "example2020", entry_of(_read(review.root).records["example2020"])
    assert [each.code for each in told_by_form(_read(review.root), [(key, entry)])[0]] == [
        "uncoded-finding"
    ]
    review.write(
        "synthesis/accepted.yml",
        f"accepted:\n  - code: uncoded-finding\n    path: {SHORT}\n    reason: Nothing fits.\n",
    )
    assert told_by_form(_read(review.root), [(key, entry)]) == [[]]


def test_problems_are_told_in_the_order_of_the_file(lighthouse: Review) -> None:
    entry: Entry = {
        "nothing": "x",
        "findings": [{"statement": "S"}],
        "screening": {"decision": "no"},
        "reference": {"doi": "x", "authors": [{"given": "A."}]},
    }
    told = told_by_form(lighthouse, [(KEY, entry)])[0]
    assert [each.path for each in told] == [
        ("reference", "title"),
        ("reference", "authors", 0),
        ("reference", "doi"),
        ("screening", "decision"),
        ("findings", 0, "id"),
        ("findings", 0, "locator"),
        ("nothing",),
    ]
