"""The live map as tests use it, and a larger invented review to show on it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, Page

from tests.browser.accessibility import violations
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

CREW = "topic-by-crew"
MAP = f"map/{CREW}/"
VIEWS = {"bubbles": "Bubbles", "heat": "Heat", "mosaic": "Mosaic", "numbers": "Numbers"}

SETTLED = """() => new Promise((done) => {
  const settle = () => {
    if (document.querySelector("[aria-busy=true]")) setTimeout(look, 5);
    else done();
  };
  const look = () => requestAnimationFrame(() => setTimeout(settle));
  look();
})"""
"""Waits for what a page puts off: addresses, words, the legend, numbers out of sight."""


def settled(page: Page) -> Page:
    """Wait until *page* has nothing left to do."""
    page.evaluate(SETTLED)
    return page


class LiveMap:
    """A page with a live map, and ways to what stands on it."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = page = visit.page
        self.panel = page.locator("#em-panel")
        self.filters = page.locator("#em-filters")
        self.controls = page.locator("#em-controls")
        self.total = page.locator(".em-bar__total")
        self.chips = page.locator(".em-chip")
        self.table = page.locator("table.em-matrix--live")
        self.words = page.get_by_role("searchbox", name="Words in the records")

    def open(self, base: str, state: str = "", path: str = MAP) -> LiveMap:
        """Open a map as a reader who follows a link to it."""
        self.visit.watch(base)
        self.go(base + path + (f"#{state}" if state else ""))
        return self

    def go(self, address: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(address)
        self.ready()

    def ready(self) -> None:
        self.page.locator("#em-map[data-live]").wait_for(state="attached")
        self.settled()

    def settled(self) -> None:
        """Wait until the page has nothing left to do."""
        settled(self.page)

    @property
    def state(self) -> str:
        """What stands behind the # of the address."""
        self.settled()
        return self.page.evaluate("location.hash.slice(1)")  # type: ignore[no-any-return]

    def cell(self, row: str, column: str) -> Locator:
        return self.table.locator(f'a[data-at="{row}/{column}"]')

    def number(self, row: str, column: str) -> int:
        """The number in a cell, 0 for none."""
        return int(self.numbers()[f"{row}/{column}"] or 0)

    def numbers(self) -> dict[str, str]:
        """All numbers on the grid by row and column."""
        self.settled()
        return self.table.evaluate(  # type: ignore[no-any-return]
            "table => Object.fromEntries([...table.querySelectorAll('a[data-at]')]"
            ".map(cell => [cell.dataset.at, cell.querySelector('text')?.textContent ?? '']))"
        )

    def heading(self, label: str) -> Locator:
        """The link of a row's or column's heading."""
        exact = self.page.locator(".em-heading__label", has_text=re.compile(f"^{re.escape(label)}$"))
        return self.table.locator("a.em-heading").filter(has=exact)

    def choose(self, label: str, option: str) -> None:
        """Choose in a list beside the grid."""
        self.page.get_by_label(label, exact=True).select_option(option)

    def view(self, name: str) -> Locator:
        return self.controls.get_by_role("button", name=name, exact=True)

    def filter(self, label: str) -> Locator:
        """A filter, opened."""
        summary = self.page.locator("summary", has_text=re.compile(rf"^{re.escape(label)}(\d+ set)?$"))
        box = self.filters.locator("details.em-filter").filter(has=summary)
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        # What is in a filter is made once the browser tells that it is open, which is after the click.
        box.locator(".em-filter__content > *").first.wait_for(state="attached")
        return box

    def tick(self, label: str, term: str) -> None:
        self.filter(label).locator("label").filter(
            has_text=re.compile(f"^{re.escape(term)}[\\d,]*$")
        ).click()

    def counts(self, label: str) -> dict[str, int]:
        """What the terms of a filter would give."""
        box = self.filter(label)
        self.settled()
        shown = box.evaluate(
            "box => [...box.querySelectorAll('.em-filter__term label')]"
            ".map(line => ['span', '.em-count'].map(part => line.querySelector(part).innerText))"
        )
        return {term: int(number) for term, number in shown}

    def menu(self, within: Locator, action: str) -> Locator:
        """The button of an action, in the opened menu *Take away* of a part of the page."""
        menu = within.locator("details.em-menu")
        if menu.get_attribute("open") is None:
            menu.locator("summary").click()
        return menu.get_by_role("button", name=re.compile(f"^{re.escape(action)}"))

    def back(self) -> None:
        """One step back. Only the part behind the # changes, so that nothing is loaded."""
        self.settled()  # A step is one only once its address is written, which is after the paint.
        self.page.evaluate("history.back()")

    def focused(self) -> str:
        """What has the focus: the place of a cell, or its text."""
        return self.page.evaluate(  # type: ignore[no-any-return]
            "(() => { const one = document.activeElement;"
            " return one.dataset.at ?? one.querySelector('.em-heading__label')?.textContent"
            " ?? (one === document.body ? 'nothing' : one.textContent.trim()); })()"
        )

    def copied(self) -> str:
        return self.page.evaluate("navigator.clipboard.readText()")  # type: ignore[no-any-return]

    def scrolls_sideways(self) -> bool:
        return self.page.evaluate(  # type: ignore[no-any-return]
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def violations(self, within: str = "#em-map") -> list[str]:
        """What axe-core finds against WCAG 2.2, levels A and AA."""
        return violations(self.page, within)


def small_targets(page: Page, selector: str) -> list[Any]:
    """Return what is shown and lower or narrower than 44 pixels."""
    return page.locator(selector).evaluate_all(  # type: ignore[no-any-return]
        """all => all.filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
          .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
          .map(([one, box]) => `${one.outerHTML.slice(0, 90)}: ${box.width} by ${box.height}`)"""
    )


COUNTRIES = ["AT", "BE", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "IE", "IT", "NL", "PT", "SE"]
CREWS = ["postmen", "pilots", "cooks", "smugglers", "fishers", "painters", "divers", "poets"]
CREWS += ["ringers", "owls", "tourists", "aunts"]
ROOMS = [f"room-{number}" for number in range(1, 21)]
FIRST, LAST = 1976, 2020
"""Years of publication of the further reports, one a year."""


def write_harbour(root: Path) -> None:
    """Write the invented review with more of everything: its first map begins with closed groups.

    Its further reports, of 1976 to 2020, are all on milk in the keeper's tea, every third also on
    its strength and every fifth also about postmen. The first has five findings; an overview stands
    alone under company and postmen.
    """
    shutil.copytree(LIGHTHOUSE, root)
    review = ReviewFolder(root)
    review.edit(
        "synthesis/codebook.yml",
        "        not_for: Dogs, which are nowhere coded.\n",
        "        not_for: Dogs, which are nowhere coded.\n" + _group("ashore", CREWS),
    )
    review.edit(
        "synthesis/codebook.yml",
        "        definition: With whom it is drunk.\n",
        "        definition: With whom it is drunk.\n" + _group("rooms", ROOMS),
    )
    for number, year in enumerate(range(FIRST, LAST + 1)):
        topics = "[milk, strength]" if number % 3 == 0 else "[milk]"
        findings = "".join(
            f"  - id: crumbs-{index}\n    statement: Crumb {index} lies in the cup.\n"
            f"    locator: Page {index}\n    codes:\n      topic: {topics}\n"
            for index in range(1, 6 if number == 0 else 2)
        )
        review.write(
            f"records/more{year}.yml",
            f"reference:\n  title: Biscuits of tower {number}\n  issued: {year}\n"
            "  authors:\n    - {family: More, given: M.}\n"
            "screening:\n  decision: included\n  found_by: [letters]\nextraction:\n  basis: abstract\n"
            "  by: [The invented crew]\n  date: 2020-02-12\ndesign:\n  approach: counting\n"
            f"sample:\n  size: 3\n  roles: [{'keeper, postmen' if number % 5 == 0 else 'keeper'}]\n"
            f"setting:\n  countries: [{COUNTRIES[number % len(COUNTRIES)]}]\nfindings:\n" + findings,
        )
    overview = review.read("records/overview2020.yml")
    review.write(
        "records/digest2020.yml",
        overview.replace("  unit: studies", "  unit: studies\n  roles: [postmen]")
        .replace("[milk]", "[company]")
        .replace("found_by: [tea-index]", "found_by: [letters]")
        .replace("All about tea", "All about postmen"),
    )


def _group(name: str, terms: list[str]) -> str:
    lines = [f"      - id: {name}", f"        label: {name.title()}", f"        definition: All {name}."]
    lines.append("        terms:")
    for term in terms:
        label = term.replace("-", " ").title()
        lines += [
            f"          - id: {term}",
            f"            label: {label}",
            f"            definition: One {term}.",
        ]
    return "\n".join(lines) + "\n"
