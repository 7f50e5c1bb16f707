"""What an entry says by naming another: ``crossref`` and ``xdata``.

Source: the manual of biblatex, sections 2.4.1 (*Cross-references*), 3.13.6 (*XDATA*) and appendix B
(*Default Inheritance Setup*), which classic BibTeX does the same way but for titles.
"""

from __future__ import annotations

from dataclasses import replace

from evidence_map.imports.bibtex_source import BibtexEntry, Value

_NEVER = {
    *(
        "crossref",
        "xref",
        "xdata",
        "title",
        "subtitle",
        "titleaddon",
        "shorttitle",
        "entrysubtype",
        "file",
    ),
    *("abstract", "keywords", "label", "options", "pages", "note", "doi", "url", "ids", "eprint"),
}
_TITLES = {"title": "booktitle", "subtitle": "booksubtitle"}
_JOURNALS = {"title": "journaltitle", "subtitle": "journalsubtitle"}


def inherit(entries: list[BibtexEntry]) -> None:
    """Give each entry the fields of the entries that it names, where it has none of its own.

    Whatever is taken over is told in a remark, and so is a name that the file does not have.
    """
    by_key = {entry.key: entry for entry in reversed(entries) if entry.key}
    shared = {entry.key: dict(entry.values) for entry in by_key.values()}
    for entry in entries:
        if entry.kind == "xdata":
            continue
        for key in _named(entry.values.pop("xdata", None)):
            _share(entry, shared.get(key), key)
        parent = entry.values.pop("crossref", None)
        if parent and entry.values:
            key = parent.text.strip()
            _inherit_from(entry, by_key.get(key), shared.get(key), key)


def _named(value: Value | None) -> list[str]:
    return [key.strip() for key in value.text.split(",")] if value else []


def _share(entry: BibtexEntry, values: dict[str, Value] | None, key: str) -> None:
    if values is None:
        entry.remarks.append(f"It refers to “{key}” (xdata), which is not in the file.")
        return
    missing = {name: value for name, value in values.items() if name not in entry.values}
    entry.values |= {name: replace(value) for name, value in missing.items()}


def _inherit_from(
    entry: BibtexEntry, parent: BibtexEntry | None, values: dict[str, Value] | None, key: str
) -> None:
    if parent is None or values is None or parent is entry:
        entry.remarks.append(f"It refers to “{key}” (crossref), which is not in the file.")
        return
    titles = _JOURNALS if entry.kind == "article" else _TITLES
    for name, value in values.items():
        own = titles.get(name, name)
        if own not in entry.values and (name in titles or name not in _NEVER):
            # An editor or a publisher is the book's; who wrote the book did not write the chapter.
            if own == "author" and entry.kind not in {"inbook", "bookinbook", "suppbook"}:
                continue
            entry.values[own] = replace(value)
    entry.remarks.append(f"What it stands in was taken from the entry “{key}” (crossref).")
