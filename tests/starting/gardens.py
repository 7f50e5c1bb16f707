"""An invented review of school gardens, on nothing that any other review here is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from evidence_map.cli import main
from evidence_map.starting import answers
from evidence_map.starting.answers import Answers
from evidence_map.starting.frames import FRAMES, Frame

GARDENS = {
    "--title": "School gardens: what pupils learn from them, and what they eat",
    "--question": "What do school gardens change for the pupils who work in them?",
    "--summary": "An invented review of gardens that do not exist.",
    "--by": "The invented gardeners",
    "--frame": "intervention-outcome",
}
"""The options that a review needs, apart from its terms."""

TERMS = {
    "intervention": "School garden: pupils grow plants at school; Cooking lessons",
    "outcome": "Vegetables eaten; Knowledge of plants",
}
ALL_TERMS = {
    **TERMS,
    "population": "Pupils; Teachers",
    "concept": "Learning outdoors; Eating",
    "context": "Primary school; After-school club",
    "theme": "Pride in the harvest; Time",
    "group": "Pupils; Parents",
}


def options(changes: dict[str, str | None] | None = None, **terms: str) -> list[str]:
    """Return the arguments of ``init``: those of the gardens, changed, or left out where None."""
    chosen: dict[str, str | None] = {**GARDENS, **(changes or {})}
    given = [part for name, value in chosen.items() if value is not None for part in (name, value)]
    for name, value in (terms or TERMS).items():
        given += ["--terms", f"{name}={value}"]
    return given


def init(folder: Path, *arguments: str, typed: str | None = None) -> Result:
    """Run ``init`` and insist that it ends in an orderly way."""
    result = CliRunner().invoke(main, ["init", str(folder), *arguments], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output and "\x1b" not in result.output
    return result


def gardens(frame: Frame = FRAMES["intervention-outcome"], **changes: Any) -> Answers:
    """Return the answers of the invented review, with some changed."""
    terms = {
        each.id: answers.terms(each.id, ALL_TERMS.get(each.id, "One; Two")) for each in frame.dimensions
    }
    made = Answers(
        GARDENS["--title"],
        "School gardens",
        GARDENS["--question"],
        GARDENS["--summary"],
        (GARDENS["--by"],),
        frame,
        terms,
    )
    return replace(made, **changes)
