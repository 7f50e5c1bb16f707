"""What every page owes to every reader."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Visit
from tests.browser.waiting import until

SCHEMES = {"light": "default", "dark": "slate"}
"""The colours that readers ask for, and what the theme calls them."""


def faults(
    browser: Browser,
    address: str,
    paths: Iterable[str],
    width: int,
    schemes: tuple[str, ...] = ("light", "dark"),
) -> list[str]:
    """Return what is wrong on the pages at *paths* below *address*.

    That is a violation of WCAG 2.2 AA, sideways scrolling, a console message or an outside request.
    Each page is looked at in full in the colours in which it opens, and then once more in the other
    ones, where nothing but colours can differ. The choice is kept, so that the next page opens in them.

    :param schemes: the colours to look at, the first of which the reader's system asks for.
    """
    first = schemes[0]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=first)  # type: ignore[arg-type]
    visit = Visit(context.new_page())
    visit.watch(address)
    page = visit.page
    found: list[str] = []
    shown = list(schemes)
    for path in paths:
        response = page.goto(address + path)
        assert response is not None and response.ok, path
        _is_shown_in(page, shown[0])
        expect(page.locator("h1").first).to_be_visible()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"/{path}: scrolls sideways at {width} px")
        # The tabs fade where the page opens at a place farther down.
        _stands_still(page)
        found += [f"/{path}: {each}" for each in violations(page)]
        for scheme in shown[1:]:
            _switch(page, scheme)
            found += [f"/{path}: {each}, {scheme}" for each in violations(page, colours_only=True)]
        shown.reverse()
    context.close()
    return found + visit.complaints


def _is_shown_in(page: Page, scheme: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])


def _switch(page: Page, scheme: str) -> None:
    """Choose the other colours, as with the switch in the head but without pointing at it."""
    wanted = f"input[name=__palette][data-md-color-scheme={SCHEMES[scheme]}]"
    page.locator(wanted).evaluate("own => own.click()")
    _is_shown_in(page, scheme)
    expect(page.locator("body")).not_to_have_attribute("data-md-color-switching", re.compile(""))
    _stands_still(page)


def _stands_still(page: Page) -> None:
    until(page, "document.getAnimations().every(({ playState }) => playState !== 'running')")
