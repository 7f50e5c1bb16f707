"""What an import says when it is done: read, new, possibly the same, already here, refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence_map.duplicates import Match
from evidence_map.imports.intake import Likely, Outcome
from evidence_map.problem_reports import counted
from evidence_map.review import Review

SHOWN = 20
"""How many references of a kind are listed unless all are asked for."""


def outcome_lines(outcome: Outcome, everything: bool, dry_run: bool) -> Iterator[str]:
    """Yield the lines that tell what became of one file.

    :param everything: whether every reference is listed, and not only the first of each kind.
    :param dry_run: whether nothing was written.
    """
    written = "would be written" if dry_run else "written"
    yield f"{outcome.source} ({outcome.form}): {counted(outcome.read, 'reference')} read"
    yield from (f"  {remark}" for remark in outcome.remarks)
    kinds = {
        f"new, {written}": [
            f"{draft.file}: {draft.reference.title}{_left_over(len(draft.imported.leftovers))}"
            for draft in outcome.new
        ],
        f"possibly the same as another, {written}": [_likely(likely) for likely in outcome.likely],
        "already here, left out": [
            f"line {here.imported.line}: {_matches(here.matches)}" for here in outcome.here
        ],
        "refused": [f"line {refused.line}: {refused.reason}" for refused in outcome.refused],
    }
    for heading, lines in kinds.items():
        if lines:
            yield f"  {len(lines):,} {heading}:"
            yield from _listed(lines, everything)


def _listed(lines: Sequence[str], everything: bool) -> Iterator[str]:
    shown = len(lines) if everything else SHOWN
    yield from (f"    {line}" for line in lines[:shown])
    if len(lines) > shown:
        yield f"    … and {len(lines) - shown:,} more; --all lists them"


def _left_over(number: int) -> str:
    return f" [{counted(number, 'detail')} not taken over, see its notes]" if number else ""


def _likely(likely: Likely) -> str:
    return f"{likely.draft.file}: like {_matches(likely.matches)}"


def _matches(matches: Sequence[Match]) -> str:
    return " and ".join(f"records/{match.name}.yml ({match.reason})" for match in matches)


def total_lines(
    outcomes: Sequence[Outcome], review: Review, searches: Sequence[str], dry_run: bool, bare: int = 0
) -> Iterator[str]:
    """Yield what was written in all, and what is left to do.

    :param review: the review as it was before.
    :param searches: ids of the searches that were named.
    :param bare: how many records were written with an identifier and nothing else.
    """
    drafts = bare + sum(len(outcome.drafts) for outcome in outcomes)
    if dry_run:
        yield f"Nothing was written (--dry-run); {counted(drafts, 'record')} would be."
        return
    yield f"{counted(drafts, 'draft record')} written."
    if drafts and not searches:
        yield (
            "They name no search. With --search ID, of a search in synthesis/searches.yml, "
            "they are counted in the flow of reports."
        )
    yield from (line for search in searches if (line := _found_too(outcomes, review, search)))


def _found_too(outcomes: Sequence[Outcome], review: Review, search: str) -> str:
    """Return which records were here already that do not name the search that has found them, too."""
    here = {match.name for outcome in outcomes for found in outcome.here for match in found.matches}
    names = sorted(
        name
        for name in here & review.records.keys()
        if search not in (review.records[name].value.screening.found_by or ())
    )
    if not names:
        return ""
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return (
        f"Records that were here already were found too: add {search} to “found_by” of "
        f"{', '.join(names[:SHOWN])}{more}."
    )
