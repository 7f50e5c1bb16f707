"""The boxes of the flow diagram: what each counts, and through which a record goes.

After the flow diagram of PRISMA 2020 (Page et al. 2021, doi 10.1136/bmj.n71, figure 1 and items 16a
and 16b). It is taken further in three ways. Both columns have all boxes, since results of other
methods are screened as well. What is not decided has boxes of its own, as Cochrane reviews list
ongoing studies and those awaiting classification. And no report counts as assessed whose full text
nobody has read: what was included on its title or abstract stands apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

DATABASES, OTHERS, BOTH = "databases and registers", "other methods", "both"
"""The columns of the diagram, and what stands below both of them."""


@dataclass(frozen=True, slots=True)
class BoxDefinition:
    """A box of the diagram: its name, its name for readers, and what it counts."""

    id: str
    title: str
    definition: str


EARLY, LATE = "title or abstract", "full text"

BOXES = tuple(
    BoxDefinition(*words)
    for words in (
        (
            "identified",
            "Records identified",
            "All results of the searches. A publication that several found is counted for each of them. "
            "Where a search does not tell its number of results, what is accounted for is counted.",
        ),
        (
            "duplicates",
            "Duplicates removed",
            "Results that were removed as duplicates without a record, records that are duplicates of "
            "another one, and each further search that found the same record.",
        ),
        (
            "removed by automation",
            "Marked as ineligible by automation tools",
            "Results that a program left out before screening; nobody looked at them.",
        ),
        (
            "removed for other reasons",
            "Removed for other reasons",
            "Results that were left out before screening for another reason.",
        ),
        ("not yet screened", "Not yet screened", "Results that nobody has looked at so far."),
        (
            "screened",
            "Records screened",
            "What was looked at: the records identified without those removed and those not yet "
            "screened.",
        ),
        (
            f"excluded on {EARLY}",
            "Records excluded",
            "Excluded on title or abstract, with a record or without one.",
        ),
        (
            f"awaiting on {EARLY}",
            "Awaiting a decision",
            "Records on which nothing is decided yet and whose full text was not read.",
        ),
        (
            f"ongoing on {EARLY}",
            "Ongoing, no results yet",
            "Protocols, registrations and the like, whose full text was not read.",
        ),
        (
            f"included on {EARLY}",
            "Included on title or abstract; full text not yet read",
            "Included records that do not say that the full text was read. They were not assessed in "
            "full text.",
        ),
        (
            "sought",
            "Reports sought for retrieval",
            "Reports whose full text was read, and reports that could not be retrieved.",
        ),
        (
            "not retrieved",
            "Reports not retrieved",
            "Excluded because the text could not be retrieved.",
        ),
        (
            "assessed",
            "Reports assessed for eligibility in full text",
            "Reports that were screened in full text, or whose data were extracted from it.",
        ),
        (f"excluded on {LATE}", "Reports excluded", "Excluded after the full text was read, by reason."),
        (
            f"awaiting on {LATE}",
            "Awaiting a decision, full text read",
            "Reports on which nothing is decided though the full text was read.",
        ),
        (
            f"ongoing on {LATE}",
            "Ongoing, full text read",
            "Protocols, registrations and the like that were read in full.",
        ),
        (
            f"included on {LATE}",
            "Included after reading the full text",
            "Included reports whose full text was read.",
        ),
        (
            "studies included",
            "Studies included",
            "Studies with at least one included report that counts; several reports of one study count "
            "once.",
        ),
        (
            "reports included",
            "Reports of included studies",
            "Included reports that count, by what their data were extracted from.",
        ),
        (
            "reports apart",
            "Included, but shown apart",
            "Included reports that are no studies of their own and are not counted as such, for "
            "instance evidence syntheses.",
        ),
    )
)
"""All boxes in order."""

_THROUGH = {
    "duplicates": ("identified",),
    "not retrieved": ("identified", "screened", "sought"),
    EARLY: ("identified", "screened"),
    LATE: ("identified", "screened", "sought", "assessed"),
}
_DECISIONS = ("excluded", "awaiting", "ongoing", "included")


def outcomes() -> dict[str, tuple[str, ...]]:
    """Return the boxes in which a record can end, each with the boxes that come before it."""
    ends = {name: _THROUGH[name] for name in ("duplicates", "not retrieved")}
    for read in (EARLY, LATE):
        ends |= {f"{decision} on {read}": _THROUGH[read] for decision in _DECISIONS}
    return ends


def box_rows() -> Iterator[dict[str, str | int]]:
    """Yield the rows of the table flow_box."""
    for position, box in enumerate(BOXES):
        yield {
            "id": box.id,
            "title": box.title,
            "definition": box.definition,
            "position": position,
        }


def step_rows() -> Iterator[dict[str, str]]:
    """Yield the rows of the table flow_step."""
    for outcome, before in outcomes().items():
        for box in (*before, outcome):
            yield {"outcome": outcome, "box": box}
