"""What a field can hold, read from its annotation."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from evidence_map.model.scalars import Section


def alternatives(annotation: Any) -> Iterator[Any]:
    """Yield the types of which a value of *annotation* is one, through unions and marks."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from alternatives(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for part in get_args(annotation):
            yield from alternatives(part)
    else:
        yield annotation


def types_in(annotation: Any) -> Iterator[Any]:
    """Yield the types that *annotation* is made of, through lists, unions and marks.

    >>> list(types_in(list[int] | None))
    [<class 'int'>, <class 'NoneType'>]
    """
    for part in alternatives(annotation):
        if get_origin(part) is list:
            yield from types_in(get_args(part)[0])
        else:
            yield part


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
