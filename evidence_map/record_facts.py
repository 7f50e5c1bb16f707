"""What the rest of a review needs to know of a record: little enough to be kept for all of them.

Rules that look across records ask these facts instead of the records, so that one changed file does not
make it necessary to read ten thousand others into models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from evidence_map.duplicates import Publication
from evidence_map.likely_duplicates import Compared
from evidence_map.model.record import Decision, Record
from evidence_map.problems import Position

if TYPE_CHECKING:
    from evidence_map.review import Located


@dataclass(frozen=True, slots=True)
class CitedInNotes:
    """A citation in the notes of a record: what it names, and where it stands in the file."""

    key: str
    finding: str | None
    line: int
    column: int


class RecordFacts(NamedTuple):
    """The facts of one record.

    :ivar publication: what tells it apart from other publications, named by the record's key.
    :ivar report_of: the study that it names.
    :ivar sharing: the records whose participants may be the same.
    :ivar found_by: the searches that found it.
    :ivar findings: the ids of its findings.
    :ivar is_extracted: whether it has an extraction, so that a second one can be compared with it.
    :ivar cited: what its notes cite.
    """

    publication: Publication
    decision: Decision
    report_of: str | None
    duplicate_of: str | None
    version_of: str | None
    sharing: tuple[str, ...]
    found_by: tuple[str, ...]
    findings: tuple[str, ...]
    is_extracted: bool
    cited: tuple[CitedInNotes, ...]

    @property
    def related(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Every record that it names: where in its file, and the key."""
        if not (self.duplicate_of or self.version_of or self.sharing):
            return ()
        named = [
            (("study", "duplicate_of"), self.duplicate_of),
            (("study", "version_of"), self.version_of),
        ]
        found: list[tuple[tuple[str | int, ...], str]] = [(place, key) for place, key in named if key]
        for index, key in enumerate(self.sharing):
            found.append((("study", "may_share_sample_with", index), key))
        return tuple(found)

    def as_data(self) -> list[Any]:
        """Return the facts as lists and texts, without the key."""
        return [
            self.publication.marks(),
            self.decision.value,
            self.report_of,
            self.duplicate_of,
            self.version_of,
            self.sharing,
            self.found_by,
            self.findings,
            self.is_extracted,
            [(each.key, each.finding, each.line, each.column) for each in self.cited],
        ]

    @classmethod
    def from_data(cls, key: str, data: list[Any]) -> Self:
        """Return the facts of the record *key* that were written as *data*."""
        marks, decision, report_of, duplicate_of, version_of, sharing, found_by, *rest = data
        findings, is_extracted, cited = rest
        return cls(
            Publication.remembered(key, marks),
            _DECISIONS[decision],
            report_of,
            duplicate_of,
            version_of,
            tuple(sharing),
            tuple(found_by),
            tuple(findings),
            is_extracted,
            tuple([CitedInNotes(*each) for each in cited]) if cited else (),
        )


class KnownRecords(Mapping[str, "Located[Record]"]):
    """Records of which the facts are known before they are read.

    :ivar facts: the facts of each, in the order of the keys.
    :ivar compared: what is known of likely duplicates among them.
    """

    facts: Mapping[str, RecordFacts]
    compared: Compared


_DECISIONS = {decision.value: decision for decision in Decision}


def facts_of(key: str, record: Located[Record]) -> RecordFacts:
    """Return the facts of a record."""
    study = record.value.study
    return RecordFacts(
        Publication(key, record.value.reference),
        record.value.screening.decision,
        study.report_of if study else None,
        study.duplicate_of if study else None,
        study.version_of if study else None,
        tuple((study.may_share_sample_with if study else None) or ()),
        tuple(record.value.screening.found_by or ()),
        tuple(finding.id for finding in record.value.findings or ()),
        record.value.extraction is not None,
        tuple(_cited(record)),
    )


def _cited(record: Located[Record]) -> Iterator[CitedInNotes]:
    """Yield what the notes of a record cite.

    YAML folds lines and takes out indents, so a place in the notes is no place in the file. But what
    stands in both is the same words in the same order: the third “@lamp2021” of the notes is the third
    one from where they begin in the file.
    """
    notes = record.value.notes or ""
    if "@" not in notes:
        return
    # Loaded only now: most notes cite nothing, and the parser of Markdown takes a while to load.
    from evidence_map.citations_in_text import mentions

    for mention, place in mentions(notes):
        word = f"@{mention.written}"
        number = notes.count(word, 0, place)
        found = _from(record.at("notes"), record.document.text, word, number)
        yield CitedInNotes(mention.key, mention.finding, found.line, found.column)


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
