"""What is wrong with single records, and the facts that the rest of the review needs of them.

Records are judged in parts: the rules for single records find in a part what they find there among all.
So parts can be judged in several processes, and what was found of a file that did not change need not be
found again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from evidence_map.model import Record, SecondExtraction
from evidence_map.problems import Problem, Severity, errors_in
from evidence_map.record_facts import RecordFacts, facts_of
from evidence_map.record_files import (
    SECOND,
    ReadFile,
    RecordFiles,
    read_record,
    read_second,
    record_path,
    second_path,
)
from evidence_map.review import Located, Review
from evidence_map.rules import find_problems
from evidence_map.rules.registry import Scope

AT_ONCE = 125
"""Records that are judged together: enough to share what is worked out, few enough to hand out."""

WORTH_SHARING = 1_000
"""Records from which on another process is worth the time it takes to start."""

MakeRows = Callable[[Review, str], bytes]
"""Makes what the database stores of the record with this key; a function of a module, for ``pickle``."""


@dataclass(slots=True)
class Judgement:
    """What was found of one record and its second extraction.

    :ivar facts: the facts of the record; None if nothing of it is sound.
    :ivar cut: the sections of the record that are not sound; None if all are, or if there is no record.
    :ivar second_is_sound: whether there is a sound second extraction.
    :ivar second_is_faulty: whether there is one that is not.
    :ivar documents: whether record and second extraction could be read as fields.
    :ivar rows: what the database stores of the record, if that was asked for and no error is in it.
    :ivar models: the record and the second extraction as they were read, where they are kept in memory.
    """

    key: str
    problems: list[Problem]
    facts: RecordFacts | None
    cut: frozenset[str] | None
    second_is_sound: bool
    second_is_faulty: bool
    documents: tuple[bool, bool]
    rows: bytes | None = None
    models: tuple[Located[Record] | None, Located[SecondExtraction] | None] = (None, None)

    def as_data(self) -> list[Any]:
        """Return the judgement as lists and texts, without the key and the rows."""
        ours = record_path(self.key)
        return [
            [_row(each, each.path != ours) for each in self.problems],
            self.facts.as_data() if self.facts else None,
            None if self.cut is None else sorted(self.cut),
            self.second_is_sound,
            self.second_is_faulty,
            self.documents,
        ]

    @classmethod
    def from_data(cls, key: str, data: list[Any]) -> Self:
        """Return the judgement of the record *key* that was written as *data*.

        :raises ValueError, TypeError, KeyError: if it is none.
        """
        problems, facts, cut, second_is_sound, second_is_faulty, documents = data
        return cls(
            key,
            [_problem(key, *row) for row in problems] if problems else [],
            RecordFacts.from_data(key, facts) if facts is not None else None,
            None if cut is None else frozenset(cut),
            second_is_sound,
            second_is_faulty,
            (documents[0], documents[1]),
        )


def _row(each: Problem, is_second: bool) -> tuple[str | int, ...]:
    code, severity = each.code, each.severity.value
    return is_second, each.line, each.column, code, severity, each.message, each.hint


def _problem(
    key: str, is_second: bool, line: int, column: int, code: str, severity: str, message: str, hint: str
) -> Problem:
    path = second_path(key) if is_second else record_path(key)
    return Problem(path, line, column, code, Severity(severity), message, hint)


def judgements(
    files: Sequence[RecordFiles], review: Review | None, make_rows: MakeRows | None = None
) -> Iterator[Judgement]:
    """Yield the judgement of each record, in their order.

    Many records are judged in several processes and their models are not kept.

    :param review: the review without records and review findings; None where its codebook cannot be
        read, so that nothing can be said but what is wrong with each file.
    :param make_rows: makes the rows of sound records while their models are there; a build needs them,
        a check does not.
    """
    parts = [files[start : start + AT_ONCE] for start in range(0, len(files), AT_ONCE)]
    if len(files) < WORTH_SHARING:
        for part in parts:
            yield from judged(part, review, make_rows)
        return
    # Loaded only now: most checks share out nothing.
    from evidence_map.processes import Workers, available

    if available() < 2:
        for part in parts:
            yield from (replace(each, models=(None, None)) for each in judged(part, review, make_rows))
        return
    with Workers() as workers:
        for data in workers.each(_as_data, [(part, review, make_rows) for part in parts]):
            for key, judgement, rows in data:
                yield replace(Judgement.from_data(key, judgement), rows=rows)


def _as_data(
    given: tuple[Sequence[RecordFiles], Review | None, MakeRows | None],
) -> list[tuple[str, list[Any], bytes | None]]:
    return [(each.key, each.as_data(), each.rows) for each in judged(*given)]


@dataclass
class _Part:
    """Some records as they were read."""

    records: dict[str, Located[Record]] = field(default_factory=dict)
    seconds: dict[str, Located[SecondExtraction]] = field(default_factory=dict)
    faulty: dict[str, frozenset[str]] = field(default_factory=dict)


def judged(
    files: Sequence[RecordFiles], review: Review | None, make_rows: MakeRows | None = None
) -> list[Judgement]:
    """Return the judgement of each record in *files*, made here and now; see :func:`judgements`."""
    part = _Part()
    found = [_read(each, part) for each in files]
    if review is None:
        return found
    whole = replace(review, records=part.records, seconds=part.seconds, faulty=part.faulty, findings={})
    told: dict[str, list[Problem]] = defaultdict(list)
    for problem in find_problems(whole, [Scope.RECORD]):
        name = problem.path.name
        told[name.removesuffix(SECOND) if name.endswith(SECOND) else problem.path.stem].append(problem)
    for each in found:
        each.problems += told.pop(each.key, ())
        if make_rows and each.facts and not errors_in(each.problems):
            each.rows = make_rows(whole, each.key)
    assert not told, "a rule for single records tells of something else"
    return found


def _read(files: RecordFiles, part: _Part) -> Judgement:
    """Read the files of a record into *part*, and return what is to be said of them by themselves."""
    key = files.key
    record: ReadFile[Record] | None = None
    second: ReadFile[SecondExtraction] | None = None
    problems: list[Problem] = []
    if files.record is not None:
        record = read_record(key, files.record)
        problems += record.problems
        if record.located is not None:
            part.records[key] = record.located
        if record.cut is not None:
            part.faulty[key] = record.cut
    if files.second is not None:
        second = read_second(key, files.second)
        problems += second.problems
        if second.located is not None:
            part.seconds[key] = second.located
        else:
            part.faulty[second_path(key).stem] = frozenset()
    ours = record.located if record else None
    other = second.located if second else None
    return Judgement(
        key,
        problems,
        facts_of(key, ours) if ours else None,
        record.cut if record else None,
        other is not None,
        second is not None and other is None,
        (record is not None and record.is_document, second is not None and second.is_document),
        models=(ours, other),
    )
