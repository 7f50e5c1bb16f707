"""The coding frame: dimensions, and the terms that a finding or a record can carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from evidence_map.model.scalars import Flag, Line, Section, Slug, Some, Statement


class Term(Section):
    """One value of a dimension, defined so that two people would code alike."""

    id: Slug = Field(description="Its name in the records; never changed later.")
    label: Line = Field(description="Its name for readers.")
    definition: Statement = Field(description="What it covers, in one or two sentences.")
    not_for: Statement | None = Field(
        None, description="What looks alike but belongs elsewhere, and where."
    )
    examples: Some[Statement] | None = Field(None, description="What would be coded with it.")
    counts_as_study: Flag = Field(
        True,
        description="False for terms (evidence syntheses) whose reports are shown apart and never "
        "counted as studies.",
    )
    flow: Literal["duplicate", "not retrieved"] | None = Field(
        None,
        description="For reasons of exclusion: reports with this one leave the flow of reports as "
        "duplicates, or as not retrieved, and not as excluded.",
    )
    terms: Some[Term] | None = Field(None, description="Narrower terms; then this one is a group.")


class Dimension(Section):
    """One question that is asked of every record or of every finding."""

    id: Slug = Field(description="Its name in the records and in maps.yml.")
    label: Line = Field(description="Its name for readers.")
    definition: Statement = Field(description="The question it answers.")
    applies_to: Literal["records", "findings"] = Field(
        description="What is coded with it: whole records or single findings."
    )
    field: Line = Field(
        "codes",
        description="The field of the record or finding that holds it, such as sample.roles; "
        "“codes” for the section of that name.",
    )
    several: Flag = Field(True, description="Whether one record or finding can have several terms.")
    groups_can_be_coded: Flag = Field(
        False, description="Whether a group may be used where no narrower term fits."
    )
    source: Statement | None = Field(None, description="Where the terms come from, if from elsewhere.")
    terms: Some[Term] = Field(description="Its terms in the order in which they are shown.")

    def walk(self) -> Iterator[PlacedTerm]:
        """Yield every term with its place, groups before their narrower terms."""
        yield from _walk(self.terms, (), ("terms",))


@dataclass(frozen=True, slots=True)
class PlacedTerm:
    """A term and where it stands: the groups above it, outermost first, and its place in the file."""

    term: Term
    groups: tuple[str, ...]
    location: tuple[str | int, ...]

    @property
    def is_group(self) -> bool:
        """Whether it has narrower terms."""
        return self.term.terms is not None


def _walk(
    terms: list[Term], groups: tuple[str, ...], location: tuple[str | int, ...]
) -> Iterator[PlacedTerm]:
    for index, term in enumerate(terms):
        place = (*location, index)
        yield PlacedTerm(term, groups, place)
        if term.terms is not None:
            yield from _walk(term.terms, (*groups, term.id), (*place, "terms"))


class Codebook(Section):
    """All dimensions of the review."""

    dimensions: Some[Dimension] = Field(
        description="The dimensions in the order in which they are shown."
    )

    def repeated(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield the place and the id of each dimension and term whose id another already has."""
        dimensions: set[str] = set()
        for index, dimension in enumerate(self.dimensions):
            if dimension.id in dimensions:
                yield ("dimensions", index, "id"), dimension.id
            dimensions.add(dimension.id)
            terms: set[str] = set()
            for placed in dimension.walk():
                if placed.term.id in terms:
                    yield ("dimensions", index, *placed.location, "id"), placed.term.id
                terms.add(placed.term.id)
