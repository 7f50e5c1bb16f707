"""Tables with named columns: from Scopus, Web of Science, PubMed, Zotero, Rayyan, Covidence, or our own.

Sources: RFC 4180 for quotation marks; the headings are those of the exports of these programs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import get_args

from evidence_map.imports.csv_columns import columns_by_field, is_idle, is_ours, normal, type_of
from evidence_map.imports.imported import ImportFormatError, Reading, Refused
from evidence_map.imports.incoming import IncomingReference
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.markup import one_line, plain
from evidence_map.imports.names import People, own_people, people
from evidence_map.imports.pubmed_xml import title_in_english
from evidence_map.model.absence import absence_of
from evidence_map.model.reference import CslType

_SEPARATORS = (",", ";", "\t", "|")
_HEAD_WITHIN = 20
"""Lines among which the headings must stand."""

_LONGEST_CELL = 131_072
"""Characters; a quotation mark that is never closed would swallow the rest of the file."""

_DEFUSED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_AUTHOR_NUMBER = re.compile(r"\s*\([0-9]{5,}\)")
_INITIALS_LAST = re.compile(r"[^\W\d_][^\d,;]*\s(?:[^\W\d_a-z]\.?[ -]?){1,4}")
_CSL_TYPES = frozenset(get_args(CslType))


@dataclass(frozen=True)
class Table:
    """A table: its headings, and how to read the rows below them.

    :ivar fields: for each field the positions of its columns.
    :ivar start: the line behind the headings, from 0.
    """

    headings: list[str]
    fields: dict[str, list[int]]
    separator: str
    quoting: int
    start: int

    def is_idle(self, heading: str) -> bool:
        """Whether a column tells nothing that a record holds."""
        return is_idle(heading, has_container="container_title" in self.fields)


def table_in(text: str) -> Table | None:
    """Return the table in *text*, or None if none of its first lines is one of known headings.

    The separator is the one with which most headings are known.
    """
    best: Table | None = None
    for separator in _SEPARATORS:
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            table = _table(text, separator, quoting)
            if table and (best is None or len(table.fields) > len(best.fields)):
                best = table
    if best and best.separator == "\t" and {"PT", "TI", "SO"} <= set(best.headings):
        # Web of Science puts no quotation marks around cells that begin with one.
        return Table(best.headings, best.fields, "\t", csv.QUOTE_NONE, best.start)
    return best


def _table(text: str, separator: str, quoting: int) -> Table | None:
    head = io.StringIO(text[:100_000].removeprefix("\ufeff"), newline="")
    rows = csv.reader(head, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    try:
        for row in rows:
            fields = columns_by_field(row)
            if "title" in fields and len(fields) > 1:
                return Table([cell.strip() for cell in row], fields, separator, quoting, rows.line_num)
            if rows.line_num >= _HEAD_WITHIN:
                break
    except csv.Error:
        return None
    return None


def read(text: str, source: str) -> Reading:
    """Return the references in a table.

    :param source: the name of the file.
    :raises ImportFormatError: if no column has the titles; it lists the columns that there are.
    """
    table = table_in(text)
    if table is None:
        raise ImportFormatError(_without_titles(text, source))
    reading = Reading()
    if table.start > 1 and (above := _lines(text, table.start)[:-1]):
        reading.remarks.append(
            f"What stands above the headings was passed over: “{plain(above[0])[:80]}”."
        )
    _tell_idle(table, reading)
    left_out = LeftOut()
    with _limited_cells():
        for line, cells in _rows(text, table, reading):
            row = _Row(table, cells, source, line, left_out)
            left_out.abstracts += bool(row.seen("abstract"))
            row.into(reading)
    reading.remarks += left_out.remarks()
    return reading


@contextmanager
def _limited_cells() -> Iterator[None]:
    """Let no cell be longer than any text in one, whatever other parts of the program have set."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _without_titles(text: str, source: str) -> str:
    first = next(iter(_lines(text, 1)), "")
    separator = max(_SEPARATORS, key=first.count)
    names = [name.strip(' "\ufeff') for name in first.split(separator)][:12]
    shown = ", ".join(f"“{plain(name)[:40]}”" for name in names if name.strip())
    return (
        f"{source} has no column with the titles: found {shown or 'no heading'}; the first line must "
        "name the columns, one of them “Title” and another “Authors”, “Year” or “DOI”"
    )


def _lines(text: str, count: int) -> list[str]:
    return text.split("\n", count)[:count]


def _tell_idle(table: Table, reading: Reading) -> None:
    used = {position for positions in table.fields.values() for position in positions}
    rest = [heading for position, heading in enumerate(table.headings) if position not in used]
    if is_ours(table.headings):
        reading.remarks.append(
            "Of the table of a review, only the columns about publications were read."
        )
    elif idle := [heading for heading in rest if table.is_idle(heading)]:
        reading.remarks.append(f"Columns of the database's own were left out: {', '.join(idle)}.")


def _rows(text: str, table: Table, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the headings, each with the line on which it begins."""
    rows = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""),
        delimiter=table.separator,
        quoting=table.quoting,  # type: ignore[arg-type]
    )
    end = text.count("\n") + 1
    line = 1
    try:
        for cells in rows:
            begin, line = line, rows.line_num + 1
            if begin <= table.start or not any(cell.strip() for cell in cells):
                continue
            if line - begin > 1 and line >= end and _is_open(text, begin, table):
                reason = f"a quotation mark is not closed, so that it goes on for {line - begin} lines"
                reading.refused.append(Refused(begin, reason))
                continue
            yield begin, cells
    except csv.Error as error:
        limit = f"a cell has more than {csv.field_size_limit():,} characters"
        why = limit if "field limit" in str(error) else str(error)
        reading.refused.append(Refused(line, f"the table cannot be read from here on: {why}"))


def _is_open(text: str, begin: int, table: Table) -> bool:
    """Whether the row on the line *begin* ends with the file and not with its quotation mark."""
    last = "\n".join(text.split("\n")[begin - 1 :])
    try:
        for _ in csv.reader(io.StringIO(last, newline=""), delimiter=table.separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


class _Row:
    """Reads one row, field by field."""

    def __init__(
        self, table: Table, cells: list[str], source: str, line: int, left_out: LeftOut
    ) -> None:
        self._table = table
        self._cells = [_armed(cell) for cell in cells]
        self._ours = is_ours(table.headings)
        self._is_pubmed = "Journal/Book" in table.headings
        key = ""
        if self._ours:
            key = self._cell([normal(heading) for heading in table.headings].index("key"))
        self._reference = IncomingReference(left_out, source, line, key)
        self._line = line

    def _cell(self, position: int) -> str:
        read = one_line if self._ours else plain
        text = read(self._cells[position]) if position < len(self._cells) else ""
        return "" if absence_of(text) else text

    def _named(self, field: str) -> Iterator[tuple[str, str]]:
        """Yield the heading and the text of each column of *field* that has one."""
        for position in self._table.fields.get(field, []):
            if text := self._cell(position):
                yield self._table.headings[position], text

    def seen(self, field: str) -> str:
        """Return the first text of *field*."""
        return next((text for _, text in self._named(field)), "")

    def into(self, reading: Reading) -> None:
        """Read the row and add it to *reading*."""
        self._type()
        for heading, text in list(self._named("title"))[:1]:
            title = title_in_english(text)[0] if self._is_pubmed else text
            self._reference.fill("title", title, heading, self._line)
        for field in ("original_title", "container_title", "volume", "issue"):
            self._fill(field)
        for field in ("authors", "editors"):
            self._people(field)
        self._date()
        self._pages()
        for field in ("number", "edition", "publisher", "publisher_place"):
            self._fill(field)
        self._identifiers()
        for heading, text in self._named("language"):
            self._reference.language(text, heading, self._line)
        for heading, text in list(self._named("keywords"))[:1]:
            self._reference.keywords(
                text.split(";" if ";" in text or self._ours else ","), heading, self._line
            )
        self._leave_the_rest()
        self._reference.into(reading)

    def _fill(self, field: str) -> None:
        for heading, text in self._named(field):
            self._reference.fill(field, text, heading, self._line)

    def _type(self) -> None:
        for heading, text in self._named("type"):
            if kind := text if text in _CSL_TYPES else type_of(text):
                self._reference.fields.setdefault("type", kind)
            else:
                self._reference.leave(heading, text, self._line, "not a known type of publication")

    def _people(self, field: str) -> None:
        for heading, text in list(self._named(field))[:1]:
            self._reference.people(field, self._names(text), heading, self._line)

    def _names(self, text: str) -> People:
        if self._ours:
            return _own_names(text)
        text = _AUTHOR_NUMBER.sub("", text).rstrip()
        pieces = [piece.strip() for piece in text.rstrip(".").split(",")]
        if ";" not in text and len(text) < 50_000 and all(map(_INITIALS_LAST.fullmatch, pieces)):
            return people(pieces)
        return people([text])

    def _date(self) -> None:
        year = next(self._named("year"), ("year", ""))
        day = next(self._named("date"), ("", ""))
        month = next(self._named("month"), ("", ""))
        if not day[1] and month[1]:
            day_in_month = self.seen("day")
            numbers = month[1].isdecimal()
            parts = [year[1], month[1], day_in_month] if numbers else [month[1], day_in_month]
            day = (month[0], ("-" if numbers else " ").join(part for part in parts if part))
        if year[1] or day[1]:
            self._reference.dates([(year[1], year[0], self._line)], [(day[1], day[0], self._line)])

    def _pages(self) -> None:
        first, last = self.seen("first page"), self.seen("last page")
        pages = f"{first}-{last}" if first and last and first != last else first or last
        heading = next(self._named("page"), ("first page", ""))[0]
        page = self.seen("page") or pages
        self._reference.pages(page, heading, self._line)

    def _identifiers(self) -> None:
        reference = self._reference
        for field, fill in (
            ("doi", reference.doi),
            ("pmid", reference.pmid),
            ("pmcid", reference.pmcid),
            ("issn", reference.serials),
            ("isbn", reference.serials),
            ("url", reference.url),
        ):
            for heading, text in self._named(field):
                fill(text, heading, self._line)

    def _leave_the_rest(self) -> None:
        used = {position for places in self._table.fields.values() for position in places}
        for position in range(len(self._cells)):
            if position >= len(self._table.headings):
                self._reference.leave("cell without a heading", self._cell(position), self._line)
            elif position not in used and not self._ours:
                heading = self._table.headings[position]
                if not self._table.is_idle(heading):
                    self._reference.leave(
                        heading or f"column {position + 1}", self._cell(position), self._line
                    )


def _armed(cell: str) -> str:
    """Return a cell without the apostrophe that kept a spreadsheet from taking it for a formula."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def _own_names(text: str) -> People:
    """Return the names in a cell that this program wrote; those without a comma are bodies."""
    names = text.split("; ")
    found = own_people((name for name in names if name != "et al."), marks_bodies=False)
    found.complete = "et al." not in names
    return found
