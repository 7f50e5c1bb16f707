"""Maps whose frame does not exist."""

from __future__ import annotations

from evidence_map.dimensions import BUILT_IN_NAMES
from evidence_map.problems import Severity, nearest
from evidence_map.review import Review
from evidence_map.rules.registry import Found, rule

MOST_SEGMENTS = 6
"""More colours than this cannot be told apart by everyone."""


@rule(
    "map-dimension",
    "A map uses a dimension that does not exist",
    why="The map would be empty.",
    cure="Name a dimension of the codebook or a built-in one.",
)
def map_dimension(review: Review) -> Found:
    """Rows, columns and segments are dimensions, and rows and columns differ."""
    known = [*review.frame.dimensions, *BUILT_IN_NAMES]
    for located in review.maps.values():
        for part in ("rows", "columns", "segments"):
            name = getattr(located.value, part)
            if name is not None and name not in known:
                hint = nearest(name, known) or "Dimensions are: " + ", ".join(known) + "."
                yield located.at(part), f"there is no dimension “{name}”", hint
        if located.value.rows == located.value.columns:
            yield located.at("columns"), "rows and columns are the same dimension", ""


@rule(
    "map-cell",
    "A map declares a cell that it does not have",
    why="The reason would be shown nowhere.",
    cure="Use terms of the map's rows and columns.",
)
def map_cell(review: Review) -> Found:
    """Cells outside the frame are cells of the map."""
    for located in review.maps.values():
        for index, cell in enumerate(located.value.outside or []):
            for part, dimension in (("row", located.value.rows), ("column", located.value.columns)):
                terms = review.frame.terms.get(dimension)
                term = getattr(cell, part)
                if terms is not None and term not in terms:
                    place = located.at("outside", index, part)
                    yield place, f"“{dimension}” has no term “{term}”", nearest(term, list(terms))


@rule(
    "many-segments",
    "A map divides its bubbles into too many segments",
    why=f"More than {MOST_SEGMENTS} colours cannot be told apart; the rest are shown as “other”.",
    cure="Choose a dimension with fewer terms or groups.",
    severity=Severity.WARNING,
)
def many_segments(review: Review) -> Found:
    """Segments have at most six terms at their top level."""
    for located in review.maps.values():
        dimension = review.frame.dimensions.get(located.value.segments or "")
        if dimension and len(dimension.terms) > MOST_SEGMENTS:
            yield (
                located.at("segments"),
                f"“{dimension.id}” has {len(dimension.terms)} terms at its top level",
                "",
            )
