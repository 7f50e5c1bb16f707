"""What each reader of a format returns: references in the fields of a record, and what was left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class ImportFormatError(Exception):
    """A file of which nothing can be read: told in one line with what to do instead."""


@dataclass(frozen=True)
class Leftover:
    """Something that stands in a file and has no place in a record.

    :ivar name: how the file calls it: a tag, a field, an element.
    :ivar value: its text on one line, as the file has it.
    :ivar line: the line of the file on which it begins, from 1.
    :ivar reason: why it was not taken; empty where the name is not known.
    """

    name: str
    value: str
    line: int
    reason: str = ""


@dataclass
class Imported:
    """One reference as a file has it.

    :ivar source: the name of the file.
    :ivar line: the line on which the reference begins, from 1.
    :ivar fields: fields of :class:`evidence_map.model.reference.Reference` by name. Texts are plain
        (no HTML, no LaTeX); ``authors`` and ``editors`` are lists of parts of names as
        :class:`evidence_map.model.reference.Name` has them; ``keywords`` is a list of texts;
        ``authors_complete`` is true or false.
    :ivar key: the key or number that it had there, if any.
    :ivar leftovers: what was not taken.
    :ivar remarks: sentences for the person who imports, about this reference only.
    """

    source: str
    line: int
    fields: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    leftovers: list[Leftover] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it stands, for messages: the file and the line."""
        return f"{self.source}, line {self.line}"


@dataclass(frozen=True)
class Refused:
    """A part of a file that is no reference or could not be read.

    :ivar line: the line on which it begins, from 1.
    :ivar reason: why, as a clause: “the entry has no title”.
    """

    line: int
    reason: str


@dataclass
class Reading:
    """What was read from one file."""

    references: list[Imported] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Sentences about the file as a whole, such as the encoding that was assumed."""
