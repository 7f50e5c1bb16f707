"""Text for LaTeX: characters that mean something to it, and letters spelt in ASCII.

In ASCII every command stands in braces of its own, as in ``{\\'{e}}`` and ``{\\textbackslash}``, which
BibTeX takes for one letter of the word: it can sort, shorten and write it in lower case. Of such a
command biber would take the closing brace for the letter, so for biber it is ``\\textbackslash{}``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pylatexenc.latexencode import get_builtin_uni2latex_dict

_COMMANDS = {
    "\\": "textbackslash",
    "{": "textbraceleft",
    "}": "textbraceright",
    "~": "textasciitilde",
    "^": "textasciicircum",
}
_ESCAPED = {sign: "\\" + sign for sign in "%&#$_"}
_UNICODE_ESCAPES = str.maketrans({sign: f"\\{name}{{}}" for sign, name in _COMMANDS.items()} | _ESCAPED)
# In the oldest encoding of fonts, which is still the default, the last three print other signs.
_ASCII_ESCAPES = str.maketrans(
    {
        sign: f"{{\\{name}}}"
        for sign, name in {**_COMMANDS, "<": "textless", ">": "textgreater", "|": "textbar"}.items()
    }
    | _ESCAPED
)

_LIGATURE = re.compile(r"([-`',<>])\1+|[?!]`+")
"""Signs that LaTeX prints as another one where they stand together, such as ``--``."""

_ABOVE = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
}
_BELOW = {
    "\u0323": "d",
    "\u0326": "textcommabelow",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
}
_ON_A_DOTTED_I = ("\u0300", "\u0301", "\u0302", "\u0308")
"""Accents that LaTeX sets on ``i`` without its dot. Pandoc reads no whole letter from a dotless one."""

_LETTER = re.compile("[^\u0000-\u007f][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+")
"""What is not ASCII, with the accents that stand behind it."""

_SIGNS = (
    "¡¢£¤¥¦§©ª«¬®¯°±²³´µ¶¹º»¼½¾¿ÆÐ×ØÞßæð÷øþĐđıĲĳŁłŊŋŒœ"
    "ΓΔΘΛΞΠΣΥΦΨΩαβγδεζηθικλμνξπρςστυφχψω"
    "‖‘’‚“”„†‡•‰‹›€№™←↑→↓↔∂∇∈∏∑∓∞∩∪∫∼≃≅≈≠≡≤≥≪≫⊂⊃⊆⊇⟨⟩"
)
"""What LaTeX prints in the encoding T1 without any package; the commands are those of pylatexenc."""

_ALIKE = {
    "\u00a0": "{~}",
    "\u00ad": r"{\-}",
    "\u00b7": r"{\textperiodcentered}",
    "\u02bb": r"{\textquoteleft}",
    "\u02bc": r"{\textquoteright}",
    "\u2009": r"{\,}",
    "\u2010": "-",
    "\u2011": "-",
    # Pandoc drops the textual commands for dashes and dots, and reads these.
    "\u2013": "{--}",
    "\u2014": "{---}",
    "\u2026": r"{\ldots}",
    "\u202f": r"{\,}",
    "\u2212": r"{\textminus}",
}
"""What prints as it should, though programs may read it back as the sign that it looks like."""


class UnspeltError(ValueError):
    """A letter or sign for which LaTeX has no spelling in ASCII."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


def escaped(text: str) -> str:
    r"""Return *text* so that LaTeX prints it; braces stay balanced whatever it holds.

    >>> escaped("50% {x}")
    '50\\% \\textbraceleft{}x\\textbraceright{}'
    """
    return _LIGATURE.sub(_parted, text.translate(_UNICODE_ESCAPES))


def _parted(match: re.Match[str]) -> str:
    signs = match.group()
    # biber abbreviates names to their first sign: between hyphens to a brace, if there are “{}”, and
    # with a grave accent, which it takes for one of the next sign, to both.
    return r"\relax".join(signs) if "`" in signs else "".join(f"{{{sign}}}" for sign in signs)


def in_ascii(text: str) -> str:
    r"""Return *text* escaped and spelt in ASCII, for LaTeX with fonts in the encoding T1.

    :raises UnspeltError: if it holds a character for which LaTeX has no spelling.

    >>> in_ascii("Çelik & Łódź")
    "{\\c{C}}elik \\& {\\L}{\\'{o}}d{\\'{z}}"
    """
    plain = _LIGATURE.sub(_parted, unicodedata.normalize("NFC", text).translate(_ASCII_ESCAPES))
    return plain if plain.isascii() else _LETTER.sub(lambda match: _spelt(match.group()), plain)


@cache
def _commands() -> dict[str, str]:
    table = get_builtin_uni2latex_dict()
    return {sign: "{" + table[ord(sign)] + "}" for sign in _SIGNS} | _ALIKE


@cache
def _spelt(letter: str) -> str:
    if letter in _commands():
        return _commands()[letter]
    base, *marks = list(unicodedata.normalize("NFD", letter))
    above = [mark for mark in marks if mark in _ABOVE]
    below = [mark for mark in marks if mark in _BELOW]
    if not re.match("[A-Za-z]", base) or len(above) > 2 or len(below) > 1 or {*marks} - {*above, *below}:
        raise UnspeltError(letter)
    if above and base in "ij" and not (base == "i" and len(above) == 1 and above[0] in _ON_A_DOTTED_I):
        base = "\\" + base
    # What stands below comes last: LaTeX sets an accent only above a single letter.
    for mark in above + below:
        base = f"\\{(_ABOVE | _BELOW)[mark]}{{{base}}}"
    return "{" + base + "}"
