"""What the review says across papers, as the rows of the tables that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evidence_map.database.record_parts import RecordPart
from evidence_map.database.record_rows import Row, present
from evidence_map.dimensions import (
    BUILT_IN,
    CONFIDENCE,
    CONFIDENCE_DEFINITION,
    CONFIDENCE_LABEL,
    CONFIDENCE_TERMS,
    BuiltIn,
    confidence_levels,
)
from evidence_map.evidence_digest import EvidenceDigests, changes, overall
from evidence_map.model.absence import Absence
from evidence_map.model.synthesis import COMPONENTS, ReviewFinding
from evidence_map.review import Review, as_terms


def dimensions(review: Review) -> Iterator[Row]:
    """Yield the codebook's dimensions and the built-in ones."""
    position = -1
    for position, dimension in enumerate(review.codebook.value.dimensions):
        yield {
            "id": dimension.id,
            "label": dimension.label,
            "definition": dimension.definition,
            "applies_to": dimension.applies_to,
            "field": dimension.field,
            "several": int(dimension.several),
            "built_in": 0,
            "source": dimension.source,
            "position": position,
        }
    built_in = [(own.id, own.label, own.definition, "records") for own in BUILT_IN.values()]
    built_in.append((CONFIDENCE, CONFIDENCE_LABEL, CONFIDENCE_DEFINITION, "findings"))
    for offset, (name, label, definition, applies_to) in enumerate(built_in, position + 1):
        yield {
            "id": name,
            "label": label,
            "definition": definition,
            "applies_to": applies_to,
            "field": "built in",
            "several": 1,
            "built_in": 1,
            "source": None,
            "position": offset,
        }


def terms(review: Review, parts: Sequence[RecordPart]) -> Iterator[Row]:
    """Yield the terms of all dimensions, groups before their narrower terms.

    :param parts: the records, which have the terms of the built-in dimensions.
    """
    for dimension in review.codebook.value.dimensions:
        for position, placed in enumerate(dimension.walk()):
            yield {
                "dimension": dimension.id,
                "id": placed.term.id,
                "label": placed.term.label,
                "definition": placed.term.definition,
                "not_for": placed.term.not_for,
                "parent": placed.groups[-1] if placed.groups else None,
                "depth": len(placed.groups),
                "is_group": int(placed.is_group),
                "counts_as_study": int(placed.term.counts_as_study),
                "flow": placed.term.flow,
                "position": position,
            }
    yield from _built_in(review, parts)


def _built_in(review: Review, parts: Sequence[RecordPart]) -> Iterator[Row]:
    """Yield the terms of the built-in dimensions."""
    labels: dict[str, dict[str, str]] = {dimension: {} for dimension in BUILT_IN}
    for part in parts:
        for dimension, name, label in part.terms:
            labels[dimension][name] = label
    for built_in in BUILT_IN.values():
        yield from _built_in_terms(built_in, labels[built_in.id])
    if review.findings:
        for position, term in enumerate(CONFIDENCE_TERMS):
            yield _plain_term(CONFIDENCE, term.id, term.label, term.definition, position)


def _plain_term(dimension: str, name: str, label: str, definition: str, position: int) -> Row:
    """Return the row of a term that stands in no group."""
    return {
        "dimension": dimension,
        "id": name,
        "label": label,
        "definition": definition,
        "not_for": None,
        "parent": None,
        "depth": 0,
        "is_group": 0,
        "counts_as_study": 1,
        "flow": None,
        "position": position,
    }


def _built_in_terms(dimension: BuiltIn, labels: dict[str, str]) -> Iterator[Row]:
    ordered = sorted(labels.items(), key=lambda pair: pair[1].casefold(), reverse=dimension.newest_first)
    for position, (term, label) in enumerate(ordered):
        yield _plain_term(dimension.id, term, label, f"{dimension.label}: {label}.", position)


def examples(review: Review) -> Iterator[Row]:
    """Yield the examples of the terms."""
    for dimension in review.codebook.value.dimensions:
        for placed in dimension.walk():
            for position, example in enumerate(placed.term.examples or []):
                yield {
                    "dimension": dimension.id,
                    "term": placed.term.id,
                    "position": position,
                    "example": example,
                }


def term_paths(review: Review, terms: Iterable[Row]) -> Iterator[Row]:
    """Yield each of the *terms* with itself and every group above it."""
    for dimension in review.codebook.value.dimensions:
        for placed in dimension.walk():
            for ancestor in (*placed.groups, placed.term.id):
                yield {"dimension": dimension.id, "term": placed.term.id, "ancestor": ancestor}
    codebook = {dimension.id for dimension in review.codebook.value.dimensions}
    for row in terms:
        if row["dimension"] not in codebook:
            yield {"dimension": row["dimension"], "term": row["id"], "ancestor": row["id"]}


def studies(review: Review, parts: Sequence[RecordPart], citations: dict[str, str]) -> Iterator[Row]:
    """Yield the declared studies, and one for each report that stands alone."""
    for name, located in sorted(review.studies.items()):
        yield located.value.model_dump() | {"id": name, "declared": 1}
    for part in parts:
        if review.study_of(part.key) == part.key:
            yield {
                "id": part.key,
                "label": citations[part.key],
                "title": part.title,
                "registration": None,
                "summary": None,
                "note": None,
                "declared": 0,
            }


def searches(review: Review) -> Iterator[Row]:
    """Yield the search log."""
    for position, (name, located) in enumerate(review.searches.items()):
        search = located.value
        yield {
            "id": name,
            "kind": search.kind,
            "source": search.source,
            "platform": search.platform,
            "date": present(search.date),
            "date_missing": _missing(search.date),
            "strategy": search.strategy,
            "query": search.query,
            "results": present(search.results),
            "results_missing": _missing(search.results),
            "duplicates_removed": search.duplicates_removed,
            "screened": search.screened,
            "searched_by": "; ".join(search.by) if search.by else None,
            "note": search.note,
            "position": position,
        }


def _missing(value: object) -> str | None:
    return value.value if isinstance(value, Absence) else None


def without_record(review: Review) -> Iterator[Row]:
    """Yield what searches found and what was left out without a record."""
    for name, located in review.searches.items():
        for position, left_out in enumerate(located.value.without_record or []):
            yield {
                "search": name,
                "position": position,
                "stage": left_out.stage,
                "by_automation": int(left_out.by_automation),
                "reason": left_out.reason,
                "number": left_out.count,
            }


def shared_samples(review: Review) -> Iterator[Row]:
    """Yield the pairs of records that may share participants, in both directions."""
    pairs = {
        pair
        for key, facts in review.facts.items()
        for other in facts.sharing
        for pair in ((key, other), (other, key))
    }
    for key, other in sorted(pairs):
        yield {"record": key, "other": other}


def review_findings(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of review findings with their rows."""
    pages = [(name, page.fields.value, page.narrative) for name, page in review.findings.items()]
    digests = EvidenceDigests(review)
    yield (
        "review_finding",
        (
            {
                "id": name,
                "statement": finding.statement,
                "text": narrative.text,
                **_assessment(finding, digests),
                "source": narrative.source,
                "position": position,
            }
            for position, (name, finding, narrative) in enumerate(pages)
        ),
    )
    yield (
        "review_finding_code",
        (
            {"review_finding": name, "dimension": dimension, "term": term}
            for name, finding, _ in pages
            for dimension, terms in finding.codes.items()
            for term in as_terms(terms)
        ),
    )
    yield (
        "review_finding_component",
        (
            {
                "review_finding": name,
                "component": component.replace("_", " "),
                **getattr(finding.cerqual, component).model_dump(),
            }
            for name, finding, _ in pages
            if finding.cerqual
            for component in COMPONENTS
        ),
    )
    yield (
        "review_finding_contribution",
        (
            {"review_finding": name, "finding": reference, "position": position}
            for name, finding, _ in pages
            for position, reference in enumerate(finding.contributing)
        ),
    )


def confidence_codes(review: Review) -> Iterator[Row]:
    """Yield the levels of confidence in the review findings that each finding contributes to."""
    for finding, level in confidence_levels(review):
        yield {"finding": finding, "dimension": CONFIDENCE, "term": level}


def _assessment(finding: ReviewFinding, digests: EvidenceDigests) -> Row:
    """Return what is known of the confidence in *finding*, and whether its evidence changed since."""
    cerqual = finding.cerqual
    now = digests.now(finding)
    changed = changes(cerqual.evidence, now) if cerqual and cerqual.evidence else []
    return {
        "confidence": cerqual.confidence.level if cerqual else None,
        "confidence_reason": cerqual.confidence.reason if cerqual else None,
        "assessed": cerqual.date if cerqual else None,
        "assessed_by": "; ".join(cerqual.by) if cerqual else None,
        "assessed_evidence": overall(cerqual.evidence) if cerqual and cerqual.evidence else None,
        "evidence": overall(now),
        "stale": int(bool(changed)) if cerqual else None,
        "changed": "\n".join(changed) or None,
    }


def checklist_answers(review: Review) -> Iterator[Row]:
    """Yield what reviewers answer to reporting checklists."""
    for located in review.checklists:
        answer = located.value
        yield {
            "checklist": answer.checklist,
            "item": answer.item,
            "answer": answer.answer,
            "state": answer.state,
            "where_shown": answer.where or "",
        }


def maps(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of the published maps with their rows."""
    maps = [located.value for located in review.maps.values()]
    yield (
        "map",
        (
            {
                "id": each.id,
                "title": each.title,
                "question": each.question,
                "row_dimension": each.rows,
                "column_dimension": each.columns,
                "segment_dimension": each.segments,
                "unit": each.unit,
                "position": position,
            }
            for position, each in enumerate(maps)
        ),
    )
    yield (
        "map_outside",
        (
            {"map": each.id, "row_term": cell.row, "column_term": cell.column, "reason": cell.reason}
            for each in maps
            for cell in each.outside or []
        ),
    )
