"""Dimensions that every review has, whatever its topic.

Most are filled from the records' own fields. One applies to findings: the confidence in the review
findings that they contribute to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

from evidence_map.model.absence import Absence
from evidence_map.model.places import country_name, subdivision_name
from evidence_map.model.record import Period, Record
from evidence_map.model.synthesis import Cerqual, ConfidenceLevel
from evidence_map.review import Review

NONE_OF_THESE = "none-of-these"
"""The row and the column of what carries no term of a map's dimension; no term may be called so."""

TermPair = tuple[str, str]
"""A term's id and its label for readers."""


@dataclass(frozen=True)
class BuiltIn:
    """A dimension whose terms come from the records themselves."""

    id: str
    label: str
    definition: str
    terms_of: Callable[[Record], list[TermPair]]
    newest_first: bool = False


def _countries(record: Record) -> list[TermPair]:
    codes = record.setting.countries if record.setting else Absence.NOT_EXTRACTED
    return (
        []
        if isinstance(codes, Absence)
        else [(code.lower(), country_name(code) or code) for code in codes]
    )


def _subdivisions(record: Record) -> list[TermPair]:
    codes = record.setting.subdivisions if record.setting else Absence.NOT_EXTRACTED
    if isinstance(codes, Absence):
        return []
    return [(code.lower(), subdivision_name(code) or code) for code in codes]


def _year(record: Record) -> list[TermPair]:
    year = record.reference.year
    return [(year, year)] if year else []


def _collection_years(record: Record) -> list[TermPair]:
    period = record.setting.data_collected if record.setting else None
    if not isinstance(period, Period):
        return []
    first, last = int(period.start[:4]), int(period.end[:4])
    return [(str(year), str(year)) for year in range(first, min(last, first + 100) + 1)]


def _basis(record: Record) -> list[TermPair]:
    if record.extraction is None:
        return []
    basis = record.extraction.basis
    return [(basis.value.replace(" ", "-"), basis.value.capitalize())]


def _publication_type(record: Record) -> list[TermPair]:
    written = record.reference.type
    return [(written.replace("_", "-"), written.replace("-", " ").replace("_", " ").capitalize())]


BUILT_IN: dict[str, BuiltIn] = {
    dimension.id: dimension
    for dimension in (
        BuiltIn("country", "Country", "Where the data were collected.", _countries),
        BuiltIn("region", "Region", "State, province or nation of data collection.", _subdivisions),
        BuiltIn("year", "Year of publication", "When the report was published.", _year, True),
        BuiltIn(
            "collection-year",
            "Year of data collection",
            "When the data were collected.",
            _collection_years,
            True,
        ),
        BuiltIn("basis", "Basis of extraction", "What of the paper was read.", _basis),
        BuiltIn(
            "publication-type",
            "Kind of publication",
            "What kind of publication it is.",
            _publication_type,
        ),
    )
}
"""The built-in dimensions of records by id."""


CONFIDENCE = "confidence"
"""The built-in dimension of findings: the confidence in the review findings that they support.

It is no rating of the paper or of its finding; GRADE-CERQual rates review findings alone.
"""

CONFIDENCE_LABEL = "Confidence in review findings"
CONFIDENCE_DEFINITION = (
    "How far the review findings that it contributes to can be relied on (GRADE-CERQual)."
)
NOT_ASSESSED = "not-assessed"


@dataclass(frozen=True, slots=True)
class ConfidenceTerm:
    """A level of confidence as a term."""

    id: str
    label: str
    definition: str


def _level_definition(level: str) -> str:
    return (
        f"It contributes to a review finding in which confidence is {level}. The level belongs to the "
        "review finding and does not rate the paper."
    )


CONFIDENCE_TERMS: tuple[ConfidenceTerm, ...] = (
    *(
        ConfidenceTerm(
            level.replace(" ", "-"), f"{level.capitalize()} confidence", _level_definition(level)
        )
        for level in get_args(ConfidenceLevel)
    ),
    ConfidenceTerm(
        NOT_ASSESSED,
        "Not assessed yet",
        "It contributes to a review finding whose confidence is not assessed yet.",
    ),
)
"""The levels from the highest to the lowest, and what is not assessed. No alphabet orders them."""

BUILT_IN_NAMES = (*BUILT_IN, CONFIDENCE)
"""The ids that no dimension of a codebook can have."""


def confidence_levels(review: Review) -> Iterator[tuple[str, str]]:
    """Yield each finding of a paper with the level of each review finding that it contributes to."""
    found = {
        (reference, _level(page.fields.value.cerqual))
        for page in review.findings.values()
        for reference in page.fields.value.contributing
    }
    yield from sorted(found)


def _level(cerqual: Cerqual | None) -> str:
    return cerqual.confidence.level.replace(" ", "-") if cerqual else NOT_ASSESSED
