"""How a paper is named in running text: *Lamp et al. 2021*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import count

from evidence_map.model.absence import Absence
from evidence_map.model.reference import Reference

NO_DATE = "n.d."


def short_citation(reference: Reference) -> str:
    """Return the authors and the year, such as ``Lamp et al. 2021``.

    Where no author is known, the first words of the title stand in their place.
    """
    return f"{_authors(reference)} {reference.year or NO_DATE}"


def _authors(reference: Reference) -> str:
    if isinstance(reference.authors, Absence):
        words = reference.title.split()
        return "“" + " ".join(words[:4]) + ("…”" if len(words) > 4 else "”")
    names = [author.sorting for author in reference.authors]
    if len(names) > 2 or not reference.authors_complete:
        return f"{names[0]} et al."
    return " & ".join(names)


def short_citations(references: dict[str, Reference]) -> dict[str, str]:
    """Return the short citation of each key, told apart by letters (2021a, 2021b) where alike."""
    return told_apart({key: short_citation(reference) for key, reference in references.items()})


def told_apart(plain: Mapping[str, str]) -> dict[str, str]:
    """Return the short citations in *plain* by key, with a letter where several are alike."""
    shared = {text for text, number in Counter(plain.values()).items() if number > 1}
    letters = {text: count() for text in shared}
    return {
        key: f"{text}{letter(next(letters[text]))}" if text in shared else text
        for key, text in sorted(plain.items())
    }


def letter(index: int) -> str:
    """Return a, b, … z, aa, ab, …

    >>> letter(0), letter(26)
    ('a', 'aa')
    """
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
