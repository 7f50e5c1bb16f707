"""Critical appraisal as the rows of the tables that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence_map.database.record_rows import Row
from evidence_map.model.record import Appraisal, Record
from evidence_map.model.synthesis import Tool
from evidence_map.review import Review


def appraisal_tools(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of the tools with their rows."""
    tools = [located.value for located in review.tools.values()]
    yield (
        "appraisal_tool",
        ({"id": tool.id, "name": tool.name, "citation": tool.citation} for tool in tools),
    )
    yield "appraisal_choice", (row for tool in tools for row in _choices(tool))
    yield "appraisal_group", (row for tool in tools for row in _groups(tool))
    yield "appraisal_item", (row for tool in tools for row in _items(tool))


def record_appraisals(key: str, record: Record) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of the appraisal of one record with their rows."""
    appraisal = record.appraisal
    if not appraisal:
        return
    yield "appraisal", [_appraisal(key, appraisal)]
    yield (
        "appraisal_scope",
        [
            {"record": key, "tool": appraisal.tool, "item_group": group}
            for group in appraisal.groups or []
        ],
    )
    yield (
        "appraisal_answer",
        [
            {"record": key, "tool": appraisal.tool, **answer.model_dump()}
            for answer in appraisal.answers or []
        ],
    )


def _choices(tool: Tool) -> Iterator[Row]:
    for position, answer in enumerate(tool.answers):
        yield {
            "tool": tool.id,
            "answer": answer,
            "sign": tool.sign(answer),
            "position": position,
        }


def _groups(tool: Tool) -> Iterator[Row]:
    for position, group in enumerate(tool.groups or []):
        yield {"tool": tool.id, "id": group.id, "label": group.label, "position": position}


def _items(tool: Tool) -> Iterator[Row]:
    for position, item in enumerate(tool.items):
        yield {
            "tool": tool.id,
            "id": item.id,
            "number": item.number or str(position + 1),
            "item_group": item.group,
            "position": position,
            "question": item.question,
        }


def _appraisal(key: str, appraisal: Appraisal) -> Row:
    return {
        "record": key,
        "tool": appraisal.tool,
        "date": appraisal.date,
        "appraised_by": "; ".join(appraisal.by) if appraisal.by else None,
        "not_appraised": appraisal.not_appraised,
    }
