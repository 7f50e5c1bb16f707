"""Tables as a Word document (python-docx): landscape, with headings that repeat on each page.

The same tables give the same bytes: the document's own dates are fixed, and it is packed again with
fixed times.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt

from evidence_map.exports.xml_text import for_xml
from evidence_map.manuscript.table import Table

STYLE = "Table Grid"
"""The style of the tables: Word's own, which an author can change for all of them."""

_MADE = datetime.datetime(1980, 1, 1)
_PACKED = (1980, 1, 1, 0, 0, 0)
_LONG_SIDE, _SHORT_SIDE, _MARGIN = Cm(29.7), Cm(21.0), Cm(1.5)


def as_docx(tables: Sequence[Table], title: str) -> bytes:
    """Return the tables as one document on landscape A4.

    :param title: the document's own title, which programs show in its properties.
    :raises ExportError: if a cell holds a control character or one that XML cannot hold.
    """
    document = Document()
    _set_page(document, title)
    for number, table in enumerate(tables):
        document.add_heading(for_xml("the table", "title", table.title), level=1 if number == 0 else 2)
        _add(document, table)
        note = document.add_paragraph(for_xml("the table", "note", table.note))
        note.runs[0].font.size = Pt(8)
    return _packed(document)


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
    """Add a table. Its rows are written as XML: python-docx takes minutes for thousands of them."""
    drawn = document.add_table(rows=0, cols=len(table.headings), style=STYLE)
    drawn.autofit = False
    for column, width in zip(drawn.columns, _widths(table), strict=True):
        column.width = width
    top = [heading.text for heading in table.headings]
    drawn._tbl.append(_row(top, table, is_heading=True))
    for row in table.rows:
        drawn._tbl.append(_row([cell.plain for cell in row], table))


def _widths(table: Table) -> list[Length]:
    room = _LONG_SIDE - 2 * _MARGIN
    return [Length(int(room * heading.share)) for heading in table.headings]


def _row(texts: Sequence[str], table: Table, *, is_heading: bool = False) -> BaseOxmlElement:
    """Return a row that no page parts; one of headings stands again on each page."""
    cells = "".join(
        _cell(for_xml("the table", heading.text, text), width.twips, heading.is_number, is_heading)
        for text, heading, width in zip(texts, table.headings, _widths(table), strict=True)
    )
    repeated = "<w:tblHeader/>" if is_heading else ""
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>")


def _cell(text: str, width: int, is_number: bool, is_heading: bool) -> str:
    aligned = '<w:jc w:val="right"/>' if is_number else ""
    bold = "<w:b/>" if is_heading else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="0"/>{aligned}</w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="16"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )


def _packed(document: WordDocument) -> bytes:
    written, again = io.BytesIO(), io.BytesIO()
    document.save(written)
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            target.writestr(
                zipfile.ZipInfo(part.filename, _PACKED), source.read(part), zipfile.ZIP_DEFLATED
            )
    return again.getvalue()
