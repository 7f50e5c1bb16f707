"""A comparison as JSON: complete, in a shape that is documented, in an order that does not vary."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from evidence_map.comparison.codebook import CodebookChange
from evidence_map.comparison.comparison import Comparison, Content, Side
from evidence_map.comparison.differences import Change
from evidence_map.comparison.numbers import MapChange
from evidence_map.comparison.records import RecordChange
from evidence_map.comparison.review_findings import ReviewFindingChange
from evidence_map.comparison.summary import summary
from evidence_map.problem_reports import problem_fields
from evidence_map.site.evidence import Counts

SHAPE = 1
"""Raised when a name in the file is given another meaning or taken away."""

Value = Any


def as_json(comparison: Comparison, preview: str = "") -> str:
    """Return the comparison as one JSON object.

    :param preview: address of a site made from HEAD; it is only carried along.
    """
    told: dict[str, Value] = {
        "shape": SHAPE,
        "summary": summary(comparison),
        "preview": preview or None,
        "comparable": comparison.content is not None,
        "base_has_moved_on": comparison.has_moved_on,
        "base": _side(comparison.base),
        "head": _side(comparison.head),
        "files": [{"path": str(each.path), "what": each.what} for each in comparison.files],
        "problems": {
            "head": [problem_fields(each) for each in comparison.head_problems],
            "new": [problem_fields(each) for each in comparison.new_problems],
            "gone": [problem_fields(each) for each in comparison.gone_problems],
        },
    }
    if comparison.content is not None:
        told |= _content(comparison.content)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _side(side: Side) -> Value:
    return {
        "name": side.revision.name,
        "commit": side.revision.commit or None,
        "has_review": not side.is_empty,
        "records": side.records,
        "errors": side.errors,
        "warnings": side.warnings,
    }


def _content(content: Content) -> dict[str, Value]:
    return {
        "totals": [
            {"name": each.name, "before": each.before, "after": each.after} for each in content.totals
        ],
        "records": [_record(each) for each in content.records],
        "maps": {
            "definitions": _changes(content.map_definitions),
            "numbers": [_map(each) for each in content.maps],
        },
        "review_findings": [_review_finding(each) for each in content.review_findings],
        "codebook": [_codebook(each) for each in content.codebook],
        "studies": _changes(content.studies),
        "searches": _changes(content.searches),
        "flow": [
            {
                "found_by": each.method,
                "box": each.box,
                "part": each.detail or None,
                "before": each.before,
                "after": each.after,
            }
            for each in content.flow
        ],
        "others": _changes(content.others),
        "likely_duplicates": [
            {"record": each.record, "other": each.other, "reason": each.reason}
            for each in content.duplicates
        ],
    }


def _changes(changes: Iterable[Change]) -> list[Value]:
    return [_change(change) for change in changes]


def _change(change: Change) -> dict[str, Value]:
    told: dict[str, Value] = {
        "subject": change.subject,
        "what": change.what,
        "name": change.name,
        "title": change.title,
    }
    if change.rename:
        told |= {"old_name": change.rename.old, "why_the_same": change.rename.reason}
    fields = [
        {"field": each.field, "before": list(each.before), "after": list(each.after)}
        for each in change.fields
    ]
    return told | {"fields": fields}


def _record(record: RecordChange) -> Value:
    return _change(record.change) | {"findings": _changes(record.findings)}


def _review_finding(changed: ReviewFindingChange) -> Value:
    return _change(changed.change) | {
        "evidence_differs": changed.evidence_differs,
        "became_stale": changed.became_stale,
        "changed_since_assessment": list(changed.since),
        "contributions": [
            {"finding": each.finding, "what": each.what, "parts": list(each.parts)}
            for each in changed.contributions
        ],
    }


def _codebook(changed: CodebookChange) -> Value:
    used = {"before": changed.records_before, "after": changed.records_after}
    return _change(changed.change) | {"records": used}


def _map(changed: MapChange) -> Value:
    return {
        "id": changed.id,
        "title": changed.title,
        "unit": changed.unit,
        "lines": [
            {"axis": each.axis, "what": each.what, "term": each.term, "label": each.label}
            for each in changed.lines
        ],
        "cells": [
            {
                "row": each.row or None,
                "column": each.column or None,
                "row_label": each.row_label,
                "column_label": each.column_label,
                "before": _counts(each.before),
                "after": _counts(each.after),
            }
            for each in changed.cells
        ],
    }


def _counts(counts: Counts) -> Value:
    return {"studies": counts.studies, "reports": counts.reports, "findings": counts.findings}
