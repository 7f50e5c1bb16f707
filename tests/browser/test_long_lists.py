"""Where a list is cut, the page leads to all of it, and the number that it promises is shown there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.everyone import faults

CUT = "codebook/topic/company/"
ROW = "map/topic-by-crew/company/"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def number_in(locator: Locator) -> int:
    """The first number of a text."""
    found = re.search(r"\d[\d,]*", locator.inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def test_the_live_list_shows_as_many_reports_as_the_page_of_a_term_promises(
    page: Page, many: str
) -> None:
    visit = Visit(page)
    visit.watch(many)
    page.goto(many + CUT)
    shown = page.locator(".em-list > li").count()
    rest = page.locator(".em-list__rest")
    assert shown == 70
    link = rest.get_by_role("link", name="reports with this term")
    promised = number_in(link)
    assert promised == shown + number_in(rest)
    link.click()
    expect(page.locator(".em-bar__total")).to_have_text(re.compile(f"^{promised} of [\\d,]+ reports$"))
    chips = page.locator(".em-chip")
    expect(chips).to_have_count(2)
    expect(chips.first).to_contain_text("Company")
    expect(chips.last).to_contain_text("Counted on the maps")
    assert visit.complaints == []


def test_the_map_lists_as_many_as_the_page_of_a_row_promises(page: Page, many: str) -> None:
    visit = Visit(page)
    visit.watch(many)
    page.goto(many + ROW)
    links = page.locator(".em-list__rest a")
    promised = [(str(link.get_attribute("href")), number_in(link)) for link in links.all()]
    assert len(promised) > 1
    for (address, number), link in zip(promised, links.all(), strict=True):
        assert number == number_in(link)
        page.goto(many + address.removeprefix("../../../"))
        count = page.locator("#em-panel .em-panel__count strong")
        expect(count).to_have_text(f"{number} studies")
        page.go_back()
    assert visit.complaints == []


def test_cut_lists_and_their_pages_read_without_javascript(browser: Browser, many: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(many + CUT)
    expect(page.locator(".em-list__rest")).to_be_visible()
    page.locator(".em-list--short .em-list__told").last.click()
    expect(page.locator("li:target .em-finding__statement")).to_be_visible()
    page.goto(f"{many}studies/")
    first = page.locator(".em-list > li > a").all_inner_texts()
    with page.expect_navigation():
        page.get_by_role("link", name="Next").click()
    second = page.locator(".em-list > li > a").all_inner_texts()
    assert len(first) == 100 and second and not set(first) & set(second)
    page.goto(f"{many}flow/screened/")
    with page.expect_navigation():
        page.locator(".em-list__rest a").last.click()
    expect(page.locator("h1")).not_to_contain_text("screened")
    assert page.locator(".em-list > li").count() > 20
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_long_lists_are_accessible_and_fit(browser: Browser, many: str, scheme: str, width: int) -> None:
    pages = [CUT, ROW, "flow/screened/", "studies/page/2/"]
    assert faults(browser, many, pages, width, (scheme,)) == []
