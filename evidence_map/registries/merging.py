"""Descriptions of one publication by several registries, made into one reference.

Each field comes from one registry, the first that has it; which one is told, and where two disagree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from evidence_map.duplicates import folded
from evidence_map.imports.imported import Imported
from evidence_map.imports.names import NameParts
from evidence_map.likeness import SIMILAR_TITLE
from evidence_map.problems import quoted
from evidence_map.registries.described import Described, gravity

_PLACES = {"page", "number"}
"""Registries put an article's number in one or the other."""

_ORCIDS = "ORCID iDs"


def merged(descriptions: Sequence[Described], source: str) -> tuple[Imported, list[str]]:
    """Return the reference that *descriptions*, at least one, make together, and from which registries.

    What the first has is taken first. The remarks begin with what is grave, and go on with where each
    field comes from.

    :param source: what was asked for, as somebody typed it.
    """
    made = Imported(source, 1)
    taken: list[tuple[Described, list[str]]] = []
    apart: list[str] = []
    for description in descriptions:
        apart += [text for first, _ in taken[:1] for text in _disagreements(first, description)]
        taken.append((description, _take(made.fields, description)))
        if len(taken) > 1 and _fuller(made.fields, description.fields):
            _exchange(made.fields, taken)
    notices = [notice for description in descriptions for notice in description.notices]
    made.remarks = sorted(dict.fromkeys(notices), key=gravity)
    made.remarks += [_told(description, names) for description, names in taken if names]
    made.remarks += apart
    for description in descriptions:
        made.remarks += [*description.relations, *description.remarks]
    made.remarks = list(dict.fromkeys(made.remarks))
    return made, [description.registry for description, names in taken if names]


def _take(fields: dict[str, Any], description: Described) -> list[str]:
    """Fill what is missing in *fields*, and return the names of the fields that were."""
    names = []
    had_place = bool(_PLACES & fields.keys())
    had_authors = "authors" in fields
    for name, value in description.fields.items():
        skipped = (
            name in fields
            or (name in _PLACES and had_place)
            or (name == "authors_complete" and had_authors)
            or (name == "original_title" and not _same_title(fields, description.fields))
        )
        if not skipped:
            fields[name] = value
            names.append(name)
    return names


def _same_title(fields: dict[str, Any], others: dict[str, Any]) -> bool:
    titles = folded(fields.get("title")), folded(others.get("title"))
    return fuzz.ratio(*titles) >= SIMILAR_TITLE


def _told(description: Described, names: list[str]) -> str:
    shown = ", ".join(name.replace("_", " ") for name in names if name != "authors_complete")
    return f"From {description.registry} ({description.identifier}, {description.day}): {shown}."


def _fuller(fields: dict[str, Any], others: dict[str, Any]) -> bool:
    """Whether *others* have the given names of which *fields* have the initials only."""
    one: list[NameParts] = fields.get("authors", [])
    other: list[NameParts] = others.get("authors", [])
    if one is other or not one or len(one) != len(other):
        return False
    gained = False
    for mine, theirs in zip(one, other, strict=True):
        names = (
            folded(mine.get("family") or mine.get("literal")),
            folded(theirs.get("family") or theirs.get("literal")),
        )
        given = mine.get("given", ""), theirs.get("given", "")
        if fuzz.ratio(*names) < SIMILAR_TITLE or (_whole(given[0]) and not _whole(given[1])):
            return False
        if given[0] and given[1] and folded(given[0])[:1] != folded(given[1])[:1]:
            return False
        gained = gained or (_whole(given[1]) and not _whole(given[0]))
    return gained


def _whole(given: str) -> bool:
    """Whether a given name is more than initials."""
    return any(len(word) > 1 and not word.isupper() for word in re.findall(r"\w+", given))


def _exchange(fields: dict[str, Any], taken: list[tuple[Described, list[str]]]) -> None:
    """Take the authors of the last description in place of those of an earlier one."""
    description, names = taken[-1]
    authors = [dict(name) for name in description.fields["authors"]]
    kept = False
    for mine, theirs in zip(fields["authors"], authors, strict=True):
        if "orcid" in mine and "orcid" not in theirs and "family" in theirs:
            theirs["orcid"] = mine["orcid"]
            kept = True
    fields["authors"] = authors
    names.insert(0, "authors")
    for _, earlier in taken[:-1]:
        if "authors" in earlier:
            earlier[earlier.index("authors") : earlier.index("authors") + 1] = [_ORCIDS] if kept else []


def _disagreements(one: Described, other: Described) -> list[str]:
    """Return sentences about what two registries say differently."""
    found: list[tuple[str, str, str]] = []
    for name in ("title", "volume", "issue"):
        first, second = (str(d.fields.get(name, "")) for d in (one, other))
        if first and second and folded(first) != folded(second):
            found.append((name, _quoted(first), _quoted(second)))
    years = [str(d.fields.get("issued", ""))[:4] for d in (one, other)]
    if all(years) and years[0] != years[1]:
        found.append(("year", years[0], years[1]))
    pages = [str(d.fields.get("page") or d.fields.get("number") or "") for d in (one, other)]
    if all(pages) and not _same_pages(*pages):
        found.append(("pages", pages[0], pages[1]))
    counts = [len(d.fields.get("authors", [])) for d in (one, other)]
    if all(counts) and counts[0] != counts[1]:
        found.append(("number of authors", str(counts[0]), str(counts[1])))
    return [
        f"{one.registry} and {other.registry} differ in the {name}: {first} and {second}. "
        f"That of {one.registry} was taken."
        for name, first, second in found
    ]


def _quoted(text: str) -> str:
    """Return a title or number in quotation marks, shortened only if it is very long."""
    return quoted(text, 300)


def _same_pages(one: str, other: str) -> bool:
    """Whether two ranges of pages are the same: 168–177 and 168-77 are."""
    first, second = ([folded(page) for page in re.split(r"[-–—]+", text)] for text in (one, other))
    if first[0] != second[0]:
        return False
    ends = first[-1], second[-1]
    return len(first) == 1 or len(second) == 1 or ends[0].endswith(ends[1]) or ends[1].endswith(ends[0])
