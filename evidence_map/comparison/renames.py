"""Things that came under a new name: what was removed and what was added, one and the same.

A published key is cited in manuscripts and stands in addresses, so a new name is told and never
taken as a matter of course. What is alike is asked in the same way in both directions.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from evidence_map.comparison.differences import BASE, HEAD, Rename, titles
from evidence_map.comparison.subjects import DIMENSION, RECORD, REVIEW_FINDING, TERM, Subject
from evidence_map.duplicates import (
    IDENTIFIERS,
    Publication,
    Publications,
    folded,
)
from evidence_map.likeness import SHORT_TITLE
from evidence_map.review import Review

ALIKE = 75
"""How alike the files of two records must be, in percent, if nothing else speaks for one paper."""

_MOST_PAIRS = 2_500
"""Pairs of files that are compared letter by letter; among more, likeness says little."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    old: str
    new: str
    reason: str

    @property
    def order(self) -> tuple[int, list[str]]:
        """The order in which pairs are chosen, whichever of the two came first."""
        return self.rank, sorted((self.old, self.new))


def _chosen(candidates: Iterable[_Candidate]) -> list[Rename]:
    """Return the best pairs, each name in one of them."""
    old: set[str] = set()
    new: set[str] = set()
    found = []
    for each in sorted(candidates, key=lambda candidate: candidate.order):
        if each.old not in old and each.new not in new:
            old.add(each.old)
            new.add(each.new)
            found.append(Rename(each.old, each.new, each.reason))
    return found


def _gone_and_new(connection: sqlite3.Connection, subject: Subject) -> tuple[set[str], set[str]]:
    before, after = (set(titles(connection, subject, database)) for database in (BASE, HEAD))
    return before - after, after - before


Marks = Mapping[str, Iterable[tuple[int, str, str]]]
"""What tells a thing apart, by its name: rank, reason and sign."""


def _sharing(gone: Marks, new: Marks) -> Iterator[_Candidate]:
    """Yield the pairs that bear a sign in common."""
    bearing: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for name, marks in new.items():
        for mark in marks:
            bearing[mark].append(name)
    for name, marks in gone.items():
        for mark in marks:
            for other in bearing.get(mark, ()):
                yield _Candidate(mark[0], name, other, mark[1])


def renamed_records(
    connection: sqlite3.Connection, base: Review | None, head: Review | None
) -> list[Rename]:
    """Return the records that came under a new key: by identifier, title or likeness."""
    gone, new = _gone_and_new(connection, RECORD)
    if base is None or head is None or not gone or not new:
        return []
    before = {key: Publication(key, base.records[key].value.reference) for key in sorted(gone)}
    after = {key: Publication(key, head.records[key].value.reference) for key in sorted(new)}
    candidates = [
        *_sharing(
            {key: list(_marks(each)) for key, each in before.items()},
            {key: list(_marks(each)) for key, each in after.items()},
        ),
        *_resembling(before, after),
    ]
    taken = {name for each in candidates for name in (each.old, each.new)}
    rest = [key for key in before if key not in taken], [key for key in after if key not in taken]
    if len(rest[0]) * len(rest[1]) <= _MOST_PAIRS:
        candidates += _with_like_files(base, head, rest[0], rest[1])
    return _chosen(candidates)


def _marks(publication: Publication) -> Iterator[tuple[int, str, str]]:
    for kind, value in publication.identifiers():
        yield 0, f"the same {IDENTIFIERS[kind]}", f"{kind}:{value}"
    if len(publication.title.split()) >= SHORT_TITLE:
        yield 1, "the same title", publication.title
    else:
        people = " ".join(publication.authors)
        yield 1, "the same title, authors and year", f"{publication.title}|{people}|{publication.year}"


def _resembling(
    before: Mapping[str, Publication], after: Mapping[str, Publication]
) -> Iterator[_Candidate]:
    known = Publications()
    for publication in after.values():
        known.add(publication)
    for key, publication in before.items():
        for match in known.matches(publication):
            yield _Candidate(2, key, match.name, match.reason)


def _with_like_files(
    base: Review, head: Review, gone: Iterable[str], new: Iterable[str]
) -> Iterator[_Candidate]:
    for old in gone:
        before = base.records[old]
        for name in new:
            after = head.records[name]
            score = fuzz.ratio(before.document.text, after.document.text, score_cutoff=ALIKE)
            dois = before.value.reference.doi, after.value.reference.doi
            if score and not (all(dois) and dois[0] != dois[1]):
                # The more alike, the earlier it is chosen.
                yield _Candidate(103 - round(score), old, name, f"the files are alike ({score:.0f} %)")


def renamed_terms(connection: sqlite3.Connection) -> list[Rename]:
    """Return the terms that came under a new id or in another dimension, by label or definition."""
    return _renamed(connection, TERM, "SELECT dimension || '/' || id, label, definition FROM {db}.term")


def renamed_dimensions(connection: sqlite3.Connection) -> list[Rename]:
    """Return the dimensions that came under a new id, by label or definition."""
    return _renamed(connection, DIMENSION, "SELECT id, label, definition FROM {db}.dimension")


def renamed_review_findings(connection: sqlite3.Connection) -> list[Rename]:
    """Return the review findings that came under a new name, by statement or narrative."""
    sql = "SELECT id, statement, trim(text) FROM {db}.review_finding"
    return _renamed(connection, REVIEW_FINDING, sql)


_ALIKE_IN = {
    TERM.name: ("label", "definition"),
    DIMENSION.name: ("label", "definition"),
    REVIEW_FINDING.name: ("statement", "narrative"),
}


def _renamed(connection: sqlite3.Connection, subject: Subject, sql: str) -> list[Rename]:
    """Return what came under a new name; *sql* gives the name and two texts that tell it apart."""
    gone, new = _gone_and_new(connection, subject)
    marks = [
        {
            name: list(_text_marks(subject, name, texts))
            for name, *texts in connection.execute(sql.format(db=database))
            if name in names
        }
        for database, names in ((BASE, gone), (HEAD, new))
    ]
    return _chosen(_sharing(*marks))


def _text_marks(subject: Subject, name: str, texts: list[str]) -> Iterator[tuple[int, str, str]]:
    group = name.rpartition("/")[0]
    for rank, (kind, text) in enumerate(zip(_ALIKE_IN[subject.name], texts, strict=True)):
        if sign := folded(text):
            yield rank, f"the same {kind}", f"{kind}|{group}|{sign}"
            if group:
                yield rank + 2, f"the same {kind}, in another dimension", f"{kind}|{sign}"
