"""Words that filter the live map."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.live_map import LiveMap


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
