"""Text for formats that are XML inside: EndNote XML, XLSX and DOCX.

Source: Extensible Markup Language 1.0 (fifth edition), section 2.2, *Characters*. What is not
allowed there cannot be written in any way, so it is refused by name.
"""

from __future__ import annotations

import re

from evidence_map.exports.fields import ExportError, one_line

_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def for_xml(key: str, field: str, value: str) -> str:
    """Return *value*, in which every character can stand in XML, on one line.

    :param key: the report's key, for the message.
    :param field: the name of the field, for the message.
    :raises ExportError: if it holds a line break, a control character, or one that XML cannot hold.
    """
    if found := _NO_CHARACTER.search(value):
        raise ExportError(
            f"“{field}” of {key} holds U+{ord(found.group()):04X}, which no XML file can hold"
        )
    return one_line(key, field, value)
