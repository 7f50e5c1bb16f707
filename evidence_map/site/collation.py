"""The order of the alphabet for readers: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from typing import TypeVar

from evidence_map.site.search_index import STRUCK

Value = TypeVar("Value", bound=Hashable)


def alphabetical(text: str) -> str:
    """Return what puts *text* in its place in the alphabet.

    Letters of other scripts follow in the order of Unicode, which is that of their own alphabet.

    >>> sorted(["Zebra", "“Ärzte” here", "Østen", "O'Neill", "arc"], key=alphabetical)
    ['arc', '“Ärzte” here', "O'Neill", 'Østen', 'Zebra']
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(STRUCK))
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ")
    return " ".join(re.findall(r"\w+", letters))


def ranks(values: Sequence[Value | None]) -> list[int]:
    """Return the place of each value among all, from 1; equal ones share it, and none has 0.

    >>> ranks([7, None, 3, 7])
    [2, 0, 1, 2]
    """
    known = sorted({value for value in values if value is not None})  # type: ignore[type-var]
    places: dict[Value | None, int] = {value: place for place, value in enumerate(known, 1)}
    return [places.get(value, 0) for value in values]
