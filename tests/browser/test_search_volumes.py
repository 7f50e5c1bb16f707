"""Searching a large site, whose index has several volumes: as if it were one."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from evidence_map.site.search_index import write_search_index
from tests.browser.conftest import Visit, served
from tests.browser.test_search import group, is_told_and_tried_again, opened
from tests.reviews import REPOSITORY

FINDING = """async ([queries, root]) => {
    const { openWords } = await import(new URL("js/words.js", root));
    const words = await openWords(root);
    const found = {};
    for (const query of queries) {
        const hits = await words.find(query);
        found[query] = hits.map((hit) => hit.address.slice(root.length));
    }
    return found;
}"""

PAGES = 160
FULL = 16


def _words(text: str) -> list[str]:
    return text.split()


COMMON = _words(
    "tea milk tower keeper support supports supporting supported supportive the and with of night watch "
    "lamp lamps light lights lighting lighthouse lighthouses care cares caring careful grand grandest "
    "universe university universities operate operates operation operations run runs running"
)
SELDOM = _words(
    "grandmother Sørensen Çelik Zoë naïve biscuit biscuits kettle kettles opera operatic marmalade "
    "unity universal teapot careworn nightwatchman well-being self-help o'clock supposition"
)
MADE_UP = _words("grandfather supportingly universi kettl marm qzx teax Sorensen zoe celik lightho")
BEGUN = sorted(
    {word[:length] for word in (*COMMON, *SELDOM) for length in (3, 4, 5, 7)} - {*COMMON, *SELDOM}
)


def _texts() -> list[str]:
    chance = random.Random(7)
    return [
        " ".join(chance.choices(COMMON, k=40) + chance.sample(SELDOM, k=chance.randrange(3)))
        for _ in range(PAGES)
    ]


def _write_site(site: Path, texts: list[str]) -> None:
    shutil.copytree(REPOSITORY / "site_templates" / "js", site / "js")
    start = '<html lang="en"><body><article data-pagefind-body>'
    for number, text in enumerate(texts):
        folder = site / ("records" if number % 8 else "codebook") / f"page{number}"
        folder.mkdir(parents=True)
        page = f"{start}<h1>Page {number}</h1><p>{text}.</p></article></body></html>"
        (folder / "index.html").write_text(page, "utf-8")
    (site / "index.html").write_text("<html></html>", "utf-8")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> list[dict[str, list[str]]]:
    """What every query finds in the same pages: with one index, and with several volumes."""
    results = []
    for full in (PAGES, FULL):
        site = tmp_path_factory.mktemp("site") / "site"
        _write_site(site, _texts())
        write_search_index(site, full=full)
        assert bool([*site.glob("pagefind/volume-*")]) == (full == FULL)
        for address in served(site):
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            results.append(page.evaluate(FINDING, [_queries(), address]))
            context.close()
    return results


def _queries() -> list[str]:
    chance = random.Random(8)
    words = [*COMMON, *SELDOM, *MADE_UP]
    pairs = [" ".join(chance.sample(words, k=2)) for _ in range(60)]
    mixed = [f'"{a} {b}" {c}' for a, b, c in (chance.choices(COMMON + SELDOM, k=3) for _ in range(20))]
    return [*words, *_phrases(), *pairs, *mixed, *BEGUN]


def _phrases() -> list[str]:
    chance = random.Random(9)
    taken = []
    for text in chance.sample(_texts(), k=40):
        words = re.findall(r"\w+", text)
        at = chance.randrange(len(words) - 3)
        taken.append('"' + " ".join(words[at : at + chance.randrange(2, 4)]) + '"')
    return taken


def test_every_query_finds_the_same_pages_in_volumes(found: list[dict[str, list[str]]]) -> None:
    one, several = found
    finished = [query for query in one if query not in BEGUN]
    assert {query: sorted(several[query]) for query in finished} == {
        query: sorted(one[query]) for query in finished
    }


def test_an_unfinished_word_finds_at_least_the_same_pages(found: list[dict[str, list[str]]]) -> None:
    """For one that stands nowhere, a volume may know another beginning of it than all of them."""
    one, several = found
    assert {query for query in BEGUN if set(one[query]) - set(several[query])} == set()
    assert sum(set(one[query]) == set(several[query]) for query in BEGUN) > 0.9 * len(BEGUN)


def test_the_queries_find_much_and_little_and_nothing(found: list[dict[str, list[str]]]) -> None:
    """Otherwise the test above would say nothing."""
    one, _ = found
    assert all(one[phrase] for phrase in _phrases())
    assert all(one[word] for word in (*COMMON, *SELDOM))
    assert len(one["tea"]) > PAGES / 2 > len(one["marmalade"]) > 0
    assert [one[word] for word in ("qzx", "teax", "grandfather")] == [[], [], []]
    assert set(one["grandmother"]) < set(one["grand"])


def test_the_best_pages_come_first(found: list[dict[str, list[str]]]) -> None:
    one, several = found
    shared = [
        len(set(one[word][:10]) & set(several[word][:10])) for word in COMMON if len(one[word]) > 20
    ]
    assert sum(shared) / len(shared) > 8


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, lighthouse_site: Path) -> Iterator[str]:
    """The invented review with an index in several volumes."""
    site = tmp_path_factory.mktemp("library") / "site"
    shutil.copytree(lighthouse_site, site, ignore=shutil.ignore_patterns("pagefind"))
    write_search_index(site, full=10)
    assert len([*site.glob("pagefind/volume-*")]) > 4
    yield from served(site)


def test_the_dialog_shows_results_of_all_volumes(context: BrowserContext, library: str) -> None:
    """With the site's policy for its content, and without a complaint."""
    visit = Visit(context.new_page())
    visit.watch(library)
    dialog = opened(visit.page, library, "tea")
    expect(dialog.get_by_role("status")).to_contain_text("3 reports, 3 findings, 2 terms")
    report = group(dialog, "Reports").get_by_role("link", name="Tea & company: what <keepers> say")
    expect(report.locator("mark")).to_have_text("Tea")
    assert visit.complaints == []


def test_the_program_is_loaded_once(context: BrowserContext, library: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/pagefind/")[-1]))
    opened(page, library, "tea")
    assert len([name for name in asked if name.startswith("wasm.")]) == 1
    assert len([name for name in asked if name == "results.json"]) == 1


def test_a_volume_that_cannot_be_loaded_is_told_and_tried_again(
    context: BrowserContext, library: str
) -> None:
    is_told_and_tried_again(context.new_page(), library, "**/volume-03/**")


def test_unknown_words_find_nothing(context: BrowserContext, library: str) -> None:
    dialog = opened(context.new_page(), library, "teaxyz")
    expect(dialog.get_by_role("status")).to_contain_text("No page")
