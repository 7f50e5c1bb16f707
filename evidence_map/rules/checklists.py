"""Answers to reporting checklists that no checklist asks for."""

from __future__ import annotations

from evidence_map.problems import nearest
from evidence_map.review import Review
from evidence_map.rules.registry import Found, rule


@rule(
    "unknown-checklist-item",
    "An answer to a checklist or an item that does not exist",
    why="The answer would be shown nowhere.",
    cure="Name the checklist as entreq or prisma-scr, and the item by its number.",
)
def unknown_checklist_item(review: Review) -> Found:
    """Each answer belongs to an item of a checklist."""
    if not review.checklists:
        return
    # Loaded only now: what answers the items brings modules that a check does not need otherwise.
    from evidence_map.checklists.answered import CHECKLISTS

    for answer in review.checklists:
        name, item = answer.value.checklist, answer.value.item
        if name not in CHECKLISTS:
            hint = nearest(name, list(CHECKLISTS))
            yield answer.at("checklist"), f"there is no checklist “{name}”", hint
        elif item not in CHECKLISTS[name].numbers:
            last = CHECKLISTS[name].numbers[-1]
            message = f"{CHECKLISTS[name].name} has no item “{item}”; its items are 1 to {last}"
            yield answer.at("item"), message, ""


@rule(
    "repeated-checklist-item",
    "An item of a checklist is answered twice",
    why="Only one of the answers would be shown.",
    cure="Join the two answers, or delete one.",
)
def repeated_checklist_item(review: Review) -> Found:
    """Each item has one answer at most."""
    seen: set[tuple[str, str]] = set()
    for answer in review.checklists:
        own = (answer.value.checklist, answer.value.item)
        if own in seen:
            yield answer.at("item"), f"item {own[1]} of {own[0]} is answered twice", ""
        seen.add(own)
