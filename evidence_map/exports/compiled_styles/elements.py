"""Elements of a style as plain objects, on which the code of citeproc-py runs.

citeproc-py keeps its rules in classes of XML elements. The rules themselves (mixins and methods)
need little of XML: attributes, terms, options. What they need is read here once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import String

from evidence_map.exports.compiled_styles.joining import Text, between, joined

Step = Callable[[Text], Text]

_FORMATS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")


@cache
def _term(element: Any, *name: Any, **form: Any) -> Text:
    return element.get_single_term(*name, **form)


@cache
def _character(element: Any, name: str) -> Text:
    return element.unicode_character(name)


_Rules: Any = type(
    "_Rules",
    (model.Formatted, model.Affixed, model.Delimited, model.TextCased, model.StrippedPeriods),
    {"__doc__": "The rules for the look of a text."},
)


class Element(_Rules):  # type: ignore[misc]
    """An element with the rules for the look of its text."""

    def __init__(self, element: Any) -> None:
        self.attrib: dict[str, str] = dict(element.attrib)
        self.get = self.attrib.get
        self.get_locale_option = element.get_locale_option
        self.preformat = element.preformat
        self._root = element.get_root()
        self._formatter = element.get_formatter()
        self._speaker = element

    def get_single_term(self, *name: Any, **form: Any) -> Text:
        """Return a term."""
        return _term(self._speaker, *name, **form)

    def unicode_character(self, name: str) -> Text:
        """Return a character by its name."""
        return _character(self._speaker, name)

    def get_formatter(self) -> Any:
        """Return what marks italics and the like."""
        return self._formatter

    def get_root(self) -> Any:
        """Return the style itself."""
        return self._root

    def look(self, language: str | None = None, quotes: tuple[Text, Text] | None = None) -> Step:
        """Return what gives a text that is there its look, and nothing to a text that is not.

        :param language: the language of the text, on which title case depends.
        """
        steps: list[Step] = []
        if self.get("strip-periods", "false").lower() == "true":
            steps.append(self.strip_periods)
        if "text-case" in self.attrib:
            steps.append(partial(self.case, language=language))
        if any(name in self.attrib for name in _FORMATS):
            steps.append(self.format)
        if quotes:
            opening, closing = quotes
            steps.append(lambda text: opening + text + closing)
        prefix, suffix = self.get("prefix", ""), self.get("suffix", "")
        if prefix or suffix:
            steps.append(lambda text: between(prefix, text, suffix))
        return _in_turn(steps)


def unchanged(text: Text) -> Text:
    """Give a text no look at all."""
    return text or None


def _in_turn(steps: list[Step]) -> Step:
    if not steps:
        return unchanged
    if len(steps) == 1:
        (only,) = steps
        return lambda text: only(text) if text else None

    def looked(text: Text) -> Text:
        if not text:
            return None
        for step in steps:
            text = step(text)
        return text

    return looked


class Pages(Element, model.FormatNumber):  # type: ignore[misc]
    """An element that prints runs of pages."""


class Numbers(Pages):
    """An element that prints numbers."""

    format_number = model.Number.format_number


class DatePart(Element):
    """A part of a date.

    :param date: the date in the style. Its own parts overrule those of the language's date.
    """

    process = model.Date_Part.process

    def __init__(self, element: Any, date: Any) -> None:
        super().__init__(element)
        for part in date.findall("cs:date-part", date.nsmap):
            if part.get("name") == element.get("name"):
                self.attrib.update(part.attrib)
        # Only a style, not a language by itself, falls back to another language.
        self._speaker = date
        self.name = self.get("name")
        self._look = self.look()

    def xpath_search(self, path: str) -> Any:
        """Say that nothing overrules the attributes any more."""
        raise IndexError(path)

    def printed(self, date: Any) -> Text:
        """Return the part of *date*, if it has that part."""
        try:
            text = self.process(date)
        except VariableError:
            return None
        return self._look(str(text) if isinstance(text, int) else text)


class NamePart(Element):
    """How a part of a name looks."""

    format_part = model.Name_Part.format_part


_OPTIONS = (
    "and",
    "delimiter",
    "delimiter-precedes-et-al",
    "delimiter-precedes-last",
    "et-al-min",
    "et-al-use-first",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
    "et-al-use-last",
    "initialize-with",
    "initialize-with-hyphen",
    "name-as-sort-order",
    "sort-separator",
    "form",
    "demote-non-dropping-particle",
)


class Name(Element):
    """How names are written.

    :param inside: an element in the bibliography, from which options are inherited.
    :param options: options that are not those of the style.
    """

    nsmap = model.CitationStylesElement.nsmap
    process = model.Name.process
    initialize = model.Name.initialize

    def __init__(self, element: Any, inside: Any, options: dict[str, Any]) -> None:
        super().__init__(element)
        self.options = {name: element.get_option(name, inside) for name in _OPTIONS} | options
        self.et_al = cache(element.et_al)
        self._parts = [NamePart(part) for part in element.findall("cs:name-part", self.nsmap)]
        self._look = self.look()

    def get_option(self, name: str, context: object = None, sort_options: object = None) -> Any:
        """Return an option."""
        return self.options[name]

    def join(self, strings: Iterable[Text], default_delimiter: str = "") -> Text:
        """Return names with what stands between them, as citeproc-py joins them."""
        present = [text for text in strings if text is not None]
        return joined(present, self.get("delimiter", default_delimiter)) if present else String("")

    def findall(self, path: str, namespaces: object = None) -> Iterable[NamePart]:
        """Return how the parts of a name look."""
        return self._parts

    def printed(self, place: Any, role: str) -> Text:
        """Return the names of all who have a role."""
        return self._look(self.process(place, role))


@cache
def plain(kind: type[Element], element: Any) -> Any:
    """Return *element* as a plain object. A style in memory never changes."""
    return kind(element)


@cache
def child_of(element: Any, name: str) -> Any:
    """Return the first child of a name, or nothing."""
    return element.find(f"cs:{name}", element.nsmap)


@cache
def look_of(element: Any) -> Step:
    """Return what gives what an element prints its look."""
    return Element(element).look()


@cache
def look_of_text(element: Any, language: str) -> Step:
    """Return what gives the text that a ``cs:text`` prints its look, if it is in a language."""
    quotes = None
    if element.get("quotes", "false").lower() == "true":
        quotes = tuple(element.get_single_term(name=f"{side}-quote") for side in ("open", "close"))
    return Element(element).look(language, quotes)


@cache
def own_text(element: Any, language: str) -> Text:
    """Return the text that stands in the style itself: a term or a value."""
    look = look_of_text(element, language)
    name = element.get("term")
    if not name:
        return look(String(element.preformat(element.get("value"))))
    form = element.get("form", "long")
    is_plural = element.get("plural", "false").lower() == "true"
    get = element.get_plural_term if is_plural else element.get_single_term
    return look(get(name=name, form=None if form == "long" else form))


@cache
def labels_of(label: Any, variable: str) -> tuple[Text, Text]:
    """Return what one value and several values of a variable are called."""
    single, plural = (label.render(None, variable, is_plural) for is_plural in (False, True))
    return single, plural
