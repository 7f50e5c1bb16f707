"""Whole records as this program exports them in JSON Lines: their references, read back as they are."""

from __future__ import annotations

from typing import Any

from evidence_map.imports.imported import Reading, Refused
from evidence_map.imports.incoming import IncomingReference
from evidence_map.imports.json_source import JsonItem
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.names import People
from evidence_map.model.reference import Name, Reference


def are_own(items: list[JsonItem]) -> bool:
    """Whether *items* are whole records, and not references in CSL-JSON."""
    return bool(items) and all(
        isinstance(item.value, dict) and isinstance(item.value.get("reference"), dict) for item in items
    )


def read_records(items: list[JsonItem], source: str) -> Reading:
    """Return the references of whole records.

    What else a record says (findings, codes, decisions) belongs to the review that it comes from.

    :param source: the name of the file.
    """
    reading = Reading()
    left_out = LeftOut()
    for item in items:
        key = item.value.get("key")
        if not isinstance(key, str):
            reading.refused.append(Refused(item.line, "it has no key"))
            continue
        incoming = IncomingReference(left_out, source, item.line, key)
        for field, value in item.value["reference"].items():
            _fill(incoming, field, value, item.line)
        incoming.into(reading)
    reading.remarks.append("Of whole records, only the references were read.")
    reading.remarks += left_out.remarks()
    return reading


def _fill(incoming: IncomingReference, field: str, value: Any, line: int) -> None:
    if field in {"authors", "editors"}:
        incoming.people(field, People(_names(value)), field, line)
    elif field in {"keywords", "keep_capitals"}:
        texts = value if isinstance(value, list) else [value]
        incoming.fill(field, [text for text in texts if isinstance(text, str)], field, line)
    elif field in Reference.model_fields and isinstance(value, str | bool):
        incoming.fill(field, value, field, line)
    else:
        incoming.leave(field, str(value), line, "not a field of a reference")


def _names(value: Any) -> list[dict[str, str]]:
    people = value if isinstance(value, list) else [value]
    return [
        {
            part: text
            for part, text in person.items()
            if part in Name.model_fields and isinstance(text, str)
        }
        for person in people
        if isinstance(person, dict)
    ]
