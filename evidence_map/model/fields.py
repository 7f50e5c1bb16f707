"""What a field can hold, read from its annotation."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from evidence_map.model.scalars import Section


def types_in(annotation: Any) -> Iterator[Any]:
    """Yield the types that *annotation* is made of, through lists, unions and marks.

    >>> list(types_in(list[int] | None))
    [<class 'int'>, <class 'NoneType'>]
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from types_in(get_args(annotation)[0])
    elif origin in {Union, UnionType, list}:
        for part in get_args(annotation):
            yield from types_in(part)
    else:
        yield annotation


def section_in(annotation: Any) -> type[Section] | None:
    """Return the section that a field holds, alone or in a list, or None if it holds none."""
    for part in types_in(annotation):
        if isinstance(part, type) and issubclass(part, Section):
            return part
    return None


def sections_of(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return *model* and every section below it, each once."""
    found: list[type[BaseModel]] = [model]
    for section in found:
        for field in section.model_fields.values():
            inner = section_in(field.annotation)
            if inner is not None and inner not in found:
                found.append(inner)
    return found
