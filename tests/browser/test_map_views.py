"""Views of the live map: what marks, colours and groups show, and why a cell is empty."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.live_map import MAP, ROOMS, VIEWS, LiveMap
from tests.browser.waiting import until

SEARCHED = "searched, no study found (last search 4 February 2020)"


# Views


def test_every_view_shows_the_same_numbers(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    numbers = desk.numbers()
    assert numbers["taste/keeper"] == "1"
    marks = {"bubbles": "circle", "heat": "text", "mosaic": ".em-tile", "numbers": "text"}
    for view, label in reversed(VIEWS.items()):
        desk.view(label).click()
        desk.settled()
        expect(desk.table).to_have_attribute("data-view", view)
        expect(desk.view(label)).to_have_attribute("aria-pressed", "true")
        assert desk.controls.locator("[aria-pressed=true]").count() == 1
        assert desk.state == f"view={view}"
        assert desk.numbers() == numbers
        assert desk.cell("taste", "keeper").locator(marks[view]).count() >= 1
        assert (desk.table.locator("td.em-heat").count() > 0) == (view == "heat")
        assert (desk.table.locator("circle:visible").count() > 0) == (view == "bubbles")


def test_a_larger_number_is_a_larger_bubble_and_a_darker_field(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    taste = desk.cell("taste", "keeper")
    radius = "cell => Number(cell.querySelector('.em-disc').getAttribute('r'))"
    assert desk.number("taste", "keeper") == 46
    assert taste.evaluate(radius) > desk.cell("taste", "ashore").evaluate(radius)
    desk.view("Heat").click()
    assert "em-heat-7" in (taste.locator("..").get_attribute("class") or "")


def test_the_view_is_kept_for_the_next_page(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.view("Heat").click()
    desk.go(invented + "map/kinds/")
    expect(desk.table).to_have_attribute("data-view", "heat")
    desk.go(invented + "map/kinds/#view=mosaic")
    expect(desk.table).to_have_attribute("data-view", "mosaic")
    desk.go(invented + MAP)
    expect(desk.table).to_have_attribute("data-view", "heat")


def test_colours_can_stand_for_something_else(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    choice = desk.page.get_by_label("Colours")
    legend = desk.page.locator(".em-legend__entry")
    expect(legend).to_have_text(["Listening2", "Counting1"])
    spoken = desk.cell("taste", "keeper")
    expect(spoken).to_have_attribute("aria-label", "1 study: Taste, Keeper (1 listening, 1 counting)")
    choice.select_option("Kind of finding")
    assert desk.state == "colours=kind"
    expect(legend).to_have_text(["Delight2", "Grumble1"])
    expect(spoken).to_have_attribute("aria-label", "1 study: Taste, Keeper (1 delight, 1 grumble)")
    choice.select_option("nothing")
    expect(legend).to_have_count(0)
    expect(desk.table.locator(".em-ring")).to_have_count(0)
    expect(spoken).to_have_attribute("aria-label", "1 study: Taste, Keeper")
    choice.select_option("Approach")
    assert desk.state == ""


def test_only_marks_that_divide_offer_a_choice_of_colours(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "view=heat")
    expect(desk.page.get_by_label("Colours")).to_be_hidden()
    desk.view("Mosaic").click()
    expect(desk.page.get_by_label("Colours")).to_be_visible()


# Groups


def test_a_group_counts_its_studies_once_open_or_closed(desk: LiveMap, invented: str) -> None:
    """Strength and milk have one study each, and it is the same one."""
    desk.open(invented)
    assert desk.number("strength", "keeper") + desk.number("milk", "keeper") == 2
    assert desk.number("taste", "keeper") == 1
    desk.page.get_by_title("Close the group").click()
    expect(desk.cell("strength", "keeper")).to_have_count(0)
    assert desk.number("taste", "keeper") == 1
    expect(desk.heading("Taste")).to_have_attribute("aria-expanded", "false")
    assert desk.state == "groups=row:taste"
    desk.page.get_by_title("Open the group").click()
    expect(desk.cell("strength", "keeper")).to_have_count(1)


def test_space_opens_and_closes_a_group_and_keeps_the_focus(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    desk.heading("Taste").focus()
    for is_open in (True, False):
        desk.page.keyboard.press("Space")
        expect(desk.cell("strength", "keeper")).to_have_count(int(is_open))
        assert desk.focused() == "Taste"
    desk.heading("Ashore").focus()
    desk.page.keyboard.press("Space")
    expect(desk.heading("All of ashore")).to_be_visible()
    expect(desk.heading("Ashore")).to_have_attribute("aria-expanded", "true")
    assert desk.focused() == "Ashore"
    assert desk.number("taste", "postmen") == 9
    assert desk.number("taste", "ashore") == 9


def test_a_large_frame_begins_with_its_groups_closed(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    headings = desk.table.locator("tbody .em-heading__label")
    expect(headings).to_have_text(["Taste", "Company", "Rooms", "None of these"])
    desk.page.get_by_role("button", name="Open groups").click()
    expect(headings).to_have_count(6 + len(ROOMS))
    expect(desk.table.locator("thead tr")).to_have_count(2)
    desk.back()
    expect(headings).to_have_count(4)


def test_opening_all_groups_by_keyboard_keeps_the_focus(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    desk.page.get_by_role("button", name="Open groups").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("button", name="Close groups")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("button", name="Open groups")).to_be_focused()


def test_headings_stay_in_view_while_the_grid_scrolls(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour, "groups=row:taste,row:rooms,column:ashore")
    grid = desk.page.locator("#em-grid")
    grid.evaluate("grid => grid.scrollTo(500, 500)")
    offset = """(heading) => {
      const both = [heading, document.getElementById("em-grid")];
      const [own, grid] = both.map((one) => one.getBoundingClientRect());
      return [own.x - grid.x, own.y - grid.y];
    }"""
    assert grid.evaluate("grid => [grid.scrollLeft, grid.scrollTop]") != [0, 0]
    column = desk.heading("Aunts").locator("..").evaluate(offset)
    row = desk.heading("Room 20").locator("..").evaluate(offset)
    corner = desk.table.locator(".em-corner").evaluate(offset)
    first = desk.heading("Ashore").locator("..").evaluate(offset)
    group = desk.heading("Ashore").evaluate(offset)
    width = grid.evaluate("grid => grid.clientWidth")
    assert 17 * 16 <= group[0] < width - 50
    assert first[1] == pytest.approx(1, abs=1.5)
    assert 0 <= column[1] < 120
    assert row[0] == pytest.approx(1, abs=1.5)
    assert corner == pytest.approx([1, 1], abs=1.5)


def test_the_map_fills_the_screen(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.controls.get_by_role("button", name="Full screen").click()
    leave = desk.controls.get_by_role("button", name="Leave full screen")
    expect(leave).to_be_visible()
    assert desk.page.evaluate("document.fullscreenElement.id") == "em-map"
    desk.cell("company", "cat").click()
    expect(desk.panel).to_be_visible()
    desk.panel.get_by_role("button", name="Copy a sentence").click()
    expect(desk.page.locator("#em-map .em-notice")).to_have_text("Sentence copied.")
    leave.click()
    expect(desk.controls.get_by_role("button", name="Full screen")).to_be_visible()
    until(desk.page, "document.fullscreenElement === null")


# Empty cells


@pytest.mark.parametrize(
    ("row", "column", "state", "words"),
    [
        ("company", "smugglers", "", SEARCHED),
        (
            "milk",
            "cat",
            "",
            "outside the frame of this map: Cats of this invented review take no tea with milk.",
        ),
        (
            "company",
            "postmen",
            "",
            "no study counted, only reports that are shown apart, ongoing or awaiting a decision",
        ),
        ("milk", "keeper", "f.kind=delight", "no study with what is set now; 46 studies without it"),
    ],
    ids=["nothing", "outside", "apart", "filtered"],
)
def test_an_empty_cell_says_why(
    desk: LiveMap, harbour: str, row: str, column: str, state: str, words: str
) -> None:
    groups = "groups=row:taste,column:ashore"
    desk.open(harbour, f"{groups}&{state}")
    cell = desk.cell(row, column)
    labels = [desk.table.locator(f"a[data-at='{row}/{column}']").get_attribute("aria-label")]
    assert labels == [f"{row.title()}, {column.title()}: {words}"]
    cell.click()
    expect(desk.panel.locator("strong")).to_have_text(words[0].upper() + words[1:])
    expect(desk.panel.get_by_role("button", name="Copy a sentence")).to_have_count(0)


def test_kinds_of_empty_cells_look_different_and_stand_in_the_legend(
    desk: LiveMap, harbour: str
) -> None:
    desk.open(harbour, "groups=row:taste,column:ashore&f.kind=delight")
    legend = desk.page.locator("#em-legend-empty li")
    expect(legend).to_have_text(
        [
            "nothing found",
            "only reports shown apart",
            "outside the frame",
            "nothing with what is set",
        ]
    )
    images = legend.locator("span").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundImage)"
    )
    assert len(set(images)) == 4 and "none" not in images
    shown = desk.cell("milk", "cat").locator("..").evaluate("td => getComputedStyle(td).backgroundImage")
    assert shown == images[2]
