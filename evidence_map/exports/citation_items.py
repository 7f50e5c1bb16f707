"""A report as citeproc-py must be given it, so that a citation comes out as its style wants it.

citeproc-py follows the Citation Style Language, with gaps. Wherever the item can be prepared so that
a gap does not show, that is done here:

- Names in Chinese, Japanese or Korean would be turned round and cut down to initials. They are given
  as whole names, and so are names in scripts without capitals.
- Initials are made of words that begin with a capital only: *Mei-ling*, *hooks, bell* and *AB* (two
  initials in one word) would lose letters.
- Where not all authors are known there is no sign for it; see :data:`MORE_AUTHORS`.
- A sign that ends a sentence would get a full stop of the style behind it; see :class:`Held`.
- A title in translation is cited after the paper's own title: *Leuchtturm* [Lighthouse].
- Some styles print no article number; there it stands as the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from evidence_map.exports.csl_json import IN_SERIALS, Item, csl_item
from evidence_map.site.evidence import Person, Report

MORE_AUTHORS = "\x1a"
"""The name that stands for all authors who are not known. A citation must never show it."""

WORDS_KEPT = 4_096
"""How many given names are kept in memory with what is known of them; most are borne by many."""

_HOLDER = "\x0f", "\x10"
_IN_SERIES = ("book", "report", "standard", "thesis")
_SENTENCE_END = re.compile(r"[?!。？！…][?!.。？！…”’»\"')\]」』）]*$|\.[”’»\"')\]」』）]+$")
_ABBREVIATED = re.compile(r"(\.\.|\.\w+|(^|[\W_])\w)\.$")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


@dataclass
class Held:
    """Texts that citeproc-py must not touch, each held by a number between two control characters.

    No value can hold a control character (``fields.one_line``), so no holder is ever mistaken.
    """

    texts: list[str] = field(default_factory=list)

    def _hold(self, text: str) -> str:
        self.texts.append(text)
        return f"{_HOLDER[0]}{len(self.texts) - 1}{_HOLDER[1]}"

    def whole(self, text: str) -> str:
        """Return a holder of all of *text*; a full stop at its end stays in sight."""
        return self._hold(text.removesuffix(".")) + ("." if text.endswith(".") else "")

    def ending(self, text: str) -> str:
        """Return *text* with a holder and a full stop in place of the sign that ends a sentence.

        citeproc-py leaves out a full stop behind a full stop and nothing else, so *Is it tea?*
        would be followed by one.
        """
        found = _SENTENCE_END.search(text)
        return f"{text[: found.start()]}{self._hold(found.group())}." if found else text

    def released(self, text: str) -> str:
        """Return *text* with everything that is held in its place again."""
        for number, held in enumerate(self.texts):
            holder = f"{_HOLDER[0]}{number}{_HOLDER[1]}"
            if _SENTENCE_END.fullmatch(held):
                text = text.replace(f"{holder}.", held)
            text = text.replace(holder, held)
        return text


@dataclass(frozen=True)
class Needs:
    """What a style needs of an item: initials of given names, and the number of an article as such.

    ``no_date`` is what it says where there is no date, if citeproc-py does not say it.
    ``has_original_title`` says that it names the title before translation.
    """

    has_initials: bool = True
    has_article_numbers: bool = True
    has_original_title: bool = True
    no_date: str = ""


@dataclass(frozen=True)
class CitedItem:
    """An item for citeproc-py, with what is needed to read its citation back."""

    item: Item
    held: Held
    complete: bool


class ItemsOfReport:
    """The items of one report for all styles. What several styles are given alike is made once.

    :param report: the report; it must not change.
    :raises ExportError: if a value holds a line break or another control character.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._complete = bool(report.row["authors_complete"]) or not report.authors
        item = csl_item(report)
        for variable in ("note", "status", "keyword", "original-title"):
            item.pop(variable, None)
        if report.row["type"] == "thesis":
            item["genre"] = "Thesis"
        self._item = item
        self._begun: dict[tuple[bool, bool], tuple[Item, Held]] = {}

    def item(self, needs: Needs) -> CitedItem:
        """Return the report as an item for a style that has these *needs*."""
        begun = (needs.has_initials, needs.has_original_title or not self._report.row["original_title"])
        if begun not in self._begun:
            self._begun[begun] = self._with_texts(needs)
        texts, held = self._begun[begun]
        item = dict(texts)
        if needs.no_date and not self._report.row["issued"]:
            item["issued"] = {"literal": needs.no_date}
        _place(item, needs)
        return CitedItem(item, held, self._complete)

    def _with_texts(self, needs: Needs) -> tuple[Item, Held]:
        """Return the item with its title, names and what it appeared in as a style needs them."""
        report, row, held = self._report, self._report.row, Held()
        item = dict(self._item)
        # What other programs read as markup in the export is not markup here.
        item["title"] = held.ending(_title(row["title"], row["original_title"], needs))
        for variable, column in (("container-title", "container_title"), ("publisher", "publisher")):
            if row[column]:
                item[variable] = held.ending(row[column])
        for role, people in (("author", report.authors), ("editor", report.editors)):
            if people:
                item[role] = [_name(person, needs.has_initials, held) for person in people]
        if not self._complete:
            item["author"].append({"literal": MORE_AUTHORS})
        return item, held


def cited_item(report: Report, needs: Needs) -> CitedItem:
    """Return a report as an item for a style.

    :raises ExportError: if a value holds a line break or another control character.
    """
    return ItemsOfReport(report).item(needs)


def _place(item: Item, needs: Needs) -> None:
    """Put numbers and series where citation styles look for them.

    An article has its number where it has no pages. What a book stands in is a series, and its
    volume is one of the series.
    """
    if item["type"] in IN_SERIALS and "number" in item:
        number = item["number"]
        if "page" in item or not needs.has_article_numbers:
            del item["number"]
            item.setdefault("page", number)
    if item["type"] in _IN_SERIES and "container-title" in item:
        item["collection-title"] = item.pop("container-title")
        if "volume" in item:
            item["collection-number"] = item.pop("volume")


def _title(title: str, original: str | None, needs: Needs) -> str:
    """Return the title; the style ends it, so it has no full stop unless that belongs to a word."""
    if not _ABBREVIATED.search(title):
        title = title.removesuffix(".")
    if not original:
        return title
    return f"{original.removesuffix('.')} [{title}]" if needs.has_original_title else f"[{title}]"


def is_chinese(report: Report) -> bool:
    """Whether a report is in Chinese, by its language or else by the characters of its title."""
    if language := report.row["language"]:
        return str(language).lower().startswith("zh")
    title = report.row["title"]
    return bool(_HAN.search(title)) and not _KANA_OR_HANGUL.search(title)


def _name(person: Person, has_initials: bool, held: Held) -> dict[str, Any]:
    """Return a name. That of a body is held, so that no style writes it in capitals."""
    if person.literal:
        return {"literal": held.whole(person.literal)}
    words = (person.given or "").replace(".", ". ").split()
    if person.family_first or not all(_has_case(word) for word in words):
        return {"literal": held.whole(person.full)}
    dropping: list[str] = []
    if has_initials:
        while len(words) > 1 and words[-1].islower():
            dropping.insert(0, words.pop())
        words = [_with_initials(word) for word in words]
    parts = {
        "family": person.family,
        "given": " ".join(words),
        "dropping-particle": " ".join(dropping),
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {part: text for part, text in parts.items() if text}


@lru_cache(WORDS_KEPT)
def _has_case(word: str) -> bool:
    letter = next(filter(str.isalpha, word), "A")
    return letter.isupper() or letter.islower()


@lru_cache(WORDS_KEPT)
def _with_initials(word: str) -> str:
    """Return a given name so that each of its initials is the capital that begins a word.

    >>> _with_initials("mei-ling"), _with_initials("AB"), _with_initials("(Ann)")
    ('Mei-Ling', 'A B', 'Ann')
    """
    if word.isupper() and word.isalpha() and 1 < len(word) < 4:
        return " ".join(word)
    parts = [re.sub(r"^[\W\d_]+|[^\w.’'`]+$", "", part) for part in word.split("-")]
    return "-".join(part[0].upper() + part[1:] for part in parts if part)
