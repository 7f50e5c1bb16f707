"""citeproc-py, told what it needs to apply a style as the style means it.

Nothing of the package is changed. What it does not know of the Citation Style Language is set on the
copy of a style that is read into memory, and the item is prepared in ``citation_items``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from citeproc import CitationStylesStyle
from citeproc.model import Group, If, Names

from evidence_map.exports.citation_items import CitedItem
from evidence_map.exports.citation_reference import (
    certain,
    cited_reference,
    rendered_group,
    rendered_names,
)
from evidence_map.exports.compiled_styles import CompiledStyle

MARKS = {"i": ("\x01", "\x02"), "b": ("\x03", "\x04"), "sup": ("\x05", "\x06"), "sub": ("\x07", "\x08")}
"""The control characters that mark what a style sets apart, by the tag that they become."""

SINGLE_QUOTES = str.maketrans("“”", "‘’")
"""How double quotation marks are written within double ones."""

_OPENING, _CLOSING = "\x11", "\x0e"
_QUOTES = {**dict.fromkeys("“‘«", _OPENING), **dict.fromkeys("”’»", _CLOSING)}
_INNER = re.compile(f"(?<={_OPENING}“)[^{_CLOSING}]*(?={_CLOSING})")
_TWO_STOPS = re.compile(rf"\.({_CLOSING}.)\.")
_STOP_OUTSIDE = re.compile(rf"(?<!\.)({_CLOSING}.)([.,])")
_NAMESPACE = {"cs": "http://purl.org/net/xbiblio/csl"}


class Marks:
    """A formatter for citeproc-py that marks with control characters.

    A full stop at the end goes behind the mark, so that citeproc-py sees it and adds no second one.
    """

    @staticmethod
    def preformat(text: object) -> str:
        """Return text of the style; a quotation mark is marked, for :func:`_quoted`."""
        word = str(text)
        return _QUOTES.get(word, "") + word

    @staticmethod
    def _marked(tag: str) -> Any:
        begin, end = MARKS[tag]

        def mark(text: object) -> str:
            body = str(text)
            stop = "." if body.endswith(".") else ""
            return f"{begin}{body.removesuffix('.')}{end}{stop}"

        return mark

    Italic = Oblique = _marked("i")
    Bold = _marked("b")
    Superscript = _marked("sup")
    Subscript = _marked("sub")
    Light = Underline = SmallCaps = str


@dataclass
class LoadedStyle:
    """A style in memory. ``elements`` keeps all of them alive, with what is remembered on them."""

    style: CitationStylesStyle
    elements: list[Any]
    moves_punctuation: bool
    compiled: CompiledStyle


@cache
def loaded_style(file: Path, locale: str) -> LoadedStyle:
    """Return a style with the words of a language, read once."""
    style = CitationStylesStyle(str(file), locale=locale, validate=False)
    root = style.root
    root.formatter = Marks
    _prepare(root)
    elements = [element for part in (root, *root.locales) for element in part.iter()]
    # Looking up macros, options and terms takes most of the time, and none of them ever changes.
    for element in elements:
        element.xpath_search = cache(element.xpath_search)
    for element in elements:
        if isinstance(element, Group):
            element.process = partial(rendered_group, element)
        elif isinstance(element, Names):
            element.process = partial(rendered_names, element.process)
        elif isinstance(element, If):
            element._is_uncertain_date = partial(certain, element)
    moves = str(root.get_locale_option("punctuation-in-quote")).lower() == "true"
    return LoadedStyle(style, elements, moves, CompiledStyle(root, partial(_if_more, root)))


def _prepare(root: Any) -> None:
    """Set on a style in memory what citeproc-py does not do by itself."""

    def found(path: str) -> list[Any]:
        return list(root.xpath(path, namespaces=_NAMESPACE))

    # A citation stands alone here, so it has no number.
    for number in found("//cs:text[@variable='citation-number']"):
        number.getparent().remove(number)
    # Labels such as “Ed.” have no language, so that citeproc-py leaves their case alone.
    for label in found("//cs:label[@text-case='title']"):
        label.set("text-case", "capitalize-first")
    # Harvard takes an article without volume and pages for a preprint. Whether it is one, is known.
    for branch in found("//cs:if[@type='article article-journal'][.//cs:text[@value='Preprint']]"):
        branch.set("type", "article")
    # The delimiter of a date of the locale is not passed on.
    for date in found("//cs:date[@form][@variable][not(@delimiter)]"):
        own = date.get_date(date.get("form"))
        if own is not None and own.get("delimiter"):
            date.set("delimiter", own.get("delimiter"))
    _keep_given_names(root, found)


def _keep_given_names(root: Any, found: Any) -> None:
    """Let names with ``initialize="false"`` be whole: citeproc-py does not know the attribute.

    It makes initials wherever it finds ``initialize-with``, here or above. So that is taken off
    above, and set on all other names.
    """
    above = [root, *found("//cs:bibliography")]
    inherited = next((one.get("initialize-with") for one in reversed(above) if
                      one.get("initialize-with") is not None), None)  # fmt: skip
    for names in found("//cs:substitute/*//cs:names[not(cs:name)]"):
        # Names that stand in are written like those they stand in for, how deep down they may be.
        whole = names.xpath("ancestor::cs:names[1]/*[not(self::cs:substitute)]", namespaces=_NAMESPACE)
        names.extend(deepcopy(part) for part in whole)
    for names in found("//cs:names[not(cs:name)][not(parent::cs:substitute)]"):
        names.insert(0, names.makeelement(f"{{{_NAMESPACE['cs']}}}name"))
    for name in found("//cs:name"):
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif inherited is not None and name.get("initialize-with") is None:
            name.set("initialize-with", inherited)
    for one in above:
        one.attrib.pop("initialize-with", None)


def _names_of_authors(root: Any) -> list[Any]:
    """Return all elements that say how authors are written."""
    own = "//cs:names[contains(concat(' ', @variable, ' '), ' author ')]"
    path = f"{own}/cs:name | {own}[not(cs:name)]/../../cs:name"
    return list(root.xpath(path, namespaces=_NAMESPACE))


def _if_more(root: Any, name: Any, known: int) -> dict[str, Any]:
    """Return what to set on a name of authors so that it ends in “et al.” behind the *known* ones.

    It ends sooner where the style says so. Names of others stay as they are.
    """
    if name not in _names_of_authors(root):
        return {}
    least, first = (
        int(name.get(option, root.bibliography.get(option, "0")))
        for option in ("et-al-min", "et-al-use-first")
    )
    shown = min(known, first) if least and known + 1 >= least else known
    options = {"et-al-min": known + 1, "et-al-use-first": shown, "et-al-use-last": False}
    # A style that never shows one name alone does not say what stands behind one.
    return options | ({"delimiter-precedes-et-al": "always"} if first > 1 else {})


@contextmanager
def _and_others(loaded: LoadedStyle, known: int) -> Iterator[None]:
    """Let authors end in “et al.”, see :func:`_if_more`."""
    root = loaded.style.root
    before = [(name, dict(name.attrib)) for name in _names_of_authors(root)]
    for name, _ in before:
        for option, value in _if_more(root, name, known).items():
            name.set(option, str(value).lower())
    try:
        yield
    finally:
        for name, attributes in before:
            name.attrib.clear()
            name.attrib.update(attributes)


def rendered(cited: CitedItem, file: Path, locale: str) -> str:
    """Return the citation of an item in a style, as text with :data:`MARKS` around italics and the like.

    :param file: the style, a file of the Citation Style Language.
    :param locale: the language of the style's own words, such as ``en-GB``.
    """
    loaded = loaded_style(file, locale)
    try:
        text = compiled_text(cited, loaded)
    except Exception:
        # Whatever it is, citeproc-py has the last word on it.
        text = None
    if text is None:
        text = walked_text(cited, loaded)
    return cited.held.released(_quoted(text, loaded.moves_punctuation)).strip()


def compiled_text(cited: CitedItem, loaded: LoadedStyle) -> str | None:
    """Return the citation as the compiled style makes it; nothing if the style prints nothing.

    :raises Exception: of any kind, if only citeproc-py itself can tell what becomes of the item.
    """
    known = None if cited.complete else len(cited.item["author"]) - 1
    text = loaded.compiled.printed(cited.item, known)
    return None if text is None else str(text)


def walked_text(cited: CitedItem, loaded: LoadedStyle) -> str:
    """Return the citation as citeproc-py makes it, from element to element.

    :raises Exception: of any kind, if citeproc-py fails.
    """
    places = [cited_reference(cited.item)]
    if cited.complete:
        return str(loaded.style.render_bibliography(places)[0])
    with _and_others(loaded, len(cited.item["author"]) - 1):
        return str(loaded.style.render_bibliography(places)[0])


def _quoted(text: str, moves_punctuation: bool) -> str:
    """Return *text* with quotation marks as the style has them.

    Double ones within double ones become single. American styles have full stops and commas inside,
    and no second stop behind one: “Tea.” and not “Tea”. or “Tea?”. citeproc-py does neither. Its
    own quotation marks are marked, so those of a title stay where they are.
    """
    if _CLOSING not in text:
        return text.replace(_OPENING, "")
    text = _INNER.sub(lambda found: found.group().translate(SINGLE_QUOTES), text)
    if moves_punctuation:
        text = _TWO_STOPS.sub(r".\1", text)
        text = _STOP_OUTSIDE.sub(r"\2\1", text)
    return text.replace(_OPENING, "").replace(_CLOSING, "")
