"""Identifiers of papers and people: well-formed, checked by their check digit, in one spelling."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError


def _refuse(code: str, value: str, message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{value} " + message, {"value": f"“{value[:60]}”", "hint": hint})


def doi(value: str) -> str:
    """Return the DOI in lower case without resolver or prefix.

    DOIs are case-insensitive (DOI Handbook, 2.4); Crossref's pattern for well-formed ones is
    ``10.`` and a registrant of 4 to 9 digits, a slash, and a suffix without spaces.
    """
    bare = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", value).lower()
    if bare[-1:] in {".", ",", ";"}:
        raise _refuse("bad-doi", value, "ends in punctuation", f"Delete the “{bare[-1]}” at its end.")
    if not re.fullmatch(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"{}\\]+", bare):
        raise _refuse(
            "bad-doi",
            value,
            "is not a DOI",
            "A DOI begins with 10., has a slash and no spaces, such as 10.1186/s12954-023-00898-4.",
        )
    return bare


def pmid(value: str) -> str:
    """Return the PubMed number: one to eight digits, without leading zeros."""
    bare = re.sub(r"(?i)^(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)", "", value).rstrip("/")
    if not re.fullmatch(r"[1-9][0-9]{0,7}", bare):
        raise _refuse("bad-pmid", value, "is not a PubMed number", "It is a number of up to 8 digits.")
    return bare


def pmcid(value: str) -> str:
    """Return the PubMed Central number with its prefix, such as PMC11514757."""
    bare = re.sub(r"(?i)^(?:https?://\S+/articles/|pmcid:?\s*)", "", value).rstrip("/").upper()
    if not re.fullmatch(r"PMC[1-9][0-9]{0,8}", bare):
        raise _refuse(
            "bad-pmcid", value, "is not a PubMed Central number", "It is “PMC” and up to 9 digits."
        )
    return bare


def orcid(value: str) -> str:
    """Return the ORCID iD in groups of four (check digit: ISO 7064 MOD 11-2)."""
    from stdnum.iso7064 import mod_11_2  # loaded by the few reviews that have such numbers

    bare = re.sub(r"(?i)^https?://orcid\.org/", "", value).upper()
    digits = bare.replace("-", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits) or not mod_11_2.is_valid(digits):
        raise _refuse(
            "bad-orcid",
            value,
            "is not an ORCID iD",
            "It has 16 digits, the last of which checks the others; copy it from orcid.org.",
        )
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def issn(value: str) -> str:
    """Return the ISSN as NNNN-NNNC."""
    from stdnum import issn as issn_number
    from stdnum.exceptions import ValidationError

    try:
        return issn_number.format(issn_number.validate(value))
    except ValidationError:
        raise _refuse(
            "bad-issn",
            value,
            "is not an ISSN",
            "It has 8 characters, the last of which checks the others, such as 1477-7517.",
        ) from None


def isbn(value: str) -> str:
    """Return the ISBN with 13 digits and no hyphens."""
    from stdnum import isbn as isbn_number
    from stdnum.exceptions import ValidationError

    try:
        number: str = isbn_number.to_isbn13(isbn_number.validate(value))
        return number.replace("-", "").replace(" ", "")
    except ValidationError:
        raise _refuse(
            "bad-isbn",
            value,
            "is not an ISBN",
            "It has 10 or 13 digits, the last of which checks the others.",
        ) from None


Doi = Annotated[str, AfterValidator(doi), Field(examples=["10.1186/s12954-023-00898-4"])]
Pmid = Annotated[str, AfterValidator(pmid), Field(examples=["12345678"])]
Pmcid = Annotated[str, AfterValidator(pmcid), Field(examples=["PMC1234567"])]
Orcid = Annotated[str, AfterValidator(orcid), Field(examples=["0000-0002-1825-0097"])]
Issn = Annotated[str, AfterValidator(issn), Field(examples=["1477-7517"])]
Isbn = Annotated[str, AfterValidator(isbn), Field(examples=["9780306406157"])]
