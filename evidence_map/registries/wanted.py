"""What somebody typed, or copied, to name a publication: a DOI, a number of PubMed, an address.

Sources: DOI Handbook, 2.6, for the spellings of a DOI in addresses; the addresses of PubMed, PubMed
Central and Europe PMC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic_core import PydanticCustomError
from stdnum import isbn, issn

from evidence_map.imports.identifiers import doi_in
from evidence_map.model import identifiers, scalars
from evidence_map.problems import quoted
from evidence_map.text_source import REFUSED_CHARACTERS

Kind = Literal["doi", "pmid", "pmcid", "url"]

KINDS: dict[Kind, str] = {
    "doi": "DOI",
    "pmid": "PubMed number",
    "pmcid": "PubMed Central number",
    "url": "address",
}
"""How each kind is called. The names are those of the fields of a reference."""

EXPECTED = (
    "Give a DOI (10.1186/s12954-023-00898-4), a PubMed number (37957686), a PubMed Central number "
    "(PMC11514757) or the paper's address (https://…)."
)

_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_AROUND = " \t\r\n\"'“”‘’«»<>"

_HOSTS = re.compile(
    r"(?i)(?:(?:dx\.|www\.)?doi\.org|pubmed\.(?:ncbi\.nlm\.nih\.)?gov|pmc\.ncbi\.nlm\.nih\.gov"
    r"|(?:www\.)?ncbi\.nlm\.nih\.gov|(?:www\.)?europepmc\.org|www\.[a-z0-9.-]+\.[a-z]{2,})/"
)
_PUBMED = re.compile(
    r"(?i)^(?:pubmed(?:\.ncbi\.nlm\.nih)?\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed"
    r"|(?:www\.)?europepmc\.org/(?:article|abstract)/med)/(?:\?term=)?([0-9]+)(?![0-9])"
)
_PMC = re.compile(
    r"(?i)^(?:pmc\.ncbi\.nlm\.nih\.gov/articles|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles"
    r"|(?:www\.)?europepmc\.org/(?:articles?|abstract)(?:/pmc)?)/(?:pmc)?([0-9]+)(?![0-9])"
)
_FILE = re.compile(r"(?i)[^/\s]\.(?:ris|bib|nbib|enw|xml|json|csv|txt|ciw)$")
_ENDING = re.compile(
    r"(?i)(?:/(?:full(?:/(?:html|pdf|xml))?|full-?text|abstract|abs|summary|e?pdf(?:direct|plus)?|html|meta"
    r"|references|citations?|tables?|figures?|suppl(?:_file|ementary)?|media|xml|epub)"
    r"|\.(?:full|abstract|pdf|html?|xml|short|long|full-text|supplementary-material))+/?$"
)
_VERSION_OF_PREPRINT = re.compile(r"^(10\.(?:1101|64898)/[0-9.]+)v[0-9]+$")


class WantedError(Exception):
    """What was typed names no publication; the message says what is expected."""


@dataclass(frozen=True)
class Wanted:
    """A publication as somebody named it.

    :ivar kind: what it is named by; the name of the field of a reference that holds it.
    :ivar value: the identifier in the spelling of a record.
    :ivar typed: what was typed.
    :ivar shorter: for a DOI out of a publisher's address, what it may be instead: the address may go on
        behind it.
    """

    kind: Kind
    value: str
    typed: str
    shorter: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Its kind and value: “DOI 10.5555/tea.1”."""
        return self.value if self.kind == "url" else f"{KINDS[self.kind]} {self.value}"


def wanted(text: str) -> Wanted:
    """Return what *text* names.

    >>> wanted("https://doi.org/10.5555/TEA.1.").value
    '10.5555/tea.1'
    >>> wanted("PMID: 12345").kind
    'pmid'

    :raises WantedError: if it names nothing that can be looked up.
    """
    bare = REFUSED_CHARACTERS.sub("", text).translate(_INVISIBLE | _HYPHENS).strip(_AROUND)
    if bare.startswith("(") and bare.rstrip(".,;").endswith(")"):
        bare = bare.rstrip(".,;")[1:-1]
    if not bare:
        raise WantedError(f"Nothing was typed. {EXPECTED}")
    address = bare if re.match(r"(?i)https?://", bare) else None
    if address is None and _HOSTS.match(bare):
        address = f"https://{bare}"
    if address is not None:
        return _address(address, text)
    if match := re.fullmatch(r"(?i)(?:pmid|pubmed(?: id)?)\s*[:#=]?\s*(\S*?)[.,;]?", bare):
        return Wanted("pmid", _pmid(match[1], text), text)
    if re.match(r"(?i)pmc", bare):
        return Wanted("pmcid", _pmcid(bare, text), text)
    if re.fullmatch(r"[0-9]{1,8}[.,;]?", bare):
        return Wanted("pmid", _pmid(bare.rstrip(".,;"), text), text)
    return Wanted("doi", _doi(bare, text), text)


def _pmid(number: str, typed: str) -> str:
    try:
        return identifiers.pmid(number.lstrip("0"))
    except PydanticCustomError:
        raise WantedError(
            f"{quoted(typed)} is not a PubMed number, which has up to 8 digits. {EXPECTED}"
        ) from None


def _pmcid(text: str, typed: str) -> str:
    number = re.sub(r"(?i)^pmcid\s*[:#=]?\s*(?:pmc)?|^pmc\s*:?\s*", "", text).rstrip(".,;/")
    try:
        return identifiers.pmcid(f"PMC{number}")
    except PydanticCustomError:
        raise WantedError(
            f"{quoted(typed)} is not a PubMed Central number, which is “PMC” and up to 9 digits. "
            f"{EXPECTED}"
        ) from None


def _doi(bare: str, typed: str) -> str:
    """Return the DOI that stands alone in *bare*.

    :raises WantedError: if there is none, or more than that.
    """
    bare = re.sub(r"(?i)^(?:info:doi/|urn:doi:|doi\s*[:=]?\s*)", "", bare)
    found = doi_in(bare) if bare.startswith("10") and len(bare.split()) == 1 else None
    if found is None:
        raise WantedError(f"{quoted(typed)} {_mistake(bare)} {EXPECTED}")
    return found


def _mistake(bare: str) -> str:
    """Return what is wrong with what should have been an identifier, as the rest of a sentence."""
    if re.match(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/", bare):
        more = len(bare.split()) > 1
        return "has a space in it: name one publication at a time." if more else "is no whole DOI."
    if re.match(r"10\.[0-9]+(?:\.[0-9]+)*$", bare):
        return "is only the beginning of a DOI: the slash and what follows are missing."
    if re.match(r"10[,:;-][0-9]{4,9}/", bare):
        return f"is almost a DOI: after 10 stands “{bare[2]}” instead of a full stop."
    if re.match(r"10[0-9]{4,9}/", bare):
        return "is almost a DOI: the full stop after 10 is missing."
    if re.match(r"(?i)[1il][0o]\.[0-9oil]{4,9}/", bare):
        return "is almost a DOI: a letter stands where a digit is due."
    if found := re.match(r"(?i)arxiv:\s*(\S+)", bare):
        return f"is a number of arXiv; its DOI is 10.48550/arXiv.{found[1]}."
    if bare.isdigit() and len(bare) == 9:
        # Nine digits are a book's number of before 1972 by chance only.
        return "has more digits than a PubMed number (up to 8)."
    if isbn.is_valid(bare) or issn.is_valid(bare):
        return "is the number of a book or a journal, by which no paper can be looked up."
    if _FILE.search(bare):
        return "looks like a file: “import” reads files of references."
    if bare.isdigit():
        return "has more digits than a PubMed number (up to 8)."
    return "is no identifier of a publication."


def _address(address: str, typed: str) -> Wanted:
    try:
        scalars.web_address(address)
        parts = urlsplit(address)
    except (PydanticCustomError, ValueError):
        if found := doi_in(unquote(address)):
            # The brackets and spaces of an old DOI make no address, but a DOI all the same.
            return Wanted("doi", found, typed)
        raise WantedError(f"{quoted(typed)} is not a web address. {EXPECTED}") from None
    query = f"?{parts.query}" if parts.query else ""
    place = f"{(parts.hostname or '').lower()}{unquote(parts.path)}{query}"
    if match := _PUBMED.match(place):
        return Wanted("pmid", _pmid(match[1], typed), typed)
    if match := _PMC.match(place):
        return Wanted("pmcid", _pmcid(match[1], typed), typed)
    if re.match(r"(?:dx\.|www\.)?doi\.org/", place):
        return Wanted("doi", _doi(unquote(parts.path)[1:], typed), typed)
    for text in (unquote(parts.path), *(value for _, value in parse_qsl(parts.query))):
        if candidates := _dois(text):
            return Wanted("doi", candidates[0], typed, tuple(candidates[1:]))
    return Wanted("url", address.partition("#")[0], typed)


def _dois(text: str) -> list[str]:
    """Return what may be the DOI in a part of an address, the likeliest first."""
    found = doi_in(text)
    if found is None:
        return []
    whole = found.rstrip("/")
    bare = _ENDING.sub("", whole)
    if match := _VERSION_OF_PREPRINT.match(bare):
        bare = match[1]
    candidates = [bare] if bare.count("/") else []
    while whole.count("/") >= 1 and len(candidates) < 4:
        candidates.append(whole)
        whole = whole.rpartition("/")[0]
    return [doi for doi in dict.fromkeys(candidates) if doi_in(doi) == doi]
