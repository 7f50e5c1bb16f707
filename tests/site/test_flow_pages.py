"""The page of searches and flow: each number leads to as many records as it says."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.reviews import LIGHTHOUSE, built


@pytest.fixture(scope="module")
def site(each_site: Path) -> Path:
    return each_site


def query(site: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(site / "data" / "evidence.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def text(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text("utf-8")


def test_the_page_behind_a_box_holds_as_many_records_as_the_box_counts(site: Path) -> None:
    sql = """SELECT box, sum(number), sum(without_record) FROM flow_number
        WHERE box NOT IN ('identified', 'duplicates', 'studies included') GROUP BY box"""
    rows = query(site, sql)
    assert rows
    for box, number, without in rows:
        page = text(site, f"flow/{str(box).replace(' ', '-')}")
        links = len(re.findall(r'<li><a href="../../records/', page))
        left_out = sum(int(n.replace(",", "")) for n in re.findall(r"<li>([\d,]+): ", page))
        assert (links, left_out) == (int(number or 0) - int(without or 0), without)


def test_decisions_are_counted_as_the_records_say(site: Path) -> None:
    """The same numbers by other ways: from the decisions, without the views of the flow."""
    records = dict(query(site, "SELECT decision, count(*) FROM record GROUP BY decision"))
    flow = query(site, "SELECT box, sum(number - without_record) FROM flow_number GROUP BY box")
    found = {str(box): int(number or 0) for box, number in flow}
    for decision in ("included", "awaiting", "ongoing"):
        ends = (f"{decision} on title or abstract", f"{decision} on full text")
        assert sum(found.get(end, 0) for end in ends) == records.get(decision, 0)
    read = query(
        site, "SELECT count(*) FROM record WHERE screening_stage = 'full text' OR basis = 'full text'"
    )
    assert found.get("assessed", 0) <= int(read[0][0] or 0)


def test_a_search_lists_what_it_found_and_says_how_it_was_run(site: Path) -> None:
    for name, query_text, number in query(
        site,
        """SELECT search.id, search.query, count(record) FROM search
           LEFT JOIN record_search ON record_search.search = search.id GROUP BY search.id""",
    ):
        page = text(site, f"searches/{name}")
        assert len(re.findall(r'<li><a href="../../records/', page)) == number
        assert ("Not recorded." in page) is (query_text is None)
        assert f"searches/{name}/" in text(site, "flow")


def test_the_csv_holds_every_number_of_the_view(site: Path) -> None:
    with (site / "data/manuscript/flow.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    whole = {(line["column"], line["box"]): int(line["number"]) for line in lines if not line["part"]}
    expected = query(site, "SELECT method, box, sum(number) FROM flow_number GROUP BY method, box")
    assert expected
    for method, box, number in expected:
        assert whole[str(method), str(box)] == number


def test_what_the_numbers_do_not_tell_stands_above_the_diagram(lighthouse_site: Path) -> None:
    page = text(lighthouse_site, "flow")
    assert "3 reports were included on title or abstract; the full text is not yet read." in page
    assert "The number of results is not known for Letters to the crew" in page
    assert "8 results are not yet screened." in page
    assert "<strong>Number of results not reported</strong>: 1 record." in page
    assert '<a href="../../searches/letters/">' in text(lighthouse_site, "records/plan2020")


def test_a_review_without_searches_says_so(tmp_path: Path) -> None:
    root = tmp_path / "new"
    (root / "records").mkdir(parents=True)
    (root / "synthesis").mkdir()
    for name in ("protocol.md", "codebook.yml"):
        shutil.copy(LIGHTHOUSE / "synthesis" / name, root / "synthesis" / name)
    built(root, tmp_path / "site")
    assert "No search is recorded yet" in text(tmp_path / "site", "flow")
    assert (tmp_path / "site/data/manuscript/flow.png").read_bytes().startswith(b"\x89PNG")
