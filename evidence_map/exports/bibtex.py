"""BibTeX that biber, bibtex and reference managers read as the text that was meant.

bibtexparser gives the model, the writer and the parser. The encoding is ours, because it has to
know its fields: text is escaped for LaTeX, identifiers and addresses are left as they are. Every
export is parsed again before it is published; an entry that does not come back is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat

from evidence_map.exports.fields import ExportError, date_parts, one_line, pages
from evidence_map.model.places import country_name, subdivision_name
from evidence_map.site.evidence import Person, Report

ENTRY_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "collection": "book",
    "chapter": "incollection",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "standard": "techreport",
    "thesis": "phdthesis",
    "manuscript": "unpublished",
    "article": "unpublished",
    "pamphlet": "booklet",
}
"""The BibTeX type of each CSL type; what is not named here is ``misc``."""

_CONTAINER = {
    "article": "journal",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "techreport": "series",
    "book": "series",
}
_PUBLISHER = {"techreport": "institution", "phdthesis": "school"}

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "$": r"\$",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_INNER_CAPITAL = re.compile(r"\w[\w’'-]*[A-ZÀ-ÖØ-Þ]|[A-ZÀ-ÖØ-Þ]\d|\d[A-ZÀ-ÖØ-Þ]")


class BibtexError(ExportError):
    """An entry that does not read back as it was written."""


def escaped(text: str) -> str:
    """Return *text* so that LaTeX prints it; braces stay balanced whatever it holds."""
    return text.translate(_ESCAPES)


def title(text: str, names: Iterable[str] = ()) -> str:
    """Return a title with braces around what styles must not write in lower case.

    Protected are words with a capital after their first letter (UNESCO, COVID-19) and the *names*
    given, such as British Columbia.
    """
    phrases = sorted((name for name in names if name), key=len, reverse=True)
    pattern = "|".join([*(rf"\b{re.escape(phrase)}\b" for phrase in phrases), r"\S+"])
    return re.sub(pattern, lambda match: _protected(match.group(), phrases), text)


def _protected(word: str, phrases: list[str]) -> str:
    if word in phrases or _INNER_CAPITAL.search(word):
        return "{" + escaped(word) + "}"
    return escaped(word)


def _name(person: Person) -> str:
    if person.literal:
        return "{" + escaped(person.literal) + "}"
    family = escaped(person.family or "")
    if re.search(r"(?i)\band\b|,", family):
        family = "{" + family + "}"
    parts = [f"{escaped(person.particle)} {family}" if person.particle else family]
    if person.suffix:
        parts.append(escaped(person.suffix))
    if person.given:
        given = escaped(person.given)
        parts.append("{" + given + "}" if re.search(r"(?i)\band\b|,", given) else given)
    return ", ".join(parts)


def _names(people: list[Person], complete: bool = True) -> str:
    return " and ".join([_name(person) for person in people] + ([] if complete else ["others"]))


def _places(report: Report) -> list[str]:
    codes = [term.id.upper() for term in report.terms("country") + report.terms("region")]
    return [subdivision_name(code) or country_name(code) or "" for code in codes]


def _fields(report: Report, entry_type: str) -> dict[str, str]:
    row = report.row
    year, month = (*map(str, date_parts(row["issued"])), "", "")[:2]
    text = {
        "author": _names(report.authors, bool(row["authors_complete"])),
        "title": title(row["title"], _places(report)),
        _CONTAINER.get(entry_type, "howpublished"): escaped(row["container_title"] or ""),
        "editor": _names(report.editors),
        "year": year,
        "month": month,
        "volume": escaped(row["volume"] or ""),
        "number": escaped(row["issue"] or (row["number"] if entry_type == "techreport" else "") or ""),
        "pages": pages(escaped(row["page"] or ""), "--"),
        "eid": escaped(row["number"] or "") if entry_type == "article" else "",
        "edition": escaped(row["edition"] or ""),
        _PUBLISHER.get(entry_type, "publisher"): escaped(row["publisher"] or ""),
        "address": escaped(row["publisher_place"] or ""),
        "issn": row["issn"] or "",
        "isbn": row["isbn"] or "",
        "language": escaped(row["language"] or ""),
        "keywords": escaped(", ".join(report.lists.get("keyword", []))),
        "doi": row["doi"] or "",
        "pmid": row["pmid"] or "",
        "pmcid": row["pmcid"] or "",
        "url": row["url"] or "",
    }
    return {name: one_line(report.key, name, value) for name, value in text.items() if value}


def bibtex_entry(report: Report) -> Entry:
    """Return the entry of one report; its key is the record's, for ever.

    :raises ExportError: if a value holds a line break or another control character.
    """
    entry_type = ENTRY_TYPES.get(report.row["type"], "misc")
    fields = [Field(name, "{" + value + "}") for name, value in _fields(report, entry_type).items()]
    return Entry(entry_type, report.key, fields)


def as_bibtex(reports: Iterable[Report]) -> str:
    """Return the reports as one BibTeX file in UTF-8.

    Each entry begins with a line ``@type{key,`` and ends with the line ``}``; each field stands on
    a line of its own. ``site_templates/js/take_away.js`` takes single entries out by that.

    :raises ExportError: if a value holds a line break or another control character.
    :raises BibtexError: if the file does not read back entry by entry as it was written.
    """
    entries = [bibtex_entry(report) for report in reports]
    layout = BibtexFormat()
    layout.indent = "  "
    layout.block_separator = "\n"
    text = write_string(Library(list(entries)), unparse_stack=[], bibtex_format=layout)
    _compare(entries, text)
    return text


def _compare(entries: list[Entry], text: str) -> None:
    read = parse_string(text, parse_stack=[])
    if read.failed_blocks:
        raise BibtexError(f"{len(read.failed_blocks)} entries of the BibTeX file cannot be read back")
    again = {entry.key: entry for entry in read.entries}
    for entry in entries:
        found = again.get(entry.key)
        written = {field.key: field.value for field in entry.fields}
        if found is None or written != {field.key: field.value for field in found.fields}:
            raise BibtexError(f"the BibTeX entry {entry.key} does not read back as it was written")
