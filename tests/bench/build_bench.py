"""How long checking and building take, stage by stage: a command, never a test.

``make bench`` measures reviews of 100, 1,000 and 10,000 invented records, beside MkDocs over as many
plain pages and libyaml over the same files, and writes the tables and the plot of docs/benchmarks.md.
``python -m tests.bench.build_bench 1000`` measures one and prints it; ``--largest`` measures 100,000.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from evidence_map.kept_work import PLACE
from tests.bench.build_plot import plot
from tests.bench.build_report import aims, tables
from tests.bench.compared_with import mkdocs
from tests.bench.invented_reviews import InventedReview
from tests.bench.report import PAGE, measured_with, write
from tests.bench.watched import Watched, watched
from tests.reviews import REPOSITORY

SIZES = (100, 1_000, 10_000)
LARGEST = 100_000
KEPT = REPOSITORY / "build" / "bench" / "builds"
RESULTS = KEPT / "results.json"

MOST_IN_NAVIGATION = 2_000
"""Pages up to which MkDocs is measured with each in the navigation; its time grows with their square."""

Measured = dict[str, Any]


def measure(number: int) -> Measured:
    """Measure a review of *number* records; every command runs in processes of its own.

    Of the largest only what is done once is measured: what is done again, and what others do, would
    take an hour more.
    """
    folder = KEPT / str(number)
    root, site, kept = folder / "review", folder / "site", folder / "kept"
    for old in (root, site, kept):
        shutil.rmtree(old, ignore_errors=True)
    InventedReview(number).write(root)
    nothing, something = {PLACE: "off"}, {PLACE: str(kept)}
    found: Measured = {"number": number, "bytes of records": _size(root / "records")[0]}
    found["check"] = _told(_check(root, nothing))
    found["build"] = _built(root, site, something)
    found["parts"] = parts(site)
    found["check with kept work"] = _told(_check(root, something))
    if number < LARGEST:
        found["build again"] = _built(root, site, something)
    changed = _change(root)
    found["check one file"] = _told(_check(root, something, changed))
    if number < LARGEST:
        found["build after a change"] = _built(root, site, something)
        found["stages"] = json.loads(_run("--stages", root, nothing).output.splitlines()[-1])
        found |= _compared(folder, root, found["build"]["pages"])
    shutil.rmtree(site)
    return found


def _built(root: Path, site: Path, environment: dict[str, str]) -> Measured:
    taken = _build(root, site, environment)
    told: Measured = json.loads(taken.output.splitlines()[-1])
    return _told(taken) | told


def _compared(folder: Path, root: Path, pages: int) -> Measured:
    run = [sys.executable, "-m", "tests.bench.compared_with", "libyaml", str(root)]
    found: Measured = {"libyaml": json.loads(watched(run, REPOSITORY).output)}
    for theme in ("mkdocs", "material"):
        found[theme] = _told(mkdocs(folder / "plain", pages, theme, in_navigation=False))
    if pages <= MOST_IN_NAVIGATION:
        found["in navigation"] = _told(mkdocs(folder / "plain", pages, "mkdocs", in_navigation=True))
    return found


def _told(taken: Watched) -> dict[str, float]:
    return {"seconds": taken.seconds, "processor": taken.processor, "memory": taken.memory}


def _check(root: Path, environment: dict[str, str], path: Path | None = None) -> Watched:
    command = [sys.executable, "build.py", "check", "--root", str(root), "--format", "json"]
    return watched([*command, *([str(path)] if path else [])], REPOSITORY, environment)


def _build(root: Path, site: Path, environment: dict[str, str]) -> Watched:
    return _run("--build", root, environment, site)


def _run(what: str, root: Path, environment: dict[str, str], *more: Path) -> Watched:
    command = [sys.executable, "-m", "tests.bench.build_bench", what, str(root), *map(str, more)]
    return watched(command, REPOSITORY, environment)


def _change(root: Path) -> Path:
    """Change one record in the middle as an editor would, and return its file."""
    files = sorted((root / "records").glob("*.yml"))
    for file in files[len(files) // 2 :]:
        text = file.read_text("utf-8")
        if '  aim: "' in text:
            file.write_text(text.replace('  aim: "', '  aim: "Changed since. ', 1), "utf-8")
            return file
    raise AssertionError("no record has an aim")


# --- What runs in processes of its own -------------------------------------------------------------


def build(root: Path, site: Path) -> None:
    """Build a site and print what it took."""
    from evidence_map.building import build as build_site

    built = build_site(root, site)
    assert built.published, built.problems
    print(json.dumps({"stages": built.seconds, "pages": built.pages, "totals": built.totals}))


def stages(root: Path) -> None:
    """Read, validate and judge a review one after the other in one process, and print the seconds."""
    from evidence_map.loading import load_review
    from evidence_map.model import Record
    from evidence_map.rules import find_problems
    from evidence_map.validation import validate
    from evidence_map.yaml_source import Document, read_document

    files = sorted((root / "records").glob("*.yml"))
    start = time.perf_counter()
    documents = [read_document(file, Path(file.name)) for file in files]  # type: ignore[arg-type]
    loaded = time.perf_counter()
    for document in documents:
        assert isinstance(document, Document)
        validate(document, Record)
    validated = time.perf_counter()
    review, _ = load_review(root)
    assert review is not None
    again = time.perf_counter()
    find_problems(review)
    end = time.perf_counter()
    print(
        json.dumps({"load": loaded - start, "validate": validated - loaded, "cross-check": end - again})
    )


# --- What was written ------------------------------------------------------------------------------


def parts(site: Path) -> dict[str, list[int]]:
    """Return bytes and files of each part of a site, and of the whole."""
    found = {name: [0, 0] for name in ("store", "exports", "index", "shell", "render", "whole")}
    for place, _, names in os.walk(site):
        for name in names:
            file = Path(place, name)
            size = file.stat().st_size
            for part in (_part(file.relative_to(site)), "whole"):
                found[part][0] += size
                found[part][1] += 1
    return found


def _part(file: Path) -> str:
    if file.name == "evidence.db":
        return "store"
    if file.parts[0] == "data":
        live = file.parts[1] in {"map", "records", "evidence-map.html", "index.html"}
        return "render" if live else "exports"
    if file.parts[0] == "pagefind":
        return "index"
    return "shell" if file.parts[0] in {"assets", "css", "js"} else "render"


def _size(folder: Path) -> tuple[int, int]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files), len(files)


def main() -> None:
    """Measure, and print or write the tables and the plot."""
    parser = argparse.ArgumentParser(description="Measure checking and building.")
    parser.add_argument("numbers", type=int, nargs="*", default=SIZES, help="how many records")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its plot")
    parser.add_argument("--largest", action="store_true", help=f"measure {LARGEST:,} records, too")
    parser.add_argument("--build", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--stages", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build:
        return build(*arguments.build)
    if arguments.stages:
        return stages(arguments.stages)
    results: dict[str, Measured] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for number in [*arguments.numbers, *([LARGEST] if arguments.largest else [])]:
        results[str(number)] = measure(number)
        print(json.dumps(results[str(number)], indent=1), file=sys.stderr, flush=True)
        RESULTS.write_text(json.dumps(results))
    chosen = [results[str(number)] for number in sorted(map(int, results))]
    text = f"{tables(chosen)}\n\n{aims(chosen)}\n\n{measured_with()}"
    if arguments.write:
        write("build", text)
        PAGE.with_suffix(".svg").write_text(plot(chosen), "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
