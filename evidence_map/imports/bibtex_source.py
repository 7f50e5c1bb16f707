"""BibTeX files as entries with the text of their fields: abbreviations resolved, braces kept.

bibtexparser finds the blocks. What a value says is worked out here, since a value may be joined of
several parts (``jan # "~12"``), and since its own tools for LaTeX and for names lose characters.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field

from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from evidence_map.imports.imported import Refused

# What it would say stands in the reading; nothing goes to the terminal.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The abbreviations that every BibTeX style defines."""

_PART = re.compile(r'(?<!\\)[{}"#]')
_BRACE = re.compile(r"(?<!\\)[{}]")
_NO_KEY = re.compile(
    r"(?im)^([^\S\n]*@(?!string\b|comment\b|preamble\b)\w+[ \t]*[{(])(?=\s*\w[\w-]*\s*=)"
)
_NO_AT = re.compile(
    r"(?im)^[ \t]*(?:article|book|booklet|conference|inbook|incollection|inproceedings|manual"
    r"|mastersthesis|misc|online|phdthesis|proceedings|report|techreport|thesis|unpublished)"
    r"[ \t]*\{[^{},=\n]*,"
)


@dataclass
class Value:
    """What stands in a field, with its braces and its LaTeX."""

    name: str
    text: str
    line: int
    undefined: str = ""


@dataclass
class BibtexEntry:
    """An entry with its fields in their order.

    :ivar values: the first value of each field, by its name in lower case.
    :ivar repeated: further values of fields that stand there twice.
    """

    kind: str
    key: str
    line: int
    values: dict[str, Value] = field(default_factory=dict)
    repeated: list[Value] = field(default_factory=list)
    key_repeated: bool = False
    remarks: list[str] = field(default_factory=list)


@dataclass
class BibtexFile:
    """The entries of a file, and what could not be read."""

    entries: list[BibtexEntry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def bibtex_file(text: str) -> BibtexFile:
    """Return the entries of a BibTeX file in their order."""
    # An entry may lack its key, which bibtexparser asks for; the comma moves no line.
    library: Library = Splitter(_NO_KEY.sub(r"\1,", text)).split()
    read = BibtexFile()
    strings: dict[str, str] = {}
    for block in library.blocks:
        _read(_within(block), strings, read)
    keys: set[str] = set()
    for entry in read.entries:
        entry.key_repeated = bool(entry.key) and entry.key in keys
        keys.add(entry.key)
    return read


def _within(block: Block) -> Block:
    """Return the block that bibtexparser set aside because a key or a field stands there twice."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        assert inner is not None, "such a block holds what was set aside"
        block = inner
    return block


_LONGEST_STRING = 10_000
"""Characters of an abbreviation: some that stand for each other twice would fill the memory."""


def _read(block: Block, strings: dict[str, str], read: BibtexFile) -> None:
    line = (block.start_line or 0) + 1
    if isinstance(block, String):
        strings[block.key.lower()] = _value(block.value, strings)[0][:_LONGEST_STRING]
    elif isinstance(block, Entry):
        read.entries.append(_entry(block, line, strings))
    elif isinstance(block, ParsingFailedBlock):
        read.refused.append(Refused(line, _why_it_failed(block.raw or "")))
    elif isinstance(block, ImplicitComment):
        for found in _NO_AT.finditer(block.comment):
            below = block.comment.count("\n", 0, found.start())
            read.refused.append(Refused(line + below, "the entry does not begin with “@”"))


def _why_it_failed(raw: str) -> str:
    key = re.match(r"@\w+\s*[{(]\s*([^\s,{}=]{1,60})", raw)
    which = f"the entry “{key.group(1)}”" if key else "an entry"
    return f"{which} breaks off: a brace, a quotation mark or a comma is missing or stands too early"


def _entry(block: Entry, line: int, strings: dict[str, str]) -> BibtexEntry:
    entry = BibtexEntry(block.entry_type.lower(), " ".join(block.key.split()), line)
    for found in block.fields:
        text, undefined = _value(found.value, strings)
        value = Value(" ".join(found.key.split()), text, (found.start_line or 0) + 1, undefined)
        if not text.strip():
            continue
        if value.name.lower() in entry.values:
            entry.repeated.append(value)
        else:
            entry.values[value.name.lower()] = value
    return entry


def _value(written: str, strings: dict[str, str]) -> tuple[str, str]:
    """Return the text of a value, and the first abbreviation in it that the file does not define."""
    texts: list[str] = []
    undefined = ""
    for part in _parts(written):
        if part[:1] in {"{", '"'}:
            texts.append(part[1:-1])
            continue
        word = part.lower()
        if word not in strings and not word.isdigit() and word[:3] not in MONTHS:
            undefined = undefined or part
        texts.append(strings.get(word, part))
    return "".join(texts), undefined


def _parts(written: str) -> list[str]:
    """Return the parts of a value that ``#`` joins, with their braces or quotation marks."""
    written = written.strip()
    if written[:1] == "{" and _closes(written) == len(written):
        return [written]
    parts = []
    depth, quoted, start = 0, False, 0
    for match in _PART.finditer(written):
        sign = match.group()
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif sign == "#" and not quoted and depth == 0:
            parts.append(written[start : match.start()].strip())
            start = match.end()
    return [part for part in (*parts, written[start:].strip()) if part]


def _closes(text: str) -> int:
    """Return the position behind the brace that closes the one with which *text* begins."""
    if text.find("}") == len(text) - 1 and text.find("{", 1) < 0:
        return len(text)
    depth = 0
    for match in _BRACE.finditer(text):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(text) + 1
