"""Takes the pictures of the written pages anew: ``make pictures``, never a test.

The form is filled in as the contributor's guide tells (tests/browser/lamp_paper.py), in the small
invented review with an invented repository. The picture of the README shows the map of the review
that the repository carries.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.conftest import Visit, chromium, served
from tests.browser.lamp_paper import LampPaper
from tests.browser.paper_form import PaperForm
from tests.reviews import LIGHTHOUSE, REPOSITORY, built

PICTURES = REPOSITORY / "docs/contribute/pictures"
MAP = REPOSITORY / ".github/map.png"

INVENTED_REPOSITORY = "https://github.com/example/lighthouse-tea"
WIDTH, HIGHEST = 720, 772
"""About as wide as the text of a page, and so high that a picture fits on a screen."""

_ROOM = 3_600
"""The height of the window: with room for a whole section nothing is scrolled or covered."""
_MARGIN = 16


def main() -> None:
    """Build both reviews and take all pictures.

    Raises:
        SystemExit: if there is no browser.
    """
    path = chromium()
    if path is None:
        sys.exit("error: no Chromium found: install it, or name it in the variable CHROMIUM")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        with _site(_with_repository(Path(name)), Path(name) / "form") as address:
            take_form(browser, address)
        with _site(REPOSITORY, Path(name) / "map") as address:
            take_map(browser, address)
        browser.close()


def take_form(browser: Browser, address: str) -> None:
    """Fill in the paper of the guide and take the pictures on the way.

    Args:
        browser: a browser that runs.
        address: where the site of the invented review is served.
    """
    page = _page(browser, WIDTH, _ROOM)

    def look(picture: str, first: Locator, last: Locator) -> None:
        _settle(page)
        top, end = first.bounding_box(), last.bounding_box()
        assert top and end, f"{picture} shows nothing"
        y = top["y"] - _MARGIN
        height = min(end["y"] + end["height"] + _MARGIN - y, HIGHEST)
        clip = {"x": 0.0, "y": y, "width": float(WIDTH), "height": height}
        page.screenshot(path=PICTURES / f"{picture}.png", clip=clip)  # type: ignore[arg-type]
        print(f"{picture}.png", file=sys.stderr)

    paper = LampPaper(PaperForm(Visit(page), address), look)
    paper.fill()
    paper.appraise()
    paper.end()


def take_map(browser: Browser, address: str) -> None:
    """Take the picture of the first map.

    Args:
        browser: a browser that runs.
        address: where the site of the repository's review is served.
    """
    page = _page(browser, 1_440, 860)
    page.goto(f"{address}map/", wait_until="networkidle")
    _settle(page)
    page.screenshot(path=MAP)
    print(MAP.name, file=sys.stderr)


def _page(browser: Browser, width: int, height: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="light", locale="en-GB"
    )
    return context.new_page()


def _settle(page: Page) -> None:
    """Put the pointer and the focus away, and end what moves."""
    page.mouse.move(0, 0)
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; }")
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0); document.fonts.ready")


def _with_repository(folder: Path) -> Path:
    """Return a copy of the invented review whose site names an invented repository."""
    review = Path(shutil.copytree(LIGHTHOUSE, folder / "review"))
    (review / "mkdocs.yml").write_text(f"repo_url: {INVENTED_REPOSITORY}\n", "utf-8")
    return review


@contextmanager
def _site(root: Path, target: Path) -> Iterator[str]:
    """Build the review in *root* and serve it as long as the block lasts."""
    built(root, target)
    yield from served(target)


if __name__ == "__main__":
    main()
