"""Codes that the codebook does not hold, or holds elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from evidence_map.model.codebook import Dimension, PlacedTerm
from evidence_map.model.record import Finding, Record, SecondExtraction
from evidence_map.model.synthesis import ReviewFinding
from evidence_map.problems import Position, nearest, quoted
from evidence_map.review import Located, Review, as_terms, value_at
from evidence_map.rules.codebook import FIELDS
from evidence_map.rules.registry import Found, Scope, rule

_PATHS = {kind: [(path, tuple(path.split("."))) for path in paths] for kind, paths in FIELDS.items()}


class _Coding(NamedTuple):
    """The terms that stand in one place, and the dimension they ought to belong to."""

    applies_to: str
    name: str
    dimension: Dimension | None
    terms: list[str]
    where: tuple[str | int, ...]
    file: Located[Any]

    def term_place(self, index: int) -> Position:
        """Return where one of the terms stands."""
        return self.file.at(*self.where, index)

    @property
    def has_own_field(self) -> bool:
        """Whether the dimension's terms belong in a field of their own; review findings have none."""
        return self.dimension is not None and (
            self.dimension.field != "codes" and not isinstance(self.file.value, ReviewFinding)
        )


def _codings(review: Review) -> list[_Coding]:
    """Return everything that is coded in *review*; five rules ask for it."""
    return review.once(_all_codings)


def _all_codings(review: Review) -> list[_Coding]:
    return list(_each_coding(review))


def _each_coding(review: Review) -> Iterator[_Coding]:
    for record in review.extracted:
        yield from _codings_of(review, record, record.value, "records", ())
        for index, finding in enumerate(record.value.findings or []):
            yield from _codings_of(review, record, finding, "findings", ("findings", index))
    for page in review.findings.values():
        yield from _codings_of(review, page.fields, page.fields.value, "findings", ())


def _codings_of(
    review: Review,
    file: Located[Any],
    holder: Record | SecondExtraction | Finding | ReviewFinding,
    applies_to: str,
    where: tuple[str | int, ...],
) -> Iterator[_Coding]:
    for path, parts in _PATHS[applies_to]:
        if terms := as_terms(value_at(holder, path)):
            dimension = review.frame.by_field.get((applies_to, path))
            yield _Coding(applies_to, path, dimension, terms, (*where, *parts), file)
    for name, value in holder.codes.items():
        dimension = review.frame.dimensions.get(name)
        yield _Coding(applies_to, name, dimension, as_terms(value), (*where, "codes", name), file)


@rule(
    "unknown-dimension",
    "A dimension is used that the codebook lacks",
    why="Every coded value is a term of a dimension of the codebook.",
    cure="Correct the name, or add the dimension to synthesis/codebook.yml.",
    scope=Scope.RECORD,
)
def unknown_dimension(review: Review) -> Found:
    """Codes belong to dimensions of the codebook."""
    for coding in _codings(review):
        if coding.dimension is None:
            place = coding.file.at(*coding.where, name=True)
            if coding.name in FIELDS[coding.applies_to]:
                hint = f"Give a dimension of the codebook “field: {coding.name}”."
                yield place, f"no dimension of the codebook belongs to “{coding.name}”", hint
            else:
                yield (
                    place,
                    f"the codebook has no dimension {quoted(coding.name)}",
                    _dimension_hint(review, coding.name),
                )


def _dimension_hint(review: Review, name: str) -> str:
    plain = _plain(name)
    for dimension in review.codebook.value.dimensions:
        if plain in {_plain(dimension.label), _plain(dimension.id)}:
            return f"Write the id of the dimension: {dimension.id}."
    return nearest(name, list(review.frame.dimensions))


@rule(
    "misplaced-dimension",
    "A dimension is used in the wrong place",
    why="Some questions are asked of the whole record, others of each finding.",
    cure="Move the codes to where the codebook says.",
    scope=Scope.RECORD,
)
def misplaced_dimension(review: Review) -> Found:
    """Records carry dimensions of records, findings those of findings, each in its field."""
    for coding in _codings(review):
        dimension = coding.dimension
        if dimension is None:
            continue
        if dimension.applies_to != coding.applies_to:
            place = coding.file.at(*coding.where, name=True)
            target = "each finding" if dimension.applies_to == "findings" else "the paper's record"
            yield place, f"“{dimension.id}” is coded at {target}", ""
        elif "codes" in coding.where and coding.has_own_field:
            place = coding.file.at(*coding.where, name=True)
            yield place, f"“{dimension.id}” stands in “{dimension.field}”, not in “codes”", ""


@rule(
    "unknown-term",
    "A term is used that the codebook lacks",
    why="A term with two spellings would be counted as two.",
    cure="Use a term of the dimension, or propose the new one in synthesis/codebook.yml.",
    scope=Scope.RECORD,
)
def unknown_term(review: Review) -> Found:
    """Terms are those of their dimension."""
    for coding in _codings(review):
        if coding.dimension is None:
            continue
        known = review.frame.terms[coding.dimension.id]
        for index, term in enumerate(coding.terms):
            if term not in known:
                message = f"{quoted(coding.dimension.id)} has no term {quoted(term)}"
                yield coding.term_place(index), message, _term_hint(review, coding.dimension.id, term)


def _term_hint(review: Review, dimension: str, term: str) -> str:
    """Return which term was probably meant: by its label, in another dimension, or misspelt."""
    terms = review.frame.terms[dimension]
    if meant := _by_label(terms, term):
        return f"Write the id of the term: {meant}."
    for name, others in review.frame.terms.items():
        if name != dimension and (term in others or _by_label(others, term)):
            meant = term if term in others else _by_label(others, term)
            return f"{quoted(meant)} is a term of {quoted(name)}."
    return nearest(term, list(terms)) or "Its terms are: " + ", ".join(list(terms)[:12]) + "."


def _by_label(terms: Mapping[str, PlacedTerm], written: str) -> str:
    """Return the id of the term whose label or id is *written* in other case or spacing, or ``""``."""
    plain = _plain(written)
    return next((name for name, p in terms.items() if plain in {_plain(p.term.label), _plain(name)}), "")


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().casefold()


@rule(
    "group-coded",
    "A group is used where a narrower term is due",
    why="Counts of the narrower terms would silently miss the record.",
    cure="Choose one of the group's terms.",
    scope=Scope.RECORD,
)
def group_coded(review: Review) -> Found:
    """Groups only hold terms, unless the dimension allows them as codes."""
    for coding in _codings(review):
        if coding.dimension is None or coding.dimension.groups_can_be_coded:
            continue
        known = review.frame.terms[coding.dimension.id]
        for index, term in enumerate(coding.terms):
            if term in known and (narrower := known[term].term.terms):
                hint = "Choose one of: " + ", ".join(each.id for each in narrower) + "."
                yield coding.term_place(index), f"“{term}” is a group of “{coding.dimension.id}”", hint


@rule(
    "too-many-terms",
    "Several terms where the dimension allows one",
    why="The dimension's terms exclude each other.",
    cure="Keep the term that fits best.",
    scope=Scope.RECORD,
)
def too_many_terms(review: Review) -> Found:
    """A dimension with one term per record has no more."""
    for coding in _codings(review):
        if coding.dimension and not coding.dimension.several and len(coding.terms) > 1:
            place = coding.file.at(*coding.where, name=True)
            yield place, f"“{coding.dimension.id}” takes one term, here are {len(coding.terms)}", ""
