"""The values of one reference, and what a style asked for so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from citeproc import DATES, NAMES
from citeproc.string import String

from evidence_map.exports.csl_json import Item

KINDS_REMEMBERED = 1_024
"""For how many sets of variables it is kept in memory which kind of reference they make."""

USED_UP = ("editor", "publisher", "title")
"""What is printed once only where there are no authors, since it may stand in for them."""


@dataclass(frozen=True)
class Kind:
    """What a style can be told of a reference before its texts are known."""

    type: str
    variables: frozenset[str]
    is_english: bool

    @property
    def is_used_up(self) -> bool:
        """Whether what stands in for authors is used up by that."""
        return "author" not in self.variables


class PersonName:
    """A name as citeproc-py asks for it: given, family, dropping and other particle, suffix."""

    __slots__ = ("_parts",)

    def __init__(self, name: dict[str, str]) -> None:
        get = name.get
        self._parts = (
            (None, name["literal"], None, None, None)
            if "literal" in name
            else (
                get("given"),
                get("family"),
                get("dropping-particle"),
                get("non-dropping-particle"),
                get("suffix"),
            )
        )

    def parts(self) -> tuple[str | None, ...]:
        """Return the parts."""
        return self._parts


class Values:
    """The values of a reference, which counts what is asked for and what of it is there.

    By these counts a group is left out (``citation_reference.rendered_group``). ``used`` is what has
    been printed in place of authors, ``repressed`` what CSL says must not be printed again.

    :param known: how many authors are known, if not all are.
    """

    __slots__ = ("asked", "found", "known", "reference", "repressed", "texts", "used")

    def __init__(self, item: Item, known: int | None = None) -> None:
        self.texts = {
            name: read(value)
            for variable, value in item.items()
            for name, read in (_reading(variable),)
            if read
        }
        self.known = known
        self.asked = self.found = 0
        self.used: set[str] = set()
        self.repressed: set[str | None] = set()
        # As citeproc-py finds a reference through the place where it is cited.
        self.reference = self

    def get(self, variable: str, default: Any = None) -> Any:
        """Return a value; citeproc-py asks for names in this way when it prints them."""
        return self.texts.get(variable, default)


@cache
def _reading(variable: str) -> tuple[str, Callable[[Any], Any] | None]:
    """Return the name of a variable in citeproc-py, and what makes its value of that in an item."""
    name = variable.replace("-", "_")
    if variable in ("id", "type"):
        return name, None
    if variable == "language":
        return name, str
    if name in NAMES:
        return name, _people
    return name, _date if name in DATES else String


def _people(names: list[dict[str, str]]) -> list[PersonName]:
    return [PersonName(name) for name in names]


def _date(value: dict[str, Any]) -> tuple[int, ...] | str:
    if "literal" in value:
        return str(value["literal"])
    (parts,) = value["date-parts"]
    return tuple(parts)


def kind_of(item: Item, told_apart: frozenset[str], default_language: str) -> Kind:
    """Return what kind of reference an item is to a style.

    :param told_apart: the variables that the style knows.
    :param default_language: the language of the style.
    """
    is_english = item.get("language", default_language)[:2] == "en"
    return _kind(item["type"], tuple(item), told_apart, is_english)


@lru_cache(KINDS_REMEMBERED)
def _kind(type_: str, variables: tuple[str, ...], told_apart: frozenset[str], is_english: bool) -> Kind:
    named = (_reading(variable)[0] for variable in variables)
    return Kind(type_, told_apart.intersection(named), is_english)
