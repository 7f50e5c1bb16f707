"""A place of work: a small review under git, with something to do for every command, and its state."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.counted import count
from tests.faults.program import Ended, Faults, Program
from tests.reviews import LIGHTHOUSE

State = dict[str, bytes]

TWO_REFERENCES = """TY  - JOUR
AU  - Probe, Ada
TI  - Kettles in rough weather
DO  - 10.5555/kettles.1
PY  - 2021
ER  -
TY  - JOUR
AU  - Probe, Zoë
TI  - Cats that swim
DO  - 10.5555/cats.2
PY  - 2022
ER  -
"""

_ANSWERS = [
    "--title",
    "Invented reviews of soup",
    "--question",
    "What is known about soup?",
    "--by",
    "A. Cook",
]
_ANSWERS += ["--summary", "A map of what is known about soup.", "--frame", "theme-group"]
_ANSWERS += ["--terms", "theme=Taste; Warmth", "--terms", "group=Cooks; Cats", "--no-input"]

WHOLE = {"build", "import", "init"}
"""Commands that write several files, all of them or none; others write each file whole or not."""


@dataclass
class Place:
    """The folder of one test. What the commands write is in ``review``, ``site`` and ``out``."""

    folder: Path
    program: Program

    @property
    def review(self) -> Path:
        return self.folder / "review"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def command(self, name: str) -> list[str | Path]:
        """Return the arguments that call a command so that it has something to write."""
        out = self.folder / "out"
        if name == "init":
            return ["init", out / "new", *_ANSWERS]
        own: dict[str, list[str | Path]] = {
            "build": ["--out", self.site],
            "export": ["ris", "-o", out / "references.ris"],
            "diff": ["HEAD", "-o", out / "diff.md"],
            "import": [self.folder / "two.ris"],
            "add": ["--offline", "10.5555/soup.1"],
            "assess": ["company-matters"],
        }
        return [name, "--root", self.review, *own.get(name, [])]

    def run(
        self,
        name: str,
        faults: Faults = (),
        environment: Mapping[str, str | None] | None = None,
        *,
        outside: bool = False,
    ) -> Ended:
        """Run a command under faults; whatever happens, no traceback is shown.

        :param outside: whether a fault waits outside of the program, such as a full disk.
        """
        return self.run_at_once([(name, self.command(name), faults)], environment, outside=outside)[0]

    def run_at_once(
        self,
        commands: Sequence[tuple[str, Sequence[str | Path], Faults]],
        environment: Mapping[str, str | None] | None = None,
        *,
        outside: bool = False,
    ) -> list[Ended]:
        """Run commands at the same time."""
        where = {"TMPDIR": str(self.folder / "tmp"), **(environment or {})}
        ended = self.program.run_at_once(
            [(arguments, faults) for _, arguments, faults in commands], where
        )
        for (name, _, faults), each in zip(commands, ended, strict=True):
            if faults or environment or outside:
                count("faults", "faults injected")
                count("faults", "failures", 0)
            assert "Traceback" not in each.said, (name, faults, each.said)
            assert "mistake of the program" not in each.said, (name, faults, each.said)
        return ended

    def state(self) -> State:
        """Return every file of the place but git’s own and caches, hidden ones and links among them."""
        found: State = {}
        for file in sorted(self.folder.rglob("*")):
            path = file.relative_to(self.folder)
            if path.parts[:2] in {("review", ".git"), ("review", "build")} or _is_lock(path):
                continue
            if file.is_symlink():
                found[path.as_posix()] = os.fsencode(file.readlink())
            elif not file.is_dir():
                found[path.as_posix()] = file.read_bytes()
            elif not any(file.iterdir()):
                found[f"{path.as_posix()}/"] = b""
        return found

    def restore(self, kept: Path) -> None:
        """Put everything back as it stands in *kept*."""
        shutil.rmtree(self.folder)
        shutil.copytree(kept, self.folder, symlinks=True)


def _is_lock(path: Path) -> bool:
    """Whether this is the empty file at which builds of one site meet; it hinders none."""
    return path.parts[0] == "tmp" and path.name.startswith("evidence-map-") and path.suffix == ".lock"


def furnish(folder: Path) -> None:
    """Make what the commands work on: one record in another layout, a change against git, a RIS file."""
    review = folder / "review"
    shutil.copytree(LIGHTHOUSE, review, ignore=shutil.ignore_patterns("build"))
    for name in ("tmp", "out"):
        (folder / name).mkdir()
    (folder / "two.ris").write_text(TWO_REFERENCES, "utf-8")
    git = ["git", "-C", str(review), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *step], check=True)
    record = review / "records" / "example2020.yml"
    record.write_text(record.read_text("utf-8").replace("Four cups", "Five cups"), "utf-8")
    finding = review / "synthesis" / "findings" / "company-matters.md"
    stale = re.sub(r"(?m)^( +statement: )[a-z]{6}$", r"\1bbbbbb", finding.read_text("utf-8"))
    finding.write_text(stale, "utf-8")
