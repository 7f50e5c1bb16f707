"""Rewrite a record in its canonical order and layout, word for word and comment for comment.

Round-trip writers move comments when fields change places, so lines are moved as they stand:
each field with the comments above it. What is changed is the order of fields, the indentation,
blank lines between sections, spaces at line ends and the end of the file, and nothing else. The
result is read again, and kept only if it says the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from evidence_map.model.record import Record
from evidence_map.yaml_source import Document, Node, parse

STEP = 2


class FormattingError(Exception):
    """A record that cannot be rewritten without changing what it says."""


def formatted(text: str, model: type[BaseModel] = Record) -> str:
    """Return the text of a record file in canonical order and layout.

    :raises FormattingError: if the text is not valid YAML, or would not read back the same.
    """
    path = PurePosixPath("record.yml")
    clean = "\n".join(line.rstrip() for line in text.removeprefix("\ufeff").splitlines()) + "\n"
    document = parse(clean, path)
    if not isinstance(document, Document) or document.problems:
        raise FormattingError("the file has problems; mend what “check” says first")
    lines = clean.split("\n")[:-1]
    writer = _Writer(lines)
    end = len(lines)
    head, first = writer.leading(0, document.root.line - 1)
    body = writer.mapping(document.root, first, end, 0, model)
    result = "\n".join([*head, *_spaced(body)]).strip("\n") + "\n"
    again = parse(result, path)
    if not isinstance(again, Document) or again.plain() != document.plain():
        raise FormattingError("its layout cannot be rewritten safely; indent it by hand")
    return result


@dataclass
class _Chunk:
    """A field or list item with the comment lines above it, ready to be written."""

    name: str
    lines: list[str] = field(default_factory=list)


def _spaced(chunks: list[_Chunk]) -> list[str]:
    """Put one blank line between the sections of the file."""
    result: list[str] = []
    for chunk in chunks:
        result += [*([""] if result else []), *chunk.lines]
    return result


def _without_blank_ends(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


class _Writer:
    """Cuts the lines of a file along its nodes. Line numbers here count from 0."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def leading(self, start: int, first: int) -> tuple[list[str], int]:
        """Split what stands above the first field: the file's own comment, and that of the field.

        A comment followed by a blank line belongs to the file.
        """
        block = self.lines[start:first]
        blanks = [index for index, line in enumerate(block) if not line.strip()]
        if not blanks:
            return [], start
        cut = blanks[-1]
        head = _without_blank_ends(block[:cut])
        return [*head, ""] if head else [], start + cut + 1

    def mapping(
        self, node: Node, start: int, end: int, indent: int, model: type[BaseModel] | None
    ) -> list[_Chunk]:
        """Return the fields of a block mapping that fills the lines from *start* to *end*."""
        assert node.fields is not None
        entries = list(node.fields.items())
        starts = [entry.line - 1 for _, entry in entries]
        bounds = self._bounds(starts, start, end, [entry.column - 1 for _, entry in entries])
        chunks = []
        for (name, entry), (above, below) in zip(entries, bounds, strict=True):
            comments = self._comments(above, entry.line - 1, indent)
            lines = self._value(
                entry.line - 1, entry.column - 1, entry.value, below, indent, _inner(model, name)
            )
            chunks.append(_Chunk(name, comments + lines))
        order = list(model.model_fields) if model else []
        return sorted(
            chunks, key=lambda chunk: order.index(chunk.name) if chunk.name in order else len(order)
        )

    def _bounds(
        self, starts: list[int], start: int, end: int, columns: list[int]
    ) -> list[tuple[int, int]]:
        """Return where each entry begins, its comments included, and where it ends."""
        begins = []
        for position, (line, column) in enumerate(zip(starts, columns, strict=True)):
            lowest = start if position == 0 else starts[position - 1] + 1
            begin = line
            while begin > lowest and self._is_comment_of(begin - 1, column):
                begin -= 1
            begins.append(start if position == 0 else begin)
        return list(zip(begins, [*begins[1:], end], strict=True))

    def _is_comment_of(self, line: int, column: int) -> bool:
        text = self.lines[line]
        stripped = text.lstrip()
        return stripped.startswith("#") and len(text) - len(stripped) <= column

    def _comments(self, start: int, end: int, indent: int) -> list[str]:
        return [
            " " * indent + line.strip()
            for line in _without_blank_ends(self.lines[start:end])
            if line.strip()
        ]

    def _value(
        self, line: int, column: int, node: Node, end: int, indent: int, model: type[BaseModel] | None
    ) -> list[str]:
        """Return the lines of one field: its name, and its value below or beside it."""
        shift = indent - column
        if node.line - 1 == line or not _is_block(node, self.lines):
            return _without_blank_ends(self._shifted(line, end, column, shift))
        head = [" " * indent + self.lines[line][column:]]
        if node.fields is not None:
            inner = self.mapping(node, line + 1, end, indent + STEP, model)
            return head + [text for chunk in inner for text in chunk.lines]
        return head + self._sequence(node, line + 1, end, indent + STEP, model)

    def _sequence(
        self, node: Node, start: int, end: int, indent: int, model: type[BaseModel] | None
    ) -> list[str]:
        items = node.items or []
        starts = [item.line - 1 for item in items]
        dashes = [self.lines[line].find("-") for line in starts]
        result: list[str] = []
        for item, dash, (above, below) in zip(
            items, dashes, self._bounds(starts, start, end, dashes), strict=True
        ):
            line = item.line - 1
            result += self._comments(above, line, indent)
            if item.fields is not None and _is_block(item, self.lines):
                chunks = self.mapping(item, line, below, indent + STEP, model)
                lines = [text for chunk in chunks for text in chunk.lines]
                first = next(i for i, text in enumerate(lines) if not text.lstrip().startswith("#"))
                dashed = " " * indent + "- " + lines[first].lstrip()
                result += [*lines[:first], dashed, *lines[first + 1 :]]
            else:
                result += _without_blank_ends(self._shifted(line, below, dash, indent - dash))
        return result

    def _shifted(self, start: int, end: int, column: int, shift: int) -> list[str]:
        """Return lines moved by *shift* columns; the first begins at *column*."""
        lines = [" " * (column + shift) + self.lines[start][column:]]
        for line in self.lines[start + 1 : end]:
            room = len(line) - len(line.lstrip(" "))
            moved = max(room + shift, 0)
            lines.append(" " * moved + line.lstrip(" ") if line.strip() else "")
        return lines


def _is_block(node: Node, lines: list[str]) -> bool:
    """Whether a mapping or list is written over lines, and not in brackets."""
    if node.text is not None:
        return False
    return lines[node.line - 1][node.column - 1 : node.column] not in {"[", "{"}


def _inner(model: type[BaseModel] | None, name: str) -> type[BaseModel] | None:
    """Return the section that the field *name* of *model* holds, directly or in a list."""
    if model is None or name not in model.model_fields:
        return None
    return _section(model.model_fields[name].annotation)


def _section(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {Annotated, Union, UnionType, list}:
        for part in get_args(annotation):
            if (found := _section(part)) is not None:
                return found
    return None
