"""What every page owes to every reader."""

from __future__ import annotations

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import WCAG


def faults(browser: Browser, address: str, paths: Iterable[str], scheme: str, width: int) -> list[str]:
    """Return what is wrong on the pages at *paths* below *address*.

    That is a violation of WCAG 2.2 AA, sideways scrolling, a console message or an outside request.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page())
    visit.watch(address)
    found: list[str] = []
    for path in paths:
        response = visit.page.goto(address + path)
        assert response is not None and response.ok, path
        expect(visit.page.locator("body")).to_have_attribute(
            "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
        )
        expect(visit.page.locator("h1").first).to_be_visible()
        if visit.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"/{path}: scrolls sideways at {width} px")
        for violation in Axe().run(visit.page, options=WCAG).response["violations"]:
            targets = [node["html"][:160] for node in violation["nodes"][:3]]
            found.append(f"/{path}: {violation['id']}: {targets}")
    context.close()
    return found + visit.complaints
