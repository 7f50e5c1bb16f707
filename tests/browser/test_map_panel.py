"""The lists behind the numbers, what readers take away from them, and the map on a phone."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import MAP, LiveMap, small_targets

NAMES = ".em-list__name"
STATEMENTS = ".em-finding__statement"


def published(base: str, path: str) -> str:
    with urllib.request.urlopen(base + path) as answer:
        return answer.read().decode("utf-8")  # type: ignore[no-any-return]


# Lists


def test_a_cell_opens_its_list(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.cell("company", "keeper").click()
    expect(desk.panel.get_by_role("heading")).to_have_text("Company × Keeper")
    expect(desk.panel.locator(".em-panel__count")).to_have_text("1 study, 1 finding")
    expect(desk.panel.locator("dt")).to_have_text(["Company", "Keeper"])
    expect(desk.panel.locator("dd")).to_have_text(["With whom it is drunk.", "Keeps the light."])
    expect(desk.panel.locator(NAMES)).to_have_text(["Example et al. 2019"])
    expect(desk.panel.locator(".em-list__title")).to_have_text("Tea & company: what <keepers> say")
    badges = ["Listening", "Norway, United Kingdom", "12 people"]
    badges += ["Coded from the full text", "Appraised with Three questions"]
    expect(desk.panel.locator(".em-badge")).to_have_text(badges)
    statement = "Keepers say that tea with others is better than tea alone."
    expect(desk.panel.locator(STATEMENTS)).to_have_text([statement])  # Not that cats find it weak.
    assert desk.state == "row=company&column=keeper"


def test_a_list_leads_to_record_finding_and_study(desk: LiveMap, invented: str) -> None:
    for name, address in (
        ("Example et al. 2019", "records/example2019/"),
        ("Results, part 2", "records/example2019/#too-weak"),
        ("BEACON", "studies/beacon/"),
    ):
        desk.open(invented, "row=strength&column=cat")
        desk.panel.get_by_role("link", name=name).click()
        expect(desk.page).to_have_url(invented + address)
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("BEACON")


def test_headings_open_the_lists_of_rows_and_columns(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.heading("Company").click()
    expect(desk.panel.get_by_role("heading")).to_have_text("Company")
    expect(desk.panel.locator(".em-panel__count")).to_have_text("2 studies, 2 findings")
    expect(desk.panel.locator(NAMES)).to_have_text(["Example et al. 2019", "Müster & Ștefan 2020"])
    desk.heading("Keeper").click()
    expect(desk.panel.get_by_role("heading")).to_have_text("Keeper")
    expect(desk.panel.locator(".em-panel__count")).to_have_text("1 study in 2 reports, 3 findings")
    assert desk.state == "column=keeper"


def test_an_entry_of_the_legend_opens_its_list(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.page.get_by_role("button", name="Counting 1").click()
    expect(desk.panel.get_by_role("heading")).to_have_text("Counting")
    expect(desk.panel.locator(".em-panel__count")).to_have_text("1 study, 1 finding")
    expect(desk.panel.locator(NAMES)).to_have_text(["Example 2020"])
    assert desk.state == "segment=counting"


def test_a_list_follows_the_filters(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "row=strength&column=keeper")
    expect(desk.panel.locator(STATEMENTS)).to_have_count(2)
    desk.page.set_viewport_size({"width": 1600, "height": 900})
    desk.controls.get_by_role("button", name="Filters").click()
    desk.tick("Kind of finding", "Grumble")
    expect(desk.panel.locator(STATEMENTS)).to_have_text(["Cats find the tea weak."])
    expect(desk.panel.locator(".em-panel__set")).to_have_text("Kind of finding: Grumble")
    desk.tick("Kind of finding", "Grumble")
    desk.tick("Topic", "Milk")
    expect(desk.panel.locator(".em-panel__count")).to_contain_text("No study with what is set now")


def test_a_long_list_grows(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour, "row=milk&column=keeper&groups=row:taste")
    expect(desk.panel.locator(".em-panel__count")).to_have_text("46 studies, 50 findings")
    expect(desk.panel.locator(NAMES)).to_have_count(20)
    more = desk.panel.get_by_role("button", name="Show 20 more of 26 reports")
    more.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.panel.locator(NAMES)).to_have_count(40)
    expect(desk.panel.locator(NAMES).nth(20)).to_be_focused()
    desk.panel.get_by_role("button", name="Show 6 more of 6 reports").click()
    expect(desk.panel.locator(NAMES)).to_have_count(46)
    expect(desk.panel.get_by_role("button", name=re.compile("^Show"))).to_be_hidden()
    last = desk.panel.locator(".em-list > li").last
    expect(last.locator(STATEMENTS)).to_have_count(3)
    last.get_by_role("button", name="2 findings more").click()
    expect(last.locator(STATEMENTS)).to_have_count(5)
    expect(last.get_by_role("link", name="Page 4")).to_be_focused()


def test_another_view_leaves_the_list_where_it_was_read(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour, "row=taste&column=keeper")
    expect(desk.panel.locator(NAMES)).to_have_count(20)
    desk.panel.evaluate("panel => panel.scrollTop = 600")
    desk.view("Numbers").click()
    desk.page.get_by_role("button", name="Open groups").click()
    assert desk.panel.evaluate("panel => panel.scrollTop") == 600
    desk.heading("Company").click()
    expect(desk.panel.get_by_role("heading")).to_have_text("Company")
    assert desk.panel.evaluate("panel => panel.scrollTop") == 0


def test_a_list_that_could_not_be_loaded_is_tried_again(desk: LiveMap, invented: str) -> None:
    desk.page.route("**/reports-0.json*", lambda route: route.abort())
    desk.open(invented)
    desk.cell("strength", "cat").click()
    expect(desk.panel.get_by_role("status")).to_have_text(
        "The list could not be loaded. Check the connection and try again."
    )
    desk.panel.get_by_role("button", name="Copy a sentence").click()
    expect(desk.panel.page.locator(".em-notice")).to_contain_text("could not be")
    assert not [own for own in desk.visit.complaints if own.startswith("error")]
    desk.page.unroute("**/reports-0.json*")
    desk.panel.get_by_role("button", name="Try again").click()
    expect(desk.panel.locator(NAMES)).to_have_text(["Example et al. 2019"])
    expect(desk.panel.get_by_role("button", name="Try again")).to_be_hidden()
    desk.visit.complaints.clear()


# What is copied


def test_a_sentence_is_copied(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "f.kind=delight&row=company")
    version = desk.page.locator("#em-map").get_attribute("data-version")
    desk.panel.get_by_role("button", name="Copy a sentence").click()
    expect(desk.page.locator(".em-notice")).to_have_text("Sentence copied.")
    assert desk.copied() == (
        "2 studies stand under “Company” (topic) (Example et al. 2019; Müster & Ștefan 2020). "
        "Selection: Kind of finding: Delight. "
        f"Source: Tea breaks of lighthouse crews: an invented review, version {version}, "
        f"data of 14 February 2020. {invented}{MAP}#f.kind=delight&view=bubbles&row=company"
    )


def test_a_long_sentence_names_twelve_reports(desk: LiveMap, harbour: str) -> None:
    desk.open(harbour, "row=taste&column=keeper")
    desk.panel.get_by_role("button", name="Copy a sentence").click()
    expect(desk.page.locator(".em-notice")).to_have_text("Sentence copied.")
    text = desk.copied()
    assert text.startswith("46 studies stand under “Taste” (topic) and “Keeper” (crew) (")
    assert text.split("(", 3)[3].split(")")[0].count(";") == 12
    assert "; 35 reports more)" in text


def test_keys_and_link_are_copied(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "row=taste&column=keeper")
    desk.menu(desk.panel, "BibTeX keys").click()
    expect(desk.page.locator(".em-notice")).to_have_text("Keys copied.")
    assert desk.copied() == "example2020,example2019"
    expect(desk.panel.locator("summary")).to_be_focused()
    desk.menu(desk.panel, "Link to this list").click()
    expect(desk.page.locator(".em-notice")).to_have_text("Link copied.")
    assert desk.copied() == f"{invented}{MAP}#view=bubbles&row=taste&column=keeper"


def test_where_nothing_may_be_copied_the_text_is_shown(browser: Browser, invented: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    shown = LiveMap(Visit(context.new_page()))
    script = "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })"
    shown.page.add_init_script(script)
    shown.open(invented, "row=strength&column=cat")
    shown.panel.get_by_role("button", name="Copy a sentence").click()
    field = shown.page.get_by_role("textbox", name="Sentence")
    expect(field).to_be_focused()
    assert field.input_value().startswith("1 study stands under “Strength” (topic) and “Cat” (crew)")
    assert field.evaluate("one => one.selectionEnd - one.selectionStart") == len(field.input_value())
    shown.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(shown.panel).to_be_visible()
    context.close()
    assert shown.visit.complaints == []


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "row=strength&column=cat")
    action = desk.menu(desk.panel, "RIS")
    expect(action).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(action).to_be_hidden()
    expect(desk.panel).to_be_visible()
    expect(desk.panel.locator("summary")).to_be_focused()
    desk.menu(desk.panel, "RIS")
    desk.panel.get_by_role("heading").click()
    expect(action).to_be_hidden()


# What is taken away


def test_references_of_a_list_are_the_published_entries(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "f.kind=delight&row=company&column=keeper")
    taken = {}
    for action in ("BibTeX", "RIS", "CSL-JSON", "CSV"):
        with desk.page.expect_download() as waiting:
            desk.menu(desk.panel, action).first.click()
        taken[action] = Path(waiting.value.path()).read_bytes().decode("utf-8")
        name = waiting.value.suggested_filename
        expect(desk.page.locator(".em-notice")).to_have_text(f"{name} with 1 report is saved.")
    head, at, entry = taken["BibTeX"].partition("@")
    entry = at + entry
    version = desk.page.locator("#em-map").get_attribute("data-version")
    whole = published(invented, "data/references.bib")
    assert head.startswith(whole.partition("@")[0].rstrip())
    assert head.splitlines()[-4:] == [
        "% Tea breaks of lighthouse crews: an invented review, "
        f"version {version}, data of 14 February 2020",
        "% Company × Keeper; Kind of finding: Delight",
        f"% {invented}{MAP}#f.kind=delight&view=bubbles&row=company&column=keeper",
        "",
    ]
    assert entry.startswith("@article{example2019,")
    assert entry in whole
    assert taken["RIS"] in published(invented, "data/references.ris")
    assert "ID  - example2019" in taken["RIS"]
    items = json.loads(taken["CSL-JSON"])
    assert items == [
        own
        for own in json.loads(published(invented, "data/references.json"))
        if own["id"] == "example2019"
    ]
    rows = list(csv.DictReader(io.StringIO(taken["CSV"])))
    assert [next(iter(row.values())) for row in rows] == ["example2019"]
    assert all(line in published(invented, "data/reports.csv") for line in taken["CSV"].splitlines())


def test_references_of_the_map_are_those_of_what_is_set(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "f.topic=company")
    with desk.page.expect_download() as waiting:
        desk.menu(desk.controls, "BibTeX").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    assert re.findall(r"@\w+\{(\w+),", text) == ["example2019", "muster2020"]
    assert "% Topics by crew; Topic: Company\n" in text


def test_a_file_that_cannot_be_fetched_is_told(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    desk.page.route("**/references.ris*", lambda route: route.fulfill(status=500))
    desk.menu(desk.controls, "RIS").click()
    expect(desk.page.locator(".em-notice")).to_contain_text("references.ris could not be fetched")
    desk.visit.complaints.clear()


@pytest.mark.parametrize("view", ["bubbles", "heat", "mosaic", "numbers"])
def test_the_drawing_is_a_whole_picture(desk: LiveMap, invented: str, view: str) -> None:
    desk.open(invented, f"view={view}&f.kind=delight&groups=row:taste")
    with desk.page.expect_download() as waiting:
        desk.menu(desk.controls, "Picture, SVG").click()
    assert waiting.value.suggested_filename == "topic-by-crew.svg"
    text = Path(waiting.value.path()).read_text("utf-8")
    root = ET.fromstring(text)
    svg = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{svg}title") == "Topics by crew"
    words = " ".join("".join(own.itertext()) for own in root.iter(f"{svg}text"))
    version = desk.page.locator("#em-map").get_attribute("data-version")
    for part in (
        "What do which crews say about their tea?",
        "2 studies; Kind of finding: Delight",
        "nothing found only reports shown apart outside the frame",
        "The invented crew. Tea breaks of lighthouse crews: an invented review.",
        f"Version {version}, data of 14 February 2020.",
        f"{invented}{MAP}",
    ):
        assert part in words
    assert "nothing with what is set" in words  # Milk and keeper: a dot of nothing found would be wrong.
    assert ("Listening" in words) == (view in {"bubbles", "mosaic"})
    assert "Strength" not in words
    assert "var(" not in text and "http" not in text.split("<text", 1)[0].replace(
        "http://www.w3.org/2000/svg", ""
    )
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert width >= 640 and height > 300
    for own in root.iter(f"{svg}text"):
        assert 0 <= float(own.attrib["x"]) <= width


def test_the_drawing_holds_what_is_written_as_text(desk: LiveMap, invented: str) -> None:
    desk.open(invented, "words=%3C%2Ftext%3E%26%3Cscript%3E+tea")
    with desk.page.expect_download() as waiting:
        desk.menu(desk.controls, "Picture, SVG").click()
    root = ET.fromstring(Path(waiting.value.path()).read_text("utf-8"))
    assert "</text>&<script> tea" in " ".join("".join(own.itertext()) for own in root.iter())


def test_the_picture_is_a_png_of_twice_the_size(desk: LiveMap, invented: str) -> None:
    desk.open(invented)
    sizes = {}
    for action in ("Picture, SVG", "Picture, PNG"):
        with desk.page.expect_download() as waiting:
            desk.menu(desk.controls, action).click()
        sizes[action] = Path(waiting.value.path()).read_bytes()
    drawing = ET.fromstring(sizes["Picture, SVG"])
    data = sizes["Picture, PNG"]
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20], "big") == 2 * int(drawing.attrib["width"])
    assert int.from_bytes(data[20:24], "big") == 2 * int(drawing.attrib["height"])
    assert len(data) > 20_000


@pytest.mark.parametrize("groups", ["", "&groups=row:taste,row:rooms"])
def test_the_map_is_printed_on_one_page(desk: LiveMap, harbour: str, groups: str) -> None:
    desk.page.add_init_script("window.print = () => { window.printed = true; };")
    desk.open(harbour, f"view=bubbles{groups}")
    desk.menu(desk.controls, "Print on one page").click()
    assert desk.page.evaluate("window.printed")
    sheet = desk.page.locator(".em-print")
    expect(sheet).to_have_count(1)
    expect(sheet).to_be_hidden()
    expect(sheet).to_have_class("em-print em-print--tall" if groups else "em-print")
    desk.page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(desk.controls).to_be_hidden()
    desk.page.emulate_media(media="null")
    pdf = desk.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    # The browser tells the page when it has printed.
    expect(sheet).to_have_count(0)
    expect(desk.page.locator("html")).not_to_have_class(re.compile("em-printing"))


# On a phone


def test_on_a_phone_the_map_is_read_row_by_row(phone: LiveMap, invented: str) -> None:
    phone.open(invented)
    expect(phone.table).to_be_hidden()
    expect(phone.page.get_by_role("group", name="View")).to_be_hidden()
    row = phone.page.locator("#em-rows details", has_text="Strength").first
    cell = row.get_by_role("link", name="Keeper")
    expect(cell).to_be_hidden()
    row.locator("summary").tap()
    expect(cell).to_contain_text("1 study")
    assert phone.page.locator("#em-rows").get_by_text("None of these none").count() == 1
    milk = phone.page.locator("#em-rows details", has_text="Milk").first
    milk.locator("summary").tap()
    expect(milk).to_contain_text("Cat: outside the frame of this map: Cats of this invented review")
    cell.tap()
    expect(phone.panel.get_by_role("heading")).to_have_text("Strength × Keeper")
    assert phone.panel.evaluate("panel => panel.matches(':modal')")
    phone.page.keyboard.press("Escape")
    expect(phone.panel).to_be_hidden()
    expect(row.locator("summary")).to_be_visible()
    assert row.get_attribute("open") is not None, "what was opened stays open"


@pytest.mark.parametrize("way", ["Escape", "Close", "outside", "back"])
def test_a_sheet_closes_and_gives_the_focus_back(phone: LiveMap, invented: str, way: str) -> None:
    phone.open(invented)
    row = phone.page.locator("#em-rows details", has_text="Strength").first
    row.locator("summary").tap()
    cell = row.get_by_role("link", name="Keeper")
    cell.focus()
    phone.page.keyboard.press("Enter")
    expect(phone.panel.get_by_role("heading")).to_be_focused()
    if way == "Escape":
        phone.page.keyboard.press("Escape")
    elif way == "Close":
        phone.panel.get_by_role("button", name="Close").tap()
    elif way == "outside":
        phone.page.touchscreen.tap(195, 30)
    else:
        phone.back()
    expect(phone.panel).to_be_hidden()
    expect(phone.page.locator("#em-rows a:focus")).to_contain_text("Keeper")
    assert phone.state == ""


def test_the_sheet_of_filters_is_modal_and_closes(phone: LiveMap, invented: str) -> None:
    phone.open(invented)
    button = phone.controls.get_by_role("button", name="Filters")
    for way in ("Escape", "Close", "outside"):
        button.tap()
        expect(phone.filters).to_be_visible()
        assert phone.filters.evaluate("panel => panel.matches(':modal')")
        if way == "Escape":
            phone.page.keyboard.press("Escape")
        elif way == "Close":
            phone.filters.get_by_role("button", name="Close").tap()
        else:
            phone.page.touchscreen.tap(195, 30)
        expect(phone.filters).to_be_hidden()
        expect(button).to_be_focused()
    phone.page.reload()
    phone.ready()
    expect(phone.filters).to_be_hidden()


def test_filters_work_in_a_sheet(phone: LiveMap, invented: str) -> None:
    phone.open(invented)
    phone.controls.get_by_role("button", name="Filters").tap()
    phone.tick("Kind of finding", "Grumble")
    assert phone.filters.evaluate("panel => panel.matches(':modal')")
    phone.filters.get_by_role("button", name="Close").tap()
    expect(phone.total).to_have_text("1 of 2 studies")
    expect(phone.page.locator("#em-rows summary")).to_have_text(["Taste 1 study", "Strength 1 study"])
    phone.chips.first.tap()
    expect(phone.page.locator("#em-rows summary")).to_have_count(4)


def test_what_is_touched_is_large_enough(phone: LiveMap, harbour: str) -> None:
    phone.open(harbour, "f.topic=milk")
    row = phone.page.locator("#em-rows details", has_text="Strength").first
    row.locator("summary").tap()
    found = small_targets(
        phone.page, "#em-rows :is(summary, a), #em-controls :is(button, summary, input)"
    )
    found += small_targets(phone.page, "#em-bar button")
    phone.controls.get_by_role("button", name="Filters").tap()
    phone.filter("Country")
    found += small_targets(
        phone.page, "#em-filters :is(button, summary, select, input[type=search], label)"
    )
    phone.page.keyboard.press("Escape")
    row.get_by_role("link", name="Keeper").tap()
    expect(phone.panel.locator(NAMES)).to_have_count(15)
    phone.menu(phone.panel, "RIS")
    found += small_targets(phone.page, "#em-panel :is(button, summary)")
    assert found == []


def test_a_notice_is_seen_over_a_sheet(phone: LiveMap, invented: str) -> None:
    phone.open(invented, "row=strength&column=cat")
    phone.panel.get_by_role("button", name="Copy a sentence").tap()
    expect(phone.panel.locator(".em-notice")).to_have_text("Sentence copied.")


def test_a_turned_phone_keeps_its_list(phone: LiveMap, invented: str) -> None:
    phone.open(invented, "row=strength&column=cat")
    phone.page.set_viewport_size({"width": 1280, "height": 800})
    expect(phone.panel).to_be_visible()
    assert not phone.panel.evaluate("panel => panel.matches(':modal')")
    expect(phone.cell("strength", "cat")).to_be_visible()
    assert phone.number("strength", "cat") == 1
    phone.page.set_viewport_size({"width": 390, "height": 800})
    expect(phone.panel).to_be_visible()
    assert phone.panel.evaluate("panel => panel.matches(':modal')")
