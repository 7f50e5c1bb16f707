"""Which of many publications are likely the same, so that somebody should look.

Each is compared with those that stand in a common block (:mod:`evidence_map.duplicates`). Where a block
is crowded, because many bear one title or begin alike, it is put in order by title, authors and year,
and each is compared with those next to it alone (the sorted neighbourhood of Hernández and Stolfo,
1995). So the work grows with the number of publications, and so does what is told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence_map.duplicates import Publication

CROWD = 40
"""Publications in a block beyond which not every two of them are compared."""

NEIGHBOURS = 5
"""On each side, with how many publications one in a crowded block is compared."""

_Order = tuple[str, tuple[str, ...], int, str, str, str]


@dataclass(frozen=True)
class Compared:
    """What came of comparing publications.

    :ivar names: those that were compared with each other and need not be again; none where a block is
        crowded, since one publication more or less changes who stands next to whom.
    :ivar alike: which are likely the same as an earlier one: both names, and why.
    """

    names: frozenset[str] = frozenset()
    alike: tuple[tuple[str, str, str], ...] = ()


def compared(publications: Sequence[Publication], known: Compared | None = None) -> Compared:
    """Return which publications are likely the same as an earlier one.

    Identical identifiers are certain and left out here.

    :param known: what is known of publications that are still the same.
    """
    known = known or Compared()
    if known.names.issuperset(each.name for each in publications):
        return known
    blocks = _Blocks(publications, known.names)
    if blocks.crowded and known.names:
        return compared(publications)
    alike = (*known.alike, *blocks.likely_pairs())
    names = () if blocks.crowded else (each.name for each in publications)
    return Compared(frozenset(names), alike)


class _Blocks:
    """The blocks in which publications stand that have to be compared."""

    def __init__(self, publications: Sequence[Publication], unchanged: frozenset[str]) -> None:
        self.publications = publications
        self.fresh = [place for place, each in enumerate(publications) if each.name not in unchanged]
        wanted = {block for place in self.fresh for block in publications[place].looked_up()}
        self.standing: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(publications):
            for block in each.blocks:
                if block in wanted:
                    self.standing[block].append(place)

    @cached_property
    def crowded(self) -> dict[str, list[tuple[_Order, int]]]:
        """The crowded blocks, each in order."""
        return {
            block: sorted((_order(self.publications[place]), place) for place in places)
            for block, places in self.standing.items()
            if len(places) > CROWD
        }

    def likely_pairs(self) -> Iterator[tuple[str, str, str]]:
        """Yield which publications are likely the same as an earlier one: both names, and why."""
        # Loaded only now: what compares texts takes a while to load, and most checks compare few.
        from evidence_map.likeness import likeness

        is_fresh = set(self.fresh)
        for place in self.fresh:
            for other in self._others(place):
                if other == place or (other > place and other in is_fresh):
                    continue
                later, earlier = (self.publications[each] for each in sorted((place, other))[::-1])
                if not _share_identifier(later, earlier) and (reason := likeness(later, earlier)):
                    yield later.name, earlier.name, reason

    def _others(self, place: int) -> list[int]:
        """Return with which the publication at *place* is compared, in their order."""
        publication = self.publications[place]
        others = set[int]()
        for block in publication.looked_up():
            if block in self.crowded:
                order = self.crowded[block]
                here = bisect_left(order, (_order(publication), place))
                near = order[max(0, here - NEIGHBOURS) : here + NEIGHBOURS + 1]
                others.update(other for _, other in near)
            else:
                others.update(self.standing.get(block, ()))
        return sorted(others)


def _order(publication: Publication) -> _Order:
    """Return what puts publications that may be the same next to each other."""
    return (
        publication.title,
        publication.authors,
        publication.year or 0,
        publication.volume,
        publication.first_page,
        publication.name,
    )


def _share_identifier(one: Publication, other: Publication) -> bool:
    return any(a == b for a, b in zip(one.numbers, other.numbers, strict=True) if a)
