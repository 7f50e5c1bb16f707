"""What axe-core finds against WCAG 2.2, levels A and AA."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ALL = {"runOnly": _LEVELS, "resultTypes": ["violations"]}
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


def violations(page: Page, within: Any = None, *, colours_only: bool = False) -> list[str]:
    """Return each violation on *page* with where it is.

    :param within: a part of the page, as axe-core takes it; the whole page without one.
    :param colours_only: for a page that was looked at in full in its other colours: nothing else
        differs between the two.
    """
    options = _COLOURS if colours_only else _ALL
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}" for each in found]
