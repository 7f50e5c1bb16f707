"""A real Chromium, and the built sites on the loopback address."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from evidence_map.site import flow_listing, map_rows, study_list, term_pages
from tests.browser import live_map
from tests.browser.many_reports import write_many
from tests.reviews import build_once, looked_at, shared_site

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")

# What a test waits for comes at once, and on a machine that does other work a good deal later.
expect.set_options(timeout=30_000)


def chromium() -> str | None:
    """Return the path of the browser: $CHROMIUM, or one on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        message = "no Chromium found: install it, or name it in the variable CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                # A process for each page would be begun anew.
                "--renderer-process-limit=1",
                # Nothing outside is found, whatever a page asks for.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    # A page loads some seventy files, over a few connections that stay open.
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing about requests."""


def served(folder: Path) -> Iterator[str]:
    """Serve *folder* on the loopback address and yield its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        _SERVED.append(address)
        yield address
        server.shutdown()


@pytest.fixture(scope="session")
def invented(lighthouse_site: Path) -> Iterator[str]:
    """The address of the invented review."""
    yield from served(lighthouse_site)


@pytest.fixture(scope="session")
def real(real_site: Path) -> Iterator[str]:
    """The address of the review that the repository carries."""
    yield from served(real_site)


@dataclass
class Visit:
    """A page in the browser, and what it did that it must not do."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def watch(self, base: str) -> None:
        """Note console errors, script errors and requests to other sites."""

        def on_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                self.complaints.append(f"console: {message.text}")

        def on_request(request: Request) -> None:
            if not request.url.startswith((base, "data:", "blob:")):
                self.complaints.append(f"outside: {request.url}")

        self.page.on("console", on_console)
        self.page.on("request", on_request)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", self._note_failure)

    def _note_failure(self, request: Request) -> None:
        # Leaving a page aborts what it was still loading; that is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}")


_CLIPBOARD = ["clipboard-read", "clipboard-write"]
_SERVED: list[str] = []
"""The addresses of all sites that were served in this process."""


class Lasting:
    """A context for one test after the other: what it has loaded is not loaded anew for each.

    What a page of a test leaves behind is forgotten before the next. Handlers and scripts that a test
    gives to the context itself stay, so that such a test makes a context of its own.
    """

    def __init__(self, browser: Browser, permissions: list[str], **options: Any) -> None:
        self.context = browser.new_context(**options)
        self._permissions = permissions
        # A page that stays open keeps the process of the context alive.
        self._first = self.context.new_page()
        self._protocol = self.context.new_cdp_session(self._first)
        self.forget()

    def forget(self) -> None:
        """Close the pages of a test, and leave nothing of it in the browser but the files it loaded."""
        for page in self.context.pages:
            if page is not self._first:
                page.close()
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.grant_permissions(self._permissions)
        self.context.set_default_timeout(30_000)
        for address in _SERVED:
            wanted = {"origin": address.rstrip("/"), "storageTypes": "local_storage,indexeddb"}
            self._protocol.send("Storage.clearDataForOrigin", wanted)


def _lasting(browser: Browser, permissions: list[str], **options: Any) -> Iterator[Lasting]:
    lasting = Lasting(browser, permissions, **options)
    yield lasting
    lasting.context.close()


@pytest.fixture(scope="session")
def usual(browser: Browser) -> Iterator[Lasting]:
    """What the fixture “context” is given from."""
    yield from _lasting(browser, [], viewport={"width": 1280, "height": 900})


@pytest.fixture
def context(usual: Lasting) -> Iterator[BrowserContext]:
    """A context with nothing in it."""
    yield usual.context
    usual.forget()


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[str]:
    """The address of the larger invented review (tests/browser/live_map.py)."""
    review = tmp_path_factory.mktemp("harbour") / "review"
    live_map.write_harbour(review)
    for site in shared_site(review, shared / "harbour-site"):
        yield from served(site)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Path]:
    """The site of the invented review with some hundred reports more; its lists are cut earlier."""
    review = tmp_path_factory.mktemp("many") / "review"
    write_many(review)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_pages, "LISTED", 70)
        patch.setattr(map_rows, "WHOLE", 100)
        patch.setattr(study_list, "PER_PAGE", 100)
        patch.setattr(flow_listing, "PER_PAGE", 100)
        build_once(review, shared / "many-site")
    yield from looked_at(shared / "many-site")


@pytest.fixture(scope="session")
def many(folder: Path) -> Iterator[str]:
    """The address of that site."""
    yield from served(folder)


def _live_map(lasting: Lasting) -> Iterator[live_map.LiveMap]:
    shown = live_map.LiveMap(Visit(lasting.context.new_page()))
    yield shown
    lasting.forget()
    assert shown.visit.complaints == []


@pytest.fixture(scope="session")
def desks(browser: Browser) -> Iterator[Lasting]:
    """What the fixture “desk” is given from."""
    yield from _lasting(browser, _CLIPBOARD, viewport={"width": 1280, "height": 900})


@pytest.fixture
def desk(desks: Lasting) -> Iterator[live_map.LiveMap]:
    """A live map on a usual screen. A test fails where the page complains or asks another site."""
    yield from _live_map(desks)


@pytest.fixture(scope="session")
def phones(browser: Browser) -> Iterator[Lasting]:
    """What the fixture “phone” is given from."""
    size = {"width": 390, "height": 844}
    yield from _lasting(browser, _CLIPBOARD, viewport=size, has_touch=True, is_mobile=True)


@pytest.fixture
def phone(phones: Lasting) -> Iterator[live_map.LiveMap]:
    """A live map on a phone, read by touch."""
    yield from _live_map(phones)
