"""What the page's thread did between a click and the painted frame, from the browser's own trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

CATEGORIES = ["toplevel", "devtools.timeline", "blink.user_timing"]

PARTS = {
    "UpdateLayoutTree": "style",
    "Layout": "layout",
    "PrePaint": "paint",
    "Paint": "paint",
    "Layerize": "paint",
    "Commit": "paint",
}


@dataclass
class Frame:
    """Milliseconds of processor time, which other programs on the machine do not lengthen."""

    whole: float = 0
    style: float = 0
    layout: float = 0
    paint: float = 0

    @property
    def script(self) -> float:
        """What is neither style nor layout nor painting: the scripts, and finding what was clicked."""
        return self.whole - self.style - self.layout - self.paint


def frames(trace: bytes) -> list[Frame]:
    """Return the work of each click in a trace, from ``bench:click`` to ``bench:painted``."""
    events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
    marks = sorted(
        (event for event in events if event["name"] in {"bench:click", "bench:painted"}),
        key=lambda event: event["ts"],
    )
    spans = [
        (one["ts"], other["ts"], one["tid"])
        for one, other in pairwise(marks)
        if (one["name"], other["name"]) == ("bench:click", "bench:painted")
    ]
    works = [event for event in events if event.get("ph") == "X" and "tdur" in event]
    return [_frame(list(_within(works, *span))) for span in spans]


def _within(events: list[dict[str, Any]], start: int, end: int, thread: int) -> Iterator[dict[str, Any]]:
    for event in events:
        if event["tid"] == thread and event["ts"] < end and event["ts"] + event["dur"] > start:
            yield event


def _frame(events: list[dict[str, Any]]) -> Frame:
    frame = Frame()
    over: dict[str, int] = {}
    for event in sorted(events, key=lambda event: event["ts"]):
        name, milliseconds = event["name"], event["tdur"] / 1000
        if name == "ThreadControllerImpl::RunTask":
            frame.whole += milliseconds
        elif (part := PARTS.get(name)) and event["ts"] >= over.get(name, 0):
            # A part of the page is painted within another; the outer time holds the inner one.
            over[name] = event["ts"] + event["dur"]
            setattr(frame, part, getattr(frame, part) + milliseconds)
    return frame
