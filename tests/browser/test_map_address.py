"""The address of the live map: each view has one, and a broken one does no harm."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import MAP, LiveMap


def test_back_and_forward_restore_every_step(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    acts: tuple[Callable[[], None], ...] = (
        lambda: desk.tick("Kind of finding", "Delight"),
        desk.view("Heat").click,
        desk.cell("company", "cat").click,
    )
    for act in acts:
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
    expect(desk.page).to_have_url(address)
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
    expect(other.total).to_have_text(str(shown[1]))
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
    expect(desk.page).to_have_url(re.compile(re.escape(invented + "map/topic-by-country/#")))
    desk.ready()
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
