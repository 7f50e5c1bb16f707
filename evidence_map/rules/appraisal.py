"""Critical appraisals that cannot have been made, or do not fit their tool."""

from __future__ import annotations

from collections.abc import Generator

from evidence_map.model.record import Appraisal, Basis
from evidence_map.model.synthesis import Tool
from evidence_map.problems import Position, nearest
from evidence_map.review import Extracted, Located, Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "appraisal-without-full-text",
    "A paper is appraised that was not read in full",
    why="Methods cannot be judged from an abstract.",
    cure="Say appraisal: not_appraised with the reason, or read the full text.",
    needs=("appraisal", "extraction"),
    scope=Scope.RECORD,
)
def appraisal_without_full_text(review: Review) -> Found:
    """Only what was read in full text is appraised."""
    for record in review.extracted:
        appraisal, extraction = record.value.appraisal, record.value.extraction
        if (
            appraisal
            and appraisal.answers
            and (extraction is None or extraction.basis is not Basis.FULL_TEXT)
        ):
            yield record.at("appraisal", name=True), "appraised, but not read in full text", ""


@rule(
    "tool-does-not-fit",
    "An appraisal tool contradicts itself",
    why="Nothing could be appraised with it, or figures could not show the answers.",
    cure="Compare its groups, items, answers and signs.",
)
def tool_does_not_fit(review: Review) -> Found:
    """Items have ids of their own and groups that exist; answers have a sign, and signs an answer."""
    for located in review.tools.values():
        yield from _items_fit(located)
        tool = located.value
        for index, answer in enumerate(tool.answers):
            if tool.sign(answer) is None:
                hint = "Write below “signs” whether figures show it as “+”, “?”, “-” or “n/a”."
                yield located.at("answers", index), f"the answer “{answer}” has no sign", hint
        for answer in tool.signs:
            if answer not in tool.answers:
                hint = nearest(answer, list(tool.answers)) or "Answers: " + ", ".join(tool.answers)
                yield located.at("signs", answer, name=True), f"there is no answer “{answer}”", hint


def _items_fit(located: Located[Tool]) -> Found:
    tool = located.value
    groups = [group.id for group in tool.groups or []]
    known: set[str] = set()
    for index, item in enumerate(tool.items):
        if item.id in known:
            yield located.at("items", index, "id"), f"the item “{item.id}” stands twice", ""
        known.add(item.id)
        if item.group is not None and item.group not in groups:
            hint = nearest(item.group, groups) or "Groups: " + ", ".join(groups)
            yield located.at("items", index, "group"), f"there is no group “{item.group}”", hint
    used = {item.group for item in tool.items}
    for index, name in enumerate(groups):
        if name not in used:
            yield located.at("groups", index, "id"), f"no item belongs to the group “{name}”", ""


@rule(
    "appraisal-does-not-fit",
    "An appraisal does not fit its tool",
    why="Figures across papers need the same items and answers for each.",
    cure="Compare with the tool in synthesis/appraisal.yml.",
    needs=("appraisal",),
    scope=Scope.RECORD,
)
def appraisal_does_not_fit(review: Review) -> Found:
    """An appraisal answers each item of a known tool once, or says why there is none."""
    for record in review.extracted:
        appraisal = record.value.appraisal
        if appraisal is None:
            continue
        if appraisal.not_appraised:
            if appraisal.answers or appraisal.tool:
                place = record.at("appraisal", name=True)
                yield place, "both an appraisal and a reason why there is none", ""
        elif appraisal.tool is None or appraisal.answers is None:
            place = record.at("appraisal", name=True)
            yield place, "an appraisal needs a tool and answers, or not_appraised with a reason", ""
        elif appraisal.tool not in review.tools:
            hint = nearest(appraisal.tool, list(review.tools))
            yield record.at("appraisal", "tool"), f"there is no tool “{appraisal.tool}”", hint
        else:
            yield from _against(record, appraisal, review.tools[appraisal.tool].value)


def _against(record: Extracted, appraisal: Appraisal, tool: Tool) -> Found:
    if not (yield from _groups_fit(record, appraisal, tool)):
        return
    items = [item.id for item in tool.items_for(appraisal.groups)]
    answered: set[str] = set()
    for index, answer in enumerate(appraisal.answers or []):
        where = ("appraisal", "answers", index)
        if answer.item not in items:
            hint = nearest(answer.item, items) or "Its items are: " + ", ".join(items) + "."
            yield record.at(*where, "item"), f"{tool.name} has no item “{answer.item}”", hint
        elif answer.item in answered:
            yield record.at(*where, "item"), f"the item “{answer.item}” is answered twice", ""
        if answer.answer not in tool.answers:
            hint = "Use one of: " + ", ".join(tool.answers) + "."
            yield record.at(*where, "answer"), f"{tool.name} has no answer “{answer.answer}”", hint
        answered.add(answer.item)
    if left := [item for item in items if item not in answered]:
        yield record.at("appraisal", "answers", name=True), "not answered: " + ", ".join(left), ""


def _groups_fit(
    record: Extracted, appraisal: Appraisal, tool: Tool
) -> Generator[tuple[Position, str, str], None, bool]:
    """Tell what is wrong with the groups that are said to apply, and return whether nothing is."""
    known = [group.id for group in tool.groups or []]
    groups = appraisal.groups or []
    if known and not groups:
        hint = "Write “groups: [" + known[0] + "]”; the groups are: " + ", ".join(known) + "."
        yield record.at("appraisal", "tool"), f"{tool.name} needs the groups of items that apply", hint
    unknown = [index for index, name in enumerate(groups) if name not in known]
    for index in unknown:
        hint = nearest(groups[index], known) or (
            "Its groups are: " + ", ".join(known) + "." if known else "Delete the line."
        )
        place = record.at("appraisal", "groups", index)
        yield place, f"{tool.name} has no group “{groups[index]}”", hint
    return not unknown and bool(groups) == bool(known)
