"""What a checklist of reporting is, and what an answer to one of its items is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from evidence_map.site.evidence import Evidence


class State(StrEnum):
    """How far an item is met."""

    MET = "met"
    PARTLY = "partly met"
    UNMET = "not met"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the review says to an item.

    :ivar text: the answer in a sentence or two; of what is not met, what is missing.
    :ivar where: the page that shows it, below the root of the site; empty if there is none.
    """

    state: State
    text: str
    where: str = ""


FromData = Callable[[Evidence], Answer]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a checklist, in short words of our own.

    :ivar from_data: answers it from the database; without it, only a person can.
    """

    number: str
    name: str
    asks: str
    from_data: FromData | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist with its citation; ``items`` stand in its own order."""

    id: str
    name: str
    citation: str
    doi: str
    items: tuple[Item, ...] = field(repr=False)

    @property
    def numbers(self) -> list[str]:
        """The numbers of its items."""
        return [item.number for item in self.items]
