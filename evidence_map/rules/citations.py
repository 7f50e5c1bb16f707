"""Citations in text: what they name exists."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_map.citations_in_text import Mention, mentions
from evidence_map.model.record import Record
from evidence_map.problems import Position, nearest
from evidence_map.review import Located, Review
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
    for mention, place in _cited(review):
        if mention.key not in review.keys:
            hint = nearest(mention.key, review.keys)
            yield place, f"there is no record “{mention.key}”", _with_sign(hint)
        elif mention.key in review.faulty or mention.finding is None:
            continue
        elif mention.written not in review.finding_index:
            own = [name for name in review.finding_index if name.startswith(f"{mention.key}#")]
            yield place, f"there is no finding “{mention.written}”", nearest(mention.written, own)


def _with_sign(hint: str) -> str:
    return f"{hint} Where nothing is cited, write “\\@”." if hint else ""


def _cited(review: Review) -> Iterator[tuple[Mention, Position]]:
    """Yield what the texts of a review cite, with the place of each citation."""
    narratives = [review.protocol_narrative, *(page.narrative for page in review.findings.values())]
    for narrative in narratives:
        for mention, place in mentions(narrative.text):
            yield mention, narrative.at(place)
    for record in review.records.values():
        yield from _cited_in_notes(record)


def _cited_in_notes(record: Located[Record]) -> Iterator[tuple[Mention, Position]]:
    """Yield what the notes of a record cite.

    YAML folds lines and takes out indents, so a place in the notes is no place in the file. But what
    stands in both is the same words in the same order: the third “@lamp2021” of the notes is the third
    one from where they begin in the file.
    """
    notes = record.value.notes or ""
    for mention, place in mentions(notes):
        begin = record.at("notes")
        word = f"@{mention.written}"
        number = notes.count(word, 0, place)
        yield mention, _from(begin, record.document.text, word, number)


def _from(begin: Position, text: str, word: str, number: int) -> Position:
    """Return where *word* stands in a file after *number* others like it, counted from *begin*."""
    lines = text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: begin.line - 1]) + begin.column - 1
    for _ in range(number + 1):
        offset = text.find(word, offset) + 1
        if offset == 0:
            return begin
    above = text[: offset - 1]
    return Position(begin.path, above.count("\n") + 1, offset - 1 - above.rfind("\n"))
