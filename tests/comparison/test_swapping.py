"""A state does not differ from itself, and told backwards a comparison tells the opposite."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_map.comparison.comparison import content_of
from evidence_map.comparison.differences import Change, What
from evidence_map.comparison.revisions import Revision
from evidence_map.comparison.states import State, state_in
from tests.comparison.stories import STEPS
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE

Step = Callable[[ReviewFolder], None]
BACKWARDS = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Collection[Step]], State]:
    """Make a state of the review after some steps."""
    place, numbers = tmp_path_factory.mktemp("states"), itertools.count()
    known: dict[frozenset[Step], State] = {}

    def made(steps: Collection[Step]) -> State:
        if frozenset(steps) in known:
            return known[frozenset(steps)]
        folder = place / f"{next(numbers)}"
        shutil.copytree(LIGHTHOUSE, folder, ignore=shutil.ignore_patterns("build"))
        review = ReviewFolder(folder)
        for step in STEPS:
            if step in steps:
                step(review)
        found = state_in(folder, Revision("some state"), Path(f"{folder}.db"))
        assert found.database, found.checked
        known[frozenset(steps)] = found
        return found

    return made


def essence(change: Change, *, backwards: bool) -> tuple[Any, ...]:
    """Return what a change says, told the other way round if asked for; its title is that of HEAD."""
    names = [change.name, change.name]
    if change.rename:
        names = [change.rename.old, change.rename.new]
    fields = {(each.field, each.before, each.after) for each in change.fields}
    if not backwards:
        return change.subject, change.what, tuple(names), frozenset(fields)
    turned = frozenset((field, after, before) for field, before, after in fields)
    return change.subject, BACKWARDS.get(change.what, change.what), tuple(names[::-1]), turned


def told(base: State, head: State, *, backwards: bool = False) -> dict[str, Any]:
    """Return what differs, each part as a set."""
    content = content_of(base, head)
    assert content is not None
    cells = [cell for each in content.maps for cell in each.cells]
    lines = [line for each in content.maps for line in each.lines]
    changes = [
        *(each.change for each in content.records),
        *(finding for each in content.records for finding in each.findings),
        *(each.change for each in content.review_findings),
        *(each.change for each in content.codebook),
        *(content.map_definitions + content.studies + content.searches + content.others),
    ]
    pair: Callable[[Any, Any], Any] = lambda one, two: (two, one) if backwards else (one, two)  # noqa: E731
    return {
        "changes": {essence(change, backwards=backwards) for change in changes},
        "cells": {(each.map, each.row, each.column, *pair(each.before, each.after)) for each in cells},
        "lines": {
            (each.map, each.axis, each.term, BACKWARDS[each.what] if backwards else each.what)
            for each in lines
        },
        "flow": {
            (each.method, each.box, each.detail, *pair(each.before, each.after)) for each in content.flow
        },
        "totals": {(each.name, *pair(each.before, each.after)) for each in content.totals},
        "uses": {
            frozenset(
                {each.change.name, each.change.rename.old if each.change.rename else each.change.name}
            )
            | {pair(each.records_before, each.records_after)}
            for each in content.codebook
        },
    }


steps = st.sets(st.sampled_from(STEPS))


@given(one=steps, other=steps)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_told_backwards_before_and_after_are_swapped(
    state: Callable[[Collection[Step]], State], one: set[Step], other: set[Step]
) -> None:
    base, head = state(one), state(other)
    assert told(base, head) == told(head, base, backwards=True)


@given(taken=steps)
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
def test_a_state_does_not_differ_from_itself(
    state: Callable[[Collection[Step]], State], taken: set[Step]
) -> None:
    content = content_of(state(taken), state(taken))
    assert content is not None and content.is_empty


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_each_step_is_seen(state: Callable[[Collection[Step]], State], step: Step) -> None:
    needed = [STEPS[0]] if step is not STEPS[0] else []
    content = content_of(state(needed), state([*needed, step]))
    assert content is not None and not content.is_empty
