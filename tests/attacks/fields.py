"""Every field of the models that takes text, found by walking the models.

So a field that is added later is attacked without anyone thinking of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from evidence_map.model.absence import Absence
from evidence_map.model.coding import Coded
from evidence_map.model.fields import alternatives, sections_of

Place = tuple[str, str]
"""A field: the name of its section, and its own."""

BOUND: dict[Place, str] = {
    ("Adjudication", "field"): "names a field of the record",
    ("Answer", "answer"): "is one of the answers of the tool",
    ("Tool", "answers"): "is what the answers of records are compared with",
    ("Dimension", "field"): "names a field of the models",
    ("ChecklistAnswer", "item"): "is the number of an item",
    ("AcceptedWarning", "path"): "names a file",
    ("AssessedEvidence", "question"): "is a digest, which the program writes",
    ("AssessedEvidence", "statement"): "is a digest, which the program writes",
}
"""Fields whose text must fit something else in the review, each with what it is."""

Text = Callable[[Place], str]
"""Gives the text for a field."""


@dataclass
class Attack:
    """Writes texts into all fields of a model. ``reached`` are the fields that got one."""

    text: Text
    values: Callable[[Place, TypeAdapter[Any]], str | None] = lambda place, adapter: None
    reached: set[Place] = field(default_factory=set)
    _within: list[type[BaseModel]] = field(default_factory=list)

    def on(self, model: type[BaseModel], written: dict[str, Any]) -> dict[str, Any]:
        """Return what is *written* for a section with a hostile text in each field that takes one."""
        if not self._within:
            return Attack(self.text, self.values, self.reached, [model]).on(model, written)
        found = {
            name: self._value(_whole(info), written.get(name), (model.__name__, name))
            for name, info in model.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}

    def _value(self, annotation: Any, written: Any, place: Place) -> Any:
        if _is_coded(annotation):
            return written
        kind = next(iter(_kinds(annotation)))
        if get_origin(kind) is list:
            return self._list(get_args(kind)[0], written, place)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self._section(kind, written)
        if kind is str:
            return self._text(annotation, written, place)
        return written

    def _list(self, inner: Any, written: Any, place: Place) -> Any:
        if isinstance(written, str):
            return written
        entries = [self._value(inner, each, place) for each in written or [None]]
        return [each for each in entries if each is not None] or written

    def _section(self, model: type[BaseModel], written: Any) -> Any:
        if isinstance(written, str):
            written = None
        if written is None and model in self._within:
            return None
        before = set(self.reached)
        self._within.append(model)
        filled = self.on(model, {**needed(model), **(written or {})})
        self._within.pop()
        missing = [name for name, info in model.model_fields.items() if info.is_required()]
        if written is None and not all(name in filled for name in missing):
            self.reached = before
            return None
        return filled

    def _text(self, annotation: Any, written: Any, place: Place) -> Any:
        if place in BOUND:
            return written
        adapter = _adapter(annotation)
        if not takes(adapter, "any <text> at all"):
            return self.values(place, adapter) or written
        self.reached.add(place)
        longest = _longest(annotation)
        return self.text(place)[:longest]


def text_fields(models: list[type[BaseModel]]) -> Iterator[Place]:
    """Yield every field of the models, and of the sections below, that takes any text."""
    for model in models:
        for section in sections_of(model):
            for name, info in section.model_fields.items():
                if (section.__name__, name) not in BOUND and _takes_text(_whole(info)):
                    yield section.__name__, name


def checked_fields(models: list[type[BaseModel]]) -> Iterator[tuple[Place, TypeAdapter[Any]]]:
    """Yield every field that takes only some texts, such as a DOI, with what reads it."""
    for model in models:
        for section in sections_of(model):
            for name, info in section.model_fields.items():
                whole = _whole(info)
                kind = _innermost(whole)
                if kind is not None and not _is_coded(whole) and not _takes_text(whole):
                    yield (section.__name__, name), TypeAdapter(kind)


_ADAPTERS: dict[str, TypeAdapter[Any]] = {}


def _adapter(annotation: Any) -> TypeAdapter[Any]:
    """Return what reads a value of *annotation*; each is made once, since that takes a while."""
    name = repr(annotation)
    if name not in _ADAPTERS:
        _ADAPTERS[name] = TypeAdapter(annotation)
    return _ADAPTERS[name]


def takes(adapter: TypeAdapter[Any], text: str | list[str]) -> bool:
    """Whether a field takes a text, or a list of texts."""
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


def needed(model: type[BaseModel]) -> dict[str, Any]:
    """Return values for the fields of a section that must be there and take no text."""
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if not info.is_required():
            continue
        kind = next(iter(_kinds(_whole(info))))
        if get_origin(kind) is Literal:
            found[name] = get_args(kind)[-1]
        elif isinstance(kind, type) and issubclass(kind, Enum):
            found[name] = next(iter(kind)).value
        elif kind is int:
            found[name] = "3"
        elif examples := _examples(_whole(info)):
            found[name] = examples[0]
    return found


def _takes_text(annotation: Any) -> bool:
    kind = _innermost(annotation)
    return (
        kind is not None and not _is_coded(annotation) and takes(TypeAdapter(kind), "any <text> at all")
    )


def _innermost(annotation: Any) -> Any:
    """Return the type of the texts that a field holds, alone or in a list; None if it holds none."""
    for part in _parts(annotation):
        base: Any = get_args(part)[0] if get_origin(part) is Annotated else part
        if base is str:
            return part
        if get_origin(base) is list:
            return _innermost(get_args(base)[0])
    return None


def _whole(info: FieldInfo) -> Any:
    """Return the annotation of a field with its marks, which Pydantic keeps apart."""
    annotation: Any = info.annotation
    for mark in info.metadata:
        annotation = Annotated[annotation, mark]
    return annotation


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield the types of which a value is one, with their marks."""
    base: Any = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    kinds = [kind for kind in alternatives(base) if kind not in {type(None), Absence}]
    if len(kinds) == 1 and base is kinds[0]:
        yield annotation
        return
    for part in get_args(base):
        if part in {type(None), Absence}:
            continue
        if get_origin(part) is Annotated and Absence in get_args(part):
            continue
        yield from _parts(part)


def _kinds(annotation: Any) -> Iterator[Any]:
    """Yield the bare types of which a value is one."""
    return (kind for kind in alternatives(annotation) if kind not in {type(None), Absence})


def _is_coded(annotation: Any) -> bool:
    return get_origin(annotation) is Annotated and any(
        isinstance(mark, Coded) for mark in get_args(annotation)
    )


def _longest(annotation: Any) -> int | None:
    found = [_of(mark, "max_length") for mark in _marks(annotation)]
    return min((each for each in found if each), default=None)


def _examples(annotation: Any) -> list[Any]:
    return next((each for mark in _marks(annotation) if (each := _of(mark, "examples"))), [])


def _of(mark: Any, name: str) -> Any:
    own = getattr(mark, name, None)
    if own is not None:
        return own
    return next(
        (each for part in getattr(mark, "metadata", []) if (each := getattr(part, name, None))), None
    )


def _marks(annotation: Any) -> Iterator[Any]:
    for part in _parts(annotation):
        if get_origin(part) is Annotated:
            yield from get_args(part)[1:]
