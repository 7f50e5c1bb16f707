"""Identifiers found in the texts around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from pydantic_core import PydanticCustomError

from evidence_map.model import identifiers, scalars

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,5}/[^\s\"{}\\]{1,1000}")
_PMID = re.compile(r"(?i)(?:\bpmid|pubmed(?: id)?|medline)\W{0,4}0*([1-9][0-9]{0,7})(?![0-9])")
_PUBMED_ADDRESS = re.compile(
    r"(?i)(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed|pubmed\.gov)/(?:\?term=)?([1-9][0-9]{0,7})(?![0-9])"
)
_PMCID = re.compile(r"(?i)(?<![a-z0-9])PMC\s?([1-9][0-9]{0,8})(?![0-9])")
_ISSN = re.compile(r"(?<![0-9X-])[0-9]{4}[-–‐ ]?[0-9]{3}[0-9Xx](?![0-9-])")
_ISBN = re.compile(r"(?<![0-9X-])(?:97[89][- ]?)?[0-9](?:[- ]?[0-9]){8}[- ]?[0-9Xx](?![0-9-])")


def doi_in(text: str) -> str | None:
    """Return the first DOI in *text* in one spelling, or None.

    What follows a DOI in a sentence is not taken for a part of it; its own brackets are.

    >>> doi_in("see doi: 10.5555/TEA(20)1.), or not")
    '10.5555/tea(20)1'
    """
    if "10." not in text and "10%2" not in text:
        return None
    if "%2" in text and not _DOI.match(text):
        # In addresses only: a DOI by itself may hold such signs.
        text = unquote(text)
    for match in _DOI.finditer(text):
        found = match.group()
        while found and (found[-1] in ".,;:'”’]>" or (found[-1] == ")" and _unbalanced(found))):
            if found[-1] == ">" and found.count("<") == found.count(">"):
                break
            found = found[:-1]
        if valid := _valid(identifiers.doi, found):
            return valid
    return None


def _unbalanced(text: str) -> bool:
    return text.count("(") < text.count(")")


def pmid_in(text: str) -> str | None:
    """Return the number in PubMed that *text* marks as such (“PMID: 123”, an address), or None."""
    match = _PUBMED_ADDRESS.search(text) or _PMID.search(text)
    return match[1] if match else None


def pmcid_in(text: str) -> str | None:
    """Return the first number in PubMed Central in *text*, such as PMC1234567, or None."""
    match = _PMCID.search(text)
    return f"PMC{match[1]}" if match else None


@dataclass
class SerialNumbers:
    """The ISSNs and ISBNs in a text, in their order, and whether nothing but remarks is left."""

    issn: list[str] = field(default_factory=list)
    isbn: list[str] = field(default_factory=list)
    rest: str = ""


def serial_numbers(text: str) -> SerialNumbers:
    """Return the ISSNs and ISBNs in *text*, which may say of each what it is: “(Electronic)”.

    >>> serial_numbers("1234-5679 (Print) 9780306406157")
    SerialNumbers(issn=['1234-5679'], isbn=['9780306406157'], rest='')
    """
    found = SerialNumbers()

    def taken(numbers: dict[str, None], check: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        def take(match: re.Match[str]) -> str:
            valid = _valid(check, re.sub("[–‐]", "-", match.group()))
            if valid is None:
                return match.group()
            numbers[valid] = None
            return " "

        return take

    issn: dict[str, None] = {}
    isbn: dict[str, None] = {}
    rest = _ISBN.sub(taken(isbn, identifiers.isbn), text)
    rest = _ISSN.sub(taken(issn, identifiers.issn), rest)
    found.issn, found.isbn = list(issn), list(isbn)
    rest = re.sub(r"(?i)\([^()0-9]{0,60}\)|\b[ep]?-?iss?[bn]n?s?\b(?:-1[03])?:?", " ", rest)
    found.rest = " ".join(rest.split()).strip(" ;,:.")
    return found


def address_in(text: str) -> str | None:
    """Return the first web address in *text*, or None."""
    for word in re.split(r"[\s;<>]+", text):
        if word.lower().startswith(("http://", "https://")):
            address = word.rstrip(".,)") if word.count("(") < word.count(")") else word.rstrip(".,")
            if is_address(address):
                return address
    return None


def is_address(text: str) -> bool:
    """Whether *text* is a web address and nothing else."""
    return _valid(scalars.web_address, text) is not None


def _valid(check: Callable[[str], str], text: str) -> str | None:
    try:
        return check(text)
    except PydanticCustomError:
        return None
