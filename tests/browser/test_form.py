"""The form with which a paper is added or corrected, as a person meets it."""

from __future__ import annotations

import difflib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from evidence_map.checking import check
from evidence_map.formatting import formatted
from tests.browser.conftest import Visit
from tests.browser.everyone import faults
from tests.browser.paper_form import PaperForm
from tests.form.checked import context_of
from tests.form_cases import FormCase, record_cases
from tests.reviews import LIGHTHOUSE

PASTED = """@article{whatever,
  title = {Half past three: tea breaks on the night watch},
  author = {Lamp, Lotte and Foghorn, F. G.},
  year = 2021, journal = {Journal of Invented Results},
  volume = 14, number = 2, pages = {60--68}, doi = {10.5555/lamp.2021}}"""


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


def fill_paper(form: PaperForm) -> None:
    """Fill in an included paper from a pasted reference."""
    page = form.page
    form.open()
    form.field("Paste a BibTeX or RIS entry, or a DOI").fill(PASTED)
    page.get_by_role("button", name="Use what is pasted").click()
    expect(form.field("Title")).to_have_value("Half past three: tea breaks on the night watch")
    expect(form.field("Citation key")).to_have_value("lamp2021")

    form.go("Screening")
    page.get_by_label("Included:").check()
    page.get_by_label("Full text", exact=True).check()
    form.field("Date of the decision").fill("2021-06-01")
    page.get_by_label("shelf").check()

    form.go("Extraction")
    page.get_by_label("Full text:").check()
    page.get_by_role("button", name="Add a name").first.click()
    form.field("Extracted by, name 1").fill("Ada Example")
    page.get_by_role("button", name="Today, for “Date of the extraction”").click()

    form.go("Design")
    form.field("Aim").fill("To learn what a tea break does: for a crew # at night.")
    page.get_by_label("Listening").check()
    page.get_by_label("No value for “Ethics”, because").select_option("not reported")
    expect(form.field("Ethics")).to_have_count(0)

    form.go("Sample")
    form.field("How many took part").fill("9")
    page.get_by_label("Keeper").check()
    page.get_by_role("button", name="Add a division").click()
    form.field("Divided by").fill("Place of work")
    for number, (label, size) in enumerate([("Tower", "6"), ("Outpost", "2")], start=1):
        page.get_by_role("button", name="Add a part").click()
        part = form.group("Parts").get_by_role("listitem").nth(number - 1)
        form.field("Part", part).fill(label)
        form.field("How many", part).fill(size)
    expect(page.get_by_text("6 + 2 = 8, but the sample is 9")).to_be_visible()
    form.field("How many", part).fill("3")
    expect(page.get_by_text("but the sample is 9")).to_have_count(0)

    form.go("Setting")
    countries = page.get_by_role("combobox", name="Countries", exact=True)
    countries.fill("norw")
    countries.press("ArrowDown")
    countries.press("Enter")
    expect(page.get_by_role("button", name="Remove Norway (NO)")).to_be_visible()

    form.go("Findings")
    page.get_by_role("button", name="Add a finding").click()
    form.field("What was found").fill('Most keepers said: "the break" did them good.')
    form.field("Where the paper says it").fill("Results, theme 1")
    form.field("Short name").fill("tea-together")
    page.get_by_label("Delight").check()
    page.get_by_label("Company", exact=True).check()


def test_a_new_paper_is_filled_in_and_its_file_passes_the_check(form: PaperForm, review: Path) -> None:
    fill_paper(form)
    form.go("Appraisal")
    form.page.get_by_label("Three questions").check()
    for question in ("Was anyone asked?", "Was it written down?"):
        item = form.group(question)
        item.get_by_label("yes").check()
        form.field("What it rests on", item).fill("It is so.")
        form.field("Where the paper says it", item).fill("Methods")
    form.go("Notes")
    form.field("Notes").fill("The cook counts as a **keeper**.\n\nSo does the cat.")
    form.go("Check and send")
    expect(form.page.get_by_text("The check finds nothing to mend.")).to_be_visible()
    file = form.file(review)
    assert file.name == "lamp2021.yml"
    assert check(review).problems == []
    assert formatted(file.read_text("utf-8")) == file.read_text("utf-8")
    text = file.read_text("utf-8")
    assert "countries: [NO]" in text and "ethics: not reported" in text


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[FormCase]:
    return list(record_cases(tmp_path_factory.mktemp("cases")))


def _has_blanks(value: Any) -> bool:
    """Whether anything in an entry is empty, which the form leaves out instead."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value in (None, [], {}) or str(value).isspace() or value == "" or any(map(_has_blanks, inner))


BESIDE = """async ([cases, places]) => {
  const { Editor } = await import("../js/form/editor.js");
  const { Draft } = await import("../js/form/draft.js");
  const place = document.getElementById("_form-place");
  return cases.map(({ key, entry, frame, recorded, path, message }) => {
    const draft = new Draft("case", key, entry);
    draft.keyIsChosen = true;
    const known = { frame, recorded, places, draft, root: "../", today: "2020-12-31", say: () => {} };
    const editor = new Editor(known, () => {});
    place.replaceChildren(editor.element);
    editor.show("end");
    editor.goTo(path);
    const told = [];
    let at = document.activeElement;
    for (; at && at !== place; at = at.parentElement) {
      const own = at.matches(".em-field__problems") ? at : at.querySelector(":scope > .em-field__problems");
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
    reviews = {id(case.review): context_of(case.review) for case in cases}
    given = [
        {
            "key": case.key,
            "entry": case.entry,
            "path": list(case.problem.path),
            "message": case.problem.message,
            "frame": reviews[id(case.review)]["frame"],
            "recorded": reviews[id(case.review)]["recorded"],
        }
        for case in cases
    ]
    page = context.new_page()
    visit = Visit(page)
    visit.watch(invented)
    page.goto(invented + "contribute/")
    places = next(iter(reviews.values()))["places"]
    found = page.evaluate(BESIDE, [given, places])
    missed = [
        (case.code, case.problem.path, each)
        for case, each in zip(cases, found, strict=True)
        if case.problem.message not in each["told"]
    ]
    assert not missed, "\n".join(map(str, missed))
    assert len({case.code for case in cases}) > 30
    assert visit.complaints == []
