"""Rewrite a record in its canonical order and layout, word for word and comment for comment.

Round-trip writers move comments when fields change places, so lines are moved as they stand:
each field with the comments above it. What is changed is the order of fields, the indentation,
blank lines between sections, spaces at line ends and the end of the file, and nothing else. The
result is read again, and kept only if it says the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import yaml
from pydantic import BaseModel

from evidence_map.model.fields import section_in
from evidence_map.model.record import Record
from evidence_map.text_source import plain_line_ends
from evidence_map.yaml_source import Document, Node, parse

STEP = 2
_UNSAFE = "its layout cannot be rewritten safely; indent it by hand"


class FormattingError(Exception):
    """A record that cannot be rewritten without changing what it says."""


def formatted(text: str, model: type[BaseModel] = Record) -> str:
    """Return the text of a record file in canonical order and layout.

    :raises FormattingError: if the text is not valid YAML, or would not read back the same.
    """
    path = PurePosixPath("record.yml")
    source = plain_line_ends(text.removeprefix("\ufeff"))
    source += "" if source.endswith("\n") else "\n"
    document = parse(source, path)
    if not isinstance(document, Document) or document.problems:
        raise FormattingError("the file has problems; mend what “check” says first")
    spans = _long_texts(source)
    lines = [
        line if spans.get(number) else line.rstrip(" \t")
        for number, line in enumerate(source.split("\n"))
    ]
    if not _is_block(document.root, lines):
        raise FormattingError(_UNSAFE)
    writer = _Writer(lines, set(spans))
    head, first = writer.leading(0, document.root.line - 1)
    body = writer.mapping(document.root, first, len(lines), 0, model)
    result = "\n".join([*head, *_spaced(body)]).strip("\n") + "\n"
    again = parse(result, path)
    if not isinstance(again, Document) or again.problems:
        raise FormattingError(_UNSAFE)
    if again.plain() != document.plain() or _pieces(result) != _pieces(source):
        raise FormattingError(_UNSAFE)
    return result


def _long_texts(source: str) -> dict[int, bool]:
    """Return the lines, from 0, on which a text goes on; true where all its spaces count."""
    return {
        line: event.style in {"|", ">"}
        for event in yaml.parse(source, Loader=yaml.CSafeLoader)
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark
        for line in range(event.start_mark.line + 1, event.end_mark.line + (event.end_mark.column > 0))
    }


def _pieces(text: str) -> Counter[str]:
    """Return the lines apart from their layout: none may be lost, comments least of all."""
    return Counter(piece for line in text.split("\n") if (piece := line.strip(" \t").lstrip("- ")))


@dataclass
class _Chunk:
    """A field with the comment lines above it and those left over behind it, ready to be written."""

    name: str
    lines: list[str]
    after: list[str] = field(default_factory=list)


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
    """Cuts the lines of a file along its nodes. Line numbers here count from 0.

    ``texts`` are the lines on which a text goes on, so that “#” there begins no comment.
    """

    def __init__(self, lines: list[str], texts: set[int]) -> None:
        self.lines = lines
        self.texts = texts

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
        """Return the fields of a block mapping that fills the lines from *start* to *end*.

        A last chunk without a name holds the comments that stay at the end.
        """
        assert node.fields is not None
        entries = list(node.fields.items())
        starts = [entry.line - 1 for _, entry in entries]
        bounds = self._bounds(starts, start, end, [entry.column - 1 for _, entry in entries])
        chunks = []
        for (name, entry), (above, below) in zip(entries, bounds, strict=True):
            line, column = entry.line - 1, entry.column - 1
            cut = self._cut(line + 1, below, column)
            comments = self._comments(above, line, indent)
            lines = self._value(line, column, entry.value, cut, indent, _inner(model, name))
            chunks.append(_Chunk(name, comments + lines, self._comments(cut, below, indent)))
        tail, chunks[-1].after = chunks[-1].after, []
        order = list(model.model_fields) if model else []
        chunks.sort(key=lambda chunk: order.index(chunk.name) if chunk.name in order else len(order))
        for chunk in chunks[:-1]:
            chunk.lines += chunk.after
        tail = [*chunks[-1].after, *tail]
        return [*chunks, _Chunk("", tail)] if tail else chunks

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

    def _cut(self, first: int, end: int, column: int) -> int:
        """Return where the comments begin that stand behind a value and do not belong to it."""
        run = end
        while run > first and self._is_loose(run - 1):
            run -= 1
        return next((line for line in range(run, end) if self._is_comment_of(line, column)), end)

    def _is_loose(self, line: int) -> bool:
        stripped = self.lines[line].lstrip()
        return line not in self.texts and (not stripped or stripped.startswith("#"))

    def _is_comment_of(self, line: int, column: int) -> bool:
        text = self.lines[line]
        stripped = text.lstrip()
        return (
            stripped.startswith("#") and len(text) - len(stripped) <= column and line not in self.texts
        )

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
            return self._shifted(line, end, column, shift)
        head = [" " * indent + self.lines[line][column:]]
        if node.fields is not None:
            inner = self.mapping(node, line + 1, end, indent + STEP, model)
            return head + [text for chunk in inner for text in chunk.lines]
        return head + self._sequence(node, line + 1, end, indent + STEP, model)

    def _sequence(
        self, node: Node, start: int, end: int, indent: int, model: type[BaseModel] | None
    ) -> list[str]:
        items = node.items or []
        dashes = [self._dash(item, start) for item in items]
        starts = [line for line, _ in dashes]
        columns = [column for _, column in dashes]
        result: list[str] = []
        for item, (line, dash), (above, below) in zip(
            items, dashes, self._bounds(starts, start, end, columns), strict=True
        ):
            cut = self._cut(item.line, below, dash)
            result += self._comments(above, line, indent)
            if item.fields is not None and _is_block(item, self.lines):
                begin = line if item.line - 1 == line else line + 1
                chunks = self.mapping(item, begin, cut, indent + STEP, model)
                lines = [text for chunk in chunks for text in chunk.lines]
                first = next(i for i, text in enumerate(lines) if not text.lstrip().startswith("#"))
                dashed = " " * indent + "- " + lines[first].lstrip()
                above_it = [" " * indent + comment.lstrip() for comment in lines[:first]]
                result += [*above_it, dashed, *lines[first + 1 :]]
            else:
                result += self._shifted(line, cut, dash, indent - dash)
            result += self._comments(cut, below, indent)
        return result

    def _dash(self, item: Node, start: int) -> tuple[int, int]:
        """Return the line and the column of the dash before a list item."""
        column = self.lines[item.line - 1].rfind("-", 0, item.column - 1)
        line = item.line - 1
        while column < 0 and line > start:
            line -= 1
            text = self.lines[line]
            column = text.find("-") if text.strip() == "-" else -1
        if column < 0:
            raise FormattingError(_UNSAFE)
        return line, column

    def _shifted(self, start: int, end: int, column: int, shift: int) -> list[str]:
        """Return lines moved by *shift* columns, the first from *column*; empty ends go."""
        while end > start + 1 and not self.lines[end - 1]:
            end -= 1
        lines = [" " * (column + shift) + self.lines[start][column:]]
        for line in self.lines[start + 1 : end]:
            room = len(line) - len(line.lstrip(" "))
            lines.append(" " * max(room + shift, 0) + line.lstrip(" ") if line else "")
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
    return section_in(model.model_fields[name].annotation)
