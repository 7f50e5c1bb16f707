"""Texts as a person reads them, without the HTML, JATS or LaTeX that files write them in.

Nothing but markup is taken away: a ``<`` that begins no known tag, a ``$`` that stands for money and
a brace that was escaped stay where they are. Both functions return one line, and both read any text
in a time that grows with its length, without recursion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from pylatexenc.latex2text import get_default_latex_context_db

from evidence_map.imports.own_exports import is_literal

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|bold|caps|cite|code|del|dfn|em|fixed-case|font|i|inf|inline-formula|ins"
    "|inter-ref|italic|kbd|mark|math|monospace|named-content|nlm|overline|q|roman|sans-serif|sc"
    "|scp|small|small-caps|span|strike|strong|sub|sup|tt|u|underline|underlined|var|xref"
    "|article-title|styled-content|ext-link|alternatives|semantics"
)
_BLOCK = "br|break|p|div|title|sec|h[1-6]|li|ul|ol|hr|label|table|tr|td|abstract|abstracttext"
_MATHML = "m(?:i|n|o|s|row|sub|sup|subsup|frac|sqrt|text|space|style|over|under|table|tr|td|fenced)"
_PREFIX = r"(?:[a-z]{1,6}:)?"
_REST = r"(?:\s[^<>]{0,500})?/?>"

_LEFT_OUT = re.compile(
    rf"(?is)<{_PREFIX}(script|style|tex-math|annotation)(?:\s[^<>]{{0,500}})?>.{{0,5000}}?</{_PREFIX}\1>"
    r"|<!--.{0,500}?-->"
)
_POWER = re.compile(rf"(?i)(?<=\d)<{_PREFIX}sup{_REST}([-−–+]?\d{{1,4}})</{_PREFIX}sup>")
_BREAK = re.compile(rf"(?i)</?{_PREFIX}(?:{_BLOCK}){_REST}")
_TAG = re.compile(rf"(?i)</?{_PREFIX}(?:{_INLINE}|{_MATHML}){_REST}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_JOINER = re.compile("(?<=[<&])\u2060")
"""A word joiner keeps what only looks like markup from being taken for it (see exports/csl_json)."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_HALF = re.compile("[\ud800-\udfff]")

_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")


def one_line(text: str) -> str:
    """Return *text* on one line, without control characters and half characters.

    >>> one_line("Tea\\n  and\\x00 cake ")
    'Tea and cake'
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_HALF.sub("\ufffd", _UNPRINTABLE.sub(" ", text)).split())


def plain(text: str) -> str:
    """Return *text* without HTML and JATS tags, with characters for entities, on one line.

    Only tags that those vocabularies know are taken away. A number raised above another becomes a
    superscript, since 10<sup>6</sup> is not 106. Entities may have been escaped twice.

    >>> plain("<i>Tea</i> &amp;amp; 10<sup>6</sup> cats <keepers>")
    'Tea & 10⁶ cats <keepers>'
    """
    if ("<" not in text and "&" not in text) or is_literal():
        return one_line(text)
    for _ in range(3):
        before = text
        if "<" in text:
            text = _without_tags(text)
        if "&" in text:
            text = _ENTITY.sub(lambda match: unescape(match.group()), text)
        if text == before:
            break
    return one_line(_JOINER.sub("", text))


def _without_tags(text: str) -> str:
    text = _LEFT_OUT.sub("", text)
    text = _POWER.sub(lambda match: match.group(1).translate(_RAISED), text)
    return _TAG.sub("", _BREAK.sub(" ", text))


_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "G": "\u030f",
    "U": "\u030e",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    "textcommabelow": "\u0326",
    "textogonekcentered": "\u0328",
    "hat": "\u0302",
    "tilde": "\u0303",
    "bar": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
}
"""The combining mark of each command that puts an accent on the letter after it."""

_ALONE = {"`": "`", "'": "´", "^": "^", "~": "~", '"': "¨", "=": "¯", ".": "˙", "c": "¸", "k": "˛"}
"""What an accent prints that stands on no letter."""

_SYMBOLS = {
    **{sign: sign for sign in "%&#$_{}"},
    **dict.fromkeys([" ", "\n", "\t", ",", ";", ":", ">", "\\", "enspace", "quad", "qquad"], " "),
    **dict.fromkeys(["space", "newline", "linebreak", "par", "hfill", "thinspace", "nobreakspace"], " "),
    **dict.fromkeys(["-", "/", "!", "@", "(", ")", "[", "]", "relax", "protect", "allowbreak"], ""),
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textdollar": "$",
    "textnumero": "№",
    "textperiodcentered": "·",
    "texttwosuperior": "²",
    "textthreesuperior": "³",
    "textonesuperior": "¹",
    "textsubscriptequals": "₌",
    "textprime": "′",
    "bibrangedash": "–",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "EUR": "€",
    "S": "§",
    "P": "¶",
    "lq": "‘",
    "rq": "’",
    "slash": "/",
    "hyphen": "-",
    "textnonbreakinghyphen": "\u2011",
    "lbrack": "[",
    "rbrack": "]",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "ell": "ℓ",
    "mathsemicolon": ";",
    "less": "<",
    "greater": ">",
    "textschwa": "ə",
    "textquoteleft": "‘",
    "textquoteright": "’",
}
"""What pylatexenc lacks, or has otherwise than LaTeX prints it."""

_FORMATTING = {
    *("emph", "textbf", "textit", "textrm", "textsc", "textsf", "textsl", "texttt", "textup", "textmd"),
    *("textnormal", "text", "mbox", "hbox", "underline", "uline", "overline", "ensuremath", "enquote"),
    *("bf", "it", "em", "rm", "sc", "sf", "sl", "tt", "bfseries", "itshape", "scshape", "rmfamily"),
    *("sffamily", "ttfamily", "upshape", "normalfont", "mathrm", "mathbf", "mathit", "mathsf", "mathtt"),
    *("mathbb", "mathcal", "mathfrak", "mathscr", "boldsymbol", "bm", "operatorname", "left", "right"),
    *("url", "path", "nolinkurl", "mkbibquote", "mkbibemph", "mkbibbold", "mkbibitalic", "mkbibparens"),
    *("textsubscript", "mkbibsubscript", "NoCaseChange", "MakeUppercase", "MakeLowercase", "uppercase"),
    *("lowercase", "textcyrillic", "textgreek", "foreignlanguage", "displaystyle", "textstyle", "small"),
    *("large", "tiny", "footnotesize", "scriptsize", "nocite", "hyperlink", "nohyphens", "bibstring"),
}
"""Commands that change how their text looks, not what it says."""

_DROPPED = {
    *("href", "noopsort", "SortNoop", "sortnoop", "begin", "end", "label", "hspace", "vspace"),
    *("cite", "citet", "citep", "ref", "autoref", "cref", "Cref", "eqref", "textcolor", "color"),
}
"""Commands whose first argument is not printed."""

_RAISING = {"textsuperscript", "mkbibsuperscript", "sp"}
_FRACTIONS = {"frac", "tfrac", "dfrac", "nicefrac", "sfrac", "textfrac"}
_DOTLESS = {"i": "ı", "j": "ȷ", "imath": "ı", "jmath": "ȷ"}

_LATEX = re.compile(
    r"\\(?P<command>[A-Za-z]+)\*?[ \t\n]*|\\(?P<sign>.)|(?P<mark>[{}$^_~])"
    r"|(?P<ligature>-{2,3}|``|''|!`|\?`)|(?P<text>[^\\{}$^_~!?`'-]+|.)",
    re.DOTALL,
)
_MATHS = re.compile(r"(?<!\\)\$\$?(?![\s$])((?:[^$\\]|\\.)*(?:[^$\\\s]|\\.))\$\$?", re.DOTALL)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "!`": "¡", "?`": "¿"}


@cache
def _symbols() -> dict[str, str]:
    """Return what each command without arguments prints, by name."""
    known = {
        spec.macroname: spec.simplify_repl
        for spec in get_default_latex_context_db().iter_macro_specs()
        if isinstance(spec.simplify_repl, str) and "%" not in spec.simplify_repl
    }
    upright = {f"up{name}": sign for name, sign in known.items() if "α" <= sign <= "ω"}
    return {name: sign for name, sign in known.items() if sign} | upright | _SYMBOLS


@dataclass
class _Group:
    """A pair of braces that is open: what its command does to it, and where it begins."""

    purpose: str
    start: int


@dataclass
class _Printed:
    """What has been printed so far, and what waits for the letter that comes next."""

    pieces: list[str] = field(default_factory=list)
    accents: list[str] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    purpose: str = ""

    def print(self, text: str) -> None:
        """Print *text*; waiting accents go on its first letter."""
        if self.accents and text.strip():
            text = text.lstrip()
            marks = "".join(_ACCENTS[accent] for accent in reversed(self.accents))
            text = unicodedata.normalize("NFC", text[0] + marks) + text[1:]
            self.accents = []
        if self.purpose == "raised" and text.strip():
            self.purpose = ""
            self.pieces += [_raised(text[0], "".join(self.pieces[-1:])), text[1:]]
        elif text:
            self.pieces.append(text)

    def open(self) -> None:
        """Begin a group for the command before it."""
        self.groups.append(_Group(self.purpose, len(self.pieces)))
        self.purpose = ""

    def close(self) -> None:
        """End a group and do to it what its command says."""
        self.let_go()
        if not self.groups:
            self.pieces.append("}")
            return
        group = self.groups.pop()
        if group.purpose == "dropped":
            del self.pieces[group.start :]
        elif group.purpose == "numerator":
            self.pieces.append("/")
        elif group.purpose == "raised":
            inner = "".join(self.pieces[group.start :])
            before = "".join(self.pieces[max(group.start - 1, 0) : group.start])
            self.pieces[group.start :] = [_raised(inner, before)]

    def let_go(self) -> None:
        """Print the accents that found no letter."""
        self.pieces += [_ALONE.get(accent, "") for accent in self.accents]
        self.accents = []
        self.purpose = ""


def _raised(text: str, before: str) -> str:
    number = re.fullmatch(r"[-−–+]?\d{1,4}", text)
    return text.translate(_RAISED) if number and before[-1:].isdigit() else text


def _signs(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the kind and text of each piece of LaTeX, and whether it stands in mathematics."""
    position = 0
    for maths in _MATHS.finditer(text):
        inner = maths.group(1)
        if text[maths.end() : maths.end() + 1].isdigit() and not re.search(r"[\\^_<>=]", inner):
            continue  # from $5–$6 a day
        yield from _pieces(text[position : maths.start()], False)
        yield from _pieces(inner, True)
        position = maths.end()
    yield from _pieces(text[position:], False)


def _pieces(text: str, maths: bool) -> Iterator[tuple[str, str, bool]]:
    for match in _LATEX.finditer(text):
        kind = match.lastgroup or ""
        yield kind, match.group(kind), maths


_OF_LATEX = re.compile(r"[\\{}$~`]|--|''")
"""What is in every text that LaTeX prints otherwise than it is written."""


def from_latex(text: str) -> str:
    """Return what LaTeX prints for *text*, on one line.

    Accents, letters and signs become characters; braces and commands that only change the look go.
    A percent sign is kept even where LaTeX would begin a comment, and so are a dollar sign, a caret
    and an underscore outside mathematics, since reference managers write them so. Of a command that
    is not known the argument stays; :func:`unknown_commands` names it.

    >>> from_latex(r"{\\L}ukasz \\& Ren\\'e: {CO$_2$} at 10$^{6}$ \\emph{units}")
    'Łukasz & René: CO2 at 10⁶ units'
    """
    if not _OF_LATEX.search(text):
        return one_line(text)
    printed = _Printed()
    for kind, piece, maths in _signs(text):
        if kind == "text":
            printed.print(piece)
        elif kind == "mark":
            _mark(printed, piece, maths)
        elif kind == "ligature":
            printed.print(_LIGATURES[piece])
        else:
            _command(printed, piece)
    printed.let_go()
    return one_line("".join(printed.pieces))


def _mark(printed: _Printed, mark: str, maths: bool) -> None:
    if mark == "{":
        printed.open()
    elif mark == "}":
        printed.close()
    elif mark == "~":
        printed.print(" ")
    elif maths and mark in "^_":
        printed.purpose = "raised" if mark == "^" else ""
    else:
        printed.print(mark)


def _command(printed: _Printed, name: str) -> None:
    if name in _DOTLESS:
        printed.print(name[0] if printed.accents else _DOTLESS[name])
    elif name in _ACCENTS:
        printed.accents.append(name)
    elif name in _DROPPED:
        printed.purpose = "dropped"
    elif name in _RAISING:
        printed.purpose = "raised"
    elif name in _FRACTIONS:
        printed.purpose = "numerator"
    elif name not in _FORMATTING:
        printed.print(_symbols().get(name, ""))


def unknown_commands(text: str) -> list[str]:
    r"""Return the LaTeX commands in *text* of which only the argument could be kept.

    >>> unknown_commands(r"\emph{Tea} for \keepers{two}")
    ['\\keepers']
    """
    if "\\" not in text:
        return []
    known = (_DOTLESS, _ACCENTS, _DROPPED, _RAISING, _FRACTIONS, _FORMATTING, _symbols())
    found = dict.fromkeys(piece for kind, piece, _ in _signs(text) if kind == "command")
    return [f"\\{name}" for name in found if not any(name in names for names in known)]
