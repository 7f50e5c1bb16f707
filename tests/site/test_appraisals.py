"""The page of appraisals and its figures show every answer of the database, and nothing else."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.figures.appraisal import summary_svg, traffic_light_svg
from evidence_map.figures.picture import as_png
from evidence_map.manuscript.csv_files import APPRAISAL_HEADINGS, appraisal_csv
from evidence_map.site.appraisals import MEANINGS, NOT_LOOKED_AT, Appraisals
from evidence_map.site.evidence import Evidence
from evidence_map.site.pages import Pages
from tests.reviews import LIGHTHOUSE, REPOSITORY

BREWED = """
appraisal:
  tool: two-brews
  groups: [{groups}]
  answers:
{answers}
"""


def brewed(root: Path, record: str, **answers: str) -> None:
    """Let a record be read in full text and appraised with the tool that has groups."""
    file = root / "records" / f"{record}.yml"
    groups = [name for item, name in (("kettle", "hot"), ("ice", "cold")) if item in answers]
    lines = "\n".join(
        f"    - {{item: {item}, answer: {answer}, support: Seen <twice>., locator: p. 1}}"
        for item, answer in answers.items()
    )
    text = file.read_text("utf-8").replace("basis: abstract", "basis: full text")
    file.write_text(text + BREWED.format(groups=", ".join(groups), answers=lines), "utf-8")


def evidence_of(root: Path, folder: Path) -> Evidence:
    review = check(root).review
    assert review is not None
    store(review, folder / "evidence.db")
    return Evidence(folder / "evidence.db")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """The invented review with a report appraised with one group of items, and one with two."""
    folder = tmp_path_factory.mktemp("appraisals")
    shutil.copytree(LIGHTHOUSE, folder / "review")
    brewed(folder / "review", "muster2020", leaves='"yes"', kettle="nearly", ice="not applicable")
    brewed(folder / "review", "example2020", leaves='"no"', kettle='"yes"')
    with evidence_of(folder / "review", folder) as opened:
        yield opened


@pytest.fixture
def appraisals(evidence: Evidence) -> Appraisals:
    return Appraisals(evidence)


def words(svg: str) -> list[str]:
    tree = etree.fromstring(svg.encode())
    return ["".join(map(str, each.itertext())) for each in tree.iter("{http://www.w3.org/2000/svg}text")]


def test_a_tool_with_groups_has_a_panel_for_each_that_is_used(appraisals: Appraisals) -> None:
    panels = {panel.id: [row.report.key for row in panel.rows] for panel in appraisals.panels}
    assert panels == {
        "two-brews-hot": ["example2020", "muster2020"],
        "two-brews-cold": ["muster2020"],
        "three-questions": ["example2019"],
    }
    assert [len(panel.rows) for panel in appraisals.panels] == [2, 1, 1]
    hot = appraisals.panels[0]
    assert hot.title == "Two brews: Hot tea"
    assert [item.number for item in hot.items] == ["S1", "1.1"]


def test_shares_are_of_the_answers_that_were_given(appraisals: Appraisals) -> None:
    leaves, kettle = appraisals.panels[0].items
    shares = [(each.sign, each.number, each.percent) for each in appraisals.panels[0].shares(leaves)]
    assert shares == [("+", 1, 50.0), ("-", 1, 50.0)]
    assert [each.words for each in appraisals.panels[0].shares(kettle)] == ["yes", "nearly"]


def test_reports_that_are_not_appraised_stand_under_their_reason(appraisals: Appraisals) -> None:
    groups = {group.reason: [own.key for own in group.reports] for group in appraisals.not_appraised}
    assert groups == {NOT_LOOKED_AT: ["overview2020"]}
    assert appraisals.sentence() == "3 of the 4 included reports are appraised."


def test_every_included_report_is_appraised_or_has_a_reason(evidence: Evidence) -> None:
    own = Appraisals(evidence)
    without = [report for group in own.not_appraised for report in group.reports]
    assert sorted(r.key for r in [*own.appraised, *without]) == sorted(r.key for r in own.included)


@pytest.mark.parametrize("alone", [True, False])
def test_the_figure_has_a_mark_for_each_answer(appraisals: Appraisals, alone: bool) -> None:
    found = words(traffic_light_svg(appraisals, alone=alone, note="Source: invented."))
    marks = [word for word in found if word in ("+", "?", "−", "n/a")]
    legends = sum(len(panel.tool.legend) for panel in appraisals.panels)
    answers = sum(len(row.answers) for panel in appraisals.panels for row in panel.rows)
    assert len(marks) == legends + answers
    assert "Not appraised (1 report)" in found and "Source: invented." in found


@pytest.mark.parametrize("draw", [traffic_light_svg, summary_svg])
def test_figures_are_pictures_whose_words_stay_inside(appraisals: Appraisals, draw: object) -> None:
    assert callable(draw)
    svg = draw(appraisals, alone=True)
    assert as_png(svg).startswith(b"\x89PNG")
    tree = etree.fromstring(svg.encode())
    left, top, wide, high = map(float, str(tree.get("viewBox")).split())
    for text in tree.iter("{http://www.w3.org/2000/svg}text"):
        assert left <= float(str(text.get("x"))) <= left + wide
        assert top <= float(str(text.get("y"))) <= top + high
    assert tree.get("role") == "img" and "appraisal" in (tree.findtext("{*}title") or "")


def test_only_drawings_to_take_away_bring_colours(appraisals: Appraisals) -> None:
    assert "<style>" in traffic_light_svg(appraisals, alone=True)
    assert "#" not in re.sub(r"#\w+;", "", summary_svg(appraisals))
    sheet = (REPOSITORY / "site_templates/css/appraisal.css").read_text("utf-8")
    for drawn in (traffic_light_svg(appraisals), summary_svg(appraisals)):
        for name in {
            name for value in re.findall(r'class="(ap-[^"]*)"', drawn) for name in value.split()
        }:
            assert f".{name} " in sheet or name.startswith("ap-sign--"), name


def test_the_page_gives_each_answer_with_what_it_rests_on(evidence: Evidence) -> None:
    pages = Pages(evidence, REPOSITORY / "site_templates", "0")
    body = str(pages.slots()["appraisal"](PurePosixPath("appraisal")))
    tree = etree.fromstring(body, etree.HTMLParser())
    rows = tree.findall(".//details//tbody/tr")
    assert len(rows) == evidence.rows("SELECT count(*) FROM appraisal_answer")[0][0] == 7
    assert "Seen &lt;twice&gt;." in body
    assert "overview2020" in body
    assert "So few appraisals say nothing" in body
    ids = [each.get("id") for each in tree.iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids))


def test_the_table_has_every_answer_and_every_reason(evidence: Evidence) -> None:
    rows = list(csv.DictReader(io.StringIO(appraisal_csv(Appraisals(evidence)))))
    assert list(rows[0]) == list(APPRAISAL_HEADINGS)
    assert len(rows) == 7 + 1
    assert {row["meaning"] for row in rows} == {*MEANINGS.values(), ""}
    assert rows[-1]["record"] == "overview2020" and rows[-1]["not_appraised"] == NOT_LOOKED_AT


def test_a_review_without_appraisals_says_so(tmp_path: Path) -> None:
    shutil.copytree(LIGHTHOUSE, tmp_path / "review")
    file = tmp_path / "review" / "records" / "example2019.yml"
    text = file.read_text("utf-8")
    start, end = text.index("appraisal:"), text.index("funding:")
    file.write_text(f"{text[:start]}appraisal:\n  not_appraised: No time.\n\n{text[end:]}", "utf-8")
    (tmp_path / "review" / "synthesis" / "appraisal.yml").unlink()
    with evidence_of(tmp_path / "review", tmp_path) as evidence:
        own = Appraisals(evidence)
        assert own.sentence() == "None of the 4 included reports is appraised yet."
        assert own.sentence() in words(summary_svg(own))
        assert any("No time." in word for word in words(traffic_light_svg(own)))
        pages = Pages(evidence, REPOSITORY / "site_templates", "0")
        body = str(pages.slots()["appraisal"](PurePosixPath("appraisal")))
        assert "Answers by item" not in body and "No tool is chosen yet." in body


def test_long_names_and_many_reasons_fit(evidence: Evidence) -> None:
    own = Appraisals(evidence)
    group = own.not_appraised[0]
    group.reports.extend(group.reports * 30)
    try:
        assert any("and 19 more" in word for word in words(traffic_light_svg(own)))
    finally:
        del group.reports[1:]
