"""Which references may be one publication, and why somebody should look.

Nothing is decided here: a likeness is a pair with its reasons. Publications are put into blocks by
what usually survives a typing mistake (ends of the title, its longest words, author and year, volume
and page), and only those in a common block are compared, so that the work grows with the number of
publications and not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from anyascii import anyascii

from evidence_map.model.absence import Absence
from evidence_map.model.reference import Reference

IDENTIFIERS = {"doi": "DOI", "pmid": "PubMed number", "pmcid": "PubMed Central number"}
"""What names exactly one publication, and how it is called."""

_END = 20
_WORD = re.compile(r"[a-z0-9]+")
_COMMENT = re.compile(
    r"(?:authors? |publisher )?(correction|corrigendum|erratum|errata|retraction|expression of concern"
    r"|reply|response|comments?|commentary|letter|re|review|protocol)\b(?: (?:to|on|of|for))?\b"
)
_COUNTED = re.compile(r"\d+|\b(?:i{1,3}|iv|v|vi{1,3}|ix|x)\b")


def folded(text: str | None) -> str:
    """Return the words of *text* in plain small letters, one space between them.

    >>> folded("Tea & Muße: « l’été »")
    'tea musse l ete'
    """
    if not text:
        return ""
    plain = text if text.isascii() else anyascii(text)
    return " ".join(_WORD.findall(plain.lower()))


@dataclass(frozen=True)
class Match:
    """A publication that may be the same.

    :ivar name: its name: the key of a record, or where it stands in a file.
    :ivar certain: whether both bear the same identifier.
    :ivar reason: why, as a clause: “same first author and year, titles alike (96 %)”.
    """

    name: str
    certain: bool
    reason: str


class Publication:
    """A publication by what tells it apart, in plain small letters.

    :ivar titles: the title, and the one in its own language if there is one.
    :ivar main_title: the title up to its first colon or full stop.
    :ivar authors: the family names in their order.
    :ivar first_page: the first page, or the article’s number.
    :ivar container: the journal or book.
    :ivar numbers: what names it, by kind (:data:`IDENTIFIERS`); None where it has no such number.
    :ivar blocks: the blocks that it stands in, each once.
    """

    def __init__(self, name: str, reference: Reference) -> None:
        """Take from *reference* what tells it apart; *name* is what the publication is called here."""
        own = folded(reference.original_title)
        title = folded(reference.title)
        names = () if isinstance(reference.authors, Absence) else reference.authors
        self.name = name
        self.titles = (title, own) if own else (title,)
        self.main_title = folded(re.split(r"[:.?–—]\s", reference.title, maxsplit=1)[0])
        self.authors = tuple(folded(each.literal or each.family) for each in names)
        self.year = int(reference.year) if reference.year else None
        self.volume = folded(reference.volume)
        self.first_page = folded((reference.page or reference.number or "").split("–")[0].split("-")[0])
        self.container = folded(reference.container_title)
        self.numbers = tuple(getattr(reference, kind) for kind in IDENTIFIERS)
        self.blocks = tuple(sorted(set(self._blocks())))

    @classmethod
    def remembered(cls, name: str, marks: list[Any]) -> Self:
        """Return the publication of which these are the :meth:`marks`."""
        publication = cls.__new__(cls)
        publication.name = name
        titles, publication.main_title, authors, publication.year, publication.volume = marks[:5]
        publication.first_page, publication.container, numbers, blocks = marks[5:]
        publication.titles, publication.authors = tuple(titles), tuple(authors)
        publication.numbers, publication.blocks = tuple(numbers), tuple(blocks)
        return publication

    def marks(self) -> list[Any]:
        """Return all that tells it apart, as lists and texts."""
        return [
            self.titles,
            self.main_title,
            self.authors,
            self.year,
            self.volume,
            self.first_page,
            self.container,
            self.numbers,
            self.blocks,
        ]

    @property
    def title(self) -> str:
        """The title."""
        return self.titles[0]

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What makes two papers of nearly the same title different: numbers, and being a comment."""
        comment = _COMMENT.match(self.title)
        return (comment[1] if comment else "", *_COUNTED.findall(self.title))

    def identifiers(self) -> list[tuple[str, str]]:
        """Return what names it: kind and value."""
        return [each for each in zip(IDENTIFIERS, self.numbers, strict=True) if each[1]]

    def looked_up(self) -> Iterator[str]:
        """Yield the blocks in which it is looked for: its own, and those of the years beside."""
        yield from self.blocks
        if self.authors and self.year:
            # Online first in one year, in an issue of the next.
            yield _block("author", self.authors[0], str(self.year - 1))
            yield _block("author", self.authors[0], str(self.year + 1))

    def _blocks(self) -> Iterator[str]:
        for title in self.titles:
            letters = title.replace(" ", "")
            yield _block("begins", letters[:_END])
            yield _block("ends", letters[-_END:])
            longest = sorted(set(title.split()), key=lambda word: (-len(word), word))[:2]
            yield _block("words", *sorted(longest))
        if self.main_title != self.title:
            yield _block("begins", self.main_title.replace(" ", "")[:_END])
        if self.authors:
            yield _block("author", self.authors[0], str(self.year))
        if self.first_page and self.volume:
            yield _block("place", self.volume, self.first_page)


def _block(kind: str, *words: str) -> str:
    return "|".join((kind, *words))


class Publications:
    """Publications that are known so far, in blocks, ready to be compared with another one."""

    def __init__(self) -> None:
        self._blocks: dict[str, list[Publication]] = defaultdict(list)
        self._by_identifier: dict[tuple[str, str], list[Publication]] = defaultdict(list)

    def add(self, publication: Publication) -> None:
        """Remember *publication*."""
        for block in publication.blocks:
            self._blocks[block].append(publication)
        for identifier in publication.identifiers():
            self._by_identifier[identifier].append(publication)

    def matches(self, publication: Publication) -> list[Match]:
        """Return what may be the same as *publication*, the certain ones first."""
        # Loaded only now: what compares texts takes a while to load, and most checks compare none.
        from evidence_map.likeness import likeness

        found: dict[str, Match] = {}
        for kind, value in publication.identifiers():
            for other in self._by_identifier.get((kind, value), ()):
                found.setdefault(
                    other.name, Match(other.name, True, f"same {IDENTIFIERS[kind]}, {value}")
                )
        seen = {publication.name, *found}
        for block in publication.looked_up():
            for other in self._blocks.get(block, ()):
                if other.name not in seen:
                    seen.add(other.name)
                    if reason := likeness(publication, other):
                        found[other.name] = Match(other.name, False, reason)
        return sorted(found.values(), key=lambda match: (not match.certain, match.name))
