"""Values that are terms of the codebook.

Which dimension a coded field belongs to is said by the codebook (``field: sample.roles``), so
that the model knows no topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Field

from evidence_map.model.absence import Stated
from evidence_map.model.scalars import Slug, Some


@dataclass(frozen=True)
class Coded:
    """Marks a field whose value is a term (or several) of a codebook dimension."""

    several: bool


Term = Annotated[Stated[Slug], Coded(several=False)]
"""One term of the dimension that the codebook gives to the field."""

Terms = Annotated[Stated[Some[Slug]], Coded(several=True)]
"""One or several terms of the dimension that the codebook gives to the field."""

Codes = Annotated[
    dict[Slug, Stated[Some[Slug]]],
    Field(examples=[{"theme": ["grief-and-loss"]}]),
]
"""Further dimensions by their id, each with a list of terms."""


def coded_fields(model: type[BaseModel], prefix: str = "") -> dict[str, bool]:
    """Return the path of each coded field of *model* and whether it takes several terms.

    >>> from evidence_map.model.record import Record
    >>> coded_fields(Record)["design.approach"]
    False
    """
    found: dict[str, bool] = {}
    for name, field in model.model_fields.items():
        marks = [mark for mark in field.metadata if isinstance(mark, Coded)]
        if marks:
            found[prefix + name] = marks[0].several
            continue
        section = _section_type(field.annotation)
        if section is not None:
            found.update(coded_fields(section, f"{prefix}{name}."))
    return found


def _section_type(annotation: Any) -> type[BaseModel] | None:
    """Return the section that a field holds directly or as an optional value; none for lists."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is list:
        return None
    for part in get_args(annotation):
        if (found := _section_type(part)) is not None:
            return found
    return None
