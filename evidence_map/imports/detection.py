"""Which format a file is in, told by what stands in it; its name decides only where that does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from evidence_map.imports import (
    bibtex,
    csl_json,
    csv_table,
    endnote_tagged,
    endnote_xml,
    medline,
    pubmed_xml,
    ris,
)
from evidence_map.imports.imported import ImportFormatError, Reading
from evidence_map.imports.own_exports import respecting_own

Reader = Callable[[str, str], Reading]
"""Reads a text; its second argument is the name of the file, for messages."""

READERS: dict[str, Reader] = {
    "ris": respecting_own(ris.read),
    "bibtex": respecting_own(bibtex.read),
    "csl-json": respecting_own(csl_json.read),
    "medline": respecting_own(medline.read),
    "pubmed-xml": respecting_own(pubmed_xml.read),
    "endnote-xml": respecting_own(endnote_xml.read),
    "endnote": respecting_own(endnote_tagged.read),
    "csv": respecting_own(csv_table.read),
}
"""The reader of each format, by the name that ``--format`` takes."""

_ENDINGS = {
    ".ris": "ris",
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".json": "csl-json",
    ".jsonl": "csl-json",
    ".nbib": "medline",
    ".enw": "endnote",
    ".csv": "csv",
    ".tsv": "csv",
}

_MARKS = {
    "ris": re.compile(r"^[ \t]{0,4}(?:[0-9]{1,6}[.)] )?TY {0,3}- {0,3}[A-Z]", re.MULTILINE),
    "medline": re.compile(r"^PMID *- *[0-9]", re.MULTILINE),
    "endnote": re.compile(r"^%0 +\S", re.MULTILINE),
    "bibtex": re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE),
    "web of science": re.compile(
        r"\A\s*FN (?:Clarivate|Thomson|ISI)|^PT [JBSP]\n(?:[A-Z][A-Z0-9] )", re.MULTILINE
    ),
    "pubmed summary": re.compile(
        r"^[0-9]{1,5}: .{3,}\. PMID: [0-9]+|^\s{3,}PMID: [0-9]+[.;]?$", re.MULTILINE
    ),
    "pubmed abstract": re.compile(r"^PMID: [0-9]{1,8}(?: +\[|\s*$)", re.MULTILINE),
}
"""The line by which each format is known; the one that stands first in a file tells what it is."""

_HEAD = 500_000
"""Characters of a file in which its first reference must begin."""

_INSTEAD = {
    "web of science": (
        "is Web of Science's plain text; in Web of Science, choose Export and “RIS (other reference "
        "software)” or “BibTeX” instead"
    ),
    "pubmed summary": (
        "is PubMed's “Summary (text)”; in PubMed, choose Save, and the format “PubMed” instead (.nbib)"
    ),
    "pubmed abstract": (
        "is PubMed's “Abstract (text)”; in PubMed, choose Save, and the format “PubMed” instead (.nbib)"
    ),
}
_ROOTS = {
    "pubmedarticleset": "pubmed-xml",
    "pubmedarticle": "pubmed-xml",
    "pubmedbookarticleset": "pubmed-xml",
    "pubmedbookarticle": "pubmed-xml",
    "xml": "endnote-xml",
    "records": "endnote-xml",
    "record": "endnote-xml",
}
_OTHER_ROOTS = {
    "html": (
        "is a web page, not an export; in the database, mark the references, choose Export or Save, and "
        "the format RIS"
    ),
    "esearchresult": "holds PubMed numbers only; load the records with efetch and “retmode=xml”",
    "esummaryresult": "is a summary; load the records with efetch and “retmode=xml”",
    "modscollection": "is MODS; export the references as RIS, BibTeX or CSL JSON instead",
    "rdf:rdf": "is Zotero RDF; in Zotero, export as CSL JSON or RIS instead",
    "tei": "is TEI; export the references as RIS, BibTeX or CSL JSON instead",
}
_PROLOGUE = re.compile(
    r"(?is)\s*(?:<\?.{0,2000}?\?>|<!--.{0,20000}?-->|<!doctype\s+(?!html)[^>\[]{0,2000}>)"
)
_ROOT = re.compile(r"\s*<!?\s*(doctype\s+html|[A-Za-z][\w:.-]{0,60})", re.IGNORECASE)


def detect(text: str, name: str) -> str:
    """Return the name of the format in which *text* is.

    :param name: the name of the file, for messages, and where the text alone does not tell.
    :raises ImportFormatError: if it is none that can be read; the message says what to export instead.
    """
    bare = text.lstrip("\ufeff \t\r\n\x0b\x0c")
    if not bare:
        raise ImportFormatError(f"{name} is empty: export the references again")
    if bare.startswith("<"):
        return _xml(bare, name)
    if re.match(r"\{\s*[\"}]|\[\s*[\[{\]\"]", bare):
        return "csl-json"
    head = text[:_HEAD]
    found = {form: match.start() for form, mark in _MARKS.items() if (match := mark.search(head))}
    table = csv_table.table_in(text)
    if table and all(text.count("\n", 0, place) >= table.start for place in found.values()):
        return "csv"
    if found:
        form = min(found, key=lambda form: (found[form], form in _INSTEAD))
        if form in _INSTEAD:
            raise ImportFormatError(f"{name} {_INSTEAD[form]}")
        return form
    if ending := _ENDINGS.get(PurePath(name).suffix.lower()):
        return ending
    raise ImportFormatError(
        f"{name} is in no format that can be read; in the database, choose Export and RIS, BibTeX, "
        "PubMed (.nbib), EndNote XML, or CSV with named columns"
    )


def _xml(text: str, name: str) -> str:
    position = 0
    while prologue := _PROLOGUE.match(text, position):
        position = prologue.end()
    # A DOCTYPE with a part of its own is passed over as far as the first element behind it.
    if re.match(r"(?i)\s*<!doctype\s+(?!html)", text[position : position + 100]):
        begin = re.search(r"\]\s*>\s*<", text[position : position + 100_000])
        position += begin.end() - 1 if begin else 0
    root = _ROOT.match(text, position)
    found = root.group(1).lower() if root else ""
    found = "html" if found.startswith("doctype") or found in {"head", "body"} else found
    if found in _ROOTS:
        return _ROOTS[found]
    if found in _OTHER_ROOTS:
        raise ImportFormatError(f"{name} {_OTHER_ROOTS[found]}")
    raise ImportFormatError(
        f"{name} is XML that cannot be read (“{found[:40] or text[position : position + 20]}”): EndNote "
        "XML and PubMed XML can; or export the references as RIS"
    )
