"""Two states of a review compared: everything that differs, before anybody words it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from evidence_map.comparison.differences import (
    BASE,
    HEAD,
    Change,
    FieldChange,
    Rename,
    What,
    differences,
    opened,
    titles,
)
from evidence_map.comparison.numbers import (
    BoxChange,
    MapChange,
    NumberChange,
    changed_boxes,
    changed_maps,
    changed_totals,
)
from evidence_map.comparison.renames import (
    renamed_dimensions,
    renamed_records,
    renamed_review_findings,
    renamed_terms,
)
from evidence_map.comparison.revisions import Range, Revision
from evidence_map.comparison.states import State, content_names, lay_out, state_in
from evidence_map.comparison.subjects import (
    CHECKLIST_ANSWER,
    DIMENSION,
    FINDING,
    MAP,
    PROTOCOL,
    RECORD,
    REVIEW_FINDING,
    SEARCH,
    SECOND_EXTRACTION,
    STUDY,
    TERM,
    TERMS_IN_ORDER,
    TOOL,
)
from evidence_map.duplicates import Publication, Publications
from evidence_map.model.scalars import record_of
from evidence_map.problems import Problem, Severity
from evidence_map.review import Review
from evidence_map.rules.identifiers import are_related

_OF_A_STUDY = (
    *("reference.type", "study.", "screening.decision", "extraction.basis", "design.", "sample."),
    *("setting.", "limitations", "codes.", "appraisal."),
)
"""Fields of a record on which the confidence in a review finding rests, or what they begin with."""


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
class RecordChange:
    """A record that differs, with its findings that differ. ``change`` has no fields if only they do."""

    change: Change
    findings: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Contribution:
    """A finding of a paper under a review finding: added, removed, or changed in itself or its study."""

    finding: str
    what: What
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFindingChange:
    """A review finding that differs, or whose evidence does.

    :ivar evidence_differs: whether the digest of its evidence is another.
    :ivar became_stale: whether its assessment rests on other evidence now, and did not before.
    :ivar since: what changed since it was assessed, as the database says it.
    """

    change: Change
    contributions: tuple[Contribution, ...]
    evidence_differs: bool
    became_stale: bool
    since: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """A dimension or a term that differs, and how many records use it before and after."""

    change: Change
    records_before: int
    records_after: int


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
        renames = renamed_records(connection, *reviews)
        findings = differences(connection, FINDING, _of_findings(connection, renames))
        records = _records(differences(connection, RECORD, renames), findings, connection, renames)
        return Content(
            totals=changed_totals(base.database, head.database),
            records=records,
            map_definitions=differences(connection, MAP),
            maps=changed_maps(connection),
            review_findings=_review_findings(connection, records),
            codebook=[*_codebook(connection)],
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


def _of_findings(connection: sqlite3.Connection, renames: Iterable[Rename]) -> list[Rename]:
    """Return the findings that came under a new reference because their record did."""
    new_keys = {rename.old: rename for rename in renames}
    after = titles(connection, FINDING, HEAD)
    found = []
    for old in titles(connection, FINDING, BASE):
        key, _, name = old.partition("#")
        if (rename := new_keys.get(key)) and f"{rename.new}#{name}" in after:
            found.append(Rename(old, f"{rename.new}#{name}", rename.reason))
    return found


def _records(
    changes: list[Change],
    findings: list[Change],
    connection: sqlite3.Connection,
    renames: list[Rename],
) -> list[RecordChange]:
    """Return the records that differ, each with its findings."""
    new_keys = {rename.old: rename.new for rename in renames}
    of_record: dict[str, list[Change]] = defaultdict(list)
    for finding in findings:
        if finding.what is What.RENAMED and not finding.fields:
            continue
        key = record_of(finding.name)
        of_record[new_keys.get(key, key)].append(finding)
    known = {change.name: change for change in changes}
    after = titles(connection, RECORD, HEAD)
    return [
        RecordChange(
            known.get(key) or Change(RECORD.name, What.CHANGED, key, after[key], ()),
            tuple(of_record.get(key, ())),
        )
        for key in sorted({*known, *of_record})
    ]


def _review_findings(
    connection: sqlite3.Connection, records: list[RecordChange]
) -> list[ReviewFindingChange]:
    renames = renamed_review_findings(connection)
    known = {change.name: change for change in differences(connection, REVIEW_FINDING, renames)}
    old_names = {rename.new: rename.old for rename in renames}
    rows = {
        database: {
            name: (evidence, stale, changed)
            for name, evidence, stale, changed in connection.execute(
                f"SELECT id, evidence, stale, changed FROM {database}.review_finding"
            )
        }
        for database in (BASE, HEAD)
    }
    after = titles(connection, REVIEW_FINDING, HEAD)
    parts = dict(_changed_parts(records))
    found = []
    for name in sorted({*known, *rows[HEAD]}):
        before = rows[BASE].get(old_names.get(name, name), (None, None, None))
        now = rows[HEAD].get(name, (None, None, None))
        differs = before[0] != now[0]
        if name not in known and not differs:
            continue
        change = known.get(name) or Change(REVIEW_FINDING.name, What.CHANGED, name, after[name], ())
        contributions = tuple(_contributions(connection, change, parts)) if differs else ()
        became_stale = before[1] != 1 and now[1] == 1
        since = tuple(now[2].splitlines()) if became_stale and now[2] else ()
        found.append(ReviewFindingChange(change, contributions, differs, became_stale, since))
    return found


def _changed_parts(records: Iterable[RecordChange]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what changed in each finding of a paper, and in each record for all of its findings."""
    for record in records:
        fields = [each.field for each in record.change.fields]
        if any(field.startswith(_OF_A_STUDY) for field in fields):
            yield record.change.name, ("its study",)
        for finding in record.findings:
            yield finding.name, ("what was found",)


def _contributions(
    connection: sqlite3.Connection, change: Change, parts: dict[str, tuple[str, ...]]
) -> Iterator[Contribution]:
    if change.what in (What.ADDED, What.REMOVED):
        return
    contributing = change.field("contributing")
    before, after = (contributing.before, contributing.after) if contributing else ((), ())
    for finding in sorted({*before, *after}):
        if finding not in before or finding not in after:
            yield Contribution(finding, What.ADDED if finding in after else What.REMOVED)
    sql = "SELECT finding FROM head.review_finding_contribution WHERE review_finding = ? ORDER BY 1"
    for (finding,) in connection.execute(sql, (change.name,)):
        changed = (*parts.get(finding, ()), *parts.get(record_of(finding), ()))
        if changed and (finding not in after or finding in before):
            yield Contribution(finding, What.CHANGED, changed)


_USES = """
WITH code(record, dimension, term) AS (
  SELECT record, dimension, term FROM {db}.record_code
  UNION SELECT finding.record, dimension, term FROM {db}.finding_code
  JOIN {db}.finding ON finding.id = finding_code.finding
)
SELECT term_path.dimension || '/' || ancestor, count(DISTINCT record) FROM code
JOIN {db}.term_path ON term_path.dimension = code.dimension AND term_path.term = code.term
GROUP BY term_path.dimension, ancestor
UNION ALL SELECT dimension, count(DISTINCT record) FROM code GROUP BY dimension
"""


def _codebook(connection: sqlite3.Connection) -> Iterator[CodebookChange]:
    before, after = (dict(connection.execute(_USES.format(db=database))) for database in (BASE, HEAD))
    changes = [
        *differences(connection, DIMENSION, renamed_dimensions(connection)),
        *differences(connection, TERM, renamed_terms(connection)),
    ]
    for change in sorted(changes, key=lambda each: (each.name, each.subject)):
        told = replace(change, fields=tuple(_without_mere_insertions(change)))
        if told.fields or told.what is not What.CHANGED:
            old = change.rename.old if change.rename else change.name
            yield CodebookChange(told, before.get(old, 0), after.get(change.name, 0))


def _without_mere_insertions(change: Change) -> Iterator[FieldChange]:
    """Yield the fields; the order of terms only where those that stayed are in another order."""
    for each in change.fields:
        stayed = {*each.before, *each.after} & set(each.before) & set(each.after)
        orders = [[term for term in side if term in stayed] for side in (each.before, each.after)]
        if each.field != TERMS_IN_ORDER or not stayed or orders[0] != orders[1]:
            yield each


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
