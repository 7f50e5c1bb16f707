"""The page of critical appraisals on every screen, in both schemes and on paper."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import WCAG


@pytest.mark.parametrize("width", [390, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(browser: Browser, real: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page())
    visit.watch(real)
    visit.page.goto(real + "appraisal/")
    expect(visit.page.get_by_role("heading", name="Critical appraisal", level=1)).to_be_visible()
    assert not visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    violations = Axe().run(visit.page, options=WCAG).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in violations] == []
    context.close()
    assert visit.complaints == []


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
