"""The Word document as python-docx reads it."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings

from evidence_map.exports.fields import ExportError
from evidence_map.exports.review_citation import review_citation
from evidence_map.manuscript.characteristics import HEADINGS, characteristics
from evidence_map.manuscript.docx_table import STYLE, as_docx
from evidence_map.manuscript.numbers import number_tables
from evidence_map.manuscript.table import Cited
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, PLAIN, UNPRINTABLE
from tests.manuscript.tables import table


def read(content: bytes) -> WordDocument:
    return Document(io.BytesIO(content))


def rows_of(document: WordDocument, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def test_the_table_has_all_cells_with_title_and_note(lighthouse: Evidence) -> None:
    own = characteristics(lighthouse.exported, lighthouse)
    document = read(as_docx([own], "Tea"))
    headings, *rows = rows_of(document)
    assert headings == [heading.text for heading in HEADINGS]
    assert rows == [[cell.plain for cell in row] for row in own.rows]
    assert [paragraph.text for paragraph in document.paragraphs] == [own.title, own.note]
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert review_citation(lighthouse) in document.paragraphs[1].text


def test_the_page_is_landscape_and_the_headings_repeat(lighthouse: Evidence) -> None:
    document = read(as_docx([characteristics(lighthouse.exported, lighthouse)], "Tea"))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width is not None and section.page_height is not None
    assert section.page_width > section.page_height
    [drawn] = document.tables
    assert drawn.style is not None and drawn.style.name == STYLE
    repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in drawn.rows]
    assert repeated == [True, False, False]
    room = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    assert sum(cell.width or 0 for cell in drawn.rows[1].cells) == pytest.approx(room, rel=0.01)


def test_several_tables_stand_below_each_other(lighthouse: Evidence) -> None:
    own = number_tables(lighthouse)
    document = read(as_docx(own, "Numbers"))
    assert len(document.tables) == len(own)
    assert rows_of(document)[1] == ["Studies that are counted", "2"]


def test_the_same_tables_give_the_same_bytes(lighthouse: Evidence) -> None:
    own = [characteristics(lighthouse.exported, lighthouse)]
    assert as_docx(own, "Tea") == as_docx(own, "Tea")
    with zipfile.ZipFile(io.BytesIO(as_docx(own, "Tea"))) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.testzip() is None


def test_citations_stand_with_their_keys() -> None:
    own = table("BEACON", cited=Cited("lamp2021", "Lamp 2021"))
    assert rows_of(read(as_docx([own], "")))[1][0] == "BEACON: Lamp 2021 [lamp2021]"


@pytest.mark.parametrize("text", [*UNPRINTABLE, "\ufffe"])
def test_what_the_format_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ExportError, match=r"“What” of the table .*U\+"):
        as_docx([table(f"Tea{text}x")], "")


def test_hostile_texts_stay_in_their_cells() -> None:
    assert [row[0] for row in rows_of(read(as_docx([table(*HOSTILE)], "")))[1:]] == HOSTILE


@settings(max_examples=25)
@given(PLAIN.filter(lambda text: not {"\ufffe", "\uffff"} & {*text}))
def test_any_text_reads_back(text: str) -> None:
    assert rows_of(read(as_docx([table(text)], text)))[1] == [text, text]
