"""What becomes of publications that are added by their identifiers, one after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from evidence_map.command_group import fail, say, told
from evidence_map.duplicates import IDENTIFIERS, Match, Publication
from evidence_map.imports.drafts import Draft
from evidence_map.imports.imported import Imported, Reading
from evidence_map.imports.intake import Here, Intake, Likely, Outcome
from evidence_map.imports.record_files import RecordFile, write_drafts
from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.contact import contact_of
from evidence_map.registries.lookup import Found, Lookup, UnknownError
from evidence_map.registries.patience import Patience
from evidence_map.registries.skeletons import Holders, Skeleton, skeleton, skeleton_key
from evidence_map.registries.wanted import Wanted, WantedError, wanted
from evidence_map.review import Review

KEPT_ANSWERS = Path("build", "cache", "registries")
PATIENCE = Patience()


@dataclass
class Adding:
    """Adds one publication after another, and says of each what became of it.

    :ivar key: the name of the record; empty where it is made from the reference.
    :ivar dry_run: whether nothing is written.
    :ivar failed: how many publications have no valid record now.
    """

    review: Review
    lookup: Lookup
    intake: Intake
    key: str
    dry_run: bool
    outcomes: list[Outcome] = field(default_factory=list)
    skeletons: list[Skeleton] = field(default_factory=list)
    failed: int = 0

    def __post_init__(self) -> None:
        self.holders = Holders(self.review)

    def add(self, typed: str) -> None:
        """Look up what was *typed*, and write its record unless it is here already."""
        try:
            publication = wanted(typed)
        except WantedError as error:
            self._fail(str(error))
            return
        say(f"{publication}")
        if holder := self.holders.holder(publication):
            self._already_here(publication, holder)
            return
        try:
            found = self.lookup.find(publication)
        except UnknownError as error:
            self._fail(f"{publication}: {error}")
        except RegistryError as error:
            self._add_skeleton(publication, str(error))
        else:
            self._add_found(publication, found)

    def _add_found(self, publication: Wanted, found: Found) -> None:
        origin = f"Added from {_listed(found.registries)}, on {self.intake.date}"
        reading = Reading([found.imported])
        outcome = self.intake.take(reading, str(publication), "", origin=origin, key=self.key)
        self.outcomes.append(outcome)
        for refused in outcome.refused:
            self._fail(f"{publication}: no record can be made of it: {refused.reason}.")
        for here in outcome.here:
            say(f"  already here, left out: {_matches(here.matches)}")
        for draft in outcome.new:
            self._write(draft)
            say(f"  new, {self._written}: {draft.file}: {draft.reference.title}")
        for likely in outcome.likely:
            self._write(likely.draft)
            say(f"  possibly the same as another, {self._written}: {_likely(likely)}")
        for draft in outcome.drafts:
            self._remember(publication, draft)
        for notice in found.notices:
            say(f"  Take note: {notice}")

    def _already_here(self, publication: Wanted, holder: str) -> None:
        match = Match(holder, True, f"same {_kind(publication)}, {publication.value}")
        imported = Imported(publication.typed, 1)
        self.outcomes.append(Outcome(str(publication), "", read=1, here=[Here(imported, [match])]))
        say(f"  already here, left out: {_matches([match])}")

    def _add_skeleton(self, publication: Wanted, reason: str) -> None:
        """Write a record with nothing but the identifier, since no registry could be asked."""
        self.failed += 1
        key = self.key or skeleton_key(publication, self.intake.taken)
        note = (
            f"Added on {self.intake.date} by its {_kind(publication)} alone, since no registry told "
            "more. Fill in the reference, then delete this note."
        )
        made = skeleton(publication, key, self.intake.found_by, note)
        self._write(made)
        self.skeletons.append(made)
        self.intake.taken.add(key)
        self.holders.add(publication.kind, publication.value, key)
        say(f"  not found out: {reason}.")
        say(f"  {self._written} with its identifier alone: {made.file}")

    def _remember(self, publication: Wanted, draft: Draft) -> None:
        """Let the same publication, named again in this call, be told without asking for it again."""
        self.holders.add(publication.kind, publication.value, draft.key)
        for kind, value in Publication(draft.key, draft.reference).identifiers():
            self.holders.add(kind, value, draft.key)

    def _write(self, file: RecordFile) -> None:
        if self.dry_run:
            return
        try:
            write_drafts(self.review.root, [file])
        except OSError as error:
            fail(f"{file.file} could not be written: {told(error)}")

    def _fail(self, message: str) -> None:
        self.failed += 1
        say(f"not added: {message}", err=True)

    @property
    def _written(self) -> str:
        return "would be written" if self.dry_run else "written"

    def skeleton_lines(self) -> list[str]:
        """Return what is to be done about records that hold nothing but an identifier."""
        if not self.skeletons:
            return []
        names = ", ".join(str(made.file) for made in self.skeletons)
        if self.dry_run:
            return [f"{names} would hold nothing but the identifier."]
        it = "it" if len(self.skeletons) == 1 else "them"
        return [
            f"{names}: no valid record until somebody fills in the title; “check” points at the line. "
            f"Or delete {it} and add the same again when the registries can be reached."
        ]


def _kind(publication: Wanted) -> str:
    return "address" if publication.kind == "url" else IDENTIFIERS[publication.kind]


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _matches(matches: list[Match]) -> str:
    return " and ".join(f"records/{match.name}.yml ({match.reason})" for match in matches)


def _likely(likely: Likely) -> str:
    return f"{likely.draft.file}: {likely.draft.reference.title}: like {_matches(likely.matches)}"


def client_for(review: Review, offline: bool) -> Client:
    """Return what asks the registries, with the contact that they want to know.

    :raises ContactError: if the contact that is set is no mail address.
    """
    return Client(contact_of(review), review.root / KEPT_ANSWERS, offline, PATIENCE)
