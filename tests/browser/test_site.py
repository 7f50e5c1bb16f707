"""The published site as readers meet it: in Chromium, light and dark, on a phone and a wide screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import Visit
from tests.browser.everyone import faults

PAGES = [
    "",
    "map/",
    "map/theme-by-role/grief-and-loss/",
    "records/",
    "records/hill2023/",
    "records/greer2021/",
    "studies/",
    "studies/sharps/",
    "codebook/",
    "codebook/theme/boundaries-and-self-care/",
    "protocol/",
    "checklists/",
    "changes/",
    "flow/",
    "appraisal/",
    "agreement/",
    "findings/",
    "database/",
    "contribute/",
    "contribute/guide/",
    "contribute/fields/",
    "contribute/checks/",
    "about/",
]


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_accessible_quiet_and_fit(browser: Browser, real: str, width: int) -> None:
    """No console message, no outside request, no sideways scrolling, no violation of WCAG 2.2 AA."""
    assert faults(browser, real, PAGES, width) == []


@pytest.mark.parametrize("width", [768, 1920])
def test_the_invented_review_fits_every_screen(browser: Browser, invented: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    visit = Visit(context.new_page())
    visit.watch(invented)
    for path in ("", "map/", "map/kinds/", "records/", "records/example2019/", "codebook/"):
        visit.page.goto(invented + path)
        assert not visit.page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
    context.close()
    assert visit.complaints == []


def test_without_javascript_map_and_lists_are_complete(browser: Browser, invented: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(invented + "map/topic-by-crew/")
    expect(page.get_by_role("link", name="1 study: Company, Keeper")).to_be_visible()
    page.get_by_role("link", name="1 study: Strength, Keeper").click()
    expect(page).to_have_url(invented + "map/topic-by-crew/strength/#keeper")
    section = page.get_by_role("region", name="Keeper")
    expect(section.get_by_role("link", name="BEACON")).to_be_visible()
    expect(section.get_by_text("Cats find the tea weak.")).to_be_visible()
    expect(section.get_by_text("Four cups a night")).to_have_count(0)
    context.close()


def test_without_javascript_a_phone_reads_the_map_row_by_row(browser: Browser, invented: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(invented + "map/topic-by-crew/")
    expect(page.locator(".em-matrix")).to_be_hidden()
    row = page.locator("details", has_text="Strength").first
    expect(row.get_by_role("link", name="Keeper")).to_be_hidden()
    row.locator("summary").click()
    cell = row.get_by_role("link", name="Keeper")
    expect(cell).to_contain_text("1 study")
    box = cell.bounding_box()
    assert box is not None and box["height"] >= 44
    cell.click()
    expect(page).to_have_url(invented + "map/topic-by-crew/strength/#keeper")
    context.close()


def test_without_javascript_headings_stay_while_the_map_scrolls(browser: Browser, real: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.goto(real + "map/")
    box = page.get_by_role("region", name="Themes by role: table, scrolls sideways").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.wheel(0, 900)
    expect(page.locator(".em-matrix tbody tr").first).not_to_be_in_viewport()
    grid = page.locator("#em-grid").bounding_box()
    head = page.locator(".em-matrix thead th").nth(1).bounding_box()
    assert grid is not None and head is not None
    assert abs(head["y"] - grid["y"]) <= 2
    context.close()


@pytest.mark.parametrize("path", ["", "database/", "records/example2019/"])
def test_on_paper_there_is_nothing_to_press(context: BrowserContext, invented: str, path: str) -> None:
    page = context.new_page()
    page.goto(invented + path)
    press = page.locator(".em-actions :is(a, button):visible")
    expect(press.and_(page.locator("button")).first).to_be_visible()
    page.emulate_media(media="print")
    expect(press).to_have_count(0)


def test_bibtex_is_copied_with_one_click(browser: Browser, invented: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(invented + "records/example2019/")
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("@article{example2019,")
    context.close()


def test_the_choice_of_light_or_dark_is_kept(context: BrowserContext, invented: str) -> None:
    page = context.new_page()
    page.goto(invented)
    page.get_by_title("Switch to dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(invented + "records/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_markup_in_a_title_is_shown_as_text(context: BrowserContext, invented: str) -> None:
    page = context.new_page()
    page.goto(invented + "records/example2019/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tea & company: what <keepers> say")
