"""The pages of review findings in a browser: for everyone, on a phone, by keyboard, in the search."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.everyone import faults

PAGES = (
    "findings/",
    "findings/company-matters/",
    "findings/milk-is-rare/",
    "findings/strength-divides/",
    "records/example2019/",
    "codebook/topic/milk/",
    "contribute/findings/",
    "",
)


@pytest.mark.parametrize("width", [390, 1280])
def test_findings_are_accessible_quiet_and_fit(browser: Browser, invented: str, width: int) -> None:
    assert faults(browser, invented, PAGES, width) == []


@pytest.mark.parametrize(("width", "is_table"), [(390, False), (768, False), (1280, True)])
def test_studies_are_a_table_where_there_is_room_and_cards_elsewhere(
    browser: Browser, invented: str, width: int, is_table: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(invented + "findings/company-matters/")
    region = page.get_by_role("region", name="Studies behind the finding: table")
    first, second = region.locator("tbody tr").all()
    setting = first.locator("td[data-label=Where]").bounding_box()
    sample = first.locator("td[data-label='Who took part']").bounding_box()
    assert setting is not None and sample is not None
    assert (setting["x"] > sample["x"]) is is_table
    assert (setting["y"] > sample["y"]) is not is_table
    expect(second.get_by_text("Company keeps the cup warm.")).to_be_visible()
    assert region.evaluate("box => box.scrollWidth <= box.clientWidth")
    context.close()


def test_a_finding_is_reached_and_read_by_keyboard(context: BrowserContext, invented: str) -> None:
    page = context.new_page()
    page.goto(invented)
    link = page.get_by_role("link", name="Tea is better in company")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(invented + "findings/company-matters/")
    page.get_by_role("link", name="What the levels mean").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Example et al. 2019").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="Studies behind the finding: table")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(invented + "records/example2019/#company")
    expect(page.locator("#company")).to_contain_text("Low confidence")


def test_confidence_can_be_told_without_colour(browser: Browser, invented: str) -> None:
    """In forced colours, too, the steps differ in how many are filled, and the words stand beside."""
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(invented + "findings/")
    filled = {
        entry.inner_text(): entry.locator("rect.em-full").count()
        for entry in page.locator(".em-levels .em-confidence").all()
    }
    assert filled == {
        "High confidence": 4,
        "Moderate confidence": 3,
        "Low confidence": 2,
        "Very low confidence": 1,
        "Not assessed yet": 0,
    }
    full = page.locator(".em-levels rect.em-full").first
    empty = page.locator(".em-levels rect:not(.em-full)").first
    fill = "mark => getComputedStyle(mark).fill"
    assert full.evaluate(fill) != empty.evaluate(fill) == "none"
    context.close()


def test_the_search_finds_review_findings_as_such(context: BrowserContext, invented: str) -> None:
    page = context.new_page()
    page.goto(invented)
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").fill("keepers and cats do not agree")
    section = page.locator("section", has=page.get_by_role("heading", name="Review findings"))
    hit = section.get_by_role("link", name="Keepers and cats do not agree")
    expect(hit).to_be_visible()
    expect(section).to_contain_text("Moderate confidence")
    hit.click()
    expect(page).to_have_url(invented + "findings/strength-divides/")


def test_on_paper_a_finding_is_whole(context: BrowserContext, invented: str) -> None:
    page = context.new_page()
    page.goto(invented + "findings/company-matters/")
    copy = page.get_by_role("button", name="Copy citation")
    expect(copy).to_be_visible()
    page.emulate_media(media="print")
    expect(copy).to_be_hidden()
    expect(page.get_by_text("Low confidence").first).to_be_visible()
    expect(page.get_by_role("region", name="Studies behind the finding: table")).to_be_visible()
