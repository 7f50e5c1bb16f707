"""The page Agreement shows what was compared; records show what is disputed."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest

from evidence_map.building import shipped
from evidence_map.site import agreement_page
from evidence_map.site.evidence import Evidence
from evidence_map.site.pages import Pages
from tests.reviews import LIGHTHOUSE, built


def text(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text("utf-8")


def second_of(root: Path) -> Path:
    return root / "records" / "muster2020.second.yml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented review with two disputes: about a code of a finding, and about the approach."""
    folder = tmp_path_factory.mktemp("agreement")
    shutil.copytree(LIGHTHOUSE, folder / "review")
    file = second_of(folder / "review")
    changed = file.read_text("utf-8").replace("kind: [delight]", "kind: [grumble]")
    file.write_text(changed.replace("approach: listening", "approach: counting"), "utf-8")
    built(folder / "review", folder / "site")
    return folder / "site"


def test_every_field_and_difference_stands_on_the_page(site: Path) -> None:
    page = text(site, "agreement")
    connection = sqlite3.connect(site / "data/evidence.db")
    fields = connection.execute("SELECT count(*) FROM field_agreement").fetchone()[0]
    differences = connection.execute("SELECT count(*) FROM disagreement").fetchone()[0]
    connection.close()
    by_field, rest = page.split('id="reading"')
    assert len(re.findall(r'<tr><th scope="row">', by_field)) == fields == 6
    assert len(re.findall(r'<th scope="row">', rest)) == differences == 5
    assert '<td data-label="First">Norway</td>' in rest
    assert "5 fields differ; 2 differences are still disputed." in page
    assert "<strong>1 record of 4</strong> was extracted twice" in page


def test_numbers_behind_kappa_can_be_counted_again(site: Path) -> None:
    connection = sqlite3.connect(site / "data/evidence.db")
    sql = """SELECT field, compared, alike, both_yes + only_first + only_second + both_no,
        (SELECT count(*) FROM term WHERE term.dimension = field_agreement.dimension AND is_group = 0),
        (SELECT count(*) FROM comparison WHERE comparison.field = field_agreement.field),
        (SELECT sum(1 - differs) FROM comparison WHERE comparison.field = field_agreement.field)
        FROM field_agreement"""
    for field, compared, alike, decisions, terms, rows, same in connection.execute(sql).fetchall():
        assert (compared, alike) == (rows, same), field
        assert decisions is None or decisions == compared * terms, field
    connection.close()


def test_a_record_shows_what_is_disputed_and_where_it_is_told(site: Path) -> None:
    page = text(site, "records/muster2020")
    assert page.count('<a class="em-disputed" href="#_twice">disputed</a>') == 2
    assert "Disputed: 2 fields" in page
    glance = page.split("em-glance")[1].split("</dl>")[0]
    assert "Listening</a>" in glance and "em-disputed" in glance
    twice = page.split('id="_twice"')[1].split("</section>")[0]
    assert twice.count("<strong>Disputed</strong>") == 2
    assert (
        "The first is right (The invented crew, 14 February 2020). The abstract names nobody." in twice
    )


def test_a_record_without_disputes_has_no_mark(lighthouse_site: Path) -> None:
    page = text(lighthouse_site, "records/muster2020")
    assert "em-disputed" not in page and "Extracted twice" in page
    assert "every difference is settled" in text(lighthouse_site, "agreement")


def test_a_review_without_second_extractions_says_so(tmp_path: Path) -> None:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    second_of(root).unlink()
    record = root / "records" / "muster2020.yml"
    record.write_text(re.sub(r"  adjudication:\n(?:    .*\n)+", "", record.read_text("utf-8")), "utf-8")
    built(root, tmp_path / "site")
    page = text(tmp_path / "site", "agreement")
    assert "No record has been extracted twice yet." in page
    assert "<table" not in page.split('class="em-page')[1].split("</article")[0]


def test_the_real_review_builds_with_the_page(real_site: Path) -> None:
    assert "<h1>Agreement</h1>" in text(real_site, "agreement")


@pytest.fixture
def many(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """The page as if all reports had been extracted twice, like the one that was, with other limits."""
    with Evidence(site / "data/evidence.db") as evidence:
        pages = Pages(evidence, shipped("site_templates"), "0")
        page = pages.agreement_page
        rows = evidence.comparisons["muster2020"]
        settled = [{**row, "decision": "first"} for row in rows]
        of_all = dict.fromkeys(evidence.reports, settled) | {"muster2020": rows}
        monkeypatch.setitem(evidence.__dict__, "comparisons", of_all)
        monkeypatch.setitem(page.__dict__, "seconds", dict.fromkeys(evidence.reports))

        def told(**limits: int) -> str:
            for name, number in limits.items():
                monkeypatch.setattr(agreement_page, name, number)
            return str(page.body(PurePosixPath("agreement")))

        yield told


def test_a_page_of_many_reports_shows_some_and_says_how_many_are_left(
    many: Callable[..., str],
) -> None:
    whole = many()
    reports = len(re.findall("<h3>", whole))
    assert reports > 5
    assert "second_extraction" not in whole
    cut = many(NAMED=2, IN_FULL=1, LISTED=4)
    assert f"and {reports - 2} more, which" in cut
    by_field, differences = cut.split('id="differences"')
    assert by_field.count("#_twice") == 2
    assert "records/muster2020/#_twice" in differences.split("</h3>")[0], "disputes come first"
    assert re.findall(r'<li><a href="[^"]+#_twice"><bdi>[^<]+</bdi></a> ([^<]+)</li>', differences) == (
        ["5 fields differ"] * 3
    )
    assert f"and {reports - 4} more reports with differences" in differences
    assert f"{5 * reports} fields" in differences, "they are counted all the same"
    assert len(cut) < len(whole)
