"""Read the folders of a review: every file, all problems at once, nothing guessed."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from evidence_map.front_matter import Narrative, read_markdown
from evidence_map.gathered_records import GatheredRecords
from evidence_map.judgements import Judgement, judgements
from evidence_map.model import (
    AcceptedWarnings,
    AppraisalTools,
    ChecklistAnswers,
    Codebook,
    Maps,
    Protocol,
    ReviewFinding,
    SearchLog,
    Studies,
)
from evidence_map.model.scalars import SLUG
from evidence_map.part import WHOLE, Part
from evidence_map.problems import Position, Problem, Rule, nearest
from evidence_map.record_files import (
    SECOND,
    RecordFiles,
    is_second,
)
from evidence_map.review import Located, Review, ReviewPage
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

LONGEST_KEY = 64
"""Characters of the longest name of a record or of a review finding."""

RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "index",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}
"""Names that Windows keeps for devices, and the name of a folder's own page."""

_KEY = re.compile(SLUG)

M = TypeVar("M", bound=BaseModel)
E = TypeVar("E")

_FINDING_NAME = "Use lower-case letters, digits and single hyphens: company-matters.md."


@dataclass
class _Reader:
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
        if _is_plain(entry) and entry.name.isascii():
            return read_bytes(entry.path, f"records/{entry.name}")
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
                self.problems.append(_repeated(entry.at("id"), key))
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


def _repeated(place: Position, name: str) -> Problem:
    return REPEATED_IDENTIFIER.at(place, f"the id “{name}” stands twice in this file")


Judge = Callable[[Sequence[RecordFiles], Review | None], Iterable[Judgement]]
"""Judges the files of all records, see :func:`evidence_map.judgements.judgements`."""


def load_review(
    root: Path, judge: Judge = judgements, part: Part = WHOLE
) -> tuple[Review | None, list[Problem]]:
    """Return the review in the folder *root*, and every problem of its files and of single records.

    The review is None where its protocol or its codebook cannot be read; the problems of all
    other files are told all the same.

    :param judge: judges the records.
    :param part: which records are read; the others are as if they were not there.
    """
    reader = _Reader(root)
    files = _record_files(reader, part)
    review = _synthesis(reader)
    findings = _findings(reader)
    _report_strays(reader)
    gathered = GatheredRecords()
    for each in judge(files, review):
        gathered.add(each)
        reader.problems += each.problems
    if review is None:
        return None, reader.problems
    review = replace(review, findings=findings)
    return gathered.within(review, files, reader.texts), reader.problems


def _synthesis(reader: _Reader) -> Review | None:
    """Return the review without records and review findings; None where it cannot be read."""
    synthesis = reader.root / "synthesis"
    protocol = (
        None
        if reader.missing("synthesis/protocol.md")
        else reader.read_page(synthesis / "protocol.md", Protocol)
    )
    codebook = _codebook(reader)
    studies = reader.list_of("studies.yml", "studies", Studies, lambda file: file.studies)
    searches = reader.list_of("searches.yml", "searches", SearchLog, lambda file: file.searches)
    tools = reader.list_of("appraisal.yml", "tools", AppraisalTools, lambda file: file.tools)
    maps = reader.list_of("maps.yml", "maps", Maps, lambda file: file.maps)
    checklists = reader.list_of("checklists.yml", "answers", ChecklistAnswers, lambda file: file.answers)
    accepted = reader.list_of("accepted.yml", "accepted", AcceptedWarnings, lambda file: file.accepted)
    if protocol is None or codebook is None:
        return None
    return Review(
        root=reader.root,
        protocol=protocol[0],
        protocol_narrative=protocol[1],
        codebook=codebook,
        records={},
        studies=reader.by_id(studies, lambda study: study.id),
        searches=reader.by_id(searches, lambda search: search.id),
        tools=reader.by_id(tools, lambda tool: tool.id),
        maps=reader.by_id(maps, lambda each: each.id),
        checklists=checklists,
        accepted=accepted,
        files=dict(reader.texts),
    )


def _codebook(reader: _Reader) -> Located[Codebook] | None:
    name = "synthesis/codebook.yml"
    codebook = None if reader.missing(name) else reader.read(reader.root / name, Codebook)
    if codebook is not None:
        reader.problems += [_repeated(codebook.at(*at), key) for at, key in codebook.value.repeated()]
    return codebook


def _record_files(reader: _Reader, part: Part) -> list[RecordFiles]:
    """Return the files of each record in *part*, by key, after noting what else stands among them."""
    if reader.missing("records"):
        return []
    every = reader.entries(reader.root / "records")
    _report_clashes(reader, every)
    if part != WHOLE:
        every = [entry for entry in every if part.holds(_key_in(entry.name))]
    records: dict[str, bytes | Problem] = {}
    seconds: dict[str, bytes | Problem] = {}
    for entry in every:
        if is_second(entry.name):
            if _is_second_file(reader, entry):
                seconds[entry.name.removesuffix(SECOND)] = reader.content(entry)
        elif _is_record_file(reader, entry):
            records[entry.name.removesuffix(".yml")] = reader.content(entry)
    return [
        RecordFiles(key, records.get(key), seconds.get(key))
        for key in [*records, *(key for key in seconds if key not in records)]
    ]


def _key_in(name: str) -> str:
    """Return the key in the name of a file, so that a record and its second extraction stay together."""
    return name.removesuffix(SECOND).removesuffix(".yml")


def _is_second_file(reader: _Reader, entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is a second extraction; otherwise say what is wrong with it."""
    key = entry.name.removesuffix(SECOND)
    if not _is_identifier(key) or key in RESERVED:
        place = Position(reader.path(Path(entry.path)))
        reader.problems.append(BAD_FILE_NAME.at(place, f"“{key}” cannot be a citation key"))
        return False
    if Path(entry.path).is_dir():
        place = Position(reader.path(Path(entry.path)))
        reader.problems.append(MISPLACED_FILE.at(place, "a folder stands among the records"))
        return False
    return True


def _is_record_file(reader: _Reader, entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is a record; otherwise say what is wrong with it."""
    name = entry.name.removesuffix(".yml")
    if name != entry.name and _is_key(name) and _is_plain(entry):
        return True
    return _is_odd_record_file(reader, Path(entry.path))


def _is_plain(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _by_name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_odd_record_file(reader: _Reader, file: Path) -> bool:
    """Whether *file*, which is not just a file with a sound name, is a record all the same."""
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
            BAD_FILE_NAME.at(
                place, f"the ending is “{file.suffix}”", "Rename it so that it ends in .yml."
            )
        )
        return False
    if not _is_key(file.stem):
        reader.problems.append(BAD_FILE_NAME.at(place, f"“{place.path.stem}” cannot be a citation key"))
        return False
    if file.is_symlink() and reader.is_inside(file):
        message = "this is a link to another file, which would be counted twice"
        reader.problems.append(MISPLACED_FILE.at(place, message, "Put the paper's own file here."))
        return False
    return True


def _is_key(name: str) -> bool:
    return _is_identifier(name) and name not in RESERVED


def _is_identifier(name: str) -> bool:
    return len(name) <= LONGEST_KEY and _KEY.fullmatch(name) is not None


def _report_clashes(reader: _Reader, entries: list[os.DirEntry[str]]) -> None:
    groups: dict[str, list[os.DirEntry[str]]] = defaultdict(list)
    for entry in entries:
        groups[entry.name.casefold()].append(entry)
    for group in groups.values():
        if len(group) == 1:
            continue
        first, *others = [reader.path(Path(entry.path)) for entry in group]
        for path in others:
            message = f"“{path.name}” and “{first.name}” are one file on Windows and macOS"
            reader.problems.append(FILE_NAME_CLASH.at(Position(path), message))


def _findings(reader: _Reader) -> dict[str, ReviewPage]:
    folder = reader.root / "synthesis" / "findings"
    pages: dict[str, ReviewPage] = {}
    if not os.path.lexists(folder):
        return pages
    for file in reader.listing(folder):
        place = Position(reader.path(file))
        if file.name == "README.md":
            continue
        if file.suffix != ".md" or file.is_dir():
            reader.problems.append(
                MISPLACED_FILE.at(
                    place, "this is not a .md file", "Write one Markdown file per finding."
                )
            )
        elif not _is_identifier(file.stem):
            message = f"“{place.path.stem}” cannot be an identifier"
            reader.problems.append(BAD_FILE_NAME.at(place, message, _FINDING_NAME))
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
    "checklists.yml",
    "accepted.yml",
    "findings",
    "README.md",
}


def _report_strays(reader: _Reader) -> None:
    """Say which entries of synthesis/ nobody reads; a misspelt name is the usual cause."""
    folder = reader.root / "synthesis"
    if not os.path.lexists(folder):
        return
    for file in reader.listing(folder):
        if file.name in _SYNTHESIS_FILES:
            continue
        if file.suffix.lower() in {".yml", ".yaml", ".json"} or file.is_dir():
            names = ", ".join(sorted(_SYNTHESIS_FILES))
            hint = nearest(file.name, sorted(_SYNTHESIS_FILES)) or f"Files of synthesis/ are: {names}."
            reader.problems.append(
                MISPLACED_FILE.at(Position(reader.path(file)), "this is not read", hint)
            )
