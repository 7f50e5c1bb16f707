"""Seconds that commands take over the number of records, as a drawing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape

from tests.bench.build_report import Measured, Value, of

WIDTH, HEIGHT = 800, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 290, 24, 50

LINES: list[tuple[str, Value, str, str]] = [
    ("Whole first build", of("build", "seconds"), "#00567a", ""),
    ("Build after one record changed", of("build after a change", "seconds"), "#00567a", "2 3"),
    ("mkdocs, pages in its navigation", of("in navigation", "seconds"), "#8a3b00", ""),
    ("mkdocs, pages not in it", of("mkdocs", "seconds"), "#8a3b00", "6 3"),
    ("check, nothing kept", of("check", "seconds"), "#3f6b00", ""),
    ("check PATH", of("check one file", "seconds"), "#3f6b00", "2 3"),
    ("libyaml, values", of("libyaml", "values"), "#5b5b5b", "6 3"),
]
"""Name, value, colour and dashes of each line. Each is named beside its end, so colours only help."""


def plot(chosen: list[Measured]) -> str:
    """Return seconds over records as SVG, both in powers of ten."""
    numbers = [m["number"] for m in chosen]
    every = [value for _, taken, _, _ in LINES for m in chosen if (value := taken(m))]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    first, last = math.log10(min(numbers)), math.log10(max(numbers))

    def x(number: float) -> float:
        return LEFT + (math.log10(number) - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT)

    def y(seconds: float) -> float:
        return (
            HEIGHT - BOTTOM - (math.log10(seconds) - low) / ((high - low) or 1) * (HEIGHT - TOP - BOTTOM)
        )

    drawn = [*_axes(numbers, range(low, high + 1), x, y)]
    ends: list[tuple[float, str, str]] = []
    for name, taken, colour, dashes in LINES:
        points = [(x(m["number"]), y(value)) for m in chosen if (value := taken(m))]
        if not points:
            continue
        way = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        drawn.append(
            f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"'
            + (f' stroke-dasharray="{dashes}"' if dashes else "")
            + "/>"
        )
        drawn += [f'<circle cx="{a:.1f}" cy="{d:.1f}" r="3" fill="{colour}"/>' for a, d in points]
        last = max(m["number"] for m in chosen if taken(m))
        ends.append((points[-1][1], name if last == max(numbers) else f"{name} (to {last:,})", colour))
    label = "Seconds that commands take, over the number of records"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{label}" font-family="sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#ffffff"/>\n'
        + "\n".join([*drawn, *_names(ends)])
        + "\n</svg>\n"
    )


def _axes(
    numbers: list[int], powers: range, x: Callable[[float], float], y: Callable[[float], float]
) -> Iterator[str]:
    for power in powers:
        height = y(10.0**power)
        seconds = f"{10.0**power:,.0f} s" if power >= 0 else f"{10.0**power:g} s"
        across = f'x1="{LEFT}" x2="{WIDTH - RIGHT}"'
        yield f'<line {across} y1="{height:.1f}" y2="{height:.1f}" stroke="#d4d8dc"/>'
        place = f'x="{LEFT - 8}" y="{height + 4:.1f}" text-anchor="end"'
        yield f'<text {place} fill="#3b444c">{seconds}</text>'
    for number in numbers:
        yield (
            f'<text x="{x(number):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" '
            f'fill="#3b444c">{number:,}</text>'
        )
    yield (
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle" '
        'fill="#3b444c">records</text>'
    )


def _names(ends: list[tuple[float, str, str]]) -> Iterator[str]:
    """Yield the names of lines beside their ends, none upon another."""
    lowest = 0.0
    for height, text, colour in sorted(ends):
        lowest = max(height + 4, lowest + 15)
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{lowest:.1f}" fill="{colour}">{escape(text)}</text>'
