"""The files of one record: the record itself, and what a second person extracted from the paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from evidence_map.likely_duplicates import Compared
from evidence_map.model import Record, SecondExtraction
from evidence_map.problems import Problem
from evidence_map.record_facts import KnownRecords, RecordFacts
from evidence_map.review import Located
from evidence_map.salvage import salvaged
from evidence_map.validation import validate
from evidence_map.yaml_source import Document, document_in

SECOND = ".second.yml"
"""How the name of a second extraction ends, behind the key of its record."""

M = TypeVar("M", bound=BaseModel)


def is_second(name: str) -> bool:
    """Whether a file in records/ is called like a second extraction."""
    return name.endswith(SECOND)


def record_path(key: str) -> PurePosixPath:
    """Return the name of a record's file in messages."""
    return PurePosixPath("records", f"{key}.yml")


def second_path(key: str) -> PurePosixPath:
    """Return the name of the file of a second extraction in messages."""
    return PurePosixPath("records", f"{key}{SECOND}")


class RecordFiles(NamedTuple):
    """What stands in the files of one record; a problem where a file cannot be read, None where none is.

    :ivar key: the key of the record.
    :ivar record: the bytes of the record.
    :ivar second: the bytes of its second extraction.
    """

    key: str
    record: bytes | Problem | None
    second: bytes | Problem | None = None

    def digest(self) -> str | None:
        """Return a name for the content: for the same, the same; None where a file cannot be read."""
        if isinstance(self.record, Problem) or isinstance(self.second, Problem):
            return None
        digest = hashlib.blake2b(self.record or b"", digest_size=16)
        if self.second is not None or self.record is None:
            digest.update(b"\0record" if self.record is None else b"\0second")
            digest.update(self.second or b"")
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class ReadFile(Generic[M]):
    """What came of reading one file.

    :ivar located: the file as a model, or what of it is sound; None if nothing is.
    :ivar problems: what is wrong with it.
    :ivar cut: the sections of which something is not sound; None if the whole file is.
    :ivar is_document: whether it could be read as fields.
    """

    located: Located[M] | None
    problems: list[Problem]
    cut: frozenset[str] | None
    is_document: bool


def read_record(key: str, content: bytes | Problem) -> ReadFile[Record]:
    """Return the record *key* with all that is wrong with its file, or what is sound of it."""
    document, problems = _document(content, record_path(key))
    if document is None:
        return ReadFile(None, problems, frozenset(), is_document=False)
    value, problems = validate(document, Record)
    if value is not None:
        return ReadFile(Located(value, document), problems, None, is_document=True)
    sound = salvaged(document, Record)
    if sound is None:
        return ReadFile(None, problems, frozenset(), is_document=True)
    return ReadFile(Located(sound[0], sound[1]), problems, sound[2], is_document=True)


def read_second(key: str, content: bytes | Problem) -> ReadFile[SecondExtraction]:
    """Return the second extraction of the record *key* with all that is wrong with its file."""
    document, problems = _document(content, second_path(key))
    if document is None:
        return ReadFile(None, problems, frozenset(), is_document=False)
    value, problems = validate(document, SecondExtraction)
    if value is None:
        return ReadFile(None, problems, frozenset(), is_document=True)
    return ReadFile(Located(value, document), problems, None, is_document=True)


def _document(content: bytes | Problem, path: PurePosixPath) -> tuple[Document | None, list[Problem]]:
    if isinstance(content, Problem):
        return None, [content]
    read = document_in(content, path)
    return (None, read) if isinstance(read, list) else (read, [])


class _ReadLater(Mapping[str, Located[M]]):
    """Files by the keys of their records, each read into a model when it is first asked for."""

    def __init__(
        self,
        contents: Mapping[str, bytes],
        read: Callable[[str, bytes], ReadFile[M]],
        made: dict[str, Located[M]],
    ) -> None:
        self._contents = contents
        self._read = read
        self._made = made

    @property
    def contents(self) -> Mapping[str, bytes]:
        """The bytes of each file."""
        return self._contents

    def __getitem__(self, key: str) -> Located[M]:
        if key not in self._made:
            located = self._read(key, self._contents[key]).located
            assert located is not None, key
            self._made[key] = located
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._contents

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)


class Records(_ReadLater[Record], KnownRecords):
    """The records of a review; each is read into a model when it is first asked for."""

    def __init__(
        self,
        contents: Mapping[str, bytes],
        made: dict[str, Located[Record]],
        facts: Mapping[str, RecordFacts],
        rows: Mapping[str, bytes],
    ) -> None:
        """Prepare to read *contents*, which are known to be sound at least in part.

        :param contents: the bytes of each record's file.
        :param made: the records that are read already.
        :param facts: the facts of each.
        :param rows: what the database stores of those for which it is made already.
        """
        super().__init__(contents, read_record, made)
        self.facts = facts
        self.rows = rows
        self.compared = Compared()


class SecondExtractions(_ReadLater[SecondExtraction]):
    """The second extractions of a review; each is read into a model when it is first asked for."""

    def __init__(
        self, contents: Mapping[str, bytes], made: dict[str, Located[SecondExtraction]]
    ) -> None:
        """Prepare to read *contents*, the bytes of files that are known to be sound."""
        super().__init__(contents, read_second, made)
