"""Draft records: a reference that was found, waiting for somebody to decide on it.

A draft says nothing that its source did not say. What could not be taken over stands in its notes,
word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import ValidationError

from evidence_map.imports.imported import Imported, Leftover
from evidence_map.model.record import Decision, Record
from evidence_map.model.reference import Name, Reference
from evidence_map.text_source import MAXIMUM_BYTES, REFUSED_CHARACTERS
from evidence_map.validation import validate
from evidence_map.yaml_source import Document, parse

LONGEST_VALUE = 2_000
"""Characters of a value that is kept in the notes; the rest is in the file it came from."""

LONGEST_NOTES = 45_000


class DraftError(Exception):
    """A reference of which no draft can be made; the message says why, as a clause."""


@dataclass(frozen=True)
class Draft:
    """A record file that has not been written yet."""

    key: str
    reference: Reference
    text: str
    imported: Imported

    @property
    def file(self) -> PurePosixPath:
        """The file, relative to the review."""
        return PurePosixPath("records") / f"{self.key}.yml"


def reference_of(imported: Imported) -> Reference:
    """Return the reference of *imported*, checked as one of a record is.

    :raises DraftError: if a field does not fit; its title, say, is missing.
    """
    fields = {name: _clean(value) for name, value in imported.fields.items()}
    try:
        return Reference.model_validate({name: value for name, value in fields.items() if value != []})
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part) for part in first["loc"][:1]) or "the reference"
        what = "is missing" if first["type"] == "missing" else f"cannot be read ({first['msg']})"
        raise DraftError(f"{where.replace('_', ' ')} {what}") from None


def _clean(value: Any) -> Any:
    """Return *value* without characters that no record may hold."""
    if isinstance(value, str):
        return REFUSED_CHARACTERS.sub("", value)
    if isinstance(value, list):
        return [_clean(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _clean(entry) for name, entry in value.items()}
    return value


def draft(
    imported: Imported, reference: Reference, key: str, found_by: Sequence[str], origin: str
) -> Draft:
    """Return the draft record of a reference.

    :param reference: what :func:`reference_of` made of *imported*.
    :param found_by: ids of the searches that found it.
    :param origin: where it comes from, as a sentence without its full stop.
    :raises DraftError: if the file would not read back as it is meant.
    """
    record = {
        "reference": _reference_fields(reference),
        "screening": {"decision": Decision.AWAITING.value}
        | ({"found_by": _Flow(found_by)} if found_by else {}),
        "notes": _notes(imported, origin),
    }
    sections = {
        name: yaml.dump({name: value}, Dumper=_Dumper, **_LAYOUT) for name, value in record.items()
    }
    # Items of lists stand further in, as everywhere in records; none of them has a second line.
    sections["reference"] = re.sub(r"(?m)^  - ", "    - ", sections["reference"])
    text = "\n".join(sections.values())
    made = Draft(key, reference, text, imported)
    _check(made)
    return made


def _reference_fields(reference: Reference) -> dict[str, Any]:
    """Return the fields that are set, names on one line each, in the order of the model."""
    fields: dict[str, Any] = {}
    for name in Reference.model_fields:
        value = getattr(reference, name)
        if name not in reference.model_fields_set or value is None:
            continue
        if name in {"authors", "editors"} and isinstance(value, list):
            value = [_FlowMap(_parts(person)) for person in value]
        fields[name] = value
    return fields


def _parts(person: Name) -> dict[str, str]:
    return person.model_dump(exclude_none=True)


def _notes(imported: Imported, origin: str) -> str:
    lines = [f"{_escaped(origin)}."]
    if imported.remarks:
        lines += ["", *(f"- {_on_one_line(remark)}" for remark in imported.remarks)]
    if imported.leftovers:
        lines += ["", "Not taken over:", "", *map(_leftover, imported.leftovers)]
    text = REFUSED_CHARACTERS.sub("", "\n".join(lines))
    if len(text) > LONGEST_NOTES:
        text = text[:LONGEST_NOTES].rpartition("\n")[0]
        text += f"\n- and more, which stands in {_escaped(imported.source)}"
    return text


def _leftover(leftover: Leftover) -> str:
    value = " ".join(leftover.value.split())
    more = len(value) - LONGEST_VALUE
    cut = f" (and {more:,} more characters)" if more > 0 else ""
    reason = f": {_on_one_line(leftover.reason)}" if leftover.reason else ""
    name = _on_one_line(leftover.name)
    return f"- {name} (line {leftover.line}): {_as_code(value[:LONGEST_VALUE])}{cut}{reason}"


def _as_code(value: str) -> str:
    """Return *value* as a code span, in which Markdown reads nothing."""
    longest = max((len(run) for run in re.findall("`+", value)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if value.startswith("`") or value.endswith("`") else ""
    return f"{fence}{pad}{value or ' '}{pad}{fence}"


def _on_one_line(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    # Within a word a low line is no markup: names of files often have one.
    return re.sub(r"([\\`*\[\]<>&#!|~]|(?<![^\W_])_|_(?![^\W_]))", r"\\\1", text)


def _check(made: Draft) -> None:
    """See to it that the file says what is meant, before anybody has it.

    :raises DraftError: if it does not.
    """
    if len(made.text.encode()) > MAXIMUM_BYTES:
        raise DraftError("the reference is larger than a record may be (1 MB)")
    document = parse(made.text, made.file)
    problems = document if isinstance(document, list) else document.problems
    record = None
    if isinstance(document, Document) and not problems:
        record, problems = validate(document, Record)
    if record is None or problems:
        raise DraftError(problems[0].message if problems else "the draft cannot be read again")
    if record.reference != made.reference:
        raise DraftError("the draft would not say what the source says")


class _Flow(list[str]):
    """A list that is written on one line."""


class _FlowMap(dict[str, str]):
    """Fields that are written on one line."""


class _Dumper(yaml.CSafeDumper):
    """Writes records as people do: numbers and dates without quotes, since every value is a text."""

    def ignore_aliases(self, data: object) -> bool:
        """Write each value in full."""
        return True


_LAYOUT: dict[str, Any] = {
    "allow_unicode": True,
    "sort_keys": False,
    "width": 1_000_000,
    "default_flow_style": False,
}


def _text(dumper: yaml.CSafeDumper, value: str) -> yaml.ScalarNode:
    if "\n" in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
    style = "" if re.fullmatch(r"[0-9]+(?:-[0-9]+)*", value) else None
    if style == "":
        # A plain number: it is read as the text that it is.
        tag = dumper.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
        return yaml.ScalarNode(tag, value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Flow, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, True))
_Dumper.add_representer(_FlowMap, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v, True))
