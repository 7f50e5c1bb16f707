"""Dimensions and terms of the codebook that differ, and how many records use them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence_map.comparison.differences import BASE, HEAD, Change, FieldChange, What, differences
from evidence_map.comparison.renames import renamed_dimensions, renamed_terms
from evidence_map.comparison.subjects import DIMENSION, TERM, TERMS_IN_ORDER


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """A dimension or a term that differs, and how many records use it before and after."""

    change: Change
    records_before: int
    records_after: int


_USES = """
WITH code(record, dimension, term) AS (
  SELECT record, dimension, term FROM {db}.record_code
  UNION SELECT finding.record, dimension, term FROM {db}.finding_code
  JOIN {db}.finding ON finding.id = finding_code.finding
)
SELECT term_path.dimension || '/' || ancestor, count(DISTINCT record) FROM code
JOIN {db}.term_path ON term_path.dimension = code.dimension AND term_path.term = code.term
GROUP BY term_path.dimension, ancestor
UNION ALL SELECT dimension, count(DISTINCT record) FROM code GROUP BY dimension
"""


def changed_codebook(connection: sqlite3.Connection) -> Iterator[CodebookChange]:
    """Yield the dimensions and terms that differ, by name."""
    before, after = (dict(connection.execute(_USES.format(db=database))) for database in (BASE, HEAD))
    changes = [
        *differences(connection, DIMENSION, renamed_dimensions(connection)),
        *differences(connection, TERM, renamed_terms(connection)),
    ]
    for change in sorted(changes, key=lambda each: (each.name, each.subject)):
        told = replace(change, fields=tuple(_without_mere_insertions(change)))
        if told.fields or told.what is not What.CHANGED:
            old = change.rename.old if change.rename else change.name
            yield CodebookChange(told, before.get(old, 0), after.get(change.name, 0))


def _without_mere_insertions(change: Change) -> Iterator[FieldChange]:
    """Yield the fields; the order of terms only where those that stayed are in another order."""
    for each in change.fields:
        stayed = {*each.before, *each.after} & set(each.before) & set(each.after)
        orders = [[term for term in side if term in stayed] for side in (each.before, each.after)]
        if each.field != TERMS_IN_ORDER or not stayed or orders[0] != orders[1]:
            yield each
