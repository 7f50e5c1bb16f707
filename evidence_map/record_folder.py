"""The folder records/: which of its files are records, and what else stands among them."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

from evidence_map.model.scalars import SLUG
from evidence_map.part import WHOLE, Part
from evidence_map.problems import Position, Problem
from evidence_map.record_files import SECOND, RecordFiles, is_second
from evidence_map.review_files import BAD_FILE_NAME, FILE_NAME_CLASH, MISPLACED_FILE, ReviewFiles
from evidence_map.text_source import read_bytes

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


def records_in(reader: ReviewFiles, part: Part) -> list[RecordFiles]:
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
        name = entry.name
        key = name.removesuffix(".yml")
        if key != name and _is_key(key) and _is_plain(entry):
            records[key] = read_bytes(entry.path, f"records/{name}")
        elif is_second(name):
            if _is_second_file(reader, entry):
                seconds[name.removesuffix(SECOND)] = reader.content(entry)
        elif _is_odd_record_file(reader, Path(entry.path)):
            records[key] = reader.content(entry)
    return [
        RecordFiles(key, records.get(key), seconds.get(key))
        for key in [*records, *(key for key in seconds if key not in records)]
    ]


def _key_in(name: str) -> str:
    """Return the key in the name of a file, so that a record and its second extraction stay together."""
    return name.removesuffix(SECOND).removesuffix(".yml")


def _is_second_file(reader: ReviewFiles, entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is a second extraction; otherwise say what is wrong with it."""
    key = entry.name.removesuffix(SECOND)
    if not is_identifier(key) or key in RESERVED:
        place = Position(reader.path(Path(entry.path)))
        reader.problems.append(BAD_FILE_NAME.at(place, f"“{key}” cannot be a citation key"))
        return False
    if Path(entry.path).is_dir():
        place = Position(reader.path(Path(entry.path)))
        reader.problems.append(MISPLACED_FILE.at(place, "a folder stands among the records"))
        return False
    return True


def _is_plain(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _is_odd_record_file(reader: ReviewFiles, file: Path) -> bool:
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
    return is_identifier(name) and name not in RESERVED


def is_identifier(name: str) -> bool:
    """Whether *name* can be the name of a record or of a review finding."""
    return len(name) <= LONGEST_KEY and _KEY.fullmatch(name) is not None


def _report_clashes(reader: ReviewFiles, entries: list[os.DirEntry[str]]) -> None:
    if len({entry.name.casefold() for entry in entries}) == len(entries):
        return
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
