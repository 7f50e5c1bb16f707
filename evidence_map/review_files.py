"""The files below the folder of a review: each read once, with what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from evidence_map.front_matter import Narrative, read_markdown
from evidence_map.problems import Position, Problem, Rule
from evidence_map.review import Located
from evidence_map.text_source import UNREADABLE, read_bytes
from evidence_map.validation import validate
from evidence_map.value_rules import REPEATED_IDENTIFIER
from evidence_map.yaml_source import Document, read_document

BAD_FILE_NAME = Rule(
    "bad-file-name",
    "A file whose name cannot be a citation key",
    "The file's name is the key under which authors cite the paper, in LaTeX and in addresses.",
    "Use the first author's family name and the year in lower-case letters and digits: lamp2021.yml.",
)
FILE_NAME_CLASH = Rule(
    "file-name-clash",
    "Two file names differ only in upper and lower case",
    "On Windows and macOS one would overwrite the other.",
    "Rename one of them.",
)
MISPLACED_FILE = Rule(
    "misplaced-file",
    "A file or folder that does not belong here",
    "It would be overlooked: only the files named in the guide are read.",
    "Put records directly into records/, one .yml file each.",
)
LINK_OUTSIDE = Rule(
    "link-outside",
    "A symbolic link that leads out of the review",
    "It would publish a file of the machine that builds the site.",
    "Replace the link by the file itself.",
)
MISSING_FILE = Rule(
    "missing-file",
    "A file that every review needs is missing",
    "Without its question and its codebook a review cannot be built.",
    "Create it; the page “Start your own review” of the site shows an example.",
)

FILE_RULES = (BAD_FILE_NAME, FILE_NAME_CLASH, MISPLACED_FILE, LINK_OUTSIDE, MISSING_FILE)

M = TypeVar("M", bound=BaseModel)
E = TypeVar("E")


@dataclass
class ReviewFiles:
    """Reads the files below one folder and gathers what is wrong with them."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def path(self, file: Path) -> PurePosixPath:
        """Return the name of *file* in messages, whatever bytes it is made of."""
        return printable_path(file.relative_to(self.root))

    def is_inside(self, file: Path) -> bool:
        """Whether *file* is not, and does not lead through, a link out of the review's folder."""
        place = Position(self.path(file))
        try:
            inside = file.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):
            # Python 3.11 and 3.12 raise RuntimeError for links that lead in a circle.
            self.problems.append(UNREADABLE.at(place, "the link leads to itself"))
            return False
        if not inside:
            self.problems.append(LINK_OUTSIDE.at(place, "the link leads to a file outside the review"))
        return inside

    def entries(self, folder: Path) -> list[os.DirEntry[str]]:
        """Return what stands in *folder*, apart from hidden files; nothing where it cannot be read."""
        if not self.is_inside(folder):
            return []
        try:
            with os.scandir(folder) as entries:
                return sorted((each for each in entries if each.name[0] != "."), key=_by_name)
        except OSError as error:
            place = Position(self.path(folder))
            reason = error.strerror or str(error)
            self.problems.append(UNREADABLE.at(place, f"the folder cannot be read: {reason}"))
            return []

    def listing(self, folder: Path) -> list[Path]:
        """Return the files and folders in *folder*, as :meth:`entries`."""
        return [folder / entry.name for entry in self.entries(folder)]

    def content(self, entry: os.DirEntry[str]) -> bytes | Problem:
        """Return the bytes of a file in records/, or why it cannot be read."""
        file = Path(entry.path)
        if file.is_symlink() and not self.is_inside(file):
            return self.problems[-1]
        return read_bytes(entry.path, self.path(file))

    def read(self, file: Path, model: type[M]) -> Located[M] | None:
        """Return the YAML file as *model*, or None after noting why not."""
        if not self.is_inside(file):
            return None
        return self._validated(read_document(file, self.path(file)), model)

    def read_page(self, file: Path, model: type[M]) -> tuple[Located[M], Narrative] | None:
        """Return the Markdown file's fields as *model* and its text, or None."""
        if not self.is_inside(file):
            return None
        read = read_markdown(file, self.path(file))
        if isinstance(read, list):
            self.problems += read
            return None
        located = self._validated(read[0], model)
        if located is None:
            return None
        self.texts[str(self.path(file))] += read[1].text
        return located, read[1]

    def _validated(self, read: Document | list[Problem], model: type[M]) -> Located[M] | None:
        if isinstance(read, list):
            self.problems += read
            return None
        self.texts[str(read.path)] = read.text
        value, problems = validate(read, model)
        self.problems += problems
        return None if value is None else Located(value, read)

    def optional(self, name: str, model: type[M]) -> Located[M] | None:
        """Return a file of synthesis/ that a review may have, or None."""
        file = self.root / "synthesis" / name
        return self.read(file, model) if os.path.lexists(file) else None

    def list_of(
        self, file: str, name: str, model: type[M], entries: Callable[[M], list[E]]
    ) -> list[Located[E]]:
        """Return the entries of a file of synthesis/ whose one field, *name*, is a list."""
        located = self.optional(file, model)
        if located is None:
            return []
        return [
            Located(entry, located.document, (name, index))
            for index, entry in enumerate(entries(located.value))
        ]

    def by_id(self, entries: list[Located[E]], id_of: Callable[[E], str]) -> dict[str, Located[E]]:
        """Return *entries* by id, after noting ids that stand twice."""
        found: dict[str, Located[E]] = {}
        for entry in entries:
            key = id_of(entry.value)
            if key in found:
                self.problems.append(repeated_identifier(entry.at("id"), key))
            else:
                found[key] = entry
        return found

    def missing(self, name: str) -> bool:
        """Note that a file which every review needs is not there."""
        if os.path.lexists(self.root / name):
            return False
        self.problems.append(MISSING_FILE.at(Position(PurePosixPath(name)), "the file is missing"))
        return True


def printable_path(path: Path) -> PurePosixPath:
    """Return *path* for messages: bytes that are no text are shown as “�”."""
    return PurePosixPath(os.fsencode(path.as_posix()).decode("utf-8", "replace"))


def repeated_identifier(place: Position, name: str) -> Problem:
    """Return the problem of an id *name* that stands twice in a file, the second time at *place*."""
    return REPEATED_IDENTIFIER.at(place, f"the id “{name}” stands twice in this file")


def _by_name(entry: os.DirEntry[str]) -> str:
    return entry.name
