"""A reference as citeproc-py reads it to make a citation, and the rules that it needs for that."""

from __future__ import annotations

from typing import Any

from citeproc import CitationItem
from citeproc.model import Choose
from citeproc.source import Reference, VariableError
from citeproc.source.json import CiteProcJSON
from citeproc.string import MixedString, String

from evidence_map.exports.csl_json import Item

NOT_COUNTED = ("key", "type", "language", "year_suffix")
"""What may be asked for without being counted."""


def cited_reference(item: Item) -> CitationItem:
    """Return the item as a reference that is cited."""
    (reference,) = _Source([item]).values()
    return _Cited(_Watched(reference))


class _Watched(Reference):  # type: ignore[misc]
    """A reference that counts which of its values are printed, and which are asked for and missing.

    In a reference without authors, what may stand in for them is given once: CSL counts it as used
    up, and citeproc-py would print it again in its own place.
    """

    def __init__(self, reference: Reference) -> None:
        dict.__init__(self, reference)
        dict.update(self, asked=0, found=0, used=set(), once="author" not in reference)

    def count(self, name: str) -> int:
        """Return a count."""
        return int(dict.__getitem__(self, name))

    def add(self, name: str) -> None:
        """Count one more."""
        dict.__setitem__(self, name, self.count(name) + 1)

    def __getitem__(self, key: str) -> Any:
        if key in NOT_COUNTED:
            return super().__getitem__(key)
        self.add("asked")
        # Names are asked for again when their label is printed.
        if key not in self and key != "editor":
            raise VariableError
        value = super().__getitem__(key)
        self.add("found")
        if key in ("title", "publisher"):
            self._use(key)
        return value

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value; names are asked for in this way when they are printed."""
        if key not in self:
            return default
        self.add("found")
        if key == "editor":
            self._use(key)
        return dict.__getitem__(self, key)

    def _use(self, key: str) -> None:
        if dict.__getitem__(self, "once"):
            dict.__getitem__(self, "used").add(key)

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) and key not in dict.__getitem__(self, "used")


def rendered_group(group: Any, item: Any, context: Any = None, **options: Any) -> Any:
    """Render a group by the rule of CSL: it is left out if it asks for values and none is there.

    What counts is what is asked for in this reference. citeproc-py counts what the style could ask
    for, and takes a constant for a value: it loses the “[M]” of GB/T 7714 and prints a lone “Edition”.

    :raises VariableError: if the group is left out.
    """
    reference = item.reference
    asked, found = reference.count("asked"), reference.count("found")
    delimiter = group.get("delimiter", "")
    output = []
    for child in group.iterchildren():
        inherited = {"delimiter": delimiter} if isinstance(child, Choose) else {}
        try:
            text = child.render(item, context=context, **inherited, **options)
        except VariableError:
            continue
        if text is not None:
            output.append(text)
    if not output or (reference.count("asked") > asked and reference.count("found") == found):
        raise VariableError
    return group.join(output)


def rendered_names(process: Any, item: Any, **options: Any) -> Any:
    """Render names, and count that they were asked for; citeproc-py asks only for those there are."""
    item.reference.add("asked")
    return process(item, **options)


def certain(branch: Any, item: Any) -> list[bool]:
    """No date of a record is uncertain. citeproc-py would ask for the date to find out."""
    return [False for _ in branch.get("is-uncertain-date").split()]


class _Cited(CitationItem):  # type: ignore[misc]
    """A place where a reference is cited. It holds the reference, which is asked for all the time."""

    def __init__(self, reference: Reference) -> None:
        super().__init__(reference.key)
        self["own"] = reference

    @property
    def reference(self) -> Reference:
        """What is cited."""
        return dict.__getitem__(self, "own")


class _Source(CiteProcJSON):  # type: ignore[misc]
    """One item. Its texts are text: citeproc-py would take ``<span class="nocase">`` for markup."""

    def parse_string(self, string: object) -> MixedString:
        """Return a text as it is."""
        return MixedString([String(str(string))])
