"""The overview shows the numbers of the database, under the question that each dimension answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath

import pytest

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.dimensions import CONFIDENCE, CONFIDENCE_TERMS, NONE_OF_THESE
from evidence_map.site.evidence import Counts, Dimension, Evidence, Term
from evidence_map.site.overview import (
    MOST_BARS,
    Bar,
    Chart,
    Wording,
    charted_studies,
    overview,
    question,
)
from evidence_map.site.pages import Pages
from tests.reviews import LIGHTHOUSE, REPOSITORY


@pytest.fixture(scope="module", params=[LIGHTHOUSE, REPOSITORY], ids=["invented", "real"])
def evidence(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Evidence]:
    root: Path = request.param
    review = check(root).review
    assert review is not None
    file = tmp_path_factory.mktemp("overview") / "evidence.db"
    store(review, file)
    with Evidence(file) as found:
        yield found


def charts(evidence: Evidence) -> dict[str, Chart]:
    return {chart.dimension.id: chart for part in overview(evidence) for chart in part.charts}


def dimension(
    name: str = "crew", *, field: str = "codes", findings: bool = False, built_in: bool = False
) -> Dimension:
    level = "findings" if findings else "records"
    return Dimension(name, name.capitalize(), "What?", level, field, built_in, None)


def bar(label: str, number: int, parent: str | None = None) -> Bar:
    term = Term("crew", label.lower(), label, "", None, parent, int(parent is not None), False, True)
    return Bar(term, Counts(number, number, number))


def chart(*bars: Bar, total: int, none: int = 0, alone: int | None = None) -> Chart:
    wording = Wording(("is coded", "are coded"), True, ("is not coded", "are not coded"))
    apart = Bar(None, Counts(none, none, none)) if none else None
    return Chart(dimension(), wording, total, list(bars), apart, none if alone is None else alone)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (dimension("country", built_in=True), "where"),
        (dimension("region", built_in=True), "where"),
        (dimension(field="setting.service_types"), "where"),
        (dimension("year", built_in=True), "when"),
        (dimension("collection-year", built_in=True), "when"),
        (dimension(field="design.approach"), "how"),
        (dimension(field="design.methodology"), "how"),
        (dimension(field="design.data_collection"), "how"),
        (dimension(field="sample.roles"), "who"),
        (dimension(field="sample.lived_experience"), "who"),
        (dimension(findings=True), "found"),
        (dimension(field="kind", findings=True), "found"),
        (dimension("basis", built_in=True), "also"),
        (dimension(), "also"),
        # A codebook may call a dimension as it likes; what counts is where its codes stand.
        (dimension("setting"), "also"),
    ],
)
def test_the_field_of_a_dimension_tells_its_question(own: Dimension, expected: str) -> None:
    assert question(own) == expected


def test_every_dimension_but_that_of_exclusion_is_shown_once(evidence: Evidence) -> None:
    shown = [chart.dimension.id for part in overview(evidence) for chart in part.charts]
    expected = {own for own, terms in evidence.terms.items() if terms}
    assert sorted(shown) == sorted(expected - {evidence.meta["exclusion_dimension"]})


def test_numbers_are_those_of_the_database(evidence: Evidence) -> None:
    for name, own in charts(evidence).items():
        shown = {bar.id: bar.counts for bar in own.bars}
        # Only terms of built-in dimensions that no counted report has are left out.
        for term in evidence.terms[name]:
            row = evidence.rows(
                """SELECT count(DISTINCT study), count(DISTINCT record), count(DISTINCT finding)
                FROM placement WHERE dimension = ? AND term = ?""",
                name,
                term,
            )[0]
            missing = Counts(-1) if not own.dimension.built_in else Counts()
            assert shown.get(term, missing) == Counts(*row), (name, term)
        row = evidence.rows(
            """SELECT count(DISTINCT study), count(DISTINCT record), count(DISTINCT finding)
            FROM placement WHERE dimension = ? AND term IS NULL""",
            name,
        )[0]
        assert (own.none.counts if own.none else Counts()) == Counts(*row)
        assert own.none is None or own.none.id == NONE_OF_THESE


def test_all_numbers_of_the_page_are_those_of_its_charts(evidence: Evidence) -> None:
    pages = Pages(evidence, REPOSITORY / "site_templates", "0")
    text = str(pages.slots()["overview"](PurePosixPath("overview")))
    for name, own in charts(evidence).items():
        box = re.search(
            f'<section class="em-chart"[^>]*data-dimension="{name}".*?</section>', text, re.S
        )
        assert box, name
        assert own.sentence in unescape(box[0])
        expected = {bar.id: bar.counts for bar in [*own.bars, *([own.none] if own.none else [])]}
        rows = re.findall(r'<tr class="[^"]*" data-term="([^"]+)">(.*?)</tr>', box[0], re.S)
        cells = {term: re.findall(r"<td[^>]*>([\d,]+)<", row) for term, row in rows}
        assert cells == {
            term: [f"{number:,}" for number in (own.studies, own.reports, own.findings)]
            for term, own in expected.items()
        }
        marks = set(
            re.findall(r'<(?:li|a) class="em-(?:bars__line|column)[^>]*data-term="([^"]+)"', box[0])
        )
        assert marks == set(expected)


def test_studies_without_findings_are_told_apart(evidence: Evidence) -> None:
    own = evidence.rows("SELECT count(DISTINCT study) FROM placement")[0][0]
    assert charted_studies(evidence) == own <= evidence.totals["studies"]


def test_bars_are_sorted_and_years_stand_in_time(evidence: Evidence) -> None:
    for own in charts(evidence).values():
        numbers = [bar.number for bar in own.bars]
        if own.is_years:
            assert [bar.label for bar in own.bars] == sorted(bar.label for bar in own.bars)
            for column in own.columns:
                first = int(own.columns[0].bar.label)
                place = (int(column.bar.label) - first) / own.years
                assert column.left == pytest.approx(100 * place, abs=0.01)
                assert column.height >= 3
        elif own.dimension.id == CONFIDENCE:
            assert [bar.id for bar in own.bars] == [term.id for term in CONFIDENCE_TERMS]
        elif not any(bar.term and bar.term.depth for bar in own.bars):
            assert numbers == sorted(numbers, reverse=True)


def test_groups_stay_together_and_stand_above_their_terms(evidence: Evidence) -> None:
    for own in charts(evidence).values():
        above: list[Bar] = []
        for each in own.bars:
            assert each.term
            while above and above[-1].id != each.term.parent:
                above.pop()
            assert (each.term.parent is None) == (not above)
            assert each.more or not above or not above[-1].more
            above.append(each)


def test_bars_begin_at_nothing_and_one_study_is_seen(evidence: Evidence) -> None:
    for own in charts(evidence).values():
        bars = [*own.bars, *([own.none] if own.none else [])]
        largest = max(bar.number for bar in bars)
        for each in bars:
            exact = 100 * each.number / largest if largest else 0
            assert each.share == pytest.approx(max(exact, 1.5 if each.number else 0), abs=0.01)


def test_twelve_bars_are_shown_at_first(evidence: Evidence) -> None:
    for own in charts(evidence).values():
        shown = [bar for bar in own.bars if not bar.more]
        nested = any(bar.term and bar.term.depth for bar in own.bars)
        if own.is_years or len(own.bars) <= MOST_BARS:
            assert len(shown) == len(own.bars)
        elif not nested:
            assert shown == own.bars[:MOST_BARS]
        else:
            assert MOST_BARS <= len(shown) < len(own.bars)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            chart(bar("A", 30), bar("B", 9), total=40),
            "Most studies are coded “A” (30 of 40), then “B” (9).",
        ),
        (
            chart(bar("A", 12), bar("B", 9), bar("C", 9), total=40),
            "Most often, studies are coded “A” (12 of 40), then “B” and “C” (9 each).",
        ),
        (
            chart(bar("A", 12), bar("B", 12), total=40, none=3),
            "Most often, studies are coded “A” or “B” (12 of 40 each); 3 studies are not coded.",
        ),
        (
            chart(*(bar(name, 2) for name in "ABCD"), total=8, none=1),
            "4 terms share the first place, each with 2 of 8 studies; 1 study is not coded.",
        ),
        (chart(bar("A", 5), bar("B", 0), total=5), "All 5 studies are coded “A”."),
        (chart(bar("A", 1), total=1), "The one study is coded “A”."),
        (chart(bar("A", 0), total=5, none=5), "None of its terms is coded for any of the 5 studies."),
        (chart(total=0), "None of its terms is coded for any study."),
        # The numbers of a group's own terms are in it.
        (chart(bar("A", 3), bar("B", 3, "a"), total=4), "Most studies are coded “A” (3 of 4)."),
        (
            chart(bar("A", 1200), total=2000, none=5, alone=2),
            "Most studies are coded “A” (1,200 of 2,000); 5 studies have reports without one.",
        ),
    ],
)
def test_a_sentence_says_the_main_thing(made: Chart, expected: str) -> None:
    assert made.sentence == expected


def test_countries_are_spoken_of_with_their_article() -> None:
    made = chart(bar("United Kingdom", 3), bar("Canada", 1), total=4)
    made.wording = Wording(("is from", "are from"), False, ("names no country", "name no country"))
    assert made.sentence == "Most studies are from the United Kingdom (3 of 4), then Canada (1)."
