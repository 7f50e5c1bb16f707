"""What a walk through a style leaves: functions that print a part of a citation for a reference.

What cannot depend on the reference, once its kind is known, is settled here and not asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evidence_map.exports.compiled_styles.elements import Step, unchanged
from evidence_map.exports.compiled_styles.joining import Text, joined
from evidence_map.exports.compiled_styles.values import Values

Printer = Callable[[Values], Text]
"""Prints an element for a reference; nothing (``None``) where the reference has nothing for it."""


@dataclass(frozen=True, eq=False)
class Constant:
    """Prints a text that stands in the style itself, and asks for nothing."""

    text: Text

    def __call__(self, values: Values) -> Text:
        """Return the text."""
        return self.text

    @classmethod
    def of(cls, text: Text) -> Constant | None:
        """Return what prints *text*, if there is one."""
        return None if text is None else cls(text)


def asks(values: Values) -> None:
    """Print nothing for what is asked for and missing."""
    values.asked += 1


def in_a_row(children: list[Printer], delimiter: str) -> Printer | None:
    """Return what prints *children* with *delimiter* between them, if there are any."""
    if len(children) < 2:
        return children[0] if children else None

    def printed(values: Values) -> Text:
        output = [text for child in children if (text := child(values)) is not None]
        return joined(output, delimiter) if output else None

    return printed


def group(children: list[Printer], delimiter: str, look: Step) -> Printer | None:
    """Return what prints a group, which is left out if it asks for values and none is there."""
    constants = [child.text for child in children if isinstance(child, Constant)]
    if all(child is asks or isinstance(child, Constant) for child in children):
        if asks in children:
            return asks
        return Constant.of(look(joined(constants, delimiter))) if constants else None
    has_no_look = look is unchanged

    def printed(values: Values) -> Text:
        asked, found = values.asked, values.found
        output = [text for child in children if (text := child(values)) is not None]
        if not output or (values.asked > asked and values.found == found):
            return None
        text = joined(output, delimiter) if len(output) > 1 else output[0]
        return (text or None) if has_no_look else look(text)

    return printed


def looked(printer: Printer | None, look: Step) -> Printer | None:
    """Return what gives that which *printer* prints its look."""
    if printer is None or printer is asks:
        return printer
    if isinstance(printer, Constant):
        return Constant.of(look(printer.text))
    if look is unchanged:
        return lambda values: printer(values) or None
    return lambda values: look(printer(values))
