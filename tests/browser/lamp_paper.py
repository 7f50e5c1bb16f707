"""The invented paper of the contributor's guide, filled into the form step by step.

The tests of the form walk these steps, and ``make pictures`` takes the guide's pictures on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from playwright.sync_api import Locator, expect

from tests.browser.paper_form import PaperForm
from tests.reviews import REPOSITORY

PASTED = """@article{whatever,
  title = {Half past three: tea breaks on the night watch},
  author = {Lamp, Lotte and Foghorn, F. G. and {The Invented Crew}},
  journal = {Journal of Invented Results}, year = 2021, month = mar,
  volume = 14, number = 2, pages = {60--68}, doi = {10.5555/lamp.2021}}"""

MORNING = datetime(2021, 6, 2, 10)
"""When the paper is extracted, so that a date of today is the same whenever the steps are walked."""

GUIDE = REPOSITORY / "docs/contribute/guide.md"

Look = Callable[[str, Locator, Locator], None]
"""Told the name of a picture, and the first and the last thing that stand on it."""


def whole_record() -> str:
    """Return the file of the paper as the guide shows it, with more fields than the steps fill in.

    Raises:
        AssertionError: if the guide shows no such file.
    """
    found = re.search(r"```yaml\n(# An invented paper.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found, "the guide shows no whole record"
    return found.group(1)


def _look_on(name: str, first: Locator, last: Locator) -> None:
    """Take no picture, but insist that it could be taken."""
    expect(first).to_be_visible()
    expect(last).to_be_visible()


@dataclass
class LampPaper:
    """A person who adds the paper by the form."""

    form: PaperForm
    look: Look = _look_on

    def fill(self) -> None:
        """Fill in what an included paper needs, but for its appraisal."""
        self.form.page.clock.set_fixed_time(MORNING)
        self.paste()
        self.screen()
        self.extract()
        self.describe_design()
        self.describe_sample()
        self.describe_setting()
        self.code_finding()

    def paste(self) -> None:
        """Begin with the reference as a database gives it."""
        form, page = self.form, self.form.page
        form.open()
        ways = page.locator(".em-start__way")
        self.look("start", ways.first, ways.last)
        form.field("Paste a BibTeX or RIS entry, or a DOI").fill(PASTED)
        page.get_by_role("button", name="Use what is pasted").click()
        expect(form.field("Title")).to_have_value("Half past three: tea breaks on the night watch")
        expect(form.field("Citation key")).to_have_value("lamp2021")
        self.look(
            "reference", form.heading("Reference"), page.get_by_role("button", name="Add an author")
        )

    def screen(self) -> None:
        """Say that the paper belongs to the review."""
        form, page = self.form, self.form.page
        form.go("Screening")
        page.get_by_label("Included:").check()
        page.get_by_label("Full text", exact=True).check()
        form.field("Date of the decision").fill("2021-06-01")
        page.get_by_label("shelf").check()

    def extract(self) -> None:
        """Say who read what, and when."""
        form, page = self.form, self.form.page
        form.go("Extraction")
        page.get_by_label("Full text:").check()
        page.get_by_role("button", name="Add a name").first.click()
        form.field("Extracted by, name 1").fill("Ada Example")
        page.get_by_role("button", name="Today, for “Date of the extraction”").click()

    def describe_design(self) -> None:
        """Say how the study was done, and why one field has no value."""
        form, page = self.form, self.form.page
        form.go("Design")
        form.field("Aim").fill("To learn what a tea break does for a crew at night.")
        page.get_by_label("Listening").check()
        page.get_by_label("No value for “Ethics”, because").select_option("not yet extracted")
        expect(form.field("Ethics")).to_have_count(0)

    def describe_sample(self) -> None:
        """Give the numbers; one is mistyped first, and the form says so."""
        form, page = self.form, self.form.page
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
        message = page.get_by_text("6 + 2 = 8, but the sample is 9")
        expect(message).to_be_visible()
        self.look("message", form.group("How the sample divides"), form.group("Parts"))
        form.field("How many", part).fill("3")
        expect(page.get_by_text("but the sample is 9")).to_have_count(0)

    def describe_setting(self) -> None:
        """Choose the countries from the list that opens as one types."""
        form, page = self.form, self.form.page
        form.go("Setting")
        countries = page.get_by_role("combobox", name="Countries", exact=True)
        for typed, chosen in (("norw", "Norway (NO)"), ("united kingd", "United Kingdom (GB)")):
            countries.fill(typed)
            countries.press("ArrowDown")
            countries.press("Enter")
            expect(page.get_by_role("button", name=f"Remove {chosen}")).to_be_visible()

    def code_finding(self) -> None:
        """Say what was found and where the paper says it, and choose the terms that fit."""
        form, page = self.form, self.form.page
        form.go("Findings")
        page.get_by_role("button", name="Add a finding").click()
        form.field("What was found").fill(
            "Most keepers said that the break did them good because somebody sat down with them;"
            " what was in the cup mattered less."
        )
        form.field("Where the paper says it").fill("Results, theme 1")
        form.field("Short name").fill("tea-together")
        page.get_by_label("Delight").check()
        page.get_by_label("Company", exact=True).check()
        self.look("finding", page.get_by_text("What was found", exact=True), form.field("Short name"))
        self.look("codes", form.group("Kind of finding"), form.group("Topic"))

    def appraise(self) -> None:
        """Answer the questions of one tool, each with what the answer rests on."""
        form, page = self.form, self.form.page
        form.go("Appraisal")
        page.get_by_label("Three questions").check()
        for question, answer, support in (
            ("Was anyone asked?", "yes", "Every keeper of the night watch was asked."),
            ("Was it written down?", "no", "Notes were made from memory in the morning."),
        ):
            item = form.group(question)
            item.get_by_label(answer, exact=True).check()
            form.field("What it rests on", item).fill(support)
            form.field("Where the paper says it", item).fill("Methods")

    def end(self) -> None:
        """Go to the last section, where the file stands and is sent."""
        form, page = self.form, self.form.page
        form.go("Check and send")
        expect(page.get_by_text("The check finds nothing to mend.")).to_be_visible()
        file = page.get_by_role("region", name="The record’s file")
        self.look("end", form.heading("Check and send"), file)
