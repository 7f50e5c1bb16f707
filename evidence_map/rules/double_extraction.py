"""Second extractions that cannot be compared, and differences that nobody has settled."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_map.agreement import Comparison, Said, comparisons
from evidence_map.model.record import Adjudication, Record, SecondExtraction
from evidence_map.problems import Severity, nearest, quoted
from evidence_map.review import Located, Review
from evidence_map.rules.registry import Found, Scope, rule


def _comparisons(review: Review) -> list[Comparison]:
    return review.once(_all_comparisons)


def _all_comparisons(review: Review) -> list[Comparison]:
    return list(comparisons(review))


@rule(
    "second-without-first",
    "A second extraction has nothing to be compared with",
    why="A second extraction is compared with a record that was extracted by someone else.",
    cure="Name the file like the record, with .second.yml behind the key; the record itself needs "
    "an extraction.",
)
def second_without_first(review: Review) -> Found:
    """Each second extraction belongs to a record that was extracted."""
    for key in review.seconds:
        if key in review.faulty:
            continue
        if key not in review.facts:
            hint = nearest(key, list(review.records))
            yield review.seconds[key].at(), f"there is no record “{key}”", hint
        elif not review.facts[key].is_extracted:
            yield review.seconds[key].at(), f"the record “{key}” is not extracted yet", ""


@rule(
    "same-extractor",
    "Both extractions were made by the same person",
    why="Whoever extracts twice agrees with themselves; only two people can find each other's slips.",
    cure="Correct the names; an extraction that the first person repeated is no second extraction.",
    scope=Scope.RECORD,
)
def same_extractor(review: Review) -> Found:
    """Nobody took part in both extractions of a paper."""
    for key, second in review.seconds.items():
        record = review.records.get(key)
        first = record.value.extraction if record else None
        names = {name.casefold() for name in first.by} if first else set()
        for index, name in enumerate(second.value.extraction.by):
            if name.casefold() in names:
                place = second.at("extraction", "by", index)
                yield place, f"“{name}” also made the first extraction", ""


@rule(
    "disputed-field",
    "Two extractions differ, and nobody has settled it",
    why="The site marks the field as disputed; a reader cannot tell which of the two is right.",
    cure="Look into the source, correct the record where it is wrong, and add an entry to its "
    "extraction: adjudication.",
    severity=Severity.WARNING,
    scope=Scope.RECORD,
)
def disputed_field(review: Review) -> Found:
    """Each difference is settled."""
    for each in _comparisons(review):
        if each.is_disputed:
            second = review.seconds[each.record]
            place = second.at(*_location(second.value, each.path))
            message = f"“{each.path}” is {_words(each.first)} in the first, {_words(each.second)} here"
            yield place, message, ""


def _location(second: SecondExtraction, path: str) -> Iterator[str | int]:
    """Yield where a path stands in the file: findings and answers are told there by their place."""
    names = path.split(".")
    yield names[0]
    if names[0] == "findings":
        places = {finding.id: index for index, finding in enumerate(second.findings or [])}
        if len(names) > 1 and names[1] in places:
            yield places[names[1]]
            yield from names[2:]
    elif names[0] == "appraisal" and second.appraisal:
        yield "answers"
        items = [answer.item for answer in second.appraisal.answers or []]
        yield items.index(names[1])
        yield "answer"
    else:
        yield from names[1:]


_CORRECTED = (
    "If the record was corrected since, keep what it said before under first_said; otherwise delete "
    "the entry."
)


def _words(said: Said) -> str:
    return quoted(", ".join(said))


@rule(
    "adjudication-without-difference",
    "A difference is settled that is none",
    why="It would be counted as a disagreement of two people who agree, or of one alone.",
    cure="Delete the entry, or correct the name of its field.",
    needs=("extraction",),
    scope=Scope.RECORD,
)
def adjudication_without_difference(review: Review) -> Found:
    """What is settled is a field that was extracted twice, once, and in two ways."""
    compared = {(each.record, each.path): each for each in _comparisons(review)}
    for key, record in review.records.items():
        seen: set[str] = set()
        for index, settled in _adjudications(record):
            each = compared.get((key, settled.field))
            if {key, f"{key}.second"} & set(review.faulty):
                continue
            place = record.at("extraction", "adjudication", index, "field")
            if key not in review.seconds:
                yield place, "the record has no second extraction", ""
            elif settled.field in seen:
                yield place, f"“{settled.field}” is settled twice", ""
            elif each is None:
                known = [path for name, path in compared if name == key]
                hint = nearest(settled.field, known)
                yield place, f"“{settled.field}” is no field that was extracted twice", hint
            elif not each.differs:
                message = f"both extractions say {_words(each.second)} in “{settled.field}”"
                yield place, message, _CORRECTED
            seen.add(settled.field)


@rule(
    "adjudication-not-carried-out",
    "The record does not hold what was decided",
    why="The map would show what was found to be wrong, or agreement would be counted on a value that "
    "was corrected afterwards.",
    cure="Decision first: leave the record as it is. Second or other: correct the record, and keep what "
    "it said before under first_said.",
    needs=("extraction",),
    scope=Scope.RECORD,
)
def adjudication_not_carried_out(review: Review) -> Found:
    """A record that was corrected says what it said before, and holds what was decided."""
    compared = {(each.record, each.path): each for each in _comparisons(review)}
    for key, record in review.records.items():
        for index, settled in _adjudications(record):
            each = compared.get((key, settled.field))
            if each is None or not each.differs:
                continue
            if message := _contradiction(settled, each):
                place = record.at("extraction", "adjudication", index, "decision")
                yield place, message, ""


def _contradiction(settled: Adjudication, each: Comparison) -> str:
    if settled.decision == "first":
        corrected = "the first is right, but first_said says that the record was corrected"
        return corrected if settled.first_said else ""
    if not settled.first_said:
        return "first_said is missing: what the record said before it was corrected"
    if settled.decision == "second" and each.now != each.second:
        return f"the second is right ({_words(each.second)}), but the record says {_words(each.now)}"
    if settled.decision == "other" and each.now in (each.first, each.second):
        return f"neither is right, but the record still says {_words(each.now)}"
    return ""


def _adjudications(record: Located[Record]) -> Iterator[tuple[int, Adjudication]]:
    extraction = record.value.extraction
    yield from enumerate(extraction.adjudication or [] if extraction else [])
