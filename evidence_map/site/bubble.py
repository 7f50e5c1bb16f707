"""The bubble in a cell: its area tells the count, its ring how the count divides."""

from __future__ import annotations

import math
from dataclasses import dataclass

LARGEST = 21.0
"""Radius of the largest bubble in pixels; a cell is 48 wide."""

DIGIT = 7.0
"""Width of a digit of the number."""

SMALLEST = 3.0
RING = 4.0


@dataclass(frozen=True, slots=True)
class Arc:
    """One part of a ring whose whole length is 100."""

    colour: int
    length: float
    offset: float


@dataclass(frozen=True, slots=True)
class Bubble:
    """What the template needs to draw a bubble; lengths in pixels."""

    radius: float
    ring_radius: float
    number_x: float
    number_inside: bool
    arcs: tuple[Arc, ...]


def bubble(count: int, largest: int, segments: list[tuple[int, int]]) -> Bubble:
    """Return the bubble for *count*, where the largest count on the map is *largest*.

    The area is proportional to the count, except that one study is never smaller than a plainly
    visible dot.

    :param segments: colour and count of each part of the ring.
    """
    step = min(10.0, LARGEST / math.sqrt(max(largest, 1)))
    radius = round(max(SMALLEST, step * math.sqrt(count)), 1)
    inside = 2 * (radius - RING) >= DIGIT * len(str(count)) + 2
    return Bubble(
        radius=radius,
        ring_radius=round(max(radius - RING / 2, radius / 2), 1),
        number_x=24.0 if inside else round(24 + radius + 3, 1),
        number_inside=inside,
        arcs=_arcs(segments),
    )


def _arcs(segments: list[tuple[int, int]]) -> tuple[Arc, ...]:
    whole = sum(number for _, number in segments)
    arcs, offset = [], 0.0
    for colour, number in segments:
        length = round(100 * number / whole, 2)
        arcs.append(Arc(colour, length, round(-offset, 2)))
        offset += length
    return tuple(arcs)
