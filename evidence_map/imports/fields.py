"""Whether what was read fits the fields of a record; what does not is kept as a leftover."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from evidence_map.imports.imported import Imported, Leftover
from evidence_map.model.reference import Name, Reference
from evidence_map.model.scalars import Line
from evidence_map.text_source import REFUSED_CHARACTERS

_PEOPLE = ("authors", "editors")
_TRIMMED = ConfigDict(str_strip_whitespace=True)

Origins = Mapping[str, tuple[str, int]]
"""For a field of a reference, how the file calls it and the line on which it stands."""


def sound(imported: Imported, origins: Origins | None = None) -> None:
    """Move what does not fit the model from the fields of *imported* to its leftovers.

    Each field is checked alone, each name and keyword too, so that one bad value costs no other.
    Values that fit are put in the spelling of the model (a DOI in lower case without resolver).

    :param origins: where the fields stand, for leftovers; without it they are told by the name of the
        field and the line of the reference.
    """
    origins = origins or {}
    for field in list(imported.fields):
        value = _without_refused_characters(imported.fields.pop(field))
        place = origins.get(field, (field, imported.line))
        if field in _PEOPLE:
            value = _people(imported, value, place)
        elif field == "keywords":
            value = _keywords(imported, value, place)
        else:
            value = _fitting(imported, _adapter(field), value, place)
        if value is not None and value != []:
            imported.fields[field] = value
    imported.leftovers = [
        Leftover(left.name, _without_refused_characters(left.value), left.line, left.reason)
        for left in imported.leftovers
    ]


def _fitting(imported: Imported, adapter: TypeAdapter[Any], value: Any, place: tuple[str, int]) -> Any:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        imported.leftovers.append(Leftover(place[0], _written(value), place[1], _reason(error)))
        return None


def _fit_all(adapter: TypeAdapter[Any], values: list[Any]) -> bool:
    """Whether all of *values* fit, which is quicker to find out than for each alone."""
    try:
        adapter.validate_python(values)
    except ValidationError:
        return False
    return True


def _people(imported: Imported, names: list[dict[str, str]], place: tuple[str, int]) -> Any:
    """Return the names that fit. One that is left out makes the list of authors incomplete."""
    if _fit_all(_NAMES, names):
        return names
    fitting = [name for name in names if _fitting(imported, _NAME, name, place) is not None]
    if len(fitting) < len(names) and place[0] != "editors" and fitting:
        imported.fields.setdefault("authors_complete", False)
    return fitting


def _keywords(imported: Imported, keywords: list[str], place: tuple[str, int]) -> list[str]:
    if _fit_all(_LINES, keywords):
        return list(dict.fromkeys(map(str.strip, keywords)))
    fitting = [_fitting(imported, _LINE, keyword, place) for keyword in keywords]
    return list(dict.fromkeys(keyword for keyword in fitting if keyword))


def _without_refused_characters(value: Any) -> Any:
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value
        return REFUSED_CHARACTERS.sub("", value)
    if isinstance(value, list):
        return [_without_refused_characters(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _without_refused_characters(entry) for name, entry in value.items()}
    return value


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    return str(value)


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    context = first.get("ctx", {})
    if first["type"] in {"string_too_long", "too_long"}:
        return f"longer than {context['max_length']:,} characters"
    if first["type"] in {"string_too_short", "too_short"}:
        return "nothing is in it"
    if first["type"] == "literal_error":
        return "not a type of publication of CSL"
    return first["msg"]


@cache
def _adapter(field: str) -> TypeAdapter[Any]:
    return TypeAdapter(_hints()[field], config=_TRIMMED)


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(Reference, include_extras=True)


_NAME: TypeAdapter[Any] = TypeAdapter(Name)
_NAMES: TypeAdapter[Any] = TypeAdapter(list[Name])
_LINE: TypeAdapter[Any] = TypeAdapter(Line, config=_TRIMMED)
_LINES: TypeAdapter[Any] = TypeAdapter(list[Line], config=_TRIMMED)
