"""What of a faulty record is sound, so that one run tells everything that is wrong.

A record with a wrong value cannot be built, but its other values can still be checked against the
codebook and the other files. What is faulty is cut out of a copy of its nodes; the places of the
rest stay as they are.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evidence_map.yaml_source import MAXIMUM_PROBLEMS, Document, Field, Location, Node

ROUNDS = 6
"""Cutting out a value can leave its section incomplete, which is then cut out in turn."""

M = TypeVar("M", bound=BaseModel)


def salvaged(document: Document, model: type[M]) -> tuple[M, Document, frozenset[str]] | None:
    """Return the sound part of *document*; None if none is.

    :returns: the part as *model*, the nodes that are left, and the sections that were cut into.
    """
    cut: set[str] = set()
    rest = Document(document.path, document.text, _copy(document.root), document.first_line)
    for _ in range(ROUNDS):
        try:
            return model.model_validate(rest.plain()), rest, frozenset(cut)
        except ValidationError as error:
            # A file with this many faults is wrong as a whole, and cutting each out takes minutes.
            if error.error_count() > MAXIMUM_PROBLEMS:
                return None
            places = [detail["loc"] for detail in error.errors(include_url=False)]
        cut.update(str(place[0]) for place in places if place)
        faults = [_fault(rest.root, place) for place in places]
        if not all(faults):
            return None
        for fault in faults:
            if fault is not None:
                _cut(*fault)
    return None


def _copy(node: Node) -> Node:
    return Node(
        node.line,
        node.column,
        node.text,
        None if node.items is None else [_copy(item) for item in node.items],
        None
        if node.fields is None
        else {
            name: Field(field.line, field.column, _copy(field.value))
            for name, field in node.fields.items()
        },
    )


def _fault(root: Node, location: Location) -> tuple[Node, Node] | None:
    """Return the node at *location*, or the nearest around it, and the node that holds it."""
    holder, node = None, root
    for part in location:
        inner: Node | None = None
        if node.fields is not None and part in node.fields:
            inner = node.fields[str(part)].value
        elif node.items is not None and isinstance(part, int) and part < len(node.items):
            inner = node.items[part]
        if inner is not None:
            holder, node = node, inner
    return None if holder is None else (holder, node)


def _cut(holder: Node, node: Node) -> None:
    if holder.items is not None:
        holder.items[:] = [item for item in holder.items if item is not node]
    elif holder.fields is not None:
        for name in [name for name, field in holder.fields.items() if field.value is node]:
            del holder.fields[name]
