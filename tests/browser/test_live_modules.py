"""Single modules of the live map: sets of findings, addresses, and files that are damaged."""

from __future__ import annotations

import base64
import gzip
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.bench.map_site import bare_site
from tests.browser.conftest import served
from tests.reviews import LIGHTHOUSE

MODULES = """async () => {
  for (const name of ["bits", "columns", "selection", "source"]) {
    window[name] = await import(new URL(`../../js/live/${name}.js`, location.href));
  }
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modules") / "site"
    bare_site(LIGHTHOUSE, folder)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    yield from served(site)


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page with the modules at hand by their names."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "embed/topic-by-crew/")
    page.evaluate(MODULES)
    yield page
    context.close()


SIZES = [0, 1, 2, 31, 32, 33, 63, 64, 65, 1000]

OF_BITS = """(cases) => cases.map(({ size, one, other }) => {
  const set = (members) => {
    const made = new bits.Bits(size);
    for (const member of members) made.add(member);
    return made;
  };
  const shown = (made) => ({
    members: [...made.members()],
    count: made.count(),
    has: Array.from({ length: size }, (_, member) => member).filter((member) => made.has(member)),
  });
  const kept = set(one);
  kept.copy().or(set(other));
  return {
    one: shown(kept),
    and: shown(set(one).and(set(other))),
    or: shown(set(one).or(set(other))),
    without: shown(set(one).without(set(other))),
    all: shown(bits.Bits.all(size)),
    complement: shown(bits.Bits.all(size).without(set(one))),
  };
})"""


def test_sets_of_findings_are_sets(page: Page) -> None:
    random = Random(3)
    cases = []
    for size in SIZES:
        for share in (0, 0.1, 0.5, 0.9, 1):
            one, other = (
                {n for n in range(size) if random.random() < own} for own in (share, random.random())
            )
            cases.append((size, one, other))
    given = [{"size": size, "one": sorted(one), "other": sorted(other)} for size, one, other in cases]
    for (size, one, other), found in zip(cases, page.evaluate(OF_BITS, given), strict=True):
        every = set(range(size))
        wanted = {
            "one": one,
            "and": one & other,
            "or": one | other,
            "without": one - other,
            "all": every,
            "complement": every - one,
        }
        for name, members in wanted.items():
            rising = sorted(members)
            assert found[name] == {"members": rising, "count": len(rising), "has": rising}, (name, size)


WORDS = [
    "tea",
    "tea & milk",
    "a=b",
    "#1 #2",
    "100 % sure %20 %",
    "one, two,three",
    "title: subtitle",
    "C++ + more",
    '"a phrase" <b>',
    "Grüße, 茶 🍵 שלום",
    "back\\slash / slash?",
    "f.year=2019&words=x",
    "a;b|c^d`e{f}",
    "tab\tand  two spaces",
    "\u00a0\u2028",
]
IDS = ["keeper", "none-of-these", "ca-bc", "2019", "a1-b2", "any", "range", "all", "other", "_other"]

ROUND_TRIP = """(selections) => selections.map((written) => {
  const address = selection.toAddress(written);
  // What a browser makes of it when somebody opens it.
  const opened = new URL(`#${address}`, location.href).hash;
  return { address, read: [address, opened].map(selection.fromAddress) };
})"""

IN_THE_LINE = """(selections) => selections.map((written) => {
  const address = selection.toAddress(written);
  history.replaceState(null, "", `#${address}`);
  const kept = location.hash;
  location.hash = "";
  location.hash = address;
  return { address, read: [kept, location.hash].map(selection.fromAddress) };
})"""


@pytest.fixture(scope="module")
def nothing(page: Page) -> dict[str, Any]:
    """A selection in which nothing is set."""
    return page.evaluate("selection.NOTHING")  # type: ignore[no-any-return]


def random_selection(random: Random, nothing: dict[str, Any]) -> dict[str, Any]:
    filters = []
    for dimension in random.sample(["crew", "topic", "year", "collection-year", "map", "words"], 3):
        mode = random.choice(["any", "all", "none", "range"])
        terms = ["1998", "2024"] if mode == "range" else random.sample(IDS, random.randint(1, 4))
        filters.append({"dimension": dimension, "mode": mode, "terms": terms})
    places = [(side, random.choice(IDS)) for side in ("row", "column", "segment")]
    toggled = [f"{random.choice(['row', 'column'])}:{name}" for name in IDS[:3]]
    # What is a plain text stands for an id.
    plain = {name: random.choice(["", *IDS]) for name, value in nothing.items() if value == ""}
    return plain | {
        "filters": filters[: random.randint(0, 3)],
        "words": random.choice(["", *WORDS]),
        "view": random.choice(["", "bubbles", "heat", "mosaic", "numbers"]),
        "toggled": random.choice([[], toggled]),
        "place": dict(random.sample(places, random.randint(1, 3))) if random.random() < 0.7 else None,
    }


def test_an_address_brings_back_what_was_set(page: Page, nothing: dict[str, Any]) -> None:
    random = Random(11)
    selections = [random_selection(random, nothing) for _ in range(300)]
    assert set(selections[0]) == set(nothing)
    worded = [{**nothing, "words": words} for words in WORDS]
    for script, given in ((ROUND_TRIP, selections + worded), (IN_THE_LINE, worded)):
        for one, found in zip(given, page.evaluate(script, given), strict=True):
            for read in found["read"]:
                assert read == one, found["address"]


def test_nothing_set_is_no_address(page: Page, nothing: dict[str, Any]) -> None:
    assert page.evaluate("selection.toAddress(selection.NOTHING)") == ""
    assert page.evaluate("['', '#'].map(selection.fromAddress)") == [nothing, nothing]


TYPED = [
    "%",
    "%E0%A4%A",
    "&&&",
    "=",
    "f.=x",
    "f.crew=",
    "f.crew=,,,",
    "f.crew=all:",
    "f.crew=keeper,keeper",
    "f.crew=cat&f.crew=keeper",
    "f.year=range:2019",
    "f.year=range:2019,2020,2021",
    "f.year=range:x,y",
    "f.crew=some:cat",
    "view=upside-down",
    "groups=,",
    "row=&column=",
    "__proto__=1&f.__proto__=x&constructor=y",
    "words=" + "x" * 5000,
    "introduction",
    "\u0000",
]


def test_addresses_that_were_typed_or_cut_are_read_as_far_as_they_go(
    page: Page, nothing: dict[str, Any]
) -> None:
    script = """(typed) => typed.map((address) => {
      const read = selection.fromAddress(address);
      return { read, again: selection.fromAddress(selection.toAddress(read)) };
    })"""
    for typed, found in zip(TYPED, page.evaluate(script, TYPED), strict=True):
        assert found["again"] == found["read"], typed
        assert set(found["read"]) == set(nothing), typed
        assert all(own["terms"] for own in found["read"]["filters"]), typed
    read = page.evaluate("selection.fromAddress('#f.crew=cat&f.crew=keeper,keeper&view=x')")
    assert read == {**nothing, "filters": [{"dimension": "crew", "mode": "any", "terms": ["keeper"]}]}


def test_what_a_review_does_not_know_is_left_out(page: Page) -> None:
    script = """async (address) => {
      const columns = await source.loadColumns(new source.SiteSource("../../", "test"));
      return selection.known(selection.fromAddress(address), columns.dimensions);
    }"""
    address = "f.crew=cat,dog&f.gone=x&f.topic=all:none&f.year=range:2018,2020&colours=gone&words=x"
    found = page.evaluate(script, address)
    assert found["selection"]["filters"] == [
        {"dimension": "crew", "mode": "any", "terms": ["cat"]},
        {"dimension": "year", "mode": "range", "terms": ["2018", "2020"]},
    ]
    assert found["selection"]["colours"] == ""
    assert sorted(found["unknown"]) == ["dog", "gone", "gone", "none"]


READ = """async (letters) => {
  const buffer = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0)).buffer;
  try {
    const read = columns.readColumns(await columns.unpacked(buffer));
    return { findings: read.findingCount, reports: read.reportCount };
  } catch (error) {
    return error instanceof Error ? error.message || error.name : "no error";
  }
}"""


def read(page: Page, data: bytes) -> Any:
    return page.evaluate(READ, base64.b64encode(data).decode())


def test_the_file_of_columns_is_read_packed_and_unpacked(page: Page, site: Path) -> None:
    packed = (site / "data/map/columns.bin").read_bytes()
    whole = read(page, packed)
    assert whole["findings"] >= whole["reports"] > 0
    assert read(page, gzip.decompress(packed)) == whole


def test_a_file_of_columns_that_is_cut_off_is_refused(page: Page, site: Path) -> None:
    """Nothing is ever counted from half a file."""
    packed = (site / "data/map/columns.bin").read_bytes()
    unpacked = gzip.decompress(packed)
    for data in (packed, unpacked):
        for length in {0, 1, 3, 4, 7, 8, 100, len(data) // 2, len(data) - 4}:
            assert isinstance(read(page, data[:length]), str), length


def test_a_file_of_another_version_or_kind_is_refused(page: Page, site: Path) -> None:
    unpacked = gzip.decompress((site / "data/map/columns.bin").read_bytes())
    assert "another version" in read(page, b"EMC9" + unpacked[4:])
    assert "another version" in read(page, b"<!doctype html><title>Not found</title>")
    length = struct.unpack("<I", unpacked[4:8])[0]
    header = json.loads(unpacked[8 : 8 + length])
    header["columns"] = [own for own in header["columns"] if own["name"] != "topic:terms"]
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 4)
    without = unpacked[:4] + struct.pack("<I", len(text)) + text + unpacked[8 + length :]
    assert "topic:terms" in read(page, without)


@pytest.mark.parametrize("damage", ["cut", "other", "missing"])
def test_with_a_damaged_file_the_page_says_so_and_keeps_its_table(
    context: BrowserContext, address: str, site: Path, damage: str
) -> None:
    whole = (site / "data/map/columns.bin").read_bytes()

    def answer(route: Route) -> None:
        if damage == "missing":
            route.fulfill(status=404, body="")
        else:
            route.fulfill(body=whole[: len(whole) // 2] if damage == "cut" else b"<html></html>")

    page = context.new_page()
    page.route("**/columns.bin*", answer)
    page.goto(address + "embed/topic-by-crew/")
    expect(page.locator("#em-bar")).to_contain_text("The table below is complete all the same")
    expect(page.get_by_role("link", name="1 study: Company, Keeper")).to_be_visible()
    assert page.locator("#em-map[data-live]").count() == 0
