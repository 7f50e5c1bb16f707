"""The numbers: those of the site, under names that stay."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from evidence_map.manuscript.numbers import Number, latex_names, letters, number_tables, numbers
from evidence_map.site.evidence import Evidence

SLUG = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)


def values(evidence: Evidence) -> dict[str, int | str]:
    return {number.name: number.value for number in numbers(evidence)}


def test_they_are_the_numbers_of_the_site(lighthouse: Evidence) -> None:
    found = values(lighthouse)
    assert {name: found[name] for name in lighthouse.totals} == lighthouse.totals
    assert (found["included"], found["searches"]) == (4, 3)
    assert (found["year.first"], found["year.last"]) == (2019, 2020)
    for (dimension, term), counts in lighthouse.counts.items():
        if dimension != "why-out":
            assert found[f"studies.{dimension}.{term}"] == counts.studies
            assert found[f"reports.{dimension}.{term}"] == counts.reports
            assert found[f"findings.{dimension}.{term}"] == counts.findings


def test_reasons_of_exclusion_count_excluded_reports(lighthouse: Evidence) -> None:
    found = values(lighthouse)
    assert found["excluded.coffee"] == 1
    assert not any(name.startswith("studies.why-out") for name in found)


def test_names_in_latex_are_letters_and_readable(lighthouse: Evidence) -> None:
    names = latex_names(numbers(lighthouse))
    assert names["studies"] == "ReviewStudies"
    assert names["reports.crew.cat"] == "ReviewReportsCrewCat"
    assert names["studies.year.2020"] == "ReviewStudiesYearTwoZeroTwoZero"
    assert names["findings.basis.full-text"] == "ReviewFindingsBasisFullText"
    assert all(re.fullmatch("[A-Za-z]+", name) for name in names.values())
    assert len(set(names.values())) == len(names) == len(numbers(lighthouse))


@given(st.lists(SLUG, unique=True, max_size=12))
def test_no_two_numbers_share_a_name(terms: list[str]) -> None:
    found = [Number(f"studies.topic.{term}", 1, "") for term in terms]
    names = latex_names(found)
    assert len(set(names.values())) == len(terms)
    assert all(re.fullmatch("[A-Za-z]+", name) for name in names.values())


def test_names_that_differ_in_signs_only_stay_whatever_stands_beside_them() -> None:
    def name(*terms: str) -> str:
        return latex_names([Number(term, 1, "") for term in terms])["a-1"]

    assert letters("a1") == letters("a-1") == "AOne"
    assert name("a-1") == "ReviewAOne"
    assert name("a-1", "a1") == name("b", "a1", "a-1") != "ReviewAOne"


def test_the_tables_show_every_term_of_every_dimension(lighthouse: Evidence) -> None:
    whole, *dimensions = number_tables(lighthouse)
    assert [[cell.text for cell in row] for row in whole.rows[:3]] == [
        ["Studies that are counted", "2"],
        ["Reports of these studies", "3"],
        ["Findings of these reports", "4"],
    ]
    [topics] = [table for table in dimensions if table.title == "Topic"]
    assert [[cell.text for cell in row] for row in topics.rows] == [
        ["Taste", "1", "2", "3"],
        ["– Strength", "1", "1", "2"],
        ["– Milk", "1", "1", "1"],
        ["Company", "2", "2", "2"],
    ]
