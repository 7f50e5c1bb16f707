"""A reporting checklist with its answers as a table, as journals ask for it."""

from __future__ import annotations

from evidence_map.checklists.answered import AnsweredChecklist, AnsweredItem, answered
from evidence_map.manuscript.table import Cell, Heading, Table, source
from evidence_map.site.evidence import Evidence

_HEADINGS = (
    Heading("Item", 0.05),
    Heading("Name", 0.2),
    Heading("How far", 0.1),
    Heading("What the review says", 0.45),
    Heading("Page of the site", 0.2),
)


def checklist_table(evidence: Evidence, name: str) -> Table:
    """Return the checklist *name* with the review's answers.

    :raises KeyError: if there is no such checklist.
    """
    found = {own.checklist.id: own for own in answered(evidence)}[name]
    return Table(
        f"{found.checklist.name} checklist",
        _HEADINGS,
        tuple(_row(item) for item in found.items),
        _note(found, evidence),
    )


def _row(item: AnsweredItem) -> tuple[Cell, ...]:
    answers = " ".join(" ".join(answer.text.split()) for answer in item.answers)
    places = ", ".join(answer.where for answer in item.answers if answer.where)
    return tuple(
        Cell(text)
        for text in (
            item.item.number,
            item.item.name,
            item.state.value,
            answers or "Nothing is said to this yet.",
            places,
        )
    )


def _note(found: AnsweredChecklist, evidence: Evidence) -> str:
    return (
        f"{found.checklist.citation} doi: {found.checklist.doi}. "
        f"The items are named in short words. {source(evidence)}"
    )
