"""Countries and regions by their ISO codes, known from pycountry and never from a list of ours."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Annotated

import pycountry
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

EVERYDAY = {"UK": "GB", "EN": "GB", "U.S.": "US", "U.S.A.": "US"}
"""Abbreviations that look like codes and are none."""

_FURTHER_NAMES = ("official_name", "common_name")


@cache
def country_name(code: str) -> str | None:
    """Return the everyday English name of an ISO 3166-1 alpha-2 code, or None if there is none."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return None
    name, _, before = str(getattr(country, "common_name", country.name)).partition(", ")
    return f"{before} {name}" if before else name


@cache
def subdivision_name(code: str) -> str | None:
    """Return the name of an ISO 3166-2 code, or None if there is none."""
    subdivision = pycountry.subdivisions.get(code=code)
    return None if subdivision is None else str(subdivision.name)


@cache
def country_spellings() -> dict[str, list[str]]:
    """Return for each country's code its three-letter code and the names that it goes by."""
    spellings = {}
    for each in sorted(pycountry.countries, key=lambda each: str(each.alpha_2)):
        names = [each.alpha_3, each.name, *(getattr(each, name, None) for name in _FURTHER_NAMES)]
        names.append(country_name(each.alpha_2))
        spellings[str(each.alpha_2)] = list(dict.fromkeys(str(name) for name in names if name))
    return spellings


@cache
def _plain_countries() -> list[tuple[str, str]]:
    return [(_plain(name), code) for code, names in country_spellings().items() for name in names]


@cache
def _plain_subdivisions() -> list[tuple[str, str]]:
    return sorted(((_plain(each.name), str(each.code)) for each in pycountry.subdivisions), key=_code)


def _code(pair: tuple[str, str]) -> str:
    return pair[1]


def _plain(name: str) -> str:
    """Return *name* in small letters without accents."""
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def _named(written: str) -> str | None:
    """Return the code of the country that is meant by its name, a part of the name, or of a region."""
    if everyday := EVERYDAY.get(written.upper()):
        return everyday
    word = _plain(written)
    for names in (_plain_countries(), _plain_subdivisions()):
        if whole := next((code for name, code in names if name == word), None):
            return whole[:2]
        if len(word) <= 3:
            return None
    for names in (_plain_countries(), _plain_subdivisions()):
        if within := {code[:2] for name, code in names if word in name}:
            # “United” could be several countries, and none of them is a better guess.
            return within.pop() if len(within) == 1 else None
    return None


def _suggested_country(written: str) -> str:
    code = _named(written)
    if code is None:
        return "Write the two-letter ISO code, such as CA, GB or US."
    return f"Did you mean {code} ({country_name(code)})?"


def country(value: str) -> str:
    """Return *value* in capitals if it is the ISO 3166-1 alpha-2 code of a country."""
    code = value.upper()
    if not re.fullmatch("[A-Z]{2}", code) or country_name(code) is None:
        raise PydanticCustomError(
            "bad-country",
            "{value} is not a country code",
            {"value": f"“{value[:40]}”", "hint": _suggested_country(value[:40])},
        )
    return code


def _suggested_subdivision(written: str) -> str:
    word = _plain(written)
    code = next((code for name, code in _plain_subdivisions() if name == word), None)
    if code is None:
        return "Write the ISO 3166-2 code: country, hyphen, region, such as CA-BC or GB-SCT."
    return f"Did you mean {code} ({subdivision_name(code)})?"


def subdivision(value: str) -> str:
    """Return *value* in capitals if it is the ISO 3166-2 code of a region."""
    code = value.upper()
    if not re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", code) or subdivision_name(code) is None:
        raise PydanticCustomError(
            "bad-subdivision",
            "{value} is not the code of a region",
            {"value": f"“{value[:40]}”", "hint": _suggested_subdivision(value[:40])},
        )
    return code


Country = Annotated[str, AfterValidator(country), Field(examples=["CA", "GB", "US"])]
Subdivision = Annotated[str, AfterValidator(subdivision), Field(examples=["CA-BC", "US-CT"])]
