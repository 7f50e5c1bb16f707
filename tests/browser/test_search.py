"""Searching everything: the dialog in the header, and what the index finds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Visit, served
from tests.browser.live_map import settled
from tests.reviews import LIGHTHOUSE, shared_site

MATCHING = """async ([query, root]) => {
    const { openWords } = await import(new URL("js/words.js", root));
    const found = await (await openWords(root)).matching(query);
    const keys = [...found.keys];
    const excerpts = await Promise.all(keys.map((key) => found.excerpt(key)));
    return { keys, blank: found.blank, excerpts };
}"""


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[str]:
    """A copy of the invented review with more words in it, below a path of its host."""
    root = tmp_path_factory.mktemp("coast") / "review"
    shutil.copytree(LIGHTHOUSE, root)
    file = root / "records" / "example2020.yml"
    text = file.read_text("utf-8")
    for old, new in (
        ("- {family: Example, given: Ann B.}", "- {family: Sørensen, given: Zoë}"),
        ("all without milk.", "all without milk; staff support one another in the night-watch."),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    for number in range(30):
        _write_more(root / "records" / f"more{1980 + number}.yml", number)
    host = shared / "coast-host"
    for _ in shared_site(root, host / "reviews" / "tea"):
        for address in served(host):
            yield address + "reviews/tea/"


def _write_more(file: Path, number: int) -> None:
    file.write_text(
        f"reference:\n  title: Biscuits of tower {number}\n  issued: {1980 + number}\n"
        "  authors:\n    - {family: More, given: M.}\n"
        "screening:\n  decision: included\nextraction:\n  basis: abstract\n"
        "  by: [The invented crew]\n  date: 2020-02-12\ndesign:\n  approach: counting\n"
        "sample:\n  size: 3\n  roles: [keeper]\nsetting:\n  countries: [GB]\nfindings:\n"
        "  - id: crumbs\n    statement: Crumbs lie everywhere.\n    locator: Abstract\n"
        "    codes:\n      topic: [milk]\n",
        "utf-8",
    )


def opened(page: Page, address: str, words: str = "") -> Locator:
    """Open the dialog, type *words*, and return it once the results are those of the words."""
    page.goto(address)
    page.get_by_role("button", name="Search").click()
    dialog = page.get_by_role("dialog", name="Search the site")
    expect(dialog).to_be_visible()
    if words:
        dialog.get_by_role("searchbox").fill(words)
        expect(dialog.get_by_role("status")).to_have_text(re.compile("^(at least )?[0-9]|^No page"))
    return dialog


def group(dialog: Locator, name: str) -> Locator:
    return dialog.get_by_role("region", name=re.compile(f"^{name}"))


@pytest.fixture(scope="module")
def reader(browser: Browser, coast: str) -> Iterator[Visit]:
    """A page that has loaded the index, for the tests that only ask it."""
    context = browser.new_context()
    visit = Visit(context.new_page())
    visit.watch(coast)
    visit.page.goto(coast + "about/")
    yield visit
    context.close()


def matching(reader: Visit, root: str, query: str) -> dict[str, Any]:
    found: dict[str, Any] = reader.page.evaluate(MATCHING, [query, root])
    return found


def test_results_are_grouped_counted_and_marked(context: BrowserContext, coast: str) -> None:
    visit = Visit(context.new_page())
    visit.watch(coast)
    dialog = opened(visit.page, coast + "codebook/topic/milk/", "tea")
    headings = dialog.get_by_role("heading").all_inner_texts()
    order = [re.sub(r"\s*\d+$", "", heading).lower() for heading in headings]
    assert order == ["review findings", "reports", "findings", "terms of the codebook", "pages"]
    expect(dialog.get_by_role("status")).to_contain_text("3 reports, 3 findings, 2 terms")
    report = group(dialog, "Reports").get_by_role("link", name="Tea & company: what <keepers> say")
    expect(report.locator("mark")).to_have_text("Tea")
    expect(group(dialog, "Reports")).to_contain_text("Example et al. 2019")
    finding = group(dialog, "Findings").get_by_role("link", name="Cats find the tea weak.")
    finding.click()
    expect(visit.page).to_have_url(coast + "records/example2019/#too-weak")
    expect(visit.page.locator("#too-weak")).to_be_in_viewport()
    assert visit.complaints == []


def test_a_finding_must_hold_every_word(context: BrowserContext, coast: str) -> None:
    dialog = opened(context.new_page(), coast, "weak tea")
    expect(group(dialog, "Findings").get_by_role("link")).to_have_text(["Cats find the tea weak."])


def test_keyboard_alone(context: BrowserContext, coast: str) -> None:
    page = context.new_page()
    page.goto(coast + "records/")
    # The rows are drawn anew once the list is live; a dialog cannot give the focus back to old ones.
    page.wait_for_selector("#em-records[data-live]")
    link = settled(page).get_by_role("link", name="Bean et al. 2018")
    link.focus()
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search the site")
    field = dialog.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("tea/x")
    expect(field).to_have_value("tea/x")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("cats weak")
    results = dialog.get_by_role("link")
    expect(results).to_have_count(4)
    page.keyboard.press("ArrowDown")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("End")
    expect(results.nth(3)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(coast + "records/example2019/#too-weak")


def test_enter_opens_the_first_result_also_before_it_is_shown(
    context: BrowserContext, coast: str
) -> None:
    page = context.new_page()
    page.goto(coast)
    page.keyboard.press("Control+k")
    page.keyboard.type("pencil")
    page.keyboard.press("Enter")
    expect(page).to_have_url(coast + "records/example2019/")


def test_typing_on_a_result_goes_on_in_the_field(context: BrowserContext, coast: str) -> None:
    page = context.new_page()
    dialog = opened(page, coast, "cats")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("x")
    expect(dialog.get_by_role("searchbox")).to_have_value("catsx")


def test_a_slash_in_a_field_is_a_slash(context: BrowserContext, coast: str) -> None:
    page = context.new_page()
    page.goto(coast)
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.type("a/b")
    expect(page.locator("textarea")).to_have_value("a/b")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_more_results_are_shown_when_asked_for(context: BrowserContext, coast: str) -> None:
    dialog = opened(context.new_page(), coast, "biscuits")
    reports = group(dialog, "Reports")
    expect(reports.get_by_role("heading")).to_contain_text("30")
    expect(reports.get_by_role("link")).to_have_count(5)
    reports.get_by_role("button", name="Show more reports").click()
    expect(reports.get_by_role("link")).to_have_count(15)
    expect(reports.get_by_role("link").nth(5)).to_be_focused()


def test_findings_of_many_reports_are_counted_as_far_as_they_are_known(
    context: BrowserContext, coast: str
) -> None:
    dialog = opened(context.new_page(), coast, "crumbs everywhere")
    findings = group(dialog, "Findings")
    expect(findings.get_by_role("heading")).to_contain_text("at least 6")
    more = findings.get_by_role("button", name="Show more findings")
    for shown in (15, 25, 30):
        more.click()
        expect(findings.get_by_role("link")).to_have_count(shown)
    expect(findings.get_by_role("heading")).to_have_text(re.compile(r"^Findings\s*30$", re.IGNORECASE))
    expect(more).to_be_hidden()


def test_a_page_opens_at_the_section_that_has_the_word(context: BrowserContext, coast: str) -> None:
    page = context.new_page()
    dialog = opened(page, coast, "magnifier")
    group(dialog, "Pages").get_by_role("link").click()
    expect(page).to_have_url(coast + "about/#accessibility")


def test_nothing_found_says_what_to_do(context: BrowserContext, coast: str) -> None:
    dialog = opened(context.new_page(), coast, "grandmother")
    expect(dialog.get_by_role("status")).to_have_text(
        re.compile(r"^No page has all of these words\. Try")
    )
    expect(dialog.get_by_role("link")).to_have_count(0)
    dialog.get_by_role("searchbox").fill("t")
    expect(dialog.get_by_role("status")).to_have_text("Type at least two letters.")
    dialog.get_by_role("searchbox").fill("?!")
    expect(dialog.get_by_role("status")).to_contain_text("Finds reports")


def test_an_index_that_cannot_be_loaded_is_told_and_tried_again(
    context: BrowserContext, coast: str
) -> None:
    is_told_and_tried_again(context.new_page(), coast, "**/pagefind/**")


def is_told_and_tried_again(page: Page, site: str, refused: str) -> None:
    """Insist that a search for tea says what cannot be loaded, and finds it when it can be."""

    def refuse(route: Route) -> None:
        route.abort()

    page.route(refused, refuse)
    page.goto(site)
    page.get_by_role("button", name="Search").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("tea")
    expect(dialog.get_by_role("status")).to_contain_text("The search cannot be loaded.")
    page.unroute(refused, refuse)
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.get_by_role("status")).to_contain_text("3 reports")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_is_accessible_and_fits(
    browser: Browser, coast: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    visit = Visit(context.new_page())
    visit.watch(coast)
    dialog = opened(visit.page, coast + "records/example2019/", "tea keeper")
    assert violations(visit.page, colours_only=scheme == "dark") == []
    assert not visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    box = dialog.bounding_box()
    assert box is not None
    if width == 390:
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
        link = dialog.get_by_role("listitem").first.bounding_box()
        assert link is not None and link["height"] >= 44
    dialog.get_by_role("button", name="Close").click()
    expect(visit.page.get_by_role("button", name="Search")).to_be_focused()
    context.close()
    assert visit.complaints == []


def test_without_javascript_there_is_no_button(browser: Browser, invented: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(invented)
    expect(page.get_by_text("Search", exact=True)).to_have_count(0)
    context.close()


def test_nothing_is_loaded_before_the_dialog_opens_and_nothing_kept(
    context: BrowserContext, coast: str
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(coast)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/pagefind/" in url]
    opened(page, coast, "tea")
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [key for key in kept if not key.endswith(".__palette")] == []
    assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("supporting", {"example2020"}),
        ("supported", {"example2020"}),
        ("suppo", {"example2020"}),
        ("Zoe", {"example2020"}),
        ("zoë", {"example2020"}),
        ("Zoë Sørensen", {"example2020"}),
        ("Sorensen", {"example2020"}),
        ("celik", {"example2019"}),
        ("Stefan", {"muster2020"}),
        ("Ștefan", {"muster2020"}),
        ("night watch", {"example2020"}),
        ("night-watch", {"example2020"}),
        ('"tea with others"', {"example2019"}),
        ("“tea with others”", {"example2019"}),
        ('"others with tea"', set()),
        ('tea "with others" keeper', {"example2019"}),
        ('"with others" "weak tea"', set()),
        ("weak miaow", {"example2019"}),
        ("weak crumbs", set()),
        ("10.5555/EXAMPLE.1", {"example2019"}),
        ("example2019", {"example2019"}),
        ("lighthouses", {"example2019"}),
        ("grandmother", set()),
        ("crumbsnorter", set()),
        ("abstract", set()),
        ("yaml", set()),
    ],
)
def test_words_find_the_right_reports(reader: Visit, coast: str, query: str, keys: set[str]) -> None:
    found = matching(reader, coast, query)
    assert set(found["keys"]) == keys
    assert not found["blank"]
    assert all(any(piece["marked"] for piece in excerpt) for excerpt in found["excerpts"])


@pytest.mark.parametrize("query", ["", "   ", '"', '""', "!!! --- ?", "\u200b", "*", "<>"])
def test_a_query_without_words_finds_nothing_and_says_so(reader: Visit, coast: str, query: str) -> None:
    found = matching(reader, coast, query)
    assert (found["keys"], found["blank"]) == ([], True)


@pytest.mark.parametrize(
    "query",
    [
        '"tea',
        'tea"',
        "AND OR NOT",
        "the of and",
        "<b>tea</b>",
        "tea " * 5000,
        "\\",
        "%00",
        "a",
        "😀",
        "tea\\x00",
    ],
)
def test_any_query_is_safe(reader: Visit, coast: str, query: str) -> None:
    matching(reader, coast, query)
    assert reader.complaints == []


def test_what_a_page_says_never_becomes_markup(
    context: BrowserContext, reader: Visit, coast: str
) -> None:
    found = matching(reader, coast, "what keepers say")
    assert found["keys"] == ["example2019"]
    text = "".join(piece["text"] for piece in found["excerpts"][0])
    assert "&lt;" not in text and "<mark>" not in text
    dialog = opened(context.new_page(), coast, "what keepers say")
    expect(dialog.get_by_role("link", name="what <keepers> say")).to_be_visible()
    expect(dialog.locator("keepers")).to_have_count(0)
