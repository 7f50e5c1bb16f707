"""Why a value is missing: a blank cell could mean anything, so none is left blank."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Discriminator, Tag
from pydantic_core import PydanticCustomError


class Absence(StrEnum):
    """The three reasons why a field holds no value.

    ``NOT_REPORTED``: the source was read and does not say. ``NOT_APPLICABLE``: the question does
    not arise for this paper. ``NOT_EXTRACTED``: nobody has looked yet; a field that is left out
    of a file counts as this.
    """

    NOT_REPORTED = "not reported"
    NOT_APPLICABLE = "not applicable"
    NOT_EXTRACTED = "not yet extracted"


_BY_WORDS = {absence.value: absence for absence in Absence}

ABBREVIATIONS = {
    "-": Absence.NOT_REPORTED,
    "–": Absence.NOT_REPORTED,
    "—": Absence.NOT_REPORTED,
    "?": Absence.NOT_REPORTED,
    "n/a": Absence.NOT_APPLICABLE,
    "n/r": Absence.NOT_REPORTED,
    "n.a.": Absence.NOT_APPLICABLE,
    "n.r.": Absence.NOT_REPORTED,
    "nr": Absence.NOT_REPORTED,
}
"""Signs that stand for a missing value wherever they make up the whole of a text."""

WRITTEN_DIFFERENTLY = ABBREVIATIONS | {
    "none reported": Absence.NOT_REPORTED,
    "none stated": Absence.NOT_REPORTED,
    "not available": Absence.NOT_REPORTED,
    "not clear": Absence.NOT_REPORTED,
    "not extracted": Absence.NOT_EXTRACTED,
    "not given": Absence.NOT_REPORTED,
    "not known": Absence.NOT_REPORTED,
    "not mentioned": Absence.NOT_REPORTED,
    "not specified": Absence.NOT_REPORTED,
    "not stated": Absence.NOT_REPORTED,
    "not yet reported": Absence.NOT_REPORTED,
    "todo": Absence.NOT_EXTRACTED,
    "unclear": Absence.NOT_REPORTED,
    "unknown": Absence.NOT_REPORTED,
    "unreported": Absence.NOT_REPORTED,
    "unspecified": Absence.NOT_REPORTED,
}
"""What people write for a missing value, with the right word: refused where a value may be missing."""

VALUE, ABSENCE = "(value)", "(absence)"
"""The two branches of :data:`Stated` in the location of an error; no field can be called so."""

_LONGEST = max(map(len, (*_BY_WORDS, *WRITTEN_DIFFERENTLY))) + 4

_BEGINNINGS = {
    letter
    for words in (*_BY_WORDS, *WRITTEN_DIFFERENTLY)
    for letter in (words[0], words[0].upper(), "_", "-")
}
"""What the words for a missing value begin with; few other texts do, and most are no such words."""


def may_be_absence(text: str) -> bool:
    """Whether *text*, soon looked at, could be words for a missing value: short, and begun like one."""
    return len(text) <= _LONGEST and text.lstrip()[:1] in _BEGINNINGS


def absence_of(text: str) -> Absence | None:
    """Return the absence that *text* names, in whatever case, or None.

    >>> absence_of("Not  reported")
    <Absence.NOT_REPORTED: 'not reported'>
    """
    if not may_be_absence(text):
        return None
    return _BY_WORDS.get(" ".join(text.lower().split()))


def intended_absence(text: str) -> Absence | None:
    """Return the absence that *text* seems to mean though it is written otherwise, or None.

    >>> intended_absence("n.r."), intended_absence("not-reported")
    (<Absence.NOT_REPORTED: 'not reported'>, <Absence.NOT_REPORTED: 'not reported'>)
    """
    if not may_be_absence(text):
        return None
    word = " ".join(text.lower().split())
    if found := WRITTEN_DIFFERENTLY.get(word):
        return found
    return _BY_WORDS.get(re.sub(r"[\s_-]+", " ", word).rstrip("."))


def is_sign_of_absence(text: str) -> bool:
    """Whether *text* is one of the three official words or an abbreviation, and nothing else."""
    return absence_of(text) is not None or text.strip().lower() in ABBREVIATIONS


def refuse_absence(text: str) -> str:
    """Return *text* unless it stands for a missing value, for fields that are left out instead.

    :raises PydanticCustomError: with the rule's code ``absence-not-allowed``.
    """
    if len(text) <= _LONGEST and may_be_absence(text) and is_sign_of_absence(text):
        raise PydanticCustomError("absence-not-allowed", "{value} is no value", {"value": f"“{text}”"})
    return text


def _branch(value: Any) -> str:
    if not isinstance(value, str):
        return VALUE
    if isinstance(value, Absence):
        return ABSENCE
    if len(value) > _LONGEST or not may_be_absence(value):
        return VALUE
    return ABSENCE if absence_of(value) or intended_absence(value) else VALUE


def _read(value: Any) -> Any:
    if not isinstance(value, str) or isinstance(value, Absence):
        return value
    if (absence := absence_of(value)) is not None:
        return absence
    meant = intended_absence(value) or Absence.NOT_REPORTED
    others = " or ".join(f"“{absence.value}”" for absence in Absence if absence is not meant)
    raise PydanticCustomError(
        "unknown-value",
        "a missing value is not written {value}",
        {"value": f"“{value.strip()}”", "hint": f"Write “{meant.value}”; if that is not so, {others}."},
    )


T = TypeVar("T")

Stated = Annotated[
    Annotated[T, Tag(VALUE)] | Annotated[Absence, BeforeValidator(_read), Tag(ABSENCE)],
    Discriminator(_branch),
]
"""A value of type ``T``, or the reason why there is none."""
