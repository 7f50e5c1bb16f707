"""Values that are terms of the codebook.

Which dimension a coded field belongs to is said by the codebook (``field: sample.roles``), so
that the model knows no topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Field

from evidence_map.model.absence import Stated
from evidence_map.model.scalars import Line, Some


@dataclass(frozen=True)
class Coded:
    """Marks a field whose value is a term (or several) of a codebook dimension."""

    several: bool


Code = Annotated[Line, Field(max_length=200)]
"""The id of a term or of a dimension.

Any short text is read, so that the rule that knows the codebook can say which id was meant, for
instance where someone wrote the term's label.
"""

Term = Annotated[Stated[Code], Coded(several=False)]
"""One term of the dimension that the codebook gives to the field."""

Codings = Annotated[Some[Code], Field(max_length=200)]
"""Terms of one dimension; a list longer than any codebook is a mistake."""

Terms = Annotated[Stated[Codings], Coded(several=True)]
"""One or several terms of the dimension that the codebook gives to the field."""

Codes = Annotated[
    dict[Code, Stated[Codings]],
    Field(max_length=200, examples=[{"topic": ["company"]}]),
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
