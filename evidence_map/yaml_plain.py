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

STUCK_COMMENT = re.compile(r"[ \t]+#[^\s#]")
"""A comment that may have been meant as text."""


class _StrangeError(Exception):
    """Something that only the nodes can tell."""


def plain_fields(text: str) -> dict[str, Plain] | None:
    """Return the fields of a file as strings, lists and dictionaries; None where it needs a closer look.

    :param text: the file's text, without characters that must not stand in one.
    """
    if STUCK_COMMENT.search(text):
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
    has_escapes = "\\" in text
    documents = 0
    root: dict[str, Plain] | None = None
    around: list[Any] = []
    inside: Any = None
    holds_fields = False
    name: str | None = None
    while True:
        event: Any = next_event()
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.anchor is not None or event.tag is not None:
                raise _StrangeError
            if has_escapes and event.style == '"' and has_refused_character(value):
                raise _StrangeError
            if holds_fields and name is None:
                name = value
                continue
            if not value or value in BLANK or value.isspace() or _is_joined(event):
                raise _StrangeError
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None or len(around) >= MAXIMUM_DEPTH:
                raise _StrangeError
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
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
        elif kind is yaml.MappingStartEvent:
            root = value
        else:
            raise _StrangeError
        if kind is not yaml.ScalarEvent:
            around.append(inside)
            inside, holds_fields = value, kind is yaml.MappingStartEvent


def _is_joined(event: Any) -> bool:
    """Whether a text without quotation marks runs over lines of which one looks like an item."""
    return not event.style and "- " in event.value and event.end_mark.line > event.start_mark.line
