"""Store a review in SQLite, the one source of everything that is published.

The same review gives the same bytes: rows are written in a fixed order, and nothing of the
machine or the hour goes in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from sqlite_utils import Database

from evidence_map.citation import short_citations
from evidence_map.database import record_rows
from evidence_map.database.record_rows import Row
from evidence_map.dimensions import BUILT_IN, BuiltIn
from evidence_map.model.absence import Absence
from evidence_map.model.record import Appraisal
from evidence_map.review import Review

OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables came with SQLite 3.37."""


class StorageError(Exception):
    """The database cannot be written on this machine."""


def store(review: Review, file: Path) -> None:
    """Write *review* to the SQLite database *file*, which must not exist yet.

    :raises StorageError: if the SQLite of this Python is too old, or the file cannot be written.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(
            f"Python's SQLite is {sqlite3.sqlite_version}; this needs 3.37 or later. Use a newer Python."
        )
    connection = sqlite3.connect(file)
    try:
        _fill(Database(connection), review)
    except sqlite3.OperationalError as error:
        raise StorageError(f"the database {file.name} cannot be written: {error}") from error
    finally:
        connection.close()


def _fill(db: Database, review: Review) -> None:
    schema = resources.files("evidence_map.database").joinpath("schema.sql").read_text("utf-8")
    db.conn.executescript(schema)
    db.conn.execute("PRAGMA foreign_keys = ON")
    with db.atomic():
        for table, rows in _tables(review):
            db.table(table).insert_all(rows, batch_size=1000)
        db.conn.execute(_PLACEMENTS)
    db.table("record_text").enable_fts(
        ["title", "statements", "notes"], tokenize="unicode61 remove_diacritics 2"
    )
    db.conn.execute("PRAGMA optimize")
    db.conn.commit()
    db.conn.execute("VACUUM")


_PLACEMENTS = """
INSERT INTO placement (finding, record, study, dimension, term)
WITH code AS (
  SELECT finding.id AS finding, finding_code.dimension, finding_code.term
  FROM finding JOIN finding_code ON finding_code.finding = finding.id
  UNION
  SELECT finding.id, record_code.dimension, record_code.term
  FROM finding JOIN record_code ON record_code.record = finding.record
),
placed AS (
  SELECT DISTINCT code.finding, code.dimension, term_path.ancestor AS term
  FROM code JOIN term_path ON term_path.dimension = code.dimension AND term_path.term = code.term
)
SELECT finding.id, record.key, record.study, dimension.id, placed.term
FROM finding
JOIN record ON record.key = finding.record AND record.counted = 1
JOIN dimension
LEFT JOIN placed ON placed.finding = finding.id AND placed.dimension = dimension.id
ORDER BY finding.id, dimension.position, placed.term
"""


def _tables(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table with its rows, in an order in which references already exist."""
    citations = short_citations(
        {key: located.value.reference for key, located in review.records.items()}
    )
    records = {key: review.records[key].value for key in sorted(review.records)}
    yield "meta", _meta(review)
    yield "dimension", _dimensions(review)
    yield "term", _terms(review)
    yield "term_example", _examples(review)
    yield "term_path", _term_paths(review)
    yield "study", _studies(review, citations)
    yield "search", _searches(review)
    yield "record", (record_rows.record_row(review, key, citations[key]) for key in records)
    yield "record_name", (row for key, r in records.items() for row in record_rows.name_rows(key, r))
    yield "record_list", (row for key, r in records.items() for row in record_rows.list_rows(key, r))
    yield (
        "record_code",
        (row for key, r in records.items() for row in record_rows.code_rows(review, key, r)),
    )
    yield "sample_part", (row for key, r in records.items() for row in record_rows.part_rows(key, r))
    yield "funder", (row for key, r in records.items() for row in record_rows.funder_rows(key, r))
    yield "record_search", _record_searches(review)
    yield "shared_sample", _shared_samples(review)
    yield "absence", (row for key, r in records.items() for row in record_rows.absence_rows(key, r))
    yield "finding", (row for key, r in records.items() for row in record_rows.finding_rows(key, r))
    yield (
        "finding_code",
        (row for key, r in records.items() for row in record_rows.finding_code_rows(review, key, r)),
    )
    yield "finding_quote", (row for key, r in records.items() for row in record_rows.quote_rows(key, r))
    yield (
        "record_text",
        (record_rows.text_row(review.records[key], key, citations[key]) for key in records),
    )
    yield from _appraisals(review)
    yield from _review_findings(review)
    yield from _maps(review)


def data_date(review: Review) -> str:
    """Return the latest day that the files themselves name: of extraction, screening or search."""
    days = [
        day
        for located in review.records.values()
        for day in (
            located.value.extraction.date if located.value.extraction else None,
            located.value.screening.date,
        )
        if day
    ]
    days += [
        located.value.date
        for located in review.searches.values()
        if not isinstance(located.value.date, Absence)
    ]
    return max(days, default="")


def _meta(review: Review) -> Iterator[Row]:
    protocol = review.protocol.value
    exclusion = review.frame.by_field.get(("records", "screening.reason"))
    facts = {
        **{name: value for name, value in protocol.model_dump().items() if isinstance(value, str)},
        "authors": json.dumps(protocol.authors, ensure_ascii=False),
        "protocol": review.protocol_text,
        "version": review.digest,
        "data_date": data_date(review),
        "exclusion_dimension": exclusion.id if exclusion else "",
    }
    for name, value in sorted(facts.items()):
        yield {"name": name, "value": value}


def _dimensions(review: Review) -> Iterator[Row]:
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
    for offset, built_in in enumerate(BUILT_IN.values(), position + 1):
        yield {
            "id": built_in.id,
            "label": built_in.label,
            "definition": built_in.definition,
            "applies_to": "records",
            "field": "built in",
            "several": 1,
            "built_in": 1,
            "source": None,
            "position": offset,
        }


def _terms(review: Review) -> Iterator[Row]:
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
                "position": position,
            }
    for built_in in BUILT_IN.values():
        yield from _built_in_terms(review, built_in)


def _built_in_terms(review: Review, dimension: BuiltIn) -> Iterator[Row]:
    labels = {
        term: label
        for located in review.records.values()
        for term, label in dimension.terms_of(located.value)
    }
    ordered = sorted(labels.items(), key=lambda pair: pair[1].casefold(), reverse=dimension.newest_first)
    for position, (term, label) in enumerate(ordered):
        yield {
            "dimension": dimension.id,
            "id": term,
            "label": label,
            "definition": f"{dimension.label}: {label}.",
            "not_for": None,
            "parent": None,
            "depth": 0,
            "is_group": 0,
            "counts_as_study": 1,
            "position": position,
        }


def _examples(review: Review) -> Iterator[Row]:
    for dimension in review.codebook.value.dimensions:
        for placed in dimension.walk():
            for position, example in enumerate(placed.term.examples or []):
                yield {
                    "dimension": dimension.id,
                    "term": placed.term.id,
                    "position": position,
                    "example": example,
                }


def _term_paths(review: Review) -> Iterator[Row]:
    for dimension in review.codebook.value.dimensions:
        for placed in dimension.walk():
            for ancestor in (*placed.groups, placed.term.id):
                yield {"dimension": dimension.id, "term": placed.term.id, "ancestor": ancestor}
    for built_in in BUILT_IN.values():
        for row in _built_in_terms(review, built_in):
            yield {"dimension": built_in.id, "term": row["id"], "ancestor": row["id"]}


def _studies(review: Review, citations: dict[str, str]) -> Iterator[Row]:
    for name, located in sorted(review.studies.items()):
        yield located.value.model_dump() | {"id": name, "declared": 1}
    for key in sorted(review.records):
        if review.study_of(key) == key:
            title = review.records[key].value.reference.title
            yield {
                "id": key,
                "label": citations[key],
                "title": title,
                "registration": None,
                "summary": None,
                "note": None,
                "declared": 0,
            }


def _searches(review: Review) -> Iterator[Row]:
    for position, (name, located) in enumerate(review.searches.items()):
        search = located.value
        yield {
            "id": name,
            "kind": search.kind,
            "source": search.source,
            "platform": search.platform,
            "date": record_rows.present(search.date),
            "strategy": search.strategy,
            "query": search.query,
            "results": record_rows.present(search.results),
            "note": search.note,
            "position": position,
        }


def _record_searches(review: Review) -> Iterator[Row]:
    for key, located in sorted(review.records.items()):
        for name in located.value.screening.found_by or []:
            yield {"record": key, "search": name}


def _shared_samples(review: Review) -> Iterator[Row]:
    pairs = {
        pair
        for key, located in review.records.items()
        for other in (located.value.study.may_share_sample_with if located.value.study else None) or []
        for pair in ((key, other), (other, key))
    }
    for key, other in sorted(pairs):
        yield {"record": key, "other": other}


def _appraisals(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    tools = [located.value for located in review.tools.values()]
    yield (
        "appraisal_tool",
        ({"id": tool.id, "name": tool.name, "citation": tool.citation} for tool in tools),
    )
    yield (
        "appraisal_item",
        (
            {"tool": tool.id, "id": item.id, "position": position, "question": item.question}
            for tool in tools
            for position, item in enumerate(tool.items)
        ),
    )
    made: list[tuple[str, Appraisal]] = [
        (key, located.value.appraisal)
        for key, located in sorted(review.records.items())
        if located.value.appraisal
    ]
    yield (
        "appraisal",
        (
            {"record": key, "tool": a.tool, "date": a.date, "not_appraised": a.not_appraised}
            for key, a in made
        ),
    )
    yield (
        "appraisal_answer",
        (
            {"record": key, "tool": appraisal.tool, **answer.model_dump()}
            for key, appraisal in made
            for answer in appraisal.answers or []
        ),
    )


_COMPONENTS = ("methodological_limitations", "coherence", "adequacy", "relevance")


def _review_findings(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
    pages = [(name, page.fields.value, page.text) for name, page in review.findings.items()]
    yield (
        "review_finding",
        (
            {
                "id": name,
                "statement": finding.statement,
                "text": text,
                "confidence": finding.cerqual.confidence.level if finding.cerqual else None,
                "confidence_reason": finding.cerqual.confidence.reason if finding.cerqual else None,
                "assessed": finding.cerqual.date if finding.cerqual else None,
                "position": position,
            }
            for position, (name, finding, text) in enumerate(pages)
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
            for component in _COMPONENTS
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


def _maps(review: Review) -> Iterator[tuple[str, Iterable[Row]]]:
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
