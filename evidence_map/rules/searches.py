"""Numbers of the search log that do not add up, and records that no search has found."""

from __future__ import annotations

from collections import Counter

from evidence_map.model.absence import Absence
from evidence_map.model.synthesis import Search
from evidence_map.problem_reports import counted
from evidence_map.problems import Severity
from evidence_map.review import Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "search-does-not-add-up",
    "The results of a search are not all accounted for",
    why="PRISMA 2020 (item 16a) asks what became of each result, from the search to the included "
    "studies; a flow diagram with a gap cannot be believed.",
    cure="Correct the number, count what was left out under duplicates_removed or without_record, or "
    "write screened: in part while results wait to be screened.",
)
def search_does_not_add_up(review: Review) -> Found:
    """Results are duplicates without a record, others without a record, and records."""
    if any(
        key not in review.records or "screening" in sections for key, sections in review.faulty.items()
    ):
        return
    naming = Counter(name for facts in review.facts.values() for name in facts.found_by)
    for name, located in review.searches.items():
        search = located.value
        if isinstance(search.results, Absence):
            continue
        accounted = naming[name] + _without_record(search)
        short = search.screened == "all" and accounted < search.results
        if short or accounted > search.results:
            place = located.at("results")
            yield place, _told(name, search.results, search, naming[name]), ""


def _without_record(search: Search) -> int:
    return search.duplicates_removed + sum(each.count for each in search.without_record or [])


def _told(name: str, results: int, search: Search, naming: int) -> str:
    parts = [f"{counted(naming, 'record')} {'names' if naming == 1 else 'name'} it"]
    if search.duplicates_removed:
        parts.append(f"{counted(search.duplicates_removed, 'duplicate')} had no record")
    parts += [f"{each.count:,} had none ({each.reason})" for each in search.without_record or []]
    accounted = naming + _without_record(search)
    gap, told = accounted - results, ", ".join(parts)
    rest = f"{gap:,} too many" if gap > 0 else f"{-gap:,} are not accounted for"
    return f"“{name}” gave {counted(results, 'result')}, but {told}: {rest}"


@rule(
    "record-without-search",
    "A record does not say which search found it",
    why="The flow diagram can only say that it was found in no search of the log.",
    cure="Add screening: found_by with the searches that found it.",
    severity=Severity.WARNING,
    needs=("screening",),
    scope=Scope.RECORD,
)
def record_without_search(review: Review) -> Found:
    """Where there is a search log, every record names a search."""
    if not review.searches:
        return
    for record in review.records.values():
        if not record.value.screening.found_by:
            yield record.at("screening", name=True), "no search is named", ""


@rule(
    "flow-without-exclusion",
    "A term says how reports leave the flow, but is no reason of exclusion",
    why="Only reasons of exclusion decide in which box of the flow diagram a report ends.",
    cure="Delete flow, or move the term to the dimension of the field screening.reason.",
)
def flow_without_exclusion(review: Review) -> Found:
    """``flow`` stands at reasons of exclusion only."""
    for index, dimension in enumerate(review.codebook.value.dimensions):
        if dimension.applies_to == "records" and dimension.field == "screening.reason":
            continue
        for placed in dimension.walk():
            if placed.term.flow:
                place = review.codebook.at("dimensions", index, *placed.location, "flow")
                yield place, f"“{placed.term.id}” is no reason of exclusion", ""
