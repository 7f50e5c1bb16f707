"""Formats of lines with a tag each: cut into references, and taken into fields one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evidence_map.imports.imported import ImportFormatError, Reading, Refused
from evidence_map.imports.incoming import IncomingReference, Stated
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.markup import from_latex, plain
from evidence_map.imports.names import own_people, people
from evidence_map.imports.own_exports import is_literal
from evidence_map.text_source import plain_line_ends

_FORMULA = re.compile(r"\$[^$]{1,200}\$")
_COMMAND = re.compile(r"\\[\"'`^~=.]\s?\{?\\?[A-Za-z]|\{\\")
_COUNTER = re.compile(
    r"\W*(?:(?:record|result)\s*#?)?\s*[0-9]{1,7}(?:\s*(?:of|/)\s*[0-9]{1,7})?\W*", re.IGNORECASE
)
_PROVIDED = re.compile(r"(?i)(?:provider|database|content)\s?:")
"""How lines begin that large databases write before the first reference, to say where it is from."""

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

    @property
    def stated(self) -> Stated:
        """The value with the name of the tag and its line."""
        return self.value, self.name, self.line


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


class TaggedReference(IncomingReference):
    """A reference on its way from tags to fields.

    Each step takes the tags that it understands; those that nobody took become leftovers.
    """

    def __init__(self, entry: Entry, source: str, left_out: LeftOut) -> None:
        super().__init__(left_out, source, entry.line)
        self._tags: dict[str, list[Tag]] = {}
        for tag in entry.tags:
            if any(tag.parts):
                self._tags.setdefault(tag.name, []).append(tag)

    def take(self, *names: str) -> list[Tag]:
        """Return the tags called *names*, in this order of names, and remember that they are taken."""
        return [tag for name in names if name in self._tags for tag in self._tags.pop(name)]

    def seen(self, *names: str) -> list[str]:
        """Return the values of tags that are not taken yet, without taking them."""
        return [tag.value for name in names for tag in self._tags.get(name, ())]

    def fill_text(self, field: str, *tags: Tag) -> None:
        """Fill a field with the text of the first of *tags*, without its markup."""
        for tag in tags:
            text = plain(tag.value)
            if _is_latex(text) and not is_literal():
                text = from_latex(text)
                self.remark(f"LaTeX stood in the {field.replace('_', ' ')}; compare it.")
            self.fill(field, text, tag.name, tag.line)

    def fill_texts(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Fill fields from the tags that stand for each."""
        for name, tags in fields.items():
            self.fill_text(name, *self.take(*tags))

    def fill_people(self, field: str, tags: list[Tag], *, marks_bodies: bool = False) -> None:
        """Fill authors or editors with the people that *tags* name.

        :param marks_bodies: whether our own files in this format have a comma behind a body's name.
        """
        if is_literal():
            found = own_people((tag.value for tag in tags), marks_bodies=marks_bodies)
        else:
            found = people(plain(text) for tag in tags for text in _names(tag))
        if tags:
            self.people(field, found, tags[0].name, tags[0].line)

    def fill_keywords(self, tags: list[Tag]) -> None:
        """Fill the keywords with those of *tags*: one a line, or several parted by semicolons."""
        parts = [word for tag in tags for part in tag.parts for word in plain(part).split(";")]
        if tags:
            words = [word.strip().lstrip("*") for word in parts]
            self.keywords(words, tags[0].name, tags[0].line)

    def leave_tags(self, tags: Iterable[Tag], reason: str = "") -> None:
        """Keep tags as leftovers."""
        for tag in tags:
            self.leave(tag.name, "\n".join(tag.parts), tag.line, reason)

    def count_as_left_out(self, tags: list[Tag], kind: str) -> None:
        """Leave *tags* out altogether and count them as *kind*."""
        if tags:
            self.left_out.kinds[kind] += len(tags)

    def leave_rest(self, reasons: Mapping[str, str]) -> None:
        """Leave over the tags that nobody took.

        :param reasons: why they were not taken, by name; other tags are unknown.
        """
        for name in list(self._tags):
            self.leave_tags(self._tags.pop(name), reasons.get(name, ""))


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
    text: str, source: str, form: Form, read: Callable[[TaggedReference], None], reasons: dict[str, str]
) -> Reading:
    """Return the references of a file whose form is *form*.

    :param read: takes the tags of one reference into fields.
    :param reasons: why tags that it leaves are not taken, by name.
    :raises ImportFormatError: if no line has a tag.
    """
    cutting = Cutting(text.replace("\ufeff", ""), form)
    result = Reading()
    left_out = LeftOut()
    for entry in cutting:
        reference = TaggedReference(entry, source, left_out)
        read(reference)
        reference.leave_rest(reasons)
        reference.into(result)
    if not cutting.begin:
        what = "is empty" if not text.strip(_BLANK + "\n\r") else f"has no reference in {form.name}"
        raise ImportFormatError(
            f"{source} {what}: in {form.name} each begins with a line such as “{form.example}”"
        )
    result.remarks += left_out.remarks()
    _tell_strays(result, cutting)
    _tell_odd_ends(result, cutting)
    return result


def _tell_strays(result: Reading, cutting: Cutting) -> None:
    """Tell of lines that belong to no reference: a head is passed over, others are refused."""
    head = [
        text
        for number, text in cutting.strays
        if number < cutting.begin and not _PROVIDED.match(text[:_CUT])
    ]
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
