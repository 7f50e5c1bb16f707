"""The fast way from YAML text to plain data, for files in which nothing is wrong.

Places are needed only where there is something to tell. So the nodes that hold them
(:mod:`evidence_map.yaml_source`) are made when one is asked for, and what is read here of a sound file
is what its nodes would say. A file that is not sound, or may not be, is left to the nodes.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from evidence_map.text_source import has_refused_character

Plain = str | list["Plain"] | dict[str, "Plain"]

MAXIMUM_DEPTH = 24
BLANK = {"", "~", "null", "Null", "NULL"}
_LONGEST_BLANK = max(map(len, BLANK))

STUCK_COMMENT = re.compile(r"[ \t]+#[^\s#]")
"""A comment that may have been meant as text."""


class _StrangeError(Exception):
    """Something that only the nodes can tell."""


def plain_fields(text: str) -> dict[str, Plain] | None:
    """Return the fields of a file as strings, lists and dictionaries; None where it needs a closer look.

    :param text: the file's text, without characters that must not stand in one.
    """
    if "#" in text and STUCK_COMMENT.search(text):
        return None
    try:
        return _fields(text)
    except (yaml.YAMLError, _StrangeError):
        return None


def _fields(text: str) -> dict[str, Plain] | None:
    """Return the fields of a text. It runs for each value of each file, hence one loop without calls.

    :raises yaml.YAMLError: if it is not YAML.
    :raises _StrangeError: if it holds something that may have to be told.
    """
    next_event = CParser(text).get_event
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
    has_escapes = "\\" in text
    has_marks = "&" in text or "!" in text
    documents = 0
    root: dict[str, Plain] | None = None
    around: list[Any] = []
    inside: Any = None
    holds_fields = False
    name: str | None = None
    while True:
        event: Any = next_event()
        kind = event.__class__
        if kind is scalar:
            value = event.value
            if has_marks and (event.anchor is not None or event.tag is not None):
                raise _StrangeError
            if has_escapes and event.style == '"' and has_refused_character(value):
                raise _StrangeError
            if holds_fields and name is None:
                name = value
                continue
            if value.isspace() or (len(value) <= _LONGEST_BLANK and value in BLANK):
                raise _StrangeError
            if "- " in value and _is_joined(event):
                raise _StrangeError
        elif kind is mapping or kind is sequence:
            if event.anchor is not None or event.tag is not None or len(around) >= MAXIMUM_DEPTH:
                raise _StrangeError
            value = {} if kind is mapping else []
        elif kind is mapping_end or kind is sequence_end:
            inside = around.pop()
            holds_fields = inside.__class__ is dict
            continue
        elif kind is yaml.StreamEndEvent:
            return root
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _StrangeError
            continue
        elif kind is yaml.AliasEvent:
            raise _StrangeError
        else:
            continue
        if holds_fields:
            if name is None or name in inside:
                raise _StrangeError
            inside[name] = value
            name = None
        elif inside is not None:
            inside.append(value)
        elif kind is mapping:
            root = value
        else:
            raise _StrangeError
        if kind is not scalar:
            around.append(inside)
            inside, holds_fields = value, kind is mapping


def _is_joined(event: Any) -> bool:
    """Whether a text with “- ” in it runs over several lines, which may have been meant as items."""
    return not event.style and event.end_mark.line > event.start_mark.line
