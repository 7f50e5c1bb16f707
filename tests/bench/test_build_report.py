"""What is said of measurements: which aims are met, how values grow, and what is drawn."""

from __future__ import annotations

import itertools
from typing import Any

from lxml import etree

from tests.bench.build_plot import LINES, plot
from tests.bench.build_report import aims, tables


def measured(number: int, seconds: float) -> dict[str, Any]:
    took = {"seconds": seconds, "processor": seconds * 2, "memory": 5e8}
    commands = ("check", "check with kept work", "check one file", "build again", "build after a change")
    return {
        "number": number,
        "bytes of records": number * 3_000,
        **dict.fromkeys(commands, took),
        "build": {**took, "stages": {"check": seconds / 2, "pages": seconds / 2}, "pages": number},
        "parts": {
            name: [number * 1_000, number]
            for name in ("store", "exports", "index", "shell", "render", "whole")
        },
        "stages": {"load": seconds, "validate": seconds, "cross-check": seconds},
        "libyaml": {"events": 1.0, "nodes": 2.0, "values": 4.0},
        "mkdocs": {"seconds": 8.0, "processor": 8.0, "memory": 1e8},
        "material": {"seconds": 20.0, "processor": 20.0, "memory": 1e8},
    }


def test_an_aim_is_met_or_missed() -> None:
    told = aims([measured(1_000, 0.5), measured(10_000, 5.0)])
    assert "no page in its navigation: **missed** (5.00 s; at most 4.00 s)" in told
    assert "the same with the theme of the site: **met** (5.00 s; at most 10.0 s)" in told
    assert "`check PATH` under 1 s: **missed** (5.00 s; at most 1.00 s)" in told
    assert "memory under 1 GB: **met** (500 MB; at most 1,000 MB)" in told
    assert "1,000 records, " not in told.replace("10,000 records, ", "")


def test_growth_is_told_as_an_exponent() -> None:
    told = tables([measured(100, 1.0), measured(1_000, 1.0), measured(10_000, 100.0)])
    rows = {line.split("|")[1].strip(): line for line in told.splitlines() if line.startswith("|")}
    assert rows["`check`, nothing kept"].endswith("| 1.00 s | 1.00 s | 100 s | 2.00 |")
    assert rows["libyaml, events"].endswith("| 0.00 |")


def test_the_plot_names_each_line_once() -> None:
    drawing = etree.fromstring(plot([measured(1_000, 0.5), measured(10_000, 5.0)]).encode())
    texts = [node.text for node in drawing.iter("{*}text")]
    drawn = [name for name, *_ in LINES if name != "mkdocs, pages in its navigation"]
    assert [texts.count(name) for name in drawn] == [1] * len(drawn)
    heights = sorted(float(node.get("y", "")) for node in drawing.iter("{*}text") if node.text in drawn)
    assert all(below - above >= 14.9 for above, below in itertools.pairwise(heights))


def test_a_line_that_ends_early_says_where() -> None:
    small = measured(1_000, 0.5) | {"in navigation": {"seconds": 9.0}}
    drawing = etree.fromstring(plot([small, measured(10_000, 5.0)]).encode())
    texts = [node.text for node in drawing.iter("{*}text")]
    assert "mkdocs, pages in its navigation (to 1,000)" in texts
