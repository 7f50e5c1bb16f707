"""Read the folders of a review: every file, all problems at once, nothing guessed."""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from evidence_map.front_matter import read_markdown
from evidence_map.model import (
    AcceptedWarnings,
    AppraisalTools,
    Codebook,
    Maps,
    Protocol,
    Record,
    ReviewFinding,
    SearchLog,
    Studies,
)
from evidence_map.model.scalars import SLUG
from evidence_map.problems import Position, Problem, Rule
from evidence_map.review import Located, Review, ReviewPage
from evidence_map.validation import REPEATED_IDENTIFIER, validate
from evidence_map.yaml_source import Document, read_document

BAD_FILE_NAME = Rule(
    "bad-file-name",
    "A file whose name cannot be a citation key",
    "The file's name is the key under which authors cite the paper, in LaTeX and in addresses.",
    "Use the first author's family name and the year in lower-case letters and digits: hill2023.yml.",
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
    "Create it; the contributor's guide shows an example.",
)

FILE_RULES = (BAD_FILE_NAME, FILE_NAME_CLASH, MISPLACED_FILE, LINK_OUTSIDE, MISSING_FILE)

RESERVED = {"con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows keeps for devices, and the name of a folder's own page."""

M = TypeVar("M", bound=BaseModel)


@dataclass
class _Reader:
    """Reads the files below one folder and gathers what is wrong with them."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    texts: dict[PurePosixPath, str] = field(default_factory=dict)

    def digest(self) -> str:
        """Return a name for the content of all files that were read: the same files, the same name."""
        content = hashlib.sha256()
        for path, text in sorted(self.texts.items()):
            content.update(f"{path}\0{text}\0".encode())
        return content.hexdigest()[:12]

    def path(self, file: Path) -> PurePosixPath:
        relative = file.relative_to(self.root).as_posix()
        return PurePosixPath(os.fsencode(relative).decode("utf-8", "replace"))

    def is_inside(self, file: Path) -> bool:
        """Whether *file* is not, and does not lead through, a link out of the review's folder."""
        inside = file.resolve().is_relative_to(self.root.resolve())
        if not inside:
            self.problems.append(
                LINK_OUTSIDE.at(Position(self.path(file)), "the link leads to a file outside the review")
            )
        return inside

    def read(self, file: Path, model: type[M]) -> Located[M] | None:
        """Return the YAML file as *model*, or None after noting why not."""
        if not self.is_inside(file):
            return None
        return self._validated(read_document(file, self.path(file)), model)

    def read_page(self, file: Path, model: type[M]) -> tuple[Located[M], str] | None:
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
        self.texts[self.path(file)] += read[1]
        return located, read[1]

    def _validated(self, read: Document | list[Problem], model: type[M]) -> Located[M] | None:
        if isinstance(read, list):
            self.problems += read
            return None
        self.texts[read.path] = read.text
        value, problems = validate(read, model)
        self.problems += problems
        return None if value is None else Located(value, read)

    def optional(self, name: str, model: type[M]) -> Located[M] | None:
        file = self.root / "synthesis" / name
        return self.read(file, model) if os.path.lexists(file) else None

    def missing(self, name: str) -> bool:
        if os.path.lexists(self.root / name):
            return False
        self.problems.append(MISSING_FILE.at(Position(PurePosixPath(name)), "the file is missing"))
        return True


def load_review(root: Path) -> tuple[Review | None, list[Problem]]:
    """Return the review in the folder *root* and every problem of its files.

    The review is None where its protocol or its codebook cannot be read; the problems of all
    other files are told all the same.
    """
    reader = _Reader(root)
    records, unreadable = _records(reader)
    synthesis = root / "synthesis"
    protocol = (
        None
        if reader.missing("synthesis/protocol.md")
        else reader.read_page(synthesis / "protocol.md", Protocol)
    )
    codebook = (
        None if reader.missing("synthesis/codebook.yml") else reader.read(synthesis / "codebook.yml", Codebook)
    )
    maps = reader.optional("maps.yml", Maps)
    studies = reader.optional("studies.yml", Studies)
    searches = reader.optional("searches.yml", SearchLog)
    tools = reader.optional("appraisal.yml", AppraisalTools)
    accepted = reader.optional("accepted.yml", AcceptedWarnings)
    findings = _findings(reader)
    _report_strays(reader)
    if protocol is None or codebook is None:
        return None, reader.problems
    review = Review(
        root=root,
        protocol=protocol[0],
        protocol_text=protocol[1],
        codebook=codebook,
        records=records,
        studies=_by_id(reader, studies, "studies"),
        searches=_by_id(reader, searches, "searches"),
        tools=_by_id(reader, tools, "tools"),
        maps=_by_id(reader, maps, "maps"),
        findings=findings,
        accepted=_entries(accepted, "accepted"),
        unreadable=frozenset(unreadable),
        digest=reader.digest(),
    )
    return review, reader.problems


def _records(reader: _Reader) -> tuple[dict[str, Located[Record]], set[str]]:
    folder = reader.root / "records"
    if reader.missing("records"):
        return {}, set()
    files = [file for file in _listing(folder) if _is_record_file(reader, file)]
    _report_clashes(reader, files)
    records: dict[str, Located[Record]] = {}
    unreadable: set[str] = set()
    for file in files:
        located = reader.read(file, Record)
        if located is None:
            unreadable.add(file.stem)
        else:
            records[file.stem] = located
    return records, unreadable


def _listing(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if not file.name.startswith("."))


def _is_record_file(reader: _Reader, file: Path) -> bool:
    """Whether *file* is named like a record; otherwise say what is wrong with it."""
    place = Position(reader.path(file))
    if file.name == "README.md":
        return False
    if file.is_dir():
        reader.problems.append(MISPLACED_FILE.at(place, "a folder stands among the records"))
        return False
    if file.suffix.lower() not in {".yml", ".yaml"}:
        reader.problems.append(MISPLACED_FILE.at(place, "this is not a .yml file"))
        return False
    if file.suffix != ".yml":
        reader.problems.append(
            BAD_FILE_NAME.at(place, f"the ending is “{file.suffix}”", "Rename it so that it ends in .yml.")
        )
        return False
    if not re.fullmatch(SLUG, file.stem) or len(file.stem) > 64 or file.stem in RESERVED:
        reader.problems.append(
            BAD_FILE_NAME.at(place, f"“{place.path.stem}” cannot be a citation key")
        )
        return False
    return True


def _report_clashes(reader: _Reader, files: list[Path]) -> None:
    every = [file.name for file in _listing(reader.root / "records")]
    groups: dict[str, list[str]] = defaultdict(list)
    for name in every:
        groups[name.casefold()].append(name)
    for names in groups.values():
        for name in names[1:]:
            place = Position(reader.path(reader.root / "records" / name))
            message = f"“{name}” and “{names[0]}” are one file on Windows and macOS"
            reader.problems.append(FILE_NAME_CLASH.at(place, message))


def _findings(reader: _Reader) -> dict[str, ReviewPage]:
    folder = reader.root / "synthesis" / "findings"
    pages: dict[str, ReviewPage] = {}
    if not folder.is_dir() or not reader.is_inside(folder):
        return pages
    for file in _listing(folder):
        place = Position(reader.path(file))
        if file.name == "README.md":
            continue
        if file.suffix != ".md" or file.is_dir():
            reader.problems.append(
                MISPLACED_FILE.at(place, "this is not a .md file", "Write one Markdown file per finding.")
            )
        elif not re.fullmatch(SLUG, file.stem):
            reader.problems.append(BAD_FILE_NAME.at(place, f"“{file.stem}” cannot be an identifier"))
        elif page := reader.read_page(file, ReviewFinding):
            pages[file.stem] = ReviewPage(*page)
    return pages


_SYNTHESIS_FILES = {
    "protocol.md",
    "codebook.yml",
    "maps.yml",
    "studies.yml",
    "searches.yml",
    "appraisal.yml",
    "accepted.yml",
    "findings",
    "README.md",
}


def _report_strays(reader: _Reader) -> None:
    """Say which entries of synthesis/ nobody reads; a misspelt name is the usual cause."""
    folder = reader.root / "synthesis"
    if not folder.is_dir():
        return
    for file in _listing(folder):
        if file.name not in _SYNTHESIS_FILES and file.suffix.lower() in {".yml", ".yaml", ".json"}:
            reader.problems.append(
                MISPLACED_FILE.at(
                    Position(reader.path(file)),
                    "this file is not read",
                    "Files of synthesis/ are: " + ", ".join(sorted(_SYNTHESIS_FILES)) + ".",
                )
            )


def _entries(located: Located[M] | None, name: str) -> list[Located[object]]:  # type: ignore[type-var]
    if located is None:
        return []
    return [
        Located(entry, located.document, (name, index))
        for index, entry in enumerate(getattr(located.value, name))
    ]


def _by_id(reader: _Reader, located: Located[M] | None, name: str) -> dict[str, Located[object]]:  # type: ignore[type-var]
    """Return the entries of a synthesis file by id, after noting ids that stand twice."""
    found: dict[str, Located[object]] = {}
    for entry in _entries(located, name):
        key: str = entry.value.id  # type: ignore[attr-defined]
        if key in found:
            reader.problems.append(
                REPEATED_IDENTIFIER.at(entry.at("id"), f"the id “{key}” stands twice in this file")
            )
        else:
            found[key] = entry
    return found
