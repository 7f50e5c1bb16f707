"""What LaTeX prints, as pylatexenc reads it: a reader that is not ours."""

from __future__ import annotations

import re
import unicodedata

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

ALIKE: dict[str, str | int | None] = {
    "\u00a0": " ",
    "\u02bb": "‘",
    "\u02bc": "’",
    "\u2009": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u202f": " ",
}
"""Signs that print as they should, and what the reader makes of their spelling."""


def reader() -> LatexNodes2Text:
    """Return pylatexenc's reader, taught what LaTeX prints for commands that it has wrong or lacks."""
    printed = {
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciicircum": "^",
        "textless": "<",
        "textgreater": ">",
        "textbar": "|",
        "textperiodcentered": "·",
        "textasciigrave": "`",
        "textminus": "−",
    }
    context = get_default_latex_context_db()
    specs = [MacroTextSpec(name, simplify_repl=sign) for name, sign in printed.items()]
    context.add_context_category("as LaTeX prints", macros=specs, prepend=True)
    return LatexNodes2Text(latex_context=context)


READER = reader()


def read(text: str) -> str:
    """Return what LaTeX prints for *text*, with single spaces."""
    apart = re.sub(r"\\textcommabelow\{(\w)\}", "\\1\u0326", text)
    return composed(READER.latex_to_text(apart))


def composed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def looks(text: str) -> str:
    return composed(unicodedata.normalize("NFC", text).translate(str.maketrans(ALIKE)))
