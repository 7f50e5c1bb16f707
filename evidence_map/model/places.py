"""Countries and regions by their ISO codes, known from pycountry and never from a list of ours."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import pycountry
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError


@cache
def country_name(code: str) -> str | None:
    """Return the everyday English name of an ISO 3166-1 alpha-2 code, or None if there is none."""
    country = pycountry.countries.get(alpha_2=code)
    return None if country is None else str(getattr(country, "common_name", country.name))


@cache
def subdivision_name(code: str) -> str | None:
    """Return the name of an ISO 3166-2 code, or None if there is none."""
    subdivision = pycountry.subdivisions.get(code=code)
    return None if subdivision is None else str(subdivision.name)


def _suggested_country(written: str) -> str:
    for name in (written, {"UK": "United Kingdom", "EN": "United Kingdom"}.get(written.upper(), "")):
        try:
            found = pycountry.countries.search_fuzzy(name)[0]
        except (LookupError, AttributeError):
            continue
        return f"Did you mean {found.alpha_2} ({found.name})?"
    return "Write the two-letter ISO code in capitals, such as CA, GB or US."


def country(value: str) -> str:
    """Return *value* if it is the ISO 3166-1 alpha-2 code of a country."""
    if country_name(value) is None:
        raise PydanticCustomError(
            "bad-country",
            "{value} is not a country code",
            {"value": f"“{value[:40]}”", "hint": _suggested_country(value[:40])},
        )
    return value


def subdivision(value: str) -> str:
    """Return *value* if it is the ISO 3166-2 code of a region."""
    if subdivision_name(value) is None:
        raise PydanticCustomError(
            "bad-subdivision",
            "{value} is not the code of a region",
            {
                "value": f"“{value[:40]}”",
                "hint": "Write the ISO 3166-2 code: country, hyphen, region, such as CA-BC or GB-SCT.",
            },
        )
    return value


Country = Annotated[str, AfterValidator(country), Field(examples=["CA", "GB", "US"])]
Subdivision = Annotated[str, AfterValidator(subdivision), Field(examples=["CA-BC", "US-CT"])]
