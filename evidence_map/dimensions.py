"""Dimensions that every review has, whatever its topic: filled from the records' own fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evidence_map.model.absence import Absence
from evidence_map.model.places import country_name, subdivision_name
from evidence_map.model.record import Period, Record

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
"""The built-in dimensions by id."""
