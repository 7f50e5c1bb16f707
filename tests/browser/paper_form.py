"""The page with the form, as a person uses it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.conftest import Visit


@dataclass
class PaperForm:
    """The form on the page of a site."""

    visit: Visit
    base: str

    @property
    def page(self) -> Page:
        return self.visit.page

    def open(self, query: str = "") -> None:
        self.visit.watch(self.base)
        self.page.goto(f"{self.base}contribute/{query}")
        expect(self.page.locator("#_form-place")).not_to_have_attribute("aria-busy", "true")

    def begin(self) -> None:
        """Open the page and begin a paper that is typed in."""
        self.open()
        self.page.get_by_role("button", name="Type it in").click()
        expect(self.heading("Reference")).to_be_focused()

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, level=2)

    def go(self, section: str) -> None:
        """Go to a section by the list of sections."""
        menu = self.page.locator(".em-sections__menu")
        if menu.is_visible():
            menu.click()
        self.listed(section).click()
        expect(self.heading(section)).to_be_visible()

    def listed(self, section: str) -> Locator:
        """Return a section's line in the list of sections."""
        sections = self.page.get_by_role("navigation", name="Sections of the record")
        return sections.get_by_role("link", name=section)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """Return the visible text field or menu of that name."""
        fields = (within or self.page).locator("input, textarea, select")
        return fields.and_(self.page.get_by_label(label, exact=True)).locator("visible=true")

    def group(self, label: str) -> Locator:
        return self.page.get_by_role("group", name=label, exact=True)

    def problem(self, of: Locator) -> Locator:
        """Return what stands beside a control as its problem."""
        described = of.get_attribute("aria-describedby") or ""
        return self.page.locator(f"#{described.split()[-1]}")

    def kept(self) -> None:
        """Wait until the draft is saved."""
        expect(self.page.get_by_text("Saved in this browser")).to_be_visible()

    def download(self) -> Download:
        """Go to the end and download the file."""
        self.go("Check and send")
        with self.page.expect_download() as awaited:
            self.page.get_by_role("button", name="Download").click()
        return awaited.value

    def file(self, folder: Path) -> Path:
        """Download the record into the records of the review in *folder*."""
        download = self.download()
        target = folder / "records" / download.suggested_filename
        download.save_as(target)
        return target
