"""What the formats share: dates, pages and names in pieces, and what no value may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_map.site.evidence import Person, Report

FIRST_AUTHORS_ONLY = "The source names only the first authors."
"""Told in words where a format has no sign for “et al.”."""

_DASH = re.compile(r"\s*[-–—]+\s*")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class ExportError(Exception):
    """A report that a format cannot carry as it is."""


def one_line(key: str, field: str, value: str) -> str:
    """Return *value*, in which nothing can end a line, a field or an entry before its time.

    :param key: the report's key, for the message.
    :param field: the name of the field, for the message.
    :raises ExportError: if it holds a line break, another control character or half a character.
    """
    if found := _UNPRINTABLE.search(value):
        raise ExportError(f"“{field}” of {key} holds the invisible character U+{ord(found.group()):04X}")
    return value


def notices_in_words(report: Report) -> Iterator[str]:
    """Yield what was published about a report afterwards: *Retraction, 2022, https://doi.org/10.5555/a.*

    Formats have no fields for it, and whoever cites the report must know. The notice stands there with
    its address, since programs take a DOI behind “doi:” in a note for that of the report.
    """
    for notice in report.notices:
        place = f"https://doi.org/{notice['doi']}" if notice["doi"] else notice["url"]
        yield f"{', '.join(filter(None, (notice['kind'].capitalize(), notice['date'], place)))}."


def date_parts(issued: str | None) -> list[int]:
    """Return year, month and day as far as they are known.

    >>> date_parts("2019-05")
    [2019, 5]
    """
    return [int(part) for part in (issued or "").split("-") if part]


def pages(text: str | None, dash: str) -> str:
    """Return pages with *dash* for every dash between them.

    >>> pages("168 – 177", "--")
    '168--177'
    """
    return _DASH.sub(lambda match: dash, text or "")


def first_and_last_page(text: str | None) -> tuple[str, str]:
    """Return the two ends of a run of pages; what is no single run stays whole.

    >>> first_and_last_page("168–177"), first_and_last_page("1-9, 12")
    (('168', '177'), ('1-9, 12', ''))
    """
    ends = _DASH.split(text or "")
    if len(ends) == 2 and all(ends) and not re.search("[,;]", text or ""):
        return ends[0], ends[1]
    return text or "", ""


def family_first(person: Person) -> str:
    """Return a name as lists sort it: *van Muster, Çelik, Jr*; a body's name as it is."""
    if person.literal:
        return person.literal
    family = " ".join(part for part in (person.particle, person.family) if part)
    parts = [family, person.given or "", person.suffix or ""]
    while not parts[-1] and len(parts) > 1:
        parts.pop()
    return ", ".join(parts)
