"""XML files record by record: nothing is fetched, no entity is expanded, and nothing nests without end.

Source: the documentation of lxml (*Parsing XML and HTML*, *FAQ: security*). The limits of libxml2 on
depth and size stay in force, since ``huge_tree`` is off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from evidence_map.imports.imported import ImportFormatError, Reading, Refused
from evidence_map.imports.markup import plain

# EndNote writes characters that no XML may hold, as they are or by their number.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    "|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
_RAISED = re.compile(r"<style\b[^<>]*\bface=\"superscript\"[^<>]*>([^<>]*)</style>")
_STYLE = re.compile(r"</?style\b[^<>]*>")
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")


def xml_records(
    text: str, source: str, names: tuple[str, ...], reading: Reading
) -> Iterator[etree._Element]:
    """Yield the elements called *names* one after another; each is emptied when the next is asked for.

    Where the file breaks off after some, that is told in *reading*.

    :raises ImportFormatError: if it is not sound XML and nothing could be read, or if it defines
        entities of its own, which no database does.
    """
    if "<!ENTITY" in text:
        raise ImportFormatError(
            f"{source} defines entities of its own, so it was not read: export it again"
        )
    data = _FORBIDDEN.sub(" ", _DECLARATION.sub(_line_breaks, text)).encode()
    found = 0
    try:
        for _, element in _parsed(data, names):
            found += 1
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        line, reason = error.position[0], _in_words(error)
        if not found:
            raise ImportFormatError(f"{source} is not sound XML: line {line}: {reason}") from None
        reading.refused.append(Refused(line, f"the file is not sound XML from here on: {reason}"))


def _forget(element: etree._Element) -> None:
    """Free the memory of an element that was read, and of those before it."""
    element.clear()
    above = element.getparent()
    while above is not None and above[0] is not element:
        del above[0]


def _parsed(data: bytes, names: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    parsed: Iterator[tuple[str, etree._Element]] = etree.iterparse(
        BytesIO(data),
        tag=names,
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return parsed


def _line_breaks(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _in_words(error: etree.XMLSyntaxError) -> str:
    # Of what stands in the file libxml quotes a part on a line of its own.
    message = (error.msg or "it cannot be read").partition("\n")[0].partition(", line ")[0].strip()
    if re.search(r"(?i)premature end|EndTag: '</' not found|no element found|Extra content", message):
        return "it breaks off or goes on behind its end; export it again"
    if "depth" in message:
        return "it is nested too deeply; export it again"
    return f"{message[:1].lower()}{message[1:]}; export it again"


def marked_up(element: etree._Element | None) -> str:
    """Return the text of *element*, without the tags inside it, on one line; what is raised stays so."""
    if element is None:
        return ""
    if len(element) == 0:
        return plain(element.text or "")
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    inner = whole[whole.index(">") + 1 : whole.rindex("</")]
    if "<style" in inner:
        inner = _STYLE.sub("", _RAISED.sub(r"<sup>\1</sup>", inner))
    return plain(inner)


def line_of(element: etree._Element) -> int:
    """Return the line on which *element* begins."""
    line: int | None = element.sourceline  # type: ignore[assignment]
    return line or 1
