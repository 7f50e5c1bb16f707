"""A codebook that records could not be coded with."""

from __future__ import annotations

from evidence_map.dimensions import BUILT_IN_NAMES, NONE_OF_THESE
from evidence_map.model.absence import intended_absence
from evidence_map.model.coding import coded_fields
from evidence_map.model.record import Finding, Record
from evidence_map.problems import nearest
from evidence_map.review import Review
from evidence_map.rules.registry import Found, rule

FIELDS = {"records": coded_fields(Record), "findings": coded_fields(Finding)}
"""The coded fields of records and of findings, each with whether it takes several terms."""

_NO_TERM = "Records say “not reported” instead; choose an id that says what is unclear: mixed-roles."


@rule(
    "codebook-field",
    "A dimension names a field that cannot hold it",
    why="Its terms could never be used.",
    cure="Name a coded field of the record or finding, or leave “field” out to use “codes”.",
)
def codebook_field(review: Review) -> Found:
    """A dimension's field exists, fits one or several terms, and belongs to it alone."""
    taken: dict[tuple[str, str], str] = {}
    for index, dimension in enumerate(review.codebook.value.dimensions):
        place = review.codebook.at("dimensions", index, "field")
        fields = FIELDS[dimension.applies_to]
        slot = (dimension.applies_to, dimension.field)
        if dimension.field == "codes":
            continue
        if dimension.field not in fields:
            hint = nearest(dimension.field, list(fields)) or "The coded fields are: " + ", ".join(fields)
            yield place, f"“{dimension.field}” is not a coded field of {dimension.applies_to}", hint
        elif fields[dimension.field] != dimension.several:
            number = "several terms" if fields[dimension.field] else "one term"
            hint = f"Write several: {str(fields[dimension.field]).lower()}."
            yield place, f"“{dimension.field}” takes {number}", hint
        elif slot in taken:
            yield place, f"“{dimension.field}” already belongs to “{taken[slot]}”", ""
        taken.setdefault(slot, dimension.id)


@rule(
    "built-in-dimension",
    "A dimension has the name of a built-in one",
    why="Maps and filters could not tell the two apart.",
    cure="Choose another id.",
)
def built_in_dimension(review: Review) -> Found:
    """Ids of dimensions are not those of the dimensions that every review has."""
    for index, dimension in enumerate(review.codebook.value.dimensions):
        if dimension.id in BUILT_IN_NAMES:
            place = review.codebook.at("dimensions", index, "id")
            yield place, f"“{dimension.id}” is a built-in dimension", ""


@rule(
    "reserved-term",
    "A term has a name that has a meaning of its own",
    why="Maps keep one for what has no term; others say that a value is missing.",
    cure="Choose another id.",
)
def reserved_term(review: Review) -> Found:
    """No term is called like the row *none of these*, or like a missing value."""
    for index, dimension in enumerate(review.codebook.value.dimensions):
        for placed in dimension.walk():
            name = placed.term.id
            place = review.codebook.at("dimensions", index, *placed.location, "id")
            if name == NONE_OF_THESE:
                yield place, f"“{name}” is reserved", ""
            elif intended_absence(name):
                yield place, f"“{name}” is read as a missing value", _NO_TERM
