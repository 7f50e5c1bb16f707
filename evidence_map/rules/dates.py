"""Dates that contradict each other. Nothing is compared with today: a build has no clock."""

from __future__ import annotations

from evidence_map.model.absence import Absence
from evidence_map.model.record import Decision, Period, Record
from evidence_map.review import Located, Review
from evidence_map.rules.registry import Found, Scope, rule


def _certainly_before(first: str, second: str) -> bool:
    """Whether *first* lies before *second* as far as the less exact of the two can tell."""
    exact = min(len(first), len(second))
    return first[:exact] < second[:exact]


@rule(
    "dates-out-of-order",
    "Two dates contradict each other",
    why="One of them is wrong, and charts and citations would carry it on.",
    cure="Compare both dates with the source.",
    scope=Scope.RECORD,
)
def dates_out_of_order(review: Review) -> Found:
    """Data are collected from start to end, then published, then extracted."""
    for record in review.records.values():
        yield from _collection(record)
        extraction, issued = record.value.extraction, record.value.reference.issued
        if extraction is None or isinstance(issued, Absence):
            continue
        if _certainly_before(extraction.date, issued):
            place = record.at("extraction", "date")
            yield place, f"extracted on {extraction.date}, before publication ({issued})", ""


def _collection(record: Located[Record]) -> Found:
    setting, issued = record.value.setting, record.value.reference.issued
    period = setting.data_collected if setting else None
    if not isinstance(period, Period):
        return
    if _certainly_before(period.end, period.start):
        place = record.at("setting", "data_collected", "end")
        yield place, f"data collection ends ({period.end}) before it begins ({period.start})", ""
    planned = record.value.screening.decision is Decision.ONGOING
    if not planned and not isinstance(issued, Absence) and _certainly_before(issued, period.end):
        place = record.at("setting", "data_collected", "end")
        yield place, f"data collection ends ({period.end}) after publication ({issued})", ""
