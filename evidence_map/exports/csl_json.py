"""CSL-JSON, which citation processors (citeproc, Pandoc, Zotero) take as it is.

Source: Citation Style Language 1.0.2, appendices III and IV, and its JSON schema for input data.
The record's own field names are CSL's, so little is changed here. Each item stands on one line, so
that two versions can be compared and a reader can take single items out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from evidence_map.exports.fields import (
    FIRST_AUTHORS_ONLY,
    date_parts,
    notices_in_words,
    one_line,
    pages,
)
from evidence_map.imports.markup import plain
from evidence_map.site.evidence import Person, Report

_MARKUP = re.compile(r"<(?=[/!]?[A-Za-z])|&(?=#?[A-Za-z0-9]+;)")

_TEXTS = {"title", "original-title", "container-title", "publisher", "publisher-place", "keyword"}

Item = dict[str, Any]
"""A CSL item: texts, lists of names, and dates."""

IN_SERIALS = ("article-journal", "article-magazine", "article-newspaper", "review", "review-book")
"""The types of what stands in a journal, a magazine or a newspaper."""

_VARIABLES = {
    "container-title": "container_title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "number": "number",
    "edition": "edition",
    "publisher": "publisher",
    "publisher-place": "publisher_place",
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "ISSN": "issn",
    "ISBN": "isbn",
    "URL": "url",
    "language": "language",
}
"""CSL's variables, in the order in which they are written, and the columns that hold them."""


def _name(person: Person) -> dict[str, str]:
    """Return a name; its particle is cited with the family name, so CSL must not drop it."""
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
        "literal": person.literal,
    }
    return {part: text for part, text in parts.items() if text}


def _notes(report: Report) -> Iterator[str]:
    yield from notices_in_words(report)
    if not report.row["authors_complete"]:
        yield FIRST_AUTHORS_ONLY


def csl_item(report: Report) -> Item:
    """Return one report as a CSL item whose ``id`` is the record's key.

    CSL has no sign for “et al.”, so a short ``note`` tells it where not all authors are known. There
    stand retractions and other notices, too; ``status`` says in a word where they leave the report.
    Keywords are joined by a semicolon, since they may hold commas.

    :raises ExportError: if a value holds a line break or another control character.
    """
    row = report.row
    issued = date_parts(row["issued"])
    item: Item = {
        "id": report.key,
        "type": row["type"],
        "author": [_name(person) for person in report.authors],
        "editor": [_name(person) for person in report.editors],
        "issued": {"date-parts": [issued]} if issued else None,
        "title": row["title"],
        "original-title": row["original_title"],
        **{variable: row[column] for variable, column in _VARIABLES.items()},
        "keyword": "; ".join(report.lists.get("keyword", [])),
        "status": report.warning.lower(),
        "note": " ".join(_notes(report)),
    }
    item["page"] = pages(row["page"], "-")
    return _checked(report.key, {variable: value for variable, value in item.items() if value})


def _checked(key: str, item: Item) -> Item:
    for variable, value in item.items():
        if isinstance(value, str):
            one_line(key, variable, value)
    for role in ("author", "editor"):
        for name in item.get(role, []):
            for part in name.values():
                one_line(key, role, part)
    return item


def _for_processors(item: Item) -> Item:
    """Return *item* as most styles need it: without markup, and an article's number as its page, too.

    Few styles print the number of an article; all print its pages, and programs read it back from
    either.
    """
    unmarked = _unmarked(item)
    if item["type"] in IN_SERIALS and "number" in item and "page" not in item:
        unmarked["page"] = unmarked["number"]
    return unmarked


def _unmarked(item: Item) -> Item:
    """Return *item* with a word joiner, which nobody sees, in what would be taken for markup.

    Processors set ``<i>`` in a title in italics; CSL has no sign for these three characters themselves.
    """
    return {
        variable: _literally(value) if variable in _TEXTS else value for variable, value in item.items()
    }


def _literally(text: str) -> str:
    return text if plain(text) == text else _MARKUP.sub("\\g<0>\u2060", text)


def as_csl_json(reports: Iterable[Report]) -> str:
    """Return the reports as one CSL-JSON array, an item a line, in plain UTF-8.

    :raises ExportError: if a value holds a line break or another control character.
    """
    lines = (json.dumps(_for_processors(csl_item(report)), ensure_ascii=False) for report in reports)
    return "[\n" + ",\n".join(lines) + "\n]\n"
