"""The model of a record as data, so that the web form reads values as the check does.

A JSON Schema knows neither check digits nor words for missing values, nor in which order a value is
looked at. Pydantic's own description of a model does: each step is carried over with its name, and the
form has a function of the same name for each (``site_templates/js/form/values.js``).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from pydantic import BaseModel, TypeAdapter

from evidence_map.model.absence import ABBREVIATIONS, ABSENCE, VALUE, WRITTEN_DIFFERENTLY, Absence
from evidence_map.model.coding import Coded, coded_fields
from evidence_map.model.fields import sections_of
from evidence_map.model.notice import TOLD_IN_TITLE
from evidence_map.model.places import EVERYDAY
from evidence_map.model.record import Finding, Record
from evidence_map.model.scalars import SLUG, Pattern
from evidence_map.record_folder import LONGEST_KEY, RESERVED
from evidence_map.rules.completeness import REQUIRED
from evidence_map.rules.example import INVENTED_EXAMPLE
from evidence_map.rules.registry import NEEDED
from evidence_map.text_source import REFUSED_CHARACTERS
from evidence_map.validation import RATINGS
from evidence_map.yaml_source import MAXIMUM_PROBLEMS

Step = dict[str, Any]


def form_model() -> dict[str, Any]:
    """Return how the values of a record are read, and the lists that its rules rest on."""
    return {
        "record": Record.__name__,
        "sections": _sections(Record),
        "absence": {
            "words": [absence.value for absence in Absence],
            "signs": {sign: absence.value for sign, absence in ABBREVIATIONS.items()},
            "otherwise": {words: absence.value for words, absence in WRITTEN_DIFFERENTLY.items()},
        },
        "coded": {"records": list(coded_fields(Record)), "findings": list(coded_fields(Finding))},
        "countries_otherwise": EVERYDAY,
        "key": {"pattern": SLUG, "longest": LONGEST_KEY, "reserved": sorted(RESERVED)},
        "most_problems": MAXIMUM_PROBLEMS,
        "needs": {code: list(sections) for code, sections in NEEDED.items() if sections},
        "ratings": sorted(RATINGS),
        "refused": REFUSED_CHARACTERS.pattern.encode("ascii", "backslashreplace").decode(),
        "required_of_included": REQUIRED,
        "told_in_title": TOLD_IN_TITLE.pattern,
        "invented_example": INVENTED_EXAMPLE,
    }


def _sections(model: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of *model* and of each section below it, by the section's name."""
    schema: Any = TypeAdapter(model).core_schema
    shared = {each["ref"]: each for each in schema.get("definitions", [])}
    found: dict[str, Any] = {}
    walker = _Walker(shared, found)
    walker.step(schema)
    for section in sections_of(model):
        for name, field in section.model_fields.items():
            if any(isinstance(mark, Coded) for mark in field.metadata):
                found[section.__name__]["fields"][name]["coded"] = True
    return found


class _Walker:
    """Turns the steps of a core schema into data, section by section."""

    def __init__(self, shared: dict[str, Any], found: dict[str, Any]) -> None:
        self.shared = shared
        self.found = found

    def step(self, schema: Any) -> Step:
        """Return *schema* as data; sections are kept apart and told by their name.

        :raises TypeError: if the model uses something that the form cannot read.
        """
        match schema["type"]:
            case "definitions" | "nullable":
                return self.step(schema["schema"])
            case "definition-ref":
                return self.step(self.shared[schema["schema_ref"]])
            case "model":
                return self._section(schema)
            case "function-before":
                return {"kind": "before", **_check(schema), "of": self.step(schema["schema"])}
            case "function-after":
                return self._after(schema)
            case "str":
                return _within({"kind": "text"}, schema)
            case "int":
                return {"kind": "count"}
            case "bool":
                return {"kind": "flag"}
            case "list":
                return _within({"kind": "list", "of": self.step(schema["items_schema"])}, schema)
            case "dict":
                parts = {"keys": schema["keys_schema"], "values": schema["values_schema"]}
                named = {name: self.step(part) for name, part in parts.items()}
                return _within({"kind": "map", **named}, schema)
            case "literal":
                return {"kind": "words", "words": list(schema["expected"])}
            case "enum":
                return {"kind": "words", "words": [member.value for member in schema["members"]]}
            case "tagged-union" if set(schema["choices"]) == {VALUE, ABSENCE}:
                return {"kind": "stated", "of": self.step(schema["choices"][VALUE])}
            case other:
                raise TypeError(f"the form cannot read a value of the kind “{other}”")

    def _after(self, schema: Any) -> Step:
        inner = self.step(schema["schema"])
        if inner["kind"] == "section":
            self.found[inner["name"]] |= _check(schema)
            return inner
        function = schema["function"]["function"]
        if isinstance(function, partial):
            ((bound, length),) = function.keywords.items()
            # Digits alone are never below zero.
            at_least_zero = (bound, length) == ("ge", 0)
            return inner if at_least_zero else {"kind": _BOUNDS[bound], "length": length, "of": inner}
        return {"kind": "after", **_check(schema), "of": inner}

    def _section(self, schema: Any) -> Step:
        name = schema["cls"].__name__
        if name not in self.found:
            self.found[name] = {"fields": {}}
            for field, inner in schema["schema"]["fields"].items():
                self.found[name]["fields"][field] = self._field(inner["schema"])
        return {"kind": "section", "name": name}

    def _field(self, schema: Any) -> dict[str, Any]:
        if schema["type"] != "default":
            return {"required": True, "type": self.step(schema)}
        default = schema.get("default", {} if "default_factory" in schema else None)
        field = {"type": self.step(schema["schema"])}
        return field if default is None else {**field, "default": default}


_BOUNDS = {"min_length": "least", "max_length": "most"}


def _check(schema: Any) -> Step:
    """Return the name of the function of a step, and its words if they are all there is to it."""
    function = schema["function"]["function"]
    if isinstance(function, Pattern):
        return {
            "check": "pattern",
            "pattern": function.pattern,
            "code": function.code,
            "message": function.message,
            "hint": function.hint,
        }
    return {"check": function.__name__.lstrip("_")}


def _within(step: Step, schema: Any) -> Step:
    """Return *step* within the bounds of its length that *schema* sets itself."""
    for bound, kind in _BOUNDS.items():
        if bound in schema:
            step = {"kind": kind, "length": schema[bound], "of": step}
    return step
