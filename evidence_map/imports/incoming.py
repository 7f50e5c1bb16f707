"""A reference while it is being read: each field is filled once, and nothing gets lost on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from evidence_map.imports.dates import ReadDate, read_date
from evidence_map.imports.fields import sound
from evidence_map.imports.identifiers import (
    address_in,
    doi_in,
    is_address,
    pmcid_in,
    pmid_in,
    serial_numbers,
)
from evidence_map.imports.imported import Imported, Leftover, Reading, Refused
from evidence_map.imports.languages import language_code
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.markup import one_line
from evidence_map.imports.names import People
from evidence_map.imports.own_exports import is_literal
from evidence_map.imports.personal_data import without_personal_data
from evidence_map.model.identifiers import orcid

Stated = tuple[str, str, int]
"""A text, how the file calls it, and the line on which it stands."""

PATHS = "paths of attachments"
"""What is left out because it says how somebody's machine is set up."""

_LONGEST_ADDRESS = 2_000
"""Longer than any address; what is longer is not looked at in full."""

_DASH = re.compile(r"\s*[-–—]+\s*")
_ONLY_DOI = re.compile(
    r"(?i)(?:(?:digital object identifier|doi)\s*[:=]?\s*)?(?:https?://(?:dx\.|www\.)?doi\.org/)?"
    r"10\.[0-9]{4,9}[0-9.]*/\S+(?:\s*\[doi\])?"
)
_ONLY_PMID = re.compile(r"(?i)(?:pmid|pubmed id|pubmed)\s*[:=]?\s*[1-9][0-9]{0,7}\.?")
_ONLY_PMCID = re.compile(r"(?i)(?:pmcid|pmc id|pmc)?\s*[:=]?\s*PMC\s?[1-9][0-9]{0,8}\.?")
_CENTRAL = "10.1002/central/"

_DATABASES = (
    "scopus.com",
    "embase.com",
    "ovid.com",
    "ovidsp.com",
    "ebscohost.com",
    "ebsco.com",
    "proquest.com",
    "webofknowledge.com",
    "webofscience.com",
    "isiknowledge.com",
    "rayyan.ai",
    "rayyan.qcri.org",
    "covidence.org",
)
"""Hosts whose addresses are those of an entry in a database, not of the paper."""

_BEHIND_A_DOI = re.compile(
    r"(?i)(?:[?#].*|/(?:full|fulltext|pdf|epdf|abstract|summary|html|meta|references|v[0-9]+)|\.pdf)+/?$"
)


class IncomingReference:
    """Takes the fields of one reference, each as a text with its name in the file and its line.

    A field that is filled is never written over: the same value again is passed over, another one
    becomes a leftover.
    """

    def __init__(self, left_out: LeftOut, source: str, line: int, key: str = "") -> None:
        """Begin a reference.

        :param left_out: counts what is left out of all references of the file.
        :param source: the name of the file.
        :param line: the line on which the reference begins.
        :param key: the key that it has there.
        """
        self.imported = Imported(source, line, key=key)
        self.left_out = left_out
        self._origins: dict[str, tuple[str, int]] = {}

    @property
    def fields(self) -> dict[str, Any]:
        """What has been filled so far."""
        return self.imported.fields

    def leave(self, name: str, value: str, line: int, reason: str = "") -> None:
        """Keep what has no place in a record; an empty value is nothing to keep."""
        if value := value.strip():
            self.imported.leftovers.append(Leftover(name or "without a name", value, line, reason))

    def remark(self, sentence: str) -> None:
        """Tell the person who imports something about this reference, once."""
        if sentence not in self.imported.remarks:
            self.imported.remarks.append(sentence)

    def fill(self, field: str, value: Any, name: str, line: int) -> None:
        """Fill *field* with *value*, unless there is nothing in it."""
        if isinstance(value, str):
            value = one_line(value)
        if not value and value is not False:
            return
        if field not in self.fields:
            self.fields[field] = value
            self._origins[field] = (name, line)
        elif str(self.fields[field]).casefold() != str(value).casefold():
            shown = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
            first = self._origins.get(field, (field, line))[0]
            self.leave(name, shown, line, f"another {field.replace('_', ' ')} stands in {first}")

    def people(self, field: str, found: People, name: str, line: int) -> None:
        """Fill ``authors`` or ``editors``."""
        for parts in found.names:
            if number := parts.pop("orcid", ""):
                try:
                    parts["orcid"] = orcid(number)
                except PydanticCustomError:
                    self.leave("ORCID iD", number, line, "not a valid iD")
        self.fill(field, found.names, name, line)
        if not found.complete and field == "authors":
            self.fields["authors_complete"] = False
        for nobody in found.nobody:
            self.leave(name, nobody, line, "names nobody")
        for remark in found.remarks:
            self.remark(remark)

    def dates(self, years: Sequence[Stated], days: Sequence[Stated] = ()) -> None:
        """Fill ``issued`` with the most exact date within the year that is told.

        :param years: texts of the year of publication, which may hold a whole date.
        :param days: texts of a date, which may leave the year out.
        """
        read = [(stated, read_date(stated[0])) for stated in (*years, *days) if stated[0]]
        year = next((date.year for _, date in read if date.year is not None), None)
        dated = [(stated, date.within(year)) for stated, date in read]
        best = max(
            (date for _, date in dated if date.year is not None and date.year == year),
            key=lambda date: len(date.iso),
            default=ReadDate(),
        )
        for (text, name, line), date in dated:
            if date is best:
                self.fill("issued", date.iso, name, line)
            self.leave(name, text if (why := _why_not(date, best)) else "", line, why)

    def date_between(self, first: str, last: str, name: str, line: int) -> None:
        """Fill ``issued`` with what is the same in both ends of a span in ISO form."""
        pairs = zip(first.split("-"), last.split("-"), strict=False)
        same = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
        if first == last or not last:
            self.dates([(first, name, line)])
        else:
            if same:
                self.dates([("-".join(same), name, line)])
            taken = "only what both ends share was taken" if same else "not one year"
            self.leave(name, f"{first}/{last}", line, taken)

    def pages(self, text: str, name: str, line: int) -> None:
        """Fill ``page``, with a hyphen for every dash between two pages."""
        self.fill("page", _DASH.sub("-", text), name, line)

    def doi(self, text: str, name: str, line: int) -> None:
        """Fill ``doi`` with the DOI in *text*, or leave it over."""
        if not self.takes_doi(text, name, line, alone=False):
            self.leave(name, text, line, "not a DOI")

    def takes_doi(self, text: str, name: str, line: int, *, alone: bool = True) -> bool:
        """Fill ``doi`` if *text* holds one, and return whether it does.

        :param alone: whether nothing else may stand there, as where no DOI is meant to stand.
        """
        is_alone = _ONLY_DOI.fullmatch(text) is not None
        found = doi_in(text) if is_alone or not alone else None
        if found is None:
            return False
        if found.startswith(_CENTRAL):
            self.leave(name, text, line, "DOI of the entry in CENTRAL, not of the paper")
            return True
        self.fill("doi", found, name, line)
        if not is_alone:
            self.leave(name, text, line, f"more than a DOI; {found} was taken")
        return True

    def pmid(self, text: str, name: str, line: int) -> None:
        """Fill ``pmid`` with a bare number or one that *text* marks as a number in PubMed."""
        self._found(
            "pmid", _bare_pmid(text) or pmid_in(text), text, name, line, "not a number in PubMed"
        )

    def pmcid(self, text: str, name: str, line: int) -> None:
        """Fill ``pmcid``; the letters PMC may be missing."""
        bare = text.strip()
        found = pmcid_in(f"PMC{bare}" if bare.isdecimal() and bare.isascii() else bare)
        self._found("pmcid", found, text, name, line, "not a number in PubMed Central")

    def takes_pubmed_number(self, text: str, name: str, line: int, *, bare: bool = False) -> bool:
        """Fill ``pmid`` or ``pmcid`` if *text* is nothing but such a number; return whether it is.

        :param bare: whether a number that is not marked as one is one in PubMed.
        """
        if _ONLY_PMCID.fullmatch(text):
            self.fill("pmcid", pmcid_in(text), name, line)
        elif _ONLY_PMID.fullmatch(text):
            self.fill("pmid", pmid_in(text), name, line)
        elif bare and (number := _bare_pmid(text)):
            self.fill("pmid", number, name, line)
        else:
            return False
        return True

    def serials(self, text: str, name: str, line: int, *, or_number: bool = False) -> None:
        """Fill ``issn`` and ``isbn`` with the first of each in *text*; others are left over.

        :param or_number: whether the number of a report may stand there as well.
        """
        found = serial_numbers(text)
        if or_number and not found.issn and not found.isbn and "number" not in self.fields:
            self.fill("number", text, name, line)
            return
        further = []
        for field, numbers in (("issn", found.issn), ("isbn", found.isbn)):
            for number in numbers:
                if self.fields.get(field, number) == number:
                    self.fill(field, number, name, line)
                else:
                    further.append(number)
        self.leave(name, ", ".join(further), line, "of another edition or form")
        rest = found.rest if found.issn or found.isbn else text
        self.leave(name, rest, line, "neither an ISSN nor an ISBN")

    def url(self, text: str, name: str, line: int) -> None:
        """Fill ``url``, or the identifier whose address it is."""
        address = text if is_address(text) else address_in(text)
        if address is None:
            if text.lower().startswith(("file:", "internal-pdf:")):
                self.left_out.kinds[PATHS] += 1
            elif not self.takes_doi(text, name, line) and not self.takes_pubmed_number(text, name, line):
                self.leave(name, text, line, "not a web address")
        elif is_literal() or not self._takes_address_of_number(address, name, line):
            self.fill("url", address, name, line)

    def _takes_address_of_number(self, address: str, name: str, line: int) -> bool:
        """Fill the number that *address* is made of, or leave it if it is a database's own.

        :returns: whether it is no address of the paper beside.
        """
        host = urlsplit(address).hostname or ""
        if _is_at(host, "doi.org") and (doi := doi_in(address)):
            self.fill("doi", doi, name, line)
        elif "pubmed" in address and (pmid := pmid_in(address)):
            self.fill("pmid", pmid, name, line)
        elif _is_at(host, "nih.gov") and (pmcid := pmcid_in(address)):
            self.fill("pmcid", pmcid, name, line)
        elif any(_is_at(host, database) for database in _DATABASES) or "/central/" in address:
            self.leave(name, address, line, "address in a database")
        else:
            shown = _BEHIND_A_DOI.sub("", address[:_LONGEST_ADDRESS])
            if "doi" not in self.fields and (doi := doi_in(shown)):
                self.fill("doi", doi, name, line)
                self.remark("The DOI was read from the address; compare it.")
            return False
        return True

    def language(self, text: str, name: str, line: int) -> None:
        """Fill ``language`` with the code of the first language in *text*; others are left over."""
        whole = language_code(text)
        names = [part for part in re.split(r"\s*[;,/]\s*|\s+and\s+", text) if part]
        codes = [whole] if whole else [language_code(part) for part in names]
        known = list(dict.fromkeys(code for code in codes if code))
        if not known:
            self.leave(name, text, line, "not the name or code of a language")
            return
        self.fill("language", known[0], name, line)
        if len(known) > 1 or None in codes:
            self.leave(name, text, line, f"several languages, of which {known[0]} was taken")

    def keywords(self, words: list[str], name: str, line: int) -> None:
        """Fill ``keywords``."""
        kept = list(dict.fromkeys(word for word in (" ".join(word.split()) for word in words) if word))
        self.fill("keywords", kept, name, line)

    def _found(self, field: str, value: str | None, text: str, name: str, line: int, lack: str) -> None:
        if value:
            self.fill(field, value, name, line)
        else:
            self.leave(name, text, line, lack)

    def into(self, reading: Reading) -> None:
        """Add the reference to *reading*, checked against the model; without a title it is refused."""
        had_title = bool(self.fields.get("title"))
        sound(self.imported, self._origins)
        self._tidy_leftovers()
        if self.fields.get("title"):
            self._remark_on_capitals()
            reading.references.append(self.imported)
        else:
            key = f"“{self.imported.key}”" if self.imported.key else "the reference"
            lack = "has a title that no record can hold: too long, say" if had_title else "has no title"
            reading.refused.append(Refused(self.imported.line, f"{key} {lack}"))

    def _tidy_leftovers(self) -> None:
        """Put leftovers of one name and reason together, without what may not be published."""
        together: dict[tuple[str, str], list[Leftover]] = {}
        for left in self.imported.leftovers:
            kept, personal = without_personal_data(left)
            self.left_out.personal.update(personal)
            if kept:
                together.setdefault((kept.name, kept.reason), []).append(kept)
        self.imported.leftovers = sorted(
            (
                replace(
                    first, value="; ".join(" ".join(left.value.split()) for left in (first, *others))
                )
                for first, *others in together.values()
            ),
            key=lambda left: left.line,
        )

    def _remark_on_capitals(self) -> None:
        for name in ("title", "container_title"):
            text = str(self.fields.get(name, ""))
            if len(text) > 9 and " " in text and text.isupper():
                self.remark(
                    f"The {name.replace('_', ' ')} stands in capitals, as in the file: write it as the "
                    "paper does."
                )


def _why_not(date: ReadDate, best: ReadDate) -> str:
    """Return why a text that says *date* is not taken in full; empty where it is."""
    if date.year is None:
        return "not a date that could be read"
    if date.year != best.year:
        return f"another year than {best.year}"
    if not date.whole:
        return (
            f"only {best.iso} of it could be taken"
            if date is best
            else (f"not an exact date; {best.iso} was taken")
        )
    return "" if best.iso.startswith(date.iso) else "another date"


def _joined(leftovers: list[Leftover]) -> Leftover:
    values = (" ".join(left.value.split()) for left in leftovers)
    return replace(leftovers[0], value="; ".join(values))


def _bare_pmid(text: str) -> str:
    number = text.strip().lstrip("0")
    return number if number.isdecimal() and number.isascii() and len(number) <= 8 else ""


def _is_at(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
