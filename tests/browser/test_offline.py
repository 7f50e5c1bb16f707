"""The whole map as one file: opened from a folder, with no network at all."""

from __future__ import annotations

import json
import re
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import LiveMap

ADDRESS = "https://example.org/lighthouse/"
"""Where the invented review says it is published."""


@pytest.fixture(scope="module")
def file(invented: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the downloaded file."""
    file = tmp_path_factory.mktemp("mail attachments") / "evidence-map.html"
    with urllib.request.urlopen(invented + "data/evidence-map.html") as answer:
        file.write_bytes(answer.read())
    return file.as_uri()


@pytest.fixture
def shown(browser: Browser, file: str) -> Iterator[LiveMap]:
    """The file in a browser without a network. A test fails where anything else is asked for."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        offline=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    one = LiveMap(Visit(context.new_page()))
    one.visit.watch(file)
    one.page.goto(file)
    one.ready()
    yield one
    context.close()
    assert one.visit.complaints == []


def test_it_opens_with_the_first_map(shown: LiveMap) -> None:
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("Topics by crew")
    expect(shown.total).to_have_text("All 2 studies")
    assert shown.number("taste", "keeper") == 1
    expect(shown.filters).to_be_visible()
    assert not shown.scrolls_sideways()
    assert shown.violations() == []


def test_filters_lists_and_words_work(shown: LiveMap, file: str) -> None:
    shown.tick("Kind of finding", "Grumble")
    expect(shown.total).to_have_text("1 of 2 studies")
    shown.cell("strength", "cat").click()
    expect(shown.panel.locator(".em-finding__statement")).to_have_text(["Cats find the tea weak."])
    assert shown.page.url.startswith(file)
    shown.chips.first.click()
    shown.words.fill("WÁRM cup")
    expect(shown.total).to_have_text("1 of 2 studies")
    shown.heading("Company").click()
    marks = shown.panel.locator(".em-list__title mark")
    expect(marks).to_have_text(["Warm", "warm", "cups"])
    expect(shown.panel.locator(".em-excerpt mark")).to_have_text("Warm")
    shown.words.fill('"warm cups"')
    expect(shown.total).to_have_text("1 of 2 studies")
    shown.words.fill('"cups warm"')
    expect(shown.total).to_have_text("0 of 2 studies")
    shown.words.fill('"')
    expect(shown.total).to_have_text("2 of 2 studies")


def test_back_and_the_address_work(shown: LiveMap, file: str) -> None:
    shown.view("Heat").click()
    shown.tick("Kind of finding", "Grumble")
    assert shown.state == "f.kind=grumble&view=heat"
    shown.back()
    expect(shown.chips).to_have_count(0)
    expect(shown.table).to_have_attribute("data-view", "heat")
    shown.back()
    expect(shown.table).to_have_attribute("data-view", "bubbles")
    shown.go(f"{file}#f.kind=delight&row=company&column=cat")
    expect(shown.panel.get_by_role("heading")).to_have_text("Company × Cat")
    expect(shown.chips).to_have_text(["Kind of finding: Delight"])


def test_it_holds_every_map(shown: LiveMap) -> None:
    shown.tick("Kind of finding", "Grumble")
    shown.settled()
    maps = shown.page.get_by_role("navigation", name="Maps")
    maps.get_by_role("link", name="Kinds of finding by topic").click()
    heading = shown.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Kinds of finding by topic")
    shown.ready()
    expect(maps.locator("[aria-current]")).to_have_text("Kinds of finding by topic")
    expect(shown.page.locator(".em-note").first).to_contain_text("Numbers count findings.")
    expect(shown.chips).to_have_text(["Kind of finding: Grumble"])
    expect(shown.total).to_have_text("1 of 4 findings")
    assert shown.number("grumble", "strength") == 1
    maps.get_by_role("link", name="Topics by country").click()
    expect(heading).to_have_text("Topics by country")
    shown.ready()
    expect(shown.cell("milk", "no")).to_have_count(1)
    shown.back()
    expect(heading).to_have_text("Kinds of finding by topic")
    shown.ready()
    maps.get_by_role("link", name="Topics by crew").click()
    expect(heading).to_have_text("Topics by crew")
    shown.ready()
    assert shown.number("strength", "cat") == 1


def test_a_map_that_it_does_not_have_is_the_first_one(shown: LiveMap, file: str) -> None:
    loads: list[str] = []
    shown.page.on("load", lambda page: loads.append(page.url))
    shown.go(f"{file}#map=weather&f.kind=grumble")
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("Topics by crew")
    expect(shown.total).to_have_text("1 of 2 studies")
    shown.view("Numbers").click()
    expect(shown.table).to_have_attribute("data-view", "numbers")
    assert len(loads) <= 2, "it is loaded over and over"


def test_a_sentence_names_the_published_map(shown: LiveMap) -> None:
    shown.cell("company", "cat").click()
    shown.panel.get_by_role("button", name="Copy a sentence").click()
    expect(shown.page.locator(".em-notice")).to_have_text("Sentence copied.")
    assert shown.copied().endswith(f" {ADDRESS}map/topic-by-crew/#view=bubbles&row=company&column=cat")


def test_lists_link_to_the_published_records(shown: LiveMap) -> None:
    shown.cell("company", "cat").click()
    link = shown.panel.get_by_role("link", name="Example et al. 2019")
    expect(link).to_have_attribute("href", f"{ADDRESS}records/example2019/")


def test_everything_can_be_taken_away(shown: LiveMap, invented: str) -> None:
    shown.tick("Kind of finding", "Grumble")
    taken = {}
    for action in ("BibTeX", "RIS", "CSL-JSON", "CSV", "Picture, SVG", "Picture, PNG"):
        with shown.page.expect_download() as waiting:
            shown.menu(shown.controls, action).click()
        taken[action] = Path(waiting.value.path()).read_bytes()
    assert re.findall(rb"@\w+\{(\w+),", taken["BibTeX"]) == [b"example2019"]
    assert b"ID  - example2019" in taken["RIS"]
    assert [own["id"] for own in json.loads(taken["CSL-JSON"])] == ["example2019"]
    assert taken["CSV"].count(b"example2019") >= 1
    assert ET.fromstring(taken["Picture, SVG"]).tag.endswith("svg")
    assert taken["Picture, PNG"].startswith(b"\x89PNG")
    menu = shown.controls.locator(".em-menu")
    expect(menu.get_by_role("button", name="The whole map as one file")).to_have_count(0)
    expect(menu.get_by_role("button", name="Copy a frame for your page")).to_have_count(0)


def test_a_review_without_an_address_has_lists_without_links(browser: Browser, real: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, permissions=["clipboard-read", "clipboard-write"]
    )
    shown = LiveMap(Visit(context.new_page()))
    address = real + "data/evidence-map.html"
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    context.route("**/*", note)
    shown.go(f"{address}#row=grief-and-loss")
    expect(shown.panel.locator(".em-list__name").first).to_be_visible()
    expect(shown.panel.get_by_role("link")).to_have_count(0)
    assert shown.panel.evaluate("panel => panel.matches(':modal')")
    shown.panel.get_by_role("button", name="Copy a sentence").click()
    expect(shown.page.locator(".em-notice")).to_have_text("Sentence copied.")
    assert "example.invalid" not in shown.copied()
    assert not shown.scrolls_sideways()
    assert set(asked) == {address}, "it asks for nothing but itself"
    context.close()


def test_a_file_that_was_cut_off_says_so(browser: Browser, invented: str, tmp_path: Path) -> None:
    with urllib.request.urlopen(invented + "data/evidence-map.html") as answer:
        text = answer.read().decode("utf-8")
    cut = re.sub(r'(id="data/map/columns.bin">.{200}).*?<', r"\1<", text)
    assert len(cut) < len(text)
    file = tmp_path / "evidence-map.html"
    file.write_text(cut, "utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("#em-bar")).to_contain_text("The table below is complete all the same.")
    expect(page.locator("table.em-matrix")).to_be_visible()
    context.close()
