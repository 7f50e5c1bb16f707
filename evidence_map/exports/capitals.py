"""Which words of a title keep their capitals when a citation style writes the rest in lower case.

Styles turn a title into a sentence: *Tea in Cups* becomes *Tea in cups*. Names and acronyms must not
be touched. What they are is taken from the word itself and from the names given; all other words are
left to the style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

_UPPER = "".join(filter(str.isupper, map(chr, range(0xAC00))))
_INNER = re.compile(rf"[^\W\d_]\W*[^\s{_UPPER}]*[{_UPPER}]|\d[{_UPPER}]|[{_UPPER}]\d")
_WITH_CAPITAL = re.compile(rf"[^\s/–—]*[{_UPPER}][^\s/–—]*")
_PART = re.compile("[^-‐‑]+")
_ALONE = re.compile(rf"\W*(?:(?!A\b)[{_UPPER}]|I[’'](?:m|ve|ll|d))\W*")
"""A capital that is a word: vitamin C, the pronoun I. A lone A is more often an article."""

_EDGES = ".,:;!?…()[]“”‘’„«»‹›\"'"

_BEGINNING = re.compile(rf"(?:(?:^|:\s+)[^\w\s]+|[?!.][”’\"')\]]*\s+[^\w\s]*)([{_UPPER}][^\s/–—]*)")
"""The first word of a sentence, where BibTeX does not see that it is one: it keeps the capital only
of the very first sign, and of a sign right after a colon and a space."""


def kept_apart(text: str, names: Iterable[str] = ()) -> list[tuple[str, bool]]:
    """Return *text* in pieces, each with whether its capitals must stay.

    They stay in the *names*; in words with a capital after their first letter or beside a digit
    (COVID-19, mRNA, B12); in single capitals (vitamin C); and in words that begin a sentence after a
    quotation mark, a question mark or a full stop. A title that is all in capitals says nothing
    about its words; there only the names stay.

    >>> kept_apart("Tea with mRNA in New York", ["New York"])
    [('Tea with ', False), ('mRNA', True), (' in ', False), ('New York', True)]
    """
    kept = bytearray(len(text))
    for start, end in [*_named(text, names), *_derived(text)]:
        while end > start + 1 and text[end - 1] in _EDGES:
            end -= 1
        while start < end - 1 and text[start] in _EDGES:
            start += 1
        kept[start:end] = b"\1" * (end - start)
    pieces, position = [], 0
    for keep, run in groupby(kept):
        length = len(list(run))
        pieces.append((text[position : position + length], bool(keep)))
        position += length
    return pieces


def _named(text: str, names: Iterable[str]) -> Iterable[tuple[int, int]]:
    phrases = sorted((name for name in names if name and name in text), key=len, reverse=True)
    if phrases:
        pattern = "|".join(map(re.escape, phrases))
        # No accent may be cut off its letter either.
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?![\w\u0300-\u036f])", text):
            yield match.span()


def _derived(text: str) -> Iterable[tuple[int, int]]:
    if text.isupper() and len(text.split()) > 2:
        return
    for word in _WITH_CAPITAL.finditer(text):
        yield from _acronyms(word.group(), word.start())
    for match in _BEGINNING.finditer(text):
        yield match.span(1)


def _acronyms(word: str, offset: int) -> Iterable[tuple[int, int]]:
    """Yield the parts of a word with hyphens that keep their capitals, with the numbers after them.

    In *COVID-19-Related* the last part does not, nor does any in *Social-Ecological*.
    """
    last = None
    for part in _PART.finditer(word):
        text = part.group()
        if _INNER.search(text) or _ALONE.fullmatch(text):
            last = part.start() if last is None else last
            yield offset + last, offset + part.end()
        elif last is not None and text.strip(".,:;!?)”’\"'").isdigit():
            yield offset + last, offset + part.end()
        else:
            last = None
