"""Formats of lines with a tag each: cut into references, and taken into fields one after another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from evidence_map.imports.fields import sound
from evidence_map.imports.imported import Imported, ImportFormatError, Leftover, Reading, Refused
from evidence_map.imports.markup import from_latex, plain
from evidence_map.imports.names import people
from evidence_map.imports.own_exports import is_literal
from evidence_map.text_source import plain_line_ends

_FORMULA = re.compile(r"\$[^$]{1,200}\$")
_COMMAND = re.compile(r"\\[\"'`^~=.]\s?\{?\\?[A-Za-z]|\{\\")
_COUNTER = re.compile(
    r"\W*(?:(?:record|result)\s*#?)?\s*[0-9]{1,7}(?:\s*(?:of|/)\s*[0-9]{1,7})?\W*", re.IGNORECASE
)
_BLANK = " \t\x00\x1a\x0c\x0b\ufeff\u200b\xa0"
_CUT = 60


@dataclass(slots=True)
class Tag:
    """A tag and what stands behind it, on its line and on those that go on from it.

    :ivar line: the line of the file, from 1.
    :ivar parts: the value, line by line, with single spaces in it.
    """

    name: str
    line: int
    parts: list[str]

    @property
    def value(self) -> str:
        """The value on one line."""
        return " ".join(filter(None, self.parts)) if len(self.parts) > 1 else self.parts[0]


@dataclass(slots=True)
class Entry:
    """The tags of one reference.

    :ivar begun: whether it begins with the tag with which references begin.
    :ivar ended: whether it ends with the tag with which they end.
    """

    line: int
    tags: list[Tag] = field(default_factory=list)
    begun: bool = True
    ended: bool = False


@dataclass(frozen=True)
class Form:
    """How a format is written.

    :ivar name: its name, for messages.
    :ivar tag: returns the tag and the value of a line, or None where the line goes on from the last.
    :ivar first: the tag with which a reference begins.
    :ivar last: the tag with which it ends, if there is one.
    :ivar blank_ends: whether a blank line ends a reference.
    :ivar example: a line by which people know the format.
    """

    name: str
    tag: Callable[[str], tuple[str, str] | None]
    first: str
    last: str
    blank_ends: bool
    example: str


@dataclass
class Cutting:
    """Cuts a text into references, one after another, and notes what was odd about it.

    :ivar strays: lines that belong to no reference, with their number.
    :ivar begin: the line of the first reference, or 0 where there is none.
    :ivar without_begin: lines of references without the tag with which they begin.
    :ivar without_end: lines of references without the tag with which they end.
    """

    text: str
    form: Form
    strays: list[tuple[int, str]] = field(default_factory=list)
    begin: int = 0
    without_begin: list[int] = field(default_factory=list)
    without_end: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the references as tags with their lines.

        A line without a tag goes on from the last one. A number alone before a reference counts them
        and is passed over.
        """
        form = self.form
        entry: Entry | None = None
        for number, line in enumerate(plain_line_ends(self.text).split("\n"), 1):
            read = form.tag(line) if line else None
            if read is None:
                bare = line.strip(_BLANK)
                if bare:
                    self._go_on(entry, number, bare)
                elif form.blank_ends and entry is not None:
                    yield self._finished(entry)
                    entry = None
                continue
            name, value = read
            if name == form.last and name:
                if entry is not None:
                    entry.ended = True
                    yield self._finished(entry)
                entry = None
                continue
            if entry is None or name == form.first:
                if entry is not None:
                    _drop_counter(entry)
                    yield self._finished(entry)
                entry = Entry(number, begun=name == form.first)
                self.begin = self.begin or number
            entry.tags.append(Tag(name, number, [_with_single_spaces(value)]))
        if entry is not None:
            yield self._finished(entry)

    def _go_on(self, entry: Entry | None, number: int, bare: str) -> None:
        """Take a line without a tag: as part of the value before it, as a number, or as a stray."""
        if entry is not None:
            entry.tags[-1].parts.append(_with_single_spaces(bare))
        elif not _COUNTER.fullmatch(bare[:_CUT]):
            self.strays.append((number, bare))

    def _finished(self, entry: Entry) -> Entry:
        if not entry.begun and self.form.first:
            self.without_begin.append(entry.line)
        if not entry.ended and self.form.last:
            self.without_end.append(entry.line)
        return entry


def _with_single_spaces(text: str) -> str:
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def _drop_counter(entry: Entry) -> None:
    parts = entry.tags[-1].parts
    if len(parts) > 1 and _COUNTER.fullmatch(parts[-1][:_CUT]):
        parts.pop()


@dataclass
class Tally:
    """What was left out of all references of a file, counted by kind."""

    abstracts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def remarks(self) -> Iterator[str]:
        """Yield the sentences that tell it."""
        if self.abstracts:
            were = "abstract was" if self.abstracts == 1 else "abstracts were"
            yield f"{self.abstracts} {were} left out: records hold no sentences of papers."
        if self.kinds:
            shown = ", ".join(f"{kind} ({count})" for kind, count in sorted(self.kinds.items()))
            yield f"Left out as well, since it says nothing about the papers: {shown}."


class Draft:
    """A reference on its way from tags to fields.

    Each step takes the tags that it understands; those that nobody took become leftovers. The first
    value of a field counts; the same value again is passed over, another one becomes a leftover.
    """

    def __init__(self, entry: Entry, source: str, tally: Tally) -> None:
        self.imported = Imported(source, entry.line)
        self.tally = tally
        self._origins: dict[str, tuple[str, int]] = {}
        self._tags: dict[str, list[Tag]] = defaultdict(list)
        for tag in entry.tags:
            if any(tag.parts):
                self._tags[tag.name].append(tag)
        self._left: dict[tuple[str, str], list[Tag]] = defaultdict(list)

    @property
    def fields(self) -> dict[str, object]:
        """The fields that are taken so far."""
        return self.imported.fields

    def take(self, *names: str) -> list[Tag]:
        """Return the tags called *names*, in this order of names, and remember that they are taken."""
        taken: list[Tag] = []
        for name in names:
            if name in self._tags:
                taken += self._tags.pop(name)
        return taken

    def seen(self, *names: str) -> list[str]:
        """Return the values of tags that are not taken yet, without taking them."""
        return [tag.value for name in names for tag in self._tags.get(name, ())]

    def put(self, name: str, value: str, tag: Tag) -> None:
        """Set a field to *value* from *tag*, unless it has another value already."""
        if not value:
            return
        present = self.imported.fields.get(name)
        if present is None:
            self.imported.fields[name] = value
            self._origins[name] = (tag.name, tag.line)
        elif str(present).casefold() != value.casefold():
            self.leave(tag, f"another {name.replace('_', ' ')} stands in {self._origins[name][0]}")

    def put_text(self, name: str, tag: Tag) -> None:
        """Set a field to the text of *tag* without its markup."""
        text = plain(tag.value)
        if _is_latex(text) and not is_literal():
            text = from_latex(text)
            self.imported.remarks.append(f"LaTeX stood in the {name.replace('_', ' ')}; compare it.")
        self.put(name, text, tag)

    def put_people(self, role: str, tags: list[Tag]) -> None:
        """Set authors or editors to the people that *tags* name."""
        if not tags:
            return
        found = people(plain(text) for tag in tags for text in _names(tag))
        if found.names:
            self.imported.fields[role] = found.names
            self._origins[role] = (tags[0].name, tags[0].line)
        if not found.complete and role == "authors":
            self.imported.fields["authors_complete"] = False
        self.imported.remarks += found.remarks
        for name in found.nobody:
            self.leave(Tag(tags[0].name, tags[0].line, [name]), "names nobody")

    def put_keywords(self, tags: list[Tag]) -> None:
        """Set the keywords to those of *tags*: one a line, or several parted by semicolons."""
        words = [
            word.strip().lstrip("*").strip()
            for tag in tags
            for part in tag.parts
            for word in plain(part).split(";")
        ]
        if words := list(dict.fromkeys(word for word in words if word)):
            self.imported.fields["keywords"] = words
            self._origins["keywords"] = (tags[0].name, tags[0].line)

    def leave(self, tag: Tag, reason: str = "") -> None:
        """Keep *tag* as a leftover; those of one name and reason become one."""
        self._left[tag.name, reason].append(tag)

    def leave_out(self, tags: list[Tag], kind: str) -> None:
        """Leave *tags* out altogether and count them as *kind*."""
        if tags:
            self.tally.kinds[kind] += len(tags)

    def leave_out_abstract(self, tags: list[Tag]) -> None:
        """Leave the abstract out and count it, once for each reference."""
        self.tally.abstracts += bool(tags)

    def finish(self, reasons: dict[str, str]) -> Imported | Refused:
        """Return the reference, or why it is refused.

        :param reasons: why tags that nobody took were not taken, by name; other tags are unknown.
        """
        for name in list(self._tags):
            for tag in self._tags.pop(name):
                self.leave(tag, reasons.get(name, ""))
        for (name, reason), tags in self._left.items():
            value = "; ".join(tag.value for tag in tags)
            self.imported.leftovers.append(Leftover(name, value, tags[0].line, reason))
        sound(self.imported, self._origins)
        self.imported.leftovers.sort(key=lambda left: left.line)
        if "title" not in self.imported.fields:
            return Refused(self.imported.line, "the reference has no title")
        self._remark_on_capitals()
        return self.imported

    def _remark_on_capitals(self) -> None:
        for name in ("title", "container_title"):
            text = str(self.imported.fields.get(name, ""))
            if len(text) > 9 and " " in text and text.isupper():
                self.imported.remarks.append(
                    f"The {name.replace('_', ' ')} stands in capitals, as in the file: write it as the "
                    "paper does."
                )


def _is_latex(text: str) -> bool:
    if "$" not in text and "\\" not in text:
        return False
    formulas = _FORMULA.finditer(text)
    return bool(_COMMAND.search(text)) or any(set("\\_^") & set(found.group()) for found in formulas)


def _names(tag: Tag) -> list[str]:
    """Return the names in the lines of *tag*: one a line if each has a comma, or one in all."""
    if len(tag.parts) > 1 and all("," in part for part in tag.parts):
        return tag.parts
    return [tag.value]


def reading(
    text: str, source: str, form: Form, read: Callable[[Draft], None], reasons: dict[str, str]
) -> Reading:
    """Return the references of a file whose form is *form*.

    :param read: takes the tags of one reference into fields.
    :param reasons: why tags that it leaves are not taken, by name.
    :raises ImportFormatError: if no line has a tag.
    """
    cutting = Cutting(text.replace("\ufeff", ""), form)
    result = Reading()
    tally = Tally()
    for entry in cutting:
        draft = Draft(entry, source, tally)
        read(draft)
        finished = draft.finish(reasons)
        if isinstance(finished, Refused):
            result.refused.append(finished)
        else:
            result.references.append(finished)
    if not cutting.begin:
        what = "is empty" if not text.strip(_BLANK + "\n\r") else f"has no reference in {form.name}"
        raise ImportFormatError(
            f"{source} {what}: in {form.name} each begins with a line such as “{form.example}”"
        )
    result.remarks += tally.remarks()
    _tell_strays(result, cutting)
    _tell_odd_ends(result, cutting)
    return result


def _tell_strays(result: Reading, cutting: Cutting) -> None:
    """Tell of lines that belong to no reference: a head is passed over, others are refused."""
    head = [text for number, text in cutting.strays if number < cutting.begin]
    if head:
        shown = "; ".join(f"“{_short(text)}”" for text in head[:3])
        more = f" and {len(head) - 3} more lines" if len(head) > 3 else ""
        result.remarks.append(f"Before the first reference stood, and was not read: {shown}{more}.")
    last = 0
    for number, text in cutting.strays:
        if number > cutting.begin and number != last + 1:
            result.refused.append(Refused(number, f"the text “{_short(text)}” belongs to no reference"))
        last = number
    result.refused.sort(key=lambda refused: refused.line)


def _tell_odd_ends(result: Reading, cutting: Cutting) -> None:
    form = cutting.form
    for lines, what, advice in (
        (cutting.without_end, f"end in “{form.last}”", "see whether the file is whole"),
        (cutting.without_begin, f"begin with “{form.first}”", "see what stands before it"),
    ):
        if lines:
            many = "1 reference does" if len(lines) == 1 else f"{len(lines)} references do"
            first = f"in line {lines[0]}" if len(lines) == 1 else f"the first in line {lines[0]}"
            result.remarks.append(f"{many} not {what}, {first}; {advice}.")


def _short(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[: _CUT - 1]}…"
