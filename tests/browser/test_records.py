"""The list of reports: sorted, filtered, searched and taken away, with and without a script."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Visit
from tests.browser.live_map import settled
from tests.browser.many_reports import NUMBER
from tests.browser.waiting import until


@pytest.fixture
def visit(context: BrowserContext, many: str) -> Iterator[Visit]:
    """A page that must end without complaints."""
    visit = Visit(context.new_page())
    visit.watch(many)
    yield visit
    assert visit.complaints == []


def opened(page: Page, base: str, address: str = "") -> Page:
    """Open the list and wait until it is live."""
    page.goto(f"{base}records/{address}")
    page.wait_for_selector("#em-records[data-live]")
    return page


def keys(page: Page) -> list[str]:
    """The keys of the rows that are shown, in order."""
    script = "links => links.map(link => link.getAttribute('href').split('/').at(-2))"
    return page.eval_on_selector_all("#em-list tbody th a", script)  # type: ignore[no-any-return]


def see(page: Page, expected: list[str]) -> None:
    """Wait until these rows are the first that are shown."""
    names = [f"../records/{key}/" for key in expected[:50]]
    until(
        page,
        "names => [...document.querySelectorAll('#em-list tbody th a')]"
        ".map(link => link.getAttribute('href')).slice(0, 50).join() === names.join()",
        names,
    )


def folded(text: str | None) -> str | None:
    """What a title or citation is sorted by, made anew: no case, accents and punctuation."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"[̀-ͯ]", "", plain)).split())


def asked(folder: Path, sql: str) -> list[str]:
    """The first column of a query on the published database."""
    with closing(sqlite3.connect(folder / "data" / "evidence.db")) as connection:
        connection.create_function("folded", 1, folded)
        return [row[0] for row in connection.execute(sql)]


def labels(dimension: str) -> str:
    return f"""(SELECT folded(group_concat(label, ' ')) FROM (
        SELECT label FROM record_code JOIN term USING (dimension)
        WHERE record_code.record = record.key AND dimension = '{dimension}'
        AND term.id = record_code.term
        ORDER BY position))"""


SORTS = {
    "citation": "folded(citation)",
    "title": "folded(title)",
    "year": "year",
    "country": labels("country"),
    "approach": labels("approach"),
    "sample": "sample_size",
    "read": "CASE basis WHEN 'full text' THEN 1 WHEN 'abstract' THEN 2 WHEN 'title' THEN 3 END",
    "findings": "(SELECT count(*) FROM finding WHERE finding.record = record.key)",
}


def in_order(sort: str, where: str = "1") -> str:
    value = SORTS[sort.removeprefix("-")]
    way = "DESC" if sort.startswith("-") else "ASC"
    return f"SELECT key FROM record WHERE {where} ORDER BY {value} {way} NULLS LAST, folded(citation)"


@pytest.mark.parametrize("sort", [way + name for name in SORTS for way in ("", "-")])
def test_orders_are_those_of_the_database(visit: Visit, many: str, folder: Path, sort: str) -> None:
    expected = asked(folder, in_order(sort))
    assert len(expected) == NUMBER + 6
    page = opened(visit.page, many, f"#sort={sort}")
    see(page, expected)
    page.get_by_role("button", name=f"Show all {len(expected)}").click()
    expect(page.locator("#em-list tbody tr")).to_have_count(len(expected))
    assert keys(page) == expected


def test_headings_sort_in_three_steps(visit: Visit, many: str, folder: Path) -> None:
    page = opened(visit.page, many)
    findings = page.locator("th[data-column=findings]")
    year = page.locator("th[data-column=year]")
    expect(year).to_have_attribute("aria-sort", "descending")
    see(page, asked(folder, in_order("-year")))
    for sort, direction in (("-findings", "descending"), ("findings", "ascending")):
        findings.get_by_role("button").click()
        expect(page).to_have_url(f"{many}records/#sort={sort}")
        expect(findings).to_have_attribute("aria-sort", direction)
        expect(year).not_to_have_attribute("aria-sort", re.compile("."))
        see(page, asked(folder, in_order(sort)))
    findings.get_by_role("button").click()
    expect(page).to_have_url(f"{many}records/")
    expect(year).to_have_attribute("aria-sort", "descending")


def test_orders_are_chosen_by_keyboard(visit: Visit, many: str, folder: Path) -> None:
    page = opened(visit.page, many)
    page.locator("th[data-column=citation]").get_by_role("button").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{many}records/#sort=year")
    see(page, asked(folder, in_order("year")))
    page.get_by_label("Sort by").select_option("Title, A to Z")
    expect(page).to_have_url(f"{many}records/#sort=title")
    expect(page.locator("th[data-column=citation]")).to_have_attribute("aria-sort", "other")
    more = page.get_by_role("button", name="Show 50 more")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#em-list tbody tr")).to_have_count(100)
    expected = asked(folder, in_order("title"))
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == f"../records/{expected[50]}/"


FILTERS = {
    "f._decision=excluded": "decision = 'excluded'",
    "f._decision=none:counted": "counted = 0",
    "f.country=no": "key IN (SELECT record FROM record_code WHERE dimension='country' AND term='no')",
    "f.country=all:no,gb": "key IN (SELECT record FROM record_code WHERE dimension='country' "
    "AND term IN ('no', 'gb') GROUP BY record HAVING count(*) = 2)",
    "f.topic=taste&f.approach=listening": "key IN (SELECT record FROM finding JOIN finding_code "
    "ON finding_code.finding = finding.id WHERE dimension='topic' AND term IN ('strength', 'milk')) "
    "AND key IN (SELECT record FROM record_code WHERE dimension='approach' AND term='listening')",
    "f.year=range:2001,2004": "year BETWEEN 2001 AND 2004",
    "f.crew=none-of-these": "key NOT IN (SELECT record FROM record_code WHERE dimension='crew')",
}


@pytest.mark.parametrize("address", FILTERS)
def test_filters_leave_what_the_database_says(
    visit: Visit, many: str, folder: Path, address: str
) -> None:
    expected = asked(folder, in_order("title", FILTERS[address]))
    assert 0 < len(expected) < NUMBER
    page = opened(visit.page, many, f"#{address}&sort=title")
    see(page, expected)
    noun = "report" if len(expected) == 1 else "reports"
    expect(page.locator(".em-bar__total")).to_have_text(f"{len(expected)} of {NUMBER + 6} reports")
    expect(page.locator("#em-more")).to_contain_text(re.compile(rf"\b{len(expected)} {noun}"))


def test_a_filter_is_set_and_undone_and_gone_back_to(visit: Visit, many: str, folder: Path) -> None:
    page = opened(visit.page, many)
    filters = page.locator("#em-filters")
    filters.locator("summary", has_text="Decision").click()
    number = len(asked(folder, "SELECT key FROM record WHERE decision = 'ongoing'"))
    filters.get_by_role("checkbox", name=f"Ongoing, {number} reports").check()
    expect(page).to_have_url(f"{many}records/#f._decision=ongoing")
    total = page.locator(".em-bar__total")
    expect(total).to_have_text(f"{number} of {NUMBER + 6} reports")
    expect(page.locator("#em-list tbody tr").first).to_contain_text("Ongoing: no results yet")
    page.get_by_role("button", name="Decision: Ongoing").click()
    expect(total).to_have_text(f"All {NUMBER + 6} reports")
    expect(page).to_have_url(f"{many}records/")
    page.go_back()
    expect(total).to_have_text(f"{number} of {NUMBER + 6} reports")
    page.go_back()
    expect(total).to_have_text(f"All {NUMBER + 6} reports")
    page.go_forward()
    expect(total).to_have_text(f"{number} of {NUMBER + 6} reports")
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(f"{many}records/")
    page.get_by_role("button", name="Undo").click()
    expect(total).to_have_text(f"{number} of {NUMBER + 6} reports")


def test_a_copied_address_shows_the_same(
    browser: Browser, visit: Visit, many: str, folder: Path
) -> None:
    page = opened(visit.page, many)
    page.get_by_label("Sort by").select_option("Largest sample first")
    page.locator("#em-filters summary", has_text="Country").click()
    page.get_by_role("checkbox", name=re.compile("^Norway")).check()
    expected = asked(folder, in_order("-sample", FILTERS["f.country=no"]))
    see(page, expected)
    elsewhere = browser.new_context()
    copy = elsewhere.new_page()
    copy.goto(page.url)
    see(copy, expected)
    elsewhere.close()


def test_what_the_address_does_not_know_is_told(visit: Visit, many: str) -> None:
    page = opened(visit.page, many, "#f.nothing=a&sort=-luck")
    expect(page.get_by_text("does not have: nothing, -luck. It is left out.")).to_be_visible()
    expect(page.locator(".em-bar__total")).to_have_text(f"All {NUMBER + 6} reports")


def test_words_filter_and_are_marked(visit: Visit, many: str) -> None:
    page = opened(visit.page, many)
    page.get_by_label("Words in the reports").fill("miaow")
    expect(page.locator(".em-bar__total")).to_have_text(f"1 of {NUMBER + 6} reports")
    row = page.locator("#em-list tbody tr")
    expect(row).to_have_count(1)
    expect(row.locator(".em-excerpt mark")).to_have_text("Miaow")
    page.get_by_label("Words in the reports").fill("zebra crossings")
    expect(row.locator(".em-records__title mark")).to_have_text(["zebra", "crossings"])


def test_what_keeps_everything_out_is_named(visit: Visit, many: str, folder: Path) -> None:
    page = opened(visit.page, many, "#f._decision=excluded&f.country=no")
    expect(page.get_by_text("No report matches what is set.")).to_be_visible()
    number = len(asked(folder, f"SELECT key FROM record WHERE {FILTERS['f.country=no']}"))
    page.get_by_role(
        "button", name=f"Without Decision: Excluded there would be {number} reports"
    ).click()
    expect(page.locator(".em-bar__total")).to_have_text(f"{number} of {NUMBER + 6} reports")


def test_the_rows_that_were_asked_for_are_there_on_the_way_back(visit: Visit, many: str) -> None:
    page = opened(visit.page, many, "#sort=title")
    page.get_by_role("button", name="Show 50 more").click()
    rows = page.locator("#em-list tbody tr")
    expect(rows).to_have_count(100)
    link = rows.nth(90).get_by_role("link")
    name = link.inner_text()
    link.click()
    page.wait_for_url(f"{many}records/*/")
    page.go_back()
    expect(rows).to_have_count(100)
    expect(rows.nth(90).get_by_role("link", name=name, exact=True)).to_be_in_viewport()


def test_the_map_is_opened_with_the_same_selection(visit: Visit, many: str) -> None:
    page = opened(visit.page, many, "#f.country=no&f._decision=counted&sort=title&words=tea")
    link = page.get_by_role("link", name="See these on the map")
    expect(link).to_have_attribute("href", "../map/#f.country=no&words=tea")
    link.click()
    expect(page.get_by_role("button", name="Country: Norway")).to_be_visible()


def test_references_of_what_is_listed_are_taken_away(
    visit: Visit, many: str, folder: Path, tmp_path: Path
) -> None:
    where = "year = 2003"
    page = opened(visit.page, many, "#f.year=range:2003,2003&sort=-citation")
    total = page.locator(".em-bar__total")
    expect(total).to_have_text(re.compile(f"^{len(asked(folder, in_order('title', where)))} of"))
    page.locator(".em-menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    download.value.save_as(tmp_path / "shown.bib")
    text = (tmp_path / "shown.bib").read_text("utf-8")
    expected = asked(folder, in_order("title", f"{where} AND decision <> 'excluded'"))
    assert sorted(re.findall(r"^@\w+\{(\w+),", text, re.MULTILINE)) == sorted(expected)
    assert "% Reports" in text and "Year of publication: 2003" in text


def test_excluded_reports_cannot_be_taken_away(visit: Visit, many: str) -> None:
    page = opened(visit.page, many, "#f._decision=excluded")
    page.locator(".em-menu summary").click()
    page.get_by_role("button", name="RIS").click()
    expect(page.get_by_text("Excluded reports are in no file that can be taken away.")).to_be_visible()


def test_rows_that_do_not_come_are_told_and_asked_for_again(context: BrowserContext, many: str) -> None:
    page = context.new_page()
    page.route("**/data/records/rows-*", lambda route: route.abort())
    opened(page, many, "#sort=title")
    expect(page.get_by_text("The reports could not be loaded.")).to_be_visible()
    page.unroute("**/data/records/rows-*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#em-list tbody tr")).to_have_count(50)
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()


def test_without_its_data_the_page_keeps_its_rows(context: BrowserContext, many: str) -> None:
    page = context.new_page()
    page.route("**/data/records/order.bin*", lambda route: route.abort())
    page.goto(f"{many}records/")
    expect(page.get_by_text("Filters and orders could not be started")).to_be_visible()
    expect(page.locator("#em-list tbody tr")).to_have_count(200)
    expect(page.get_by_role("navigation", name="Pages of the list")).to_be_visible()
    # No room is kept for filters that do not come.
    heading = page.get_by_role("heading", level=1).bounding_box()
    listed = page.locator("#em-list").bounding_box()
    assert heading is not None
    assert listed is not None
    assert abs(heading["x"] - listed["x"]) < 2


def test_the_focus_stays_when_the_list_comes_to_life(context: BrowserContext, many: str) -> None:
    page = context.new_page()
    held: list[Route] = []
    page.route("**/data/records/order.bin*", lambda route: held.append(route))
    with page.expect_request("**/data/records/order.bin*"):
        page.goto(f"{many}records/", wait_until="domcontentloaded")
    first = page.locator("#em-list tbody a").first
    first.focus()
    name = first.inner_text()
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    page.wait_for_selector("#em-records[data-live]")
    focused = page.locator("#em-list tbody a:focus")
    expect(settled(page).locator("#em-list tbody tr")).not_to_have_count(0)
    expect(focused).to_have_text(name)


def test_nothing_jumps_when_the_list_comes_to_life(context: BrowserContext, many: str) -> None:
    page = context.new_page()
    page.add_init_script(
        """window.jumped = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumped += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    opened(page, many)
    expect(page.locator("#em-filters")).to_be_visible()
    expect(page.locator("#em-list tbody tr")).to_have_count(50)
    # What is called good is a tenth (*Cumulative Layout Shift*, web.dev).
    assert page.evaluate("window.jumped") < 0.05


def test_on_a_phone_rows_are_cards_and_orders_are_chosen(
    browser: Browser, many: str, folder: Path
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = opened(context.new_page(), many)
    expect(page.locator("#em-list thead")).to_be_hidden()
    page.get_by_label("Sort by").select_option("Title, Z to A")
    expected = asked(folder, in_order("-title"))
    see(page, expected)
    label = "td => getComputedStyle(td, '::before').content"
    assert "Country" in page.locator("td[data-label=Country]").first.evaluate(label)
    page.get_by_role("button", name="Filters").click()
    page.locator("#em-filters summary", has_text="Decision").click()
    page.get_by_role("checkbox", name=re.compile("^Excluded")).check()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".em-bar__total")).to_contain_text("of")
    expect(page.locator("#em-list tbody tr").first).to_contain_text("Excluded: Coffee only")
    context.close()


def test_without_a_script_all_reports_are_reached(browser: Browser, many: str, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{many}records/")
    expect(page.get_by_role("button")).to_have_count(0)
    found = keys(page)
    while (older := page.get_by_role("link", name="Older")).count():
        # A click waits for the first bytes of the next page; all of its rows are there with the last.
        with page.expect_navigation():
            older.click()
        found += keys(page)
    assert page.url == f"{many}records/page/3/"
    assert found == asked(folder, in_order("-year"))
    context.close()


LOOKED_AT_BY_AXE = {("light", 390), ("dark", 1280)}
"""Axe takes seconds a page; between these screens only the layout differs."""


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(390, "light"), (768, "light"), (1280, "light"), (1920, "light"), (1280, "dark")],
)
def test_the_list_is_accessible_and_fits(browser: Browser, many: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page())
    visit.watch(many)
    found = []
    for path in ("", "#sort=-title", "#words=kettle", "#f._decision=excluded&f.country=no", "page/2/"):
        visit.page.goto("about:blank")
        visit.page.goto(f"{many}records/{path}")
        if not path.startswith("page"):
            visit.page.wait_for_selector("#em-records[data-live]")
            note = visit.page.locator("#em-more .em-note")
            expect(note).to_contain_text("report")
        if visit.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path}: scrolls sideways")
        if (scheme, width) not in LOOKED_AT_BY_AXE:
            continue
        found += [f"{path}: {each}" for each in violations(visit.page, colours_only=scheme == "dark")]
    context.close()
    assert found == []
    assert visit.complaints == []


def test_print_shows_no_button_for_more_rows(visit: Visit, many: str) -> None:
    page = opened(visit.page, many)
    show = page.locator("#em-more button:visible")
    expect(show).to_have_count(2)
    page.emulate_media(media="print")
    expect(show).to_have_count(0)


def test_print_shows_the_rows_and_no_controls(visit: Visit, many: str) -> None:
    page = opened(visit.page, many, "#f._decision=excluded")
    page.emulate_media(media="print")
    expect(page.locator("#em-controls")).to_be_hidden()
    expect(page.locator("#em-filters")).to_be_hidden()
    expect(page.locator("#em-list tbody tr").first).to_be_visible()
    expect(page.get_by_text("Decision: Excluded")).to_be_visible()
