"""Why two references seem to be one publication: title, authors, year and place compared."""

from __future__ import annotations

from rapidfuzz import fuzz

from evidence_map.duplicates import IDENTIFIERS, Publication

SAME_TITLE, SIMILAR_TITLE, SAME_PLACE_TITLE = 97, 88, 60
"""How alike titles are, in percent: the same; the same with a slip; told in other words."""

SHORT_TITLE = 4
"""Titles with fewer words (Editorial, Introduction) are shared by different papers."""

_DOI = list(IDENTIFIERS).index("doi")


def likeness(one: Publication, other: Publication) -> str:
    """Return why two references seem to be one publication; empty where they do not.

    Different numbers in the titles (part 1, part 2) and comments on a paper are different papers.
    """
    years, place = _years(one, other), _place(one, other)
    if years == "differ" and place != "same":
        return ""
    people = _people(one, other)
    if (people == "differ" and place != "same") or one.signs != other.signs:
        return ""
    score = max(title_score(a, b) for a in one.titles for b in other.titles)
    if people == "differ" and score < SAME_TITLE:
        return ""
    if place == "differ" and score < SAME_TITLE:
        return ""
    if not _suffices(score, people, years, place, one, other):
        return ""
    return _reason(score, people, years, place, one, other)


def title_score(one: str, other: str) -> float:
    """Return how alike two folded titles are, in percent."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def _suffices(
    score: float, people: str, years: str, place: str, one: Publication, other: Publication
) -> bool:
    long_enough = min(len(one.title.split()), len(other.title.split())) >= SHORT_TITLE
    if place == "same" and (people == "agree" or score >= SIMILAR_TITLE):
        return score >= SAME_PLACE_TITLE or (people == "agree" and years == "agree")
    if score >= SAME_TITLE:
        return long_enough or (people == "agree" and years == "agree")
    if people != "agree" or years != "agree":
        return False
    if _one_lacks_the_subtitle(one, other):
        return True
    return long_enough and score >= SIMILAR_TITLE and _differ_by_a_slip(one, other)


def _differ_by_a_slip(one: Publication, other: Publication) -> bool:
    """Whether what one title has and the other has not is the same word in another spelling."""
    words = one.title.split(), other.title.split()
    only = ["".join(w for w in words[i] if w not in words[1 - i]) for i in (0, 1)]
    return not all(only) or fuzz.ratio(*only) >= 70


def _one_lacks_the_subtitle(one: Publication, other: Publication) -> bool:
    return min(len(one.main_title.split()), len(other.main_title.split())) >= 3 and (
        one.main_title == other.title or other.main_title == one.title
    )


def _people(one: Publication, other: Publication) -> str:
    """Return whether the authors agree, differ, or are not known."""
    if not one.authors or not other.authors:
        return "unknown"
    if fuzz.ratio(one.authors[0], other.authors[0]) >= 85:
        return "agree"
    shared = len(set(one.authors) & set(other.authors))
    return "agree" if 2 * shared >= min(len(one.authors), len(other.authors)) else "differ"


def _years(one: Publication, other: Publication) -> str:
    if one.year is None or other.year is None:
        return "unknown"
    return "agree" if abs(one.year - other.year) <= 1 else "differ"


def _place(one: Publication, other: Publication) -> str:
    """Return whether volume and first page are the same, differ, or are not known."""
    if not (one.volume and other.volume and one.first_page and other.first_page):
        return "unknown"
    if one.volume != other.volume or one.first_page != other.first_page:
        return "differ"
    return "same" if _container_score(one, other) >= 60 else "unknown"


def _container_score(one: Publication, other: Publication) -> float:
    """Return how alike the journals are, in percent; one may be abbreviated."""
    if not one.container or not other.container:
        return 100
    short, long = sorted((one.container, other.container), key=len)
    words = iter(long.split())
    if all(any(word.startswith(begin) for word in words) for begin in short.split()):
        return 100
    return fuzz.token_sort_ratio(short, long)


def _reason(
    score: float, people: str, years: str, place: str, one: Publication, other: Publication
) -> str:
    same = []
    if people == "agree":
        first = one.authors[0] == other.authors[0]
        same.append("same first author" if first else "authors alike")
    if years == "agree":
        same.append("same year" if one.year == other.year else "years next to each other")
    if place == "same":
        same.append("same volume and first page")
    titles = "same title" if score >= 99.5 else f"titles alike ({score:.0f} %)"
    if score < SIMILAR_TITLE and _one_lacks_the_subtitle(one, other):
        titles = "same title without the subtitle"
    dois = one.numbers[_DOI], other.numbers[_DOI]
    apart = ", but different DOIs: perhaps two versions" if all(dois) and dois[0] != dois[1] else ""
    return ", ".join([titles, *same]) + apart
