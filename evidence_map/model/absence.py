"""Why a value is missing: a blank cell could mean anything, so none is left blank."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import Discriminator, Tag


class Absence(StrEnum):
    """The three reasons why a field holds no value.

    ``NOT_REPORTED``: the source was read and does not say. ``NOT_APPLICABLE``: the question does
    not arise for this paper. ``NOT_EXTRACTED``: nobody has looked yet; a field that is left out
    of a file counts as this.
    """

    NOT_REPORTED = "not reported"
    NOT_APPLICABLE = "not applicable"
    NOT_EXTRACTED = "not yet extracted"


WRITTEN_DIFFERENTLY = frozenset(
    {
        "n/a",
        "n.a.",
        "n.r.",
        "none reported",
        "none stated",
        "not available",
        "not clear",
        "not extracted",
        "not given",
        "not known",
        "not mentioned",
        "not specified",
        "not stated",
        "nr",
        "unclear",
        "unknown",
        "unreported",
        "unspecified",
        "-",
        "?",
    }
)
"""What people write for a missing value; refused with the three words above as the remedy."""


def _branch(value: Any) -> str:
    if isinstance(value, Absence):
        return "absence"
    if isinstance(value, str):
        word = value.strip().lower()
        if word in WRITTEN_DIFFERENTLY or word in {absence.value for absence in Absence}:
            return "absence"
    return "value"


T = TypeVar("T")

Stated = Annotated[
    Annotated[T, Tag("value")] | Annotated[Absence, Tag("absence")],
    Discriminator(_branch),
]
"""A value of type ``T``, or the reason why there is none."""
