"""BibTeX in two forms: for biblatex, and for the programs that were there before it.

``bibtex`` is UTF-8 with the types and fields of biblatex. One file serves the most readers that way:
biber checks and sorts it, Zotero and JabRef read ``date``, ``journaltitle`` and ``location`` as well
as the classic names, and nothing is lost to ASCII. Where biblatex knows a type that Zotero throws
away with all that stands in it (*legal*, *performance*, *music*), the entry is ``misc`` and says in
``type`` what it is. ``bibtex-ascii`` is for ``bibtex`` with pdflatex: classic types and fields, and
every letter spelt in ASCII.

Sources: the manual of biblatex 3.18 and the data model that biber 2.18 checks against; Oren
Patashnik, *BibTeXing* (1988), and plain.bst; Zotero's translator BibTeX.js for what it reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anyascii import anyascii

from evidence_map.exports.bibtex_types import CONTAINERS, KINDS, LANGUAGES, PUBLISHERS, TYPES
from evidence_map.exports.capitals import kept_apart
from evidence_map.exports.fields import ExportError, date_parts, family_first, one_line, pages
from evidence_map.exports.latex import UnspeltError, escaped, in_ascii
from evidence_map.exports.review_citation import review_citation
from evidence_map.model.places import country_name, subdivision_name
from evidence_map.site.evidence import Evidence, Person, Report

_PARTS = {"incollection", "inproceedings", "inreference"}
_NUMBERED = {"report", "patent", "techreport"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIELD = re.compile(r"  ([a-z]+) = (?:\{(.*)\}|([a-z]{3})),")
_NO_NAME = re.compile(r"(?i)^oth(?=ers$)|^0$")
_LABEL = re.compile(r"(?i)((?:family|given|prefix|suffix)\s*)=")
_AND = re.compile(r"(?i)\band\b")
_INITIAL = re.compile(r"(?:^|\s)[^\w\s]*([^\W\d_])")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]*")


class BibtexError(ExportError):
    """An entry that would not be read as it was meant."""


class SpellingError(ExportError):
    """An entry with a character that LaTeX cannot spell in ASCII."""

    def __init__(self, key: str, field: str, character: str) -> None:
        super().__init__(f"“{field}” of {key} has “{character}”, which LaTeX cannot spell in ASCII")
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in character)
        named = unicodedata.name(character[0], "without a name")
        self.told = f"{key} ({codes} {named}, in the field {field})"


@dataclass(frozen=True)
class Entry:
    """An entry: its type, its key, and its values as they stand in the file."""

    type: str
    key: str
    fields: dict[str, str]

    @property
    def text(self) -> str:
        """The entry as it stands in the file, which ``site_templates/js/take_away.js`` relies on.

        It begins with a line ``@type{key,`` and ends with a line ``}``; a field stands on one line.
        """
        lines = [f"  {name} = {value},\n" for name, value in self.fields.items()]
        return f"@{self.type}{{{self.key},\n{''.join(lines)}}}\n"


class _Writing:
    """The texts of one report in one spelling; errors name the report and the field."""

    def __init__(self, report: Report, spell: Callable[[str], str]) -> None:
        self.report = report
        self.spell = spell

    def text(self, field: str, value: str | None) -> str:
        """Return *value* so that LaTeX prints it."""
        if not value:
            return ""
        try:
            return self.spell(one_line(self.report.key, field, value))
        except UnspeltError as error:
            raise SpellingError(self.report.key, field, error.character) from None

    def of(self, field: str, column: str) -> str:
        """Return a column of the table record so that LaTeX prints it."""
        return self.text(field, self.report.row[column])

    def verbatim(self, column: str) -> str:
        """Return an identifier or address, which programs read as it is."""
        return one_line(self.report.key, column, self.report.row[column] or "")

    def title(self, field: str, column: str) -> str:
        """Return a title with braces around what styles must not write in lower case."""
        whole = self.report.row[column]
        if not whole:
            return ""
        one_line(self.report.key, field, whole)
        if whole == "0":
            return "{0}"  # biber takes a bare one for no title at all
        pieces = kept_apart(whole, _names_of_places(self.report))
        return "".join(
            f"{{{self.text(field, piece)}}}" if keep else self.text(field, piece)
            for piece, keep in pieces
        )

    def pages(self, text: str | None) -> str:
        """Return pages with two hyphens for a dash."""
        dashed = self.text("pages", pages(text, "\u2013"))
        return dashed.replace(self.spell("\u2013"), "--") if dashed else ""

    def people(self, field: str, people: list[Person], complete: bool = True) -> str:
        """Return names with “and” between them, and “others” where there are more."""
        # A blank name makes biber crash.
        names = [
            self._name(field, person)
            for person in people
            if (person.literal or person.family or "").strip()
        ]
        return " and ".join(names + ["others"] * (bool(names) and not complete))

    def _name(self, field: str, person: Person) -> str:
        parts = (person.particle, person.family, person.suffix, person.given)
        torn = any("," in (part or "") for part in parts) or (person.suffix and not person.given)
        if person.literal or torn:
            # biber counts commas even in braces, and skips an entry for a name with three. A blank
            # part in braces it abbreviates to a single brace, on which LaTeX fails.
            whole = person.literal or re.sub(r"(, )+", ", ", family_first(person))
            return f"{{{self._plain_part(field, whole.strip())}}}"
        family, particle = self._part(field, person.family, words=True), person.particle
        if particle:
            before = self._part(field, particle)
            family = before + family if particle[-1] in "’'-" else f"{before} {family}"
        if person.given:
            suffix = [self._part(field, person.suffix)] if person.suffix else []
            return ", ".join([family, *suffix, self._part(field, person.given)])
        # Without a comma the last of several words would be the family name, if none is a particle.
        one_word = " " not in family or family[0] == "{"
        return family if one_word or (particle or "")[:1].islower() else f"{{{family}}}"

    def _part(self, field: str, text: str | None, words: bool = False) -> str:
        """Return a part of a name, in braces where programs would take it apart.

        :param words: whether a word in small letters would be taken for a particle.
        """
        bare = (text or "").strip()
        small = words and any(map(str.islower, _INITIAL.findall(bare)))
        part = self._plain_part(field, bare)
        return f"{{{part}}}" if small or _AND.search(bare) else part

    def _plain_part(self, field: str, text: str) -> str:
        # biber takes these for a label, for “et al.” and for no name at all, even in braces.
        part = _LABEL.sub(r"\1{=}", self.text(field, text))
        return _NO_NAME.sub(r"\g<0>{}", part)


def _names_of_places(report: Report) -> list[str]:
    codes = [term.id.upper() for term in report.terms("country") + report.terms("region")]
    places = [subdivision_name(code) or country_name(code) or "" for code in codes]
    return places + report.lists.get("kept_capitals", [])


def _biblatex_fields(report: Report, entry_type: str) -> dict[str, str]:
    own, row = _Writing(report, escaped), report.row
    container = CONTAINERS.get(entry_type, "howpublished")
    eprint = ("pmid", "pubmed") if row["pmid"] else ("pmcid", "pmcid")
    kind, value = KINDS.get(row["type"], ("type", ""))
    keywords = [own.text("keywords", keyword) for keyword in report.lists.get("keyword", [])]
    return {
        "author": own.people("author", report.authors, bool(row["authors_complete"])),
        "title": own.title("title", "title"),
        "origtitle": own.of("origtitle", "original_title"),
        container: (own.title if container == "booktitle" else own.of)(container, "container_title"),
        "editor": own.people("editor", report.editors),
        "date": own.verbatim("issued"),
        "volume": own.of("volume", "volume"),
        **_number(own, entry_type),
        "pages": own.pages(row["page"]),
        "edition": own.of("edition", "edition"),
        kind: value,
        PUBLISHERS.get(entry_type, "publisher"): own.of("publisher", "publisher"),
        "location": own.of("location", "publisher_place"),
        "issn": own.verbatim("issn"),
        "isbn": own.verbatim("isbn"),
        "langid": LANGUAGES.get(row["language"] or "", own.verbatim("language")),
        "keywords": ", ".join(f"{{{word}}}" if "," in word else word for word in keywords),
        "doi": own.verbatim("doi"),
        "eprint": own.verbatim(eprint[0]),
        "eprinttype": eprint[1] if row[eprint[0]] else "",
        "pmcid": own.verbatim("pmcid"),
        "url": own.verbatim("url"),
        # Printed in the list of references, where whoever cites it must see it.
        "note": report.warning,
    }


def _number(own: _Writing, entry_type: str) -> dict[str, str]:
    """Return issue and number, of which only one can be “number”: the other one is the article's."""
    row = own.report.row
    if entry_type in _NUMBERED or not (row["issue"] or entry_type == "article" or entry_type in _PARTS):
        return {"number": own.of("number", "number") or own.of("number", "issue")}
    return {"number": own.of("number", "issue"), "eid": own.of("eid", "number")}


def _classic_fields(report: Report, entry_type: str) -> dict[str, str]:
    own, row = _Writing(report, in_ascii), report.row
    container = CONTAINERS.get(entry_type, "howpublished").replace("journaltitle", "journal")
    year, month, day = (*date_parts(row["issued"]), 0, 0, 0)[:3]
    kind, value = KINDS.get(row["type"], ("type", ""))
    fields = {
        "author": own.people("author", report.authors, bool(row["authors_complete"])),
        "title": own.title("title", "title"),
        container: own.of(container, "container_title"),
        "editor": own.people("editor", report.editors),
        "year": str(year or ""),
        "month": str(month or ""),
        "day": str(day or ""),
        "volume": own.of("volume", "volume"),
        **_classic_pages(own, entry_type),
        "edition": own.of("edition", "edition"),
        "type": value if kind == "type" else "",
        PUBLISHERS.get(entry_type, "publisher"): own.of("publisher", "publisher"),
        "address": own.of("address", "publisher_place"),
        **{name: own.verbatim(name) for name in ("issn", "isbn", "doi", "pmid", "pmcid", "url")},
        "note": report.warning,
    }
    if entry_type == "misc" and fields["url"] and not fields["doi"]:
        address = f"\\url{{{fields.pop('url')}}}"
        fields["howpublished"] = ", ".join(filter(None, (fields["howpublished"], address)))
    return fields


def _classic_pages(own: _Writing, entry_type: str) -> dict[str, str]:
    """Return issue, number and pages. An article's number is its page, since old styles print that."""
    row = own.report.row
    if entry_type in _NUMBERED:
        return {**_number(own, entry_type), "pages": own.pages(row["page"])}
    page = own.pages(row["page"]) or own.of("pages", "number")
    eid = own.of("eid", "number") if row["page"] else ""
    return {"number": own.of("number", "issue"), "eid": eid, "pages": page}


def _entry(report: Report, entry_type: str, fields: dict[str, str]) -> Entry:
    months = {str(number): name for number, name in enumerate(_MONTHS, 1)}
    written = {
        name: months[value] if name == "month" else "{" + value + "}"
        for name, value in fields.items()
        if value
    }
    entry = Entry(entry_type, report.key, written)
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    """Insist that every program finds the fields of *entry* again.

    That is so where each stands on its line, braces are closed in their order, none of them follows
    a backslash, which makes some programs pass over it, and none is in the key.
    """
    first, *lines, last, end = entry.text.split("\n")
    read = [match.groups() for match in map(_FIELD.fullmatch, lines) if match]
    sound = (
        first == f"@{entry.type}{{{entry.key},"
        and (last, end) == ("}", "")
        and _KEY.fullmatch(entry.key)
    )
    if not sound or len(read) != len(lines) or len({name for name, *_ in read}) != len(entry.fields):
        raise BibtexError(f"the BibTeX entry {entry.key} would not read back as it was written")
    for name, value, _ in read:
        if value and ("{" in value or "}" in value) and not _closed(value):
            raise BibtexError(f"“{name}” of {entry.key} has braces that BibTeX would take for its end")


def _closed(value: str) -> bool:
    """Whether braces in *value* are closed in their order."""
    depth = 0
    for match in re.finditer(r"\\?[{}]", value):
        depth += 1 if match.group() == "{" else -1
        if depth < 0 or match.group()[0] == "\\":
            return False
    return depth == 0


def bibtex_entry(report: Report) -> Entry:
    """Return the entry of one report for biblatex; its key is the record's, for ever.

    :raises ExportError: if a value holds a line break or another control character.
    :raises BibtexError: if an identifier or the key holds what would end its field.
    """
    entry_type = TYPES.get(report.row["type"], ("misc", "misc"))[0]
    if entry_type == "online" and not (report.row["doi"] or report.row["url"]):
        entry_type = "unpublished" if report.row["type"] == "article" else "misc"
    if entry_type in {"book", "collection"}:
        entry_type = "collection" if report.editors and not report.authors else "book"
    return _entry(report, entry_type, _biblatex_fields(report, entry_type))


def ascii_entry(report: Report) -> Entry:
    """Return the entry of one report for classic BibTeX, in ASCII.

    Original title, language and keywords are left out: no style of that time prints them, and an
    original title in Chinese would keep the whole entry out.

    :raises SpellingError: if a value holds a character that LaTeX cannot spell in ASCII.
    :raises ExportError: as for :func:`bibtex_entry`.
    """
    entry_type = TYPES.get(report.row["type"], ("misc", "misc"))[1]
    entry = _entry(report, entry_type, _classic_fields(report, entry_type))
    for name, value in entry.fields.items():
        if not value.isascii():
            raise SpellingError(report.key, name, re.sub(r"[\0-\x7f]", "", value)[:1])
    return entry


def _file(head: Iterable[str], entries: Iterable[str]) -> str:
    """Return a file: comments, a blank line, and the entries with a blank line between them."""
    # BibTeX and Zotero begin an entry at an @ even behind a %; so it is written as in addresses.
    comments = "".join(f"% {' '.join(line.split()).replace('@', '%40')}\n" for line in head)
    return comments + ("\n" if comments else "") + "\n".join(entries)


def as_bibtex(reports: Iterable[Report], evidence: Evidence | None = None) -> str:
    """Return the reports as one BibTeX file in UTF-8, for biblatex.

    :param evidence: the database that the reports come from; the head cites it. Without it there is
        no head.
    :raises ExportError: if a report cannot be written; the message names it.
    """
    head = []
    if evidence is not None:
        # JabRef takes the encoding from this very line.
        head = ["Encoding: UTF-8", review_citation(evidence), "For biblatex with biber."]
    return _file(head, (bibtex_entry(report).text for report in reports))


def as_ascii_bibtex(reports: Iterable[Report], evidence: Evidence | None = None) -> str:
    """Return the reports as one BibTeX file in ASCII, for bibtex with pdflatex.

    Entries that LaTeX cannot spell in ASCII are left out and named in the head.

    :param evidence: the database that the reports come from; the head cites it. Without it only what
        is left out is told there.
    :raises ExportError: if a report cannot be written for another reason; the message names it.
    """
    entries, left_out = [], []
    for report in reports:
        try:
            entries.append(ascii_entry(report).text)
        except SpellingError as error:
            left_out.append(f"Left out, since LaTeX cannot spell it in ASCII: {error.told}")
    head = []
    if evidence is not None:
        needs = "For bibtex with pdflatex; load the packages fontenc with T1, and url or hyperref."
        head = ["Encoding: US-ASCII", anyascii(review_citation(evidence)), needs]
    return _file([*head, *left_out], entries)
