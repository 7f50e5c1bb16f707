"""The invented example of a new review, which must not pass for evidence."""

from __future__ import annotations

from evidence_map.model.record import Decision
from evidence_map.review import Review
from evidence_map.rules.registry import Found, rule

INVENTED_EXAMPLE = "invented-example"
"""The key of the record that “init” makes up, so that a new map has something to show."""


@rule(
    "example-among-papers",
    "The invented example stands among papers",
    why="A new review begins with a made-up record, so that its map shows something. Once a paper is "
    "included, the two would be counted together.",
    cure=f"Delete records/{INVENTED_EXAMPLE}.yml.",
)
def example_among_papers(review: Review) -> Found:
    """The invented example is the only included record, or none."""
    example = review.facts.get(INVENTED_EXAMPLE)
    if example is None or example.decision is not Decision.INCLUDED:
        return
    others = [
        key
        for key, facts in review.facts.items()
        if key != INVENTED_EXAMPLE and facts.decision is Decision.INCLUDED
    ]
    if others:
        place = review.records[INVENTED_EXAMPLE].at("reference", "title")
        yield place, f"the invented example would be counted together with “{others[0]}”", ""
