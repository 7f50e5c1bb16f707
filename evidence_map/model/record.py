"""One report: what the paper is, how it was screened, what it did and what it found.

The sections and their fields stand in the order in which they stand in a file.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal

from pydantic import Field

from evidence_map.model.absence import Absence, Stated
from evidence_map.model.coding import Codes, Term, Terms
from evidence_map.model.notice import Notice
from evidence_map.model.places import Country, Subdivision
from evidence_map.model.reference import Reference
from evidence_map.model.scalars import (
    Count,
    Day,
    Line,
    PartialDate,
    Prose,
    Section,
    Slug,
    Some,
    Statement,
    Url,
    Words,
)

NOT_EXTRACTED = Absence.NOT_EXTRACTED


class Decision(StrEnum):
    """Where a report stands in screening."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    AWAITING = "awaiting"
    ONGOING = "ongoing"


class Basis(StrEnum):
    """How much of the paper the extraction rests on."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract"
    TITLE = "title"


class StudyLink(Section):
    """Which study this report belongs to, and how it is related to other reports."""

    report_of: Slug | None = Field(
        None,
        description="The study (in synthesis/studies.yml) that this report belongs to. Left out, "
        "the report is a study of its own.",
    )
    part: Line | None = Field(
        None, description="What this report is within its study: protocol, main results and so on."
    )
    duplicate_of: Slug | None = Field(
        None, description="Key of the record of the same publication, which is kept instead."
    )
    version_of: Slug | None = Field(
        None, description="Key of the record of another version, such as the preprint's article."
    )
    may_share_sample_with: Some[Slug] | None = Field(
        None, description="Keys of records whose participants may be the same people."
    )
    note: Statement | None = Field(None, description="What makes the relation likely or certain.")


class Screening(Section):
    """Whether the report belongs to the review, and why not where it does not."""

    decision: Decision = Field(
        description="included, excluded, awaiting (not decided yet) or ongoing (no results yet)."
    )
    reason: Term = Field(
        Absence.NOT_APPLICABLE, description="Why it was excluded: one reason, from the codebook."
    )
    stage: Literal["title and abstract", "full text"] | None = Field(
        None, description="What was read to decide."
    )
    date: Day | None = Field(None, description="When it was decided.")
    found_by: Some[Slug] | None = Field(
        None, description="The searches (in synthesis/searches.yml) that found it."
    )
    note: Statement | None = Field(None, description="Anything the decision needs explained.")


class Adjudication(Section):
    """How a difference between the first and the second extraction was settled."""

    field: Line = Field(
        description="The field that differs, as the page Agreement names it: sample.size, "
        "findings.company.codes.topic."
    )
    decision: Literal["first", "second", "other"] = Field(
        description="Which extraction is right. Where it is not the first, this record holds what is."
    )
    first_said: Some[Words] | None = Field(
        None,
        description="What this record said before it was corrected, each term or value by itself; "
        "needed where the first extraction was not right, so that agreement is still counted on it.",
    )
    by: Some[Line] = Field(description="Who settled it.")
    date: Day = Field(description="When it was settled.")
    note: Statement | None = Field(None, description="What settled it.")


class Extraction(Section):
    """What the record rests on, who made it and when."""

    basis: Basis = Field(description="What was read: full text, abstract or title.")
    by: Some[Line] = Field(description="Who extracted the data.")
    date: Day = Field(description="When the data were extracted.")
    checked_by: Some[Line] | None = Field(
        None, description="Who compared the record with the source afterwards."
    )
    source: Some[Url] | None = Field(None, description="Addresses of what was read.")
    adjudication: Some[Adjudication] | None = Field(
        None, description="How differences from the second extraction were settled."
    )
    note: Statement | None = Field(None, description="What could not be read, or was unclear.")


class Design(Section):
    """How the study was done."""

    aim: Stated[Statement] = Field(NOT_EXTRACTED, description="What it set out to learn, in our words.")
    approach: Term = Field(NOT_EXTRACTED, description="Qualitative, quantitative and so on.")
    methodology: Terms = Field(NOT_EXTRACTED, description="The tradition or kind of study.")
    data_collection: Terms = Field(NOT_EXTRACTED, description="How the data were gathered.")
    procedure: Stated[Statement] = Field(
        NOT_EXTRACTED,
        description="How it was carried out: modes and length of interviews, by whom, how often.",
    )
    analysis: Stated[Statement] = Field(NOT_EXTRACTED, description="How the data were analysed.")
    framework: Stated[Some[Line]] = Field(
        NOT_EXTRACTED, description="Theories or models that guided the study."
    )
    sampling: Stated[Line] = Field(NOT_EXTRACTED, description="How participants were chosen.")
    software: Stated[Some[Line]] = Field(NOT_EXTRACTED, description="Software used for analysis.")
    ethics: Stated[Statement] = Field(
        NOT_EXTRACTED, description="Ethics approval or exemption, and how consent was given."
    )


class Part(Section):
    """One part of the sample."""

    label: Words = Field(description="What the members of this part have in common.")
    size: Count = Field(description="How many they are.")


class Group(Section):
    """One way in which the paper divides its sample."""

    by: Line = Field(description="What the sample is divided by: interview mode, gender and so on.")
    parts: Some[Part] = Field(description="The parts with their numbers.")
    parts_are: Literal["complete", "incomplete", "overlapping"] = Field(
        "complete",
        description="complete: every member is in exactly one part; incomplete: some are in none; "
        "overlapping: one can be in several.",
    )


class Recruitment(Section):
    """How participants were found, with the numbers that the paper gives."""

    procedure: Stated[Statement] = Field(NOT_EXTRACTED, description="How they were recruited.")
    eligibility: Stated[Statement] = Field(NOT_EXTRACTED, description="Who could take part.")
    sites_approached: Stated[Count] = Field(NOT_EXTRACTED, description="Services or sites asked.")
    sites_taking_part: Stated[Count] = Field(NOT_EXTRACTED, description="Services or sites that agreed.")
    people_invited: Stated[Count] = Field(NOT_EXTRACTED, description="People invited.")
    people_taking_part: Stated[Count] = Field(NOT_EXTRACTED, description="People who took part.")
    payment: Stated[Statement] = Field(NOT_EXTRACTED, description="What participants received.")


class Sample(Section):
    """Who took part."""

    size: Stated[Count] = Field(NOT_EXTRACTED, description="How many took part (or were analysed).")
    unit: Line = Field("people", description="What is counted: people, services, studies, documents.")
    description: Stated[Statement] = Field(NOT_EXTRACTED, description="Who they were, in our words.")
    roles: Terms = Field(NOT_EXTRACTED, description="The roles in which they took part.")
    lived_experience: Term = Field(
        NOT_EXTRACTED, description="Whether the sample has lived or living experience of the matter."
    )
    recruitment: Stated[Recruitment] = Field(NOT_EXTRACTED, description="How they were found.")
    groups: Stated[Some[Group]] = Field(
        NOT_EXTRACTED, description="How the paper divides the sample, with numbers."
    )


class Period(Section):
    """From when to when."""

    start: PartialDate = Field(description="First year, month or day.")
    end: PartialDate = Field(description="Last year, month or day.")

    @classmethod
    def written_for(cls, text: str) -> str:
        """Return how the period that *text* tells is written in fields."""
        dates = re.findall(r"\d{4}(?:-\d{2}){0,2}(?!\d)", text)
        start, end = (dates[0], dates[-1]) if dates else ("2022-12", "2023-03")
        return f"Write {{start: {start}, end: {end}}}."


class Setting(Section):
    """Where and when."""

    countries: Stated[Some[Country]] = Field(
        NOT_EXTRACTED, description="Countries by ISO 3166-1 code, such as CA or GB."
    )
    subdivisions: Stated[Some[Subdivision]] = Field(
        NOT_EXTRACTED, description="States, provinces, nations by ISO 3166-2 code, such as CA-BC."
    )
    place: Stated[Line] = Field(NOT_EXTRACTED, description="Towns or areas in words.")
    service_types: Terms = Field(
        NOT_EXTRACTED, description="Kinds of services or places where it was done."
    )
    description: Stated[Statement] = Field(NOT_EXTRACTED, description="The setting in our words.")
    data_collected: Stated[Period] = Field(NOT_EXTRACTED, description="When data were collected.")


class Quote(Section):
    """Words of a participant, printed in the paper."""

    text: Words = Field(description="The words, exactly as printed and no longer than needed.")
    speaker: Line | None = Field(None, description="How the paper names the speaker.")
    locator: Line = Field(description="Where the paper prints them.")


class Finding(Section):
    """One thing that the paper found."""

    id: Slug = Field(description="A short name, unique in this file; never changed later.")
    statement: Statement = Field(description="What was found, in one or two sentences of our own.")
    locator: Line = Field(description="Where the paper says it: section, theme, page, table.")
    kind: Terms = Field(NOT_EXTRACTED, description="What kind of finding it is.")
    codes: Codes = Field(default_factory=dict, description="Its terms in the codebook's dimensions.")
    quotes: Some[Quote] | None = Field(None, description="Short quotations that bear it out.")


class Answer(Section):
    """The answer to one item of an appraisal tool."""

    item: Slug = Field(description="The item of the tool.")
    answer: Words = Field(description="One of the answers that the tool allows.")
    support: Statement = Field(description="What in the paper the answer rests on, in our words.")
    locator: Words = Field(description="Where the paper says it.")


class Appraisal(Section):
    """Critical appraisal with a tool, or the reason why there is none."""

    tool: Slug | None = Field(None, description="The tool (in synthesis/appraisal.yml).")
    groups: Some[Slug] | None = Field(
        None, description="Which groups of items apply to the study, for tools that have such groups."
    )
    answers: Some[Answer] | None = Field(None, description="One answer to each item.")
    by: Some[Line] | None = Field(None, description="Who appraised it.")
    date: Day | None = Field(None, description="When it was appraised.")
    not_appraised: Statement | None = Field(None, description="Why it was not appraised.")


class Funder(Section):
    """Who paid, and under which number."""

    name: Line = Field(description="The funder's name.")
    award: Line | None = Field(None, description="Number of the grant.")


class Funding(Section):
    """Who paid for the study."""

    statement: Statement = Field(description="What the paper says about funding, in our words.")
    funders: Some[Funder] | None = Field(None, description="The funders by name.")


class Record(Section):
    """A report: one publication, in one file whose name is its citation key."""

    reference: Reference = Field(description="Everything that is needed to cite the paper.")
    notices: Some[Notice] | None = Field(
        None,
        description="Corrections, expressions of concern and retractions that were published about it.",
    )
    study: StudyLink | None = Field(
        None, description="Which study it reports, and its relation to other records."
    )
    screening: Screening = Field(description="Whether it belongs to the review.")
    extraction: Extraction | None = Field(None, description="What the record rests on.")
    design: Design | None = Field(None, description="How the study was done.")
    sample: Sample | None = Field(None, description="Who took part.")
    setting: Setting | None = Field(None, description="Where and when.")
    findings: Some[Finding] | None = Field(None, description="What the paper found.")
    appraisal: Appraisal | None = Field(None, description="How sound its methods are.")
    funding: Stated[Funding] = Field(NOT_EXTRACTED, description="Who paid for it.")
    competing_interests: Stated[Statement] = Field(
        NOT_EXTRACTED, description="What the authors declare, in our words."
    )
    limitations: Stated[Some[Statement]] = Field(
        NOT_EXTRACTED, description="Limitations that the authors name, in our words."
    )
    codes: Codes = Field(
        default_factory=dict, description="Terms of further dimensions that apply to records."
    )
    notes: Prose | None = Field(None, description="Anything else worth knowing, in Markdown.")


class SecondExtraction(Section):
    """What a second person extracted independently of the first, in a file KEY.second.yml."""

    screening: Screening | None = Field(
        None, description="Whether it belongs to the review, if that was decided twice."
    )
    extraction: Extraction = Field(description="What the second extraction rests on, by whom, when.")
    design: Design | None = Field(None, description="How the study was done.")
    sample: Sample | None = Field(None, description="Who took part.")
    setting: Setting | None = Field(None, description="Where and when.")
    findings: Some[Finding] | None = Field(
        None,
        description="What the paper found. Findings with the ids of the first extraction are compared "
        "one by one.",
    )
    appraisal: Appraisal | None = Field(None, description="How sound its methods are.")
    funding: Stated[Funding] = Field(NOT_EXTRACTED, description="Who paid for it.")
    competing_interests: Stated[Statement] = Field(
        NOT_EXTRACTED, description="What the authors declare, in our words."
    )
    limitations: Stated[Some[Statement]] = Field(
        NOT_EXTRACTED, description="Limitations that the authors name, in our words."
    )
    codes: Codes = Field(
        default_factory=dict, description="Terms of further dimensions that apply to records."
    )
    notes: Prose | None = Field(None, description="Anything else worth knowing, in Markdown.")
