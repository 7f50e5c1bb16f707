"""What was measured of checking and building, as tables, and as aims that are met or not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

Measured = dict[str, Any]
Value = Callable[[Measured], float | None]

STAGES = {
    "check": "Read, validate and cross-check",
    "shell": "Shell and written pages (MkDocs)",
    "database": "Store",
    "exports": "Exports, as far as they are waited for",
    "citations": "Citations in six styles",
    "pages": "Render the pages",
    "index": "Index of words (Pagefind)",
}
"""The stages of a build, as it names them itself."""

PARTS = {
    "render": "Pages and data of the map",
    "store": "Database",
    "exports": "Exports",
    "index": "Index of words",
    "shell": "Shell: styles, scripts, pictures",
    "whole": "**Whole site**",
}

NAVIGATION_GROWTH = 2.0
"""MkDocs prints the navigation on each page, so its time grows with the square of the pages."""


def tables(chosen: list[Measured]) -> str:
    """Return the tables of docs/benchmarks.md, a column for each review."""
    return "\n\n".join(
        (
            "### A first build, stage by stage\n\n"
            + _table(chosen, list(_build_rows(chosen)), growth=True),
            "### What a site holds\n\n" + _table(chosen, list(_part_rows()), growth=True),
            "### Checking, and building again\n\n" + _table(chosen, list(_again_rows()), growth=True),
            "### Beside it, in the same run\n\n" + _table(chosen, list(_compared_rows()), growth=True),
        )
    )


Row = tuple[str, Value, Callable[[float], str]]


def _build_rows(chosen: list[Measured]) -> Iterator[Row]:
    named = {name for m in chosen for name in m["build"]["stages"]}
    for name in [*STAGES, *sorted(named - STAGES.keys())]:
        yield STAGES.get(name, name.capitalize()), _stage(name), _seconds
    yield "**Whole build**, from start to end", of("build", "seconds"), _seconds
    yield "the same, of all processors", of("build", "processor"), _seconds
    yield "Most memory at one time", of("build", "memory"), _megabytes
    yield "On one processor, alone: load (read and parse)", of("stages", "load"), _seconds
    yield "validate", of("stages", "validate"), _seconds
    yield "cross-check", of("stages", "cross-check"), _seconds


def _part_rows() -> Iterator[Row]:
    yield "Records, as they are read", lambda m: m["bytes of records"], _megabytes
    for name, label in PARTS.items():
        yield label, _part(name, 0), _megabytes
    yield "Files", _part("whole", 1), _count
    yield "Pages that MkDocs or a template made", of("build", "pages"), _count


def _again_rows() -> Iterator[Row]:
    yield "`check`, nothing kept", of("check", "seconds"), _seconds
    yield "`check`, nothing changed", of("check with kept work", "seconds"), _seconds
    yield "`check PATH` after one record changed", of("check one file", "seconds"), _seconds
    yield "`build` again, nothing changed", of("build again", "seconds"), _seconds
    yield "`build` after one record changed", of("build after a change", "seconds"), _seconds
    yield "Most memory of `check`", of("check", "memory"), _megabytes


def _compared_rows() -> Iterator[Row]:
    yield "libyaml, events", of("libyaml", "events"), _seconds
    yield "libyaml, nodes with their places", of("libyaml", "nodes"), _seconds
    yield "libyaml, values (`yaml.load`)", of("libyaml", "values"), _seconds
    yield (
        "`mkdocs build`, as many plain pages, none in the navigation",
        of("mkdocs", "seconds"),
        _seconds,
    )
    yield "the same with the theme of the site", of("material", "seconds"), _seconds
    yield (
        "`mkdocs build` as it comes: each page in the navigation",
        of("in navigation", "seconds"),
        _seconds,
    )


def _table(chosen: list[Measured], rows: list[Row], *, growth: bool) -> str:
    head = ["", *(f"{m['number']:,} records" for m in chosen), "growth"]
    lines = [head, ["---", *("---:" for _ in head[1:])]]
    for label, value, shown in rows:
        values = [value(m) for m in chosen]
        cells = ["—" if each is None else shown(each) for each in values]
        lines.append([label, *cells, _growth(chosen, value)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _growth(chosen: list[Measured], value: Value) -> str:
    """Return the exponent with which a value grows between the two largest reviews that have it."""
    known = [(m["number"], value(m)) for m in chosen]
    points = [(number, each) for number, each in known if each and each > 0]
    if len(points) < 2:
        return "—"
    (small, first), (large, second) = points[-2:]
    return f"{math.log(second / first) / math.log(large / small):.2f}"


def of(*names: str) -> Value:
    def value(measured: Measured) -> float | None:
        found: Any = measured
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return None if found is None else float(found)

    return value


def _stage(name: str) -> Value:
    return of("build", "stages", name)


def _part(name: str, index: int) -> Value:
    def value(measured: Measured) -> float:
        return float(measured["parts"][name][index])

    return value


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:,.1f} MB" if value < 1e8 else f"{value / 1e6:,.0f} MB"


def _count(value: float) -> str:
    return f"{value:,.0f}"


def aims(chosen: list[Measured]) -> str:
    """Return each aim with what was measured, and whether it is met."""
    lines = [line for m in chosen for line in _aims_of(m)]
    return "### Aims\n\n" + "\n".join(lines)


def _aims_of(m: Measured) -> Iterator[str]:
    number = f"{m['number']:,} records"
    if m["number"] == 10_000:
        build, check = m["build"]["seconds"], m["check"]["seconds"]
        plain, theme = m["mkdocs"]["seconds"], m["material"]["seconds"]
        bare = f"{number}, whole build at most half of bare `mkdocs build`, no page in its navigation"
        yield _aim(bare, build, plain / 2, _seconds)
        yield _aim(f"{number}, the same with the theme of the site", build, theme / 2, _seconds)
        values, nodes = m["libyaml"]["values"], m["libyaml"]["nodes"]
        yield _aim(f"{number}, `check` at most twice libyaml’s values", check, 2 * values, _seconds)
        yield _aim(f"{number}, `check` at most twice libyaml’s nodes", check, 2 * nodes, _seconds)
        changed = m["build after a change"]["seconds"]
        yield _aim(f"{number}, `build` after one record changed under 2 s", changed, 2, _seconds)
        yield _aim(f"{number}, `check PATH` under 1 s", m["check one file"]["seconds"], 1, _seconds)
        yield _aim(f"{number}, memory under 1 GB", m["build"]["memory"], 1e9, _megabytes)
        yield _aim(f"{number}, site under 300 MB", m["parts"]["whole"][0], 3e8, _megabytes)
    if m["number"] == 100_000:
        yield _aim(f"{number}, whole build within 15 minutes", m["build"]["seconds"], 900, _seconds)
        yield _aim(f"{number}, memory under 6 GB", m["build"]["memory"], 6e9, _megabytes)


def _aim(text: str, value: float, limit: float, shown: Callable[[float], str]) -> str:
    verdict = "met" if value <= limit else "missed"
    return f"- {text}: **{verdict}** ({shown(value)}; at most {shown(limit)})."
