"""Tables as Markdown for Pandoc, Quarto and R Markdown: pipe tables with citations ``[@key]``.

Source: the manual of Pandoc, *pipe_tables*, *citations* and *backslash_escapes*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence_map.exports.fields import one_line
from evidence_map.manuscript.table import Cell, Table

_SIGNS = re.compile(r"[\\`*_{}\[\]<>|#$~^@&]|-(?=-)|\.(?=\.)")
"""Signs that mean something within a line; a backslash before one stands for the sign itself."""


def escaped(text: str) -> str:
    """Return *text* so that Markdown shows it as it is, but for quotation marks, which it curls.

    >>> print(escaped("a|b *c* [@d]"))
    a\\|b \\*c\\* \\[\\@d\\]
    """
    return _SIGNS.sub(lambda match: f"\\{match.group()}", text)


def _cell(cell: Cell) -> str:
    text = escaped(one_line("the table", "cell", cell.text))
    cited = "; ".join(f"{escaped(each.citation)} [@{each.key}]" for each in cell.cited)
    return f"{text}: {cited}" if text and cited else text or cited


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def as_markdown(tables: Iterable[Table]) -> str:
    """Return the tables one below the other, each with its title and its note.

    The dashes below the headings are as long as the columns are wide: where a row is longer than
    the page, Pandoc takes the widths from them.

    :raises ExportError: if a cell holds a line break or another control character.
    """
    return "\n".join(_table(table) for table in tables)


def _table(table: Table) -> str:
    dashes = (
        "-" * round(heading.share * 100) + (":" if heading.is_number else "-")
        for heading in table.headings
    )
    return (
        _line(escaped(heading.text) for heading in table.headings)
        + f"|{'|'.join(dashes)}|\n"
        + "".join(_line(_cell(cell) for cell in row) for row in table.rows)
        + f"\nTable: {escaped(table.title)}\n\n{escaped(table.note)}\n"
    )
