"""Two states of a review compared: everything that differs, before anybody words it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidence_map.comparison.codebook import CodebookChange, changed_codebook
from evidence_map.comparison.differences import Change, What, differences, opened
from evidence_map.comparison.numbers import (
    BoxChange,
    MapChange,
    NumberChange,
    changed_boxes,
    changed_maps,
    changed_totals,
)
from evidence_map.comparison.records import RecordChange, changed_records
from evidence_map.comparison.renames import renamed_records
from evidence_map.comparison.review_findings import ReviewFindingChange, changed_review_findings
from evidence_map.comparison.revisions import Range, Revision
from evidence_map.comparison.states import State, content_names, lay_out, state_in
from evidence_map.comparison.subjects import (
    CHECKLIST_ANSWER,
    MAP,
    PROTOCOL,
    SEARCH,
    SECOND_EXTRACTION,
    STUDY,
    TOOL,
)
from evidence_map.duplicates import Publication, Publications
from evidence_map.problems import Problem, Severity
from evidence_map.review import Review
from evidence_map.rules.identifiers import are_related


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states in numbers.

    :ivar records: how many it has; None where it could not be read.
    :ivar is_empty: whether there is no review in it yet.
    """

    revision: Revision
    records: int | None
    errors: int
    warnings: int
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the review that differs."""

    path: PurePosixPath
    what: What


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A new or changed record that may be the same publication as another."""

    record: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Content:
    """What differs in what is published."""

    totals: list[NumberChange]
    records: list[RecordChange]
    map_definitions: list[Change]
    maps: list[MapChange]
    review_findings: list[ReviewFindingChange]
    codebook: list[CodebookChange]
    studies: list[Change]
    searches: list[Change]
    flow: list[BoxChange]
    others: list[Change]
    duplicates: list[Duplicate]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states compared.

    :ivar content: None where one of them has errors, so that there is no database of it.
    :ivar new_problems: problems of HEAD that BASE has not; of the same problem elsewhere in a file,
        the place does not count.
    :ivar has_moved_on: whether BASE has commits that HEAD lacks.
    """

    base: Side
    head: Side
    files: list[FileChange]
    head_problems: list[Problem]
    new_problems: list[Problem]
    gone_problems: list[Problem]
    content: Content | None
    has_moved_on: bool = False


def compare(asked: Range, root: Path, workplace: Path) -> Comparison:
    """Compare two states of the review in *root*.

    :param workplace: a folder for the states and their databases, which the caller removes.
    :raises StateError: if a state cannot be laid out.
    :raises StorageError: if a database cannot be written.
    """
    base = _state(asked, asked.base, root, workplace / "base")
    head = _state(asked, asked.head, root, workplace / "head")
    before, after = (side.checked.problems if side.checked else [] for side in (base, head))
    return Comparison(
        _side(base),
        _side(head),
        _file_changes(base.folder, head.folder),
        after,
        _without(after, before),
        _without(before, after),
        content_of(base, head),
        asked.has_moved_on,
    )


def _state(asked: Range, revision: Revision, root: Path, workplace: Path) -> State:
    workplace.mkdir()
    folder = root
    if revision.commit:
        folder = workplace / "review"
        lay_out(asked.repository, revision.commit, folder)
    return state_in(folder, revision, workplace / "evidence.db")


def _side(state: State) -> Side:
    if state.checked is None:
        return Side(state.revision, 0, 0, 0, is_empty=True)
    numbers = Counter(problem.severity for problem in state.checked.problems)
    review = state.checked.review
    records = None if review is None else len(review.records)
    return Side(state.revision, records, numbers[Severity.ERROR], numbers[Severity.WARNING])


def _file_changes(base: Path, head: Path) -> list[FileChange]:
    before, after = content_names(base), content_names(head)
    return [
        FileChange(path, What.ADDED if path not in before else What.CHANGED)
        if path in after
        else FileChange(path, What.REMOVED)
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    ]


def _without(problems: Iterable[Problem], others: Iterable[Problem]) -> list[Problem]:
    """Return the problems that do not stand among the others, wherever in their file."""
    known = Counter((each.path, each.code, each.severity, each.message) for each in others)
    found = []
    for problem in problems:
        sign = problem.path, problem.code, problem.severity, problem.message
        if known[sign]:
            known[sign] -= 1
        else:
            found.append(problem)
    return found


def content_of(base: State, head: State) -> Content | None:
    """Return what differs in the databases of two states; None where one of them has none."""
    if base.database is None or head.database is None:
        return None
    reviews = [state.checked.review if state.checked else None for state in (base, head)]
    with opened(base.database, head.database) as connection:
        records = changed_records(connection, renamed_records(connection, *reviews))
        return Content(
            totals=changed_totals(base.database, head.database),
            records=records,
            map_definitions=differences(connection, MAP),
            maps=changed_maps(connection),
            review_findings=changed_review_findings(connection, records),
            codebook=[*changed_codebook(connection)],
            studies=differences(connection, STUDY),
            searches=differences(connection, SEARCH),
            flow=changed_boxes(connection),
            others=[
                change
                for subject in (PROTOCOL, TOOL, CHECKLIST_ANSWER, SECOND_EXTRACTION)
                for change in differences(connection, subject)
            ],
            duplicates=_duplicates(reviews[1], records),
        )


def _duplicates(head: Review | None, records: Collection[RecordChange]) -> list[Duplicate]:
    """Return which new or changed records may be the same publication as another one.

    Left out are pairs that say how they are related, and reports of one study, as in the check.
    """
    changed = [
        record.change.name
        for record in sorted(records, key=lambda record: record.change.what is not What.ADDED)
        if record.change.what in (What.ADDED, What.RENAMED)
        or any(each.field.startswith("reference.") for each in record.change.fields)
    ]
    if head is None:
        return []
    known = Publications()
    publications = {
        key: Publication(key, located.value.reference) for key, located in sorted(head.records.items())
    }
    for publication in publications.values():
        known.add(publication)
    found: dict[frozenset[str], Duplicate] = {}
    for key in changed:
        if key not in publications:
            continue
        for match in known.matches(publications[key]):
            pair = frozenset((key, match.name))
            related = are_related(head, key, match.name)
            if pair not in found and not related and head.study_of(key) != head.study_of(match.name):
                found[pair] = Duplicate(key, match.name, match.reason)
    return list(found.values())
