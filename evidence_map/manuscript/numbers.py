"""The numbers of a review, each with a name that stays, so that a manuscript can cite them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evidence_map.exports.review_citation import review_citation
from evidence_map.manuscript.table import Cell, Heading, Table, source
from evidence_map.site.evidence import Dimension, Evidence
from evidence_map.site.text import spoken_date

PREFIX = "Review"
"""What the names in LaTeX begin with, so that they meet no other package's."""

TOTALS = {
    "studies": "Studies that are counted",
    "reports": "Reports of these studies",
    "findings": "Findings of these reports",
    "countries": "Countries in which the findings of these reports were made",
    "records": "Records in the database, whatever was decided on them",
    "apart": "Included reports that are not counted as studies, such as evidence syntheses",
    "excluded": "Excluded reports",
    "awaiting": "Reports that await a decision",
    "ongoing": "Reports of ongoing studies, without results yet",
}
"""The names of :attr:`Evidence.totals`, and what they count."""

UNITS = ("studies", "reports", "findings")
_SINGULAR = ("study", "report", "finding")

_OF_TERMS = (
    "Counted are the findings of counted reports, and the reports and studies that they come from; "
    "what has several terms is counted under each of them, and under their groups."
)

_DIGITS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True)
class Number:
    """A number (or a short text, such as a version) with its name and what it says."""

    name: str
    value: int | str
    meaning: str


def numbers(evidence: Evidence) -> list[Number]:
    """Return all numbers of the review in a fixed order.

    Those of terms count what a map counts: the findings of counted reports, and the reports and
    studies that these findings come from.
    """
    return [*_overall(evidence), *_excluded(evidence), *_terms(evidence)]


def _overall(evidence: Evidence) -> Iterator[Number]:
    totals = evidence.totals
    yield from (Number(name, totals[name], meaning) for name, meaning in TOTALS.items())
    included = totals["reports"] + totals["apart"]
    yield Number("included", included, "Included reports, counted as studies or not")
    searches = evidence.rows("SELECT count(*) FROM search")[0][0]
    yield Number("searches", searches, "Searches in the search log")
    first, last = evidence.rows("SELECT min(year), max(year) FROM record WHERE counted = 1")[0]
    yield Number("year.first", first or "not known", "Year of the earliest counted report")
    yield Number("year.last", last or "not known", "Year of the latest counted report")
    yield Number("version", evidence.meta["version"], "Version of the data")
    date = spoken_date(evidence.meta["data_date"]) or "not known"
    yield Number("date", date, "Latest date in the data")
    yield Number("citation", review_citation(evidence), "How this version of the data is cited")


def _excluded(evidence: Evidence) -> Iterator[Number]:
    reasons = evidence.terms.get(evidence.meta["exclusion_dimension"], {})
    excluded = Counter(
        term.id
        for report in evidence.reports.values()
        if report.row["decision"] == "excluded"
        for term in report.terms(evidence.meta["exclusion_dimension"])
    )
    for term in reasons.values():
        yield Number(f"excluded.{term.id}", excluded[term.id], f"Excluded reports: {term.label}")


def counted_dimensions(evidence: Evidence) -> list[Dimension]:
    """Return the dimensions whose terms have numbers: all but the reasons of exclusion."""
    reasons = evidence.meta["exclusion_dimension"]
    return [each for each in evidence.dimensions.values() if each.id != reasons]


def _terms(evidence: Evidence) -> Iterator[Number]:
    for dimension in counted_dimensions(evidence):
        for term in evidence.terms[dimension.id].values():
            counts = evidence.counts[dimension.id, term.id]
            values = (counts.studies, counts.reports, counts.findings)
            for unit, value in zip(UNITS, values, strict=True):
                meaning = f"{unit.capitalize()}: {dimension.label}: {term.label}"
                yield Number(f"{unit}.{dimension.id}.{term.id}", value, meaning)


def letters(name: str) -> str:
    """Return a name in letters only, as a command of LaTeX must be.

    >>> letters("studies.year.2019"), letters("findings.topic.tea-and-milk")
    ('StudiesYearTwoZeroOneNine', 'FindingsTopicTeaAndMilk')
    """
    spelt = re.sub("[0-9]", lambda digit: f"-{_DIGITS[int(digit.group())]}-", name)
    return "".join(part[:1].upper() + part[1:] for part in re.split("[^A-Za-z]+", spelt))


def latex_names(found: list[Number]) -> dict[str, str]:
    """Return the command of each number, without its backslash, by the number's name.

    Names that differ only in signs, such as ``a1`` and ``a-1``, get letters of their own behind
    them, which depend on nothing but the name.
    """
    plain = {number.name: PREFIX + letters(number.name) for number in found}
    several = {name for name, times in Counter(plain.values()).items() if times > 1}
    return {
        name: f"{command}{_mark(name)}" if command in several else command
        for name, command in plain.items()
    }


def _mark(name: str) -> str:
    digest = hashlib.sha256(name.encode()).digest()
    return "X" + "".join(chr(ord("a") + byte % 26) for byte in digest[:8])


def number_tables(evidence: Evidence) -> list[Table]:
    """Return the numbers as tables for readers: one of the whole, and one for each dimension."""
    overall = [*_overall(evidence), *_excluded(evidence)]
    tables = [
        Table(
            "Numbers of the review",
            (Heading("What", 0.7), Heading("Number", 0.3)),
            tuple((Cell(number.meaning), Cell(str(number.value))) for number in overall),
            source(evidence),
        )
    ]
    for dimension in counted_dimensions(evidence):
        rows = [
            (Cell("– " * term.depth + term.label), *(Cell(str(counts.of(unit))) for unit in _SINGULAR))
            for term in evidence.terms[dimension.id].values()
            for counts in (evidence.counts[dimension.id, term.id],)
        ]
        if rows:
            units = (Heading(unit.capitalize(), 0.15, is_number=True) for unit in UNITS)
            headings = (Heading(dimension.label, 0.55), *units)
            tables.append(Table(dimension.label, headings, tuple(rows), _OF_TERMS))
    return tables
