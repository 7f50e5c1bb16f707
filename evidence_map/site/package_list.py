"""The packages that built a site, as its page on licences lists them."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_map.packages import packages


@dataclass(frozen=True)
class ListedPackage:
    """A package for readers.

    :ivar asked_for_by: the names of those that need it; the program is “the tool”.
    """

    name: str
    version: str
    licence: str
    asked_for_by: list[str]


def listed_packages() -> list[ListedPackage]:
    """Return the packages that are at work, by name."""
    listed = packages()
    return [
        ListedPackage(
            own.name,
            own.version,
            own.licence.text,
            [
                *(["the tool"] if own.is_direct else []),
                *(other.name for other in listed if own.name in other.needs),
            ],
        )
        for own in listed
    ]
