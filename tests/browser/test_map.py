"""The live map as a page: where it fails, for whom it is accessible, and on every screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import CREW, MAP, LiveMap

# Where something fails


@pytest.mark.parametrize("answer", ["aborted", "missing", "damaged"])
def test_a_map_that_cannot_be_loaded_leaves_the_static_table(
    desk: LiveMap, invented: str, answer: str
) -> None:
    answers: dict[str, Callable[..., None]] = {
        "aborted": lambda route: route.abort(),
        "missing": lambda route: route.fulfill(status=404),
        "damaged": lambda route: route.fulfill(body=b"\x1f\x8bnothing of the kind"),
    }
    desk.page.route("**/columns.bin*", answers[answer])
    desk.page.goto(invented + MAP)
    expect(desk.page.locator("#em-bar")).to_contain_text("could not be loaded")
    expect(desk.page.locator("#em-bar")).to_contain_text("The table below is complete all the same.")
    desk.page.get_by_role("link", name="1 study: Company, Cat").click()
    expect(desk.page).to_have_url(invented + MAP + "company/#cat")
    desk.visit.complaints.clear()


# Accessibility and size


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_live_map_is_accessible(browser: Browser, invented: str, scheme: str, width: int) -> None:
    """With filters and lists open, by the rules of WCAG 2.2 at level AA."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        has_touch=width == 390,
    )
    shown = LiveMap(Visit(context.new_page()))
    shown.open(invented, "f.topic=milk&f.kind=grumble&view=heat&groups=row:taste")
    expect(shown.page.locator(".em-bar__hint")).to_be_visible()
    if width == 390:
        shown.controls.get_by_role("button", name="Filters").click()
    for label in ("Topic", "Year of publication"):
        shown.filter(label)
    found = shown.violations()
    shown.go(f"{invented}{MAP}#f.topic=strength&words=weak&row=taste&column=keeper")
    expect(shown.panel.locator(".em-excerpt mark").first).to_be_visible()
    found += shown.violations()
    shown.menu(shown.panel, "RIS")
    found += shown.violations(".em-panel__actions")
    if width == 1280:
        shown.view("Mosaic").click()
        shown.menu(shown.controls, "Copy the link")
        found += shown.violations("#em-controls")
        found += shown.violations("#em-grid")
    context.close()
    assert found == []
    assert shown.visit.complaints == []


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_nothing_scrolls_the_page_sideways(browser: Browser, harbour: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    shown = LiveMap(Visit(context.new_page()))
    groups = "groups=row:taste,row:rooms,column:ashore"
    shown.open(harbour, f"{groups}&f.country=at,be,ca,ch,de,dk,es,fi,fr,ie,it&f.topic=milk&words=crumb")
    assert not shown.scrolls_sideways()
    menu = shown.menu(shown.controls, "Copy the link").locator("xpath=ancestor::div[1]")
    box = menu.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
    shown.page.keyboard.press("Escape")
    if shown.filters.is_hidden():
        shown.controls.get_by_role("button", name="Filters").click()
    shown.filter("Country")
    assert not shown.scrolls_sideways()
    shown.go(f"{harbour}{MAP}#{groups}&row=milk&column=keeper")
    expect(shown.panel.locator(".em-list__name").first).to_be_visible()
    assert not shown.scrolls_sideways()
    menu = shown.menu(shown.panel, "BibTeX keys").locator("xpath=ancestor::div[1]")
    box = menu.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
    context.close()


def test_the_page_of_all_maps_is_the_first_map(desk: LiveMap, invented: str) -> None:
    desk.open(invented, path="map/")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Topics by crew")
    expect(desk.page.get_by_role("navigation", name="Maps").locator("[aria-current]")).to_have_text(
        "Topics by crew"
    )
    assert desk.page.locator("#em-map").get_attribute("data-map") == CREW
