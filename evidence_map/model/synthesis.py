"""What the review says across papers: its question, maps, studies, searches, tools and findings."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from evidence_map.model.absence import Absence, Stated
from evidence_map.model.coding import Codes
from evidence_map.model.scalars import (
    Count,
    Day,
    FindingReference,
    Flag,
    Line,
    PartialDate,
    Prose,
    Section,
    SitePath,
    Slug,
    Some,
    Statement,
    Url,
    Words,
    record_of,
)


class Protocol(Section):
    """The front matter of synthesis/protocol.md: what the review is, for the home page and citations."""

    title: Line = Field(description="The review's title.")
    short_title: Line = Field(description="A name of two to five words for the header.")
    question: Statement = Field(description="The question that the review answers.")
    summary: Statement = Field(description="Two or three sentences for someone who arrives here.")
    population: Statement | None = Field(None, description="Whom the question is about.")
    concept: Statement | None = Field(None, description="What is asked about them.")
    context: Statement | None = Field(None, description="Where and in which circumstances.")
    authors: Some[Line] = Field(description="Who answers for the review, as it is to be cited.")
    publisher: Line | None = Field(None, description="Who publishes it.")
    address: Url | None = Field(None, description="Where it is published, for the citation.")
    contact: Line | None = Field(None, description="How to reach the authors.")
    status: Statement = Field(description="How far the review is, and what must not be concluded yet.")
    findings_by: Slug | None = Field(
        None, description="The dimension under whose terms the review findings are listed."
    )
    licence: Line = Field("CC BY 4.0", description="Licence of the data.")


class OutsideCell(Section):
    """A cell of a map that cannot hold studies, and why."""

    row: Slug = Field(description="The row's term.")
    column: Slug = Field(description="The column's term.")
    reason: Statement = Field(description="Why no study can stand here.")


class MapSpecification(Section):
    """One published map: what its rows, columns and segments are."""

    id: Slug = Field(description="Its name in addresses.")
    title: Line = Field(description="What it shows, such as Themes by role.")
    question: Statement = Field(description="The reader's question that it answers, in one sentence.")
    rows: Slug = Field(description="The dimension of the rows.")
    columns: Slug = Field(description="The dimension of the columns.")
    segments: Slug | None = Field(None, description="The dimension that divides each bubble.")
    unit: Literal["study", "report", "finding"] = Field("study", description="What is counted.")
    outside: Some[OutsideCell] | None = Field(None, description="Cells that lie outside the frame.")


class Maps(Section):
    """synthesis/maps.yml: the published maps; the first is the one that the map page opens with."""

    maps: Some[MapSpecification] = Field(description="The maps in the order in which they are offered.")


class Study(Section):
    """A piece of research that has several reports."""

    id: Slug = Field(description="Its name in the records (study: report_of).")
    label: Line = Field(description="Its short name for readers, such as BEACON.")
    title: Line = Field(description="Its full name.")
    registration: Line | None = Field(None, description="Number in a register.")
    summary: Statement | None = Field(None, description="What it is, in our words.")
    note: Statement | None = Field(None, description="What is known of its reports and their samples.")


class Studies(Section):
    """synthesis/studies.yml: studies that must not be counted once per report."""

    studies: Some[Study] = Field(description="The studies with several reports.")


class WithoutRecord(Section):
    """Results of a search that were left out without a record of their own."""

    stage: Literal["before screening", "title and abstract"] = Field(
        description="When they were left out: before screening, or on title and abstract."
    )
    reason: Statement = Field(description="Why, in a few words.")
    count: Count = Field(description="How many they were.")
    by_automation: Flag = Field(
        False, description="Whether a program decided and no person looked at them."
    )


class Search(Section):
    """One search: where, when, how, how much it gave, and what became of that.

    PRISMA-S items 1, 8, 13 and 16; PRISMA 2020 item 16a.
    """

    id: Slug = Field(description="Its name in the records (screening: found_by).")
    kind: Literal[
        "database", "register", "website", "citation chasing", "supplied", "web search", "other"
    ] = Field(description="What kind of source was searched.")
    source: Line = Field(description="What was searched.")
    platform: Line | None = Field(None, description="The platform through which it was searched.")
    date: Stated[PartialDate] = Field(description="When it was searched.")
    strategy: Statement = Field(description="What was looked for, in words.")
    query: Prose | None = Field(None, description="The search as it was run.")
    results: Stated[Count] = Field(Absence.NOT_EXTRACTED, description="How many results it gave.")
    duplicates_removed: Count = Field(
        0,
        description="How many of them were left out as duplicates before screening, without a record. "
        "A record that several searches found is not among them.",
    )
    without_record: Some[WithoutRecord] | None = Field(
        None, description="What else was left out without a record, with the reason and the number."
    )
    screened: Literal["all", "in part"] = Field(
        "all",
        description="Whether all results were screened. In part: those that are accounted for neither "
        "by a record nor here count as not yet screened.",
    )
    by: Some[Line] | None = Field(None, description="Who searched.")
    note: Statement | None = Field(None, description="Anything else that is needed to judge it.")


class SearchLog(Section):
    """synthesis/searches.yml: every search, so that the flow of reports can be told."""

    searches: Some[Search] = Field(description="The searches.")


Sign = Literal["+", "?", "-", "n/a"]
"""What an answer says of the methods: sound, not to be told, unsound, or not asked of this study."""

_SIGNS: dict[str, Sign] = {
    "yes": "+",
    "no": "-",
    "can't tell": "?",
    "cannot tell": "?",
    "unclear": "?",
    "not applicable": "n/a",
}


class ItemGroup(Section):
    """Items of a tool that are asked of one kind of study only."""

    id: Slug = Field(description="Its name in the records (appraisal: groups).")
    label: Line = Field(description="The kind of study, such as Qualitative studies.")


class Item(Section):
    """One question of an appraisal tool, in our own short words."""

    id: Slug = Field(description="Its name in the records.")
    number: Line | None = Field(
        None, description="Its number in the tool, such as S1; left out, items are counted."
    )
    group: Slug | None = Field(
        None, description="The group of items that it belongs to; left out, it is asked of every study."
    )
    question: Statement = Field(description="What it asks.")


class Tool(Section):
    """A critical-appraisal tool."""

    id: Slug = Field(description="Its name in the records.")
    name: Line = Field(description="Its name for readers.")
    citation: Statement = Field(description="Where it is published.")
    answers: Some[Words] = Field(description="The answers that it allows.")
    signs: dict[Words, Sign] = Field(
        default_factory=dict,
        max_length=50,
        description="How figures show an answer: “+”, “?”, “-” or “n/a”. Needed for answers other "
        "than yes, no, can't tell, unclear and not applicable.",
        examples=[{"partly": "?"}],
    )
    groups: Some[ItemGroup] | None = Field(
        None, description="Groups of items of which only some apply to a study."
    )
    items: Some[Item] = Field(description="Its items in order.")

    def sign(self, answer: str) -> Sign | None:
        """Return how figures show *answer*; None if neither the tool nor its words say so."""
        return self.signs.get(answer) or _SIGNS.get(answer.casefold().replace("’", "'"))

    def items_for(self, groups: list[str] | None) -> list[Item]:
        """Return the items that are asked of a study to which the *groups* apply."""
        return [item for item in self.items if item.group is None or item.group in (groups or [])]


class AppraisalTools(Section):
    """synthesis/appraisal.yml: the tools with which papers are appraised."""

    tools: Some[Tool] = Field(description="The tools.")


Concern = Literal["no or very minor", "minor", "moderate", "serious"]
"""Levels of concern of a GRADE-CERQual component (Lewin et al. 2018, paper 2)."""


COMPONENTS = ("methodological_limitations", "coherence", "adequacy", "relevance")
"""The four components of a GRADE-CERQual assessment, in the order in which they are shown."""

ConfidenceLevel = Literal["high", "moderate", "low", "very low"]
"""Levels of confidence in a review finding, from the highest to the lowest."""


class Component(Section):
    """One component of a GRADE-CERQual assessment."""

    concern: Concern = Field(description="The level of concern.")
    reason: Statement = Field(description="What the level rests on.")

    @classmethod
    def when_missing(cls, name: str) -> str:
        """Return why a component needs the field *name*."""
        if name == "reason":
            return "Say what in the studies the level rests on; a bare level explains nothing."
        return f"Write one of: {', '.join(get_args(Concern))}."


class Confidence(Section):
    """The overall confidence in a review finding."""

    level: ConfidenceLevel = Field(description="The level.")
    reason: Statement = Field(description="How the components led to it.")

    @classmethod
    def when_missing(cls, name: str) -> str:
        """Return why the overall confidence needs the field *name*."""
        if name == "reason":
            return "Say in words how the concerns led to this level; it does not follow by calculation."
        return f"Write one of: {', '.join(get_args(ConfidenceLevel))}."


class AssessedEvidence(Section):
    """What an assessment rested on, as short digests, so that a later change is noticed.

    A digest names a content: the same content has the same digest. Of each contribution three are
    kept, in this order: what was found, how and on what basis the study was done and read, and its
    critical appraisal.
    """

    question: Words = Field(description="Digest of the review's question.")
    statement: Words = Field(description="Digest of the review finding's statement.")
    contributing: dict[FindingReference, Words] = Field(
        max_length=1_000, description="Digests of each contributing finding, its study, its appraisal."
    )


class Cerqual(Section):
    """A GRADE-CERQual assessment (Lewin et al. 2018, doi 10.1186/s13012-017-0688-3)."""

    methodological_limitations: Component = Field(description="Problems in how studies were done.")
    coherence: Component = Field(description="How well the finding fits the studies' data.")
    adequacy: Component = Field(description="Richness and quantity of the data.")
    relevance: Component = Field(description="How close the studies are to the question.")
    confidence: Confidence = Field(description="How far the finding can be relied on.")
    date: Day = Field(description="When it was assessed.")
    by: Some[Line] = Field(description="Who assessed it.")
    evidence: AssessedEvidence | None = Field(
        None, description="Digest of the evidence as it was when assessed; written by “assess”."
    )

    @classmethod
    def when_missing(cls, name: str) -> str:
        """Return why an assessment needs the field *name*."""
        if name in COMPONENTS:
            return (
                "Confidence rests on all four components: methodological_limitations, coherence, "
                "adequacy and relevance; give each a concern and a reason."
            )
        return ""


class ReviewFinding(Section):
    """The front matter of a file in synthesis/findings/: a statement across papers."""

    statement: Statement = Field(description="What the studies together say, as a full sentence.")
    contributing: Some[FindingReference] = Field(
        max_length=1_000,
        description="The findings of papers that it is built from, such as lamp2021#company.",
    )
    codes: Codes = Field(
        default_factory=dict,
        description="Its terms in dimensions of the codebook that apply to findings.",
    )
    cerqual: Cerqual | None = Field(None, description="How far it can be relied on, once assessed.")

    @property
    def records(self) -> list[str]:
        """The keys of the records whose findings contribute, each once."""
        return list(dict.fromkeys(record_of(reference) for reference in self.contributing))


class ChecklistAnswer(Section):
    """An answer to an item of a reporting checklist that data alone cannot give."""

    checklist: Slug = Field(description="The checklist: entreq or prisma-scr.")
    item: Line = Field(description="The number of the item.")
    answer: Statement = Field(description="What the review says to it, or what is still missing.")
    state: Literal["met", "partly met", "not met"] = Field(
        "met", description="How far it is met. Where the data decide, their judgement stands."
    )
    where: SitePath | None = Field(
        None, description="The page of the site that shows it, such as protocol/#searches."
    )


class ChecklistAnswers(Section):
    """synthesis/checklists.yml: answers to items of reporting checklists."""

    answers: Some[ChecklistAnswer] = Field(description="The answers, in any order.")


class AcceptedWarning(Section):
    """A warning that stands for a reason."""

    code: Slug = Field(description="The rule's code.")
    path: Line = Field(description="The file, from the review's folder: records/lamp2021.yml.")
    reason: Statement = Field(description="Why the warning may stand.")


class AcceptedWarnings(Section):
    """synthesis/accepted.yml: warnings that stand for a reason; each must still occur."""

    accepted: Some[AcceptedWarning] = Field(description="The warnings.")
