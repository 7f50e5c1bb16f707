"""Dates as databases write them, read as far as they are certain."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass

_MONTH_WORDS = """
jan january januar janvier enero gennaio, feb february februar fevrier febrero febbraio fevr,
mar march marz mars marzo maerz mrz, apr april avril abril aprile avr abr,
may mai mayo maggio, jun june juni juin junio giugno, jul july juli juillet julio luglio juil,
aug august aout agosto ago, sep sept september septembre septiembre settembre,
oct october oktober octobre octubre ottobre okt, nov november novembre noviembre,
dec december dezember decembre diciembre dicembre dez dic
"""
_MONTHS = {
    word: number for number, words in enumerate(_MONTH_WORDS.split(","), 1) for word in words.split()
}
"""Months by their names and short names in English, German, French, Spanish and Italian."""

_YEAR = re.compile(r"(?<![0-9])(?:(?:1[5-9]|20|21)[0-9]{2}|2200)(?![0-9])")
_LONGEST = 80


@dataclass(frozen=True)
class ReadDate:
    """What a text says about a day.

    :ivar year: the year, if it names one.
    :ivar month: the month, if it names one month.
    :ivar day: the day of the month.
    :ivar whole: whether nothing else stands there, such as a season or a second month.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    whole: bool = False

    @property
    def iso(self) -> str:
        """The date as a record has it, as exact as it is known; empty without a year.

        >>> read_date("2020 Oct 28").iso, read_date("2020//").iso, read_date("Spring 2020").iso
        ('2020-10-28', '2020', '2020')
        """
        if self.year is None:
            return ""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts)

    def within(self, year: int | None) -> ReadDate:
        """Return the date in *year* where it names none itself: “Oct 28” of 2020."""
        if self.year is not None or year is None:
            return self
        return _possible(ReadDate(year, self.month, self.day, self.whole))


def read_date(text: str) -> ReadDate:
    """Return what *text* says about a date.

    Read are ``2020/10/28/``, ``2020-10``, ``20201028``, “2020 Oct 28”, “October 28, 2020” and what a
    single year stands in. Of 03/04/2020 only the year is certain. Two months or a season leave the
    year alone. A day that no calendar has is not read at all.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return ReadDate()
    return _possible(_numbers(text) or _words(text))


def _numbers(text: str) -> ReadDate | None:
    """Return a date in numbers, the year first; or day and month before it where they are certain."""
    if match := re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text):
        year, month, day = map(int, match.groups())
        return ReadDate(year, month, day, whole=True)
    # The fourth part of RIS's dates is free: a time, a season.
    pattern = r"([0-9]{4})(?:\s?[/.-]\s?([0-9]{0,2}))?(?:\s?[/.-]\s?([0-9]{0,2}))?(?:[/T ](.*))?"
    if match := re.fullmatch(pattern, text):
        year, month, day = (int(part or 0) for part in match.groups()[:3])
        rest = (match[4] or "").strip("/ ")
        if rest and not month:
            return None
        if not month:
            return ReadDate(year, whole=not day)
        return ReadDate(year, month, day or None, whole=not rest or _is_time(rest))
    if match := re.fullmatch(r"([0-9]{1,2})[/.-] ?([0-9]{1,2})[/.-] ?([0-9]{4})", text):
        first, second, year = map(int, match.groups())
        if "." in text or (first > 12 >= second):
            return ReadDate(year, second, first, whole=True)
        if second > 12:
            return ReadDate(year, first, second, whole=True)
        return ReadDate(year, first, first, whole=True) if first == second else ReadDate(year)
    return None


def _words(text: str) -> ReadDate:
    """Return a date with the month as a word."""
    bare = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(r"[0-9]+|[a-z]+", "".join(c for c in bare if not unicodedata.combining(c)))
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    days = [int(word) for word in words if re.fullmatch(r"[0-9]{1,2}", word)]
    rest = [
        word
        for word in words
        if word.isalpha()
        and word not in _MONTHS
        and word not in {"c", "st", "nd", "rd", "th", "de", "of"}
    ]
    if len(years) != 1:
        # “2019-2020” is no year; a month and a day may still be of a year told elsewhere.
        if years or rest or len(months) != 1 or len(days) > 1:
            return ReadDate()
        return ReadDate(None, months[0], days[0] if days else None, whole=True)
    if not months and not days and not rest:
        return ReadDate(years[0], whole=bool(re.fullmatch(r"[\[(]?[c©]?\s?[0-9]{4}[\])/.,]*", text)))
    if len(months) == 1 and len(days) <= 1 and not rest:
        return ReadDate(years[0], months[0], days[0] if days else None, whole=True)
    return ReadDate(years[0]) if not rest or months or _is_season(rest) else ReadDate()


def _is_season(words: list[str]) -> bool:
    seasons = {"spring", "summer", "autumn", "fall", "winter", "first", "second", "third", "fourth"}
    return all(word in seasons | {"quarter", "q", "print", "epub", "online"} for word in words)


def _is_time(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?Z?", text) is not None


def _possible(date: ReadDate) -> ReadDate:
    """Return *date*, or nothing of it if the calendar has no such day."""
    if date.year is not None and not 1500 <= date.year <= 2200:
        return ReadDate()
    if date.month is not None and not 1 <= date.month <= 12:
        return ReadDate()
    if date.day is not None:
        longest = calendar.monthrange(date.year or 2000, date.month)[1] if date.month else 0
        if not 1 <= date.day <= longest:
            return ReadDate()
    return date
