"""Which references may be one publication, and why somebody should look.

Nothing is decided here: a likeness is a pair with its reasons. Publications are put into blocks by
what usually survives a typing mistake (ends of the title, its longest words, author and year, volume
and page), and only those in a common block are compared, so that the work grows with the number of
publications and not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from anyascii import anyascii
from rapidfuzz import fuzz

from evidence_map.model.absence import Absence
from evidence_map.model.reference import Reference

IDENTIFIERS = {"doi": "DOI", "pmid": "PubMed number", "pmcid": "PubMed Central number"}
"""What names exactly one publication, and how it is called."""

SAME_TITLE, SIMILAR_TITLE, SAME_PLACE_TITLE = 97, 88, 60
"""How alike titles are, in percent: the same; the same with a slip; told in other words."""

SHORT_TITLE = 4
"""Titles with fewer words (Editorial, Introduction) are shared by different papers."""

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
    plain = text or ""
    if not plain.isascii():
        plain = anyascii(plain)
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


@dataclass(frozen=True)
class Publication:
    """A publication by what tells it apart, in plain small letters."""

    name: str
    reference: Reference

    @cached_property
    def title(self) -> str:
        """The title."""
        return folded(self.reference.title)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The title, and the one in its own language."""
        own = folded(self.reference.original_title)
        return (self.title, own) if own else (self.title,)

    @cached_property
    def main_title(self) -> str:
        """The title up to its first colon or full stop."""
        return folded(re.split(r"[:.?–—]\s", self.reference.title, maxsplit=1)[0])

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What makes two papers of nearly the same title different: numbers, and being a comment."""
        comment = _COMMENT.match(self.title)
        return (comment[1] if comment else "", *_COUNTED.findall(self.title))

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """The family names in their order."""
        names = self.reference.authors
        if isinstance(names, Absence):
            return ()
        return tuple(folded(name.literal or name.family) for name in names)

    @cached_property
    def year(self) -> int | None:
        """The year."""
        return int(self.reference.year) if self.reference.year else None

    @cached_property
    def first_page(self) -> str:
        """The first page, or the article's number."""
        return folded((self.reference.page or self.reference.number or "").split("–")[0].split("-")[0])

    @cached_property
    def container(self) -> str:
        """The journal or book."""
        return folded(self.reference.container_title)

    def identifiers(self) -> Iterator[tuple[str, str]]:
        """Yield what names it: kind and value."""
        for kind in IDENTIFIERS:
            if value := getattr(self.reference, kind):
                yield kind, value

    def blocks(self) -> Iterator[tuple[str, ...]]:
        """Yield the blocks that it stands in."""
        for title in self.titles:
            letters = title.replace(" ", "")
            yield "begins", letters[:_END]
            yield "ends", letters[-_END:]
            longest = sorted(set(title.split()), key=lambda word: (-len(word), word))[:2]
            yield ("words", *sorted(longest))
        if self.main_title != self.title:
            yield "begins", self.main_title.replace(" ", "")[:_END]
        if self.authors:
            yield "author", self.authors[0], str(self.year)
        if self.first_page and self.reference.volume:
            yield "place", folded(self.reference.volume), self.first_page


class Publications:
    """Publications that are known so far, in blocks, ready to be compared with another one."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[str, ...], list[Publication]] = defaultdict(list)
        self._by_identifier: dict[tuple[str, str], list[Publication]] = defaultdict(list)

    def add(self, publication: Publication) -> None:
        """Remember *publication*."""
        for block in set(publication.blocks()):
            self._blocks[block].append(publication)
        for identifier in publication.identifiers():
            self._by_identifier[identifier].append(publication)

    def matches(self, publication: Publication) -> list[Match]:
        """Return what may be the same as *publication*, the certain ones first."""
        found: dict[str, Match] = {}
        for kind, value in publication.identifiers():
            for other in self._by_identifier.get((kind, value), ()):
                found.setdefault(
                    other.name, Match(other.name, True, f"same {IDENTIFIERS[kind]}, {value}")
                )
        seen = {publication.name, *found}
        for block in set(self._looked_up(publication)):
            for other in self._blocks.get(block, ()):
                if other.name not in seen:
                    seen.add(other.name)
                    if reason := likeness(publication, other):
                        found[other.name] = Match(other.name, False, reason)
        return sorted(found.values(), key=lambda match: (not match.certain, match.name))

    def _looked_up(self, publication: Publication) -> Iterator[tuple[str, ...]]:
        yield from publication.blocks()
        if publication.authors and publication.year:
            # Online first in one year, in an issue of the next.
            for year in (publication.year - 1, publication.year + 1):
                yield "author", publication.authors[0], str(year)


def likeness(one: Publication, other: Publication) -> str:
    """Return why two references seem to be one publication; empty where they do not.

    Different numbers in the titles (part 1, part 2) and comments on a paper are different papers.
    """
    if one.signs != other.signs:
        return ""
    score = max(title_score(a, b) for a in one.titles for b in other.titles)
    people = _people(one, other)
    years = _years(one, other)
    place = _place(one, other)
    if people == "differ" and not (place == "same" and score >= SAME_TITLE):
        return ""
    if years == "differ" and place != "same":
        return ""
    if place == "differ" and score < SAME_TITLE:
        return ""
    if not _suffices(score, people, years, place, one, other):
        return ""
    return _reason(score, people, years, place, one, other)


def title_score(one: str, other: str) -> float:
    """Return how alike two folded titles are, in percent."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def _suffices(
    score: float, people: str, years: str, place: str, one: Publication, other: Publication
) -> bool:
    long_enough = min(len(one.title.split()), len(other.title.split())) >= SHORT_TITLE
    if place == "same" and (people == "agree" or score >= SIMILAR_TITLE):
        return score >= SAME_PLACE_TITLE or (people == "agree" and years == "agree")
    if score >= SAME_TITLE:
        return long_enough or (people == "agree" and years == "agree")
    if people != "agree" or years != "agree":
        return False
    if _one_lacks_the_subtitle(one, other):
        return True
    return long_enough and score >= SIMILAR_TITLE and _differ_by_a_slip(one, other)


def _differ_by_a_slip(one: Publication, other: Publication) -> bool:
    """Whether what one title has and the other has not is the same word in another spelling."""
    words = one.title.split(), other.title.split()
    only = ["".join(w for w in words[i] if w not in words[1 - i]) for i in (0, 1)]
    return not all(only) or fuzz.ratio(*only) >= 70


def _one_lacks_the_subtitle(one: Publication, other: Publication) -> bool:
    return min(len(one.main_title.split()), len(other.main_title.split())) >= 3 and (
        one.main_title == other.title or other.main_title == one.title
    )


def _people(one: Publication, other: Publication) -> str:
    """Return whether the authors agree, differ, or are not known."""
    if not one.authors or not other.authors:
        return "unknown"
    if fuzz.ratio(one.authors[0], other.authors[0]) >= 85:
        return "agree"
    shared = len(set(one.authors) & set(other.authors))
    return "agree" if 2 * shared >= min(len(one.authors), len(other.authors)) else "differ"


def _years(one: Publication, other: Publication) -> str:
    if one.year is None or other.year is None:
        return "unknown"
    return "agree" if abs(one.year - other.year) <= 1 else "differ"


def _place(one: Publication, other: Publication) -> str:
    """Return whether volume and first page are the same, differ, or are not known."""
    volumes = folded(one.reference.volume), folded(other.reference.volume)
    pages = one.first_page, other.first_page
    if not all((*volumes, *pages)):
        return "unknown"
    if volumes[0] != volumes[1] or pages[0] != pages[1]:
        return "differ"
    return "same" if _container_score(one, other) >= 60 else "unknown"


def _container_score(one: Publication, other: Publication) -> float:
    """Return how alike the journals are, in percent; one may be abbreviated."""
    if not one.container or not other.container:
        return 100
    short, long = sorted((one.container, other.container), key=len)
    words = iter(long.split())
    if all(any(word.startswith(begin) for word in words) for begin in short.split()):
        return 100
    return fuzz.token_sort_ratio(short, long)


def _reason(
    score: float, people: str, years: str, place: str, one: Publication, other: Publication
) -> str:
    same = []
    if people == "agree":
        first = one.authors[0] == other.authors[0]
        same.append("same first author" if first else "authors alike")
    if years == "agree":
        same.append("same year" if one.year == other.year else "years next to each other")
    if place == "same":
        same.append("same volume and first page")
    titles = "same title" if score >= 99.5 else f"titles alike ({score:.0f} %)"
    if score < SIMILAR_TITLE and _one_lacks_the_subtitle(one, other):
        titles = "same title without the subtitle"
    dois = one.reference.doi, other.reference.doi
    apart = ", but different DOIs: perhaps two versions" if all(dois) and dois[0] != dois[1] else ""
    return ", ".join([titles, *same]) + apart


def likely_pairs(references: Mapping[str, Reference]) -> Iterator[tuple[str, Match]]:
    """Yield each reference that is likely the same publication as an earlier one, with that one.

    Identical identifiers are certain and left out here.
    """
    known = Publications()
    for name, reference in references.items():
        publication = Publication(name, reference)
        yield from ((name, match) for match in known.matches(publication) if not match.certain)
        known.add(publication)
