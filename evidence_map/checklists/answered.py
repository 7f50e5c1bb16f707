"""The checklists with the answers of a review: from its data, and from its reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidence_map.checklists.checklist import Answer, Checklist, Item, State
from evidence_map.checklists.entreq import ENTREQ
from evidence_map.checklists.prisma_scr import PRISMA_SCR
from evidence_map.site.evidence import Evidence

CHECKLISTS = {own.id: own for own in (ENTREQ, PRISMA_SCR)}
"""The checklists by id, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """An item with how far it is met, what answers it, and where on the site."""

    item: Item
    state: State
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class AnsweredChecklist:
    """A checklist with an answer to each item, if only that there is none."""

    checklist: Checklist
    items: tuple[AnsweredItem, ...]

    @property
    def unmet(self) -> list[AnsweredItem]:
        """The items that are not met at all."""
        return [each for each in self.items if each.state is State.UNMET]

    def number(self, state: str) -> int:
        """Return how many items are in *state*."""
        return sum(each.state == state for each in self.items)


def answered(evidence: Evidence) -> list[AnsweredChecklist]:
    """Return every checklist with the review's answers."""
    written = {
        (row["checklist"], row["item"]): Answer(State(row["state"]), row["answer"], row["where_shown"])
        for row in evidence.rows("SELECT * FROM checklist_answer")
    }
    return [
        AnsweredChecklist(own, tuple(_item(own, item, written, evidence) for item in own.items))
        for own in CHECKLISTS.values()
    ]


def _item(
    checklist: Checklist, item: Item, written: Mapping[tuple[str, str], Answer], evidence: Evidence
) -> AnsweredItem:
    """Answer an item: the data decide where they can, and what a person wrote stands beside it."""
    own = written.get((checklist.id, item.number))
    told = item.from_data(evidence) if item.from_data else None
    answers = tuple(answer for answer in (told, own) if answer)
    state = told.state if told else own.state if own else State.UNMET
    return AnsweredItem(item, state, answers)
