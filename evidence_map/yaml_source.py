"""Read YAML text into nodes that remember where they stand, and into plain data.

Types come from the models, never from YAML: every scalar stays the string that was written, so
that ``NO`` is Norway and ``10.10`` is not 10.1. The part of YAML that people need to describe a
paper is small; anchors, aliases, tags and duplicate keys are refused where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

from evidence_map.problems import Position, Problem, Rule, quoted
from evidence_map.text_source import (
    BAD_CHARACTER,
    EMPTY_FILE,
    TEXT_RULES,
    has_refused_character,
    plain_line_ends,
    read_bytes,
    refused_character,
    text_of,
)
from evidence_map.yaml_plain import BLANK, MAXIMUM_DEPTH, STUCK_COMMENT, Plain, plain_fields
from evidence_map.yaml_syntax import ANCHOR_OR_ALIAS, TAG, YAML_SYNTAX, syntax_problem

MAXIMUM_PROBLEMS = 50

Location = tuple[str | int, ...]
_Name = tuple[str, int, int]

NOT_FIELDS = Rule(
    "not-fields",
    "The file does not consist of fields",
    "A record is a set of “field: value” lines; a list or a bare text at the top has no names.",
    "Begin each section with its name and a colon, such as “reference:”.",
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    "The same field stands twice",
    "YAML would silently keep only one of them.",
    "Keep one of the two; join their values if both are needed.",
)
TOO_DEEP = Rule(
    "too-deep",
    "Lists and fields are nested too deeply",
    "No section of a record is nested this deeply; it is a mistake of indentation or an attack.",
    "Compare the indentation with a neighbouring record.",
)
EMPTY_VALUE = Rule(
    "empty-value",
    "A field has no value",
    "A blank could mean not reported, not yet extracted or not applicable.",
    "Fill it in, write “not reported” where the source is silent, or delete the line.",
)

CUT_BY_COMMENT = Rule(
    "cut-by-comment",
    "A text is cut off by “#”",
    "Behind a space “#” begins a comment, and the rest of the text would be lost without a word.",
    "Put the text in double quotes; in a comment, write a space after “#”.",
)

SOURCE_RULES = (
    *TEXT_RULES,
    YAML_SYNTAX,
    NOT_FIELDS,
    DUPLICATE_KEY,
    ANCHOR_OR_ALIAS,
    TAG,
    TOO_DEEP,
    EMPTY_VALUE,
    CUT_BY_COMMENT,
)

_STUCK_HASH = re.compile(r"#[^\s#]")
_ALIGN_ITEM = "Begin each item of a list in the same column as the item above."
_ONE_ONLY = "Keep one paper per file; delete the line “---” and what follows it."
_NAME_ONLY = "Write “name: value”; put text that begins with “[”, “{” or “?” in double quotes."


@dataclass(slots=True)
class Node:
    """A value in a file with its place. Exactly one of the three kinds of content is set.

    ``blanks`` names the fields that stand in the file without a value.
    """

    line: int
    column: int
    text: str | None = None
    items: list[Node] | None = None
    fields: dict[str, Field] | None = None
    blanks: set[str] | None = None

    def plain(self) -> Plain:
        """Return the value as strings, lists and dictionaries."""
        if self.text is not None:
            return self.text
        if self.items is not None:
            return [item.plain() for item in self.items]
        return {name: entry.value.plain() for name, entry in (self.fields or {}).items()}


@dataclass(slots=True)
class Field:
    """A named value of a mapping; line and column are those of the name."""

    line: int
    column: int
    value: Node


class Document:
    """One file: its text, its nodes, and the way from a value back to its place.

    The nodes are made when they are first asked for, unless they are given.

    :ivar first_line: the line of the file at which the text begins.
    :ivar problems: what is wrong with it though it can be read.
    """

    __slots__ = ("_plain", "_root", "first_line", "path", "problems", "text")

    def __init__(
        self,
        path: PurePosixPath,
        text: str,
        root: Node | None = None,
        first_line: int = 1,
        problems: list[Problem] | None = None,
        plain: Plain | None = None,
    ) -> None:
        """Remember a file of which the nodes (*root*) or the content (*plain*) were read."""
        self.path = path
        self.text = text
        self.first_line = first_line
        self.problems = problems or []
        self._root = root
        self._plain = plain

    @property
    def root(self) -> Node:
        """The node that holds all fields."""
        if self._root is None:
            self._root = _Builder(self.text, self.path, self.first_line).build()
            assert self._root is not None
        return self._root

    def plain(self) -> Plain:
        """Return the file's content as strings, lists and dictionaries, which are the caller's."""
        plain, self._plain = self._plain, None
        return self.root.plain() if plain is None else plain

    def node_at(self, location: Location) -> Node:
        """Return the node at *location*, or the nearest one around it that the file holds."""
        return self._walk(location)[0]

    def at(self, location: Location = (), *, name: bool = False) -> Position:
        """Return where the value at *location* stands, or its name when *name* is true.

        Parts of *location* that the file does not hold (a missing field, the tag of a union)
        are passed over, so that the nearest enclosing value is told.
        """
        node, line, column = self._walk(location)
        if name or not location:
            return Position(self.path, line, column)
        return Position(self.path, node.line, node.column)

    def _walk(self, location: Location) -> tuple[Node, int, int]:
        """Return the node at *location* with the place of its name."""
        node, line, column = self.root, self.root.line, self.root.column
        for part in location:
            if node.fields is not None and part in node.fields:
                entry = node.fields[str(part)]
                line, column = entry.line, entry.column
                node = entry.value
            elif node.items is not None and isinstance(part, int) and part < len(node.items):
                node = node.items[part]
                line, column = node.line, node.column
        return node, line, column


def parse(text: str, path: PurePosixPath, first_line: int = 1) -> Document | list[Problem]:
    """Return the document that *text* holds, or why it holds none.

    A document can carry problems of its own (duplicate keys, empty values) and still be read, so
    that one run tells everything.

    :param first_line: the line of the file at which *text* begins (front matter of Markdown).
    """
    text = plain_line_ends(text)
    if problem := refused_character(text.removeprefix("\ufeff"), path, first_line):
        return [problem]
    return _parsed(text, path, first_line)


def _parsed(text: str, path: PurePosixPath, first_line: int = 1) -> Document | list[Problem]:
    """Return what :func:`parse` does; *text* holds no character that must not stand in it."""
    text = text.removeprefix("\ufeff")
    plain = plain_fields(text)
    if plain is not None:
        return Document(path, text, first_line=first_line, plain=plain)
    builder = _Builder(text, path, first_line)
    try:
        root = builder.build()
    except yaml.MarkedYAMLError as error:
        return [syntax_problem(error, text, path, first_line)]
    except yaml.YAMLError:
        return [BAD_CHARACTER.at(Position(path, first_line), "a character cannot stand in a file")]
    except _RefusedError as refused:
        return [refused.problem]
    if root is None:
        return builder.problems or [
            EMPTY_FILE.at(Position(path, first_line), "the file holds nothing but comments")
        ]
    if root.fields is None:
        kind = "a list" if root.items is not None else "a text without a field name"
        return [NOT_FIELDS.at(Position(path, root.line, root.column), f"the file begins with {kind}")]
    return Document(path, text, root, first_line, builder.problems)


def read_document(file: Path, path: PurePosixPath) -> Document | list[Problem]:
    """Return the YAML document in *file*, or the problems that make it unreadable."""
    data = read_bytes(file, path)
    return [data] if isinstance(data, Problem) else document_in(data, path)


def document_in(data: bytes, path: PurePosixPath) -> Document | list[Problem]:
    """Return the YAML document that *data* hold, or the problems that make it unreadable."""
    text = text_of(data, path)
    return [text] if isinstance(text, Problem) else _parsed(text, path)


class _RefusedError(Exception):
    """A construct after which reading on makes no sense."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Builder:
    """Makes nodes from libyaml's events without recursion, refusing what a record must not hold."""

    def __init__(self, text: str, path: PurePosixPath, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.may_be_cut = _STUCK_HASH.search(text) is not None
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.parent: Node | None = None
        # The name that waits for its value; the mapping around a value has given its name away.
        self.name: _Name | None = None

    def build(self) -> Node | None:
        """Return the root of the tree that the text describes, or None if it holds no value."""
        documents = 0
        events: Iterator[yaml.Event] = yaml.parse(self.text, Loader=yaml.CSafeLoader)
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add_scalar(event)  # type: ignore[arg-type]
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._open(event)  # type: ignore[arg-type]
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.stack.pop()
                self.parent = self.stack[-1] if self.stack else None
            elif kind is yaml.AliasEvent:
                alias: str = event.anchor  # type: ignore[attr-defined]
                raise self._refused(
                    ANCHOR_OR_ALIAS, event, f"{quoted('*' + alias)} refers to another place"
                )
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self._refused(
                        YAML_SYNTAX, event, "a second document begins here (“---”)", _ONE_ONLY
                    )
        return self.root

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        value, mark = event.value, event.start_mark
        assert mark is not None
        if event.style == '"' and has_refused_character(value):
            raise self._refused(
                BAD_CHARACTER, event, "an escape in this text writes a control character"
            )
        line, column = mark.line + self.first_line, mark.column + 1
        parent, name = self.parent, self.name
        if parent is not None and parent.fields is not None and name is None:
            self.name = (value, line, column)
            return
        self.name = None
        if not value or value.isspace() or (value in BLANK and event.implicit[0]):
            self._report_blank(event, line, column, name)
            return
        if not event.style:
            self._check_plain(event)
        self._attach(Node(line, column, value), name)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        mark = event.start_mark
        assert mark is not None
        node = Node(mark.line + self.first_line, mark.column + 1)
        if type(event) is yaml.SequenceStartEvent:
            node.items = []
        else:
            node.fields = {}
        if self.parent is not None and self.parent.fields is not None and self.name is None:
            raise self._refused(YAML_SYNTAX, event, "a field name must be plain text", _NAME_ONLY)
        if len(self.stack) >= MAXIMUM_DEPTH:
            raise self._refused(TOO_DEEP, event, f"more than {MAXIMUM_DEPTH} levels of nesting")
        self._attach(node, self.name)
        self.name = None
        self.stack.append(node)
        self.parent = node

    def _attach(self, node: Node, name: _Name | None) -> None:
        parent = self.parent
        if parent is None:
            self.root = node
        elif parent.items is not None:
            parent.items.append(node)
        elif parent.fields is not None and name is not None:
            text, line, column = name
            if text in parent.fields:
                first = parent.fields[text].line
                message = f"the field {quoted(text)} already stands on line {first}"
                self._report(DUPLICATE_KEY, line, column, message)
            else:
                parent.fields[text] = Field(line, column, node)

    def _report_blank(self, event: yaml.ScalarEvent, line: int, column: int, name: _Name | None) -> None:
        """Report an empty value; it is left out, so that nothing mistakes it for text."""
        if self.parent is None:
            return
        if name is None:
            self._report(EMPTY_VALUE, line, column, "this item of the list is empty")
        else:
            self.parent.blanks = (self.parent.blanks or set()) | {name[0]}
            self._report(EMPTY_VALUE, name[1], name[2], *self._why_blank(event, name[0]))

    def _why_blank(self, event: yaml.ScalarEvent, name: str) -> tuple[str, str]:
        """Return the message and the hint for a field without a value."""
        message = f"the field {quoted(name)} has no value"
        assert event.end_mark is not None
        after = self.text[event.end_mark.index :].partition("\n")[0].strip()
        if len(after) > 1 and after[0] == "#" and not after[1].isspace():
            hint = (
                f"“#” begins a comment. Write {after[1:40].strip()}, or put the text in double quotes."
            )
            return message, hint
        return message, ""

    def _check_plain(self, event: yaml.ScalarEvent) -> None:
        """Report a text without quotation marks that YAML reads otherwise than it looks."""
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None
        if self.may_be_cut and STUCK_COMMENT.match(self.text, end.index):
            column = self.text.index("#", end.index) - end.index + end.column + 1
            line = end.line + self.first_line
            self._report(
                CUT_BY_COMMENT, line, column, f"the text ends after {quoted(event.value[-30:])}"
            )
        if end.line > start.line:
            written = self.text[start.index : end.index].split("\n")[1:]
            for number, line_text in enumerate(written, start.line + self.first_line + 1):
                if line_text.lstrip().startswith("- "):
                    column = len(line_text) - len(line_text.lstrip()) + 1
                    message = "this item is read as a part of the text above it"
                    self._report(YAML_SYNTAX, number, column, message, _ALIGN_ITEM)

    def _report(self, rule: Rule, line: int, column: int, message: str, hint: str = "") -> None:
        if len(self.problems) < MAXIMUM_PROBLEMS:
            self.problems.append(rule.at(Position(self.path, line, column), message, hint))

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            raise self._refused(ANCHOR_OR_ALIAS, event, f"{quoted('&' + event.anchor)} is an anchor")
        if event.tag is not None:
            raise self._refused(TAG, event, f"{quoted(_written_tag(event.tag))} sets a type")

    def _refused(self, rule: Rule, event: yaml.Event, message: str, hint: str = "") -> _RefusedError:
        mark = event.start_mark
        assert mark is not None
        place = Position(self.path, mark.line + self.first_line, mark.column + 1)
        return _RefusedError(rule.at(place, message, hint))


def _written_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
