"""Conditions of a style: what is known of a kind of reference decides most of them beforehand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from citeproc import model

from evidence_map.exports.compiled_styles.values import USED_UP, Kind, Values

Test = bool | Callable[[Values], bool]
"""A condition: what is always so, or what depends on the reference."""

_PRINTS = Callable[[Values], Any]


class NotCovered(Exception):  # noqa: N818 (no error: citeproc-py takes over)
    """A style has something that is left to citeproc-py."""


def branches(element: Any, kind: Kind, body: Callable[[Any], _PRINTS | None]) -> _PRINTS | None:
    """Return what prints that branch of a ``cs:choose`` whose conditions are met.

    :param body: gives what prints a branch.
    """
    possible: list[tuple[Callable[[Values], bool] | None, _PRINTS | None]] = []
    for branch in element.iterchildren():
        test = True if isinstance(branch, model.Else) else _met(branch, kind)
        if test is False:
            continue
        possible.append((None if test is True else test, body(branch)))
        if test is True:
            break
    if not possible:
        return None
    if possible[0][0] is None:
        return possible[0][1]

    def choose(values: Values) -> Any:
        for test, printer in possible:
            if test is None or test(values):
                return printer(values) if printer else None
        return None

    return choose


def _met(branch: Any, kind: Kind) -> Test:
    """Return whether a branch is taken."""
    match, conditions = _written(branch)
    tests = [test for name, words in conditions for test in _tests(name, words, kind)]
    combined = any if match in ("any", "none") else all
    negated = match == "none"
    if all(isinstance(test, bool) for test in tests):
        return bool(combined(tests)) != negated

    def met(values: Values) -> bool:
        # Every test is made, since some of them count as asking.
        results = [test if isinstance(test, bool) else test(values) for test in tests]
        return bool(combined(results)) != negated

    return met


@cache
def _written(branch: Any) -> tuple[str, list[tuple[str, list[str]]]]:
    """Return how conditions are combined, and their words with names as citeproc-py has them."""
    named = [(name, text.lower() if name == "type" else text) for name, text in branch.attrib.items()]
    conditions = [
        (name, (text if name == "type" else text.replace("-", "_")).split()) for name, text in named
    ]
    return branch.get("match", "all"), conditions


def _tests(name: str, words: list[str], kind: Kind) -> list[Test]:
    match name:
        case "type":
            return [word == kind.type for word in words]
        case "variable":
            return [_has(word, kind) for word in words]
        case "is-numeric":
            return [_is_numeric(word, kind) for word in words]
        case "is-uncertain-date" | "locator":
            return [False for _ in words]
        case "position":
            return [False]
    return []


def _has(variable: str, kind: Kind) -> Test:
    if variable not in kind.variables:
        return False
    if kind.is_used_up and variable in USED_UP:
        return lambda values: variable not in values.used
    return True


def _is_numeric(variable: str, kind: Kind) -> Test:
    if variable not in kind.variables:
        return False
    uses_up = kind.is_used_up and variable in USED_UP

    def is_numeric(values: Values) -> bool:
        if variable in values.used:
            return False
        values.asked += 1
        values.found += 1
        if uses_up and variable != "editor":
            values.used.add(variable)
        return bool(model.If.re_numeric.match(str(values.texts[variable])))

    return is_numeric
