"""A style of citeproc-py, walked once for each kind of reference."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from citeproc import model
from citeproc.source import Date

from evidence_map.exports.citation_reference import NOT_COUNTED
from evidence_map.exports.compiled_styles.conditions import NotCovered, branches
from evidence_map.exports.compiled_styles.elements import (
    DatePart,
    Element,
    Name,
    Numbers,
    Pages,
    child_of,
    labels_of,
    look_of,
    look_of_text,
    own_text,
    plain,
)
from evidence_map.exports.compiled_styles.joining import Text
from evidence_map.exports.compiled_styles.printers import (
    Constant,
    Printer,
    asks,
    group,
    in_a_row,
    looked,
)
from evidence_map.exports.compiled_styles.values import USED_UP, Kind, Values, kind_of
from evidence_map.exports.csl_json import Item

KINDS_KEPT = 256
"""For how many kinds of references a style is kept in memory."""

DATES_KEPT = 1_024
"""How many dates are kept in memory as they are written at a place of a style."""


class CompiledStyle:
    """A style in memory, as functions.

    :param root: the style, prepared for citeproc-py.
    :param options: what is overruled of a ``cs:name`` if so many authors are known, but not all.
    """

    def __init__(self, root: Any, options: Callable[[Any, int], dict[str, Any]]) -> None:
        self.root = root
        self.options_if_more = options
        self._default_language: str = root.get("default-locale", "en")
        self._told_apart = _variables(root)
        self.names: dict[tuple[Any, int | None], Name] = {}
        self._for_kind = lru_cache(KINDS_KEPT)(self._compiled)

    def printed(self, item: Item, known: int | None = None) -> Text:
        """Return the citation of an item, or nothing if the style prints nothing.

        :param known: how many authors are known, if not all are.
        :raises NotCovered: if the style has something for it that only citeproc-py can do.
        """
        found = self._for_kind(kind_of(item, self._told_apart, self._default_language))
        if isinstance(found, NotCovered):
            raise found
        return found(Values(item, known))

    def _compiled(self, kind: Kind) -> Printer | NotCovered:
        try:
            return _Walk(self, kind).layout(self.root.bibliography.layout)
        except NotCovered as reason:
            return reason


class _Walk:
    """One walk through a style, for one kind of reference."""

    def __init__(self, style: CompiledStyle, kind: Kind) -> None:
        self.style = style
        self.kind = kind
        self.language = "en" if kind.is_english else "other"
        self.macros: dict[str, Printer | None] = {}
        # What options are inherited from: every element is printed inside of the bibliography.
        self.inside = style.root.bibliography.layout

    def layout(self, element: Any) -> Printer:
        """Return what prints a whole citation."""
        body = self.joined(element, "") or asks
        look = Element(element)
        return lambda values: look.format(look.wrap(body(values)))

    def joined(self, element: Any, delimiter: str) -> Printer | None:
        """Return what prints the children of *element* with *delimiter* between them."""
        return in_a_row(self.children(element, delimiter), delimiter)

    def children(self, element: Any, delimiter: str) -> list[Printer]:
        """Return what prints the children. Of those that only ask in vain, one is enough."""
        printers: list[Printer] = []
        for child in element.iterchildren():
            printer = self.element(child, delimiter)
            if printer and not (printer is asks and asks in printers):
                printers.append(printer)
        return printers

    def element(self, element: Any, delimiter: str = "") -> Printer | None:
        """Return what prints an element; nothing if it is never printed and asks for nothing.

        :param delimiter: what stands between the elements around, and so in a ``cs:choose``.
        """
        match element:
            case model.Choose():
                return self.choose(element, delimiter)
            case model.Group():
                return self.group(element)
            case model.Text():
                return self.text(element)
            case model.Names():
                return self.names(element, element)
            case model.Date():
                return self.date(element)
            case model.Number():
                return self.number(element)
            case model.Label():
                return self.label(element)
        raise NotCovered(element.tag)

    def asked(self, variable: str) -> Printer | None:
        """Return what gives the value of a variable and counts; nothing if there is nothing to count.

        No citation here has a locator, so nothing ever follows from one.
        """
        if variable in NOT_COUNTED:
            is_there = variable in self.kind.variables
            return (lambda values: values.texts[variable]) if is_there else None
        if variable == "locator":
            return None
        if variable not in self.kind.variables:
            return asks
        uses_up = self.kind.is_used_up and variable in USED_UP and variable != "editor"

        def value(values: Values) -> Any:
            values.asked += 1
            if uses_up:
                if variable in values.used:
                    return None
                values.used.add(variable)
            values.found += 1
            return values.texts[variable]

        return value

    def choose(self, element: Any, delimiter: str) -> Printer | None:
        """Return what prints the branch that is taken."""
        return branches(element, self.kind, lambda branch: self.joined(branch, delimiter))

    def group(self, element: Any) -> Printer | None:
        delimiter = element.get("delimiter", "")
        return group(self.children(element, delimiter), delimiter, look_of(element))

    def text(self, element: Any) -> Printer | None:
        if variable := element.get("variable"):
            return self.variable(element, variable)
        if macro := element.get("macro"):
            return looked(self.macro(macro), look_of_text(element, self.language))
        return Constant.of(own_text(element, self.language))

    def macro(self, name: str) -> Printer | None:
        if name not in self.macros:
            self.macros[name] = self.joined(self.style.root.get_macro(name), "")
        return self.macros[name]

    def variable(self, element: Any, variable: str) -> Printer | None:
        if variable == "citation-number":
            raise NotCovered(variable)
        name = variable.replace("-", "_")
        if element.get("form") == "short" and f"{name}_short" in self.kind.variables:
            raise NotCovered(f"{variable}-short")
        is_page = variable.startswith("page")
        value = self.asked("page" if is_page else name)
        if value is None or value is asks:
            return value
        look, pages = look_of_text(element, self.language), plain(Pages, element)

        def printed(values: Values) -> Text:
            if variable in values.repressed:
                return None
            text = value(values)
            if text is not None and is_page:
                text = pages._process(text, variable)
            return look(text)

        return printed

    def number(self, element: Any) -> Printer | None:
        variable = element.get("variable")
        # A variable with a hyphen is never found here by citeproc-py.
        value = self.asked("page" if variable == "page-first" else variable)
        if value is None or value is asks:
            return value
        numbers, look = plain(Numbers, element), look_of(element)

        def printed(values: Values) -> Text:
            number = value(values)
            return None if number is None else look(numbers._process(number, variable))

        return printed

    def label(self, element: Any) -> Printer | None:
        variable = element.get("variable")
        value = self.asked(variable.replace("-", "_"))
        if value is None:
            return None
        if variable.startswith("number-of") and value is not asks:
            raise NotCovered(variable)
        single, plural = labels_of(element, variable)
        many = model.Label.RE_MULTIPLE_NUMBERS.search

        def printed(values: Values) -> Text:
            number = value(values)
            return single if number is None or many(str(number)) is None else plural

        return printed

    def date(self, element: Any) -> Printer | None:
        value = self.asked(element.get("variable").replace("-", "_"))
        if value is None or value is asks:
            return value
        shown, source = ["year", "month", "day"], element
        if form := element.get("form"):
            source = element.get_date(form)
            if (parts := element.get("date-parts")) is not None:
                shown = parts.split("-")
        printers = [
            DatePart(part, element) for part in source.iterchildren() if part.get("name") in shown
        ]
        look = plain(Element, element)

        @lru_cache(DATES_KEPT)
        def written(date: tuple[int, ...] | str) -> Text:
            if isinstance(date, str):
                return look.wrap(date)
            known = Date(**dict(zip(("year", "month", "day"), date, strict=False)))
            parts = [text for part in printers if (text := part.printed(known)) is not None]
            return look.wrap(look.join(parts)) if parts else None

        def printed(values: Values) -> Text:
            date = value(values)
            return None if date is None else written(date)

        return printed

    def names(self, element: Any, writing: Any) -> Printer:
        """Return what prints names.

        :param writing: the ``cs:names`` that says how they are written and labelled.
        """
        if child_of(writing, "name") is None:
            raise NotCovered("names without a way to write them")
        roles = element.get("variable").split()
        tests_editors = set(roles) == {"editor", "translator"}
        if tests_editors and "translator" in self.kind.variables:
            raise NotCovered("editors who are translators")
        present = [role for role in roles if role in self.kind.variables]
        printers = [self.role(writing, role) for role in present]
        # Nothing stands in for names that are there and can never be used up before.
        is_certain = bool(present) and not self.kind.is_used_up
        substitute = None if is_certain else self.substitute(element)
        if not printers and not substitute:
            return asks
        join_names, look = plain(Element, element).join, look_of(element)
        delimiter = element.get_parent_delimiter(self.inside)
        finds_editors = "editor" in self.kind.variables

        def printed(values: Values) -> Text:
            values.asked += 1
            if tests_editors:
                values.asked += 1
                values.found += finds_editors
            output = [text for role in printers if (text := role(values)) is not None]
            if output:
                return look(join_names(output, delimiter))
            return look(substitute(values)) if substitute else None

        return printed

    def role(self, writing: Any, role: str) -> Printer:
        """Return what prints the names of those who have a role, with what they are called."""
        uses_up = self.kind.is_used_up and role in USED_UP
        labels = _labels(writing, role)
        is_before = child_of(writing, "label") is writing[0]
        name = child_of(writing, "name")

        def printed(values: Values) -> Text:
            if role in values.used:
                return None
            written = self.name(name, values.known)
            values.found += 2
            values.asked += 1
            if uses_up:
                values.used.add(role)
            text = written.printed(values, role)
            if text is None:
                raise NotCovered("names that are empty")
            label = labels[len(values.texts[role]) > 1]
            if label is None:
                return text
            return label + text if is_before else text + label

        return printed

    def name(self, element: Any, known: int | None) -> Name:
        place = element, known
        if place not in self.style.names:
            more = {} if known is None else self.style.options_if_more(element, known)
            written = Name(element, self.inside, more)
            if written.options["form"] == "count":
                raise NotCovered("names that are counted")
            self.style.names[place] = written
        return self.style.names[place]

    def substitute(self, names: Any) -> Printer | None:
        """Return what prints what stands in for names that are missing."""
        element = names.substitute()
        if element is None:
            return None
        children: list[tuple[str | None, Printer]] = []
        for child in element.iterchildren():
            is_bare = isinstance(child, model.Names) and child_of(child, "name") is None
            printer = self.names(child, names) if is_bare else self.element(child)
            if printer:
                is_text = isinstance(child, model.Text)
                children.append((child.get("variable") if is_text else None, printer))

        def printed(values: Values) -> Text:
            for variable, child in children:
                if text := child(values):
                    values.repressed.add(variable)
                    return text
            return None

        return printed


def _variables(root: Any) -> frozenset[str]:
    """Return all variables that a style asks for, and those that decide how others are printed."""
    conditions = ("variable", "is-numeric")
    named = [element.get(name, "") for element in root.iter() for name in conditions]
    # Pages are asked for as “page-first”, too; a short title where there is one.
    asked = {variable for names in named for variable in names.replace("-", "_").split()}
    short = {f"{variable}_short" for variable in asked}
    return frozenset(asked | short | {"author", "editor", "page", "translator"})


def _labels(writing: Any, role: str) -> tuple[Text, Text]:
    """Return what one person and several persons with a role are called."""
    label = child_of(writing, "label")
    if label is None:
        return None, None
    try:
        return labels_of(label, role)
    except AttributeError:
        return None, None
