"""CSL-JSON, as Zotero, Mendeley, Pandoc and Crossref write it.

Source: Citation Style Language 1.0.2, appendices III and IV, and its JSON schema for input data.
Crossref writes lists where the schema has texts (``title``, ``ISSN``), which are read too.
"""

from __future__ import annotations

import re
from typing import Any, get_args

from evidence_map.exports.fields import FIRST_AUTHORS_ONLY
from evidence_map.imports.imported import ImportFormatError, Reading, Refused
from evidence_map.imports.incoming import IncomingReference
from evidence_map.imports.json_source import JsonItem, json_items
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.markup import one_line, plain
from evidence_map.imports.names import NameParts, People
from evidence_map.imports.own_records import are_own, read_records
from evidence_map.imports.reference_types import CROSSREF_TYPES
from evidence_map.model.reference import CslType

Item = dict[str, Any]

_WRAPPERS = frozenset({"items", "references", "message", "data"})
_TYPES = frozenset(get_args(CslType))
_TEXTS = {
    "original-title": "original_title",
    "container-title": "container_title",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "publisher": "publisher",
    "publisher-place": "publisher_place",
}
_IDLE_WORDS = """
abstract accepted accessed alternative-id assertion categories citation-key citation-label
container-title-short content-created content-domain content-updated created crossmark-restriction
custom deposited id indexed is-referenced-by-count isbn-type issn-type journal-issue
journalAbbreviation license link locator member prefix published published-online published-print
reference reference-count references-count relation resource schema score short-container-title
shortTitle source subject system_id title-short type update-policy
"""
_IDLE = frozenset(_IDLE_WORDS.split())
"""Variables that tell nothing that a record holds, or what another one tells too."""

_NOCASE = re.compile(r"""<span\s+class=["']nocase["']>(.{1,200}?)</span>""", re.DOTALL)
_IN_NOTE = re.compile(r"^\s*(PMID|PMCID|DOI)\s*:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)


def read(text: str, source: str) -> Reading:
    """Return the references in a CSL-JSON file: a list, an object that holds one, or JSON Lines.

    :param source: the name of the file.
    :raises ImportFormatError: if it is not JSON, or no list of objects.
    """
    items = json_items(text, source, _WRAPPERS)
    if are_own(items):
        return read_records(items, source)
    if not any(isinstance(item.value, dict) and item.value.keys() & _SIGNS for item in items):
        raise ImportFormatError(
            f"{source} is JSON, but holds no references: none of its objects has a title, an author or "
            "a DOI. In Zotero, export as “CSL JSON”"
        )
    reading = Reading()
    left_out = LeftOut()
    for item in items:
        if isinstance(item.value, dict):
            left_out.abstracts += bool(item.value.get("abstract"))
            _Reader(source, item, left_out).into(reading)
        else:
            reading.refused.append(Refused(item.line, "it is a single value, not a reference"))
    reading.remarks += left_out.remarks()
    return reading


_SIGNS = frozenset({"title", "author", "DOI", "type", "issued"})


def _strings(value: Any) -> list[str]:
    """Return the texts in a value, be it one or a list of them; numbers are texts already."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one.strip()]


def _text(value: Any) -> str:
    return next((text for text in map(plain, _strings(value)) if text), "")


def _shown(value: Any) -> str:
    """Return any value as one line of text, for leftovers."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    return "" if value is None else str(value).lower()


def _name(value: Any) -> NameParts | None:
    if isinstance(value, str):
        return {"literal": plain(value)} if plain(value) else None
    if not isinstance(value, dict):
        return None
    parts = {
        "family": _text(value.get("family")),
        "given": _text(value.get("given")),
        "particle": " ".join(
            filter(None, (_text(value.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping")))
        ),
        "suffix": _text(value.get("suffix")),
        "orcid": _text(value.get("ORCID") or value.get("orcid")),
    }
    literal = _text(value.get("literal")) or _text(value.get("name"))
    if not parts["family"]:
        literal = literal or " ".join(filter(None, (parts["given"], parts["suffix"])))
        return {"literal": literal} if literal else None
    return {part: text for part, text in parts.items() if text}


def _day(parts: Any) -> list[str]:
    """Return year, month and day of one date in parts, as far as they are numbers."""
    known: list[str] = []
    for part, width in zip(parts if isinstance(parts, list) else [], (4, 2, 2), strict=False):
        if not isinstance(part, str) or not re.fullmatch(r"[0-9]{1,4}", part.strip()):
            break
        known.append(part.strip().zfill(width))
    return known


class _Reader:
    """Reads one item, variable by variable; what nobody asked for is left over at the end."""

    def __init__(self, source: str, item: JsonItem, left_out: LeftOut) -> None:
        self._rest: Item = dict(item.value)
        self._line = item.line
        key = _text(self._rest.get("citation-key")) or _text(self._rest.get("id"))
        self._reference = IncomingReference(left_out, source, item.line, key)

    def into(self, reading: Reading) -> None:
        """Read the item and add it to *reading*."""
        self._type()
        self._title()
        for role, field in (("author", "authors"), ("editor", "editors")):
            self._people(role, field)
        self._date()
        self._texts()
        self._identifiers()
        self._keywords()
        self._note()
        for variable, value in self._rest.items():
            if variable not in _IDLE:
                self._reference.leave(variable, _shown(value), self._line)
        self._reference.into(reading)

    def _take(self, variable: str) -> str:
        return _text(self._rest.pop(variable, None))

    def _type(self) -> None:
        kind = self._take("type").lower()
        found = kind if kind in _TYPES else CROSSREF_TYPES.get(kind)
        if kind and not found:
            self._reference.leave("type", kind, self._line, "not a type of CSL")
        if kind:
            self._reference.fields["type"] = found or "document"

    def _title(self) -> None:
        written = next(iter(_strings(self._rest.pop("title", None))), "")
        title = plain(written)
        subtitle = self._take("subtitle")
        if subtitle and subtitle.casefold() not in title.casefold():
            title = f"{title.rstrip(' :')}: {subtitle}"
        self._reference.fill("title", title, "title", self._line)
        names = dict.fromkeys(plain(match.group(1)) for match in _NOCASE.finditer(written))
        self._reference.fill("keep_capitals", [name for name in names if name], "title", self._line)

    def _people(self, role: str, field: str) -> None:
        value = self._rest.pop(role, None)
        values = value if isinstance(value, list) else [value] if value else []
        names = [name for name in map(_name, values) if name]
        self._reference.people(field, People(names), role, self._line)
        if len(names) < len(values):
            self._reference.leave(role, _shown(values), self._line, "not every name could be read")

    def _date(self) -> None:
        value = self._rest.pop("issued", None)
        if isinstance(value, str):
            value = {"raw": value}
        if not isinstance(value, dict):
            self._reference.leave("issued", _shown(value), self._line, "not a date")
            return
        dates = value.get("date-parts")
        days = [day for day in map(_day, dates if isinstance(dates, list) else []) if day]
        if days:
            self._reference.date_between("-".join(days[0]), "-".join(days[-1]), "issued", self._line)
        elif raw := _text(value.get("raw")) or _text(value.get("literal")):
            self._reference.dates([(raw, "issued", self._line)])
        self._reference.leave(
            "issued (season)", _text(value.get("season")), self._line, "a season is no month"
        )

    def _texts(self) -> None:
        for variable, field in _TEXTS.items():
            self._reference.fill(field, self._take(variable), variable, self._line)
        if "container_title" not in self._reference.fields:
            self._reference.fill(
                "container_title", self._take("collection-title"), "collection-title", self._line
            )
        for variable in ("number", "article-number"):
            self._reference.fill("number", self._take(variable), variable, self._line)
        page = self._take("page")
        # Many programs put the number of an article where styles look for its pages.
        if page != self._reference.fields.get("number"):
            self._reference.pages(page, "page", self._line)
        if language := self._take("language"):
            self._reference.language(language, "language", self._line)

    def _identifiers(self) -> None:
        reference = self._reference
        for variable, fill in (
            ("DOI", reference.doi),
            ("PMID", reference.pmid),
            ("PMCID", reference.pmcid),
            ("ISSN", reference.serials),
            ("ISBN", reference.serials),
            ("URL", reference.url),
        ):
            texts = " ".join(_strings(self._rest.pop(variable, None)))
            if texts:
                fill(one_line(texts), variable, self._line)

    def _keywords(self) -> None:
        value = self._rest.pop("keyword", None)
        words = [plain(text) for text in _strings(value)]
        if len(words) == 1:
            words = words[0].split(";" if ";" in words[0] else ",")
        self._reference.keywords(words, "keyword", self._line)

    def _note(self) -> None:
        note = "\n".join(_strings(self._rest.pop("note", None)))
        fill = {"pmid": self._reference.pmid, "pmcid": self._reference.pmcid, "doi": self._reference.doi}
        for label, value in _IN_NOTE.findall(note):
            fill[label.lower()](value, "note", self._line)
        note = plain(_IN_NOTE.sub("", note))
        if FIRST_AUTHORS_ONLY in note:
            self._reference.fields["authors_complete"] = False
            note = note.replace(FIRST_AUTHORS_ONLY, "")
        self._reference.leave("note", note, self._line, "a record has no field for it")
