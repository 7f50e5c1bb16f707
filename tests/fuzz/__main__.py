"""``python -m tests.fuzz TARGET SECONDS``: fuzz a target, or all, led by the code that inputs reach.

The engine is atheris, libFuzzer for Python; it runs on Linux. What it finds is written to
``tests/fuzz/finds/TARGET/`` and replayed by the suite from then on. What reached new code is kept in
``build/fuzz/TARGET/``, so that the next run goes on from there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

# Nothing of the program may be imported before it is instrumented.
REPOSITORY = Path(__file__).parents[2]
FINDS = Path(__file__).parent / "finds"
LONGEST = 12_000
"""Bytes of an input. Longer ones reach no other code and are slow; growth is examined apart."""

INSTRUMENTED = ("evidence_map", "markdown_it", "bibtexparser", "pylatexenc")
"""The packages whose code leads the engine."""


def fuzz(name: str, limits: Sequence[str], kept: Path, code: Sequence[str] = INSTRUMENTED) -> int:
    """Fuzz the target *name* in a program of its own, and return its exit status: 0 without a find.

    :param limits: options of libFuzzer that say how long, such as ``-max_total_time=60``.
    :param kept: folder of the inputs that reached new code.
    :param code: the packages or modules whose code leads it; to prepare all takes half a minute.
    """
    kept.mkdir(parents=True, exist_ok=True)
    (FINDS / name).mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz", "--engine", name, ",".join(code), *limits]
    options = [f"-max_len={LONGEST}", f"-artifact_prefix={FINDS / name}/", "-rss_limit_mb=2048"]
    options += ["-timeout=300", "-verbosity=0", "-print_final_stats=1"]
    done = subprocess.run([*command, *options, str(kept)], cwd=REPOSITORY, check=False)
    return done.returncode


def _engine(name: str, code: list[str], options: list[str]) -> None:
    """Let atheris take over this program."""
    import atheris

    with atheris.instrument_imports(include=code):
        from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        words = Path(folder, "words")
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words), "ascii")
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, seed in enumerate(target.seeds()):
            (seeds / str(number)).write_bytes(seed)
        atheris.Setup(["fuzz", f"-dict={words}", *options, str(seeds)], target.tried)
        atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode("utf-8", "surrogatepass"))


def main(arguments: list[str]) -> int:
    """Run the command."""
    if arguments[:1] == ["--engine"]:
        _engine(arguments[1], arguments[2].split(","), arguments[3:])
        return 0
    from tests.fuzz.targets import TARGETS

    if len(arguments) != 2 or arguments[0] not in {*TARGETS, "all"} or not arguments[1].isdigit():
        print(f"usage: python -m tests.fuzz TARGET SECONDS; targets: all, {', '.join(TARGETS)}")
        return 2
    names = list(TARGETS) if arguments[0] == "all" else [arguments[0]]
    seconds = max(1, int(arguments[1]) // len(names))
    found = [
        name
        for name in names
        if fuzz(name, [f"-max_total_time={seconds}"], REPOSITORY / "build" / "fuzz" / name)
    ]
    print(f"{len(names)} targets, {seconds} s each; finds in: {', '.join(found) or 'none'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
