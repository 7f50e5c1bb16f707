"""Texts put together as citeproc-py does it, without looking at all of them again at each seam.

Its texts are lists of pieces (``MixedString``), single pieces (``String``) and plain ``str``. Where two
meet, a doubled space or stop is dropped. citeproc-py looks twice if one of the two is a text of its own.
"""

from __future__ import annotations

from typing import Any

from citeproc.string import SEAM_PUNCTUATION, MixedString, _strip_first_char

Text = Any
"""A text of citeproc-py."""

_NEVER_TWICE = SEAM_PUNCTUATION | {" "}


def joined(texts: list[Text], delimiter: str) -> Text:
    """Return *texts* as one, with *delimiter* between them. There must be at least one."""
    whole = texts[0]
    for text in texts[1:]:
        if delimiter:
            whole = _sum(whole, _fitting(whole, delimiter))
        whole = _sum(whole, _fitting(whole, text))
    return whole


def between(prefix: str, text: Text, suffix: str) -> Text:
    """Return *text* with what stands before and behind it."""
    if prefix:
        text = _sum(prefix, _fitting(prefix, text))
    return _sum(text, _fitting(text, suffix)) if suffix else text


def _sum(left: Text, right: Text) -> Text:
    if isinstance(right, str) and not right:
        return left
    if type(left) is str:
        if type(right) is str:
            return left + right
        if not left:
            return right
    right = _fitting(left, right)
    return MixedString([*_pieces(left), *(_pieces(right) if len(right) else ())])


def _fitting(left: Text, right: Text) -> Text:
    """Return *right* without its first character if that must not stand behind *left*."""
    first = _first(right)
    if first in _NEVER_TWICE and first == _last(left):
        return _strip_first_char(right)
    return right


def _first(text: Text) -> str:
    if isinstance(text, str):
        return text[:1]
    for piece in text:
        if piece:
            return str(piece[0])
    return ""


def _last(text: Text) -> str:
    if isinstance(text, str):
        return text[-1:]
    for piece in reversed(text):
        if piece:
            return str(piece[-1])
    return ""


def _pieces(text: Text) -> list[str]:
    return text if isinstance(text, list) else [text]
