"""Tables as a Word document (python-docx): landscape, with headings that repeat on each page.

The same tables give the same bytes: the document's own dates are fixed, and it is packed again with
fixed times. On the way the rows of the tables go in, one by one: as objects of python-docx, thousands
of them take minutes and fill the memory.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Length, Pt

from evidence_map.exports.fields import ExportError
from evidence_map.exports.xml_text import for_xml
from evidence_map.manuscript.table import Heading, Table

STYLE = "Table Grid"
"""The style of the tables: Word's own, which an author can change for all of them."""

_MADE = datetime.datetime(1980, 1, 1)
_PACKED = (1980, 1, 1, 0, 0, 0)
_MARK = "0E71DE4C"
_ROWS = f'<w:tr w:rsidR="{_MARK}"/>'.encode()
"""What stands for the rows of a table; no text can hold it, since in XML its brackets are escaped."""

_LONG_SIDE, _SHORT_SIDE, _MARGIN = Cm(29.7), Cm(21.0), Cm(1.5)


def as_docx(tables: Sequence[Table], title: str) -> bytes:
    """Return the tables as one document on landscape A4.

    :param title: the document's own title, which programs show in its properties.
    :raises ExportError: if a cell holds a control character or one that XML cannot hold, or the clock
        of the machine stands before 1980.
    """
    document = Document()
    _set_page(document, title)
    for number, table in enumerate(tables):
        document.add_heading(for_xml("the table", "title", table.title), level=1 if number == 0 else 2)
        _add(document, table)
        note = document.add_paragraph(for_xml("the table", "note", table.note))
        note.runs[0].font.size = Pt(8)
    return _packed(document, tables)


def _set_page(document: WordDocument, title: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _LONG_SIDE, _SHORT_SIDE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    properties = document.core_properties
    properties.title = for_xml("the document", "title", title)[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _MADE


def _add(document: WordDocument, table: Table) -> None:
    """Add a table without rows, and a mark where they will stand."""
    drawn = document.add_table(rows=0, cols=len(table.headings), style=STYLE)
    drawn.autofit = False
    for column, width in zip(drawn.columns, _widths(table), strict=True):
        column.width = width
    drawn._tbl.append(parse_xml(f'<w:tr {nsdecls("w")} w:rsidR="{_MARK}"/>'))


def _rows(table: Table) -> Iterator[str]:
    """Yield the rows of a table as XML."""
    headings, widths = table.headings, [width.twips for width in _widths(table)]
    yield _row([heading.text for heading in headings], headings, widths, is_heading=True)
    for row in table.rows:
        yield _row([cell.plain for cell in row], headings, widths)


def _widths(table: Table) -> list[Length]:
    room = _LONG_SIDE - 2 * _MARGIN
    return [Length(int(room * heading.share)) for heading in table.headings]


def _row(
    texts: Sequence[str], headings: Sequence[Heading], widths: Sequence[int], *, is_heading: bool = False
) -> str:
    """Return a row that no page parts; one of headings stands again on each page."""
    cells = "".join(
        _cell(for_xml("the table", heading.text, text), width, heading.is_number, is_heading)
        for text, heading, width in zip(texts, headings, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if is_heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, is_number: bool, is_heading: bool) -> str:
    aligned = '<w:jc w:val="right"/>' if is_number else ""
    bold = "<w:b/>" if is_heading else ""
    written = f">{escape(text)}</w:t>" if text else "/>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="0"/>{aligned}</w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="16"/></w:rPr>'
        f'<w:t xml:space="preserve"{written}</w:r></w:p></w:tc>'
    )


def _packed(document: WordDocument, tables: Sequence[Table]) -> bytes:
    written, again = io.BytesIO(), io.BytesIO()
    try:
        document.save(written)
    except ValueError as error:
        # python-docx packs with the time of the clock, and a ZIP file knows none before 1980.
        raise ExportError(
            "no Word document can be made while the clock of this machine stands before 1980; "
            "set the clock and try again"
        ) from error
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            packed = zipfile.ZipInfo(part.filename, _PACKED)
            packed.compress_type = zipfile.ZIP_DEFLATED
            with target.open(packed, "w") as file:
                file.writelines(_with_rows(source.read(part), tables))
    return again.getvalue()


def _with_rows(part: bytes, tables: Sequence[Table]) -> Iterator[bytes]:
    """Yield a part of the document, with the rows of the tables in the place of the marks."""
    before, *others = part.split(_ROWS)
    yield before
    for table, after in zip(tables, others, strict=bool(others)):
        yield from (row.encode("utf-8") for row in _rows(table))
        yield after
