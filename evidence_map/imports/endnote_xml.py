"""EndNote XML, which EndNote, Zotero and Mendeley write.

Sources: the files that EndNote writes, and the elements that Zotero's translator *EndNote XML* knows.
Texts stand in elements ``style``, one for each change of the font; bodies end in a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from evidence_map.exports.fields import FIRST_AUTHORS_ONLY
from evidence_map.imports.imported import ImportFormatError, Reading
from evidence_map.imports.incoming import IncomingReference
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.markup import plain
from evidence_map.imports.names import People, own_people, people, person
from evidence_map.imports.own_exports import is_literal
from evidence_map.imports.reference_types import SERIALS, csl_type
from evidence_map.imports.xml_source import line_of, marked_up, xml_records

Element = etree._Element

_NUMBERS = {
    0: "article-journal",
    1: "book",
    2: "thesis",
    3: "paper-conference",
    5: "chapter",
    6: "book",
    7: "legal_case",
    9: "software",
    10: "paper-conference",
    12: "webpage",
    17: "article-journal",
    19: "article-magazine",
    21: "motion_picture",
    23: "article-newspaper",
    27: "report",
    28: "book",
    32: "thesis",
    34: "article",
    43: "article-journal",
    44: "book",
    47: "paper-conference",
}
"""CSL types by EndNote's numbers, for files whose ``ref-type`` has no name."""

_NUMBERED = {"report", "standard"}

_HOUSEKEEPING_WORDS = """
abstract access-date auth-address auth-affiliaton caption database foreign-keys image label
modified-date rec-number ref-type remote-database-name remote-database-provider reprint-edition
short-title source-app styles titles/short-title urls/pdf-urls urls/text-urls urls/image-urls
database periodical/abbr-1 periodical/abbr-2 periodical/abbr-3 alt-periodical/abbr-1
custom-properties titles/alt-title alt-periodical/full-title urls/web-urls reprint-status
"""
_HOUSEKEEPING = frozenset(_HOUSEKEEPING_WORDS.split())
"""Elements that EndNote keeps for itself, or that say again what others say."""

_PUBMED = re.compile(r"(?i)pubmed|medline|\bnlm\b|national library of medicine|ncbi")
_IN_NOTES = re.compile(
    r"(?:^|(?<=[.;]\s))(PMCID|PMID|DOI|ISSN|ISBN|Number|Original title): (.+?)(?:\.(?=\s|$)|$)"
)


def read(text: str, source: str) -> Reading:
    """Return the references in a file of EndNote's XML.

    :param source: the name of the file.
    :raises ImportFormatError: if it is not sound XML, or holds no record of EndNote's.
    """
    reading = Reading()
    left_out = LeftOut()
    for record in xml_records(text, source, ("record",), reading):
        left_out.abstracts += bool(marked_up(record.find("abstract")))
        _Reader(source, record, left_out).into(reading)
    if not reading.references and not reading.refused:
        raise ImportFormatError(
            f"{source} holds no “record”; in EndNote, choose File, Export, and the type XML"
        )
    reading.remarks += left_out.remarks()
    return reading


def _leaves(record: Element) -> Iterator[tuple[str, Element]]:
    """Yield the elements that hold text, each with its path below *record*."""
    for child in record:
        inner = [grandchild for grandchild in child if grandchild.tag != "style"]
        if not inner:
            yield str(child.tag), child
            continue
        for grandchild in inner:
            deeper = [below for below in grandchild if below.tag != "style"]
            path = f"{child.tag}/{grandchild.tag}"
            yield from ((path, below) for below in deeper) if deeper else [(path, grandchild)]


class _Reader:
    """Reads one record, path by path; what nobody asked for is left over at the end."""

    def __init__(self, source: str, record: Element, left_out: LeftOut) -> None:
        self._found: dict[str, list[Element]] = {}
        for path, element in _leaves(record):
            self._found.setdefault(path, []).append(element)
        label = self._shown("label")
        key = label if re.fullmatch(r"[A-Za-z][\w:.-]{0,63}", label) else self._shown("rec-number")
        self._reference = IncomingReference(left_out, source, line_of(record), key)
        self._record = record

    def into(self, reading: Reading) -> None:
        """Read the record and add it to *reading*."""
        kind = self._type()
        self._titles()
        self._people("authors", "contributors/authors")
        self._people("editors", "contributors/secondary-authors")
        self._dates()
        self._place(kind)
        self._numbers(kind)
        self._identifiers(kind)
        self._notes()
        self._leave_the_rest()
        self._reference.into(reading)

    def _take(self, path: str) -> list[tuple[str, int]]:
        """Return the texts at *path* with their lines; they are then read."""
        texts = [(marked_up(element), line_of(element)) for element in self._found.pop(path, [])]
        return [(text, line) for text, line in texts if text]

    def _shown(self, path: str) -> str:
        return next((text for text in map(marked_up, self._found.get(path, [])) if text), "")

    def _fill(self, field: str, *paths: str) -> None:
        """Fill *field* from the first of *paths* that has a text; others that differ are left over."""
        for path in paths:
            for text, line in self._take(path):
                self._reference.fill(field, text, path, line)

    def _type(self) -> str:
        element = next(iter(self._found.get("ref-type", [])), None)
        name = element.get("name", "") if element is not None else ""
        number = marked_up(element)
        kind = csl_type(name) or (
            _NUMBERS.get(int(number)) if re.fullmatch("[0-9]{1,3}", number) else None
        )
        if kind is None and (name or number):
            self._reference.leave(
                "ref-type", name or number, self._reference.imported.line, "not a known type"
            )
        if name or number:
            self._reference.fields["type"] = kind or "document"
        return kind or ""

    def _titles(self) -> None:
        self._fill("title", "titles/title")
        self._fill("container_title", "titles/secondary-title", "periodical/full-title")
        if "container_title" not in self._reference.fields:
            self._fill("container_title", "periodical/abbr-1")

    def _people(self, field: str, path: str) -> None:
        taken = self._take(path)
        if is_literal():
            found = own_people((text for text, _ in taken), marks_bodies=True)
        else:
            found = self._found_people(text for text, _ in taken)
        if found.names or found.nobody:
            self._reference.people(field, found, path, taken[0][1])

    def _found_people(self, texts: Iterable[str]) -> People:
        found = People()
        for text in texts:
            one = People([parts]) if (parts := self._body(text)) else people([text])
            found.names += one.names
            found.nobody += one.nobody
            found.remarks += one.remarks
            found.complete = found.complete and one.complete
        return found

    def _body(self, text: str) -> dict[str, str] | None:
        """Return the name of a body, which ends in a comma or has its first comma doubled."""
        return person(text) if text.endswith(",") or ",," in text else None

    def _dates(self) -> None:
        years, days = self._take("dates/year"), self._take("dates/pub-dates")
        for year, line in years[:1] or [("", 0)]:
            day, at = days[0] if days else ("", line)
            self._reference.dates([(year, "dates/year", line)], [(day, "dates/pub-dates", at)])

    def _place(self, kind: str) -> None:
        for field, path in (
            ("volume", "volume"),
            ("edition", "edition"),
            ("publisher", "publisher"),
            ("publisher_place", "pub-location"),
        ):
            self._fill(field, path)
        self._fill("issue", "number", "issue")
        for text, line in self._take("pages"):
            self._reference.pages(text, "pages", line)
        for text, line in self._take("language"):
            self._reference.language(text, "language", line)
        keywords = self._found.pop("keywords/keyword", []) + self._found.pop("keywords", [])
        texts = ["".join(map(str, keyword.itertext())) for keyword in keywords]
        words = [plain(word) for text in texts for word in re.split("[;\r\n]", text)]
        if keywords:
            self._reference.keywords(words, "keywords", line_of(keywords[0]))

    def _numbers(self, kind: str) -> None:
        """Fill the number of a report or an article, which EndNote keeps where its type has a place."""
        if kind in SERIALS:
            self._fill("number", "custom7")
        elif kind in _NUMBERED:
            self._fill("number", "report-id")
        else:
            self._fill("number", "custom1")
        for text, line in self._take("isbn"):
            self._reference.serials(text, "isbn", line, or_number=kind in _NUMBERED)

    def _identifiers(self, kind: str) -> None:
        for text, line in self._take("electronic-resource-num"):
            self._reference.doi(text, "electronic-resource-num", line)
        database = self._shown("remote-database-name") + self._shown("remote-database-provider")
        for text, line in self._take("accession-num"):
            if re.fullmatch("[1-9][0-9]{0,7}", text) and (not database or _PUBMED.search(database)):
                self._reference.pmid(text, "accession-num", line)
            else:
                self._reference.leave("accession-num", text, line, "a number in a database")
        if kind in SERIALS:
            for text, line in self._take("custom2"):
                self._reference.pmcid(text, "custom2", line)
        for path in ("urls/related-urls", "urls/web-urls"):
            for text, line in self._take(path):
                for word in text.split():
                    self._reference.url(word, path, line)

    def _notes(self) -> None:
        reference = self._reference
        for text, line in self._take("notes"):
            for label, value in _IN_NOTES.findall(text):
                match label:
                    case "PMCID":
                        reference.pmcid(value, "notes", line)
                    case "PMID":
                        reference.pmid(value, "notes", line)
                    case "DOI":
                        reference.doi(value, "notes", line)
                    case "ISSN" | "ISBN":
                        reference.serials(value, "notes", line)
                    case "Number":
                        reference.fill("number", value, "notes", line)
                    case "Original title":
                        reference.fill("original_title", value, "notes", line)
            rest = _IN_NOTES.sub("", text)
            if FIRST_AUTHORS_ONLY in rest:
                reference.fields["authors_complete"] = False
                rest = rest.replace(FIRST_AUTHORS_ONLY, "")
            reference.leave("notes", rest.strip(" ."), line, "a record has no field for it")

    def _leave_the_rest(self) -> None:
        for path in list(self._found):
            if path not in _HOUSEKEEPING:
                taken = self._take(path)
                if taken:
                    self._reference.leave(path, "; ".join(text for text, _ in taken), taken[0][1])
