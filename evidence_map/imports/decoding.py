"""A file's bytes as text: in which encoding they are, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from evidence_map.imports.imported import ImportFormatError
from evidence_map.text_source import plain_line_ends

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The marks at the beginning of a file; that of UTF-32 begins with that of UTF-16."""

_EXPORT = "export the references as RIS and import that file"
_UNPACK = "unpack it and import the files in it"
_SPREADSHEET = "save the table as CSV in UTF-8 and import that file"
_LIBRARIES = {".enl": "EndNote library", ".enlp": "EndNote library", ".enlx": "EndNote library"}
_PACKED = {".docx": "Word document", ".odt": "text document", ".xlsx": "Excel workbook", ".ods": "table"}
_BINARY = (
    (b"%PDF-", "PDF", _EXPORT),
    (b"SQLite format 3\x00", "database", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "document of an old Word or Excel", _EXPORT),
    (b"{\\rtf", "Word document (RTF)", "save it as plain text in UTF-8, or " + _EXPORT),
    (b"\x1f\x8b", "compressed file", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "compressed file", _UNPACK),
    (b"Rar!", "compressed file", _UNPACK),
    (b"\x89PNG", "picture", _EXPORT),
    (b"\xff\xd8\xff", "picture", _EXPORT),
)
"""How other files begin, what they are, and what to do instead."""


def decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text of a file with plain line ends, and remarks about its encoding.

    A file without a mark is UTF-8 or, line by line where it is not, Windows-1252: exports of several
    databases joined in one file have both.

    :param name: the name of the file, for messages and by its ending.
    :raises ImportFormatError: if it is not text: a PDF, a library, an archive, or with NUL in it.
    """
    _refuse_what_is_no_text(data, name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    _refuse_nul(data, b"\x00", name)
    try:
        return plain_line_ends(data.decode("utf-8")), []
    except UnicodeDecodeError:
        return _line_by_line(data)


def _refuse_what_is_no_text(data: bytes, name: str) -> None:
    ending = PurePath(name).suffix.lower()
    if library := _LIBRARIES.get(ending):
        raise ImportFormatError(
            f"{name} is an {library}, which only EndNote reads: in EndNote, {_EXPORT}"
        )
    if data.startswith(b"PK\x03\x04"):
        kind = _PACKED.get(ending, "ZIP archive")
        remedy = _UNPACK if ending not in _PACKED else _EXPORT
        if ending in {".xlsx", ".ods"}:
            remedy = _SPREADSHEET
        raise ImportFormatError(f"{name} is {_a(kind)}, not text: {remedy}")
    for beginning, kind, remedy in _BINARY:
        if data.startswith(beginning):
            raise ImportFormatError(f"{name} is {_a(kind)}, not text: {remedy}")


def _marked(data: bytes, encoding: str, name: str) -> tuple[str, list[str]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8":
            _refuse_nul(data, b"\x00", name)
            return _line_by_line(data)
        raise ImportFormatError(
            f"{name} begins with the mark of {encoding[:6].upper()}, but is damaged: export it again"
        ) from None
    if "\x00" in text:
        _refuse_nul(text, "\x00", name)
    return plain_line_ends(text), []


def _refuse_nul(data: bytes | str, nul: bytes | str, name: str) -> None:
    if nul in data:  # type: ignore[operator]
        raise ImportFormatError(
            f"{name} holds NUL bytes, so it is not plain text: save it as text in UTF-8, or {_EXPORT}"
        )


def _line_by_line(data: bytes) -> tuple[str, list[str]]:
    lines: list[str] = []
    foreign: list[int] = []
    first = ""
    for number, line in enumerate(re.split(rb"\r\n|\n|\r", data), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            lines.append(_windows(line))
            foreign.append(number)
            first = first or _windows(line[error.start : error.start + 1])
    others = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
    remark = (
        f"Line {foreign[0]}{others} of the file are not UTF-8 and were read as Windows-1252 (Latin-1): "
        f"there the first such character is “{first}”. Look at names and titles with accents."
    )
    if not others:
        remark = remark.replace("are not UTF-8 and were", "is not UTF-8 and was")
    return "\n".join(lines), [remark]


def _windows(line: bytes) -> str:
    """Return *line* in Windows-1252; the five bytes that it does not know are those of Latin-1."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in line)


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "AEIO" else f"a {kind}"
