"""BibTeX and BibLaTeX, as reference managers, databases and people write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from evidence_map.imports.bibtex_fields import (
    ARTICLE_NUMBERS,
    BABEL,
    CONTAINERS,
    HOUSEKEEPERS,
    HOUSEKEEPING,
    KEYWORDS,
    PARTS,
    PLACES,
    PUBLISHERS,
    SAID_TYPES,
    SENTENCES,
    SUBTYPES,
    TYPES,
    UNHELD,
    VAGUE,
)
from evidence_map.imports.bibtex_inheritance import inherit
from evidence_map.imports.bibtex_names import bibtex_people
from evidence_map.imports.bibtex_source import BibtexEntry, Value, bibtex_file
from evidence_map.imports.bibtex_titles import protected_names
from evidence_map.imports.csv_columns import type_of
from evidence_map.imports.imported import ImportFormatError, Reading
from evidence_map.imports.incoming import IncomingReference
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.markup import from_latex, one_line, plain, unknown_commands

_NO_FIELD = "a record has no field for it"
_ESCAPED = re.compile(r"\\([_%&#$~{}])|\{(\\?[_%&#$~])\}|\\textasciitilde(?:\{\}| |$)|\$\\sim\$|\\~\{\}")


def read(text: str, source: str) -> Reading:
    """Return the references in a BibTeX file.

    :param source: the name of the file.
    :raises ImportFormatError: if there is no entry in it.
    """
    file = bibtex_file(text)
    if not file.entries and not file.refused:
        raise ImportFormatError(f"{source} holds no BibTeX entry, such as “@article{{key, title = …}}”")
    reading = Reading(refused=list(file.refused))
    inherit(file.entries)
    own: Counter[str] = Counter()
    left_out = LeftOut()
    for entry in file.entries:
        if entry.kind in {"xdata", "set"}:
            continue
        left_out.abstracts += "abstract" in entry.values
        own.update(name for name in entry.values if _is_housekeeping(name))
        _Reader(source, entry, left_out).into(reading)
    reading.remarks += left_out.remarks()
    if own:
        reading.remarks.append(f"Fields of a program's own were left out: {', '.join(sorted(own))}.")
    reading.refused.sort(key=lambda refused: refused.line)
    return reading


def _is_housekeeping(name: str) -> bool:
    return name in HOUSEKEEPING or name.startswith(HOUSEKEEPERS)


def verbatim(text: str) -> str:
    r"""Return an identifier or address without the braces and backslashes put in for LaTeX.

    >>> verbatim(r"https://example.org/a\_b?c=\%20{\&}d")
    'https://example.org/a_b?c=%20&d'
    """
    if "\\" not in text and "{" not in text and "}" not in text:
        return one_line(text)
    text = re.sub(r"^\s*\\(?:url|path|nolinkurl)\s*\{(.*)\}\s*$", r"\1", text, flags=re.DOTALL)
    text = _ESCAPED.sub(lambda match: (match[1] or match[2] or "~").lstrip("\\"), text)
    return one_line(text.replace("{", "").replace("}", ""))


def _apart(text: str) -> list[str]:
    """Return the keywords in *text*: parted by semicolons or else by commas, which braces protect."""
    if re.fullmatch(r"\{[^{}]*;[^{}]*\}", text):
        text = text[1:-1]  # Web of Science puts all its values in two pairs of braces
    for separator in (";", ","):
        parts = [""]
        depth = 0
        for piece in re.split(rf"(?<!\\)([{{}}{separator}])", text):
            depth += (piece == "{") - (piece == "}")
            if piece == separator and depth <= 0:
                parts.append("")
            else:
                parts[-1] += piece
        if len(parts) > 1:
            return parts
    return [text]


class _Reader:
    """Reads one entry, field by field; what nobody asked for is left over at the end."""

    def __init__(self, source: str, entry: BibtexEntry, left_out: LeftOut) -> None:
        self._entry = entry
        self._rest = dict(entry.values)
        self._reference = IncomingReference(left_out, source, entry.line, entry.key)

    def into(self, reading: Reading) -> None:
        """Read the entry and add it to *reading*."""
        kind = self._type()
        self._reference.fields["type"] = kind
        self._title()
        self._people()
        self._date()
        self._container()
        self._number(kind)
        self._publisher(kind)
        self._identifiers()
        self._language()
        self._keywords()
        self._leave_the_rest()
        self._reference.into(reading)

    def _take(self, name: str) -> Value | None:
        """Return a field, which is then read; an abbreviation that nobody defined is left over."""
        value = self._rest.pop(name, None)
        if value and value.undefined:
            reason = f"the abbreviation “{value.undefined}” is not defined in the file"
            self._reference.leave(value.name, value.text, value.line, reason)
            return None
        return value

    def _text(self, value: Value) -> str:
        for command in unknown_commands(value.text):
            self._reference.remark(
                f"{value.name} holds the LaTeX command {command}: look at what it says."
            )
        return plain(from_latex(value.text))

    def _first(self, names: Iterable[str], field: str) -> None:
        """Fill *field* with the first of the fields *names*; the others stay where they are."""
        for name in names:
            if field not in self._reference.fields and (value := self._take(name)):
                self._reference.fill(field, self._text(value), value.name, value.line)

    def _type(self) -> str:
        entry = self._entry
        subtype = self._rest.pop("entrysubtype", None)
        kind = TYPES.get(entry.kind, "document")
        if kind == "article-journal" and subtype:
            return SUBTYPES.get(subtype.text.lower(), kind)
        said = self._rest.get("type")
        own = said.text.strip(" {}").lower().replace(" ", "_") if said else ""
        if own in SAID_TYPES and entry.kind in VAGUE:
            del self._rest["type"]
            return own
        if said and kind == "article-journal" and type_of(said.text.strip(" {}")):
            del self._rest["type"]  # databases repeat there that it is an article
        if entry.kind not in TYPES and entry.kind != "misc":
            self._reference.leave(
                "type of the entry", entry.kind, entry.line, "not a known type of BibTeX"
            )
        return kind

    def _title(self) -> None:
        parts = [value for name in ("title", "subtitle") if (value := self._take(name))]
        texts = [text for text in map(self._text, parts) if text]
        if texts:
            title = texts[0] if len(texts) == 1 else f"{texts[0].rstrip(' :')}: {texts[1]}"
            self._reference.fill("title", title, parts[0].name, parts[0].line)
            names = protected_names(part.text for part in parts)
            self._reference.fill(
                "keep_capitals", [name for name in names if name in title], "title", parts[0].line
            )
        self._first(["origtitle"], "original_title")

    def _people(self) -> None:
        for name, field in (("author", "authors"), ("editor", "editors")):
            if value := self._take(name):
                self._reference.people(field, bibtex_people(value.text), value.name, value.line)

    def _date(self) -> None:
        if value := self._take("date"):
            # biblatex marks doubt with these three signs, and a span with a slash.
            first, _, last = re.sub("[?~%]", "", verbatim(value.text)).partition("/")
            self._reference.date_between(first.strip(), last.strip(" ."), value.name, value.line)
        year, month, day = (self._take(name) for name in ("year", "month", "day"))
        if year is None:
            for value in (month, day):
                if value and "issued" not in self._reference.fields:
                    self._reference.leave(value.name, value.text, value.line, "there is no year")
            return
        texts = [from_latex(value.text) for value in (year, month, day) if value]
        dashed = all(text.isdecimal() for text in texts)
        whole = ("-" if dashed else " ").join(texts)
        self._reference.dates([(whole, year.name, year.line)])

    def _container(self) -> None:
        if (value := self._rest.get("booktitle")) and (more := self._rest.pop("booksubtitle", None)):
            value.text = f"{value.text}: {more.text}"
        self._first(CONTAINERS, "container_title")
        for name, field in (("volume", "volume"), ("edition", "edition")):
            self._first([name], field)
        if value := self._take("pages"):
            self._reference.pages(self._text(value), value.name, value.line)

    def _number(self, kind: str) -> None:
        self._first(ARTICLE_NUMBERS, "number")
        own = kind not in PARTS and "number" not in self._reference.fields
        self._first(["number"], "number" if own else "issue")
        self._first(["issue"], "issue")

    def _publisher(self, kind: str) -> None:
        self._first(PUBLISHERS, "publisher")
        self._first(PLACES, "publisher_place")
        value = self._rest.get("howpublished")
        if value and (address := re.search(r"\\url\s*\{([^{}]*)\}|https?://[^\s{}]+", value.text)):
            self._reference.url(verbatim(address.group(1) or address.group()), value.name, value.line)
            value.text = value.text.replace(address.group(), "").strip(" ,")
        self._first(["howpublished"], "publisher" if kind == "pamphlet" else "container_title")
        if kind == "webpage":
            self._first(["titleaddon"], "container_title")

    def _identifiers(self) -> None:
        reference = self._reference
        for name, fill in (("doi", reference.doi), ("pmid", reference.pmid), ("pmcid", reference.pmcid)):
            if value := self._take(name):
                fill(verbatim(value.text), value.name, value.line)
        self._eprint()
        for name in ("issn", "isbn"):
            if value := self._take(name):
                reference.serials(verbatim(value.text), value.name, value.line)
        if value := self._take("url"):
            reference.url(verbatim(value.text), value.name, value.line)

    def _eprint(self) -> None:
        value = self._take("eprint")
        kind = self._rest.pop("eprinttype", None) or self._rest.pop("archiveprefix", None)
        self._rest.pop("primaryclass", None) or self._rest.pop("eprintclass", None)
        if value is None:
            return
        archive = (kind.text if kind else "").lower()
        if archive in {"pubmed", "pmid"}:
            self._reference.pmid(verbatim(value.text), value.name, value.line)
        elif archive in {"pmc", "pmcid"}:
            self._reference.pmcid(verbatim(value.text), value.name, value.line)
        else:
            where = f"{kind.text}: " if kind else ""
            self._reference.leave(value.name, f"{where}{verbatim(value.text)}", value.line, _NO_FIELD)

    def _language(self) -> None:
        for name in ("langid", "language"):
            if (value := self._rest.pop(name, None)) and "language" not in self._reference.fields:
                named = from_latex(value.text)
                self._reference.language(BABEL.get(named.lower(), named), value.name, value.line)

    def _keywords(self) -> None:
        for name in KEYWORDS:
            if (value := self._rest.pop(name, None)) and "keywords" not in self._reference.fields:
                words = [plain(from_latex(word)) for word in _apart(value.text)]
                self._reference.keywords(words, value.name, value.line)

    def _leave_the_rest(self) -> None:
        if (note := self._rest.get("note")) and re.match(r"(?i)\s*cited by:? *[0-9]", note.text):
            del self._rest["note"]
        for name, value in self._rest.items():
            if name not in SENTENCES and not _is_housekeeping(name):
                reason = _NO_FIELD if name in UNHELD else ""
                self._reference.leave(value.name, from_latex(value.text), value.line, reason)
        for value in self._entry.repeated:
            self._reference.leave(value.name, from_latex(value.text), value.line, "stands there twice")
        for remark in self._entry.remarks:
            self._reference.remark(remark)
        if self._entry.key_repeated:
            self._reference.remark(
                f"The key “{self._entry.key}” stands at another entry of the file too."
            )
