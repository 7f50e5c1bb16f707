"""Tables with any content, made without a review."""

from __future__ import annotations

from evidence_map.manuscript.table import Cell, Cited, Heading, Table


def table(*texts: str, title: str = "A title", cited: Cited | None = None) -> Table:
    """Return a table with a row for each text, which stands in both columns."""
    behind = (cited,) if cited else ()
    return Table(
        title,
        (Heading("What", 0.6), Heading("Number", 0.4, is_number=True)),
        tuple((Cell(text, behind), Cell(text)) for text in texts),
        "A note.",
    )
