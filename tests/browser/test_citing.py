"""Citing a record in Chromium: the style is chosen and kept, references are copied and saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from evidence_map.exports.bibtex import as_bibtex
from evidence_map.exports.citation_styles import STYLES
from evidence_map.exports.csl_json import as_csl_json
from evidence_map.exports.ris import as_ris
from evidence_map.site.evidence import Evidence, Report
from tests.browser.accessibility import violations
from tests.browser.conftest import Visit, served
from tests.browser.waiting import until
from tests.exports.reports import HOSTILE, lighthouse_database
from tests.folders import ReviewFolder
from tests.reviews import built

RECORD = "records/example2019/"


@pytest.fixture
def page(browser: Browser, invented: str) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page())
    visit.watch(invented)
    yield visit.page
    context.close()
    assert visit.complaints == []


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with Evidence(lighthouse_database(tmp_path_factory.mktemp("citing"))) as evidence:
        return evidence.reports["example2019"]


def test_one_style_is_shown_and_the_choice_is_kept(page: Page, invented: str) -> None:
    page.goto(invented + RECORD)
    shown = page.locator("#_styles .em-citation:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Example, A. B., van Muster, Ç., & The Invented Crew. (2019).")
    style = page.get_by_label("Style")
    assert style.locator("option").all_text_contents() == [own.label for own in STYLES.values()]
    style.select_option("Vancouver (NLM)")
    expect(shown).to_have_text(re.compile("^Example AB, van Muster Ç"))
    page.goto(invented + "records/example2020/")
    expect(page.get_by_label("Style")).to_have_value("vancouver")
    expect(shown).to_have_count(1)
    expect(shown).to_have_text(re.compile("^Example AB"))


def test_a_citation_is_copied_with_one_click(page: Page, invented: str) -> None:
    page.goto(invented + RECORD)
    page.get_by_label("Style").select_option("harvard")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Example, A.B., van Muster, Ç. and The Invented Crew (2019) ‘Tea & company: what <keepers> "
        "say’, Journal of Invented Results, 012(10.10), pp. 1–9. Available at: "
        "https://doi.org/10.5555/example.1."
    )


def test_a_word_processor_gets_the_italics_of_a_citation(page: Page, invented: str) -> None:
    page.goto(invented + RECORD)
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    read = """async () => {
      const [item] = await navigator.clipboard.read();
      return await (await item.getType("text/html")).text();
    }"""
    assert "<i>Journal of Invented Results</i>" in page.evaluate(read)


def test_the_head_of_a_record_leads_to_its_citation(page: Page, invented: str) -> None:
    page.goto(invented + RECORD)
    page.locator(".em-source").get_by_role("link", name="Cite it").press("Enter")
    expect(page.get_by_role("heading", name="Cite it")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Style")).to_be_focused()


def test_references_are_saved_byte_for_byte(
    page: Page, invented: str, example: Report, tmp_path: Path
) -> None:
    page.goto(invented + RECORD)
    expected = {
        "BibTeX": ("example2019.bib", as_bibtex([example])),
        "RIS": ("example2019.ris", as_ris([example])),
        "CSL-JSON": ("example2019.json", as_csl_json([example])),
    }
    for label, (name, text) in expected.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {label}").click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes() == text.encode()


def test_a_reference_is_copied_without_opening_it(page: Page, invented: str, example: Report) -> None:
    page.goto(invented + RECORD)
    page.get_by_role("button", name="Copy CSL-JSON").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == as_csl_json([example]).strip()


def test_the_review_itself_is_cited_and_saved(page: Page, invented: str) -> None:
    page.goto(invented)
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"The invented crew \(2020\)\. .*, version \w+ of 14 February 2020\. .*", text)
    page.get_by_text("This map in a reference manager").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download RIS").click()
    assert download.value.suggested_filename == "this_review.ris"


def test_without_javascript_every_style_and_format_can_be_read(browser: Browser, invented: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(invented + RECORD)
    expect(page.locator("#_styles .em-citation:visible")).to_have_count(len(STYLES))
    for style in STYLES.values():
        expect(page.locator("#_styles dt", has_text=style.label)).to_be_visible()
    page.get_by_text("Show RIS").click()
    expect(page.locator("#_ris")).to_be_visible()
    expect(page.locator("#_ris")).to_contain_text("TY  - JOUR")
    context.close()


def test_the_live_list_carries_each_row_for_reference_managers(page: Page, invented: str) -> None:
    page.goto(invented + "records/")
    spans = page.locator("#em-list .Z3988")
    expect(spans).to_have_count(page.locator("#em-list .em-records__title").count())
    page.evaluate("document.addEventListener('ZoteroItemUpdated', () => (window.told = true))")
    page.get_by_role("button", name="Findings", exact=True).click()
    until(page, "window.told")
    titles = spans.evaluate_all("all => all.map((one) => one.title)")
    shown = page.locator("#em-list .em-records__title").all_text_contents()
    assert [parse_qs(title)["rft.atitle"][0] for title in titles] == shown


def test_on_paper_there_is_the_citation_and_nothing_to_press(page: Page, invented: str) -> None:
    page.goto(invented + RECORD)
    expect(page.get_by_role("button", name="Copy citation")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#_styles .em-citation:visible")).to_have_count(1)
    expect(page.locator("#_styles dt:visible")).to_have_text("APA (7th edition)")
    for hidden in ("button", "select", ".em-entries", ".em-to-cite", ".em-one-click"):
        expect(page.locator(f".em-record {hidden}:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_citing_is_accessible_when_everything_is_open(
    browser: Browser, invented: str, scheme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(invented + RECORD)
    for label in ("BibTeX", "RIS", "CSL-JSON"):
        page.get_by_text(f"Show {label}").click()
    assert violations(page, colours_only=scheme == "dark") == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()


def test_hostile_titles_do_nothing(
    context: BrowserContext, review: ReviewFolder, tmp_path: Path
) -> None:
    """Each of them is read back from the title, the citations, the head and the span of its page."""
    titles = [" ".join(title.split()) for title in (*HOSTILE, *MARKUP) if title.strip()]
    for number, title in enumerate(titles):
        quoted = title.replace("'", "''")
        review.write(
            f"records/hostile{number}.yml",
            f"reference:\n  title: '{quoted}'\n  issued: 2020\n  container_title: '{quoted}'\n"
            f"  authors: [{{family: '{quoted}'}}]\nscreening: {{decision: awaiting}}\n",
        )
    built(review.root, tmp_path / "site")
    page = context.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    for base in served(tmp_path / "site"):
        for number, title in enumerate(titles):
            page.goto(f"{base}records/hostile{number}/")
            expect(page.get_by_role("heading", level=1)).to_have_text(title)
            head = page.evaluate(READ_HEAD)
            assert head["name"] == title
            assert head["tag"] == title
            assert parse_qs(head["span"])["rft.atitle"] == [title]
            inside = page.locator("#_styles .em-citation *")
            names = inside.evaluate_all("all => all.map((one) => one.tagName)")
            assert set(names) <= {"I", "B", "SUP", "SUB"}
        assert alarms == []
        assert page.evaluate("window.hit") is None


MARKUP = [
    "</script><script>window.hit = 1; alert(1)</script>",
    '"><img src=x onerror="window.hit = 1; alert(1)">',
    "<!-- <script> --> tea",
    '<i>tea</i> <span class="nocase">milk</span> &lt;b&gt;',
    "<!-- evidence:head -->",
]

READ_HEAD = """() => ({
  name: JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent).name,
  tag: document.querySelector('meta[name="citation_title"]').content,
  span: document.querySelector('.Z3988').title,
})"""
