"""Texts put together as citeproc-py does it, without looking at all of them again at each seam.

Its texts are lists of pieces (``MixedString``), single pieces (``String``) and plain ``str``. Where two
meet, a doubled space or stop is dropped. citeproc-py looks twice if one of the two is a text of its own.

No style here asks for another letter case or for no full stops of what is put together, so nobody asks
for the pieces again: what is put together is one ``String``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from citeproc.string import SEAM_PUNCTUATION, MixedString, String

from evidence_map.exports.compiled_styles.conditions import NotCovered

Text = Any
"""A text of citeproc-py."""

_own: Callable[[str], str] = String

_NEVER_TWICE = SEAM_PUNCTUATION | {" "}


def joined(texts: list[Text], delimiter: str) -> Text:
    """Return *texts* as one, with *delimiter* between them. There must be at least one.

    :raises NotCovered: for a text that begins with an empty piece.
    """
    if len(texts) == 1:
        return texts[0]
    coming = iter(texts)
    whole = _whole(next(coming))
    for text in coming:
        if delimiter:
            whole = _sum(whole, delimiter)
        whole = _sum(whole, _whole(text))
    return whole


def between(prefix: str, text: Text, suffix: str) -> Text:
    """Return *text* with what stands before and behind it.

    :raises NotCovered: for a text that begins with an empty piece.
    """
    text = _whole(text)
    if prefix:
        text = _sum(prefix, text)
    return _sum(text, suffix) if suffix else text


def _whole(text: Text) -> str:
    """Return *text* as one piece."""
    if type(text) is not MixedString:
        return text if isinstance(text, str) else str(text)
    whole = "".join(text)
    if whole and not list.__getitem__(text, 0):
        raise NotCovered("a text that begins with an empty piece")
    return _own(whole)


def _sum(left: str, right: str) -> str:
    """Return both texts as one, of the kind of citeproc-py unless both are plain."""
    if not right:
        return left
    if not left:
        if type(left) is not str:
            raise NotCovered("a text that begins with an empty piece")
        return right
    is_plain = type(left) is str and type(right) is str
    end, start = left[-1], 0
    if end in _NEVER_TWICE:
        # Twice, since a text of citeproc-py looks once more when it is added.
        for _ in range(1 if is_plain else 2):
            if right[start : start + 1] == end:
                start += 1
    if is_plain:
        return left + right[start:]
    return _own("".join((left, right[start:])))
