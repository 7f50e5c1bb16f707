"""Names of people and bodies as files write them, in the parts that a record has.

Sources: *RIS Format Specifications* (2001) for “Family, Given, Suffix”; EndNote's manual for bodies,
which end in a comma there; the MEDLINE data elements for “Family Initials” and “Family, Given Suffix”.
What no rule decides is told in a remark, so that a person can look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from evidence_map.imports.own_exports import is_literal

NameParts = dict[str, str]
"""Parts of a name, as :class:`evidence_map.model.reference.Name` has them."""

_PARTICLE_WORDS = """
'd 's 't a af al av bin ben d' da dal dall' dalla das de degli dei del dell' della delle der des di do
dos du e el ibn im l' la las le les lo los op ten ter te thor tho to van vande vanden vander ver vom von
y z zu zum zur
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Words in lower case that stand before a family name in lists of names."""

_SUFFIX = re.compile(r"(?:jr|sr|jun|sen|junior|senior|ii|iii|iv|2nd|3rd|[4-9]th)\.?", re.IGNORECASE)

_BODY_WORDS = """
academy administration agency alliance amt and asociación association associazione authority board
bundesamt bureau center centers centre centres centro clinic coalition collaboration collaborative
collaborators college comité commission committee community company conference consortium corporation
council crew department directorate division et faculty federation fondation fonds for force foundation
fund fundación für gesellschaft global gmbh government group groupe grupo health hospital inc initiative
institut institute institution instituto international investigators laboratory league library llc ltd
members ministerio ministry ministère museum national nations network observatory of office on
organisation organization organización panel para partners partnership plc police pour press program
programme project register research school secretariat section service services sociedad society société
state states stiftung study task taskforce team trial trialists trust und union unit universidad
universidade universität university université verband verein workgroup workshop world zentrum &
"""
_BODIES = frozenset(_BODY_WORDS.split())
"""Words by which a body is told from a person."""

_OTHERS = re.compile(
    r"(?:^|[\s,;]+)(?:(?:and|&)\s+)?(?:et\.?\s?al(?:ii|ia|\b)\.?|(?:and|&)\s+others|^others|…|\.\.\.)[\s.;,]*$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\[?(?:anon(?:\.|ymous)?|no authors?(?: listed| name available)?|unknown|n\.\s?n\.)\]?\.?",
    re.IGNORECASE,
)


@dataclass
class People:
    """Names in their order.

    :ivar names: the parts of each name.
    :ivar complete: false where the list says that there are others.
    :ivar nobody: what stands in place of a name and names nobody: “Anonymous”.
    :ivar remarks: sentences about what had to be guessed.
    """

    names: list[NameParts] = field(default_factory=list)
    complete: bool = True
    nobody: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def people(texts: Iterable[str]) -> People:
    """Return the people named in *texts*, each of which is one name or a list of names.

    >>> people(["Muster, C.; Lamp, D., et al."]).names
    [{'family': 'Muster', 'given': 'C.'}, {'family': 'Lamp', 'given': 'D.'}]
    """
    found = People()
    capitals = []
    for text in texts:
        for written in separate_names(text):
            bare, complete = _without_others(written)
            found.complete = found.complete and complete
            if _NOBODY.fullmatch(bare):
                found.nobody.append(bare)
            elif parts := person(bare) if complete or " " in bare or not bare else {"family": bare}:
                found.names.append(parts)
                if _guessed(bare, parts):
                    found.remarks.append(_guess(bare, parts))
                if "family" in parts and len(parts["family"]) > 3 and parts["family"].isupper():
                    capitals.append(bare)
    if capitals:
        found.remarks.append(
            f"{_first_of(capitals)} in capitals, as in the file: write the names as the paper does."
        )
    return found


def person(text: str) -> NameParts | None:
    """Return the parts of one name, or None where there is none.

    A name with a comma is a person, unless a body's words stand before it or nothing behind it. A name
    without one is a person if it ends or begins with initials or is two to four words that are all
    written with a capital, and a body otherwise.

    >>> person("van Muster, Çelik, Jr")
    {'family': 'Muster', 'given': 'Çelik', 'particle': 'van', 'suffix': 'Jr'}
    >>> person("The Invented Crew")
    {'literal': 'The Invented Crew'}
    """
    text = " ".join(text.split())
    if not text.strip(" ,;"):
        return None
    if text.endswith(","):
        text = text.rstrip(" ,;")
        if "," not in text:
            return {"literal": text}
    if ",," in text.replace(" ", "") and not _SUFFIX.fullmatch(text.rpartition(",")[2].strip()):
        # EndNote doubles the first comma of a body's name.
        return {"literal": re.sub(r",\s*,", ",", text).strip(" ,;")}
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return _without_comma(text)
    return _with_commas(text, parts)


def own_people(texts: Iterable[str], *, marks_bodies: bool) -> People:
    """Return the people named in *texts*, each of which is one name that this program wrote.

    Nothing has to be guessed. A body has a comma behind its name or its first comma doubled where the
    format has such a sign. Elsewhere a name with a comma is a person's, be it with nothing behind.

    :param marks_bodies: whether the format has a sign for bodies.
    """
    names = (_own_name(" ".join(text.split()), marks_bodies) for text in texts)
    return People([parts for parts in names if any(parts.values())])


def _own_name(text: str, marks_bodies: bool) -> NameParts:
    if marks_bodies and ",," in text:
        return {"literal": text.replace(",,", ",", 1)}
    is_body = text.endswith(",") if marks_bodies else "," not in text
    if is_body:
        return {"literal": text.removesuffix(",")}
    before, *rest = (part.strip() for part in text.split(","))
    particle, family = _particle(before)
    return _named(family, rest[0] if rest else "", particle, ", ".join(rest[1:]))


def separate_names(text: str) -> list[str]:
    """Return the single names of a list: parted by semicolons, by “and”, or by commas after initials.

    >>> separate_names("Muster, C., Lamp, D. E.")
    ['Muster, C.', 'Lamp, D. E.']
    """
    names: list[str] = []
    for piece in " ".join(text.split()).split(";"):
        if not piece.strip():
            continue
        joined = re.split(r",?\s+(?:and|&)\s+", piece) if " and " in piece or " & " in piece else [piece]
        if len(joined) > 1 and not all(_person_with_comma(part) for part in joined):
            joined = [piece]
        for part in joined:
            names.extend(_pairs(part))
    return [name.strip() for name in names]


def _pairs(text: str) -> list[str]:
    """Return “Muster, C., Lamp, D.” as two names; anything else as it is."""
    bare, complete = _without_others(text)
    parts = [part.strip() for part in bare.split(",")]
    if len(parts) < 4 or len(parts) % 2 or not all(map(_are_initials, parts[1::2])):
        return [text]
    names = [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return names if complete else [*names, "et al."]


def _person_with_comma(text: str) -> bool:
    family, comma, given = text.partition(",")
    parted = bool(comma and family.strip() and given.strip())
    return parted and (is_literal() or not _names_a_body(text))


def _without_others(text: str) -> tuple[str, bool]:
    """Return *text* without “et al.” at its end, and whether it had none."""
    if len(text) > 1_000 or not (found := _OTHERS.search(text)):
        return text.strip(), True
    return text[: found.start()].strip(), False


def _with_commas(text: str, parts: list[str]) -> NameParts | None:
    family, *rest = parts
    if " " in family and _names_a_body(family) and not is_literal():
        return {"literal": text}
    suffix = ""
    if len(rest) > 1:
        for place in (-1, 0):
            if _SUFFIX.fullmatch(rest[place]):
                suffix = rest.pop(place)
                break
    if len(rest) > 1 or not family:
        return {"literal": text.strip(" ,")}
    given = rest[0]
    if _SUFFIX.fullmatch(given) and not suffix and _read_backwards(family):
        # “Muster CD, 3rd”: the comma parts the suffix, not the given name.
        return _without_comma(family) | {"suffix": given}
    words = given.split()
    if len(words) > 1 and not suffix and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    behind: list[str] = []
    while len(words) > 1 and words[-1] in _PARTICLES:
        behind.insert(0, words.pop())
    particle, family = _particle(family)
    return _named(family, " ".join(words), " ".join(filter(None, (*behind, particle))), suffix)


def _without_comma(text: str) -> NameParts:
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if len(words) == 1 or _names_a_body(text):
        return {"literal": text}
    if _read_backwards(" ".join(words)):
        particle, family = _particle(" ".join(words[:-1]))
        return _named(family, words[-1], particle, suffix)
    if all(word in _PARTICLES for word in words[:-1]):
        return _named(words[-1], "", " ".join(words[:-1]), suffix)
    if not _is_like_a_person(words):
        return {"literal": text}
    start = next((place for place, word in enumerate(words) if place and word in _PARTICLES), None)
    particle, family = _particle(" ".join(words[-1 if start is None else start :]))
    return _named(family, " ".join(words[: -1 if start is None else start]), particle, suffix)


def _named(family: str, given: str, particle: str, suffix: str) -> NameParts:
    parts = {"family": family, "given": given, "particle": particle, "suffix": suffix}
    return {name: text for name, text in parts.items() if text}


def _particle(family: str) -> tuple[str, str]:
    """Return the particles before a family name, and the name; a particle alone is the name."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _read_backwards(text: str) -> bool:
    """Whether *text* is a family name and initials, in this order: “van Muster CD”."""
    *family, last = text.split()
    if not family or len(family) > 4 or not _are_initials(last) or _are_initials(family[0]):
        return False
    shouted = "".join(family).isupper()
    return not (shouted and "." not in last and len(last) > 2)


def _are_initials(text: str) -> bool:
    letters = re.sub(r"[.\s’'-]", "", text)
    dotted = "." in text
    return 0 < len(letters) <= (5 if dotted else 3) and letters.isalpha() and letters.isupper()


def _names_a_body(text: str) -> bool:
    words = re.findall(r"[\w&]+", text.lower())
    return bool(words) and (
        words[0] in {"the", "die", "les"}
        or any(word in _BODIES or any(map(str.isdigit, word)) for word in words)
    )


def _is_like_a_person(words: list[str]) -> bool:
    """Whether *words* are two to four names with a capital each, with particles between them."""
    names = [word for word in words if word not in _PARTICLES]
    return 2 <= len(names) <= 4 and all(
        name[0].isupper() and re.fullmatch(r"[\w.’'‐-]+", name) for name in names
    )


def _guessed(text: str, parts: NameParts) -> bool:
    if "literal" in parts:
        return "," in text.rstrip(", ") and not _names_a_body(text)
    given = parts.get("given", "").split()
    return "," not in text and bool(given) and not _are_initials(given[0])


def _guess(text: str, parts: NameParts) -> str:
    if "literal" in parts:
        return f"“{_short(text)}” has more commas than a person's name; it was kept as a body's."
    return f"“{_short(text)}” has no comma; “{_short(parts['family'])}” was taken for the family name."


def _first_of(names: list[str]) -> str:
    shown = f"“{_short(names[0])}”"
    return f"{shown} stands" if len(names) == 1 else f"{shown} and {len(names) - 1} more names stand"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
