"""What came of asking: for each DOI and address one outcome in words, and what was found with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from evidence_map.problems import Position


class Kind(StrEnum):
    """What was found about a DOI or an address, the gravest first."""

    RETRACTED = "retracted"
    MISMATCH = "another paper"
    BROKEN = "broken"
    ADVICE = "worth a look"
    UNCHECKED = "could not be checked"


GRAVE = frozenset({Kind.RETRACTED, Kind.MISMATCH, Kind.BROKEN})
"""What somebody must see to."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found.

    :ivar message: what, in a sentence without its full stop.
    :ivar hint: what to do; lines to be written into a file stand on lines of their own.
    """

    kind: Kind
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A DOI or an address that was asked for.

    :ivar subject: the DOI, or the address.
    :ivar is_doi: which of the two it is.
    :ivar remarks: what was found; nothing where all is well.
    """

    subject: str
    is_doi: bool
    places: tuple[Position, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def outcome(self) -> str:
        """The outcome in a word: broken, could not be checked, well."""
        kinds = {remark.kind for remark in self.remarks}
        return next((kind.value for kind in (Kind.BROKEN, Kind.UNCHECKED) if kind in kinds), "well")


@dataclass(slots=True)
class Results:
    """All that was asked for, and what came of it.

    :ivar day: the day on which it was asked.
    :ivar expected: how many DOIs and addresses were to be asked for.
    """

    day: str
    expected: int = 0
    checked: list[Checked] = field(default_factory=list)

    def add(self, checked: Iterable[Checked]) -> None:
        """Remember what came of asking."""
        self.checked += checked

    @property
    def is_complete(self) -> bool:
        """Whether everything was asked for."""
        return len(self.checked) >= self.expected

    @property
    def found(self) -> list[tuple[Checked, Remark]]:
        """Everything that was found, the gravest first, then in the order of the files."""
        order = list(Kind)
        every = [(each, remark) for each in self.checked for remark in each.remarks]
        return sorted(every, key=lambda pair: (order.index(pair[1].kind), pair[0].places))

    @property
    def is_grave(self) -> bool:
        """Whether something was found that somebody must see to."""
        return any(remark.kind in GRAVE for _, remark in self.found)

    def number(self, is_doi: bool) -> int:
        """Return how many DOIs, or addresses, were asked for."""
        return sum(each.is_doi is is_doi for each in self.checked)
