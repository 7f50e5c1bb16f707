"""Filters of the live map: terms, years, what is left, and undoing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.live_map import FIRST, LAST, MAP, LiveMap


def test_any_all_or_none_of_the_terms(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    topics = desk.filter("Topic")
    mode = topics.get_by_role("combobox")
    all_of_them = {"Taste": 1, "Strength": 1, "Milk": 1, "Company": 2, "None of these": 0}
    assert desk.counts("Topic") == all_of_them

    desk.tick("Topic", "Milk")
    expect(desk.total).to_have_text("1 of 2 studies")
    assert desk.counts("Topic") == all_of_them  # Choosing one more of any adds to it.
    desk.tick("Topic", "Company")
    expect(desk.total).to_have_text("2 of 2 studies")
    expect(desk.chips).to_have_text(["Topic: Milk or Company"])

    mode.select_option("All of these")  # In one finding, which no finding fulfils.
    expect(desk.total).to_have_text("0 of 2 studies")
    desk.tick("Topic", "Milk")
    desk.tick("Topic", "Strength")
    expect(desk.total).to_have_text("1 of 2 studies")
    expect(desk.chips).to_have_text(["Topic: Company and Strength"])
    assert desk.number("strength", "keeper") == 1
    assert desk.number("company", "none-of-these") == 0

    mode.select_option("None of these")
    expect(desk.chips).to_have_text(["Topic: not Company nor Strength"])
    expect(topics.get_by_text("what is left once the term is excluded")).to_be_visible()
    assert desk.state == "f.topic=none:company,strength"
    assert desk.number("milk", "keeper") == 1
    assert desk.counts("Topic")["Milk"] == 0


@pytest.mark.parametrize("modes", [["All of these"], ["All of these", "None of these"]])
def test_the_mode_can_be_chosen_first(desk: LiveMap, invented: str, modes: list[str]) -> None:
    desk.open(invented)
    for mode in modes:
        desk.filter("Topic").get_by_role("combobox").select_option(mode)
    desk.tick("Kind of finding", "Delight")  # Another filter in between changes nothing.
    expect(desk.filter("Topic").locator("select option:checked")).to_have_text(modes[-1])
    desk.tick("Topic", "Company")
    desk.tick("Topic", "Strength")
    words = {"All of these": "Company and Strength", "None of these": "not Company nor Strength"}
    expect(desk.chips).to_have_text(["Kind of finding: Delight", f"Topic: {words[modes[-1]]}"])


def test_numbers_in_filters_follow_other_filters(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.tick("Kind of finding", "Grumble")
    expect(desk.total).to_have_text("1 of 2 studies")
    assert desk.counts("Topic") == {
        "Taste": 1,
        "Strength": 1,
        "Milk": 0,
        "Company": 0,
        "None of these": 0,
    }
    assert desk.counts("Kind of finding") == {"Delight": 2, "Grumble": 1, "None of these": 1}
    expect(desk.controls.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(desk.filter("Kind of finding").locator("summary")).to_contain_text("1 set")
    label = "Strength, 1 study"
    expect(desk.filter("Topic").get_by_role("checkbox", name=label, exact=True)).to_be_visible()


def test_filters_work_by_keyboard_alone(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.filters.locator("summary", has_text="Kind of finding").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.filters.get_by_role("combobox")).to_be_visible()
    for key in ("Tab", "Tab", "Tab", "Space"):
        desk.page.keyboard.press(key)
    expect(desk.chips).to_have_text(["Kind of finding: Grumble"])
    expect(desk.filters.get_by_role("checkbox", name="Grumble, 1 study")).to_be_focused()


def test_a_term_is_found_in_a_long_filter(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    countries = desk.filter("Country")
    countries.get_by_role("searchbox").fill("SWÍTZ")
    expect(countries.locator("li:visible")).to_have_text(re.compile("Switzerland"))
    desk.tick("Country", "Switzerland")
    expect(desk.chips).to_have_text(["Country: Switzerland"])
    expect(countries.locator("li:visible")).to_have_count(1)
    assert desk.filter("Approach").get_by_role("searchbox").count() == 0


def test_a_range_of_years_is_dragged_in_one_step_back(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    years = desk.filter("Year of publication")
    bars = years.locator("rect")
    expect(bars).to_have_count(LAST - FIRST + 1)
    expect(bars.first.locator("title")).to_have_text(f"{FIRST}: 1 study")
    slider = years.get_by_role("slider", name="from")
    box = slider.bounding_box()
    assert box is not None
    page = desk.page
    page.mouse.move(box["x"] + 12, box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in (0.2, 0.3, 0.4, 0.5):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
    page.mouse.up()
    chip = re.compile(r"^Year of publication: (199[5-9]|200[0-4]) to 2020$")
    expect(desk.chips).to_have_text([chip])
    from_year = int(slider.input_value())
    assert desk.state == f"f.year=range:{from_year},{LAST}"
    expect(slider).to_have_attribute("aria-valuetext", str(from_year))
    expect(years.locator(".em-bar--out")).to_have_count(from_year - FIRST)
    desk.back()
    expect(desk.chips).to_have_count(0)
    expect(slider).to_have_value(str(FIRST))
    expect(desk.total).to_have_text(re.compile("^All"))


def test_a_range_of_years_is_set_by_keyboard(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    years = desk.filter("Year of publication")
    years.get_by_role("slider", name="to").focus()
    for _ in range(3):
        desk.page.keyboard.press("ArrowLeft")
    expect(desk.chips).to_have_text([f"Year of publication: {FIRST} to {LAST - 3}"])
    desk.page.keyboard.press("End")
    expect(desk.chips).to_have_count(0)
    years.get_by_role("slider", name="from").focus()
    desk.page.keyboard.press("End")
    expect(desk.chips).to_have_text([f"Year of publication: {LAST}"])
    # The two stand on one another; each can still be moved away.
    desk.page.keyboard.press("Home")
    expect(desk.chips).to_have_count(0)


def test_chips_take_away_and_undo_brings_back(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    undo = desk.page.get_by_role("button", name="Undo", exact=True)
    clear = desk.page.get_by_role("button", name="Clear all", exact=True)
    expect(undo).to_be_hidden()
    expect(clear).to_be_hidden()
    desk.tick("Kind of finding", "Grumble")
    desk.tick("Topic", "Strength")
    expect(desk.chips).to_have_text(["Kind of finding: Grumble", "Topic: Strength"])
    desk.chips.first.click()
    expect(desk.chips).to_have_text(["Topic: Strength"])
    clear.click()
    expect(desk.chips).to_have_count(0)
    expect(clear).to_be_hidden()
    expect(desk.total).to_have_text("All 2 studies")
    for chips in (["Topic: Strength"], ["Kind of finding: Grumble", "Topic: Strength"]):
        undo.click()
        expect(desk.chips).to_have_text(chips)
    undo.click()
    undo.click()
    expect(desk.chips).to_have_count(0)
    expect(undo).to_be_hidden()


def test_undo_after_a_step_back_takes_back_what_came_before(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.tick("Kind of finding", "Grumble")
    desk.tick("Topic", "Strength")
    desk.back()
    expect(desk.chips).to_have_text(["Kind of finding: Grumble"])
    desk.page.get_by_role("button", name="Undo", exact=True).click()
    expect(desk.chips).to_have_count(0)
    expect(desk.page.get_by_role("button", name="Undo", exact=True)).to_be_hidden()


def test_the_focus_is_not_lost_with_what_is_taken_away(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "f.kind=grumble&f.topic=strength")
    desk.chips.first.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.chips).to_have_count(1)
    assert desk.focused() != "nothing"
    desk.page.get_by_role("button", name="Clear all").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.chips).to_have_count(0)
    assert desk.focused() != "nothing"
    desk.page.get_by_role("button", name="Undo").focus()
    desk.page.keyboard.press("Enter")
    assert desk.focused() != "nothing"


def test_where_nothing_matches_the_map_says_what_to_drop(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "f.topic=milk&f.kind=grumble&f.country=no")
    expect(desk.total).to_have_text("0 of 2 studies")
    hint = desk.page.get_by_role("button", name="Without Topic: Milk there would be 1 study", exact=True)
    hint.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.total).to_have_text("1 of 2 studies")
    expect(desk.chips).to_have_text(["Kind of finding: Grumble", "Country: Norway"])
    assert desk.focused() != "nothing"


def test_where_no_single_filter_helps_the_map_says_so(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "f.topic=milk&f.kind=grumble&f.approach=none:listening,counting")
    expect(
        desk.page.get_by_text("Nothing matches all of this. Clear it and begin anew.")
    ).to_be_visible()


def test_what_is_left_is_told_to_screen_readers(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    expect(desk.total).to_have_attribute("aria-live", "polite")
    same = desk.total.element_handle()
    desk.tick("Kind of finding", "Grumble")
    expect(desk.total).to_have_text("1 of 2 studies")
    assert same.evaluate("one => one.isConnected"), "a region is only announced while it stays"
    expect(desk.table).to_have_attribute(
        "aria-label", re.compile("^Topics by crew: 1 study. Arrow keys")
    )


def test_filters_fold_away_and_stay_folded(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    button = desk.controls.get_by_role("button", name="Filters")
    expect(button).to_have_attribute("aria-expanded", "true")
    desk.filters.get_by_role("button", name="Close").click()
    expect(desk.filters).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    desk.go(invented + "map/kinds/")
    expect(desk.filters).to_be_hidden()
    button.click()
    expect(desk.filters).to_be_visible()
    desk.filters.locator("summary").first.focus()
    desk.page.keyboard.press("Escape")
    expect(desk.filters).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    desk.go(invented + MAP)
    expect(desk.filters).to_be_visible()


def test_filters_give_way_to_a_list_where_room_is_short(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.cell("strength", "cat").click()
    expect(desk.panel).to_be_visible()
    expect(desk.filters).to_be_hidden()
    desk.page.keyboard.press("Escape")
    expect(desk.filters).to_be_visible()
    desk.page.set_viewport_size({"width": 1600, "height": 900})
    desk.cell("strength", "cat").click()
    expect(desk.panel).to_be_visible()
    expect(desk.filters).to_be_visible()


def test_filters_opened_beside_a_list_stay_while_terms_are_chosen(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.cell("strength", "cat").click()
    expect(desk.filters).to_be_hidden()
    desk.controls.get_by_role("button", name="Filters").click()
    desk.tick("Kind of finding", "Delight")
    expect(desk.panel.locator(".em-panel__set")).to_have_text("Kind of finding: Delight")
    expect(desk.filters).to_be_visible()
    expect(desk.filters.get_by_role("checkbox", name="Delight")).to_be_focused()
