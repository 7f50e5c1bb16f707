"""Names in BibTeX: separated by “and”, split by commas and capitals, and only then decoded.

Sources: Nicolas Markey, *Tame the BeaST*, section 11, for the parts of names; the manual of biblatex,
section 3.4 (*Name formats*), for names whose parts are labelled. Braces around a whole name make it a
body's.
"""

from __future__ import annotations

import re

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from evidence_map.imports.markup import from_latex, plain
from evidence_map.imports.names import NameParts, People, person

_LABELLED = re.compile(
    r"(?:^|,)\s*(family|given|prefix|suffix|useprefix|id|hash|[a-z]+-i)\s*=", re.IGNORECASE
)
_LABELS = {"family": "family", "given": "given", "prefix": "particle", "suffix": "suffix"}
_BRACE = re.compile(r"(?<!\\)[{}]")
_OTHERS = re.compile(r"others|et\.?\s+al\.?", re.IGNORECASE)


def bibtex_people(text: str) -> People:
    """Return the people whom the field ``author`` or ``editor`` names.

    >>> bibtex_people(r"M{\\"u}ster, Ann and {The Invented Crew} and others").names
    [{'family': 'Müster', 'given': 'Ann'}, {'literal': 'The Invented Crew'}]
    """
    found = People()
    for written in split_multiple_persons_names(text):
        name = written.strip(" \t\r\n,;")
        if _OTHERS.fullmatch(name):
            found.complete = False
        elif parts := _person(name):
            found.names.append(parts)
            if "literal" in parts and not _is_braced(name):
                found.remarks.append(f"“{parts['literal'][:60]}” was taken for the name of a body.")
    return found


def _person(name: str) -> NameParts | None:
    if not name:
        return None
    if _is_braced(name):
        literal = _decoded(name)
        return {"literal": literal} if literal else None
    if "=" in name and len(name) < 500 and _LABELLED.search(name):
        return _labelled(name)
    if "," not in name and "{" not in name and " " in name:
        guess = person(_decoded(name)) or {}
        if "literal" in guess or ("particle" in guess and "given" not in guess):
            return guess
    split = parse_single_name_into_parts(name, strict=False)
    parts = {
        "family": _decoded(" ".join(split.last)),
        "given": _decoded(" ".join(split.first)),
        "particle": _decoded(" ".join(split.von)),
        "suffix": _decoded(" ".join(split.jr)),
    }
    if parts["particle"] and not any(word[0].islower() for word in parts["particle"].split()):
        # bibtexparser takes letters without case, as in Arabic or Chinese, for small ones.
        parts["family"] = f"{parts.pop('particle')} {parts['family']}"
    if not parts["family"]:
        literal = _decoded(name).strip(" ,")
        return {"literal": literal} if literal else None
    if parts["given"].rpartition(" ")[2].islower() and not parts.get("particle") and not parts["suffix"]:
        # “Muster, Ann van der”: what databases write, for BibTeX would have it before the family name.
        return person(f"{parts['family']}, {parts['given']}")
    return {part: text for part, text in parts.items() if text}


def _labelled(name: str) -> NameParts | None:
    """Return the parts of a name such as ``family=Muster, given=Ann, prefix=von``."""
    parts: NameParts = {}
    for piece in re.split(r",(?![^{]*\})", name):
        label, _, text = piece.partition("=")
        if (part := _LABELS.get(label.strip().lower())) and (decoded := _decoded(text)):
            parts[part] = decoded
    return parts if "family" in parts else None


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if name[:1] != "{":
        return False
    depth = 0
    for match in _BRACE.finditer(name):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end() == len(name)
    return False


def _decoded(text: str) -> str:
    return plain(from_latex(text)) if text else ""
