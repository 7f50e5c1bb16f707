"""The fields of a record as the contributor's guide explains them, made from the models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from evidence_map.model.absence import Absence
from evidence_map.model.coding import Coded
from evidence_map.model.fields import alternatives, section_in
from evidence_map.model.record import Record
from evidence_map.model.synthesis import ReviewFinding


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field as the contributor's guide explains it."""

    path: str
    name: str
    depth: int
    description: str
    required: bool
    kind: str
    can_be_absent: bool


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section of a record with its fields, nested ones below."""

    name: str
    description: str
    fields: tuple[FieldEntry, ...]


def record_fields() -> list[SectionEntry]:
    """Return the sections and fields of a record in the order of the file."""
    sections = []
    for name, field in Record.model_fields.items():
        inner = section_in(field.annotation)
        fields = tuple(_entries(inner, name, 0)) if inner else ()
        if not fields:
            fields = (_entry(field, name, name, 0),)
        sections.append(SectionEntry(name, field.description or "", fields))
    return sections


def finding_fields() -> list[SectionEntry]:
    """Return the fields at the top of a review finding, as one section."""
    name, words = (
        "Fields at the top",
        "They stand between the two lines “---” with which the file begins.",
    )
    return [SectionEntry(name, words, tuple(_entries(ReviewFinding, "", 0)))]


def _entries(model: type[BaseModel], prefix: str, depth: int) -> list[FieldEntry]:
    found = []
    for name, field in model.model_fields.items():
        path = f"{prefix}.{name}"
        found.append(_entry(field, path, name, depth))
        inner = section_in(field.annotation)
        if inner is not None and inner is not model:
            found += _entries(inner, path, depth + 1)
    return found


def _entry(field: FieldInfo, path: str, name: str, depth: int) -> FieldEntry:
    absent = Absence in alternatives(field.annotation)
    return FieldEntry(
        path, name, depth, field.description or "", field.is_required(), _kind(field), absent
    )


def _kind(field: FieldInfo) -> str:
    """Return in words what may stand in a field."""
    marks = [mark for mark in field.metadata if isinstance(mark, Coded)]
    if marks:
        return "a list of terms" if marks[0].several else "one term"
    parts = [part for part in alternatives(field.annotation) if part not in {Absence, type(None)}]
    part = parts[0]
    if get_origin(part) is list:
        return "a list of entries" if section_in(part) else "a list"
    if get_origin(part) is dict:
        return "dimensions with terms"
    if get_origin(part) is Literal:
        words = get_args(part)
        return "one of: " + ", ".join(words) if len(words) < 8 else "one of the CSL types"
    if part in {int, bool}:
        return "a whole number" if part is int else "true or false"
    if isinstance(part, type) and issubclass(part, BaseModel):
        return "fields, below"
    if isinstance(part, type) and hasattr(part, "__members__"):
        return "one of: " + ", ".join(member.value for member in part.__members__.values())
    return "text"
