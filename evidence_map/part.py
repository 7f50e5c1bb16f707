"""One of several parts of a review, for machines that share its work."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Self

MOST = 1_000
"""The most parts that a review can be divided into."""


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
        if found is None or not 1 <= int(found[1]) <= int(found[2]) <= MOST:
            raise ValueError(
                f"“{text}” is no part; write 2/8 for the second of eight ({MOST:,} at most)"
            )
        return cls(int(found[1]), int(found[2]))

    def holds(self, key: str) -> bool:
        """Whether the record *key* belongs to this part."""
        digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.of == self.number - 1
