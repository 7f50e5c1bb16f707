"""Style sheets are joined where pages have them one after the other, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence_map.site.style_sheets import join_style_sheets

LINKS = (
    '<link rel="stylesheet" href="{0}css/one.css">\n\n  <link rel="stylesheet" href="{0}css/two.css">'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "css/one.css").write_text("p { color: red }\n\n", "utf-8")
    (tmp_path / "css/two.css").write_text("p { color: blue }", "utf-8")
    return tmp_path


def page(site: Path, name: str, text: str) -> Path:
    file = site / name / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


def sheets(site: Path) -> list[str]:
    return sorted(file.name for file in (site / "css").iterdir())


def test_pages_at_any_depth_ask_for_one_file_in_the_same_order(site: Path) -> None:
    pages = [page(site, name, LINKS.format(way)) for name, way in [("a", "../"), ("a/b", "../../")]]
    lost = page(site, "lost", LINKS.format("/base/"))
    join_style_sheets(site)
    (name,) = sheets(site)
    assert re.fullmatch(r"all-[0-9a-f]{12}\.css", name)
    assert (site / "css" / name).read_text("utf-8") == "p { color: red }\np { color: blue }\n"
    link = '<link rel="stylesheet" href="{}css/{}">'
    assert [each.read_text("utf-8") for each in (*pages, lost)] == [
        link.format(way, name) for way in ("../", "../../", "/base/")
    ]


def test_a_sheet_to_which_another_page_leads_stays(site: Path) -> None:
    page(site, "a", LINKS.format("../"))
    page(site, "b", '<link rel="stylesheet" href="../css/two.css">')
    join_style_sheets(site)
    assert "two.css" in sheets(site) and "one.css" not in sheets(site)


@pytest.mark.parametrize("rule", ['@import "x.css";', '@charset "utf-8";'])
def test_rules_that_hold_only_at_the_beginning_keep_their_file(rule: str, site: Path) -> None:
    (site / "css/two.css").write_text(rule, "utf-8")
    file = page(site, "a", LINKS.format("../"))
    join_style_sheets(site)
    assert file.read_text("utf-8") == LINKS.format("../")
    assert sheets(site) == ["one.css", "two.css"]


def test_a_sheet_that_is_not_there_joins_nothing(site: Path) -> None:
    (site / "css/two.css").unlink()
    file = page(site, "a", LINKS.format("../"))
    join_style_sheets(site)
    assert file.read_text("utf-8") == LINKS.format("../")


def test_another_content_has_another_name(site: Path, tmp_path: Path) -> None:
    page(site, "a", LINKS.format("../"))
    join_style_sheets(site)
    before = sheets(site)
    (site / "css/one.css").write_text("p { color: green }", "utf-8")
    (site / "css/two.css").write_text("p { color: blue }", "utf-8")
    page(site, "b", LINKS.format("../"))
    join_style_sheets(site)
    assert len({*before, *sheets(site)}) == 2
