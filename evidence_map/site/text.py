"""Text for readers: dashes, dates, references, and words for what is missing."""

from __future__ import annotations

import re

from evidence_map.site.evidence import Person, Report


def typeset(text: str | None) -> str:
    """Return text with the quotation marks of print: *keepers’*, *“tea”*.

    Only marks that cannot be misread are changed; the database keeps the text as it is written.
    """
    if not text or ("'" not in text and '"' not in text):
        return text or ""
    curled = re.sub(r"(?<=\w)'", "’", text)
    return re.sub(r'"([^"\n]+)"', r"“\1”", curled)


def enumeration(items: list[str], last: str = "and") -> str:
    """Return items as a sentence lists them.

    >>> enumeration(["interviews", "diaries", "notes"])
    'interviews, diaries and notes'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def absence(reason: str, basis: str | None) -> str:
    """Return why a field is blank, in words: *not reported in the abstract read*."""
    if reason == "not reported" and basis:
        return f"Not reported in the {basis}" + (" read" if basis == "abstract" else "")
    return {"not applicable": "Does not apply"}.get(reason, reason.capitalize())


def vancouver_name(person: Person) -> str:
    """Return a name as in *Lamp AB*."""
    if person.literal or person.family_first:
        return person.full
    initials = "".join(
        word[0]
        for word in (person.given or "").replace("-", " ").replace(".", ". ").split()
        if word[0].isalpha()
    )
    family = " ".join(part for part in (person.particle, person.family) if part)
    return " ".join(part for part in (family, initials, person.suffix) if part)


def source_line(report: Report) -> str:
    """Return where a report appeared: *Journal of Invented Results 2021; 20: 168*."""
    row = report.row
    place = row["volume"] or ""
    if row["issue"]:
        place += f"({row['issue']})"
    pages = (row["page"] or row["number"] or "").replace("--", "–").replace("-", "–")
    if pages:
        place = f"{place}: {pages}" if place else pages
    parts = [
        row["container_title"] or row["publisher"] or "",
        row["issued"][:4] if row["issued"] else "",
    ]
    line = " ".join(part for part in parts if part)
    return f"{line}; {place}" if place and line else line or place


def reference_line(report: Report) -> str:
    """Return the whole reference as plain text, in the order of Vancouver."""
    names = [vancouver_name(person) for person in report.authors]
    if not report.row["authors_complete"]:
        names.append("et al")
    parts = [", ".join(names), report.row["title"].rstrip("."), source_line(report)]
    text = " ".join(f"{part}." if part[-1] not in "?!.”" else part for part in parts if part)
    return f"{text} doi:{report.row['doi']}" if report.row["doi"] else text


def period(start: str | None, end: str | None) -> str:
    """Return a period in words: *December 2022 to March 2023*."""
    if not start or not end:
        return ""
    first, last = spoken_date(start), spoken_date(end)
    return first if first == last else f"{first} to {last}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spoken_date(date: str | None) -> str:
    """Return a year, month or day in words.

    >>> spoken_date("2024-10-28")
    '28 October 2024'
    """
    if not date:
        return ""
    parts = date.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, _MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)
