"""A comparison as Markdown, for a comment on GitHub.

What stands in the files of a pull request comes from strangers. In a comment it must be words and
nothing else: no Markdown, no HTML, no link, no picture, nobody notified by ``@name``, no issue that
learns of it by ``#123``, and no character that turns the direction of writing.

Sources: the specification of GitHub Flavored Markdown (0.29, 2.4 and 6.9: character references and
autolinks), and GitHub’s *Basic writing and formatting syntax* (mentions, references, emoji).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from evidence_map.comparison.comparison import Comparison
from evidence_map.comparison.contrast import shortened
from evidence_map.comparison.sections import Entry, Section, Table, sections
from evidence_map.comparison.summary import remarks, summary, warnings

LIMIT = 65_536
"""Characters that a comment on GitHub can have."""

FOLDED_FROM = 9
"""Lists of so many entries are folded."""

_STEPS = (10_000, 1_000, 300, 100, 60, 40, 25, 15, 8, 4, 2, 1, 0)
_MOST_SECTIONS = 40
_LONGEST = 300
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = frozenset(" ,;'%?/\"().-+=:!")
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_./#:-]{1,120}")
_BREAK = "&#8203;"
"""A space without width. Character references are resolved before GitHub looks for names and issues."""

_NOTICED = re.compile(
    r"[@#](?=\w)|:(?=[\w+-]+:)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\bgh-)(?=\d)", re.IGNORECASE
)
"""Where a break is needed: before names, issues, emoji and addresses."""

_BEGINS_A_LIST = re.compile(r"[-+=]|\d{1,9}[.)](?=\s|$)")
_ISOLATE, _END = "&#8296;", "&#8297;"


def as_markdown(comparison: Comparison, preview: str = "") -> str:
    """Return the comparison as a comment of at most :data:`LIMIT` characters.

    :param preview: address of a site made from HEAD, to which entries then link.
    """
    told = sections(comparison)
    for most in _STEPS:
        text = "\n\n".join(_blocks(comparison, told, preview, most)) + "\n"
        # Characters beyond the first 65,536 of Unicode may count twice.
        if len(text.encode("utf-16-le")) // 2 <= LIMIT:
            return text
    return f"{escaped(summary(comparison))}\n"


def _blocks(comparison: Comparison, told: list[Section], preview: str, most: int) -> Iterator[str]:
    yield escaped(summary(comparison))
    for warning in warnings(comparison):
        yield f"**Warning:** {escaped(warning, 2 * _LONGEST)}"
    yield "\n".join(f"- {escaped(remark)}" for remark in remarks(comparison))
    shown = told if most else told[:_MOST_SECTIONS]
    for section in shown:
        yield from _section(section, preview, most)
    if len(shown) < len(told):
        yield f"… and {len(told) - len(shown):,} more lists."


def escaped(text: str, limit: int = _LONGEST) -> str:
    """Return *text* so that GitHub shows it as it is and does nothing about it.

    >>> escaped("*hello* @crew")
    '&#42;hello&#42; &#64;&#8203;crew'
    """
    flat = "".join(_visible(character) for character in shortened(text, limit))
    parts = []
    start = 0
    for match in _NOTICED.finditer(flat):
        parts += [_entities(flat[start : match.end()]), _BREAK]
        start = match.end()
    parts.append(_entities(flat[start:]))
    whole = "".join(parts)
    if _BEGINS_A_LIST.match(whole):
        whole = f"&#{ord(whole[0])};{whole[1:]}"
    turned = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in flat)
    return f"{_ISOLATE}{whole}{_END}" if turned else whole


_JOINERS = "\u200c\u200d"


def _visible(character: str) -> str:
    kind = unicodedata.category(character)
    invisible = kind in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in _JOINERS
    return "\ufffd" if invisible else character


def _entities(text: str) -> str:
    return _SIGNS.sub(
        lambda sign: sign.group() if sign.group() in _HARMLESS else f"&#{ord(sign.group())};", text
    )


def _code(text: str) -> str:
    """Return a name as code, in which GitHub looks for nothing; other texts as words."""
    return f"`{text}`" if _PLAIN_CODE.fullmatch(text) else escaped(text)


def _link(label: str, address: str, preview: str) -> str:
    return f"[{label}]({preview}/{quote(address)})" if preview and address else label


def _section(section: Section, preview: str, most: int) -> Iterator[str]:
    heading = _link(escaped(section.heading, 100), section.address, preview)
    is_counted = section.is_counted and section.number
    yield f"### {heading} ({section.number:,})" if is_counted else f"### {heading}"
    if most:
        yield from (escaped(remark, 2 * _LONGEST) for remark in section.remarks)
    lines = list(_lines(section, preview, most))
    more = section.number - min(section.number, most)
    text = "\n".join(lines)
    if more:
        text += f"\n\n… and {more:,} more." if text else f"… and {more:,} more."
    if not text:
        return
    if section.number >= FOLDED_FROM and most:
        text = f"<details><summary>Show {section.number:,}</summary>\n\n{text}\n\n</details>"
    yield text


def _lines(section: Section, preview: str, most: int) -> Iterator[str]:
    if section.table:
        yield from _table(section.table, most)
    for entry in section.entries[:most]:
        yield from _entry(entry, preview, most)


def _table(table: Table, most: int) -> Iterator[str]:
    if not table.rows or not most:
        return
    yield _row(table.headings)
    yield "|" + "---|" * len(table.headings)
    for row in table.rows[:most]:
        yield _row(row)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escaped(cell, 200) for cell in cells) + " |"


def _entry(entry: Entry, preview: str, most: int) -> Iterator[str]:
    label = _link(_code(entry.name), entry.address, preview)
    parts = [label, *([escaped(entry.title, 200)] if entry.title else [])]
    if entry.facts:
        parts.append("– " + "; ".join(escaped(fact) for fact in entry.facts[:most] if fact))
        parts += _rest(len(entry.facts) - most)
    yield "- " + " ".join(parts)
    for contrast in entry.contrasts[:most]:
        sides = [escaped(side) for side in (contrast.before, contrast.after) if side]
        yield f"  - {_code(contrast.field)}: {' → '.join(sides)}"
    yield from (f"  - {rest}" for rest in _rest(len(entry.contrasts) - most))


def _rest(number: int) -> list[str]:
    return [f"… and {number:,} more"] if number > 0 else []
