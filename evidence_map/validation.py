"""Read a document into a model, and say in plain words what does not fit and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from evidence_map.model.absence import ABSENCE, VALUE, Absence, is_sign_of_absence
from evidence_map.model.coding import Coded
from evidence_map.model.fields import section_in, types_in
from evidence_map.model.record import Record
from evidence_map.model.scalars import Section
from evidence_map.model.synthesis import Studies
from evidence_map.problems import Position, Problem, nearest, quoted
from evidence_map.value_rules import (
    ABSENCE_NOT_ALLOWED,
    MISSING_FIELD,
    STUDY_RATED,
    TOO_MANY,
    UNKNOWN_FIELD,
    UNKNOWN_VALUE,
    VALUE_RULES,
    WRONG_LENGTH,
    WRONG_TYPE,
)
from evidence_map.yaml_plain import Plain
from evidence_map.yaml_source import MAXIMUM_PROBLEMS, Document, Location

_BY_CODE = {rule.code: rule for rule in VALUE_RULES}
_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "named fields",
    "model_type": "named fields",
    "int_type": "a whole number",
    "bool_type": "true or false",
}
_TAGS = {VALUE, ABSENCE, "[key]"}
_OF_STUDIES = (Record, Studies)
RATINGS = {"cerqual", "gradecerqual", "grade", "confidence", "certainty", "certaintyofevidence"}
"""Names under which people rate a paper or its findings, in small letters without signs."""
_SIMPLE = re.compile(r"[^\W_][\w .;()/’'–-]*")
"""Text that can stand in a list in brackets as it is."""

M = TypeVar("M", bound=BaseModel)


def validate(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Return *document* read as *model* (None if it cannot be) and every problem in it."""
    problems = list(document.problems)
    try:
        return model.model_validate(document.plain()), problems
    except ValidationError as error:
        details = error.errors(include_url=False)
    mistakes = [_Mistake(document, model, detail) for detail in details[:MAXIMUM_PROBLEMS]]
    problems += [mistake.problem() for mistake in mistakes if not mistake.is_told]
    if len(details) > MAXIMUM_PROBLEMS:
        left = len(details) - MAXIMUM_PROBLEMS
        problems.append(TOO_MANY.at(document.at(), f"{left} more problems in this file are not shown"))
    return None, problems


@dataclass(frozen=True)
class _Mistake:
    """One thing that Pydantic refused, to be told to a person."""

    document: Document
    model: type[BaseModel]
    detail: ErrorDetails

    @property
    def location(self) -> Location:
        """Where in the file, without the branches of unions."""
        *above, last = self.detail["loc"]
        names_field = self.detail["type"] in {"missing", "extra_forbidden"}
        kept = [part for part in above if part not in _TAGS]
        return (*kept, last) if names_field or last not in _TAGS else tuple(kept)

    @property
    def position(self) -> Position:
        """Where the value stands, or its name if the name is what is wrong."""
        return self.document.at(self.location, name=self.detail["loc"][-1] == "[key]")

    @property
    def name(self) -> str:
        """The name of the field, as a subject of a sentence."""
        names = [part for part in self.location if isinstance(part, str)]
        return quoted(names[-1]) if names else "this entry"

    @property
    def is_told(self) -> bool:
        """Whether the reader already knows: a blank field is not missing besides."""
        *above, name = self.location
        blanks = self.document.node_at(tuple(above)).blanks or set()
        return self.detail["type"] == "missing" and name in blanks

    def problem(self) -> Problem:
        """Return what is wrong and how to mend it."""
        kind, written = self.detail["type"], self.detail["input"]
        context = self.detail.get("ctx") or {}
        if kind == "missing":
            return self._missing()
        if kind == "extra_forbidden":
            return self._unknown_field()
        if kind in {"literal_error", "enum"}:
            return self._unknown_value(str(written), str(context["expected"]))
        if (
            ABSENCE not in self.detail["loc"]
            and isinstance(written, str)
            and is_sign_of_absence(written)
        ):
            return self._absence(written.strip())
        if kind in _EXPECTED:
            return self._wrong_type(kind, written)
        if kind in {"too_short", "string_too_short"}:
            hint = "Fill it in, or delete the line."
            return WRONG_LENGTH.at(self.position, f"{self.name} is empty", hint)
        if kind in {"too_long", "string_too_long"}:
            unit = "characters" if isinstance(written, str) else "entries"
            limit = f"at most {context['max_length']:,} {unit}"
            return WRONG_LENGTH.at(self.position, f"{self.name} is too long: {limit}")
        rule = _BY_CODE.get(kind, WRONG_TYPE)
        message = f"{self.name}: {self.detail['msg']}"
        return rule.at(self.position, message, str(context.get("hint", "")))

    def _absence(self, written: str) -> Problem:
        field = _field_at(self.model, self.location)
        in_list = isinstance(self.location[-1], int)
        if in_list and field and Absence in types_in(field.annotation):
            hint = f"Write it without a list: “{self.name[1:-1]}: not reported”."
        elif in_list:
            hint = "Delete this item."
        elif self.detail["type"] in {"model_type", "dict_type"}:
            hint = "Say “not reported” in the fields of this section, or leave the section out."
        elif field and field.is_required():
            hint = "This field cannot be left out: say in words what the source gives."
        else:
            hint = ""
        return ABSENCE_NOT_ALLOWED.at(self.position, f"{self.name} cannot be {quoted(written)}", hint)

    def _missing(self) -> Problem:
        *above, name = self.location
        inside = [part for part in above if isinstance(part, str)]
        where = f" in “{inside[-1]}”" if inside else ""
        place = self.document.at(tuple(above), name=True)
        section = _section_at(self.model, tuple(above)) if inside else None
        hint = section.when_missing(str(name)) if section else ""
        return MISSING_FIELD.at(place, f"the field “{name}” is missing{where}", hint)

    def _unknown_field(self) -> Problem:
        *above, name = self.location
        if self.model in _OF_STUDIES and _plain(str(name)) in RATINGS:
            place = self.document.at(self.location, name=True)
            what = "a finding of a paper" if "findings" in above else "a paper"
            return STUDY_RATED.at(place, f"{quoted(str(name))}: GRADE-CERQual does not rate {what}")
        known = _field_names(self.model, tuple(above))
        homes = [section for section in known if name in _field_names(self.model, (*above, section))]
        hint = f"It belongs in “{homes[0]}”." if homes else nearest(str(name), known)
        if not hint and known:
            hint = "The fields here are: " + ", ".join(known) + "."
        place = self.document.at(self.location, name=True)
        return UNKNOWN_FIELD.at(place, f"there is no field {quoted(str(name))} here", hint)

    def _unknown_value(self, written: str, expected: str) -> Problem:
        allowed = re.findall(r"'([^']*)'", expected)
        likely = nearest(written, allowed)
        every = "" if likely and len(allowed) > 12 else f"Use one of: {', '.join(allowed)}."
        hint = f"{likely} {every}".strip()
        return UNKNOWN_VALUE.at(self.position, f"{self.name} cannot be {quoted(written)}", hint)

    def _wrong_type(self, kind: str, written: Plain) -> Problem:
        field = _field_at(self.model, self.location)
        in_list = isinstance(self.location[-1], int)
        coded = field is not None and not in_list and any(isinstance(m, Coded) for m in field.metadata)
        expected = "one term" if coded and kind == "string_type" else _EXPECTED[kind]
        if kind == "string_type":
            hint = _hint_for_text(self.name[1:-1], written, coded)
        elif kind == "list_type":
            hint = _hint_for_list(written, _section_at(self.model, self.location))
        elif kind == "model_type":
            hint = _hint_for_section(written, _section_at(self.model, self.location))
        elif kind == "dict_type":
            hint = "Write lines such as “theme: [first-term, second-term]”, indented below the name."
        else:
            hint = {"int_type": "Write digits only, such as 17.", "bool_type": "Write true or false."}[
                kind
            ]
        subject = f"an entry of {self.name}" if in_list else self.name
        return WRONG_TYPE.at(self.position, f"{subject} needs {expected}", hint)


def _hint_for_text(name: str, written: Plain, coded: bool) -> str:
    """Return how to write a text or a single term where a list or fields stand."""
    if coded:
        only = written[0] if isinstance(written, list) and len(written) == 1 else ""
        example = f"{name}: {quoted(only)[1:-1]}" if isinstance(only, str) and only else ""
        return f"It takes one term, without brackets{': ' + example if example else ''}."
    if isinstance(written, list):
        return (
            "Write the text without brackets or “- ”; text that begins with “[” goes in double quotes."
        )
    return "Write a text after the colon; text that holds “: ” or begins with “{” goes in double quotes."


def _hint_for_list(written: Plain, section: type[Section] | None) -> str:
    """Return how what was *written* looks as a list."""
    if isinstance(written, dict):
        return "Begin each entry with “- ”."
    if isinstance(written, str) and section is not None:
        return f"Write a list, each entry after “- ”. {section.written_for(written[:100])}"
    if isinstance(written, str):
        items = [item.strip() for item in written[:200].split(",") if item.strip()]
        shown = ", ".join(item if _SIMPLE.fullmatch(item) else f'"{item}"' for item in items)
        if len(shown) < 100 and '"' not in written:
            return f"Write it in square brackets: [{shown}]."
    return "Write a list: [first, second], or one item a line after “- ”."


def _hint_for_section(written: Plain, section: type[Section] | None) -> str:
    if section is None:
        return "Write “name: value” lines, indented below the section's name."
    if isinstance(written, str):
        return section.written_for(written[:100])
    return "Leave out the “- ” or the brackets: " + section.written_for("").removeprefix("Write ")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _field_at(model: type[BaseModel], location: Location) -> FieldInfo | None:
    """Return the field at *location*, or the one whose list holds it."""
    section: type[BaseModel] | None = model
    found: FieldInfo | None = None
    for part in location:
        if isinstance(part, int):
            continue
        found = section.model_fields.get(part) if section else None
        if found is None:
            return None
        section = section_in(found.annotation)
    return found


def _section_at(model: type[BaseModel], location: Location) -> type[Section] | None:
    """Return the section that describes the fields at *location*."""
    field = _field_at(model, location)
    return section_in(field.annotation) if field else None


def _field_names(model: type[BaseModel], location: Location) -> list[str]:
    if not [part for part in location if isinstance(part, str)]:
        return list(model.model_fields)
    section = _section_at(model, location)
    return list(section.model_fields) if section else []
