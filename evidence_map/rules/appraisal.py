"""Critical appraisals that cannot have been made, or do not fit their tool."""

from __future__ import annotations

from evidence_map.model.record import Appraisal, Basis
from evidence_map.model.synthesis import Tool
from evidence_map.problems import nearest
from evidence_map.review import Extracted, Review
from evidence_map.rules.registry import Found, rule


@rule(
    "appraisal-without-full-text",
    "A paper is appraised that was not read in full",
    why="Methods cannot be judged from an abstract.",
    cure="Say appraisal: not_appraised with the reason, or read the full text.",
    needs=("appraisal", "extraction"),
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
    "appraisal-does-not-fit",
    "An appraisal does not fit its tool",
    why="Figures across papers need the same items and answers for each.",
    cure="Compare with the tool in synthesis/appraisal.yml.",
    needs=("appraisal",),
)
def appraisal_does_not_fit(review: Review) -> Found:
    """An appraisal answers each item of a known tool once, or says why there is none."""
    for record in review.extracted:
        appraisal = record.value.appraisal
        if appraisal is None:
            continue
        place = record.at("appraisal", name=True)
        if appraisal.not_appraised:
            if appraisal.answers or appraisal.tool:
                yield place, "both an appraisal and a reason why there is none", ""
        elif appraisal.tool is None or appraisal.answers is None:
            yield place, "an appraisal needs a tool and answers, or not_appraised with a reason", ""
        elif appraisal.tool not in review.tools:
            hint = nearest(appraisal.tool, list(review.tools))
            yield record.at("appraisal", "tool"), f"there is no tool “{appraisal.tool}”", hint
        else:
            yield from _against(record, appraisal, review.tools[appraisal.tool].value)


def _against(record: Extracted, appraisal: Appraisal, tool: Tool) -> Found:
    items = [item.id for item in tool.items]
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
