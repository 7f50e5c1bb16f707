"""A reference while it is being read: fields are filled once, and nothing gets lost on the way."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from evidence_map.imports.dates import read_date
from evidence_map.imports.fields import sound
from evidence_map.imports.identifiers import address_in, doi_in, pmcid_in, pmid_in, serial_numbers
from evidence_map.imports.imported import Imported, Leftover, Reading, Refused
from evidence_map.imports.languages import language_code
from evidence_map.imports.names import People
from evidence_map.model.identifiers import orcid

_DATABASES = {
    "scopus.com",
    "embase.com",
    "webofscience.com",
    "webofknowledge.com",
    "search.ebscohost.com",
}
"""Hosts whose addresses are those of an entry in a database, not of the paper."""


class Filling:
    """Fills the fields of one reference. Each method takes how the file calls the field, and its line.

    A field that is filled is never written over: a second value that says something else becomes a
    leftover.
    """

    def __init__(self, source: str, line: int, key: str = "") -> None:
        self.imported = Imported(source, line, key=key)
        self._origins: dict[str, tuple[str, int]] = {}

    @property
    def fields(self) -> dict[str, Any]:
        """What has been filled so far."""
        return self.imported.fields

    def leave(self, name: str, value: str, line: int, reason: str = "") -> None:
        """Keep what has no place in a record; an empty value is nothing to keep."""
        if value := " ".join(value.split()):
            self.imported.leftovers.append(Leftover(name or "without a name", value, line, reason))

    def remark(self, sentence: str) -> None:
        """Tell the person who imports something about this reference, once."""
        if sentence not in self.imported.remarks:
            self.imported.remarks.append(sentence)

    def fill(self, field: str, value: Any, name: str, line: int) -> None:
        """Fill *field* with *value*, unless there is nothing in it."""
        if isinstance(value, str):
            value = " ".join(value.split())
        if not value and value is not False:
            return
        if field not in self.fields:
            self.fields[field] = value
            self._origins[field] = (name, line)
        elif str(self.fields[field]).casefold() != str(value).casefold():
            shown = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
            first = self._origins.get(field, (field, line))[0]
            self.leave(name, shown, line, f"“{first}” says something else")

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

    def date(self, text: str, name: str, line: int) -> None:
        """Fill ``issued``; what is not certain about the date is left over."""
        read = read_date(text)
        if read.iso:
            self.fill("issued", read.iso, name, line)
        if not read.iso or not read.whole:
            self.leave(name, text, line, "only the year was taken" if read.iso else "not a date")

    def year_and_day(self, year: tuple[str, str, int], day: tuple[str, str, int]) -> None:
        """Fill ``issued`` from a year and a day in it, which may name its year or not.

        :param year: text, name in the file, and line; of *day* too. One of the texts may be empty.
        """
        in_year, exact = read_date(year[0]), read_date(day[0])
        dated = exact.within(in_year.year)
        if dated.year is None or (in_year.year is not None and dated.year != in_year.year):
            if year[0]:
                self.date(*year)
            reason = "no date in that year" if year[0] else "not a date"
            self.leave(day[1], day[0], day[2], reason)
            return
        issued = max(dated.iso, in_year.iso, key=len)
        self.fill("issued", issued, *(day if issued == dated.iso else year)[1:])
        if not dated.whole:
            self.leave(day[1], day[0], day[2], "not an exact date")

    def date_between(self, first: str, last: str, name: str, line: int) -> None:
        """Fill ``issued`` with what is the same in both ends of a span in ISO form."""
        pairs = zip(first.split("-"), last.split("-"), strict=False)
        same = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
        if first == last or not last:
            self.date(first, name, line)
        else:
            if same:
                self.date("-".join(same), name, line)
            taken = "only what both ends share was taken" if same else "not one year"
            self.leave(name, f"{first}/{last}", line, taken)

    def doi(self, text: str, name: str, line: int) -> None:
        """Fill ``doi`` with the DOI in *text*; in a bare one, a percent sign means itself."""
        bare = text.strip()
        is_bare = re.fullmatch(r"10\.[0-9.]+/[^\s\"{}\\]*[^\s\"{}\\.,;:)]", bare)
        found = bare.lower() if is_bare and "%" in bare else doi_in(text)
        self._found("doi", found, text, name, line, "no DOI")

    def pmid(self, text: str, name: str, line: int) -> None:
        """Fill ``pmid`` with a bare number or one that *text* marks as a number in PubMed."""
        bare = text.strip().lstrip("0")
        found = bare if bare.isdecimal() and bare.isascii() and len(bare) <= 8 else pmid_in(text)
        self._found("pmid", found, text, name, line, "no number of PubMed")

    def pmcid(self, text: str, name: str, line: int) -> None:
        """Fill ``pmcid``; the letters PMC may be missing."""
        bare = text.strip()
        found = pmcid_in(f"PMC{bare}" if bare.isdecimal() and bare.isascii() else bare)
        self._found("pmcid", found, text, name, line, "no number of PubMed Central")

    def serials(self, text: str, name: str, line: int) -> None:
        """Fill ``issn`` and ``isbn`` with the first of each in *text*; others are left over."""
        found = serial_numbers(text)
        for field, numbers in (("issn", found.issn), ("isbn", found.isbn)):
            for number in numbers:
                if field not in self.fields:
                    self.fill(field, number, name, line)
                elif number != self.fields[field]:
                    self.leave(name, number, line, f"a record has one {field.upper()}")
        self.leave(name, found.rest, line, "neither an ISSN nor an ISBN")

    def url(self, text: str, name: str, line: int) -> None:
        """Fill ``url``, or the identifier whose address it is."""
        address = address_in(text)
        host = (urlsplit(address).hostname or "") if address else ""
        if host.removeprefix("www.") in _DATABASES:
            self.leave(name, text, line, "address in a database")
        elif address and "doi.org/" in address.lower() and (found := doi_in(address)):
            self.fill("doi", found, name, line)
        else:
            self._found("url", address, text, name, line, "no web address")

    def language(self, text: str, name: str, line: int) -> None:
        """Fill ``language`` with the code of the language that *text* names."""
        self._found("language", language_code(text), text, name, line, "not one known language")

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
        sound(self.imported, self._origins)
        if self.fields.get("title"):
            reading.references.append(self.imported)
        else:
            key = f"“{self.imported.key}”" if self.imported.key else "the reference"
            reading.refused.append(Refused(self.imported.line, f"{key} has no title"))


def abstracts_left_out(reading: Reading, count: int) -> None:
    """Say in *reading* how many abstracts the file has; records hold no sentences of papers."""
    if count:
        were = "1 abstract was" if count == 1 else f"{count:,} abstracts were"
        reading.remarks.append(f"{were} left out: records hold no sentences of papers.")
