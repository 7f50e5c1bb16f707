"""The map in a frame of another page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, expect

from tests.browser.conftest import served
from tests.browser.live_map import CREW, MAP, LiveMap

EMBED = f"embed/{CREW}/"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of another site, and the file of its page."""
    file = tmp_path / "index.html"
    for address in served(tmp_path):
        yield address, file


def framed(context: BrowserContext, elsewhere: tuple[str, Path], frame: str) -> FrameLocator:
    address, file = elsewhere
    file.write_text(
        f'<!doctype html><html lang="en"><title>Elsewhere</title><h1>Ours</h1>{frame}', "utf-8"
    )
    page = context.new_page()
    page.goto(address)
    return page.frame_locator("iframe")


def test_the_page_for_frames_has_no_site_around_it(desk: LiveMap, invented: str) -> None:
    desk.open(invented, path=EMBED)
    assert desk.page.locator("header.md-header, .md-tabs, footer, .em-switch").count() == 0
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Topics by crew")
    expect(desk.filters).to_be_hidden()
    source = desk.page.locator(".em-bare__source")
    expect(source).to_contain_text("Tea breaks of lighthouse crews: an invented review")
    link = source.get_by_role("link", name="Open it on its site")
    expect(link).to_have_attribute("href", f"../../{MAP}")
    expect(link).to_have_attribute("target", "_blank")


def test_it_has_the_same_addresses_as_the_map(desk: LiveMap, invented: str) -> None:
    state = "f.kind=delight&words=tea&view=heat&groups=row:taste&row=company&column=cat"
    shown = []
    for path in (MAP, EMBED):
        desk.open(invented, state, path=path)
        expect(desk.panel.locator(".em-excerpt")).to_be_visible()
        shown.append([desk.numbers(), desk.chips.all_inner_texts(), desk.panel.inner_text()])
    assert shown[0] == shown[1]
    expect(desk.table).to_have_attribute("data-view", "heat")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (700, "light"), (1280, "light")])
def test_it_fits_and_is_accessible(desk: LiveMap, invented: str, width: int, scheme: str) -> None:
    desk.page.set_viewport_size({"width": width, "height": 640})
    desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    desk.open(invented, path=EMBED)
    expect(desk.page.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
    )
    assert not desk.scrolls_sideways()
    assert desk.violations() == []
    desk.go(invented + EMBED + "#f.kind=delight&row=company&column=keeper")
    expect(desk.panel.locator(".em-list__name")).to_have_count(1)
    assert not desk.scrolls_sideways()
    assert desk.violations() == []


def test_the_code_for_a_frame_shows_the_map_on_another_page(
    desk: LiveMap, context: BrowserContext, invented: str, elsewhere: tuple[str, Path]
) -> None:
    desk.open(invented)
    desk.tick("Kind of finding", "Grumble")
    desk.settled()
    desk.menu(desk.controls, "Copy a frame for your page").click()
    expect(desk.page.locator(".em-notice")).to_have_text("Code for the frame copied.")
    code = desk.copied()
    source = html.unescape(re.findall(r'src="([^"]*)"', code)[0])
    assert source == f"{invented}{EMBED}#f.kind=grumble"
    frame = framed(context, elsewhere, code)
    expect(frame.locator(".em-bar__total")).to_have_text("1 of 2 studies")
    frame.locator("a[data-at='strength/cat']").click()
    panel = frame.locator("#em-panel")
    expect(panel.locator(".em-finding__statement")).to_have_text(["Cats find the tea weak."])
    # Full screen needs a permission that the page around has not given.
    expect(frame.get_by_role("button", name="Full screen")).to_have_count(0)
    with context.expect_page() as opened:
        panel.get_by_role("link", name="Example et al. 2019").click()
    expect(opened.value).to_have_url(f"{invented}records/example2019/")
    around = next(page for page in context.pages if page.url == elsewhere[0])
    expect(around.get_by_role("heading", name="Ours")).to_be_visible()


def test_in_a_frame_that_may_not_copy_the_text_is_shown(
    context: BrowserContext, invented: str, elsewhere: tuple[str, Path]
) -> None:
    frame = framed(
        context, elsewhere, f'<iframe src="{invented}{EMBED}#row=company" width="900" height="600">'
    )
    frame.get_by_role("button", name="Copy a sentence").click()
    text = frame.get_by_role("textbox", name="Sentence").input_value()
    assert text.startswith("2 studies stand under “Company” (topic)")
    # What stands in a manuscript leads to the map on its site.
    assert text.endswith(f"{invented}{MAP}#view=bubbles&row=company")


def test_a_sandboxed_frame_shows_the_static_table(
    context: BrowserContext, invented: str, elsewhere: tuple[str, Path]
) -> None:
    """It has no origin of its own, so that it may load neither scripts nor data."""
    sandbox = f'<iframe sandbox="allow-scripts" src="{invented}{EMBED}" width="900" height="600">'
    frame = framed(context, elsewhere, sandbox)
    expect(frame.get_by_role("link", name="1 study: Company, Cat")).to_be_visible()
    expect(frame.locator("#em-controls")).to_be_hidden()
