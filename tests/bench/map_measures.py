"""What is measured of one site: how it loads, what a click takes, how much memory it needs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.bench import frames
from tests.bench.compressing_server import serving
from tests.bench.frames import Frame

MAP = "map/theme-by-flyer/"
OPENED = ("Theme", "Flyer", "Approach")
"""The filters that are open while boxes are ticked: those of the rows, columns and colours."""

CLICKS = 60
LOADS = 5
MOST_SET = 4
"""With so many boxes ticked, the next click takes one away."""

SETTLED = 0.45
"""Seconds between clicks, in which the page does what it puts off."""

LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
"""A line of 10 Mbit/s on which each request waits 40 ms."""

QUIET = 0.7
"""How much of the processors other programs must leave idle before something is measured."""

PATIENCE = 3
"""Seconds to wait for that; then it is measured all the same."""

VIEWPORT = {"width": 1440, "height": 900}

WATCH = """(() => {
  const afterwards = (act) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = act;
    channel.port2.postMessage(null);
  };
  const bench = (window.bench = { live: 0, clicks: [], events: [] });
  new MutationObserver((changes) => {
    if (changes.some((change) => change.target.id === "em-map")) bench.live ||= performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-live"] });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "click") bench.events.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16 });
  addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const click = { input: event.timeStamp, start: performance.now() };
    bench.clicks.push(click);
    performance.mark("bench:click");
    requestAnimationFrame(() => {
      click.frame = performance.now();
      afterwards(() => {
        click.painted = performance.now();
        performance.mark("bench:painted");
      });
    });
  }, true);
  bench.changed = () => {
    const click = bench.clicks.at(-1);
    if (!click) return;
    click.script = performance.now();
    afterwards(() => (click.end = performance.now()));
  };
  addEventListener("change", bench.changed);
})()"""
"""Notes when the map stands, and for each click its way to the painted frame.

The listener of the click runs before those of the page, the one of the change after them. A message
is received when the task is over in which it was posted: that of the click, in which the browser may
lay out the page to learn what is under the mouse, and that of the frame, which ends with painting.
"""


@dataclass
class Click:
    """Milliseconds: of all, from the press to the painted frame, and of its two parts of work."""

    whole: float
    script: float
    drawing: float

    @property
    def work(self) -> float:
        return self.script + self.drawing


@dataclass
class Measured:
    """What was measured with one review. Times in milliseconds, sizes in bytes."""

    number: int
    findings: int = 0
    columns: int = 0
    offline: int = 0
    live: list[float] = field(default_factory=list)
    live_on_line: float = 0
    wire: int = 0
    requests: int = 0
    clicks: list[Click] = field(default_factory=list)
    events: list[float] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    memory: int = 0
    offline_live: float = 0
    load: float = 0


def percentile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that is not exceeded by *share* of all."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 100) * len(ordered) // 100) - 1)]


def wait_for_quiet() -> None:
    """Wait until other programs leave the processors alone."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        before = _processor_times()
        time.sleep(0.15)
        spent = [after - start for after, start in zip(_processor_times(), before, strict=True)]
        if not sum(spent) or (spent[3] + spent[4]) / sum(spent) >= QUIET:
            return


def _processor_times() -> list[int]:
    """Return what the processors did, in ticks; idle and waiting stand fourth and fifth."""
    file = Path("/proc/stat")
    return (
        [int(number) for number in file.read_text().split("\n")[0].split()[1:]] if file.exists() else []
    )


def measure(browser: Browser, number: int, site: Path) -> Measured:
    """Measure the site of a review of *number* records."""
    found = Measured(number, load=os.getloadavg()[0])
    found.columns = (site / "data/map/columns.bin").stat().st_size
    found.offline = (site / "data/evidence-map.html").stat().st_size
    with serving(site) as address:
        _load(browser, address)
        for _ in range(LOADS):
            live, found.wire, found.requests = _load(browser, address)
            found.live.append(live)
        found.live_on_line = median(_load(browser, address, LINE)[0] for _ in range(3))
        _click(browser, address, found)
    found.offline_live = median(_open_file(browser, site / "data/evidence-map.html") for _ in range(3))
    return found


def _context(browser: Browser) -> tuple[BrowserContext, Page, CDPSession]:
    """Return a page with nothing in its cache."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(WATCH)
    return context, page, context.new_cdp_session(page)


def _wait(page: Page) -> float:
    """Return how long after the beginning of the navigation the map stood."""
    page.wait_for_selector("#em-map[data-live]", state="attached", timeout=600_000)
    return float(page.evaluate("bench.live"))


def _load(browser: Browser, address: str, line: dict[str, Any] | None = None) -> tuple[float, int, int]:
    """Return when the map stood, and the bytes and requests until nothing more was loaded."""
    wait_for_quiet()
    context, page, session = _context(browser)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    if line:
        session.send("Network.emulateNetworkConditions", line)
    page.goto(address + MAP)
    live = _wait(page)
    page.wait_for_load_state("networkidle")
    time.sleep(SETTLED)
    context.close()
    return live, int(sum(sizes)), len(sizes)


def _open_file(browser: Browser, file: Path) -> float:
    wait_for_quiet()
    context, page, _ = _context(browser)
    page.goto(file.as_uri(), timeout=600_000)
    live = _wait(page)
    context.close()
    return live


def _click(browser: Browser, address: str, found: Measured) -> None:
    context, page, session = _context(browser)
    page.goto(address + MAP)
    _wait(page)
    for label in OPENED:
        page.locator("details.em-filter", has=page.locator(f"summary >> text='{label}'")).first.evaluate(
            "details => { details.open = true; }"
        )
    time.sleep(1)
    random = Random(found.number)
    _tick(page, random, 5)
    page.evaluate("() => { bench.clicks.length = bench.events.length = 0; }")
    _tick(page, random, CLICKS)
    clicks = page.evaluate("bench.clicks")
    found.clicks = [_clicked(own) for own in clicks]
    # Chromium tells only the events that took 16 ms or longer, in steps of 8 ms.
    events = page.evaluate("bench.events")
    found.events = [*events, *[0.0] * (len(clicks) - len(events))]
    found.findings = page.evaluate(FINDINGS)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")
    found.memory = int(heap["usedSize"] + heap.get("backingStorageSize", 0))
    browser.start_tracing(page=page, categories=frames.CATEGORIES)
    _tick(page, random, CLICKS)
    found.frames = frames.frames(browser.stop_tracing())
    page.evaluate(DEAF)
    _tick(page, random, CLICKS // 3)
    found.floor = [_clicked(own).work for own in page.evaluate("bench.clicks")]
    context.close()


FINDINGS = """async () => {
  const { SiteSource, loadColumns } = await import(new URL("../../js/live/source.js", location.href));
  return (await loadColumns(new SiteSource("../../", "x"))).findingCount;
}"""


def _clicked(own: dict[str, float]) -> Click:
    """Return a click from the times that were noted of it."""
    rest = min(own["end"], own["frame"]) - own["script"] + own["painted"] - own["frame"]
    return Click(own["painted"] - own["input"], own["script"] - own["start"], rest)


DEAF = """() => {
  bench.clicks.length = 0;
  document.addEventListener("change", (event) => event.stopPropagation(), true);
  addEventListener("change", bench.changed, true);
}"""
"""From now on the page takes no notice of clicks: what is left is what the browser needs by itself."""

MIDDLE = """(box) => {
  box.scrollIntoView({ block: "center" });
  const { x, y, width, height } = box.getBoundingClientRect();
  const place = { x: x + width / 2, y: y + height / 2 };
  if (document.elementFromPoint(place.x, place.y) !== box) throw new Error("the box is covered");
  return place;
}"""
"""Brings a box into sight and returns its middle, for the mouse: nothing else runs with the click."""


def _tick(page: Page, random: Random, number: int) -> None:
    """Click *number* boxes with the mouse: some are ticked, some taken away."""
    for _ in range(number):
        boxes = page.locator("details.em-filter[open] .em-filter__term input[type=checkbox]")
        ticked = boxes.evaluate_all("boxes => boxes.map((box) => box.checked)")
        wanted = sum(ticked) >= MOST_SET or (any(ticked) and random.random() < 0.25)
        index = random.choice([index for index, own in enumerate(ticked) if own == wanted])
        place = boxes.nth(index).evaluate(MIDDLE)
        time.sleep(SETTLED)
        wait_for_quiet()
        page.mouse.click(place["x"], place["y"])
        time.sleep(SETTLED)
