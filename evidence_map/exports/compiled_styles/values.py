"""The values of one reference, and what a style asked for so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from citeproc import DATES, NAMES
from citeproc.string import MixedString, String

from evidence_map.exports.csl_json import Item

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
            variable.replace("-", "_"): _value(variable, value)
            for variable, value in item.items()
            if variable not in ("id", "type")
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


def _value(variable: str, value: Any) -> Any:
    if variable == "language":
        return value
    variable = variable.replace("-", "_")
    if variable in NAMES:
        return [PersonName(name) for name in value]
    if variable in DATES:
        if "literal" in value:
            return value["literal"]
        (parts,) = value["date-parts"]
        return tuple(parts)
    return MixedString([String(value)])


def kind_of(item: Item, told_apart: frozenset[str], default_language: str) -> Kind:
    """Return what kind of reference an item is to a style.

    :param told_apart: the variables that the style knows.
    :param default_language: the language of the style.
    """
    return Kind(
        item["type"],
        told_apart.intersection([variable.replace("-", "_") for variable in item]),
        item.get("language", default_language)[:2] == "en",
    )
