"""JSON files as the objects in their lists, each with the line on which it begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import JSONDecodeError
from typing import Any

from evidence_map.imports.imported import ImportFormatError

_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_NESTED = re.compile(r'(?:[\[{]\s*(?:"[^"]{0,100}"\s*:\s*)?){100}')
_BETWEEN = re.compile(r"[ \t\n\r,]*")

# Numbers stay as they are written: a volume 012 or an id of a thousand digits is a text here.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


@dataclass(frozen=True)
class JsonItem:
    """An object of a list, or a value that is none, with its line."""

    value: Any
    line: int


def json_items(text: str, source: str, wrappers: frozenset[str]) -> list[JsonItem]:
    """Return the values of a JSON list, of JSON Lines, or of a list inside an object.

    :param wrappers: the names under which an object may hold the list, or an object that does.
    :raises ImportFormatError: with line and column, if it is not JSON.
    """
    reader = _Scanner(text, wrappers)
    try:
        refuse_depth(text)
        return list(reader.items())
    except JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ImportFormatError(f"{source} is not sound JSON: {where}: {_in_words(error)}") from None
    except RecursionError:
        raise ImportFormatError(
            f"{source} is nested too deeply to be a list of references: export it again"
        ) from None


def refuse_depth(text: str) -> None:
    """Refuse what is nested deeper than any reference, before the parser goes down there.

    :raises RecursionError: if it is.
    """
    if _NESTED.search(text):
        raise RecursionError("nested too deeply")


def _in_words(error: JSONDecodeError) -> str:
    if error.pos >= len(error.doc.rstrip()):
        return "it breaks off there; export it again, or load it again to the end"
    return f"{error.msg[:1].lower()}{error.msg[1:]}; export it again, or mend it there"


class _Scanner:
    """Walks through a text value by value, and knows on which line it is."""

    def __init__(self, text: str, wrappers: frozenset[str]) -> None:
        self.text = text
        self.wrappers = wrappers
        self.position = 0
        self._counted = 0
        self._line = 1

    def items(self) -> Iterator[JsonItem]:
        """Yield what stands side by side in the file, with that in lists one by one."""
        self._skip(_SPACE)
        while self.position < len(self.text):
            yield from self._value()
            self._skip(_BETWEEN)

    def _value(self) -> Iterator[JsonItem]:
        if self._next() == "[":
            yield from self._list()
        elif self._next() == "{" and self._is_wrapper():
            yield from self._wrapper()
        else:
            line = self.line
            yield JsonItem(self._decoded(), line)

    def _list(self) -> Iterator[JsonItem]:
        self._expect("[")
        if self._next() != "]":
            while True:
                line = self.line
                yield JsonItem(self._decoded(), line)
                if self._next() != ",":
                    break
                self._expect(",")
                if self._next() == "]":
                    break  # a comma after the last item, which some programs write
        self._expect("]")

    def _is_wrapper(self) -> bool:
        """Whether the object here begins with the name of a list, or of an object, of references."""
        beginning = self.text[self.position : self.position + 10_000]
        names = "|".join(map(re.escape, self.wrappers))
        found = re.search(rf'"(?:{names})"\s*:\s*[\[{{]|"(?:title|author|DOI)"\s*:', beginning)
        return found is not None and found.group()[-1] in "[{"

    def _wrapper(self) -> Iterator[JsonItem]:
        self._expect("{")
        while self._next() != "}":
            name = self._decoded()
            self._expect(":")
            if name in self.wrappers and self._next() == "[":
                yield from self._list()
            elif name in self.wrappers and self._next() == "{":
                yield from self._value()
            else:
                self._decoded()
            if self._next() != ",":
                break
            self._expect(",")
        self._expect("}")

    @property
    def line(self) -> int:
        """The line on which it is, from 1."""
        self._line += self.text.count("\n", self._counted, self.position)
        self._counted = self.position
        return self._line

    def _decoded(self) -> Any:
        try:
            value, self.position = _DECODER.raw_decode(self.text, self.position)
        except StopIteration as error:
            raise JSONDecodeError("Expecting value", self.text, error.value) from None
        self._skip(_SPACE)
        return value

    def _next(self) -> str:
        return self.text[self.position : self.position + 1]

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise JSONDecodeError(f"Expecting “{sign}”", self.text, self.position)
        self.position += 1
        self._skip(_SPACE)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.text, self.position):
            self.position = found.end()
