"""Read YAML text into nodes that remember where they stand, and into plain data.

Types come from the models, never from YAML: every scalar stays the string that was written, so
that ``NO`` is Norway and ``10.10`` is not 10.1. The part of YAML that people need to describe a
paper is small; anchors, aliases, tags and duplicate keys are refused where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import yaml

from evidence_map.problems import Position, Problem, Rule

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 24
MAXIMUM_PROBLEMS = 50

Plain = str | list["Plain"] | dict[str, "Plain"]
Location = tuple[str | int, ...]

UNREADABLE = Rule(
    "unreadable-file",
    "The file cannot be opened",
    "A file that cannot be read cannot be checked or published.",
    "Check that it exists and that you may read it.",
)
TOO_LARGE = Rule(
    "file-too-large",
    "The file is too large",
    "A record is a few kilobytes; a file of megabytes is not a record and would stall the build.",
    "Keep one paper per file; put nothing but the record in it.",
)
BAD_ENCODING = Rule(
    "bad-encoding",
    "The file is not UTF-8 text",
    "Names and titles in every script survive only if all files use one encoding, UTF-8.",
    "In your editor choose “Save with encoding” and UTF-8.",
)
BAD_CHARACTER = Rule(
    "bad-character",
    "A character that cannot stand in text",
    "Control characters come from copying out of PDFs and break exports and pages.",
    "Delete the character; retype the words around it if need be.",
)
EMPTY_FILE = Rule(
    "empty-file",
    "The file is empty",
    "An empty file says nothing about a paper.",
    "Fill it in or delete it.",
)
YAML_SYNTAX = Rule(
    "yaml-syntax",
    "The file is not valid YAML",
    "Without a clear structure no field can be read.",
    "Indent with spaces, put a space after each colon, and put text that holds “: ” or “ #” "
    "or begins with a quotation mark, “[”, “{”, “*”, “&”, “!”, “%” or “@” in double quotes.",
)
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
ANCHOR_OR_ALIAS = Rule(
    "anchor-or-alias",
    "Anchors and aliases are not allowed",
    "They make one part of a file depend on another, which readers of the file overlook.",
    "Write the value out; put text that begins with “&” or “*” in double quotes.",
)
TAG = Rule(
    "tag",
    "Tags are not allowed",
    "Types come from the record model, never from the file.",
    "Remove the “!…”; put text that begins with “!” in double quotes.",
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

SOURCE_RULES = (
    UNREADABLE,
    TOO_LARGE,
    BAD_ENCODING,
    BAD_CHARACTER,
    EMPTY_FILE,
    YAML_SYNTAX,
    NOT_FIELDS,
    DUPLICATE_KEY,
    ANCHOR_OR_ALIAS,
    TAG,
    TOO_DEEP,
    EMPTY_VALUE,
)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_BLANK = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Node:
    """A value in a file with its place. Exactly one of the three kinds of content is set."""

    line: int
    column: int
    text: str | None = None
    items: list[Node] | None = None
    fields: dict[str, Field] | None = None

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


@dataclass(slots=True)
class Document:
    """One file: its text, its nodes, and the way from a value back to its place."""

    path: PurePosixPath
    text: str
    root: Node
    first_line: int = 1
    problems: list[Problem] = field(default_factory=list)

    def plain(self) -> Plain:
        """Return the file's content as strings, lists and dictionaries."""
        return self.root.plain()

    def at(self, location: Location = (), *, name: bool = False) -> Position:
        """Return where the value at *location* stands, or its name when *name* is true.

        Parts of *location* that the file does not hold (a missing field, the tag of a union)
        are passed over, so that the nearest enclosing value is told.
        """
        node, line, column = self.root, self.root.line, self.root.column
        for part in location:
            if node.fields is not None and part in node.fields:
                entry = node.fields[str(part)]
                line, column = entry.line, entry.column
                node = entry.value
            elif node.items is not None and isinstance(part, int) and part < len(node.items):
                node = node.items[part]
                line, column = node.line, node.column
            else:
                continue
        if not name and location:
            line, column = node.line, node.column
        return Position(self.path, line, column)


def read_text(file: Path, path: PurePosixPath) -> str | Problem:
    """Return the text of *file*, or the problem that forbids reading it.

    :param path: the file's name in messages, relative to the review's root.
    """
    start = Position(path)
    try:
        size = file.stat().st_size
        if size > MAXIMUM_BYTES:
            return TOO_LARGE.at(
                start, f"the file has {size / 1e6:.1f} MB; at most {MAXIMUM_BYTES / 1e6:.0f} MB is read"
            )
        data = file.read_bytes()
    except OSError as error:
        return UNREADABLE.at(start, f"the file cannot be read: {error.strerror or error}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return BAD_ENCODING.at(start, "the file is saved as UTF-16, not as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return BAD_ENCODING.at(
            Position(path, line, column), f"the byte 0x{data[error.start]:02x} here is not UTF-8 text"
        )
    if found := _CONTROL.search(text):
        line, column = _place(text, found.start())
        return BAD_CHARACTER.at(
            Position(path, line, column),
            f"the invisible character U+{ord(found.group()):04X} cannot stand in a record",
        )
    if not text.strip():
        return EMPTY_FILE.at(start, "the file is empty")
    return text


def parse(text: str, path: PurePosixPath, first_line: int = 1) -> Document | list[Problem]:
    """Return the document that *text* holds, or why it holds none.

    A document can carry problems of its own (duplicate keys, empty values) and still be read, so
    that one run tells everything.

    :param first_line: the line of the file at which *text* begins (front matter of Markdown).
    """
    builder = _Builder(path, first_line)
    try:
        root = builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        return [_syntax_problem(error, text, path, first_line)]
    except yaml.YAMLError as error:
        return [YAML_SYNTAX.at(Position(path, first_line), f"this is not valid YAML: {error}")]
    except _Refused as refused:
        return [refused.problem]
    if root is None:
        return [EMPTY_FILE.at(Position(path, first_line), "the file holds nothing but comments")]
    if root.fields is None:
        kind = "a list" if root.items is not None else "a text without a field name"
        return [NOT_FIELDS.at(Position(path, root.line, root.column), f"the file begins with {kind}")]
    return Document(path, text, root, first_line, builder.problems)


def read_document(file: Path, path: PurePosixPath) -> Document | list[Problem]:
    """Return the YAML document in *file*, or the problems that make it unreadable."""
    text = read_text(file, path)
    return [text] if isinstance(text, Problem) else parse(text, path)


class _Refused(Exception):
    """A construct after which reading on makes no sense."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Builder:
    """Makes nodes from libyaml's events without recursion, refusing what a record must not hold."""

    def __init__(self, path: PurePosixPath, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        stack: list[Node] = []
        names: list[tuple[str, int, int] | None] = []
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(
                        YAML_SYNTAX.at(self._position(event), "a second document begins here (“---”)")
                    )
                continue
            if isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
                names.pop()
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            self._refuse_extras(event)
            mark = event.start_mark
            node = Node(mark.line + self.first_line, mark.column + 1)
            parent = stack[-1] if stack else None
            if parent is not None and parent.fields is not None and names[-1] is None:
                if not isinstance(event, yaml.ScalarEvent):
                    raise _Refused(YAML_SYNTAX.at(self._position(event), "a field name must be plain text"))
                names[-1] = (event.value, node.line, node.column)
                continue
            if isinstance(event, yaml.ScalarEvent):
                node.text = event.value
            elif isinstance(event, yaml.SequenceStartEvent):
                node.items = []
            else:
                node.fields = {}
            keep = not self._blank(event, node, parent, names[-1] if names else None)
            if parent is None:
                root = node if keep else None
            elif keep:
                self._attach(node, parent, names[-1])
            if names:
                names[-1] = None
            if not isinstance(event, yaml.ScalarEvent):
                if len(stack) >= MAXIMUM_DEPTH:
                    raise _Refused(
                        TOO_DEEP.at(self._position(event), f"more than {MAXIMUM_DEPTH} levels of nesting")
                    )
                stack.append(node)
                names.append(None)
        return root

    def _attach(self, node: Node, parent: Node, name: tuple[str, int, int] | None) -> None:
        if parent.items is not None:
            parent.items.append(node)
            return
        assert parent.fields is not None and name is not None
        text, line, column = name
        if text in parent.fields:
            first = parent.fields[text].line
            self._report(
                DUPLICATE_KEY, line, column, f"the field “{text}” already stands on line {first}"
            )
        else:
            parent.fields[text] = Field(line, column, node)

    def _blank(
        self, event: yaml.Event, node: Node, parent: Node | None, name: tuple[str, int, int] | None
    ) -> bool:
        """Report an empty scalar and say that it is to be left out."""
        if not isinstance(event, yaml.ScalarEvent):
            return False
        plain = event.implicit[0]
        if not (event.value.strip() == "" or (plain and event.value in _BLANK)):
            return False
        if name is not None:
            self._report(EMPTY_VALUE, name[1], name[2], f"the field “{name[0]}” has no value")
        elif parent is not None:
            self._report(EMPTY_VALUE, node.line, node.column, "this item of the list is empty")
        return True

    def _report(self, rule: Rule, line: int, column: int, message: str) -> None:
        if len(self.problems) < MAXIMUM_PROBLEMS:
            self.problems.append(rule.at(Position(self.path, line, column), message))

    def _refuse_extras(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(
                ANCHOR_OR_ALIAS.at(self._position(event), f"“*{event.anchor}” refers to another place")
            )
        if event.anchor is not None:
            raise _Refused(ANCHOR_OR_ALIAS.at(self._position(event), f"“&{event.anchor}” is an anchor"))
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise _Refused(TAG.at(self._position(event), f"“{_written_tag(tag)}” sets a type"))

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        return Position(self.path, mark.line + self.first_line, mark.column + 1)


def _written_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")[:60]


def _place(text: str, offset: int) -> tuple[int, int]:
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def _syntax_problem(
    error: yaml.MarkedYAMLError, text: str, path: PurePosixPath, first_line: int
) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    position = Position(path, line + first_line, column + 1)
    lines = text.split("\n")
    written = lines[line] if line < len(lines) else ""
    if "\t" in written[: column + 1] or _TAB_INDENT.match(written):
        tab = Position(path, line + first_line, written.index("\t") + 1)
        return YAML_SYNTAX.at(tab, "a tab stands in the indentation", "Indent with spaces only.")
    problem = error.problem or "the structure is broken"
    if "mapping values are not allowed" in problem:
        return YAML_SYNTAX.at(
            position,
            "a second “: ” on this line, or an indentation that does not fit",
            "Put text that holds a colon and a space in double quotes, or mend the indentation.",
        )
    if "nesting" in problem or "depth" in problem:
        return TOO_DEEP.at(position, "lists or fields are nested too deeply")
    context = f" ({error.context})" if error.context else ""
    return YAML_SYNTAX.at(position, f"this is not valid YAML: {problem}{context}")
