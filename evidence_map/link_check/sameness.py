"""Whether a DOI is that of the paper in the record: a wrong one that exists is the worst error."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from evidence_map.duplicates import folded
from evidence_map.likeness import SAME_PLACE_TITLE, SIMILAR_TITLE, title_score
from evidence_map.link_check.outcome import Kind, Remark
from evidence_map.model.absence import Absence
from evidence_map.model.notice import TOLD_IN_TITLE
from evidence_map.model.reference import Reference
from evidence_map.problems import quoted
from evidence_map.registries.described import Described

_SUBTITLE = re.compile(r"[:.?–—]\s")
_COMPARE = "Open the DOI, and compare title, authors and year with the record."


def compared(reference: Reference, told: Described, years: set[int]) -> Iterator[Remark]:
    """Yield where a record’s *reference* and what is registered under its DOI are apart.

    Titles are compared without case, accents and signs, with and without the subtitle, and in the
    paper’s own language; the authors settle what titles leave open.

    :param years: every year that the registry has for it: online, in print.
    """
    title = TOLD_IN_TITLE.sub("", told.fields.get("title", "")).lstrip(" :]")
    if not title:
        return
    score = _alike(reference, title, told.fields.get("original_title", ""))
    people, same_year = _people(reference, told), _same_year(reference, years)
    says = f"{told.registry} has it for {quoted(title, 120)}"
    if year := _shown(years):
        says += f" ({year})"
    if score < SAME_PLACE_TITLE and not (people == "agree" and same_year):
        yield Remark(Kind.MISMATCH, says, _COMPARE)
    elif score < SIMILAR_TITLE and people == "differ":
        yield Remark(Kind.MISMATCH, f"{says}, and other authors", _COMPARE)
    elif score < SAME_PLACE_TITLE:
        yield Remark(Kind.ADVICE, f"{says}; authors and year agree, the title does not", _COMPARE)
    elif not same_year and reference.year:
        yield Remark(
            Kind.ADVICE,
            f"{told.registry} dates it {_shown(years)}, and the record {reference.year}",
            "Compare the year with the paper.",
        )


def _alike(reference: Reference, *registered: str) -> float:
    """Return how alike the titles are that come closest, in percent."""
    own = [text for text in (reference.title, reference.original_title) if text]
    return max(_score(one, other) for one in own for other in registered if other)


def _score(one: str, other: str) -> float:
    whole, main = (folded(one), folded(other)), (_main(one), _main(other))
    words = min(len(text.split()) for text in whole)
    # One without the subtitle holds but words of the other.
    contained = fuzz.token_set_ratio(*whole) if words >= 4 else 0
    return max(title_score(*whole), title_score(*main) if all(main) else 0, contained)


def _main(title: str) -> str:
    return folded(_SUBTITLE.split(title, maxsplit=1)[0])


def _people(reference: Reference, told: Described) -> str:
    """Return whether the authors agree, differ, or are not known."""
    if isinstance(reference.authors, Absence) or not told.fields.get("authors"):
        return "unknown"
    own = [folded(name.literal or name.family) for name in reference.authors]
    theirs = [folded(name.get("literal") or name.get("family")) for name in told.fields["authors"]]
    if fuzz.ratio(own[0], theirs[0]) >= 85 or set(own) & set(theirs):
        return "agree"
    return "differ"


def _same_year(reference: Reference, years: set[int]) -> bool:
    """Whether the years agree; a year apart is online first, and no mistake."""
    if reference.year is None or not years:
        return True
    return min(abs(int(reference.year) - year) for year in years) <= 1


def _shown(years: set[int]) -> str:
    return " or ".join(str(year) for year in sorted(years))
