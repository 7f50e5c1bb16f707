"""JSON Schemas from the models and the codebook, so that an editor completes names and terms.

Editors read draft 7 and YAML's own types: what is text to us (``volume: 20``) is a number to
them, so every text may be a number too. The codebook's terms stand in the schema as the allowed
values of the fields they belong to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from evidence_map.model import (
    AcceptedWarnings,
    AppraisalTools,
    ChecklistAnswers,
    Codebook,
    Maps,
    Protocol,
    Record,
    ReviewFinding,
    SearchLog,
    SecondExtraction,
    Studies,
)
from evidence_map.model.absence import Absence
from evidence_map.model.fields import sections_of
from evidence_map.review import CodeFrame
from evidence_map.text_source import replace_text

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"

SCHEMAS: dict[str, type[BaseModel]] = {
    "record": Record,
    "second": SecondExtraction,
    "codebook": Codebook,
    "maps": Maps,
    "studies": Studies,
    "searches": SearchLog,
    "appraisal": AppraisalTools,
    "checklists": ChecklistAnswers,
    "accepted": AcceptedWarnings,
    "protocol": Protocol,
    "finding": ReviewFinding,
}
"""The schemas by the name of their file."""


_NULL = {"type": "null"}


class _Draft7(GenerateJsonSchema):
    schema_dialect = DRAFT


def json_schemas(frame: CodeFrame) -> dict[str, str]:
    """Return the text of each schema file by its name."""
    return {
        f"{name}.json": json.dumps(json_schema(name, frame), ensure_ascii=False, indent=2) + "\n"
        for name in SCHEMAS
    }


def json_schema(name: str, frame: CodeFrame) -> Schema:
    """Return one of ``SCHEMAS``, with the terms of the codebook in it if it is one of records."""
    model = SCHEMAS[name]
    schema = model.model_json_schema(schema_generator=_Draft7, ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs", {})
    _describe(schema, model)
    if name in ("record", "second"):
        _add_terms(schema, frame)
    for part in list(_parts(schema)):
        _loosen(part)
    return {"$schema": DRAFT, **schema}


def _terms(frame: CodeFrame, dimension: str) -> Schema:
    """Return the schema of one term: the ids that can be coded, each with its definition."""
    whole = frame.dimensions[dimension]
    placed = [term for term in whole.walk() if whole.groups_can_be_coded or not term.is_group]
    return {
        "type": "string",
        "enum": [each.term.id for each in placed],
        "enumDescriptions": [f"{each.term.label}: {each.term.definition}" for each in placed],
    }


def _coded(frame: CodeFrame, dimension: str, several: bool) -> Schema:
    term = _terms(frame, dimension)
    if several:
        term = {"type": "array", "items": term, "minItems": 1, "uniqueItems": True}
    return {"anyOf": [term, {"type": "string", "enum": [absence.value for absence in Absence]}]}


def _add_terms(schema: Schema, frame: CodeFrame) -> None:
    """Put the codebook's terms into the fields of a record and of its findings."""
    definitions = schema["definitions"]
    sections = {"records": schema, "findings": definitions["Finding"]}
    for (applies_to, path), dimension in frame.by_field.items():
        *above, name = path.split(".")
        section = sections[applies_to]
        for part in above:
            section = definitions[_reference(section["properties"][part])]
        field = section["properties"][name]
        kept = {key: field[key] for key in ("description", "default") if key in field}
        section["properties"][name] = _coded(frame, dimension.id, dimension.several) | kept
    for applies_to, section in sections.items():
        own = [d for d in frame.codebook.dimensions if d.applies_to == applies_to and d.field == "codes"]
        codes = section["properties"]["codes"]
        codes["properties"] = {
            dimension.id: _coded(frame, dimension.id, True) | {"description": dimension.definition}
            for dimension in own
        }
        codes["additionalProperties"] = False


def _reference(field: Schema) -> str:
    """Return the name of the definition that *field* refers to, directly or as an option."""
    for option in (field, *field.get("anyOf", [])):
        if "$ref" in option:
            return str(option["$ref"]).rpartition("/")[2]
    raise KeyError("the field holds no section")


def _describe(schema: Schema, model: type[BaseModel]) -> None:
    """Give every field its description; Pydantic leaves it out where a field is a section."""
    for section in sections_of(model):
        own = schema if section is model else schema["definitions"][section.__name__]
        for name, field in section.model_fields.items():
            own["properties"][name].setdefault("description", field.description)


def _loosen(part: Schema) -> None:
    """Let a part of a schema accept what a file may hold, as an editor's YAML reads it."""
    # Texts can look like numbers, and a field without a value is a mistake and no null.
    if part.get("type") == "string" and "enum" not in part and "const" not in part:
        part["type"] = ["string", "number"]
    if part.get("default", "") is None:
        del part["default"]
    # A union decided by its words (Stated) is “one of” to Pydantic; here any may fit.
    options = [option for option in part.pop("oneOf", part.pop("anyOf", [])) if option != _NULL]
    if len(options) == 1:
        part |= options[0]
    elif options:
        part["anyOf"] = options
    # What stands beside a reference is overlooked in draft 7.
    if "$ref" in part and len(part) > 1:
        part["allOf"] = [{"$ref": part.pop("$ref")}]


def _parts(value: Any) -> Iterator[Schema]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _parts(inner)
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)


def write_schemas(frame: CodeFrame, folder: Path) -> list[str]:
    """Write the schemas into *folder* and return the names of the files that changed.

    :raises OSError: if one cannot be written; it stays as it was then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in json_schemas(frame).items():
        file = folder / name
        if not file.is_file() or file.read_text("utf-8", "replace") != text:
            replace_text(file, text)
            changed.append(name)
    return changed
