"""The flow of reports as objects: what each box of the diagram holds, and the records behind it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property

from evidence_map.flow_boxes import BOTH, DATABASES, EARLY, OTHERS
from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.live.addresses import reports_address
from evidence_map.site.text import enumeration

METHODS = (DATABASES, OTHERS)

KINDS = {
    "database": "Databases",
    "register": "Registers",
    "website": "Websites",
    "citation chasing": "Citation chasing",
    "supplied": "Papers supplied",
    "web search": "Web searches",
    "other": "Other sources",
    "no search named": "No search named",
}
"""What readers call each kind of source."""

READ = {
    "full text": "Data from the full text",
    "abstract": "Data from the abstract",
    "title": "Data from the title",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a box: a kind of source, a reason of exclusion or what was read, with its number."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the diagram in one column."""

    id: str
    title: str
    definition: str
    method: str
    number: int
    parts: tuple[Part, ...] = ()

    @property
    def address(self) -> str:
        """The page of what stands behind it, with the part for its column."""
        page = "studies/" if self.id == "studies included" else f"flow/{self.id.replace(' ', '-')}/"
        return page if self.method == BOTH else f"{page}#{self.method.replace(' ', '-')}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Results without a record: how many, why or what they are, and from which search."""

    number: int
    what: str
    search: str


@dataclass(frozen=True, slots=True)
class Group:
    """Records behind a box that have the same end. ``home`` is another page that lists all of them."""

    heading: str
    home: str
    reports: list[Report]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a box in one column: records by what became of them, and the rest."""

    box: Box
    groups: list[Group]
    left_out: list[LeftOut]


class Flow:
    """The flow diagram of a review in numbers."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._definitions = {
            row["id"]: row for row in evidence.rows("SELECT * FROM flow_box ORDER BY position")
        }
        self._parts: dict[tuple[str, str], list[sqlite3.Row]] = {}
        for row in evidence.flow_numbers:
            self._parts.setdefault((row["method"], row["box"]), []).append(row)

    @cached_property
    def methods(self) -> list[str]:
        """The columns in which anything was found."""
        return [method for method in METHODS if self.box("identified", method).number]

    @property
    def ids(self) -> list[str]:
        """The boxes in order."""
        return list(self._definitions)

    def box(self, name: str, method: str = BOTH) -> Box:
        """Return a box in one column."""
        definition, rows = self._definitions[name], self._parts.get((method, name), [])
        words = KINDS if name == "identified" else READ if name == "reports included" else {}
        parts = tuple(
            Part(words.get(row["detail"], row["detail"]), row["number"]) for row in rows if row["detail"]
        )
        number = sum(row["number"] for row in rows)
        return Box(name, definition["title"], definition["definition"], method, number, parts)

    def boxes(self, name: str) -> list[Box]:
        """Return a box in each column that it stands in, or the one below both."""
        below = name in ("studies included", "reports included", "reports apart")
        return [self.box(name, method) for method in ([BOTH] if below else self.methods)]

    def behind(self, box: Box) -> Behind:
        """Return the records and other results behind a box."""
        groups: dict[str, Group] = {}
        for row in self._of_box(_records_behind(box), box):
            outcome = self._definitions.get(row["outcome"])
            heading = row["reason"] or (outcome["title"] if outcome else row["outcome"]) or ""
            if heading not in groups:
                groups[heading] = Group(heading, self._home(box, row), [])
            groups[heading].reports.append(self.evidence.reports[row["record"]])
        return Behind(box, list(groups.values()), self._left_out(box))

    def _home(self, box: Box, row: sqlite3.Row) -> str:
        """Return the address of another page that lists all records of the group of a row.

        Records go through several boxes and end in one: its page lists them. Of what is included at
        the end, the live list of reports can show just as many.
        """
        if box.id == "reports included":
            return reports_address("counted", {"basis": row["basis"].replace(" ", "-")})
        if box.id == "reports apart":
            return reports_address("apart", {})
        if row["reason"] or row["outcome"] in (None, box.id):
            return ""
        return self.box(row["outcome"], box.method).address

    def _left_out(self, box: Box) -> list[LeftOut]:
        sql = _LEFT_OUT.get(box.id)
        if sql is None:
            return []
        return [LeftOut(*row) for row in self._of_box(sql, box) if row[0]]

    def _of_box(self, sql: str, box: Box) -> list[sqlite3.Row]:
        values = {"box": box.id, "method": box.method}
        return self.evidence.connection.execute(sql, values).fetchall()

    def remarks(self) -> list[str]:
        """Return what a reader must know before relying on the numbers, in sentences."""
        silent = self.evidence.rows("SELECT source FROM search WHERE results IS NULL ORDER BY position")
        unseen = sum(self.box("not yet screened", method).number for method in self.methods)
        unread = sum(self.box(f"included on {EARLY}", method).number for method in self.methods)
        unnamed = self.evidence.rows(
            "SELECT count(*) FROM record WHERE key NOT IN (SELECT record FROM record_search)"
        )[0][0]
        remarks = []
        if unread:
            remarks.append(
                f"{counted(unread, 'report was', 'reports were')} included on title or abstract; the "
                "full text is not yet read."
            )
        if silent:
            names = enumeration([row["source"] for row in silent])
            remarks.append(
                f"The number of results is not known for {names}: there only what has a record is "
                "counted, so that more was identified than is shown."
            )
        if unseen:
            remarks.append(f"{counted(unseen, 'result is', 'results are')} not yet screened.")
        if unnamed:
            remarks.append(
                f"{counted(unnamed, 'record names', 'records name')} no search; they stand under other "
                "methods."
            )
        return remarks


def _records_behind(box: Box) -> str:
    order = "ORDER BY position, reason, record"
    if box.id == "reports included":
        return f"""SELECT key AS record, NULL AS reason, 'Data from the ' || basis AS outcome,
            basis, basis <> 'full text' AS position FROM record WHERE counted = 1 {order}"""
    if box.id == "reports apart":
        return f"""SELECT key AS record, NULL AS reason, '' AS outcome, 0 AS position FROM record
            WHERE decision = 'included' AND counted = 0 {order}"""
    if box.id == "duplicates":
        return f"""SELECT flow_record.record AS record, 0 AS position, NULL AS outcome,
              CASE WHEN outcome = 'duplicates' THEN 'Duplicates of another record'
                ELSE 'Found by several searches' END AS reason
            FROM flow_found JOIN flow_record ON flow_record.record = flow_found.record
            WHERE flow_found.method = :method AND flow_found.times
              > (flow_record.method = :method AND outcome <> 'duplicates') {order}"""
    if box.id == "identified":
        return f"""SELECT flow_found.record AS record, outcome, flow_box.position,
              CASE WHEN flow_record.method <> :method
                THEN 'Found in databases or registers as well, and counted there' END AS reason
            FROM flow_found JOIN flow_record ON flow_record.record = flow_found.record
            JOIN flow_box ON flow_box.id = outcome
            WHERE flow_found.method = :method {order}"""
    return f"""SELECT flow_record.record AS record, flow_record.outcome, flow_box.position,
          CASE WHEN flow_step.box = flow_record.outcome THEN reason END AS reason
        FROM flow_record JOIN flow_step ON flow_step.outcome = flow_record.outcome
        JOIN flow_box ON flow_box.id = flow_record.outcome
        WHERE flow_step.box = :box AND flow_record.method = :method {order}"""


def _from_log(condition: str) -> str:
    return f"""SELECT number, reason, search.source FROM search_without_record
        JOIN search ON search.id = search_without_record.search
        JOIN search_method ON search_method.search = search.id
        WHERE search_method.method = :method AND {condition}
        ORDER BY search.position, search_without_record.position"""


def _from_search(number: str, what: str) -> str:
    return f"""SELECT {number}, '{what}', search.source FROM search_flow
        JOIN search ON search.id = search_flow.search
        WHERE search_flow.method = :method ORDER BY search.position"""


_LEFT_OUT = {
    "identified": _from_search("search_flow.results - search_flow.records", "results without a record"),
    "duplicates": _from_search("search_flow.duplicates_removed", "duplicates"),
    "not yet screened": _from_search("search_flow.not_yet_screened", "not yet screened"),
    "removed by automation": _from_log("stage = 'before screening' AND by_automation = 1"),
    "removed for other reasons": _from_log("stage = 'before screening' AND by_automation = 0"),
    "screened": _from_log("stage = 'title and abstract'"),
    f"excluded on {EARLY}": _from_log("stage = 'title and abstract'"),
}
"""What stands behind a box without a record of its own."""
