"""White space that no reader sees."""

from __future__ import annotations

import re

_KEPT = ("pre", "script", "style", "textarea", "svg")
"""Elements in which white space may count, or that hold none worth the trouble."""

_PARTS = re.compile(
    rf"""(<!--.*?-->
    |<(?P<name>{"|".join(_KEPT)})\b(?:[^>"']|"[^"]*"|'[^']*')*>.*?</(?P=name)\s*>
    |</?[a-z!](?:[^>"']|"[^"]*"|'[^']*')*>)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"[ \t\r\n\f]+")


def collapsed(html: str) -> str:
    r"""Return a page with a single sign for each run of white space between and within words.

    Browsers show such a run as one space, or not at all (CSS Text Module Level 3, section 4.1.1); the
    end of a line stays one. Tags, comments and what stands as it is written, such as *pre*, are left
    alone, and so are spaces that do not break lines.

    >>> collapsed("<p>Tea,\n\n   please</p>  <pre>a  b</pre>")
    '<p>Tea,\nplease</p> <pre>a  b</pre>'
    """
    found: list[str] = []
    end = 0
    for part in _PARTS.finditer(html):
        found += [_single(html[end : part.start()]), part[0]]
        end = part.end()
    return "".join([*found, _single(html[end:])])


def _single(text: str) -> str:
    return _RUN.sub(lambda run: "\n" if "\n" in run[0] else " ", text)
