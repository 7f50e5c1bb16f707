"""What is left out of all references of a file, counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class LeftOut:
    """Counts what a file has and no record takes over, not even among its notes.

    :ivar abstracts: references with an abstract.
    :ivar kinds: what says nothing about the papers.
    :ivar personal: what says something about persons and would be published with the notes.
    """

    abstracts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    personal: Counter[str] = field(default_factory=Counter)

    def remarks(self) -> Iterator[str]:
        """Yield the sentences that tell it."""
        if self.abstracts:
            were = "abstract was" if self.abstracts == 1 else "abstracts were"
            yield f"{self.abstracts:,} {were} left out: records hold no sentences of papers."
        if self.kinds:
            yield f"Left out as well, since it says nothing about the papers: {_counted(self.kinds)}."
        if self.personal:
            number = self.personal.total()
            were = "detail was" if number == 1 else "details were"
            yield (
                f"{number:,} {were} left out, because records are published: {_counted(self.personal)}."
            )


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} ({count:,})" for kind, count in sorted(kinds.items()))
