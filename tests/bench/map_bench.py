"""How fast the live map is, and how much a reader loads: a command, never a test.

``make bench`` measures reviews of 1,000, 10,000 and 100,000 invented records in Chromium and writes
the table of docs/benchmarks.md. ``python -m tests.bench.map_bench 1000`` measures one and prints it.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.bench.map_measures import Measured, measure, percentile
from tests.bench.map_site import invented_review, write_database, write_map_site
from tests.bench.report import measured_with, write
from tests.browser.conftest import chromium
from tests.reviews import REPOSITORY

SIZES = (1_000, 10_000, 100_000)
KEPT = REPOSITORY / "build" / "bench"

# --- The reviews -----------------------------------------------------------------------------------


def prepare(number: int, *, whole: bool = True) -> Path:
    """Return a site with the map of a review of *number* records, made anew where the code changed.

    :param whole: whether the pages are wanted, too, and not only the database.
    """
    folder = KEPT / str(number)
    wanted = ["--prepare", str(number), *(() if whole else ("--database",))]
    run = [sys.executable, "-m", "tests.bench.map_bench", *wanted]
    # A process of its own gives back the memory that a large review takes.
    subprocess.run(run, check=True, cwd=REPOSITORY)
    return folder / "site"


def _prepare(number: int, whole: bool) -> None:
    folder = KEPT / str(number)
    site = folder / "site"
    bench = REPOSITORY / "tests" / "bench"
    package = REPOSITORY / "evidence_map"
    stored = [*bench.glob("invented_*.py"), *(package / "database").iterdir(), package / "dimensions.py"]
    shown = [
        *package.rglob("*.py"),
        *(REPOSITORY / "site_templates").rglob("*.*"),
        *bench.glob("map_site.py"),
    ]
    stages: tuple[tuple[str, list[Path], Callable[[], object]], ...] = (
        ("database", stored, lambda: write_database(invented_review(number, folder / "review"), site)),
        ("site", [*stored, *shown], lambda: write_map_site(site)),
    )
    for name, sources, make in stages if whole else stages[:1]:
        stamp, digest = folder / f"{name}.stamp", _digest(sources)
        if stamp.exists() and stamp.read_text() == digest:
            continue
        stamp.unlink(missing_ok=True)
        start = time.perf_counter()
        make()
        print(f"{number:,} records: {name} made in {time.perf_counter() - start:.0f} s", flush=True)
        stamp.write_text(digest)


def _digest(sources: list[Path]) -> str:
    content = hashlib.sha256()
    for source in sorted(sources):
        if source.is_file() and source.suffix != ".pyc":
            content.update(source.read_bytes())
    return content.hexdigest()


# --- The table -------------------------------------------------------------------------------------


def table(all_measured: list[Measured]) -> str:
    """Return the table of docs/benchmarks.md."""
    head = ["", *(f"{m.number:,} records" for m in all_measured)]
    lines = [head, ["---", *("---:" for _ in all_measured)]]
    lines += [[name, *(value(m) for m in all_measured)] for name, value in ROWS]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _clicks(part: str) -> Callable[[Measured], str]:
    """Return how the median and the 95th percentile of a part of all clicks are shown."""
    return lambda m: _pair([getattr(click, part) for click in m.clicks])


def _frames(part: str) -> Callable[[Measured], str]:
    return lambda m: _pair([getattr(frame, part) for frame in m.frames])


def _pair(values: list[float]) -> str:
    return f"{_ms(percentile(values, 0.5))}, {_ms(percentile(values, 0.95))}"


def _event(m: Measured) -> str:
    value = percentile(m.events, 0.95)
    return f"{value:.0f} ms" if value else "under 16 ms"


def _ms(value: float) -> str:
    return f"{value:.1f} ms" if value < 100 else f"{value:.0f} ms"


def _seconds(value: float) -> str:
    return f"{value / 1000:.2f} s"


def _size(value: float) -> str:
    return f"{value / 1000:.0f} KB" if value < 1_000_000 else f"{value / 1_000_000:.1f} MB"


Aim = tuple[str, Callable[[Measured], float], float, Callable[[float], str]]


def _work(m: Measured) -> float:
    return percentile((click.work for click in m.clicks), 0.95)


AIMS: dict[int, list[Aim]] = {
    10_000: [
        ("work from click to counts, p95,", _work, 16, lambda ms: _ms(ms)),
        ("loaded before the first click", lambda m: m.wire, 500_000, lambda size: _size(size)),
        ("page opened to live map", lambda m: median(m.live), 1_000, lambda ms: _seconds(ms)),
    ],
    100_000: [("work from click to counts, p95,", _work, 100, lambda ms: _ms(ms))],
}
"""By number of records: what, its value, the aim, and how both are shown."""

ROWS: list[tuple[str, Callable[[Measured], str]]] = [
    ("Findings", lambda m: f"{m.findings:,}"),
    ("**Click to counts**, work: p50, p95", _clicks("work")),
    ("of it script", _clicks("script")),
    ("of it styles, layout and painting", _clicks("drawing")),
    ("Click to painted frame, with the wait for the screen: p50, p95", _clicks("whole")),
    ("the same as event timing tells it, in steps of 8 ms: p95", lambda m: _event(m)),
    (
        "Work for a click of which the page takes no notice: p50, p95",
        lambda m: _pair(m.floor),
    ),
    ("Processor time of the page for a click: p50, p95", _frames("whole")),
    ("of it script", _frames("script")),
    ("of it styles", _frames("style")),
    ("of it layout", _frames("layout")),
    ("of it painting", _frames("paint")),
    ("**Page opened to live map**", lambda m: _seconds(median(m.live))),
    ("the same on a line of 10 Mbit/s and 40 ms", lambda m: _seconds(m.live_on_line)),
    ("**Loaded before the first click**", lambda m: _size(m.wire)),
    ("in how many requests", lambda m: str(m.requests)),
    ("Codes of all findings (columns.bin)", lambda m: _size(m.columns)),
    ("Memory of the page’s scripts", lambda m: _size(m.memory)),
    ("The one file for offline use", lambda m: _size(m.offline)),
    ("that file opened to live map", lambda m: _seconds(m.offline_live)),
]
"""The lines of the table: what, and how it is shown."""


def verdict(all_measured: list[Measured]) -> str:
    """Return which aims are met."""
    found = {m.number: m for m in all_measured}
    lines = []
    for number, aims in AIMS.items():
        if m := found.get(number):
            for what, value, aim, shown in aims:
                word = "met" if value(m) < aim else "missed"
                lines.append(
                    f"- {number:,} records, {what} under {shown(aim)}: **{word}** ({shown(value(m))})."
                )
    return "\n".join(lines)


def machine(version: str, loads: list[float]) -> str:
    """Return what was measured with, in one paragraph."""
    load = ", ".join(f"{own:.1f}" for own in loads)
    chromium_used = f"Chromium {version} without a window"
    return f"{measured_with(chromium_used)} Load of the machine when each review’s turn came: {load}."


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(description="Measure the live map.")
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="how many records")
    parser.add_argument("--write", action="store_true", help="write the table of docs/benchmarks.md")
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--database", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.prepare:
        _prepare(arguments.prepare, not arguments.database)
        return
    path = chromium() or shutil.which("chromium")
    if path is None:
        sys.exit("error: no Chromium found: install it, or name it in the variable CHROMIUM")
    sites = {number: prepare(number) for number in arguments.sizes}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        measured = []
        for number, site in sites.items():
            measured.append(measure(browser, number, site))
            print(table(measured[-1:]), flush=True)
        used = machine(browser.version, [own.load for own in measured])
        text = f"{table(measured)}\n\n{verdict(measured)}\n\n{used}"
        browser.close()
    if arguments.write:
        write("map", text)
    else:
        print(text)


if __name__ == "__main__":
    main()
