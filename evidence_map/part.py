"""One of several parts of a review, for machines that share its work."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Self

PLACES = 64
"""Places on which records lie, by their keys; a part is some of them, so there are no more parts."""


def place_of(key: str) -> int:
    """Return the place of the record *key*, from 0. It depends on the key alone."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % PLACES


@dataclass(frozen=True, slots=True)
class Part:
    """Part *number*, from 1, *of* so many.

    Which part a record belongs to depends on its key alone: it stays there when others come and go.
    """

    number: int
    of: int

    @classmethod
    def written(cls, text: str) -> Self:
        """Return the part that is written as ``2/8``.

        :raises ValueError: if *text* is no such part; the message says what is.
        """
        found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text.strip())
        if found is None or not 1 <= int(found[1]) <= int(found[2]) <= PLACES:
            most = f"{PLACES} at most"
            raise ValueError(f"“{text}” is no part; write 2/8 for the second of eight ({most})")
        return cls(int(found[1]), int(found[2]))

    @property
    def places(self) -> range:
        """The places that belong to this part."""
        return range(self.number - 1, PLACES, self.of)

    def holds(self, key: str) -> bool:
        """Whether the record *key* belongs to this part."""
        return place_of(key) in self.places


WHOLE = Part(1, 1)
"""The part that is the whole review."""
