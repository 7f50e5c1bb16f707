"""The form with which a paper is added or corrected, as a person meets it."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from evidence_map.checking import check
from evidence_map.formatting import formatted
from tests.browser.conftest import Visit
from tests.browser.everyone import faults
from tests.browser.lamp_paper import LampPaper, whole_record
from tests.browser.paper_form import PaperForm
from tests.form.checked import context_of
from tests.form_cases import FormCase, record_cases
from tests.reviews import LIGHTHOUSE

SECTIONS = ["reference", "screening", "sample", "findings.1.statement", "appraisal", "end"]


@pytest.fixture
def form(context: BrowserContext, invented: str) -> Iterator[PaperForm]:
    context.set_default_timeout(10_000)
    shown = PaperForm(Visit(context.new_page()), invented)
    yield shown
    assert shown.visit.complaints == []


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A copy of the review, to which a downloaded record is added."""
    return Path(shutil.copytree(LIGHTHOUSE, tmp_path / "review"))


def assert_holds(whole: Any, part: Any) -> None:
    """Insist that everything in *part* stands in *whole*; lists may go on there."""
    if isinstance(part, dict):
        for name, value in part.items():
            assert_holds(whole[name], value)
    elif isinstance(part, list):
        for more, value in zip(whole, part, strict=False):
            assert_holds(more, value)
        assert len(part) <= len(whole)
    else:
        assert whole == part


def test_a_new_paper_is_filled_in_and_its_file_passes_the_check(form: PaperForm, review: Path) -> None:
    """The steps are those of the guide, and what they give stands in the record that it shows."""
    paper = LampPaper(form)
    paper.fill()
    paper.appraise()
    paper.end()
    told = yaml.load(form.file(review).read_text("utf-8"), yaml.BaseLoader)
    assert_holds(yaml.load(whole_record(), yaml.BaseLoader), told)
    form.go("Design")
    form.field("Aim").fill("To learn what a tea break does: for a crew # at night.")
    form.go("Notes")
    form.field("Notes").fill("The cook counts as a **keeper**.\n\nSo does the cat.")
    form.go("Check and send")
    expect(form.page.get_by_text("The check finds nothing to mend.")).to_be_visible()
    file = form.file(review)
    assert file.name == "lamp2021.yml"
    assert check(review).problems == []
    assert formatted(file.read_text("utf-8")) == file.read_text("utf-8")
    text = file.read_text("utf-8")
    assert re.search(r"countries:.*\bNO\b", text) and "ethics: not yet extracted\n" in text


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[FormCase]:
    return list(record_cases(tmp_path_factory.mktemp("cases")))


def _has_blanks(value: Any) -> bool:
    """Whether anything in an entry is empty, which the form leaves out instead."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value in (None, [], {}) or str(value).isspace() or value == "" or any(map(_has_blanks, inner))


BESIDE = """async ([cases, reviews, places]) => {
  const { Editor } = await import("../js/form/editor.js");
  const { Draft } = await import("../js/form/draft.js");
  const place = document.getElementById("_form-place");
  return cases.map(({ key, entry, review, path, message }) => {
    const { frame, recorded } = reviews[review];
    const draft = new Draft("case", key, entry);
    draft.keyIsChosen = true;
    const known = { frame, recorded, places, draft, root: "../", today: "2020-12-31", say: () => {} };
    const editor = new Editor(known, () => {});
    place.replaceChildren(editor.element);
    draft.visited = new Set(["end", ...editor.sections.map(({ id }) => id)]);
    editor.goTo(path);
    const told = [];
    let at = document.activeElement;
    for (; at && at !== place; at = at.parentElement) {
      const own = [at, ...at.children].find((each) => each.matches(".em-field__problems"));
      if (own?.textContent.includes(message)) return { field: at.dataset.path, told: own.textContent };
      told.push(own?.textContent ?? "");
    }
    return { told: told.join(" | "), focused: document.activeElement?.outerHTML.slice(0, 100) };
  });
}"""


def test_each_rule_is_told_beside_its_field(
    context: BrowserContext, invented: str, cases: list[FormCase]
) -> None:
    """The message stands in the very field to which the list at the end leads, or in its group."""
    cases = [case for case in cases if not _has_blanks(case.entry)]
    reviews = {str(id(case.review)): context_of(case.review) for case in cases}
    given = [
        {
            "key": case.key,
            "entry": case.entry,
            "path": list(case.problem.path),
            "message": case.problem.message,
            "review": str(id(case.review)),
        }
        for case in cases
    ]
    page = context.new_page()
    visit = Visit(page)
    visit.watch(invented)
    page.goto(invented + "contribute/")
    places = next(iter(reviews.values()))["places"]
    found = page.evaluate(BESIDE, [given, reviews, places])
    missed = [
        (case.code, case.problem.path, each)
        for case, each in zip(cases, found, strict=True)
        if case.problem.message not in each["told"]
    ]
    assert not missed, "\n".join(map(str, missed))
    assert len({case.code for case in cases}) > 30
    assert visit.complaints == []


def test_the_draft_survives_a_reload_and_can_be_gone_on_with(form: PaperForm) -> None:
    form.begin()
    form.field("Title").fill("A title that stays")
    form.go("Findings")
    form.page.get_by_role("button", name="Add a finding").click()
    form.field("What was found").fill("Something was found.")
    form.kept()
    form.page.reload()
    expect(form.heading("Findings")).to_be_visible()
    form.page.get_by_role("button", name="1. Something was found.").click()
    expect(form.field("What was found")).to_have_value("Something was found.")
    form.page.get_by_role("link", name="Other drafts").click()
    form.page.get_by_role("button", name="A title that stays", exact=True).click()
    expect(form.field("Title")).to_have_value("A title that stays")
    form.page.get_by_role("button", name="Delete this draft").click()
    form.page.get_by_role("button", name="Yes, delete this draft").click()
    expect(form.page.get_by_text("This browser keeps no draft of yours.")).to_be_visible()


def test_another_tab_does_not_write_over_a_newer_draft(form: PaperForm) -> None:
    form.begin()
    form.field("Title").fill("First words")
    form.kept()
    other = PaperForm(Visit(form.page.context.new_page()), form.base)
    other.open(form.page.url.partition("contribute/")[2])
    other.field("Title").fill("Words of the other tab")
    other.kept()
    notice = form.page.get_by_text("This draft was changed in another tab.")
    expect(notice).to_be_visible()
    form.page.get_by_role("button", name="Take what the other tab has").click()
    expect(form.field("Title")).to_have_value("Words of the other tab")


def test_what_is_kept_already_is_not_written_again(form: PaperForm) -> None:
    """A tab that is left writes once more; another that has read the draft need not be asked then."""
    form.begin()
    asked = form.page.evaluate(
        """async (root) => {
            const { KeptDrafts } = await import(new URL("js/form/kept_drafts.js", root));
            const [one, other] = [new KeptDrafts("/tea/"), new KeptDrafts("/tea/")];
            const draft = { id: "new-1", key: "a", keyIsChosen: false, entry: { title: "Tea" },
                original: null, visited: [] };
            const reasons = [];
            const write = (drafts, more) => {
                try {
                    drafts.write({ ...draft, ...more });
                } catch (error) {
                    reasons.push(error.reason);
                }
            };
            write(one, {});
            other.read("new-1");
            write(one, {});
            write(other, { entry: { title: "Tea and milk" } });
            write(one, { entry: { title: "Tea and milk" } });
            write(one, { entry: { title: "Milk" } });
            const calm = [...reasons];
            write(other, { entry: { title: "Tea" } });
            return [calm, reasons];
        }""",
        form.base,
    )
    assert asked == [[], ["newer"]]


def test_a_paper_is_added_by_keyboard_alone(form: PaperForm, review: Path) -> None:
    """From the start of the page to the download; nothing is clicked."""
    keys = form.page.keyboard

    def tab_to(name: str, role: str = "button") -> None:
        wanted = form.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        for _ in range(80):
            if wanted.evaluate("each => each === document.activeElement"):
                return
            keys.press("Tab")
        pytest.fail(f"{name} cannot be reached")

    form.open()
    tab_to("Type it in")
    keys.press("Enter")
    tab_to("Title", "textbox")
    keys.type("Tea at the window")
    tab_to("Add an author")
    keys.press("Enter")
    expect(form.field("Family name")).to_be_focused()
    keys.type("Beam")
    tab_to("Published", "textbox")
    keys.type("2022")
    tab_to("Next: Study")
    keys.press("Enter")
    expect(form.heading("Study")).to_be_focused()
    tab_to("Next: Screening")
    keys.press("Enter")
    expect(form.heading("Screening")).to_be_focused()
    keys.press("Tab")
    keys.press("ArrowDown")
    expect(form.page.get_by_label("Excluded:")).to_be_checked()
    tab_to("Nothing chosen", "radio")
    keys.press("ArrowUp")
    expect(form.page.get_by_label("Coffee only")).to_be_checked()
    tab_to("shelf", "checkbox")
    keys.press("Space")
    for section in ("Extraction", "Design", "Sample", "Setting", "Findings", "Appraisal"):
        tab_to(f"Next: {section}")
        keys.press("Enter")
    tab_to("Next: Funding, interests and limitations")
    keys.press("Enter")
    tab_to("Next: Retractions and corrections")
    keys.press("Enter")
    tab_to("Next: Notes")
    keys.press("Enter")
    tab_to("Next: Check and send")
    keys.press("Enter")
    expect(form.page.get_by_text("The check finds nothing to mend.")).to_be_visible()
    tab_to("Download beam2022.yml")
    with form.page.expect_download() as awaited:
        keys.press("Enter")
    awaited.value.save_as(review / "records" / awaited.value.suggested_filename)
    assert check(review).problems == []


def test_a_paper_is_added_on_a_phone(browser: Browser, invented: str, review: Path) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, accept_downloads=True
    )
    context.set_default_timeout(10_000)
    form = PaperForm(Visit(context.new_page()), invented)
    LampPaper(form).fill()
    form.go("Appraisal")
    form.field("Why it was not appraised").fill("The crew had no time.")
    form.file(review)
    assert check(review).problems == []
    for section in ("Reference", "Findings", "Appraisal"):
        form.go(section)
        assert not form.page.evaluate("document.documentElement.scrollWidth > innerWidth"), section
        small = form.page.evaluate(
            """() => [...document.querySelectorAll(".em-form :is(button, select, input[type=text])")]
              .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
              .map((each) => each.outerHTML.slice(0, 120))"""
        )
        assert small == [], section
    context.close()
    assert form.visit.complaints == []


def test_a_correction_changes_only_its_lines(form: PaperForm, review: Path) -> None:
    form.visit.watch(form.base)
    page = form.page
    page.goto(form.base + "records/example2019/")
    page.get_by_role("link", name="Suggest a correction of this finding").nth(1).click()
    statement = form.field("What was found")
    expect(statement).to_be_focused()
    expect(statement).to_have_value("Cats find the tea weak.")
    statement.fill("Cats find the tea too weak.")
    form.go("Setting")
    page.get_by_role("button", name="Remove United Kingdom (GB)").click()
    page.get_by_role("button", name="Remove Scotland (GB-SCT)").click()
    form.go("Check and send")
    expect(page.get_by_role("heading", name="What you changed (3)")).to_be_visible()
    changed = page.locator(".em-changed")
    expect(changed).to_contain_text("Cats find the tea weak. → Cats find the tea too weak.")
    before = (review / "records/example2019.yml").read_text("utf-8").splitlines()
    after = form.file(review).read_text("utf-8").splitlines()
    lines = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert lines == [
        "-   countries: [NO, GB]  # NO is Norway, not a Boolean",
        "+   countries: [NO]  # NO is Norway, not a Boolean",
        "-   subdivisions: [GB-SCT]",
        "-     statement: Cats find the tea weak.",
        "+     statement: Cats find the tea too weak.",
    ]
    assert {problem.code for problem in check(review).problems} <= {"stale-assessment"}


def test_every_record_opens_as_it_is_and_nothing_is_changed(form: PaperForm) -> None:
    for key in ("example2019", "example2020", "muster2020", "overview2020", "plan2020"):
        form.open(f"?correct={key}")
        form.go("Check and send")
        expect(form.page.get_by_text("The check finds nothing to mend.")).to_be_visible()
        expect(form.page.get_by_text("Nothing is changed yet")).to_be_visible()


def test_hostile_text_is_shown_as_text(form: PaperForm) -> None:
    hostile = "<img src=x onerror=alert(1)> # *a: &b \u202e"
    form.begin()
    form.field("Title").fill(hostile)
    form.page.get_by_role("button", name="Add an author").click()
    form.field("Name of a body").fill("<script>alert(2)</script>")
    form.go("Findings")
    form.page.get_by_role("button", name="Add a finding").click()
    form.field("What was found").fill("<b onclick=alert(3)>bold</b>")
    form.go("Check and send")
    expect(form.page.locator("#_file-text")).to_contain_text("<b onclick=alert(3)>bold</b>")
    assert form.page.locator("article.em-form :is(img, b, script)").count() == 0
    form.kept()
    form.page.get_by_role("link", name="Other drafts").click()
    expect(form.page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()


def test_a_paper_that_is_here_is_pointed_out(form: PaperForm) -> None:
    form.begin()
    form.field("DOI").fill("https://doi.org/10.5555/example.1")
    found = form.page.get_by_role("status").filter(has_text="This paper is here already")
    expect(found).to_be_visible()
    found.get_by_role("link", name="Correct it instead").click()
    expect(form.field("Title")).to_have_value("Tea & company: what <keepers> say")


def with_repository(page: Page, repository: str | None) -> None:
    """Let the site name a repository."""

    def answer(route: Route) -> None:
        frame = route.fetch().json()
        route.fulfill(json={**frame, "repository": repository, "contact": "The crew, crew@example.org"})

    page.route("**/contribute/form.json", answer)


def test_github_gets_the_record_in_the_address_while_it_is_short(form: PaperForm) -> None:
    with_repository(form.page, "https://github.com/example/tea")
    form.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.begin()
    form.field("Title").fill("Tea & milk = 100 %")
    form.field("Published").fill("2022")
    form.go("Check and send")
    link = form.page.get_by_role("link", name="Open GitHub with the record filled in")
    address = link.get_attribute("href") or ""
    parts = urlsplit(address)
    assert parts.path == "/example/tea/new/main"
    assert parse_qs(parts.query) == {
        "filename": ["records/tea2022.yml"],
        "value": [form.page.locator("#_file-text").text_content()],
    }
    mail = form.page.get_by_role("link", name="Save the file and write a mail").get_attribute("href")
    assert (mail or "").startswith("mailto:crew@example.org?subject=New%20paper%3A%20tea2022")

    form.go("Notes")
    form.field("Notes").fill("Too long for an address. " * 300)
    form.go("Check and send")
    link = form.page.get_by_role("link", name="Copy the record and open GitHub")
    assert len(link.get_attribute("href") or "") < 200
    link.evaluate("each => each.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    expect(form.page.get_by_text("The record is on the clipboard.")).to_be_visible()
    copied = form.page.evaluate("navigator.clipboard.readText()")
    assert copied == form.page.locator("#_file-text").text_content()


def test_a_correction_leads_to_the_page_on_which_the_file_is_edited(form: PaperForm) -> None:
    with_repository(form.page, "https://codeberg.org/example/tea")
    form.open("?correct=example2019")
    form.field("Title").fill("Another title")
    form.go("Check and send")
    link = form.page.get_by_role("link", name="Copy the record and open Codeberg")
    expect(link).to_have_attribute(
        "href", "https://codeberg.org/example/tea/_edit/main/records/example2019.yml"
    )


def test_without_a_repository_the_page_says_what_to_do(form: PaperForm) -> None:
    form.begin()
    form.field("Title").fill("Tea")
    form.go("Check and send")
    expect(form.page.get_by_text("This site does not name the repository")).to_be_visible()
    expect(form.page.get_by_text("The review names no mail address.")).to_be_visible()


def test_a_downloaded_file_is_opened_again(form: PaperForm, tmp_path: Path) -> None:
    form.open()
    chosen = form.page.get_by_label("Or open a file that you downloaded from this form")
    broken = {"name": "x.yml", "mimeType": "text/yaml", "buffer": b"a: &b c"}
    chosen.set_input_files(broken)  # type: ignore[arg-type]
    expect(form.page.get_by_text("x.yml cannot be read (line 1")).to_be_visible()
    text = b"reference:\n  title: Tea\nscreening:\n  decision: awaiting\n"
    chosen.set_input_files({"name": "tea2022 (1).yml", "mimeType": "text/yaml", "buffer": text})
    expect(form.field("Title")).to_have_value("Tea")
    expect(form.field("Citation key")).to_have_value("tea2022")


def test_without_javascript_the_page_says_what_to_do_instead(browser: Browser, invented: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(invented + "contribute/")
    expect(page.get_by_text("The form needs JavaScript")).to_be_visible()
    page.get_by_role("link", name="guide").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("From a paper to a record")
    context.close()


@pytest.mark.parametrize(
    "how, said",
    [
        ("QuotaExceededError", "this browser has no more room"),
        ("SecurityError", "does not let the page keep anything"),
    ],
)
def test_it_is_said_when_a_draft_cannot_be_saved(form: PaperForm, how: str, said: str) -> None:
    form.page.add_init_script(
        f"Storage.prototype.setItem = () => {{ throw new DOMException('no', '{how}'); }};"
    )
    form.begin()
    form.field("Title").fill("Lost")
    expect(form.page.get_by_text(said)).to_be_visible()
    form.go("Check and send")
    expect(form.page.locator("#_file-text")).to_contain_text("title: Lost")


@pytest.mark.parametrize("scheme, width", [("light", 390), ("dark", 1280)])
def test_every_section_is_accessible_and_fits(
    browser: Browser, invented: str, scheme: str, width: int
) -> None:
    sections = SECTIONS if width > 1000 else ["sample", "findings.1.statement"]
    paths = [f"contribute/?correct=example2019#{section}" for section in sections]
    pages = ["contribute/", "records/example2019/", *paths]
    found = faults(browser, invented, pages, width, (scheme,))
    assert not found, "\n".join(found)
