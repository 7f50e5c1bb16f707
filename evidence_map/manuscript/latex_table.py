r"""Tables and numbers for LaTeX.

The table is a ``longtable`` with the rules of ``booktabs``. Each study is printed by the command
``\includedstudy{Short citation}{key}``, so that an author can choose how it is cited. The numbers are
commands of their own, so that a text names them instead of copying them.

Sources: the documentations of booktabs, longtable and array; *LaTeX2e unofficial reference manual*
for ``\newcommand`` and ``\PackageError``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from evidence_map.exports.fields import ExportError, one_line
from evidence_map.exports.latex import escaped
from evidence_map.manuscript.numbers import PREFIX, Number, latex_names
from evidence_map.manuscript.table import Cell, Heading, Table

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+/-]*")

_TABLE_HEAD = r"""%% %(note)s
%% Needs \usepackage[T1]{fontenc} and \usepackage{booktabs,longtable,array}.
%% It is wide: the environment landscape of pdflscape gives it room.
%% Letters that are neither Latin nor Greek need LuaLaTeX or XeLaTeX.
%% Cite as you like: \renewcommand{\includedstudy}[2]{\textcite{#2}} in biblatex, for one.
\providecommand{\includedstudy}[2]{#1~\cite{#2}}
\begingroup
\footnotesize
\setlength{\tabcolsep}{3pt}
\setlength{\LTleft}{0pt}
\setlength{\LTright}{0pt}
\begin{longtable}{%(columns)s}
\caption{%(title)s}\label{tab:%(name)s}\\
\toprule
%(headings)s \\
\midrule
\endfirsthead
\multicolumn{%(number)d}{l}{\emph{Continued from the page before}}\\
\toprule
%(headings)s \\
\midrule
\endhead
\midrule
\multicolumn{%(number)d}{r}{\emph{Continued on the next page}}\\
\endfoot
\bottomrule
\multicolumn{%(number)d}{p{\dimexpr\linewidth-2\tabcolsep\relax}}{%(printed_note)s}\\
\endlastfoot
"""

_NUMBERS_HEAD = r"""%% %(source)s
%% \input this file once, before \begin{document}; write \%(prefix)sStudies{} in the text.
\ifdefined\%(prefix)sNumbersAreRead
  \PackageError{numbers of the review}{The numbers are read twice}%%
    {Keep one of the commands that \string\input\space this file, and delete the others.}%%
  \expandafter\endinput
\fi
\newcommand{\%(prefix)sNumbersAreRead}{}
"""


def _key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ExportError(
            f"the key “{key}” cannot stand in \\cite: it holds more than letters and signs"
        )
    return key


def _text(text: str) -> str:
    return escaped(one_line("the table", "cell", text))


def _cell(cell: Cell) -> str:
    cited = "; ".join(
        rf"\includedstudy{{{_text(each.citation)}}}{{{_key(each.key)}}}" for each in cell.cited
    )
    text = _text(cell.text)
    # A bracket or an asterisk behind the end of a row would be taken for an argument of it.
    return f"{text}: {cited}" if text and cited else (f"{{}}{text}" if text else cited)


def _column(heading: Heading) -> str:
    # LaTeX hyphenates no word at the beginning of a paragraph; a space of no width is before it.
    aligned = r"\raggedleft\arraybackslash" if heading.is_number else r"\raggedright\arraybackslash"
    return rf">{{{aligned}\hspace{{0pt}}}}p{{\dimexpr{heading.share:.2f}\linewidth-2\tabcolsep\relax}}"


def as_latex(table: Table) -> str:
    """Return a table for LaTeX that may run over several pages.

    :raises ExportError: if a cell holds a control character, or a key cannot stand in ``\\cite``.
    """
    head = _TABLE_HEAD % {
        "note": one_line("the table", "note", table.note),
        "printed_note": _text(table.note),
        "title": _text(table.title),
        "name": table.name,
        "columns": "".join(_column(heading) for heading in table.headings),
        "headings": " & ".join(_text(heading.text) for heading in table.headings),
        "number": len(table.headings),
    }
    rows = (f"{' & '.join(_cell(cell) for cell in row)} \\\\\n" for row in table.rows)
    return f"{head}{''.join(rows)}\\end{{longtable}}\n\\endgroup\n"


def as_latex_numbers(found: Sequence[Number], source: str) -> str:
    r"""Return the numbers as commands: ``\newcommand{\ReviewStudies}{17}``.

    ``\newcommand`` refuses a name that another package has taken; a file that is read twice says so.

    :param source: of which version of which data they are.
    :raises ExportError: if a value holds a control character.
    """
    head = _NUMBERS_HEAD % {"source": one_line("the numbers", "source", source), "prefix": PREFIX}
    return head + "".join(_commands(found, latex_names(list(found))))


def _commands(found: Iterable[Number], names: dict[str, str]) -> Iterable[str]:
    for number in found:
        meaning = one_line("the numbers", number.name, number.meaning)
        yield f"\\newcommand{{\\{names[number.name]}}}{{{_text(str(number.value))}}}% {meaning}\n"
