"""The critical appraisals of a review as objects: tools, answers by item, and what is not appraised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence, Report

SIGNS = ("+", "?", "-", "n/a")
"""The signs in the order of figures: sound, not to be told, unsound, not asked of this study."""

MEANINGS = {"+": "sound", "?": "cannot be told", "-": "unsound", "n/a": "not asked of this study"}
"""What the signs say of the methods, for tables."""

KINDS = {"+": "sound", "?": "open", "-": "unsound", "n/a": "unasked"}
"""The ends of the names of the classes that colour an answer."""

SHOWN = {"+": "+", "?": "?", "-": "−", "n/a": "n/a"}
"""How figures and tables write the signs."""

NOT_LOOKED_AT = "Nobody has looked at it yet."
"""The reason of a report whose record does not speak of appraisal."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question of a tool. ``group`` names the kind of studies it is asked of; empty for all."""

    id: str
    number: str
    question: str
    group: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an item for one report."""

    item: Item
    answer: str
    sign: str
    support: str
    locator: str

    @property
    def shown(self) -> str:
        """The sign as figures write it."""
        return SHOWN[self.sign]

    @property
    def words(self) -> str:
        """The answer as readers see it."""
        return self.answer.replace("'", "’")


@dataclass(frozen=True, slots=True)
class Tool:
    """An appraisal tool; ``words`` gives the answers behind each sign, ``groups`` their labels by id."""

    id: str
    name: str
    citation: str
    items: list[Item]
    words: dict[str, str]
    groups: dict[str, str]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The signs with the answers that they stand for, in the words of the tool."""
        return [(sign, self.words[sign]) for sign in SIGNS if sign in self.words]

    def items_of(self, group: str) -> list[Item]:
        """Return the items that are asked of the studies of a group."""
        return [item for item in self.items if item.group in ("", group)]


@dataclass(frozen=True, slots=True)
class Appraised:
    """A report with its answers in the order of the items."""

    report: Report
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Share:
    """How many reports have an answer to an item; ``percent`` is of all reports with the tool."""

    sign: str
    words: str
    number: int
    percent: float

    @property
    def shown(self) -> str:
        """The sign as figures write it."""
        return SHOWN[self.sign]


@dataclass(frozen=True, slots=True)
class Panel:
    """What was appraised with one tool, or with one group of its items: reports by items."""

    tool: Tool
    group: str
    items: list[Item]
    rows: list[Appraised]

    @property
    def id(self) -> str:
        """Its name in addresses."""
        return f"{self.tool.id}-{self.group}" if self.group else self.tool.id

    @property
    def title(self) -> str:
        """The name of the tool, and of the kind of studies where it has several."""
        return f"{self.tool.name}: {self.tool.groups[self.group]}" if self.group else self.tool.name

    def shares(self, item: Item) -> list[Share]:
        """Return how the answers to an item divide, without those that nobody gave."""
        given = Counter(
            answer.sign for row in self.rows for answer in row.answers if answer.item.id == item.id
        )
        total = sum(given.values())
        return [
            Share(sign, self.tool.words[sign], given[sign], round(100 * given[sign] / total, 2))
            for sign in SIGNS
            if given[sign]
        ]


@dataclass(frozen=True, slots=True)
class NotAppraised:
    """Reports that are not appraised for the same reason."""

    reason: str
    reports: list[Report]


class Appraisals:
    """The appraisals of the included reports of a review."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.included = [
            report for report in evidence.reports.values() if report.row["decision"] == "included"
        ]

    @cached_property
    def tools(self) -> list[Tool]:
        """All tools in the order of their names."""
        items: dict[str, list[Item]] = defaultdict(list)
        words: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        groups: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.evidence.rows("SELECT * FROM appraisal_item ORDER BY tool, position"):
            item = Item(row["id"], row["number"], row["question"], row["item_group"] or "")
            items[row["tool"]].append(item)
        for row in self.evidence.rows("SELECT * FROM appraisal_choice ORDER BY tool, position"):
            words[row["tool"]][row["sign"]].append(row["answer"])
        for row in self.evidence.rows("SELECT * FROM appraisal_group ORDER BY tool, position"):
            groups[row["tool"]][row["id"]] = row["label"]
        return [
            Tool(
                id=row["id"],
                name=row["name"],
                citation=row["citation"],
                items=items[row["id"]],
                words={
                    sign: ", ".join(each).replace("'", "’") for sign, each in words[row["id"]].items()
                },
                groups=groups[row["id"]],
            )
            for row in self.evidence.rows("SELECT * FROM appraisal_tool ORDER BY name, id")
        ]

    @cached_property
    def panels(self) -> list[Panel]:
        """What was appraised, by tool and group of items; those with most reports first."""
        panels = [
            Panel(tool, group, tool.items_of(group), rows)
            for tool in self.tools
            for group in (tool.groups or {"": ""})
            if (rows := self._rows(tool, group))
        ]
        return sorted(panels, key=lambda panel: -len(panel.rows))

    def _rows(self, tool: Tool, group: str) -> list[Appraised]:
        """Return the reports that were appraised with a tool, by citation, with the items of a group."""
        items = {item.id: item for item in tool.items_of(group)}
        rows = []
        for report in self.appraised:
            assert report.appraisal is not None
            if report.appraisal["tool"] == tool.id and (not group or group in self._scope[report.key]):
                rows.append(Appraised(report, self._answers(report, items)))
        return sorted(rows, key=lambda row: (row.report.citation.casefold(), row.report.key))

    def _answers(self, report: Report, items: dict[str, Item]) -> list[Answer]:
        return [
            Answer(
                items[row["item"]],
                row["answer"],
                row["sign"],
                row["support"],
                row["locator"],
            )
            for row in report.answers
            if row["item"] in items
        ]

    @cached_property
    def _scope(self) -> dict[str, set[str]]:
        scope: dict[str, set[str]] = defaultdict(set)
        for row in self.evidence.rows("SELECT record, item_group FROM appraisal_scope"):
            scope[row["record"]].add(row["item_group"])
        return scope

    @cached_property
    def appraised(self) -> list[Report]:
        """The included reports with an appraisal."""
        return [report for report in self.included if report.appraisal and report.appraisal["tool"]]

    def answered(self) -> Iterator[tuple[Tool, Report, list[Answer]]]:
        """Yield each appraised report with its tool and all its answers, by citation."""
        tools = {tool.id: tool for tool in self.tools}
        for report in sorted(self.appraised, key=lambda own: (own.citation.casefold(), own.key)):
            assert report.appraisal is not None
            tool = tools[report.appraisal["tool"]]
            yield tool, report, self._answers(report, {item.id: item for item in tool.items})

    @cached_property
    def not_appraised(self) -> list[NotAppraised]:
        """The included reports without one, by reason; the most frequent reason first."""
        reasons: dict[str, list[Report]] = defaultdict(list)
        for report in self.included:
            if not report.appraisal:
                reasons[NOT_LOOKED_AT].append(report)
            elif not report.appraisal["tool"]:
                reasons[report.appraisal["not_appraised"]].append(report)
        groups = [NotAppraised(reason, reports) for reason, reports in reasons.items()]
        return sorted(groups, key=lambda group: (-len(group.reports), group.reason))

    def sentence(self) -> str:
        """Return how many of the included reports are appraised."""
        whole, number = len(self.included), len(self.appraised)
        if not whole:
            return "No report is included yet."
        if not number:
            return f"None of the {counted(whole, 'included report')} is appraised yet."
        if number == whole:
            return f"All {counted(whole, 'included report')} are appraised."
        verb = "is" if number == 1 else "are"
        return f"{number:,} of the {counted(whole, 'included report')} {verb} appraised."
