"""Citation keys of new records: first author and year, as in ``lamp2021``.

A key is chosen once and kept for ever; nothing here changes one that is in use.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from evidence_map.citation import letter
from evidence_map.duplicates import folded
from evidence_map.model.absence import Absence
from evidence_map.model.reference import Name, Reference
from evidence_map.model.scalars import SLUG

NO_DATE = "nd"
_LONGEST_NAME = 24
_USUAL = re.compile(r"[a-z][a-z-]*[0-9]{4}[a-z]{0,2}")
_FILLERS = {"a", "an", "and", "at", "by", "de", "der", "die", "for", "in", "la", "of", "on", "the", "to"}


def citation_key(reference: Reference, taken: Collection[str], suggested: str = "") -> str:
    """Return a key for *reference* that is not *taken*.

    :param taken: keys in use, of records and of studies.
    :param suggested: the key that the reference had elsewhere; kept if it looks like one of ours.
    """
    if _looks_like_ours(suggested) and suggested not in taken:
        return suggested
    stem = f"{_stem(reference)}{reference.year or NO_DATE}"
    if stem not in taken:
        return stem
    return next(key for n in count(1) if (key := f"{stem}{letter(n)}") not in taken)


def _looks_like_ours(key: str) -> bool:
    return bool(_USUAL.fullmatch(key) and re.fullmatch(SLUG, key)) and len(key) <= 64


def _stem(reference: Reference) -> str:
    authors = reference.authors
    words = "" if isinstance(authors, Absence) else _name(authors[0])
    if not words:
        title = [word for word in folded(reference.title).split() if word not in _FILLERS]
        words = title[0] if title else ""
    letters = re.sub(r"[^a-z]", "", words)[:_LONGEST_NAME]
    return letters or "anon"


def _name(author: Name) -> str:
    """Return the family name; of a body with a long name its initials."""
    words = folded(author.literal or author.family).split()
    if author.literal and len("".join(words)) > _LONGEST_NAME:
        return "".join(word[0] for word in words if word not in _FILLERS)
    return "".join(words)
