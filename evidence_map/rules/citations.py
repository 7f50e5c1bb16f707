"""Citations in text: what they name exists."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_map.problems import Position, nearest
from evidence_map.review import Review
from evidence_map.rules.registry import Found, rule


@rule(
    "unknown-citation",
    "A text cites a record or a finding that does not exist",
    why="A reader would follow the citation and find nothing.",
    cure="Write “@” and the record's key, and behind “#” the finding's id: [@lamp2021#company]. "
    "Where nothing is cited, write “\\@”.",
)
def unknown_citation(review: Review) -> Found:
    """Whatever a protocol, a review finding or a note cites exists."""
    for key, finding, place in _cited(review):
        written = key if finding is None else f"{key}#{finding}"
        if key not in review.known_keys:
            hint = nearest(key, review.keys)
            yield place, f"there is no record “{key}”", _with_sign(hint)
        elif key in review.faulty or finding is None:
            continue
        elif written not in review.finding_names:
            own = [f"{key}#{name}" for name in review.facts[key].findings]
            yield place, f"there is no finding “{written}”", nearest(written, list(dict.fromkeys(own)))


def _with_sign(hint: str) -> str:
    return f"{hint} Where nothing is cited, write “\\@”." if hint else ""


def _cited(review: Review) -> Iterator[tuple[str, str | None, Position]]:
    """Yield what the texts of a review cite: record, finding if one is named, and place."""
    for narrative in [review.protocol_narrative, *(page.narrative for page in review.findings.values())]:
        if "@" not in narrative.text:
            continue
        # Loaded only now: the parser of Markdown takes a while to load.
        from evidence_map.citations_in_text import mentions

        for mention, place in mentions(narrative.text):
            yield mention.key, mention.finding, narrative.at(place)
    for key, facts in review.facts.items():
        for cited in facts.cited:
            path = review.records[key].document.path
            yield cited.key, cited.finding, Position(path, cited.line, cited.column)
