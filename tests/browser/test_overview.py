"""The overview in Chromium: complete without JavaScript, and live with the filters of the map."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Visit, served
from tests.browser.live_map import settled
from tests.reviews import LIGHTHOUSE, shared_site

YEARS = range(1990, 2020)

EXTRA = """\
reference:
  title: Tea in the year {year}
  authors:
    - family: Keeper
  issued: "{year}"
screening:
  decision: included
extraction:
  basis: {basis}
  by: [someone]
  date: "2020-02-14"
design:
  approach: counting
sample:
  roles: not reported
setting:
  countries: [{country}]
findings:
  - id: tea
    statement: The tea was good in {year}.
    locator: Results
    kind: [delight]
    codes:
      topic: [{topic}]
"""
COUNTRIES = ["IS", "IE", "FR", "DK", "SE", "FI", "EE", "LV", "LT", "PL", "DE", "NL", "BE", "PT"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[str]:
    """The address of the invented review with many years and countries."""
    root = tmp_path_factory.mktemp("years") / "review"
    shutil.copytree(LIGHTHOUSE, root)
    for number, year in enumerate(YEARS):
        if year % 7 == 0:
            continue
        country = COUNTRIES[number // 2 % len(COUNTRIES)] if number % 2 else "NO"
        text = EXTRA.format(
            year=year,
            country=country,
            basis="abstract" if number % 3 else "full text",
            topic="milk" if number % 4 else "company",
        )
        (root / "records" / f"keeper{year}.yml").write_text(text, "utf-8")
    for site in shared_site(root, shared / "years-site"):
        yield from served(site)


def opened(context: BrowserContext, base: str, fragment: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{base}overview/{fragment}")
    expect(page.locator("#em-overview")).to_have_attribute("data-live", "")
    return page


def chart(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def bar(page: Page, name: str, term: str) -> Locator:
    return chart(page, name).get_by_role("button", name=re.compile(f"^{term}"))


def numbers(page: Page) -> dict[str, str]:
    script = """() => Object.fromEntries([...document.querySelectorAll(".em-bars__line")].map((line) => [
      line.closest(".em-chart").dataset.dimension + "/" + line.dataset.term,
      line.querySelector(".em-count").textContent]))"""
    return settled(page).evaluate(script)  # type: ignore[no-any-return]


LOOKED_AT_BY_AXE = {("light", 390), ("dark", 1280), ("light", 1280)}
"""Axe takes seconds a page; between these screens only the layout differs."""


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(390, "light"), (768, "light"), (1280, "light"), (1920, "light"), (1280, "dark")],
)
def test_it_is_accessible_quiet_and_fits(browser: Browser, many: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page())
    visit.watch(many)
    for fragment in ("", "#f.country=no&f.year=range:1995,2010"):
        visit.page.goto(f"{many}overview/{fragment}")
        visit.page.reload()
        expect(visit.page.locator("#em-overview")).to_have_attribute("data-live", "")
        if fragment:
            expect(chart(visit.page, "Country").locator(".em-of").first).to_be_visible()
            # Not by a click: it scrolls, and what the page's head then covers seems too small to touch.
            chart(visit.page, "Country").locator(".em-numbers").evaluate("own => own.open = true")
        assert not visit.page.evaluate("document.documentElement.scrollWidth > innerWidth"), fragment
        if (scheme, width) in LOOKED_AT_BY_AXE:
            assert violations(visit.page, colours_only=scheme == "dark") == []
    context.close()
    assert visit.complaints == []


def test_without_javascript_it_is_complete(browser: Browser, many: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(many + "overview/")
    own = chart(page, "Country")
    expect(own.get_by_text("studies are from")).to_be_visible()
    expect(own.get_by_role("link", name="Norway")).to_be_visible()
    folded = own.locator(".em-bars__line--more")
    assert folded.count() > 0
    expect(folded.first).to_be_hidden()
    own.get_by_label("Show all").check()
    expect(folded.first).to_be_visible()
    own.locator("summary").click()
    expect(own.get_by_role("row", name=re.compile("^Norway"))).to_be_visible()
    chart(page, "Year of publication").get_by_role("link", name="1999: 1 study", exact=True).click()
    expect(page).to_have_url(many + "codebook/year/1999/")
    context.close()


@pytest.mark.parametrize("review", ["invented", "real", "many"])
def test_live_sentences_and_numbers_are_those_of_the_build(
    context: BrowserContext, request: pytest.FixtureRequest, review: str
) -> None:
    base = request.getfixturevalue(review)
    script = """() =>
      [...document.querySelectorAll(".em-chart__sentence, .em-bars__number, .em-column__number")]
        .map((own) => own.textContent.replace(/\\s+/g, " "))"""
    page = opened(context, base)
    live = settled(page).evaluate(script)
    quiet = context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    still = quiet.new_page()
    still.goto(base + "overview/")
    assert live == still.evaluate(script)
    quiet.close()


def test_a_bar_sets_a_filter_and_takes_it_away(context: BrowserContext, many: str) -> None:
    page = opened(context, many)
    before = numbers(page)
    norway = bar(page, "Country", "Norway")
    expect(norway).to_have_attribute("aria-pressed", "false")
    norway.click()
    expect(page).to_have_url(many + "overview/#f.country=no")
    expect(norway).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Country: Norway")).to_be_visible()
    count = before["country/no"]
    expect(page.locator(".em-bar__total")).to_have_text(re.compile(rf"^{count} of \d+ studies$"))
    expect(norway).to_have_accessible_name(f"Norway {count} of {count} studies")
    expect(chart(page, "Country").locator(".em-chart__sentence")).to_contain_text(
        f"All {count} chosen studies are from Norway"
    )
    assert numbers(page)["topic/taste"] != before["topic/taste"]
    bar(page, "Topic", "Company").click()
    expect(page).to_have_url(many + "overview/#f.country=no&f.topic=company")
    page.go_back()
    expect(page).to_have_url(many + "overview/#f.country=no")
    page.go_back()
    expect(norway).to_have_attribute("aria-pressed", "false")
    assert numbers(page) == before
    page.go_forward()
    expect(norway).to_have_attribute("aria-pressed", "true")
    norway.click()
    expect(page.locator(".em-bar__total")).to_have_text(re.compile("^All"))
    expect(page).to_have_url(many + "overview/")


def test_numbers_are_those_of_the_filters(context: BrowserContext, many: str) -> None:
    """Each bar says what the filter of the map would leave."""
    page = opened(context, many, "#f.topic=milk")
    expect(page.locator(".em-bar__total")).to_have_text(re.compile(r"^\d+ of"))
    # Charts out of sight are drawn when the page is idle.
    expect(chart(page, "Basis of extraction").locator(".em-of").first).to_be_attached()
    shown = numbers(page)["basis/abstract"]
    bar(page, "Basis of extraction", "Abstract").click()
    expect(page.locator(".em-bar__total")).to_have_text(re.compile(rf"^{shown.split()[0]} of"))


def test_the_way_to_the_map_keeps_what_is_set(context: BrowserContext, many: str) -> None:
    page = opened(context, many)
    bar(page, "Country", "Norway").click()
    link = page.get_by_role("link", name="Topics by crew")
    expect(link).to_have_attribute("href", re.compile(r"map/topic-by-crew/#f\.country=no$"))
    expect(page.get_by_role("link", name="as a list of reports")).to_have_attribute(
        "href", re.compile(r"records/#f\.country=no$")
    )
    total = page.locator(".em-bar__total").inner_text()
    link.click()
    expect(page.get_by_role("button", name="Country: Norway")).to_be_visible()
    expect(page.locator(".em-bar__total")).to_have_text(total)


def test_years_are_set_as_a_range_and_reached_by_arrows(context: BrowserContext, many: str) -> None:
    page = opened(context, many)
    years = chart(page, "Year of publication")
    expect(years.get_by_role("button", name=re.compile("^1995"))).to_have_count(0)
    places = {
        year: years.get_by_role("button", name=re.compile(f"^{year}")).bounding_box()
        for year in (1993, 1994, 1996)
    }
    step = places[1994]["x"] - places[1993]["x"]  # type: ignore[index]
    assert places[1996]["x"] - places[1994]["x"] == pytest.approx(2 * step, rel=0.05)  # type: ignore[index]
    first = years.get_by_role("button", name=re.compile("^1990"))
    first.focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(many + "overview/#f.year=range:1992,1992")
    expect(page.get_by_role("button", name="Year of publication: 1992")).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Enter")
    expect(page).to_have_url(re.compile(r"#f\.year=range:1992,20\d\d$"))
    expect(years.get_by_role("button", name=re.compile("^1990"))).to_have_attribute(
        "aria-pressed", "false"
    )
    pressed = years.get_by_role("button", name=re.compile("^2001"))
    expect(pressed).to_have_attribute("aria-pressed", "true")
    pressed.click()
    expect(page).to_have_url(many + "overview/#f.year=range:2001,2001")
    pressed.click()
    expect(page).to_have_url(many + "overview/")


def test_bars_are_reached_and_pressed_by_keyboard(context: BrowserContext, many: str) -> None:
    page = opened(context, many)
    bar(page, "Country", "Norway").focus()
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.closest('[data-term]').dataset.term")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(page).to_have_url(many + f"overview/#f.country={name}")


def test_folded_terms_show_where_they_are_set(context: BrowserContext, many: str) -> None:
    page = opened(context, many)
    own = chart(page, "Country")
    folded = own.locator(".em-bars__line--more").last
    term = folded.get_attribute("data-term")
    line = own.locator(f"[data-term={term}]").first
    expect(line).to_be_hidden()
    page.goto(many + f"overview/#f.country={term}")
    expect(line).to_be_visible()


def test_the_table_follows_what_is_set(context: BrowserContext, many: str) -> None:
    page = opened(context, many)
    own = chart(page, "Country")
    own.locator("summary", has_text="Table of numbers").click()
    row = own.get_by_role("row", name=re.compile("^Iceland"))
    before = row.inner_text().split()
    bar(page, "Country", "Norway").click()
    expect(own.get_by_role("columnheader", name="Studies in all")).to_be_visible()
    assert row.inner_text().split() == ["Iceland", "0", "0", "0", before[1]]
    page.get_by_role("button", name="Clear all").click()
    expect(own.get_by_role("columnheader", name="Studies in all")).to_be_hidden()
    assert row.inner_text().split() == before


def test_words_narrow_the_charts(context: BrowserContext, many: str) -> None:
    page = opened(context, many)
    page.get_by_role("searchbox", name="Words in the records").fill("1999")
    expect(page.locator(".em-bar__total")).to_have_text(re.compile("^1 of"))
    expect(page).to_have_url(many + "overview/#words=1999")
    expect(chart(page, "Year of publication").locator(".em-chart__sentence")).to_have_text(
        "Published in 1999 (1 of 1 chosen study)."
    )


def test_links_to_the_questions_keep_what_is_set(context: BrowserContext, many: str) -> None:
    page = opened(context, many, "#f.country=no")
    page.get_by_role("navigation", name="Questions").get_by_role("link", name="Who").click()
    expect(page.get_by_role("heading", name="Who")).to_be_in_viewport()
    expect(page).to_have_url(many + "overview/#f.country=no")


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
@pytest.mark.parametrize("name", ["Country", "Year of publication"])
def test_a_chart_is_saved_with_what_is_set(
    context: BrowserContext, many: str, kind: str, name: str, tmp_path: Path
) -> None:
    page = opened(context, many, "#f.topic=company")
    chart(page, name).get_by_text("Save picture").click()
    with page.expect_download() as download:
        chart(page, name).get_by_role("button", name=kind).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    if kind == "PNG":
        assert file.read_bytes().startswith(b"\x89PNG")
        return
    text = file.read_text("utf-8")
    ElementTree.fromstring(text)
    words = re.sub(r"\s+", " ", " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", text)))
    assert name in words
    assert "Topic: Company" in words
    assert "Version" in words
    assert "overview/#f.topic=company" in words.replace("- ", "")


def test_what_the_review_does_not_know_is_left_out(context: BrowserContext, many: str) -> None:
    page = opened(context, many, "#f.colour=red&f.country=atlantis")
    expect(page.get_by_text("The address names what this review does not have")).to_be_visible()
    expect(page.locator(".em-bar__total")).to_have_text(re.compile("^All"))


def test_home_leads_to_the_overview(context: BrowserContext, invented: str) -> None:
    page = context.new_page()
    page.goto(invented)
    page.get_by_role("main").get_by_role("link", name="Overview").click()
    expect(page).to_have_url(invented + "overview/")
