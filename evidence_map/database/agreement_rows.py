"""What was extracted twice, as the rows of the tables that hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from evidence_map.agreement import Comparison, FieldAgreement, comparisons, field_agreements
from evidence_map.database.record_rows import Row
from evidence_map.review import Review

JOIN = "; "
"""What stands between several terms of a cell."""


def agreement_tables(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of double extraction with their rows."""
    found = list(comparisons(review))
    yield "second_extraction", _seconds(review)
    yield "comparison", _comparisons(found)
    fields = field_agreements(found, review.frame)
    yield "field_agreement", (_field(each, position) for position, each in enumerate(fields))


def _seconds(review: Review) -> Iterator[Row]:
    for key, located in sorted(review.seconds.items()):
        extraction = located.value.extraction
        yield {
            "record": key,
            "basis": extraction.basis.value,
            "date": extraction.date,
            "extracted_by": JOIN.join(extraction.by),
            "note": extraction.note,
            "yaml": located.document.text,
        }


def _comparisons(found: list[Comparison]) -> Iterator[Row]:
    position: Counter[str] = Counter()
    for each in found:
        settled = each.adjudication if each.differs else None
        yield {
            "record": each.record,
            "path": each.path,
            "field": each.field,
            "kind": each.kind,
            "dimension": each.dimension,
            "first_said": JOIN.join(each.first),
            "second_said": JOIN.join(each.second),
            "record_says": JOIN.join(each.now),
            "differs": int(each.differs),
            "decision": settled.decision if settled else None,
            "settled_by": JOIN.join(settled.by) if settled else None,
            "settled_on": settled.date if settled else None,
            "settled_note": settled.note if settled else None,
            "position": position[each.record],
        }
        position[each.record] += 1


def _field(each: FieldAgreement, position: int) -> Row:
    both_yes, only_first, only_second, both_no = each.cells or (None,) * 4
    return {
        "field": each.field,
        "kind": each.kind,
        "dimension": each.dimension,
        "compared": each.compared,
        "alike": each.alike,
        "both_yes": both_yes,
        "only_first": only_first,
        "only_second": only_second,
        "both_no": both_no,
        "observed": each.kappa.observed if each.kappa else None,
        "expected": each.kappa.expected if each.kappa else None,
        "kappa": each.kappa.value if each.kappa else None,
        "position": position,
    }
