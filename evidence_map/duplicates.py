"""Which references may be one publication, and why somebody should look.

Nothing is decided here: a likeness is a pair with its reasons. Publications are put into blocks by
what usually survives a typing mistake (ends of the title, its longest words, author and year, volume
and page), and only those in a common block are compared, so that the work grows with the number of
publications and not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from anyascii import anyascii
from rapidfuzz import fuzz

from evidence_map.model.absence import Absence
from evidence_map.model.reference import Reference

IDENTIFIERS = {"doi": "DOI", "pmid": "PubMed number", "pmcid": "PubMed Central number"}
"""What names exactly one publication, and how it is called."""

_DOI = list(IDENTIFIERS).index("doi")

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

    def identifiers(self) -> Iterator[tuple[str, str]]:
        """Yield what names it: kind and value."""
        for kind, value in zip(IDENTIFIERS, self.numbers, strict=True):
            if value:
                yield kind, value

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


def likeness(one: Publication, other: Publication) -> str:
    """Return why two references seem to be one publication; empty where they do not.

    Different numbers in the titles (part 1, part 2) and comments on a paper are different papers.
    """
    years, place = _years(one, other), _place(one, other)
    if years == "differ" and place != "same":
        return ""
    people = _people(one, other)
    if (people == "differ" and place != "same") or one.signs != other.signs:
        return ""
    score = max(title_score(a, b) for a in one.titles for b in other.titles)
    if people == "differ" and score < SAME_TITLE:
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
    if not (one.volume and other.volume and one.first_page and other.first_page):
        return "unknown"
    if one.volume != other.volume or one.first_page != other.first_page:
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
    dois = one.numbers[_DOI], other.numbers[_DOI]
    apart = ", but different DOIs: perhaps two versions" if all(dois) and dois[0] != dois[1] else ""
    return ", ".join([titles, *same]) + apart


@dataclass(frozen=True)
class Compared:
    """What is known from an earlier comparison.

    :ivar names: the publications that were compared with each other and are still the same.
    :ivar alike: which of them are alike, as :func:`likely_pairs` tells it.
    """

    names: frozenset[str] = frozenset()
    alike: tuple[tuple[str, str, str], ...] = ()


def likely_pairs(
    publications: Sequence[Publication], unchanged: Container[str] = frozenset()
) -> Iterator[tuple[str, str, str]]:
    """Yield which publications are likely the same as an earlier one: both names, and why.

    Identical identifiers are certain and left out here.

    :param unchanged: names of publications that need not be compared with each other any more.
    """
    fresh = [place for place, each in enumerate(publications) if each.name not in unchanged]
    is_fresh = set(fresh)
    wanted = {block for place in fresh for block in publications[place].looked_up()}
    standing: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(publications):
        for block in each.blocks:
            if block in wanted:
                standing[block].append(place)
    for place in fresh:
        publication = publications[place]
        others = {other for block in publication.looked_up() for other in standing.get(block, ())}
        for other in sorted(others):
            if other == place or (other > place and other in is_fresh):
                continue
            later, earlier = publications[max(place, other)], publications[min(place, other)]
            if not _share_identifier(later, earlier) and (reason := likeness(later, earlier)):
                yield later.name, earlier.name, reason


def _share_identifier(one: Publication, other: Publication) -> bool:
    return any(a == b for a, b in zip(one.numbers, other.numbers, strict=True) if a)
