"""The policy of pages: nothing of theirs is refused, and what is not theirs neither runs nor loads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, TimeoutError, expect

from tests.browser.conftest import Visit
from tests.browser.live_map import LiveMap, settled
from tests.browser.paper_form import PaperForm
from tests.browser.waiting import until
from tests.reviews import REPOSITORY
from tests.site_kinds import one_of_each_kind
from tests.test_serving import free_port

NOTES_REFUSALS = """
addEventListener("securitypolicyviolation", (event) => {
  window.refusals.add(event.effectiveDirective);
  refused(event.effectiveDirective);
});
window.refusals = new Set();
window.ran = [];
"""


class Watched:
    """A context whose pages tell what their policy refuses."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.refused: list[str] = []
        context.expose_function("refused", lambda what: self.note(what))
        context.add_init_script(NOTES_REFUSALS)

    def note(self, what: str) -> None:
        """Note what was refused."""
        self.refused.append(what)

    def page(self) -> Page:
        return self.context.new_page()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield Watched(context)
    context.close()


def test_no_kind_of_page_meets_its_policy(
    watched: Watched, invented: str, lighthouse_site: Path
) -> None:
    page = watched.page()
    visit = Visit(page)
    visit.watch(invented)
    # The page for a missing address is shown at any depth: its links begin with the site's own path.
    page.route("**/lighthouse/**", lambda route: route.continue_(url=at_root(route.request.url)))
    for path in one_of_each_kind(lighthouse_site):
        visit.page.goto(invented + path)
        settled(visit.page)
        assert policy_of(page), f"/{path} has no policy"
    assert watched.refused == []
    assert visit.complaints == []


def at_root(address: str) -> str:
    """Return an address of the published site as it is on the server of the tests."""
    return address.replace("/lighthouse/", "/")


def policy_of(page: Page) -> str:
    """Return the policy of a page, and insist that it stands before all that loads or runs."""
    found: str = page.evaluate("""() => {
        const policy = document.querySelector('head meta[http-equiv="Content-Security-Policy"]');
        const first = document.querySelector("script, style, link, img");
        const place = policy?.compareDocumentPosition(first) ?? 0;
        return place & Node.DOCUMENT_POSITION_FOLLOWING ? policy.content : "";
    }""")
    assert "unsafe-inline" not in found and "http" not in found and "*" not in found
    return found


def test_what_readers_do_meets_no_policy(watched: Watched, invented: str) -> None:
    page = watched.page()
    shown = LiveMap(Visit(page)).open(invented, "view=heat")
    page.get_by_title("Switch to dark").click()
    shown.tick("Crew", "Cat")
    shown.words.fill("tea")
    expect(shown.chips).to_have_count(2)
    page.goto(f"{invented}records/example2019/")
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("button", name="Search").click()
    dialog = page.get_by_role("dialog", name="Search the site")
    dialog.get_by_role("searchbox").fill("weak")
    expect(dialog.get_by_role("link", name="Cats find the tea weak.")).to_be_visible()
    form = PaperForm(shown.visit, invented)
    form.begin()
    form.field("Title").fill("On biscuits")
    form.kept()
    assert watched.refused == []
    assert shown.visit.complaints == []


def test_pictures_to_take_away_and_to_print_keep_their_colours(watched: Watched, invented: str) -> None:
    page = watched.page()
    page.add_init_script("window.print = () => { window.printed = true; };")
    shown = LiveMap(Visit(page)).open(invented)
    shown.menu(shown.controls, "Print on one page").click()
    assert page.evaluate("window.printed")
    drawn = page.locator(".em-print .em-disc").first
    assert drawn.evaluate("disc => getComputedStyle(disc).fill") not in {"", "rgb(0, 0, 0)"}
    assert page.locator("h1").evaluate("text => getComputedStyle(text).fill") == "rgb(0, 0, 0)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    with page.expect_download() as awaited:
        shown.menu(shown.controls, "Picture, PNG").click()
    assert len(colours_of(awaited.value.path())) > 5
    assert watched.refused == []
    assert shown.visit.complaints == []


def colours_of(picture: Path) -> set[bytes]:
    """Return different rows of colours in a picture as far as PNG keeps them apart."""
    data = picture.read_bytes()
    return {data[start : start + 64] for start in range(64, len(data) - 64, 64)}


PLANTED = """
<script>ran.push("script")</script>
<script type="module">ran.push("module")</script>
<script src="data:text/javascript,ran.push('data')"></script>
<script src="https://elsewhere.example/x.js"></script>
<img src="nowhere.png" onerror="ran.push('handler')">
<svg><script>ran.push("svg")</script></svg>
<a id="planted" href="javascript:ran.push('link')">link</a>
<img src="https://elsewhere.example/pixel.png">
<link rel="stylesheet" href="https://elsewhere.example/x.css">
<style>body { background: url(https://elsewhere.example/y.png) }</style>
<p style="background: url(https://elsewhere.example/z.png)">styled</p>
<iframe srcdoc="<script>parent.ran.push('frame')</script>"></iframe>
<iframe src="https://elsewhere.example/"></iframe>
<object data="https://elsewhere.example/o"></object>
<video src="https://elsewhere.example/v"></video>
<base href="https://elsewhere.example/">
<form id="sent" action="https://elsewhere.example/"><input name="a" value="b"></form>
"""
"""What must neither run nor load, wherever an escape were missing."""

REFUSED = {
    *("script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src", "media-src"),
    *("frame-src", "object-src", "connect-src", "base-uri", "form-action"),
}
"""What the policy says no to, each for something that is planted."""


def outcome(page: Page, address: str, refused: list[str]) -> set[str]:
    """Open a page with what is planted in it, and return what was refused."""
    asked: list[str] = []
    page.route("https://elsewhere.example/**", lambda route: note(route, asked))
    page.goto(address)
    page.evaluate("""() => {
        document.getElementById("planted").click();
        document.getElementById("sent").requestSubmit();
        const late = "<img src=nowhere onerror=\\"ran.push('late')\\">";
        document.body.insertAdjacentHTML("beforeend", late);
        return fetch("https://elsewhere.example/told").catch(() => {});
    }""")
    until(page, "refusals.has('form-action')")
    settled(page)
    assert page.evaluate("ran") == []
    assert asked == []
    return set(refused)


def note(route: Route, asked: list[str]) -> None:
    """Note a request that the policy let out, and let it go no further."""
    asked.append(route.request.url)
    route.abort()


@pytest.mark.parametrize("path", ["records/example2019/", "map/kinds/", "embed/kinds/", "404.html"])
def test_what_is_planted_is_refused(watched: Watched, invented: str, path: str) -> None:
    page = watched.page()
    page.route(invented + path, with_planted)
    assert outcome(page, invented + path, watched.refused) >= REFUSED


def with_planted(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("<h1", f"{PLANTED}<h1", 1))


def test_what_is_planted_in_the_offline_file_is_refused(
    watched: Watched, lighthouse_site: Path, tmp_path: Path
) -> None:
    text = (lighthouse_site / "data" / "evidence-map.html").read_text("utf-8")
    planted = tmp_path / "planted.html"
    planted.write_text(text.replace("<h1", f"{PLANTED}<h1", 1), "utf-8")
    page = watched.page()
    found = outcome(page, planted.as_uri(), watched.refused)
    assert found >= REFUSED
    until(page, "document.querySelector('#em-map[data-live]')")


def test_without_the_policy_the_same_things_run(browser: Browser, invented: str) -> None:
    """What is planted is worth refusing: the test above can fail."""
    context = browser.new_context(bypass_csp=True)
    context.route("https://elsewhere.example/**", lambda route: route.abort())
    page = context.new_page()
    page.add_init_script("window.ran = []")
    page.route(invented + "records/example2019/", with_planted)
    page.goto(invented + "records/example2019/")
    settled(page)
    assert {"script", "module", "data", "handler", "svg", "frame"} <= set(page.evaluate("ran"))
    context.close()


SERVE = """
import sys
from pathlib import Path
from evidence_map.serving import serve
root, site, port = sys.argv[1:]
serve(Path(root), Path(site), int(port), lambda: None)
"""


@pytest.fixture
def serving(lighthouse_site: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A file that is watched, and the address of a site that is served while it changes."""
    file, port = tmp_path / "mkdocs.yml", str(free_port())
    file.write_text("# as it was\n")
    command = [sys.executable, "-c", SERVE, str(tmp_path), str(lighthouse_site), port]
    process = subprocess.Popen(command, cwd=REPOSITORY)
    yield file, f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait()


def test_a_served_page_reloads_itself_within_the_policy(
    watched: Watched, serving: tuple[Path, str]
) -> None:
    file, address = serving
    page = watched.page()
    until_it_answers(lambda: page.goto(address))
    # The page tells the server that it listens a moment after it is loaded; what changes before is lost.
    page.evaluate("window.isOld = true")
    for number in range(20):
        with suppress(TimeoutError), page.expect_navigation(timeout=3_000):
            file.write_text(f"# changed {number}\n" * (number + 2))
        if not page.evaluate("window.isOld"):
            break
    assert not page.evaluate("window.isOld")
    assert watched.refused == []


def until_it_answers(asked: Callable[[], Any]) -> None:
    """Ask again until the server, which has just been started, listens; its first page may reload."""
    passing = ("ERR_CONNECTION_REFUSED", "chrome-error", "interrupted by another navigation")
    for _ in range(200):
        try:
            asked()
        except Exception as error:
            if not any(words in str(error) for words in passing):
                raise
        else:
            return
    raise AssertionError("the server never answered")
