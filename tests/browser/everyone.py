"""What every page owes to every reader."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Browser, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Visit


def faults(browser: Browser, address: str, paths: Iterable[str], scheme: str, width: int) -> list[str]:
    """Return what is wrong on the pages at *paths* below *address*.

    That is a violation of WCAG 2.2 AA, sideways scrolling, a console message or an outside request.
    Whoever looks in dark colours looks in light ones too: then only the colours can differ.
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
        found += [f"/{path}: {each}" for each in violations(visit.page, colours_only=scheme == "dark")]
    context.close()
    return found + visit.complaints
