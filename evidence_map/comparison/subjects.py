"""What the database holds of each thing that can change, as queries that ask two databases alike.

A *wide* query has a row for each thing: its name first, then its fields, each named as in the
files. A *long* query has a row for each value: name of the thing, field, position, value. Nothing
here says what changed; that is asked by :mod:`evidence_map.comparison.differences`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STANDING = "standing"
"""The field that tells whether a paper was retracted, corrected and so on."""

RECORD_FIELDS: Mapping[str, str] = {
    "citation": "short citation",
    "study_part": "study.part",
    "study_note": "study.note",
    "duplicate_of": "study.duplicate_of",
    "version_of": "study.version_of",
    **{
        column: f"reference.{column}"
        for column in (
            *("title", "original_title", "type", "issued", "container_title", "volume", "issue"),
            *("page", "number", "edition", "publisher", "publisher_place", "doi", "pmid", "pmcid"),
            *("issn", "isbn", "url", "language", "licence"),
        )
    },
    "standing": STANDING,
    "decision": "screening.decision",
    "screening_stage": "screening.stage",
    "screening_date": "screening.date",
    "screening_note": "screening.note",
    "basis": "extraction.basis",
    "extraction_date": "extraction.date",
    "extraction_note": "extraction.note",
    **{column: f"design.{column}" for column in ("aim", "procedure", "analysis", "sampling", "ethics")},
    "sample_size": "sample.size",
    "sample_unit": "sample.unit",
    "sample_description": "sample.description",
    "recruitment": "sample.recruitment.procedure",
    **{
        column: f"sample.recruitment.{column}"
        for column in (
            *("eligibility", "sites_approached", "sites_taking_part"),
            *("people_invited", "people_taking_part", "payment"),
        )
    },
    "place": "setting.place",
    "setting_description": "setting.description",
    "collection_start": "setting.data_collected.start",
    "collection_end": "setting.data_collected.end",
    "funding": "funding.statement",
    "competing_interests": "competing_interests",
    "notes": "notes",
}
"""The columns of the table record, each with the field of the file that fills it."""

RECORD_DERIVED = ("key", "study", "authors_complete", "year", "counted", "yaml")
"""Its other columns, which are the name, told in other words, or told by another field."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that can change.

    :ivar name: what it is called.
    :ivar titles: query for the name and the title of each.
    :ivar wide: queries with a row for each.
    :ivar long: queries with a row for each value. In all, ``{db}`` stands for the database.
    """

    name: str
    titles: str
    wide: tuple[str, ...] = ()
    long: tuple[str, ...] = ()


def _yes(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 'yes' ELSE 'no' END"


def _named(columns: Mapping[str, str]) -> str:
    return ", ".join(f'{column} AS "{field}"' for column, field in columns.items())


_CODE_FIELD = """CASE WHEN dimension.field = 'codes' THEN 'codes.' || dimension.id
    ELSE dimension.field END"""

_NAME = """coalesce(literal, coalesce(particle || ' ', '') || coalesce(family, '')
    || coalesce(', ' || given, '') || coalesce(', ' || suffix, ''))
    || coalesce(' (' || orcid || ')', '')"""

_OF_A_FINDING = "field LIKE 'findings.%.%'"
_ABSENT_FINDING = "substr(field, 10, instr(substr(field, 10), '.') - 1)"

RECORD = Subject(
    "record",
    "SELECT key, title FROM {db}.record",
    wide=(
        f"""SELECT key, {_named(RECORD_FIELDS)}, {_yes("counted")} AS "counted on maps",
          {_yes("authors_complete")} AS "reference.authors_complete",
          CASE WHEN (SELECT declared FROM {{db}}.study WHERE id = study) THEN study END
            AS "study.report_of"
        FROM {{db}}.record""",
    ),
    long=(
        f"""SELECT record, 'reference.' || role || 's', position, {_NAME} FROM {{db}}.record_name""",
        """SELECT record, CASE field WHEN 'keyword' THEN 'reference.keywords'
            WHEN 'kept_capitals' THEN 'reference.keep_capitals' WHEN 'framework' THEN 'design.framework'
            WHEN 'software' THEN 'design.software' WHEN 'limitation' THEN 'limitations'
            WHEN 'source' THEN 'extraction.source' WHEN 'extracted_by' THEN 'extraction.by'
            WHEN 'checked_by' THEN 'extraction.checked_by' ELSE field END, position, value
        FROM {db}.record_list""",
        f"""SELECT record, {_CODE_FIELD}, 0, term FROM {{db}}.record_code
        JOIN {{db}}.dimension ON dimension.id = record_code.dimension WHERE built_in = 0""",
        """SELECT record, CASE record_code.dimension WHEN 'country' THEN 'setting.countries'
            ELSE 'setting.subdivisions' END, 0, term.label
        FROM {db}.record_code JOIN {db}.term
          ON term.dimension = record_code.dimension AND term.id = record_code.term
        WHERE record_code.dimension IN ('country', 'region')""",
        """SELECT record, 'sample.groups', grouping_position * 1000 + position,
          grouping || ' (' || parts_are || '): ' || label || ' ' || size
        FROM {db}.sample_part""",
        """SELECT record, 'notices', position, kind || coalesce(', ' || date, '')
          || coalesce(', ' || doi, '') || coalesce(', ' || url, '') || coalesce(': ' || note, '')
        FROM {db}.notice""",
        """SELECT record, 'funding.funders', position, name || coalesce(' (' || award || ')', '')
        FROM {db}.funder""",
        "SELECT record, 'screening.found_by', 0, search FROM {db}.record_search",
        "SELECT record, 'study.may_share_sample_with', 0, other FROM {db}.shared_sample",
        f"""SELECT record, field, 0, reason FROM {{db}}.absence
        WHERE reason <> 'not yet extracted' AND NOT {_OF_A_FINDING}""",
        """SELECT record, 'appraisal.tool', 0, tool FROM {db}.appraisal
        UNION ALL SELECT record, 'appraisal.date', 0, date FROM {db}.appraisal
        UNION ALL SELECT record, 'appraisal.by', 0, appraised_by FROM {db}.appraisal
        UNION ALL SELECT record, 'appraisal.not_appraised', 0, not_appraised FROM {db}.appraisal
        UNION ALL SELECT record, 'appraisal.groups', 0, item_group FROM {db}.appraisal_scope
        UNION ALL SELECT record, 'appraisal.answers.' || item, 0,
          answer || ': ' || support || ' (' || locator || ')' FROM {db}.appraisal_answer""",
    ),
)

FINDING = Subject(
    "finding",
    "SELECT id, statement FROM {db}.finding",
    wide=("SELECT id, statement, locator FROM {db}.finding",),
    long=(
        f"""SELECT finding, {_CODE_FIELD}, 0, term FROM {{db}}.finding_code
        JOIN {{db}}.dimension ON dimension.id = finding_code.dimension WHERE built_in = 0""",
        """SELECT finding, 'quotes', position,
          '“' || text || '” ' || coalesce(speaker || ', ', '') || locator
        FROM {db}.finding_quote""",
        f"""SELECT record || '#' || {_ABSENT_FINDING},
          substr(field, 10 + length({_ABSENT_FINDING}) + 1), 0, reason
        FROM {{db}}.absence WHERE reason <> 'not yet extracted' AND {_OF_A_FINDING}""",
    ),
)

REVIEW_FINDING = Subject(
    "review finding",
    "SELECT id, statement FROM {db}.review_finding",
    wide=(
        """SELECT id, statement, text AS narrative, confidence,
          confidence_reason AS "reason for the confidence", assessed, assessed_by AS "assessed by",
          CASE stale WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS stale
        FROM {db}.review_finding""",
    ),
    long=(
        "SELECT review_finding, 'contributing', 0, finding FROM {db}.review_finding_contribution",
        """SELECT review_finding, component, 0, concern || ': ' || reason
        FROM {db}.review_finding_component""",
        "SELECT review_finding, 'codes.' || dimension, 0, term FROM {db}.review_finding_code",
    ),
)

TERMS_IN_ORDER = "order of terms"
"""The field of a dimension that tells in which order its terms are shown."""

_OF_THE_CODEBOOK = "dimension IN (SELECT id FROM {db}.dimension WHERE built_in = 0)"

DIMENSION = Subject(
    "dimension",
    "SELECT id, label FROM {db}.dimension WHERE built_in = 0",
    wide=(
        f"""SELECT id, label, definition, applies_to, field, source, {_yes("several")} AS several
        FROM {{db}}.dimension WHERE built_in = 0""",
    ),
    long=(
        f"""SELECT dimension, '{TERMS_IN_ORDER}', position, id FROM {{db}}.term
        WHERE {_OF_THE_CODEBOOK}""",
    ),
)

TERM = Subject(
    "term",
    f"SELECT dimension || '/' || id, label FROM {{db}}.term WHERE {_OF_THE_CODEBOOK}",
    wide=(
        f"""SELECT dimension || '/' || id, label, definition, not_for, parent AS "group", flow,
          {_yes("counts_as_study")} AS counts_as_study
        FROM {{db}}.term WHERE {_OF_THE_CODEBOOK}""",
    ),
    long=("SELECT dimension || '/' || term, 'examples', position, example FROM {db}.term_example",),
)

STUDY = Subject(
    "study",
    "SELECT id, label FROM {db}.study WHERE declared = 1",
    wide=("SELECT id, label, title, registration, summary, note FROM {db}.study WHERE declared = 1",),
    long=(
        """SELECT study, 'reports', 0, key FROM {db}.record
        JOIN {db}.study ON study.id = record.study WHERE declared = 1""",
    ),
)

SEARCH = Subject(
    "search",
    "SELECT id, source FROM {db}.search",
    wide=(
        """SELECT id, kind, source, platform, coalesce(date, date_missing) AS date, strategy, query,
          coalesce(results, results_missing) AS results, duplicates_removed, screened,
          searched_by AS "by", note, (
            SELECT 'records: ' || records || ', not yet screened: ' || not_yet_screened
            FROM {db}.search_flow WHERE search_flow.search = search.id) AS "accounted for"
        FROM {db}.search""",
    ),
    long=(
        """SELECT search, 'without_record', position, number || ' ' || stage || ': ' || reason
          || CASE WHEN by_automation THEN ' (by automation)' ELSE '' END
        FROM {db}.search_without_record""",
    ),
)

MAP = Subject(
    "map",
    "SELECT id, title FROM {db}.map",
    wide=(
        """SELECT id, title, question, row_dimension AS rows, column_dimension AS columns,
          segment_dimension AS segments, unit
        FROM {db}.map""",
    ),
    long=(
        """SELECT map, 'outside', 0, row_term || ' × ' || column_term || ': ' || reason
        FROM {db}.map_outside""",
    ),
)

TOOL = Subject(
    "appraisal tool",
    "SELECT id, name FROM {db}.appraisal_tool",
    wide=("SELECT id, name, citation FROM {db}.appraisal_tool",),
    long=(
        """SELECT tool, 'answers', position, answer || ' (' || sign || ')' FROM {db}.appraisal_choice""",
        "SELECT tool, 'groups', position, id || ': ' || label FROM {db}.appraisal_group",
        """SELECT tool, 'items', position, number || ' ' || id || ': ' || question
          || coalesce(' (' || item_group || ')', '')
        FROM {db}.appraisal_item""",
    ),
)

PROTOCOL = Subject(
    "protocol",
    "SELECT 'protocol', value FROM {db}.meta WHERE name = 'title'",
    long=(
        """SELECT 'protocol', CASE name WHEN 'protocol' THEN 'text' ELSE name END, 0, value
        FROM {db}.meta WHERE name NOT IN ('version', 'data_date', 'exclusion_dimension')""",
    ),
)

CHECKLIST_ANSWER = Subject(
    "checklist answer",
    "SELECT checklist || ' ' || item, answer FROM {db}.checklist_answer",
    wide=(
        """SELECT checklist || ' ' || item, answer, state, where_shown AS "where"
        FROM {db}.checklist_answer""",
    ),
)

SECOND_EXTRACTION = Subject(
    "second extraction",
    """SELECT second_extraction.record, record.title FROM {db}.second_extraction
    JOIN {db}.record ON record.key = second_extraction.record""",
    wide=(
        """SELECT record, basis, date, extracted_by AS "by", note
        FROM {db}.second_extraction""",
    ),
    long=(
        """SELECT record, path, position, second_said
          || coalesce('; settled: the ' || decision || ' is right', '')
          || coalesce(' (' || settled_by || ', ' || settled_on || ')', '')
          || coalesce(': ' || settled_note, '')
        FROM {db}.comparison""",
    ),
)

SUBJECTS = (
    RECORD,
    FINDING,
    REVIEW_FINDING,
    DIMENSION,
    TERM,
    STUDY,
    SEARCH,
    MAP,
    TOOL,
    PROTOCOL,
    CHECKLIST_ANSWER,
    SECOND_EXTRACTION,
)
"""Everything that can change, in the order in which it is told."""
