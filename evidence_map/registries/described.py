"""What one registry says about a publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evidence_map.imports.fields import sound
from evidence_map.imports.imported import Imported
from evidence_map.problems import quoted


@dataclass
class Described:
    """A publication as one registry describes it.

    :ivar registry: its name: “Crossref”.
    :ivar identifier: what it was asked for: “DOI 10.5555/tea.1”.
    :ivar day: the day of its answer.
    :ivar fields: fields of a reference, as :class:`evidence_map.imports.imported.Imported` has them.
    :ivar notices: sentences about retractions, corrections and concerns, the gravest first.
    :ivar relations: sentences about other versions, preprints and translations.
    :ivar remarks: sentences about what the registry says that could not be taken over.
    """

    registry: str
    identifier: str
    day: str
    fields: dict[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def keep_sound(self) -> None:
        """Leave out of the fields what no record can hold, and say so in the remarks."""
        imported = Imported(
            self.registry, 1, {name: value for name, value in self.fields.items() if value}
        )
        sound(imported)
        self.fields = imported.fields
        for left in imported.leftovers:
            name = left.name.replace("_", " ")
            self.remarks.append(
                f"{self.registry} gives {quoted(left.value)} for {name}, which was left out: "
                f"{left.reason}."
            )
        capitals = [
            name["family"]
            for name in self.fields.get("authors", [])
            if len(name.get("family", "")) > 3 and name["family"].isupper()
        ]
        if capitals:
            self.remarks.append(
                f"{self.registry} writes names in capitals ({quoted(capitals[0])}): write them as the "
                "paper does."
            )


GRAVEST = ("retract", "remov", "withdraw", "concern", "correct", "errat")
"""Beginnings of words for what became of a paper, the gravest first."""


def gravity(sentence: str) -> int:
    """Return how grave a notice is: the less, the graver."""
    lower = sentence.lower()
    return next((place for place, word in enumerate(GRAVEST) if word in lower), len(GRAVEST))


def as_dicts(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a list of JSON; nothing where it is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def as_texts(value: Any) -> list[str]:
    """Return the texts in a list of JSON, or the one text that stands in its place."""
    found = value if isinstance(value, list) else [value]
    return [
        str(entry) for entry in found if isinstance(entry, str | int) and not isinstance(entry, bool)
    ]


def as_text(value: Any) -> str:
    """Return the first text of a value of JSON; empty where there is none."""
    return next(iter(as_texts(value)), "")
