"""Braces in titles: which names they keep in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence_map.exports.capitals import kept_apart
from evidence_map.imports.markup import from_latex, plain

_BRACE = re.compile(r"(?<!\\)[{}]")
_BEGINNING = re.compile(r"(?:^|[?!.:][”’\"')\]]*)\s*$")
_LONGEST = 60


def protected_names(titles: Iterable[str]) -> list[str]:
    """Return the names in *titles* that braces keep in capitals, in their order.

    What is kept anyway is not among them, such as acronyms; nor is the first word of a sentence. Where
    braces stand around most capitals, a program put them there, and they tell nothing.

    >>> protected_names(["Tea in {British Columbia}, the {V}ancouver {SHARPS} study"])
    ['British Columbia', 'Vancouver']
    """
    names: dict[str, None] = {}
    for title in titles:
        text = plain(from_latex(title))
        capitals = len(re.findall(r"(?<!\w)[A-ZÀ-ÖØ-Þ][a-z]", text))
        kept = {word for piece, keep in kept_apart(text) if keep for word in piece.split()}
        names_here = [_name(title, start, end) for start, end in _groups(title)]
        found = [name for name in names_here if name and not kept.issuperset(name.split())]
        if len(found) < 4 or len(found) * 2 <= capitals:
            names |= dict.fromkeys(found)
    return list(names)


def _groups(title: str) -> list[tuple[int, int]]:
    """Return where the outermost braces of *title* open and close."""
    groups = []
    depth = start = 0
    for match in _BRACE.finditer(title):
        if match.group() == "{":
            start = match.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                groups.append((start, match.end()))
    return groups


def _name(title: str, start: int, end: int) -> str:
    """Return what stands in braces, with the rest of its first and last word, if it is a name."""
    command_before = re.search(r"\\[A-Za-z]+\s*$", title[max(start - 30, 0) : start])
    if title[start + 1 : start + 2] == "\\" or command_before:
        return ""
    if _BEGINNING.search(title[max(start - _LONGEST, 0) : start]) or end - start > 2 * _LONGEST:
        return ""
    before = re.search(r"[\w’'-]*$", title[max(start - _LONGEST, 0) : start])
    after = re.match(r"[\w’'-]*", title[end : end + _LONGEST])
    whole = (before.group() if before else "") + title[start:end] + (after.group() if after else "")
    name = plain(from_latex(whole)).strip(" .,:;!?")
    is_name = re.search(r"(?<!\w)[A-ZÀ-ÖØ-Þ]\w", name)
    return name if is_name and len(name) <= _LONGEST else ""
