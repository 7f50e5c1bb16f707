"""Searches, flow and agreement as readers meet them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.everyone import faults

PAGES = (
    "flow/",
    "flow/excluded-on-title-or-abstract/",
    "searches/tea-index/",
    "agreement/",
    "records/muster2020/",
)


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_accessible_quiet_and_fit(browser: Browser, invented: str, width: int) -> None:
    assert faults(browser, invented, PAGES, width) == []


def test_a_box_leads_to_its_records_without_javascript(browser: Browser, invented: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(invented + "flow/")
    figure = page.get_by_role("region", name="Flow diagram")
    figure.get_by_role("link", name="Records excluded (n = 3)").click()
    expect(page).to_have_url(invented + "flow/excluded-on-title-or-abstract/#other-methods")
    expect(page.get_by_role("link", name="Bean et al. 2018")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_words_of_the_diagram_stay_in_their_boxes(
    browser: Browser, invented: str, width: int
) -> None:
    """Readers’ fonts are wider than the one that the lines are measured with."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(invented + "flow/")
    outside = page.evaluate(
        """() => {
            const figure = document.querySelector(".em-flow__figure");
            const boxes = [...figure.querySelectorAll("rect")].map((rect) => rect.getBBox());
            const within = (low, high, box, from, size) =>
                low >= box[from] && high <= box[from] + box[size] + 1;
            const fits = (text, box) =>
                within(text.x, text.x + text.width, box, "x", "width") &&
                within(text.y, text.y + text.height, box, "y", "height");
            return [...figure.querySelectorAll("text:not([transform])")]
                .filter((text) => !boxes.some((box) => fits(text.getBBox(), box)))
                .map((text) => text.textContent);
        }"""
    )
    context.close()
    assert outside == []
