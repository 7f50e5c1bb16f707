"""How long it takes to write 100,000 references and to import 10,000: a command, never a test.

``make bench`` writes the table of docs/benchmarks.md; ``python -m tests.bench.references_bench``
prints it. Each measure runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from evidence_map.checking import check
from evidence_map.exports.bibtex import bibtex_entry
from evidence_map.exports.formats import FORMATS
from evidence_map.exports.ris import as_ris
from evidence_map.imports import ris
from evidence_map.imports.decoding import decoded
from evidence_map.imports.intake import Intake
from evidence_map.imports.record_files import write_drafts
from evidence_map.site.evidence import Evidence, Report
from tests.bench.invented_reviews import InventedReview
from tests.bench.map_bench import KEPT, prepare
from tests.bench.map_site import DATABASE
from tests.bench.report import measured_with, write
from tests.reviews import REPOSITORY

EXPORTED, IMPORTED = 100_000, 10_000
FORMATS_MEASURED = ("bibtex", "bibtex-ascii", "ris", "csl-json", "endnote", "endnote-xml", "json-lines")


def peak() -> float:
    """Return the most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def export(number: int, name: str) -> dict[str, Any]:
    """Write *number* references in one format, or with bibtexparser's own writer."""
    with Evidence(KEPT / str(number) / "site" / DATABASE) as evidence:
        reports = evidence.exported
        loaded = peak()
        start = time.perf_counter()
        if name == "bibtexparser":
            content = write_string(Library([_parsers_entry(report) for report in reports])).encode()
        else:
            content = FORMATS[name].content(reports, evidence)
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "loaded": loaded, "peak": peak(), "bytes": len(content)}


def _parsers_entry(report: Report) -> Entry:
    own = bibtex_entry(report)
    return Entry(own.type, own.key, [Field(name, value) for name, value in own.fields.items()])


def take_in(number: int) -> dict[str, Any]:
    """Import *number* references in RIS into a review without records, and then once more."""
    with Evidence(KEPT / str(number) / "site" / DATABASE) as evidence:
        data = as_ris(list(evidence.reports.values())).encode()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "records").mkdir()
        (root / "synthesis").mkdir()
        for name, text in InventedReview(number).synthesis():
            (root / "synthesis" / name).write_text(text, "utf-8")
        first, again = _taken(root, data), _taken(root, data)
    return {"peak": peak(), "bytes": len(data), "first": first, "again": again}


def _taken(root: Path, data: bytes) -> dict[str, Any]:
    start = time.perf_counter()
    review = check(root).review
    assert review is not None
    checked = time.perf_counter()
    text, _ = decoded(data, "invented.ris")
    reading = ris.read(text, "invented.ris")
    read = time.perf_counter()
    outcome = Intake(review, [], "2026-01-01").take(reading, "invented.ris", "RIS")
    sorted_out = time.perf_counter()
    write_drafts(root, outcome.drafts)
    return {
        "check": checked - start,
        "read": read - checked,
        "sort": sorted_out - read,
        "write": time.perf_counter() - sorted_out,
        "new": len(outcome.new),
        "likely": len(outcome.likely),
        "here": len(outcome.here),
        "refused": len(outcome.refused),
    }


MEASURES: dict[str, Callable[..., dict[str, Any]]] = {"export": export, "take_in": take_in}


def measured(*arguments: str | int) -> dict[str, Any]:
    """Run one measure in a process of its own and return what it found."""
    command = [sys.executable, "-m", "tests.bench.references_bench", "--measure", *map(str, arguments)]
    run = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    print(arguments, result, file=sys.stderr, flush=True)
    return result


def exports_table(number: int) -> str:
    """Return the table of what it takes to write *number* references."""
    lines = ["| Format | seconds | peak of memory | size |", "| --- | ---: | ---: | ---: |"]
    loaded = 0.0
    for name in (*FORMATS_MEASURED, "bibtexparser"):
        found = measured("export", number, name)
        loaded = max(loaded, found["loaded"])
        label = "BibTeX by bibtexparser’s own writer" if name == "bibtexparser" else FORMATS[name].label
        size, most = f"{found['bytes'] / 1e6:.0f} MB", f"{found['peak'] / 1024:.2f} GB"
        lines.append(f"| {label} | {found['seconds']:.1f} s | {most} | {size} |")
    held = f"The database itself, as objects, takes up to {loaded / 1024:.2f} GB of it."
    return "\n".join([*lines, "", held])


def import_table(number: int) -> str:
    """Return the table of what it takes to import *number* references."""
    found = measured("take_in", number)
    both = found["first"], found["again"]
    steps = {
        "Check the review": "check",
        "Read the file": "read",
        "Compare, and make drafts": "sort",
        "Write the files": "write",
    }
    lines = [
        f"| {number:,} references in RIS ({found['bytes'] / 1e6:.0f} MB) | first time | once more |",
        "| --- | ---: | ---: |",
    ]
    lines += [f"| {label} | " + " | ".join(f"{own[step]:.1f} s" for own in both) + " |"
              for label, step in steps.items()]  # fmt: skip
    kinds = {"New": "new", "Possibly the same": "likely", "Already here": "here", "Refused": "refused"}
    lines += [f"| {label} | " + " | ".join(f"{own[kind]:,}" for own in both) + " |"
              for label, kind in kinds.items()]  # fmt: skip
    return "\n".join(lines) + f"\n\nPeak of memory: {found['peak'] / 1024:.2f} GB."


def main() -> None:
    """Measure, and print or write the tables."""
    parser = argparse.ArgumentParser(description="Measure references out and in.")
    parser.add_argument("--write", action="store_true", help="write the tables of docs/benchmarks.md")
    parser.add_argument("--exported", type=int, default=EXPORTED, help="how many are written")
    parser.add_argument("--imported", type=int, default=IMPORTED, help="how many are imported")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        kind, number, *rest = arguments.measure
        print(json.dumps(MEASURES[kind](int(number), *rest)))
        return
    for number in (arguments.exported, arguments.imported):
        prepare(number, whole=False)
    text = "\n\n".join(
        (exports_table(arguments.exported), import_table(arguments.imported), measured_with())
    )
    if arguments.write:
        write("references", text)
    else:
        print(text)


if __name__ == "__main__":
    main()
