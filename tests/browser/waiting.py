"""Waiting until a page says that something is so."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

PATIENCE = 30.0
"""Seconds after which it is no longer expected."""

PAUSE = 0.02


def until(page: Page, expression: str, argument: Any = None) -> None:
    """Wait until *expression*, or what the function that it is returns for *argument*, is true.

    Playwright's own ``wait_for_function`` reads the expression inside the page each time it asks again,
    which the policy of the pages forbids.

    :raises AssertionError: if it does not come true.
    """
    for _ in range(int(PATIENCE / PAUSE)):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(PAUSE * 1000)
    raise AssertionError(f"never true within {PATIENCE:.0f} seconds: {expression}")
