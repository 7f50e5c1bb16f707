"""Bytes as text: encodings that are met, and files that are no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports.decoding import decoded
from evidence_map.imports.imported import ImportFormatError

TEXT = "TY  - JOUR\nTI  - Thé 茶\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_unicode_with_every_mark_and_line_end(data: bytes) -> None:
    assert decoded(data, "tea.ris") == (TEXT, [])


def test_another_encoding_is_read_and_told_with_its_line() -> None:
    text, [remark] = decoded("Tea\r\nThé\r\n“cats”\n".encode("cp1252"), "tea.ris")
    assert text == "Tea\nThé\n“cats”\n"
    assert remark.startswith("Line 2 and 1 more of the file are not UTF-8 and were read as Windows-1252")
    assert "“é”" in remark


def test_lines_of_two_encodings_in_one_file() -> None:
    text, [remark] = decoded("茶\nThé ".encode() + "é\n".encode("latin-1"), "tea.ris")
    assert text == "茶\nThÃ© é\n"
    assert remark.startswith("Line 2 of the file is not UTF-8 and was read")


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"%PDF-1.7 tea", "a.pdf", "a.pdf is a PDF, not text: export the references as RIS"),
        (b"PK\x03\x04", "a.docx", "a.docx is a Word document, not text: export"),
        (b"PK\x03\x04", "a.xlsx", "a.xlsx is an Excel workbook, not text: save the table as CSV"),
        (b"PK\x03\x04", "a.zip", "a.zip is a ZIP archive, not text: unpack it"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "an old Word or Excel"),
        (b"{\\rtf1 tea}", "a.rtf", "save it as plain text"),
        (b"\x1f\x8b\x08", "a.ris.gz", "a compressed file, not text: unpack it"),
        (
            b"anything",
            "My.enl",
            "My.enl is an EndNote library, which only EndNote reads: in EndNote, export",
        ),
        (b"SQLite format 3\x00", "zotero.sqlite", "a database, not text"),
        (b"TY  - JOUR\x00", "a.ris", "holds NUL bytes"),
        ("TY  - JOUR".encode("utf-16-le"), "a.ris", "holds NUL bytes"),
        (codecs.BOM_UTF16_LE + b"abc", "a.ris", "begins with the mark of UTF-16, but is damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, name: str, told: str) -> None:
    with pytest.raises(ImportFormatError) as caught:
        decoded(data, name)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, remarks = decoded(data, "a.ris")
    except ImportFormatError:
        return
    assert "\r" not in text and "\x00" not in text
    assert len(remarks) <= 1


@given(st.binary().filter(lambda data: b"\x00" not in data))
def test_lines_are_those_of_the_file(data: bytes) -> None:
    beginning = b"Tea\n"
    text, _ = decoded(beginning + data, "a.ris")
    lines = (beginning + data).replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
    assert text.count("\n") == lines
