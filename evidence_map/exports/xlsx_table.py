"""The tables of reports and findings as one workbook, for those who work in spreadsheets.

The cells are those of the tables in CSV, but a text is written as a text: no cell is a formula, so
none needs an apostrophe, and numbers are numbers. The same review gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from xlsxwriter.format import Format as CellFormat
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from evidence_map.exports.column_meanings import meanings
from evidence_map.exports.csv_table import (
    Column,
    Row,
    finding_columns,
    findings_of,
    report_columns,
)
from evidence_map.exports.review_citation import review_citation
from evidence_map.exports.xml_text import for_xml
from evidence_map.site.evidence import Evidence, Report

LONGEST = 32_767
"""How many characters a cell holds (*Excel specifications and limits*)."""

_CUT = " … [cut: no cell holds more; the table in CSV has all]"
_CREATED = datetime.datetime(1980, 1, 1)
"""When each workbook says it was made, so that the same data give the same file."""

_A4 = 9
"""The number of the paper size (*XlsxWriter: The Worksheet Class*, ``set_paper``)."""

_WIDTHS = {"title": 50, "authors": 40, "statement": 70, "doi": 26, "url": 26, "container_title": 28}
_LINE, _MOST_LINES = 15, 24
"""The height of a line in points, and how many lines a row shows at most: 409 points is the limit."""

_BLOCK = 16
"""Rows of a block name the same columns that they may have, as Excel writes them."""

_WIDTH, _CODED_WIDTH, _NUMBER_WIDTH = 16, 26, 10


class _Rows(Worksheet):  # type: ignore[misc]  # it has no types
    """A sheet whose rows are written as text below the line of headings.

    XlsxWriter makes an object and a list of attributes for each cell, which takes longer than all other
    exports together. Texts stand in its table of strings, so no text of a record goes in here.
    """

    def __init__(self) -> None:
        super().__init__()
        self._cell_style = 0
        self._letters: list[str] = []
        self._rows: list[tuple[str, str, int]] = []

    def headings(self, names: Iterable[str], heading: CellFormat, below: CellFormat) -> None:
        """Write the line of headings. The cells below it have the format *below*."""
        heading._get_xf_index()
        for at, name in enumerate(names):
            self.write_string(0, at, name, heading)
            self._letters.append(xl_col_to_name(at))
        self._cell_style = below._get_xf_index()

    def add(self, cells: Sequence[str], lines: int) -> None:
        """Add a row that shows so many *lines*.

        :param cells: what :meth:`number` or :meth:`text` returned; nothing where there is no cell.
        """
        self.dim_rowmax = len(self._rows) + 1
        number, style = self.dim_rowmax + 1, self._cell_style
        written = [
            f'<c r="{letters}{number}" s="{style}"{cell}</c>'
            for letters, cell in zip(self._letters, cells, strict=True)
            if cell
        ]
        shown = min(lines, _MOST_LINES)
        height = f' ht="{_LINE * shown}" customHeight="1"' if shown > 1 else ""
        last = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
        self._rows.append((height, "".join(written), last))

    @staticmethod
    def number(number: int) -> str:
        """Return what a cell with a number holds."""
        return f"><v>{number:.16G}</v>"

    def text(self, text: str) -> str:
        """Return what each cell with *text* holds. How many there are, is told to :meth:`again`."""
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take it for XML of its own.
            text = "".join(
                f'<r><t xml:space="preserve">{escape(part)}</t></r>' for part in (text[:2], text[2:])
            )
        return f' t="s"><v>{self.str_table._get_shared_string_index(text)}</v>'

    def again(self, number: int) -> None:
        """Count so many cells more that hold a text which another cell holds, too."""
        self.str_table.count += number

    def _write_rows(self) -> None:
        self.dim_rowmax = 0
        super()._write_rows()
        columns = self.dim_colmax + 1
        for number, (height, cells, _) in enumerate(self._rows, 2):
            block, begins = divmod(number - 1, _BLOCK)
            if block and not begins:
                columns = max(last for *_, last in self._rows[number - 2 : number - 2 + _BLOCK])
            self.fh.write(f'<row r="{number}" spans="1:{columns}"{height}>{cells}</row>')


class _Cells:
    """What the cells of a sheet hold. The same labels stand in many cells and are looked at once."""

    def __init__(self, sheet: _Rows) -> None:
        self._sheet = sheet
        self._texts: dict[str, tuple[str, int]] = {"": ("", 0)}

    def row(self, key: str, columns: Sequence[Column[Row]], row: Row) -> tuple[list[str], list[int]]:
        """Return what the cells of a row hold, and how long their texts are.

        :param key: what the row is about, for messages.
        :raises ExportError: if a value holds what XML cannot, a line break or a control character.
        """
        cells, lengths, repeated = [], [], 0
        for column in columns:
            text = column.cell(row)
            known = self._texts.get(text)
            if known is None or column.is_number:
                cell, length = self._looked_at(key, column, text)
            else:
                cell, length = known
                repeated += text != ""
            cells.append(cell)
            lengths.append(length)
        self._sheet.again(repeated)
        return cells, lengths

    def _looked_at(self, key: str, column: Column[Row], text: str) -> tuple[str, int]:
        for_xml(key, column.name, text)
        if column.is_number:
            if text.isascii() and text.isdecimal():
                return self._sheet.number(int(text)), len(text)
            return self._sheet.text(_short(text)) if text else "", len(text)
        self._texts[text] = known = self._sheet.text(_short(text)), len(text)
        return known


class _Sheets:
    """A workbook being written, with its few formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.plain: CellFormat = book.add_format({"text_wrap": True, "valign": "top"})
        self.heading: CellFormat = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E6ECEF"}
        )

    def table(
        self, name: str, columns: Sequence[Column[Row]], rows: Iterable[tuple[str, Row]]
    ) -> Worksheet:
        """Write a sheet with a line of headings that stays in sight and can filter."""
        sheet: _Rows = self.book.add_worksheet(name, _Rows)
        widths = [_width(column) for column in columns]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.headings([column.name for column in columns], self.heading, self.plain)
        cells = _Cells(sheet)
        for key, row in rows:
            written, lengths = cells.row(key, columns, row)
            sheet.add(written, max(map(_lines, lengths, widths)))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, sheet.dim_rowmax, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        return sheet

    def _text(self, sheet: Worksheet, row: int, at: int, text: str) -> None:
        """Write a text. In two parts, if XlsxWriter would take it for XML of its own."""
        if text.startswith("<r>") and text.endswith("</r>"):
            sheet.write_rich_string(row, at, text[:2], self.plain, text[2:], self.plain)
        else:
            sheet.write_string(row, at, text, self.plain)

    def pairs(self, name: str, rows: Iterable[tuple[str, str]]) -> None:
        """Write a sheet of two columns: what is told, and what there is to tell."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 100)
        for row, (label, text) in enumerate(rows):
            sheet.write_string(row, 0, label, self.heading)
            self._text(sheet, row, 1, _short(for_xml("the review", label, text)))
            sheet.set_row(row, _height([_lines(len(label), 28), _lines(len(text), 100)]))


def _width(column: Column[Row]) -> int:
    if column.is_number:
        return _NUMBER_WIDTH
    return _WIDTHS.get(column.name, _CODED_WIDTH if column.is_coded else _WIDTH)


def _lines(length: int, width: int) -> int:
    """Return about how many lines a text of so many characters takes in a column of *width*.

    Words that do not fit leave some room at the ends of lines.
    """
    return math.ceil(length / (0.85 * width)) if length > width else 1


def _height(lines: Iterable[int]) -> int:
    """Return the height in points of a row whose cells take so many lines.

    Not every program fits rows to wrapped text when it opens a file.
    """
    return _LINE * min(max(lines), _MOST_LINES)


def _short(text: str) -> str:
    """Return what a cell can hold; where something is cut off, the cell says so."""
    if len(text) * 2 <= LONGEST:
        return text
    return text if len(text.encode("utf-16-le")) <= 2 * LONGEST else _cut(text)


def _cut(text: str) -> str:
    room = 2 * (LONGEST - len(_CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT


def _about(evidence: Evidence) -> Iterable[tuple[str, str]]:
    meta = evidence.meta
    yield "Review", meta["title"]
    yield "How to cite", review_citation(evidence)
    yield "Licence", meta["licence"]
    yield "Version of the data", meta["version"]
    yield "Latest date in the data", meta["data_date"] or "not known"
    yield "Status", " ".join(meta["status"].split())
    yield "Where", meta.get("address") or "not told"
    for sheet, told in (
        ("Reports", meanings(report_columns(evidence))),
        ("Findings", meanings(finding_columns(evidence))),
    ):
        yield from ((f"{sheet}: {name}", meaning) for name, meaning in told.items())


def as_xlsx(reports: Sequence[Report], evidence: Evidence) -> bytes:
    """Return the reports, their findings, and a sheet about both as one workbook.

    :param evidence: the database that the reports come from; it knows the dimensions.
    :raises ExportError: if a value holds what XML cannot, a line break or a control character.
    """
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties(
        {
            "title": for_xml("the review", "title", evidence.meta["title"]),
            "comments": for_xml("the review", "citation", review_citation(evidence)),
            "created": _CREATED,
        }
    )
    sheets = _Sheets(book)
    sheets.table("Reports", report_columns(evidence), ((report.key, report) for report in reports))
    found = ((told[1].id, told) for told in findings_of(reports))
    sheets.table("Findings", finding_columns(evidence), found)
    sheets.pairs("About", _about(evidence))
    book.close()
    return file.getvalue()
