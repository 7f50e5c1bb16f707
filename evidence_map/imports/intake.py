"""What becomes of references that are read: new drafts, what is here already, what may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence_map.citation_keys import citation_key
from evidence_map.duplicates import Match, Publication, Publications
from evidence_map.imports.drafts import Draft, DraftError, draft, reference_of
from evidence_map.imports.imported import Imported, Reading, Refused
from evidence_map.review import Review


@dataclass(frozen=True)
class Here:
    """A reference that the review has already, or that came twice.

    :ivar matches: the records (by key) with the same identifier.
    """

    imported: Imported
    matches: list[Match]


@dataclass(frozen=True)
class Likely:
    """A draft that may be the publication of other records."""

    draft: Draft
    matches: list[Match]


@dataclass
class Outcome:
    """What became of the references of one file."""

    source: str
    form: str
    read: int = 0
    new: list[Draft] = field(default_factory=list)
    here: list[Here] = field(default_factory=list)
    likely: list[Likely] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def drafts(self) -> list[Draft]:
        """All that is to be written: the new ones and those that may be the same as others."""
        return [*self.new, *(likely.draft for likely in self.likely)]


class Intake:
    """Takes references in, one file after another, and compares each with all that came before."""

    def __init__(self, review: Review, found_by: Sequence[str], date: str) -> None:
        """Remember what the review has.

        :param found_by: ids of the searches that found the references.
        :param date: the day of the import, for the notes.
        """
        self.found_by = found_by
        self.date = date
        self.taken = {*review.records, *review.faulty, *review.studies}
        self.taken |= {file.stem.lower() for file in (review.root / "records").glob("*")}
        self.review = review
        self.known = Publications()
        for key, record in review.records.items():
            self.known.add(Publication(key, record.value.reference))

    def take(
        self, reading: Reading, source: str, form: str, *, origin: str = "", key: str = ""
    ) -> Outcome:
        """Return what becomes of the references in *reading*; nothing is written.

        :param origin: where they come from, as a sentence without its full stop; by default the file
            and the line.
        :param key: a free key, for the only reference in *reading*.
        """
        outcome = Outcome(source, form, remarks=list(reading.remarks), refused=list(reading.refused))
        outcome.read = len(reading.references) + len(reading.refused)
        for imported in reading.references:
            try:
                self._take(imported, outcome, origin, key)
            except DraftError as error:
                outcome.refused.append(Refused(imported.line, str(error)))
        outcome.refused.sort(key=lambda refused: refused.line)
        return outcome

    def _take(self, imported: Imported, outcome: Outcome, origin: str, key: str) -> None:
        reference = reference_of(imported)
        publication = Publication("", reference)
        matches = self.known.matches(publication) or self._namesake(imported, publication)
        if certain := [match for match in matches if match.certain]:
            outcome.here.append(Here(imported, certain))
            return
        key = key or citation_key(reference, self.taken, imported.key)
        origin = origin or f"Imported from {imported.place}, on {self.date}"
        made = draft(imported, reference, key, self.found_by, origin)
        self.taken.add(key)
        self.known.add(Publication(key, reference))
        if matches:
            outcome.likely.append(Likely(made, matches))
        else:
            outcome.new.append(made)

    def _namesake(self, imported: Imported, publication: Publication) -> list[Match]:
        """Return the record of the same key and title: what was exported from here comes back."""
        record = self.review.records.get(imported.key)
        if record is None:
            return []
        own = Publication(imported.key, record.value.reference)
        return [Match(own.name, False, "same key and title")] if own.title == publication.title else []
