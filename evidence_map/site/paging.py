"""Long lists: those on pages of their own, and the beginning of a list with the way to the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

PER_PAGE = 500
"""How many short entries one page shows."""

NEARBY = 2
"""How many pages before and behind the one that is open are linked."""

LEAPS = 10
"""About how many pages farther away are linked, at even steps."""

Entry = TypeVar("Entry")


def linked_pages(number: int, pages: int) -> list[int]:
    """Return the pages that page *number* links: its neighbours, the ends, even steps between."""
    step = max(1, -(-pages // LEAPS))
    wanted = {1, pages, *range(step, pages, step)}
    wanted |= set(range(number - NEARBY, number + NEARBY + 1))
    return sorted(page for page in wanted if 1 <= page <= pages)


@dataclass(frozen=True, slots=True)
class Paging(Generic[Entry]):
    """A list on pages of their own.

    ``first`` is the address of the first page; the others stand in ``folder``, called by their
    number. ``per_page`` is how many entries one page shows.
    """

    entries: Sequence[Entry]
    first: PurePosixPath
    folder: PurePosixPath
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-len(self.entries) // self.per_page))

    @property
    def further(self) -> range:
        """The numbers of the pages behind the first one."""
        return range(2, self.pages + 1)

    def on_page(self, number: int) -> Sequence[Entry]:
        """Return the entries of a page, the first one being 1."""
        return self.entries[(number - 1) * self.per_page : number * self.per_page]

    def page_of(self, place: int) -> int:
        """Return the number of the page on which the entry at *place*, from 0, stands."""
        return place // self.per_page + 1

    def linked(self, number: int) -> list[int]:
        """Return the pages that page *number* links."""
        return linked_pages(number, self.pages)

    def address(self, number: int) -> PurePosixPath:
        """Return the address of a page."""
        return self.first if number == 1 else self.folder / str(number)


@dataclass(frozen=True, slots=True)
class Excerpt(Generic[Entry]):
    """The beginning of a list: entries in full, then entries in short, and how many are left out."""

    full: Sequence[Entry]
    short: Sequence[Entry]
    left: int

    @property
    def shown(self) -> int:
        """How many entries are shown."""
        return len(self.full) + len(self.short)

    @property
    def total(self) -> int:
        """How many entries the whole list has."""
        return self.shown + self.left


def excerpt(entries: Sequence[Entry], full: int, shown: int) -> Excerpt[Entry]:
    """Return the beginning of a list.

    :param full: how many entries are shown in full.
    :param shown: how many are shown at all; those behind the full ones in short.
    """
    return Excerpt(entries[:full], entries[full:shown], max(0, len(entries) - shown))
