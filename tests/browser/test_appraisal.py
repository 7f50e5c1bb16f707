"""The page of critical appraisals on every screen, in both schemes and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.everyone import faults


@pytest.mark.parametrize("width", [390, 1920])
def test_the_page_is_accessible_and_fits(browser: Browser, real: str, width: int) -> None:
    assert faults(browser, real, ["appraisal/"], width) == []


def test_without_javascript_every_answer_can_be_read(browser: Browser, invented: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(invented + "appraisal/")
    row = page.get_by_role("row", name="Was it written down?")
    expect(row).to_contain_text("no")
    expect(row).to_contain_text("Cats cannot write.")
    figure = page.get_by_role("img", name="Critical appraisal by report and item")
    expect(figure).to_be_visible()
    page.get_by_text("Its 3 items").click()
    expect(page.get_by_text("Did the kettle boil?")).to_be_visible()
    context.close()
