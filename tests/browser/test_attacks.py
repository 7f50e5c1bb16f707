"""A review by people who mean harm, in a browser: nothing of it runs, with the policy and without it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, expect

from tests.attacks.payloads import KINDS, PLANTED, payload
from tests.browser.conftest import Visit, served
from tests.browser.live_map import LiveMap, settled
from tests.browser.paper_form import PaperForm
from tests.browser.waiting import until
from tests.counted import count
from tests.site_kinds import OFFLINE, one_of_each_kind

TRAPS = """
window.ran = (what) => told(`ran: ${what}`);
addEventListener("securitypolicyviolation", (event) => told(`refused: ${event.effectiveDirective}`));
"""

PLANTED_ELEMENTS = """() => {
  const runs = (name, value) =>
    name.startsWith("on") || (/^(xlink:)?href$|^src$|action$|^srcdoc$/.test(name)
      && /^[\\u0000-\\u0020]*(javascript|vbscript|data:text)/i.test(value));
  const found = [...document.querySelectorAll("*")].filter((each) =>
    each.classList.contains("zqplanted")
      || [...each.attributes].some(({ name, value }) => runs(name, value)));
  if ({}.zq !== undefined) found.push(document.body);
  return found.map((each) => each.outerHTML.slice(0, 200));
}"""
"""Finds what would run when somebody clicks or comes near, though it has not run yet."""


@dataclass
class Watch:
    """Pages that tell what they should not have done."""

    context: BrowserContext
    base: str
    told: list[str] = field(default_factory=list)
    opened: int = 0

    def __post_init__(self) -> None:
        self.context.expose_function("told", lambda what: self.note(what))
        self.context.add_init_script(TRAPS)
        self.context.on("request", self._asked)

    def note(self, what: str) -> None:
        """Note what should not have been."""
        self.told.append(what)

    def _asked(self, request: Request) -> None:
        # The browser of the tests finds no other site, so that nothing leaves the machine.
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.told.append(f"asked: {request.url}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.told.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("dialog", self._dismiss)
        page.on("popup", lambda popup: self.note(f"popup: {popup.url}"))
        page.on("pageerror", lambda error: self.note(f"error: {error}"))
        return page

    def look(self, page: Page) -> None:
        """Note what stands on a page that must not, once it has nothing left to do."""
        settled(page)
        self.opened += 1
        self.told += [f"{page.url}: {each}" for each in page.evaluate(PLANTED_ELEMENTS)]
        if not page.url.startswith(self.base):
            self.told.append(f"left for {page.url}")

    def done(self) -> None:
        self.context.close()
        count("attacks", "pages opened in the browser", self.opened)
        count("attacks", "things that ran", len(self.told))
        assert self.told == []


def watching(browser: Browser, base: str, **options: Any) -> Iterator[Watch]:
    permissions = ["clipboard-read", "clipboard-write"] if base.startswith("http") else []
    watch = Watch(browser.new_context(permissions=permissions, **options), base)
    yield watch
    watch.done()


@pytest.fixture(scope="session")
def evil(hostile_site: Path) -> Iterator[str]:
    """The address of the hostile review."""
    yield from served(hostile_site)


@pytest.fixture(scope="session")
def evil_name(hostile_name_site: Path) -> Iterator[str]:
    """The address of the review whose protocol is hostile."""
    yield from served(hostile_name_site)


@pytest.fixture
def watch(browser: Browser, evil: str) -> Iterator[Watch]:
    """Pages without the policy, so that it is the escaping that is tested."""
    yield from watching(browser, evil, bypass_csp=True)


RUNNING = ("script", "attribute", "entities", "addresses", "markdown", "template", "json", "unicode")
"""Kinds of texts that a browser could take for more than text; the others are for other programs."""

WRITTEN = ("404.html", "about/", "benchmarks/", "contribute/", "database/formats/")
"""Pages on which no text of a review stands."""


def shown_pages(site: Path) -> list[str]:
    """Return one page of each kind, and the records and review findings with what could run."""
    kinds = [path for path in one_of_each_kind(site) if not path.startswith(WRITTEN)]
    numbers = [KINDS.index(kind) for kind in RUNNING]
    hostile = [
        f"{place}{number}/" for place in ("records/hostile", "findings/hostile-") for number in numbers
    ]
    return list(dict.fromkeys([*kinds, "contribute/", *hostile]))


def test_no_page_runs_what_a_review_says(watch: Watch, hostile_site: Path) -> None:
    page = watch.page()
    for path in shown_pages(hostile_site):
        page.goto(watch.base + path)
        watch.look(page)


def test_no_policy_has_anything_to_refuse_of_it(browser: Browser, evil: str) -> None:
    for watch in watching(browser, evil):
        page = watch.page()
        for path in ("records/hostile0/", "records/hostile1/", "findings/hostile-4/", "map/"):
            page.goto(watch.base + path)
            watch.look(page)


NAMED = ["", "map/", "overview/", "protocol/", "findings/", "records/", "records/example2019/", "flow/"]


@pytest.mark.parametrize("bypass", [True, False], ids=["without policy", "with policy"])
def test_no_page_runs_what_the_name_of_a_review_says(
    browser: Browser, evil_name: str, bypass: bool
) -> None:
    for watch in watching(browser, evil_name, bypass_csp=bypass):
        page = watch.page()
        for path in NAMED if bypass else NAMED[:2]:
            page.goto(watch.base + path)
            watch.look(page)


def use_map(watch: Watch, page: Page) -> None:
    """Use everything on a map that shows texts of the review."""
    shown = LiveMap(Visit(page))
    shown.ready()
    for summary in page.locator("#em-filters summary").all():
        summary.click()
    expect(page.locator("#em-filters .em-filter__content")).not_to_have_count(0)
    expect(page.locator("#em-filters .em-filter__content:empty")).to_have_count(0)
    watch.look(page)
    shown.cell("topic0", "keeper").click()
    expect(shown.panel).to_be_visible()
    watch.look(page)
    page.keyboard.press("Escape")
    shown.cell("company", "keeper").click()
    expect(shown.panel.locator(".em-list__title").first).to_be_visible()
    watch.look(page)
    page.keyboard.press("Escape")
    for view in ("Heat", "Numbers"):
        shown.view(view).click()
        shown.settled()
    shown.words.fill("zqplanted onload")
    watch.look(page)
    shown.words.fill("")
    with page.expect_download() as awaited:
        shown.menu(shown.controls, "Picture, SVG").click()
    drawn = etree.parse(str(awaited.value.path()))
    tags = {etree.QName(each).localname for each in drawn.iter(etree.Element)}
    assert not tags & {"script", "foreignObject", "image", "img"}
    watch.look(page)


def test_no_map_runs_what_a_review_says(watch: Watch) -> None:
    page = watch.page()
    page.goto(watch.base + "map/topic-by-crew/")
    use_map(watch, page)
    page.goto(watch.base + "map/map0/")
    watch.look(page)


def test_the_offline_file_runs_nothing_of_a_review(
    browser: Browser, hostile_site: Path, tmp_path: Path
) -> None:
    file = tmp_path / "evidence-map.html"
    file.write_bytes((hostile_site / OFFLINE).read_bytes())
    for watch in watching(browser, file.as_uri(), bypass_csp=True, offline=True):
        page = watch.page()
        page.goto(watch.base)
        use_map(watch, page)


def test_no_search_or_list_runs_what_a_review_says(watch: Watch) -> None:
    page = watch.page()
    page.goto(watch.base + "records/")
    page.wait_for_selector("#em-records[data-live]")
    watch.look(page)
    for words in ("onload", "zqplanted", "script", "zqforged"):
        page.get_by_role("button", name="Search").first.click()
        dialog = page.get_by_role("dialog", name="Search the site")
        dialog.get_by_role("searchbox").fill(words)
        expect(dialog.get_by_role("link").first).to_be_visible()
        watch.look(page)
        page.keyboard.press("Escape")


def test_nothing_runs_that_is_copied_and_pasted_from_a_record(watch: Watch) -> None:
    """Citations are copied as HTML; pasted into a page they are text."""
    page = watch.page()
    page.goto(f"{watch.base}records/hostile0/")
    page.get_by_role("button", name="Copy citation").first.click()
    expect(page.get_by_role("button", name="Copied").first).to_be_visible()
    html = page.evaluate("""async () => {
        const [item] = await navigator.clipboard.read();
        return item.types.includes("text/html") ? (await item.getType("text/html")).text() : "";
    }""")
    page.goto("about:blank")
    page.set_content(html)
    assert page.evaluate(PLANTED_ELEMENTS) == []


PASTED: list[Callable[[str], str]] = [
    lambda text: (
        f"@article{{x, title = {{{text}}}, author = {{{text} and Doe, Jane}}, journal = {{{text}}}}}"
    ),
    lambda text: f"TY  - JOUR\nTI  - {text}\nAU  - {text}\nJO  - {text}\nKW  - {text}\nER  - \n" * 2,
    lambda text: f"10.5555/{text}",
    lambda text: text,
]


def test_the_form_runs_nothing_that_is_pasted(watch: Watch) -> None:
    page = watch.page()
    form = PaperForm(Visit(page), watch.base)
    for number, kind in enumerate(("script", "attribute", "markdown", "json")):
        form.open()
        text = " ".join(payload(kind, "zqpasted").split())
        page.get_by_label("Paste a BibTeX or RIS entry, or a DOI").fill(PASTED[number](text))
        page.get_by_role("button", name="Use what is pasted").click()
        watch.look(page)
        page.evaluate("localStorage.clear()")


def test_the_form_runs_nothing_of_the_codebook_and_of_what_is_recorded(watch: Watch) -> None:
    page = watch.page()
    form = PaperForm(Visit(page), watch.base)
    form.open("?correct=hostile0")
    expect(page.get_by_role("navigation", name="Sections of the record")).to_be_visible()
    watch.look(page)
    for section in ("Sample", "Findings", "Appraisal", "Check and send"):
        form.go(section)
        watch.look(page)
    form.open()
    page.get_by_label("Find it by title, author, key or DOI").fill("zq")
    watch.look(page)


SPOIL_DRAFT = """(text) => {
  const name = Object.keys(localStorage).find((each) => each.startsWith("evidence-map-draft"));
  const draft = JSON.parse(localStorage.getItem(name));
  const hostile = (value) => {
    if (typeof value === "string") return text;
    if (Array.isArray(value)) return value.map(hostile);
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hostile(each)]));
  };
  draft.entry = { ...hostile(draft.entry), [text]: text };
  draft.entry.reference = { title: text, authors: [{ family: text }], doi: text, url: text };
  draft.key = text;
  draft.visited = [text];
  localStorage.setItem(name, JSON.stringify(draft));
}"""


def test_the_form_runs_nothing_of_a_draft(watch: Watch) -> None:
    """Another site of the same host can write into what a browser keeps."""
    page = watch.page()
    form = PaperForm(Visit(page), watch.base)
    form.begin()
    form.field("Title").fill("Soon hostile")
    form.kept()
    for kind in ("script", "attribute"):
        page.evaluate(SPOIL_DRAFT, payload(kind, "zqdraft"))
        form.open()
        watch.look(page)
        page.locator(".em-drafts__open").first.click()
        watch.look(page)
    assert json.loads(page.evaluate("JSON.stringify({ zq: {}.zq ?? null })")) == {"zq": None}


def test_a_page_that_does_not_escape_is_noticed(browser: Browser, evil: str) -> None:
    """What the tests above look for is found where it is."""
    context = browser.new_context(bypass_csp=True)
    watch = Watch(context, evil)
    page = watch.page()
    page.goto(evil + "about/")
    page.evaluate(
        "(html) => document.body.insertAdjacentHTML('beforeend', html)", payload("script", "zq0z")
    )
    until(page, "document.querySelector('img.zqplanted')?.complete")
    watch.look(page)
    context.close()
    assert "ran: zq0z" in watch.told
    assert any(PLANTED in each for each in watch.told)
