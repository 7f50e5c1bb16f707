"""Every command, broken off or refused by the disk at many moments of its way."""

from __future__ import annotations

import errno
import os
import random

import pytest

from tests.faults.conftest import COMMANDS, Known
from tests.faults.place import WHOLE, Place, State
from tests.faults.program import Ended

MOMENTS = {"build": 2, "diff": 2, "export": 2}
"""At how many moments a command is broken off in each way; others as often as ``OFTEN``."""

OFTEN = 4

WORDS = {errno.ENOSPC: "the disk is full", errno.EIO: "the disk", errno.EACCES: "may not be"}
"""What is said of each refusal."""

NOWHERE = "temporary files cannot be written; free some space, or name another folder"
"""What is said where it is met by Python’s search for a place for temporary files."""


def moments(name: str, known: Known, kind: str) -> list[int]:
    """Return the events at which a command is broken off: the same in each run, spread over its way."""
    number, last = MOMENTS.get(name, OFTEN), known.events[name]
    chance = random.Random(f"{name} {kind}")
    return sorted({max(1, int(last * (n + chance.random()) / number)) for n in range(number)})


def is_old_or_new(state: State, known: Known, name: str, left: tuple[str, ...] = ()) -> None:
    """Insist that there is the old state or the new one; of *left* something may stand there besides."""
    old, new = known.before, known.after[name]
    old, new, found = (_without_empty(each) for each in (old, new, state))
    found = {path: data for path, data in found.items() if not any(part in path for part in left)}
    if name in WHOLE:
        assert found in (old, new), (name, differing(found, old), differing(found, new))
        return
    for path in {*found, *old, *new}:
        assert found.get(path) in (old.get(path), new.get(path)), (name, path)


def _without_empty(state: State) -> State:
    """Leave empty folders out: git does not know them, and no command minds them."""
    return {path: data for path, data in state.items() if not path.endswith("/")}


def differing(one: State, other: State) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))[:10]


def is_made_good(place: Place, known: Known, name: str) -> None:
    """Insist that the command, called again, ends as if nothing had happened."""
    ended = place.run(name)
    if name in {"import", "add", "init"} and ended.status:
        # It had done its work before it was broken off.
        assert "nothing there is touched" in ended.said or "already here" in ended.said, ended
    else:
        assert ended.status == 0, ended
    found, wanted = place.state(), known.after[name]
    assert {path: found.get(path) for path in wanted} == wanted, differing(found, wanted)


@pytest.mark.parametrize("error", WORDS, ids=lambda error: errno.errorcode[error])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_refuses_leaves_all_as_it_was(
    name: str, error: int, place: Place, known: Known
) -> None:
    for at in moments(name, known, f"refuse {error}"):
        ended = place.run(name, [("fail", {"at": at, "error": error})])
        state = place.state()
        is_old_or_new(state, known, name)
        if ended.status:
            assert ended.status == 1, ended
            assert any(words in ended.said for words in (WORDS[error], NOWHERE)), ended
            assert state == known.before or name not in WHOLE
        else:
            # What was refused was a help that it can do without, such as the cache.
            assert state == known.after[name]
        if state != known.before:
            place.restore(known.kept)


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGKILL"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_ended_leaves_the_old_or_the_new(
    name: str, how: str, place: Place, known: Known
) -> None:
    for at in moments(name, known, how):
        ended = place.run(name, [("kill", {"at": at, "how": how})])
        state = place.state()
        if how == "SIGKILL":
            assert ended.status == -9
            is_old_or_new(state, known, name, left=LEFT)
        else:
            is_old_or_new(state, known, name)
            assert ended.status in (ENDED[how] if state == known.before else {0, *ENDED[how]}), ended
        if state != known.before:
            is_made_good(place, known, name)
            place.restore(known.kept)


ENDED = {"SIGTERM": {143}, "SIGINT": {1, 130}}
"""The status of a command that was told to end."""

LEFT = (
    "/.import-",
    ".site-new-",
    "tmp/",
    "/.evidence-map-init-",
    ".new",
    "/.references.ris-",
    "/.diff.md-",
)
"""What a kill that no program notices may leave: hidden, read by nothing, and named here."""


def test_a_broken_off_command_is_told_apart_from_a_finished_one(place: Place) -> None:
    ended: Ended = place.run("build", [("kill", {"at": 300, "how": "SIGTERM"})])
    assert "ended from outside" in ended.said
