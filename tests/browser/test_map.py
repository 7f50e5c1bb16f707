"""The live map: views, groups, filters, words, the address, and the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import CREW, FIRST, LAST, MAP, ROOMS, LiveMap

VIEWS = {"bubbles": "Bubbles", "heat": "Heat", "mosaic": "Mosaic", "numbers": "Numbers"}
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
    desk.page.wait_for_function("document.fullscreenElement === null")


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


# Filters


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


# Words


def test_words_filter_the_map(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour)
    desk.words.press_sequentially("crumb", delay=5)
    expect(desk.chips).to_have_text(["Words: crumb"])
    expect(desk.total).to_have_text("45 of 47 studies")
    assert desk.state == "words=crumb"
    desk.back()
    expect(desk.words).to_have_value("")
    expect(desk.total).to_have_text("All 47 studies")
    desk.words.fill('"keeps the cup"')
    expect(desk.total).to_have_text("1 of 47 studies")
    assert desk.number("company", "none-of-these") == 1
    desk.words.fill('"cup the keeps"')
    expect(desk.total).to_have_text("0 of 47 studies")
    expect(
        desk.page.get_by_text('Without the words “"cup the keeps"” there would be 47 studies')
    ).to_be_visible()
    desk.chips.first.click()
    expect(desk.words).to_have_value("")
    expect(desk.total).to_have_text("All 47 studies")


def test_words_and_filters_hold_together(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "words=cup&f.crew=keeper")
    expect(desk.total).to_have_text("1 of 2 studies")
    expect(desk.words).to_have_value("cup")
    desk.chips.first.click()
    expect(desk.chips).to_have_text(["Words: cup"])
    expect(desk.total).to_have_text("2 of 2 studies")


@pytest.mark.parametrize("typed", ['"', "?!"])
def test_signs_alone_leave_everything_in(desk: LiveMap, invented: str, typed: str) -> None:
    """A reader who types a phrase begins with a quotation mark."""
    desk.open(invented)
    desk.words.fill(typed)
    expect(desk.chips).to_have_text([f"Words: {typed}"])
    expect(desk.page.locator(".em-words__status")).to_have_text("")
    expect(desk.total).to_have_text("2 of 2 studies")


def test_words_are_marked_in_the_list_and_in_an_excerpt(desk: LiveMap, invented: str) -> None:
    """Also where the list was open before the words were found."""
    for state in ("words=weak&row=strength&column=cat", "row=strength&column=cat"):
        desk.open(invented, state)
        desk.words.fill("weak")
        marks = desk.panel.locator(".em-finding__statement mark")
        expect(marks).to_have_text(["weak"])
        expect(desk.panel.locator(".em-excerpt")).to_contain_text("Words found:")
        expect(desk.panel.locator(".em-excerpt mark").first).to_have_text("weak")


def test_an_open_list_follows_the_words(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "row=taste&column=keeper")
    names = desk.panel.locator(".em-list__name")
    expect(names).to_have_count(2)
    desk.words.fill("miaow")
    expect(names).to_have_text(["Example et al. 2019"])
    desk.words.fill("")
    expect(names).to_have_count(2)


def test_where_words_cannot_be_searched_the_rest_goes_on(desk: LiveMap, invented: str) -> None:
    desk.page.route("**/pagefind/**", lambda route: route.abort())
    desk.open(invented)
    desk.words.fill("weak")
    expect(desk.page.locator(".em-words__status")).to_have_text("Words cannot be searched right now.")
    expect(desk.total).to_have_text("2 of 2 studies")
    desk.tick("Kind of finding", "Grumble")
    expect(desk.total).to_have_text("1 of 2 studies")
    desk.page.unroute("**/pagefind/**")
    desk.words.fill("warm")
    expect(desk.total).to_have_text("0 of 2 studies")
    expect(desk.page.locator(".em-words__status")).to_have_text("")
    desk.visit.complaints.clear()


# The address


def test_back_and_forward_restore_every_step(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    for act in (
        lambda: desk.tick("Kind of finding", "Delight"),
        lambda: desk.view("Heat").click(),
        lambda: desk.cell("company", "cat").click(),
    ):
        act()
        desk.settled()
    expect(desk.panel).to_be_visible()
    desk.back()
    expect(desk.panel).to_be_hidden()
    expect(desk.table).to_have_attribute("data-view", "heat")
    desk.back()
    expect(desk.table).to_have_attribute("data-view", "bubbles")
    expect(desk.chips).to_have_count(1)
    desk.back()
    expect(desk.chips).to_have_count(0)
    expect(desk.filter("Kind of finding").get_by_role("checkbox", name="Delight")).not_to_be_checked()
    for _ in range(3):
        desk.page.evaluate("history.forward()")
    expect(desk.panel.get_by_role("heading")).to_have_text("Company × Cat")
    assert desk.state == "f.kind=delight&view=heat&row=company&column=cat"


def test_a_copied_address_opens_the_same_view_elsewhere(
    browser: Browser, desk: LiveMap, invented: str
) -> None:
    desk.open(invented)
    desk.view("Mosaic").click()
    desk.tick("Kind of finding", "Delight")
    desk.filter("Year of publication").get_by_role("slider", name="from").focus()
    desk.page.keyboard.press("ArrowRight")
    desk.page.get_by_title("Close the group").click()
    desk.page.get_by_label("Colours").select_option("Crew")
    desk.words.fill("“cup” tea")
    expect(desk.chips.filter(has_text="Words")).to_be_visible()
    desk.settled()
    desk.heading("Company").click()
    expect(desk.panel).to_be_visible()
    desk.menu(desk.controls, "Copy the link").click()
    expect(desk.page.locator(".em-notice")).to_have_text("Link copied.")
    address = desk.copied()
    assert address == desk.page.url
    expect(desk.panel.locator(".em-excerpt")).to_be_visible()
    shown = [
        desk.numbers(),
        desk.total.inner_text(),
        desk.chips.all_inner_texts(),
        desk.panel.inner_text(),
    ]
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = LiveMap(Visit(context.new_page()))
    other.go(address)
    expect(other.panel.get_by_role("heading")).to_have_text("Company")
    expect(other.total).to_have_text(shown[1])
    expect(other.panel.locator(".em-excerpt")).to_be_visible()
    assert [
        other.numbers(),
        other.total.inner_text(),
        other.chips.all_inner_texts(),
        other.panel.inner_text(),
    ] == shown
    expect(other.table).to_have_attribute("data-view", "mosaic")
    context.close()


def test_a_copied_link_names_the_view_that_the_reader_sees(desk: LiveMap, invented: str) -> None:
    """A reader elsewhere may be used to another view."""
    desk.open(invented)
    desk.menu(desk.controls, "Copy the link").click()
    expect(desk.page.locator(".em-notice")).to_have_text("Link copied.")
    assert desk.copied() == invented + MAP + "#view=bubbles"


@pytest.mark.parametrize(
    ("state", "unknown"),
    [
        ("f.topic=coffee,milk", "coffee"),
        ("f.weather=fog&f.topic=milk", "weather"),
        ("f.topic=milk&colours=weather", "weather"),
        ("f.topic=milk&row=coffee&column=keeper", "coffee"),
        ("f.topic=milk&f.year=range:long,ago", "long, ago"),
        ("f.topic=milk&rows=weather", "weather"),
    ],
)
def test_what_an_address_names_in_vain_is_told_and_left_out(
    desk: LiveMap, invented: str, state: str, unknown: str
) -> None:
    desk.open(invented, state)
    expect(desk.page.locator(".em-notice")).to_have_text(
        f"The address names what this review does not have: {unknown}. It is left out."
    )
    expect(desk.chips).to_have_text(["Topic: Milk"])
    expect(desk.total).to_have_text("1 of 2 studies")
    expect(desk.panel).to_be_hidden()
    expect(desk.filters).to_be_visible()


@pytest.mark.parametrize(
    "state", ["%%%", "f.topic", "f.=&f.topic=&row=", "=&&&", "f.topic=all:", "view=rings"]
)
def test_a_broken_address_shows_the_whole_map(desk: LiveMap, invented: str, state: str) -> None:
    desk.open(invented, state)
    expect(desk.total).to_have_text("All 2 studies")
    desk.tick("Kind of finding", "Grumble")
    expect(desk.total).to_have_text("1 of 2 studies")


def test_other_maps_keep_filters_and_words(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.tick("Kind of finding", "Delight")
    desk.words.fill("feet")
    expect(desk.total).to_have_text("1 of 2 studies")
    desk.cell("company", "none-of-these").click()
    link = desk.page.get_by_role("link", name="Topics by country")
    expect(link).to_have_attribute("href", re.compile("words=feet"))
    link.click()
    desk.ready()
    assert desk.page.url.startswith(invented + "map/topic-by-country/#")
    expect(desk.chips).to_have_text(["Kind of finding: Delight", "Words: feet"])
    expect(desk.total).to_have_text("1 of 2 studies")
    expect(desk.panel).to_be_hidden()


def test_cells_can_be_opened_in_another_tab(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "f.kind=delight")
    cell = desk.cell("company", "cat")
    expect(cell).to_have_attribute("href", "#f.kind=delight&row=company&column=cat")
    expect(desk.heading("Company")).to_have_attribute("href", "#f.kind=delight&row=company")
    with desk.page.context.expect_page() as opened:
        cell.click(modifiers=["Control"])
    expect(opened.value.locator("#em-panel h2")).to_have_text("Company × Cat")
    expect(desk.panel).to_be_hidden()


# The keyboard


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
