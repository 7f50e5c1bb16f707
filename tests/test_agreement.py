"""Two extractions are compared field by field, and kappa is what can be worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.agreement import Comparison, cohen, comparisons, field_agreements
from evidence_map.checking import check
from evidence_map.model.codebook import Codebook, Dimension, Term
from evidence_map.review import CodeFrame
from tests.folders import ReviewFolder
from tests.mistakes import FULL, SECOND


def test_kappa_of_published_tables() -> None:
    """Feinstein and Cicchetti 1990: the same agreement of 0.85, and two kappas.

    By hand: 49 · 46 + 51 · 54 = 5,008 of 10,000 by chance; (0.85 - 0.5008) / 0.4992 = 0.6995.
    And 90 · 85 + 10 · 15 = 7,800 of 10,000; (0.85 - 0.78) / 0.22 = 0.3182.
    """
    balanced, skewed = cohen([[40, 9], [6, 45]]), cohen([[80, 10], [5, 5]])
    assert balanced and skewed
    assert balanced.observed == skewed.observed == 0.85
    assert (balanced.expected, skewed.expected) == (0.5008, 0.78)
    assert balanced.value == pytest.approx(0.3492 / 0.4992)
    assert skewed.value == pytest.approx(0.07 / 0.22)


def test_kappa_of_three_categories_by_hand() -> None:
    """Observed (5 + 3 + 2) / 15; by chance (7 · 6 + 5 · 5 + 3 · 4) / 225 = 79 / 225."""
    kappa = cohen([[5, 1, 1], [1, 3, 1], [0, 1, 2]])
    assert kappa and kappa.value == pytest.approx((10 / 15 - 79 / 225) / (1 - 79 / 225))


def test_where_nothing_varies_there_is_no_kappa() -> None:
    kappa = cohen([[12, 0], [0, 0]])
    assert kappa and (kappa.observed, kappa.expected, kappa.value) == (1.0, 1.0, None)
    assert cohen([[0, 0], [0, 0]]) is None


TABLES = st.integers(1, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 60), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


@given(TABLES)
def test_kappa_does_not_care_who_is_first_and_never_exceeds_full_agreement(
    table: list[list[int]],
) -> None:
    kappa, turned = cohen(table), cohen([list(column) for column in zip(*table, strict=True)])
    assert kappa == turned
    if kappa and kappa.value is not None:
        assert kappa.value <= 1
        off = sum(n for i, row in enumerate(table) for j, n in enumerate(row) if i != j)
        assert (kappa.value == 1) is (off == 0)


def compared(review: ReviewFolder, record: str = "muster2020") -> dict[str, Comparison]:
    checked = check(review.root).review
    assert checked is not None
    found = list(comparisons(checked))
    assert len({(each.record, each.path) for each in found}) == len(found)
    return {each.path: each for each in found if each.record == record}


def test_what_both_extracted_is_compared_and_nothing_else(review: ReviewFolder) -> None:
    found = compared(review)
    assert {path: (each.first, each.second) for path, each in found.items()} == {
        "design.approach": (("listening",), ("listening",)),
        "sample.roles": (("not reported",), ("keeper",)),
        "setting.countries": (("NO",), ("not reported",)),
        "findings": (("1",), ("1",)),
        "findings.warm.kind": (("delight",), ("delight",)),
        "findings.warm.codes.topic": (("company",), ("strength",)),
    }
    assert not any(each.is_disputed for each in found.values())


def test_what_was_corrected_is_counted_as_it_was_first_extracted(review: ReviewFolder) -> None:
    country = compared(review)["setting.countries"]
    assert country.differs and country.now == ("not reported",)


FULLER = """extraction: {basis: full text, by: [Somebody], date: 2020-03-01}
screening: {decision: excluded, reason: coffee}
design: {aim: Another aim., approach: counting, procedure: not reported, software: not applicable}
sample:
  size: 12
  roles: [cat, keeper]
  recruitment: not reported
setting:
  countries: [GB, NO]
  data_collected: {start: 2017, end: 2018-12}
findings:
  - {id: one, statement: Tea is shared., locator: p. 1, kind: [delight], codes: {topic: [company]}}
  - {id: two, statement: Tea is weak., locator: p. 2, kind: [grumble], codes: {topic: [milk]}}
  - {id: three, statement: Tea is tea., locator: p. 3}
appraisal:
  tool: three-questions
  answers:
    - {item: asked, answer: "yes", support: Yes., locator: p. 1}
    - {item: written, answer: "yes", support: Yes., locator: p. 2}
funding: {statement: Paid for.}
competing_interests: not reported
"""


def test_every_kind_of_field_is_compared_in_its_way(review: ReviewFolder) -> None:
    review.write("records/example2019.second.yml", FULLER)
    found = compared(review, "example2019")
    differing = {path: (each.first, each.second) for path, each in found.items() if each.differs}
    assert differing == {
        "screening.decision": (("included",), ("excluded",)),
        "design.approach": (("listening",), ("counting",)),
        "design.software": (("stated",), ("not applicable",)),
        "sample.recruitment.people_invited": (("14",), ("not reported",)),
        "sample.recruitment.people_taking_part": (("12",), ("not reported",)),
        "sample.recruitment.payment": (("not applicable",), ("not reported",)),
        "setting.data_collected": (("2017 to 2018-11",), ("2017 to 2018-12",)),
        "findings": (("2",), ("3",)),
        "findings.codes.topic": (("company", "strength"), ("company", "milk")),
        "appraisal.written": (("no",), ("yes",)),
    }
    alike = {path for path, each in found.items() if not each.differs}
    assert {"design.aim", "sample.roles", "setting.countries", "findings.kind", "funding"} <= alike
    assert "competing_interests" not in found, "the first did not look"
    assert "screening.reason" not in found, "only one of them excludes it"


def test_an_unreadable_record_is_not_compared(review: ReviewFolder) -> None:
    review.write("records/example2019.second.yml", FULLER)
    review.edit(FULL, "issued: 2019-05", "issued: soon")
    assert compared(review) and not compared(review, "example2019")


TERMS = ("a", "b", "c")
FRAME = CodeFrame(
    Codebook(
        dimensions=[
            Dimension(
                id="topic",
                label="Topic",
                definition="Invented.",
                applies_to="records",
                terms=[Term(id=name, label=name, definition="Invented.") for name in TERMS],
            )
        ]
    )
)


def several(first: frozenset[str], second: frozenset[str], number: int) -> Comparison:
    said, other = tuple(sorted(first)), tuple(sorted(second))
    return Comparison(
        f"paper{number}", "codes.topic", "codes.topic", "several terms", "topic", said, other, said
    )


SETS = st.frozensets(st.sampled_from(TERMS))


@given(st.lists(st.tuples(SETS, SETS), min_size=1, max_size=8))
def test_decisions_over_all_terms_add_up(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    found = [several(first, second, number) for number, (first, second) in enumerate(pairs)]
    [each] = field_agreements(found, FRAME)
    assert each.cells is not None and each.kappa is not None
    both, only_first, only_second, neither = each.cells
    assert both + only_first + only_second + neither == len(pairs) * len(TERMS)
    assert both == sum(len(first & second) for first, second in pairs)
    assert only_first == sum(len(first - second) for first, second in pairs)
    assert only_second == sum(len(second - first) for first, second in pairs)
    assert (each.compared, each.alike) == (len(pairs), sum(first == second for first, second in pairs))


def test_the_second_file_is_never_counted(review: ReviewFolder) -> None:
    before = check(review.root).review
    (review.root / SECOND).unlink()
    after = check(review.root).review
    assert before is not None and after is not None
    assert set(before.records) == set(after.records)
    assert before.finding_names == after.finding_names
