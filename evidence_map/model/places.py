"""Countries and regions by their ISO codes, known from pycountry and never from a list of ours."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

import pycountry
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

_EVERYDAY = {"UK": "GB", "EN": "GB", "U.S.": "US", "U.S.A.": "US"}
"""Abbreviations that look like codes and are none."""


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


def _suggested_country(written: str) -> str:
    found = pycountry.countries.get(
        alpha_2=_EVERYDAY.get(written.upper(), "")
    ) or pycountry.countries.get(alpha_3=written)
    if found is None and len(written) > 3:
        try:
            found = pycountry.countries.search_fuzzy(written)[0]
        except (LookupError, AttributeError):
            found = None
    if found is None:
        return "Write the two-letter ISO code, such as CA, GB or US."
    return f"Did you mean {found.alpha_2} ({country_name(found.alpha_2)})?"


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
    for subdivision in pycountry.subdivisions:
        if subdivision.name.casefold() == written.casefold():
            return f"Did you mean {subdivision.code} ({subdivision.name})?"
    return "Write the ISO 3166-2 code: country, hyphen, region, such as CA-BC or GB-SCT."


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
