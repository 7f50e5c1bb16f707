"""The live map by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.live_map import VIEWS, LiveMap


def test_arrow_keys_walk_over_the_grid(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    expect(desk.table.locator("a[tabindex='0']")).to_have_count(1)
    desk.table.locator("a[tabindex='0']").focus()
    assert desk.focused() == "Taste"
    steps = [
        ("ArrowRight", "taste/keeper"),
        ("ArrowDown", "strength/keeper"),
        ("End", "strength/none-of-these"),
        ("ArrowRight", "strength/none-of-these"),
        ("Home", "Strength"),
        ("ArrowLeft", "Strength"),
        ("Control+End", "none-of-these/none-of-these"),
        ("ArrowUp", "company/none-of-these"),
        ("Control+Home", "Keeper"),
        ("ArrowRight", "Cat"),
        ("Home", "Keeper"),
        ("ArrowUp", "Keeper"),
        ("ArrowLeft", "Keeper"),
        ("PageDown", "none-of-these/keeper"),
        ("ArrowLeft", "None of these"),
        ("PageUp", "Taste"),
    ]
    for key, place in steps:
        desk.page.keyboard.press(key)
        assert desk.focused() == place, key
    expect(desk.table.locator("a[tabindex='0']")).to_have_count(1)
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert desk.page.evaluate(outline) == "solid"


def test_arrow_keys_pass_headings_that_span(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour, "groups=column:ashore")
    desk.heading("Cat").focus()
    steps = [
        ("ArrowRight", "Ashore"),
        ("ArrowRight", "None of these"),
        ("ArrowLeft", "Ashore"),
        ("ArrowDown", "All of ashore"),
        ("ArrowRight", "Postmen"),
        ("ArrowDown", "taste/postmen"),
        ("ArrowUp", "Postmen"),
        ("ArrowUp", "Ashore"),
        ("ArrowLeft", "Cat"),
        ("ArrowDown", "taste/cat"),
    ]
    for key, place in steps:
        desk.page.keyboard.press(key)
        assert desk.focused() == place, key


def test_a_cell_far_away_is_scrolled_from_under_the_headings(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour, "groups=row:rooms,column:ashore&view=numbers")
    desk.heading("None of these").last.focus()
    for key in ("Control+End", "Home", "ArrowRight", *["ArrowUp"] * 18):
        desk.page.keyboard.press(key)
    hidden = """() => {
      const own = document.activeElement.getBoundingClientRect();
      const [x, y] = [own.x + own.width / 2, own.y + own.height / 2];
      return document.activeElement.contains(document.elementFromPoint(x, y)) ? "" : `${x}, ${y}`;
    }"""
    assert desk.page.evaluate(hidden) == ""


def test_enter_opens_a_list_and_escape_gives_the_focus_back(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    for place in (desk.cell("strength", "cat"), desk.heading("Company"), desk.heading("Cat")):
        place.focus()
        desk.page.keyboard.press("Enter")
        expect(desk.panel.get_by_role("heading")).to_be_focused()
        desk.page.keyboard.press("Escape")
        expect(desk.panel).to_be_hidden()
        expect(place).to_be_focused()


def test_the_focus_comes_back_to_the_legend(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    entry = desk.page.locator(".em-legend__entry").first
    entry.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.panel.get_by_role("heading")).to_have_text("Listening")
    desk.settled()  # The legend is drawn anew when the page has time.
    desk.page.keyboard.press("Escape")
    expect(entry).to_be_focused()


def test_the_focus_comes_back_after_back(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.cell("strength", "cat").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.panel.get_by_role("heading")).to_be_focused()
    desk.back()
    expect(desk.cell("strength", "cat")).to_be_focused()


def test_tab_goes_through_the_page_in_the_order_it_is_seen(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.filters.get_by_role("button", name="Close").click()
    expect(desk.page.locator(".em-legend__entry")).to_have_count(2)
    desk.page.get_by_role("link", name="Kinds of finding by topic").focus()
    seen = []
    where = """() => {
      const one = document.activeElement;
      const label = one.getAttribute("aria-label")?.split(":")[0];
      return label ?? (one.closest(".em-choice")?.firstElementChild ?? one).textContent.trim();
    }"""
    for _ in range(16):
        desk.page.keyboard.press("Tab")
        seen.append(desk.page.evaluate(where))
    assert seen == [
        "Filters",
        "Words in the records",
        *VIEWS.values(),
        "Take away",
        "Full screen",
        "Colours",
        "Listening2",
        "Counting1",
        "Topics by crew",
        "Rows",
        "Columns",
        "Close groups",
        "Taste 1",
    ]
