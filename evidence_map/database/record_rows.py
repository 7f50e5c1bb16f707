"""One record as the rows of the tables that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import NoneType
from typing import Any

from pydantic import BaseModel

from evidence_map.dimensions import BUILT_IN
from evidence_map.model.absence import Absence
from evidence_map.model.notice import standing
from evidence_map.model.record import Funding, Period, Record, Recruitment
from evidence_map.review import Review, finding_terms, record_terms

Row = dict[str, Any]


def present(value: Any) -> Any:
    """Return *value*, or None if it is a reason why there is none."""
    return None if isinstance(value, Absence) else value


def record_row(review: Review, key: str) -> Row:
    """Return the row of the table record, still without its short citation and the text of its file."""
    record = review.records[key].value
    reference = record.reference
    return {
        "key": key,
        "study": review.study_of(key),
        "citation": "",
        "counted": int(is_counted(review, record)),
        "yaml": "",
        "authors_complete": int(reference.authors_complete),
        "issued": present(reference.issued),
        "year": int(reference.year) if reference.year else None,
        **{name: getattr(reference, name) for name in _REFERENCE_COLUMNS},
        "standing": standing(record.notices),
        **_study_columns(record),
        **_screening_columns(record),
        **_extraction_columns(record),
        **_design_columns(record),
        **_sample_columns(record),
        **_setting_columns(record),
        "funding": record.funding.statement if isinstance(record.funding, Funding) else None,
        "competing_interests": present(record.competing_interests),
        "notes": record.notes,
    }


_REFERENCE_COLUMNS = (
    "title",
    "original_title",
    "type",
    "container_title",
    "volume",
    "issue",
    "page",
    "number",
    "edition",
    "publisher",
    "publisher_place",
    "doi",
    "pmid",
    "pmcid",
    "issn",
    "isbn",
    "url",
    "language",
    "licence",
)


def is_counted(review: Review, record: Record) -> bool:
    """Whether a report is counted on maps: included, and not of a kind that is shown apart."""
    return record.screening.decision == "included" and review.counts_as_study(record)


def _study_columns(record: Record) -> Row:
    study = record.study
    return {
        "study_part": study.part if study else None,
        "study_note": study.note if study else None,
        "duplicate_of": study.duplicate_of if study else None,
        "version_of": study.version_of if study else None,
    }


def _screening_columns(record: Record) -> Row:
    screening = record.screening
    return {
        "decision": screening.decision.value,
        "screening_stage": screening.stage,
        "screening_date": screening.date,
        "screening_note": screening.note,
    }


def _extraction_columns(record: Record) -> Row:
    extraction = record.extraction
    return {
        "basis": extraction.basis.value if extraction else None,
        "extraction_date": extraction.date if extraction else None,
        "extraction_note": extraction.note if extraction else None,
    }


def _columns(section: BaseModel | None, **columns: str) -> Row:
    """Return the named fields of *section* under the names of their columns."""
    return {
        column: present(getattr(section, field)) if section else None
        for column, field in columns.items()
    }


def _design_columns(record: Record) -> Row:
    names = ("aim", "procedure", "analysis", "sampling", "ethics")
    return _columns(record.design, **{name: name for name in names})


def _sample_columns(record: Record) -> Row:
    sample = record.sample
    recruitment = sample.recruitment if sample and isinstance(sample.recruitment, Recruitment) else None
    return _columns(
        sample, sample_size="size", sample_unit="unit", sample_description="description"
    ) | _columns(
        recruitment,
        recruitment="procedure",
        eligibility="eligibility",
        sites_approached="sites_approached",
        sites_taking_part="sites_taking_part",
        people_invited="people_invited",
        people_taking_part="people_taking_part",
        payment="payment",
    )


def _setting_columns(record: Record) -> Row:
    setting = record.setting
    period = setting.data_collected if setting and isinstance(setting.data_collected, Period) else None
    return _columns(setting, place="place", setting_description="description") | _columns(
        period, collection_start="start", collection_end="end"
    )


def name_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield the authors and editors."""
    reference = record.reference
    for role, names in (("author", present(reference.authors)), ("editor", reference.editors)):
        for position, name in enumerate(names or []):
            yield {"record": key, "role": role, "position": position, **name.model_dump()}


def list_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield the fields that hold several texts."""
    design, extraction = record.design, record.extraction
    lists = {
        "keyword": record.reference.keywords,
        "kept_capitals": record.reference.keep_capitals,
        "framework": present(design.framework) if design else None,
        "software": present(design.software) if design else None,
        "limitation": present(record.limitations),
        "source": extraction.source if extraction else None,
        "extracted_by": extraction.by if extraction else None,
        "checked_by": extraction.checked_by if extraction else None,
    }
    for field, values in lists.items():
        for position, value in enumerate(values or []):
            yield {"record": key, "field": field, "position": position, "value": value}


def code_rows(review: Review, key: str, record: Record) -> Iterator[Row]:
    """Yield the codes of the record as a whole, the built-in dimensions' included."""
    for dimension, term in record_terms(review.frame, record):
        yield {"record": key, "dimension": dimension, "term": term}
    for built_in in BUILT_IN.values():
        for term, _ in built_in.terms_of(record):
            yield {"record": key, "dimension": built_in.id, "term": term}


def part_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield the parts of the sample."""
    groups = present(record.sample.groups) if record.sample else None
    for grouping_position, group in enumerate(groups or []):
        for position, part in enumerate(group.parts):
            yield {
                "record": key,
                "grouping_position": grouping_position,
                "grouping": group.by,
                "parts_are": group.parts_are,
                "position": position,
                "label": part.label,
                "size": part.size,
            }


def notice_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield what was published about the report afterwards."""
    for position, notice in enumerate(record.notices or []):
        yield {"record": key, "position": position, **notice.model_dump()}


def funder_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield the funders."""
    funders = record.funding.funders if isinstance(record.funding, Funding) else None
    for position, funder in enumerate(funders or []):
        yield {"record": key, "position": position, "name": funder.name, "award": funder.award}


def finding_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield the findings."""
    for position, finding in enumerate(record.findings or []):
        yield {
            "id": f"{key}#{finding.id}",
            "record": key,
            "name": finding.id,
            "position": position,
            "statement": finding.statement,
            "locator": finding.locator,
        }


def finding_code_rows(review: Review, key: str, record: Record) -> Iterator[Row]:
    """Yield the codes of the findings."""
    for finding in record.findings or []:
        for dimension, term in finding_terms(review.frame, finding):
            yield {"finding": f"{key}#{finding.id}", "dimension": dimension, "term": term}


def quote_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield the quotations of the findings."""
    for finding in record.findings or []:
        for position, quote in enumerate(finding.quotes or []):
            yield {"finding": f"{key}#{finding.id}", "position": position, **quote.model_dump()}


def search_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield which searches found the record."""
    for name in record.screening.found_by or []:
        yield {"record": key, "search": name}


def absence_rows(key: str, record: Record) -> Iterator[Row]:
    """Yield each field without a value and why."""
    for field, reason in _absences(record, ""):
        yield {"record": key, "field": field, "reason": reason.value}


_NEVER_BLANK = frozenset((NoneType, str, int, bool))


def _absences(section: BaseModel, prefix: str) -> list[tuple[str, Absence]]:
    """Return the blanks of *section* and of all that stands in it."""
    found: list[tuple[str, Absence]] = []
    for name, value in section.__dict__.items():
        kind = type(value)
        if kind in _NEVER_BLANK:
            continue
        if kind is Absence:
            found.append((prefix + name, value))
        elif kind is dict:
            blank = ((key, entry) for key, entry in value.items() if type(entry) is Absence)
            found += ((f"{prefix}{name}.{key}", entry) for key, entry in blank)
        elif kind is list:
            for entry in value:
                if type(entry) is not str and isinstance(entry, BaseModel):
                    found += _absences(entry, f"{prefix}{name}.{getattr(entry, 'id', '')}.")
        elif isinstance(value, BaseModel):
            found += _absences(value, f"{prefix}{name}.")
    return found


def text_row(key: str, record: Record) -> Row:
    """Return the words of the record for full-text search, still without its short citation."""
    reference = record.reference
    names = present(reference.authors) or []
    authors = " ".join(" ".join(filter(None, (n.given, n.sorting))) for n in names)
    title = (reference.title, reference.original_title, authors, reference.container_title)
    notes = [
        *(value for _, value in _texts(record.design)),
        *(value for _, value in _texts(record.sample)),
        *(value for _, value in _texts(record.setting)),
        *(present(record.limitations) or []),
        *(reference.keywords or []),
        record.notes,
    ]
    return {
        "record": key,
        "title": "\n".join(filter(None, title)),
        "statements": "\n".join(finding.statement for finding in record.findings or []),
        "notes": "\n".join(filter(None, notes)),
    }


def _texts(section: BaseModel | None) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a section: its plain texts, not its codes."""
    if section is None:
        return
    for name, sentence in _fields(type(section)).items():
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            yield from _texts(value)
        elif sentence and isinstance(value, str) and not isinstance(value, Absence):
            yield name, value


@cache
def _fields(kind: type[BaseModel]) -> dict[str, bool]:
    """Return the fields of a section, each with whether it may hold a sentence."""
    return {name: not field.metadata for name, field in kind.model_fields.items()}
