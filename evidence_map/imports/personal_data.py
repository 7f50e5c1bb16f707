"""What databases and screening programs say about persons beside the authors' names.

Leftovers go into the notes of records, which are published. So an e-mail address, an address for
correspondence or what a reviewer said in a screening program does not go there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from evidence_map.imports.imported import Leftover

_PIECES = re.compile(r"(\s*\n\s*| \| )")
"""Between pieces: lines, and the bars with which Rayyan parts what it writes into a note."""

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
REVIEWERS = "names and notes of reviewers"
_LABELS = {
    "addresses for correspondence": (
        r"correspond(?:ence|ing)[ _-](?:address|author)|reprint[ _-]address(?:es)?"
    ),
    REVIEWERS: (
        r"rayyan[ _-](?:inclusion|exclusion|decision)s?|user[ _-]notes?|reviewers?(?:[ _-]notes?)?"
    ),
    "e-mail addresses": r"(?:author|corresponding author)?s?[ _-]?e-?mail(?:[ _-]address(?:es)?)?s?",
}
_NAMES = {
    kind: re.compile(rf"(?i)(?:{label})[0-9]{{0,2}}(?: \(.*\))?") for kind, label in _LABELS.items()
}
_IN_TEXT = {
    kind: re.compile(rf"(?i)(?:^|[;.]\s+)\W{{0,3}}(?:{label})\s?:") for kind, label in _LABELS.items()
}
_ANY = re.compile(r"(?i)@|address|author|mail|rayyan|notes?\b|reviewer")
"""What is in every text that may have to be left out: most have nothing of it."""

_LONGEST_NAME = 60

_OF_RAYYAN = re.compile(
    r"(?is)\b(?:rayyan-(?:inclusion|exclusion|decision)s?|user-notes)\s?:.*?"
    r"(?=\s*\|\s*(?:rayyan|user)-[a-z-]{1,40}\s?:|\Z)"
)
"""What Rayyan writes of reviewers, whose notes may have any lines and signs, up to its next label."""


def without_personal_data(left: Leftover) -> tuple[Leftover | None, list[str]]:
    """Return what of a leftover may be published, and the kinds of what may not.

    From a label such as “Correspondence Address:” on, a piece is left out to its end; a piece with an
    e-mail address is left out altogether.

    :param left: a leftover; its value may have line breaks, which part it into pieces.
    """
    if kind := _kind_of(left.name[:_LONGEST_NAME]):
        return None, [kind]
    if not _ANY.search(left.value):
        return left, []
    value, number = _OF_RAYYAN.subn("", left.value)
    found = [REVIEWERS] * number
    kept: list[str] = []
    for piece in _PIECES.split(value):
        rest, kinds = _public(piece)
        kept.append(rest)
        found += kinds
    if not found:
        return left, []
    value = _PIECES.sub("\n", "\n".join(piece for piece in kept if piece.strip(" |\n"))).strip()
    return (replace(left, value=value) if value else None), found


@lru_cache
def _kind_of(name: str) -> str:
    return next((kind for kind, pattern in _NAMES.items() if pattern.fullmatch(name)), "")


def _public(piece: str) -> tuple[str, list[str]]:
    kinds = []
    for kind, pattern in _IN_TEXT.items():
        if match := pattern.search(piece):
            piece = piece[: match.start()]
            kinds.append(kind)
    if "@" in piece and _EMAIL.search(piece):
        return "", [*kinds, "e-mail addresses"]
    return piece, kinds
