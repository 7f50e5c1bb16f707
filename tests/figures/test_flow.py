"""The flow diagram shows the numbers of the database, in words too, and fits its frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evidence_map.figures.flow import MOST_PARTS, flow_svg
from evidence_map.figures.picture import as_png
from evidence_map.site.evidence import Evidence
from evidence_map.site.flow import Flow
from tests.database.flow_reviews import Source, stored
from tests.database.test_flow import EARLY, PAPERS, SOURCES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flow]:
    with Evidence(saved(tmp_path_factory.mktemp("flow") / "flow.db", SOURCES)) as evidence:
        yield Flow(evidence)


def saved(file: Path, sources: dict[str, Source]) -> Path:
    connection = stored(PAPERS, sources)
    connection.commit()
    connection.execute("VACUUM INTO ?", (str(file),))
    connection.close()
    return file


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]


def test_every_box_with_something_in_it_is_drawn_with_its_number(flow: Flow) -> None:
    drawn = texts(flow_svg(flow))
    for method in flow.methods:
        for name in flow.ids:
            box = flow.box(name, method)
            if box.number:
                assert f"{box.title} (n = {box.number:,})" in drawn
    assert "Studies included (n = 4)" in drawn
    assert "Evidence synthesis (n = 1)" in drawn
    assert "Reports excluded (n = 1)" in drawn


def test_numbers_stand_in_words_for_who_cannot_see(flow: Flow) -> None:
    root = ElementTree.fromstring(flow_svg(flow))
    told = root.findtext(f"{SVG}desc") or ""
    assert root.findtext(f"{SVG}title")
    assert "Via databases and registers: records identified: 120; duplicates removed: 10" in told
    assert "Studies included: 4; Reports of included studies: 5" in told


def test_links_lead_to_the_box_in_its_column(flow: Flow) -> None:
    svg = flow_svg(flow, link=lambda box: f"../{box.address}")
    links = re.findall(r'<a href="([^"]+)">', svg)
    assert "../flow/identified/#databases-and-registers" in links
    assert "../flow/identified/#other-methods" in links
    assert "../studies/" in links
    assert len(links) == len(set(links)), "each box is one stop for the keyboard"
    assert "<a " not in flow_svg(flow)


def test_nothing_reaches_over_the_frame_and_rows_do_not_meet(flow: Flow) -> None:
    for alone in (True, False):
        root = ElementTree.fromstring(flow_svg(flow, alone=alone, note="Source: invented. " * 30))
        left, top, width, height = map(float, root.attrib["viewBox"].split())
        boxes = [
            tuple(float(each.attrib[name]) for name in ("x", "y", "width", "height"))
            for each in root.iter(f"{SVG}rect")
        ]
        for x, y, wide, high in boxes:
            assert left <= x and x + wide <= left + width
            assert top <= y and y + high <= top + height
        for number, (x, y, wide, high) in enumerate(boxes):
            for ox, oy, other_wide, other_high in boxes[number + 1 :]:
                apart = x + wide <= ox or ox + other_wide <= x or y + high <= oy or oy + other_high <= y
                assert apart, "two boxes lie on each other"
        lines = [float(span.attrib["y"]) for span in root.iter(f"{SVG}tspan")]
        assert max(lines) < top + height


def test_many_reasons_are_joined_in_the_diagram(tmp_path: Path) -> None:
    reasons = tuple((EARLY, False, number) for number in range(1, 31))
    sources = SOURCES | {"index": Source("database", 900, 0, reasons)}
    with Evidence(saved(tmp_path / "many.db", sources)) as evidence:
        flow = Flow(evidence)
        drawn = texts(flow_svg(flow))
        parts = flow.box("excluded on title or abstract", "databases and registers").parts
    named = [text for text in drawn if re.match(r"Reason \d+ ", text)]
    of_letters = ["Reason 0 (n = 20)"]
    assert len(named) == MOST_PARTS - 1 + len(of_letters)
    rest = sum(part.number for part in parts[MOST_PARTS - 1 :])
    assert f"{len(parts) - MOST_PARTS + 1} other reasons (n = {rest:,})" in drawn


def test_the_drawing_to_take_away_brings_its_colours_and_becomes_a_picture(flow: Flow) -> None:
    alone, on_page = flow_svg(flow, alone=True), flow_svg(flow)
    assert "<style>" in alone and "<style>" not in on_page
    assert "#" not in re.sub(r"href=\"[^\"]*\"", "", on_page), "the page gives the colours"
    assert as_png(alone).startswith(b"\x89PNG")
    assert flow_svg(flow, alone=True) == alone


def test_a_review_without_searches_and_records_has_a_diagram_without_columns(tmp_path: Path) -> None:
    connection = stored({}, {})
    connection.commit()
    connection.execute("VACUUM INTO ?", (str(tmp_path / "empty.db"),))
    with Evidence(tmp_path / "empty.db") as evidence:
        svg = flow_svg(Flow(evidence), alone=True)
    assert "Studies included (n = 0)" in texts(svg)
    assert as_png(svg).startswith(b"\x89PNG")
