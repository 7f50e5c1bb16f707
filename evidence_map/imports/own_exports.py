"""Files that this program wrote itself: their texts hold no markup, whatever they look like.

A title from a database that reads ``<i>Tea</i>`` is in italics; a title in a record that reads so has
these very signs. The citation of the review, which stands in each file that has room for it, tells
the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from evidence_map.imports.imported import Reading

_SIGN = re.compile(r"\[evidence map\], version [0-9a-f]{6,}\b")
_HEAD = 20_000
_LITERAL: ContextVar[bool] = ContextVar("literal", default=False)


def is_literal() -> bool:
    """Whether the file that is being read holds plain texts only."""
    return _LITERAL.get()


def is_own_citation(text: str) -> bool:
    """Whether *text* cites a version of a review, as the files of this program do."""
    return _SIGN.search(text) is not None


@contextmanager
def _literal(whether: bool) -> Iterator[None]:
    token = _LITERAL.set(whether)
    try:
        yield
    finally:
        _LITERAL.reset(token)


def respecting_own(read: Callable[[str, str], Reading]) -> Callable[[str, str], Reading]:
    """Return the reader *read*, which takes the texts of this program's own files as they are."""

    @wraps(read)
    def reading(text: str, source: str) -> Reading:
        with _literal(bool(_SIGN.search(text[:_HEAD]))):
            return read(text, source)

    return reading
