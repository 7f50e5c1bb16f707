"""Programs of their own, whose terminal, pipe or locale is not what one would wish."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

from tests.counted import count
from tests.faults.conftest import Known
from tests.faults.place import Place
from tests.reviews import REPOSITORY

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs descriptors of POSIX")

NARROW = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A system without UTF-8, which Python neither mends nor overrules."""


def started(
    place: Place,
    name: str,
    before: Callable[[], None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    count("faults", "faults injected")
    command = [str(each) for each in place.command(name)]
    if name == "export":
        command = command[: command.index("-o")]
    return subprocess.Popen(
        [sys.executable, str(REPOSITORY / "build.py"), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
        preexec_fn=before,
    )


def is_quiet(said: bytes) -> None:
    assert b"Traceback" not in said and b"mistake of the program" not in said, said
    assert b"Exception ignored" not in said, said


@pytest.mark.parametrize("name", ["check", "export"])
def test_a_reader_that_goes_away(name: str, place: Place) -> None:
    """As with ``| head -1``: the pipe is closed while much more is to come."""
    for record in (place.review / "records").glob("*.yml"):
        if name == "check":
            record.write_text("reference:\n" + "".join(f"  wrong{n}: x\n" for n in range(45)), "utf-8")
    process = started(place, name)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 1
    is_quiet(said)


@pytest.mark.parametrize("stream", [1, 2])
@pytest.mark.parametrize("name", ["check", "export", "format"])
def test_a_stream_that_is_closed(name: str, stream: int, place: Place, known: Known) -> None:
    process = started(place, name, lambda: os.close(stream))
    written, said = process.communicate()
    is_quiet(written + said)
    if name == "export" and stream == 1:
        assert process.returncode == 1 and b"standard output is closed" in said
    else:
        assert process.returncode == 0
        assert place.state() == (known.after["format"] if name == "format" else known.before)


@pytest.mark.parametrize(
    "name, encoding", [("build", "ascii"), ("import", "latin-1"), ("format", "ascii")]
)
def test_a_locale_without_unicode(name: str, encoding: str, place: Place, known: Known) -> None:
    """What is written is the same; what is shown has escapes for what the terminal lacks."""
    process = started(place, name, environment={"PYTHONIOENCODING": encoding, **NARROW})
    shown, said = process.communicate()
    is_quiet(shown + said)
    assert process.returncode == 0, said
    assert place.state() == known.after[name]
