"""The database as objects, for the pages that are made from it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import Any, Self

from evidence_map.dimensions import CONFIDENCE
from evidence_map.model.notice import NOT_TO_RELY_ON

Row = Mapping[str, Any]
"""A row of the database by the names of its columns; a plain dictionary, which can go anywhere."""

SHORT = 24
"""How long a text is at most that often stands in other rows, too."""

_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a dimension as readers see it."""

    dimension: str
    id: str
    label: str
    definition: str
    not_for: str | None
    parent: str | None
    depth: int
    is_group: bool
    counts_as_study: bool


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension as readers see it."""

    id: str
    label: str
    definition: str
    applies_to: str
    field: str
    built_in: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """An author or editor."""

    family: str | None
    given: str | None
    particle: str | None
    suffix: str | None
    literal: str | None
    orcid: str | None

    @property
    def family_first(self) -> bool:
        """Whether the name is written in Chinese, Japanese or Korean characters."""
        return bool(_EAST_ASIAN.search(f"{self.family or ''}{self.given or ''}"))

    @property
    def sorting(self) -> str:
        """The name as it is cited: the family name with its particle, or the literal."""
        return self.literal or " ".join(part for part in (self.particle, self.family) if part)

    @property
    def full(self) -> str:
        """The name as it is read aloud; Chinese, Japanese and Korean names begin with the family."""
        if self.family_first:
            return f"{self.family or ''}{self.given or ''}"
        parts = (self.given, self.particle, self.family, self.suffix)
        return self.literal or " ".join(part for part in parts if part)


@dataclass(slots=True)
class PaperFinding:
    """A finding of a paper with its terms and quotations.

    ``terms`` are those that it was coded with; ``confidence`` holds the levels of confidence in the
    review findings that it contributes to, which say nothing about the finding itself.
    """

    id: str
    name: str
    record: str
    statement: str
    locator: str
    terms: list[Term] = field(default_factory=list)
    confidence: list[Term] = field(default_factory=list)
    quotes: list[Row] = field(default_factory=list)

    @property
    def placed_terms(self) -> list[Term]:
        """All terms under which maps and filters find it."""
        return [*self.terms, *self.confidence]


@dataclass(slots=True)
class Report:
    """A report with everything that belongs to it.

    ``row`` is its row of the table record, without the text of its file.
    """

    row: Row
    authors: list[Person] = field(default_factory=list)
    editors: list[Person] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)
    codes: list[Term] = field(default_factory=list)
    parts: list[Row] = field(default_factory=list)
    funders: list[Row] = field(default_factory=list)
    notices: list[Row] = field(default_factory=list)
    absences: dict[str, str] = field(default_factory=dict)
    findings: list[PaperFinding] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    appraisal: Row | None = None
    answers: list[Row] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The citation key."""
        return str(self.row["key"])

    @property
    def citation(self) -> str:
        """The short citation."""
        return str(self.row["citation"])

    @property
    def counted(self) -> bool:
        """Whether maps count it."""
        return bool(self.row["counted"])

    @property
    def warning(self) -> str:
        """Where it stands, as a word for a badge, if its findings cannot be relied on as they are."""
        standing = str(self.row["standing"] or "")
        return standing.removeprefix("under an ").capitalize() if standing in NOT_TO_RELY_ON else ""

    def terms(self, dimension: str) -> list[Term]:
        """Return its own terms in a dimension."""
        return [term for term in self.codes if term.dimension == dimension]

    def missing(self, path: str) -> str:
        """Return why a field is blank. Above it may stand a whole section that is blank."""
        while path:
            if path in self.absences:
                return self.absences[path]
            path = path.rpartition(".")[0]
        return "not yet extracted"


@dataclass(frozen=True, slots=True)
class Study:
    """A study with the keys of its reports."""

    id: str
    label: str
    title: str
    registration: str | None
    summary: str | None
    note: str | None
    declared: bool
    reports: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its page; where a report stands alone, the report's page is the study's."""
        return f"studies/{self.id}/" if self.declared else f"records/{self.id}/"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many studies, reports and findings stand under a term."""

    studies: int = 0
    reports: int = 0
    findings: int = 0

    def of(self, unit: str) -> int:
        """Return the number of the *unit*: study, report or finding."""
        return {"study": self.studies, "report": self.reports, "finding": self.findings}[unit]


class Evidence:
    """Everything that the database holds, read once. Use as a context manager."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        self.connection.row_factory = sqlite3.Row

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        return self.connection.execute(sql, values).fetchall()

    @cached_property
    def meta(self) -> dict[str, str]:
        """What the review is, by name."""
        return {row["name"]: row["value"] for row in self.rows("SELECT name, value FROM meta")}

    @cached_property
    def authors(self) -> list[str]:
        """Who answers for the review."""
        names: list[str] = json.loads(self.meta["authors"])
        return names

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions by id, in the order of display."""
        sql = "SELECT * FROM dimension ORDER BY position"
        return {
            row["id"]: Dimension(
                id=row["id"],
                label=row["label"],
                definition=row["definition"],
                applies_to=row["applies_to"],
                field=row["field"],
                built_in=bool(row["built_in"]),
                source=row["source"],
            )
            for row in self.rows(sql)
        }

    @cached_property
    def terms(self) -> dict[str, dict[str, Term]]:
        """The terms of each dimension by id, in the order of display."""
        sql = """SELECT dimension, id, label, definition, not_for, parent, depth, is_group,
            counts_as_study FROM term ORDER BY dimension, position"""
        found: dict[str, dict[str, Term]] = {dimension: {} for dimension in self.dimensions}
        for row in self.rows(sql):
            values = dict(row)
            values["is_group"] = bool(row["is_group"])
            values["counts_as_study"] = bool(row["counts_as_study"])
            found[row["dimension"]][row["id"]] = Term(**values)
        return found

    @cached_property
    def examples(self) -> dict[tuple[str, str], list[str]]:
        """The examples of each term."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.rows("SELECT dimension, term, example FROM term_example ORDER BY position"):
            found[row["dimension"], row["term"]].append(row["example"])
        return found

    @cached_property
    def counts(self) -> dict[tuple[str, str], Counts]:
        """The numbers of each term."""
        sql = "SELECT dimension, term, studies, reports, findings FROM term_count"
        return {(row[0], row[1]): Counts(*row[2:]) for row in self.rows(sql)}

    @cached_property
    def reports(self) -> dict[str, Report]:
        """All reports by key."""
        # The texts of files would take as much memory as the rest, and go along to other processes.
        named = (str(row["name"]) for row in self.rows("PRAGMA table_info(record)"))
        columns = ", ".join(name for name in named if name != "yaml")
        rows = self._as_dictionaries(f"SELECT {columns} FROM record ORDER BY key")
        reports = {str(row["key"]): Report(row) for row in rows}
        self._add_people(reports)
        for key, name, value in self._tuples(
            "SELECT record, field, value FROM record_list ORDER BY record, field, position"
        ):
            reports[key].lists.setdefault(intern(name), []).append(value)
        for key, term in self.coded("record_code", "record"):
            reports[key].codes.append(term)
        for row in self._as_dictionaries(
            "SELECT * FROM sample_part ORDER BY record, grouping_position, position"
        ):
            reports[row["record"]].parts.append(row)
        for row in self._as_dictionaries("SELECT * FROM notice ORDER BY record, position"):
            reports[row["record"]].notices.append(row)
        for row in self._as_dictionaries("SELECT * FROM funder ORDER BY record, position"):
            reports[row["record"]].funders.append(row)
        self._add_blanks(reports)
        for key, search in self._tuples(
            "SELECT record, search FROM record_search ORDER BY record, search"
        ):
            reports[key].searches.append(intern(search))
        for key, other in self._tuples("SELECT record, other FROM shared_sample ORDER BY record, other"):
            reports[key].shared.append(other)
        for finding in self.findings.values():
            reports[finding.record].findings.append(finding)
        self._add_appraisals(reports)
        return reports

    @cached_property
    def exported(self) -> list[Report]:
        """The reports that exports hold: all but the excluded ones, by key."""
        return [own for own in self.reports.values() if own.row["decision"] != "excluded"]

    @cached_property
    def comparisons(self) -> dict[str, list[Row]]:
        """What was extracted twice, by record: a row for each field that can be compared."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("SELECT * FROM comparison ORDER BY record, position"):
            found[row["record"]].append(dict(row))
        return found

    def _add_people(self, reports: dict[str, Report]) -> None:
        sql = """SELECT record, role, family, given, particle, suffix, literal, orcid
            FROM record_name ORDER BY record, role, position"""
        for key, role, *parts in self._tuples(sql):
            report = reports[key]
            (report.authors if role == "author" else report.editors).append(Person(*parts))

    def _add_blanks(self, reports: dict[str, Report]) -> None:
        # As text each field and reason would be kept as often as it is blank.
        words = {
            row[0]: (row[1], row[2]) for row in self.rows("SELECT number, field, reason FROM blank")
        }
        for key, number in self._tuples("SELECT record, blank FROM record_blank ORDER BY record, blank"):
            field, reason = words[number]
            reports[key].absences[field] = reason

    def _add_appraisals(self, reports: dict[str, Report]) -> None:
        sql = """SELECT appraisal.*, appraisal_tool.name FROM appraisal
            LEFT JOIN appraisal_tool ON appraisal_tool.id = appraisal.tool"""
        for row in self._as_dictionaries(sql):
            reports[row["record"]].appraisal = row
        sql = """SELECT appraisal_answer.*, appraisal_item.question, appraisal_choice.sign
            FROM appraisal_answer
            JOIN appraisal_item ON appraisal_item.tool = appraisal_answer.tool
              AND appraisal_item.id = appraisal_answer.item
            JOIN appraisal_choice ON appraisal_choice.tool = appraisal_answer.tool
              AND appraisal_choice.answer = appraisal_answer.answer
            ORDER BY appraisal_answer.record, appraisal_item.position"""
        for row in self._as_dictionaries(sql):
            reports[row["record"]].answers.append(row)

    def coded(self, table: str, holder: str) -> Iterator[tuple[str, Term]]:
        """Yield holder and term of each row of a table of codes, the terms in the order of display."""
        places = self.rows("SELECT number, dimension, term FROM place WHERE term IS NOT NULL")
        terms = {number: self.terms[dimension][term] for number, dimension, term in places}
        pairs = self._tuples(
            f"""SELECT {table}.{holder}, place.number FROM {table}
            JOIN place ON place.dimension = {table}.dimension AND place.term = {table}.term
            ORDER BY {table}.{holder}, place.number"""
        )
        return ((of, terms[number]) for of, number in pairs)

    def _tuples(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query as bare tuples, one after the other."""
        cursor = self.connection.cursor()
        cursor.row_factory = None
        yield from cursor.execute(sql)

    def _as_dictionaries(self, sql: str) -> Iterator[Row]:
        """Yield the rows of a query as dictionaries. A text that is there already is not held twice."""
        cursor = self.connection.cursor()
        cursor.row_factory = None
        cursor.execute(sql)
        columns = [column[0] for column in cursor.description]
        held: dict[str, str] = {}
        for row in cursor:
            values = [
                held.setdefault(value, value) if type(value) is str and len(value) <= SHORT else value
                for value in row
            ]
            yield dict(zip(columns, values, strict=True))

    @cached_property
    def findings(self) -> dict[str, PaperFinding]:
        """All findings of papers by reference."""
        sql = "SELECT id, name, record, statement, locator FROM finding ORDER BY record, position"
        found = {
            reference: PaperFinding(reference, intern(name), record, statement, locator)
            for reference, name, record, statement, locator in self._tuples(sql)
        }
        for reference, term in self.coded("finding_code", "finding"):
            finding = found[reference]
            (finding.confidence if term.dimension == CONFIDENCE else finding.terms).append(term)
        for row in self._as_dictionaries("SELECT * FROM finding_quote ORDER BY finding, position"):
            found[row["finding"]].quotes.append(row)
        return found

    @cached_property
    def studies(self) -> dict[str, Study]:
        """All studies by id, in the order of their labels."""
        reports: dict[str, list[str]] = defaultdict(list)
        for row in self.rows("SELECT study, key FROM record ORDER BY study, issued, key"):
            reports[row["study"]].append(row["key"])
        sql = """SELECT id, label, title, registration, summary, note, declared FROM study
            ORDER BY label COLLATE NOCASE, id"""
        return {
            row["id"]: Study(
                **{**dict(row), "declared": bool(row["declared"])}, reports=tuple(reports[row["id"]])
            )
            for row in self.rows(sql)
        }

    @cached_property
    def totals(self) -> dict[str, int]:
        """The review's counts: counted studies, reports and findings, and what stands apart."""
        one = self.rows(
            """SELECT
              count(DISTINCT CASE WHEN counted = 1 THEN study END) AS studies,
              coalesce(sum(counted), 0) AS reports,
              (SELECT count(*) FROM finding JOIN record ON record.key = finding.record
                WHERE record.counted = 1) AS findings,
              (SELECT count(DISTINCT term) FROM placement
                WHERE dimension = 'country' AND term IS NOT NULL) AS countries,
              coalesce(sum(decision = 'included' AND counted = 0), 0) AS apart,
              coalesce(sum(decision = 'excluded'), 0) AS excluded,
              coalesce(sum(decision = 'awaiting'), 0) AS awaiting,
              coalesce(sum(decision = 'ongoing'), 0) AS ongoing,
              count(*) AS records
            FROM record"""
        )[0]
        return dict(one)

    @cached_property
    def flow_numbers(self) -> list[sqlite3.Row]:
        """The numbers of the flow diagram, the largest parts of a box first."""
        return self.rows("SELECT * FROM flow_number ORDER BY method, box, number DESC, detail")

    @cached_property
    def reports_by_term(self) -> dict[tuple[str, str], list[str]]:
        """The keys of the counted reports under each term or group, the latest first."""
        latest = self.rows("SELECT key FROM record ORDER BY issued DESC, key")
        places = {row["key"]: place for place, row in enumerate(latest)}
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.rows(
            "SELECT DISTINCT dimension, term, record FROM placement WHERE term IS NOT NULL"
        ):
            found[row[0], row[1]].append(row[2])
        for keys in found.values():
            keys.sort(key=places.__getitem__)
        return found
