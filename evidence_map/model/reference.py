"""The bibliographic part of a record, in the names and types of CSL.

Source: Citation Style Language 1.0.2, appendices III (types) and IV (variables); hyphens in CSL's
names are written as underscores.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidence_map.model.absence import Absence, Stated
from evidence_map.model.identifiers import Doi, Isbn, Issn, Orcid, Pmcid, Pmid
from evidence_map.model.scalars import (
    Flag,
    Language,
    Line,
    NamePart,
    PartialDate,
    Section,
    Some,
    Url,
)

CslType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]


class Name(Section):
    """A person (family and given name) or a body (literal)."""

    family: NamePart | None = Field(
        None, description="Family name, with capitals as the person writes it."
    )
    given: NamePart | None = Field(None, description="Given names or initials, as exact as the source.")
    particle: NamePart | None = Field(
        None, description="A particle before the family name that is not sorted by: van, de la."
    )
    suffix: NamePart | None = Field(None, description="Jr, III and the like.")
    literal: NamePart | None = Field(
        None, description="The whole name of a body or of a person with one name; alone."
    )
    orcid: Orcid | None = Field(None, description="The person's ORCID iD.")

    @classmethod
    def written_for(cls, text: str) -> str:
        """Return how the person named by *text* is written in fields."""
        family, _, given = (part.strip() for part in text.partition(","))
        if not given:
            given, _, family = text.strip().rpartition(" ")
        person = f"{{family: {family}, given: {given}}}" if given else f"{{family: {family}, given: …}}"
        return f"Write {person}; an organisation is {{literal: …}}."

    @model_validator(mode="after")
    def _person_or_body(self) -> Self:
        person = self.family is not None
        if person == (self.literal is not None) or (self.literal and (self.given or self.particle)):
            raise PydanticCustomError(
                "bad-name",
                "a name needs either “family” (and “given”) or “literal” alone",
                {"hint": "Write family and given for a person, literal for an organisation."},
            )
        return self

    @property
    def sorting(self) -> str:
        """The name as it is cited: the family name with its particle, or the literal."""
        return self.literal or " ".join(part for part in (self.particle, self.family) if part)


Names = Annotated[list[Name], Field(min_length=1)]
"""People in the order of the paper; two of them may bear the same name."""


class Reference(Section):
    """Everything that is needed to cite the paper."""

    title: Line = Field(description="The title as printed, with its subtitle after a colon.")
    original_title: Line | None = Field(
        None,
        description="The title in the paper's own language, where the title above is a translation.",
    )
    type: CslType = Field("article-journal", description="Kind of publication (a CSL type).")
    authors: Stated[Names] = Field(
        Absence.NOT_EXTRACTED, description="The authors in the order of the paper."
    )
    authors_complete: Flag = Field(
        True, description="False where the source names only the first authors (“et al.”)."
    )
    editors: Names | None = Field(None, description="Editors of the book that holds the chapter.")
    issued: Stated[PartialDate] = Field(
        Absence.NOT_EXTRACTED, description="When it was published, as exact as the source."
    )
    container_title: Line | None = Field(None, description="Journal, book or series it stands in.")
    volume: Line | None = Field(None, description="Volume of the journal or series.")
    issue: Line | None = Field(None, description="Issue of the volume.")
    page: Line | None = Field(None, description="Pages, such as 168–177.", examples=["60-68"])
    number: Line | None = Field(
        None, description="Article number where the journal has no pages; number of a report."
    )
    edition: Line | None = Field(None, description="Edition of a book.")
    publisher: Line | None = Field(None, description="Publisher, or university of a thesis.")
    publisher_place: Line | None = Field(None, description="Place of the publisher.")
    doi: Doi | None = Field(None, description="Digital object identifier, without https://doi.org/.")
    pmid: Pmid | None = Field(None, description="Number in PubMed.")
    pmcid: Pmcid | None = Field(None, description="Number in PubMed Central.")
    issn: Issn | None = Field(None, description="ISSN of the journal.")
    isbn: Isbn | None = Field(None, description="ISBN of the book.")
    url: Url | None = Field(None, description="Address of the paper where it has no DOI.")
    language: Language | None = Field(None, description="Language of the full text.")
    licence: Line | None = Field(None, description="Licence of the paper, such as CC BY 4.0.")
    keywords: Some[Line] | None = Field(None, description="Keywords that the authors chose.")
    keep_capitals: Some[Line] | None = Field(
        None,
        description="Names in the title that citation styles must not write in lower case, such as "
        "Indigenous. Acronyms, and the countries and regions of the setting, are kept anyway.",
    )

    @property
    def year(self) -> str | None:
        """Year of publication, or None where it is not known."""
        return None if isinstance(self.issued, Absence) else self.issued[:4]
