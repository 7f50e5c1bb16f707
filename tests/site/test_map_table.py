"""The map's table shows the numbers of the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.dimensions import NONE_OF_THESE
from evidence_map.site.bubble import LARGEST, SMALLEST, bubble
from evidence_map.site.evidence import Evidence
from evidence_map.site.map_table import MapTable, map_tables
from tests.reviews import LIGHTHOUSE, REPOSITORY


@pytest.fixture(scope="module", params=[LIGHTHOUSE, REPOSITORY], ids=["invented", "real"])
def evidence(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Evidence]:
    root: Path = request.param
    review = check(root).review
    assert review is not None
    file = tmp_path_factory.mktemp("map") / "evidence.db"
    store(review, file)
    with Evidence(file) as found:
        yield found


def by_id(evidence: Evidence, name: str) -> MapTable:
    return next(table for table in map_tables(evidence) if table.id == name)


def test_every_cell_is_the_number_of_the_view(evidence: Evidence) -> None:
    tables = map_tables(evidence)
    assert tables
    for table in tables:
        column = f"{table.unit_plural}"
        expected = {
            (row[0] or NONE_OF_THESE, row[1] or NONE_OF_THESE): row[2]
            for row in evidence.rows(
                f"SELECT row_term, column_term, {column} FROM map_cell WHERE map = ?", table.id
            )
        }
        shown = {place: cell.count for place, cell in table.cells.items() if cell.count}
        assert shown == expected


def test_row_numbers_are_those_of_the_terms(evidence: Evidence) -> None:
    for table in map_tables(evidence):
        for row in table.rows:
            if not row.is_none:
                assert row.count == evidence.counts[table.row_dimension, row.id].of(table.unit)


def test_segments_of_a_single_valued_dimension_sum_to_the_count(evidence: Evidence) -> None:
    for table in map_tables(evidence):
        for cell in table.cells.values():
            if cell.segments:
                assert sum(number for _, number in cell.segments) >= cell.count


def test_kinds_of_empty(tmp_path: Path) -> None:
    review = check(LIGHTHOUSE).review
    assert review is not None
    store(review, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as evidence:
        table = by_id(evidence, "topic-by-crew")
        outside = table.cells["milk", "cat"]
        assert (outside.empty, outside.reason) == (
            "outside",
            "Cats of this invented review take no tea with milk.",
        )
        assert table.cells["company", NONE_OF_THESE].count == 1
        assert table.cells["milk", NONE_OF_THESE].empty == "nothing"
        assert "outside the frame" in outside.label
        kinds = by_id(evidence, "kinds")
        assert kinds.cells["grumble", "milk"].empty == "nothing"


def test_a_report_that_is_shown_apart_makes_its_cell_a_dash(tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    record = root / "records" / "overview2020.yml"
    text = record.read_text("utf-8").replace("  unit: studies", "  unit: studies\n  roles: [cat]")
    record.write_text(text.replace("topic: [milk]", "topic: [company]"), "utf-8")
    (root / "records" / "example2019.yml").unlink()
    shutil.rmtree(root / "synthesis" / "findings")
    review = check(root).review
    assert review is not None
    store(review, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as evidence:
        cell = by_id(evidence, "topic-by-crew").cells["company", "cat"]
        assert (cell.count, cell.empty) == (0, "apart")


def test_the_area_of_a_bubble_tells_its_count() -> None:
    small, large = bubble(4, 16, []), bubble(16, 16, [])
    assert large.radius == pytest.approx(2 * small.radius, abs=0.1)
    assert large.radius <= LARGEST


@pytest.mark.parametrize("largest", [1, 10, 1_000, 100_000])
def test_one_study_is_plainly_visible(largest: int) -> None:
    assert bubble(1, largest, [(1, 1)]).radius >= SMALLEST


def test_a_ring_is_a_whole() -> None:
    arcs = bubble(3, 3, [(1, 1), (2, 2)]).arcs
    assert sum(arc.length for arc in arcs) == pytest.approx(100, abs=0.1)
    assert [arc.offset for arc in arcs] == [0.0, pytest.approx(-33.33)]


def test_nested_columns_have_a_heading_for_the_group_and_one_for_all_of_it(tmp_path: Path) -> None:
    review = check(LIGHTHOUSE).review
    assert review is not None
    store(review, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as evidence:
        first, second = by_id(evidence, "kinds").header()
        assert [(cell.label, cell.columns, cell.lines) for cell in first] == [
            ("Taste", 3, 1),
            ("Company", 1, 2),
            ("None of these", 1, 2),
        ]
        assert [cell.label for cell in second] == ["All of taste", "Strength", "Milk"]
