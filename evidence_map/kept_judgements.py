"""Judgements of records that were made in an earlier check, for files that are still the same.

They depend on the program, on the files of synthesis/ that the rules for single records read, and on the
bytes of the record's own files. The first two name a set of shelves, each with a part of the records;
within a shelf a judgement is used where the digest of the record's files is the one that it was made of.
So one changed record makes one shelf new, and each part of a review has shelves of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from evidence_map.duplicates import Publication
from evidence_map.judgements import Judgement, MakeRows, judgements
from evidence_map.kept_work import KeptWork, key_of, program_digest
from evidence_map.likely_duplicates import Compared
from evidence_map.part import WHOLE, Part, place_of
from evidence_map.record_facts import KnownRecords, RecordFacts
from evidence_map.record_files import RecordFiles
from evidence_map.review import Review
from evidence_map.rules.registry import READ_BY_RECORD_RULES

FEWEST = 200
"""Reviews with fewer records are judged anew as fast as earlier judgements are looked up."""

T = TypeVar("T")

_UNSOUND = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What is raised where kept content is not what was once kept."""

_Shelf = dict[str, list[Any]]
"""By a record's key, the digest of its files and its judgement as data."""


@dataclass
class KeptJudgements:
    """The judgements of one review: looked up, completed, and kept for the next time.

    :ivar kept: where they are kept.
    :ivar part: to which part of the review the records belong.
    :ivar make_rows: makes the database rows of records that are judged anew, if they are asked for.
    """

    kept: KeptWork
    part: Part = WHOLE
    make_rows: MakeRows | None = None
    _set: str = ""
    _digests: dict[str, str] = field(default_factory=dict)
    _shelves: dict[int, _Shelf] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)
    _publications: dict[str, str] = field(default_factory=dict)
    _kept_names: frozenset[str] | None = None

    def judge(self, files: Sequence[RecordFiles], review: Review | None) -> Iterator[Judgement]:
        """Yield the judgement of each record, see :func:`evidence_map.judgements.judgements`."""
        few = len(files) < FEWEST and self.part == WHOLE
        if review is None or self.kept.file is None or few:
            yield from judgements(files, review, self.make_rows)
            return
        self._set = _set_of(review)
        self._digests = {each.key: digest for each in files if (digest := each.digest())}
        self._look_up()
        known = self._known()
        unknown = [each for each in files if each.key not in known]
        fresh = judgements(unknown, review, self.make_rows)
        for each in files:
            judgement = known.get(each.key)
            if judgement is None:
                judgement = next(fresh)
                self._put(judgement)
            yield judgement

    def compare(self, review: Review) -> None:
        """Tell the records of *review* what is known of likely duplicates among them."""
        if self._set and isinstance(review.records, KnownRecords):
            key = self._key_of_compared
            read = partial(self._compared, review.records.facts)
            review.records.compared = _sound(read, self.kept.found([key]).get(key)) or Compared()

    def keep(self, review: Review) -> None:
        """Keep what was found in *review*, after it was checked."""
        if not self._set:
            return
        made = {self._key_of(number): _packed(self._shelves[number]) for number in self._changed}
        if self.part == WHOLE and review.compared.names != self._kept_names:
            made[self._key_of_compared] = _packed(self._names_and_alike(review))
        used = [self._key_of(number) for number in self.part.places]
        self.kept.keep(made, [*used, self._key_of_compared])

    def _look_up(self) -> None:
        """Take the shelves of this review, without what became of records that are no longer there."""
        places = self.part.places
        found = self.kept.found([self._key_of(number) for number in places])
        self._shelves = {
            number: _sound(_shelf, found.get(self._key_of(number), b"")) or {} for number in places
        }
        for number, shelf in self._shelves.items():
            if gone := shelf.keys() - self._digests.keys():
                self._changed.add(number)
                for key in gone:
                    del shelf[key]

    def _known(self) -> dict[str, Judgement]:
        """Return the earlier judgements of the records whose files are the same."""
        known: dict[str, Judgement] = {}
        for shelf in self._shelves.values():
            for key, entry in shelf.items():
                try:
                    digest, data = entry
                    if digest == self._digests[key]:
                        known[key] = Judgement.from_data(key, data)
                except _UNSOUND:
                    continue
        return known

    def _put(self, judgement: Judgement) -> None:
        key, number = judgement.key, place_of(judgement.key)
        self._changed.add(number)
        if key in self._digests:
            self._shelves[number][key] = [self._digests[key], judgement.as_data()]
        else:
            self._shelves[number].pop(key, None)

    def _compared(self, facts: Mapping[str, RecordFacts], content: bytes) -> Compared:
        """Return what was found among publications that are the same, even if more of a file is not."""
        names, alike = json.loads(content)
        same = {
            key: publication
            for key, (file, publication) in names.items()
            if key in facts
            and (self._digests.get(key) == file or _digest_of(facts[key].publication) == publication)
        }
        pairs = [(later, earlier, reason) for later, earlier, reason in alike]
        found = Compared(
            frozenset(same), tuple(pair for pair in pairs if pair[0] in same and pair[1] in same)
        )
        # Only now, when all of it was found to be sound.
        self._publications = same
        self._kept_names = found.names if len(same) == len(names) else None
        return found

    def _names_and_alike(self, review: Review) -> list[Any]:
        """Return what came of comparing the records, for ``_compared`` to read."""
        names = {
            key: (
                self._digests[key],
                self._publications.get(key) or _digest_of(review.facts[key].publication),
            )
            for key in sorted(review.compared.names)
            if key in self._digests
        }
        alike = [pair for pair in review.compared.alike if pair[0] in names and pair[1] in names]
        return [names, alike]

    def _key_of(self, number: int) -> str:
        return key_of(self._set, str(number))

    @property
    def _key_of_compared(self) -> str:
        return key_of(self._set, "compared")


def _set_of(review: Review) -> str:
    """Return a name for all that judgements depend on beside the records' own files."""
    texts = [review.files.get(f"synthesis/{name}", "") for name in READ_BY_RECORD_RULES]
    return key_of(program_digest(), *texts)


def _digest_of(publication: Publication) -> str:
    return hashlib.blake2b(_packed(publication.marks()), digest_size=16).hexdigest()


def _shelf(content: bytes) -> _Shelf:
    shelf = json.loads(content)
    if not isinstance(shelf, dict):
        raise TypeError("this is no shelf")
    return shelf


def _packed(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _sound(read: Callable[[Any], T], content: Any) -> T | None:
    """Return what *read* makes of kept *content*; None where it is not what was once kept."""
    try:
        return read(content) if content else None
    except _UNSOUND:
        return None
