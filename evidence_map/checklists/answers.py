"""What the database answers to items of reporting checklists.

Each function looks at what is there, says it with its numbers, and judges no further than the
data allow: what is incomplete is *partly met*, and what is missing is said.
"""

from __future__ import annotations

from evidence_map.checklists.checklist import Answer, State
from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence
from evidence_map.site.text import enumeration, spoken_date


def _number(evidence: Evidence, sql: str) -> int:
    [[number]] = evidence.rows(sql)
    return int(number or 0)


def _named(evidence: Evidence, field: str) -> list[str]:
    """Return everybody whom the records name in *field*."""
    sql = "SELECT DISTINCT value FROM record_list WHERE field = ? ORDER BY value"
    return [row["value"] for row in evidence.rows(sql, field)]


def _judged(done: int, wanted: int) -> State:
    """Return whether all, some or none of what is wanted is there."""
    if not done:
        return State.UNMET
    return State.MET if done >= wanted else State.PARTLY


def title(evidence: Evidence) -> Answer:
    """Whether the title says what kind of review it is."""
    written = evidence.meta["title"].casefold()
    if "scoping review" in written:
        return Answer(State.MET, "The title names a scoping review.", "")
    if "review" in written or "map" in written:
        text = "The title names a review or a map of evidence, but not a scoping review."
        return Answer(State.PARTLY, text, "")
    return Answer(State.UNMET, "The title does not say what kind of review it is.", "")


def question(evidence: Evidence) -> Answer:
    """The question with its population, concept and context."""
    parts = [name for name in ("population", "concept", "context") if evidence.meta.get(name)]
    missing = [name for name in ("population", "concept", "context") if name not in parts]
    text = "The question stands at the top of the protocol"
    if not missing:
        return Answer(State.MET, f"{text}, with population, concept and context.", "protocol/")
    return Answer(State.PARTLY, f"{text}; not told apart: {enumeration(missing)}.", "protocol/")


def aim(evidence: Evidence) -> Answer:
    """The question, which every review has."""
    return Answer(State.MET, "The question stands at the top of the protocol.", "protocol/")


def sources(evidence: Evidence) -> Answer:
    """The searches and their dates."""
    rows = evidence.rows("SELECT kind, date FROM search")
    dated = sorted(row["date"] for row in rows if row["date"])
    if not rows:
        return Answer(State.UNMET, "No search is logged.", "")
    kinds = enumeration(sorted({row["kind"] for row in rows}))
    text = f"{counted(len(rows), 'search', 'searches')} logged ({kinds}); {len(dated)} with a date"
    last = f", the last of {spoken_date(dated[-1])}" if dated else ""
    return Answer(_judged(len(dated), len(rows)), f"{text}{last}.", "flow/")


def search_strategy(evidence: Evidence) -> Answer:
    """The searches as they were run."""
    rows = evidence.rows("SELECT query FROM search WHERE kind <> 'supplied'")
    written = sum(bool(row["query"]) for row in rows)
    if not rows:
        return Answer(State.UNMET, "No search is logged.", "")
    text = f"{written} of {counted(len(rows), 'search', 'searches')} stand as they were run"
    rest = "" if written == len(rows) else "; the others are told in words only"
    return Answer(State.PARTLY if written < len(rows) else State.MET, f"{text}{rest}.", "flow/")


def selection(evidence: Evidence) -> Answer:
    """The numbers of screening, with reasons."""
    totals = evidence.totals
    if not totals["records"]:
        return Answer(State.UNMET, "Nothing has been screened.", "")
    included = totals["records"] - totals["excluded"] - totals["awaiting"] - totals["ongoing"]
    text = (
        f"{counted(totals['records'], 'record')} screened: {included} included, "
        f"{totals['excluded']} excluded with a reason, {totals['awaiting']} awaiting, "
        f"{totals['ongoing']} ongoing."
    )
    return Answer(State.MET, text, "flow/")


def characteristics(evidence: Evidence) -> Answer:
    """Who took part, where, and in which design, for each study."""
    sql = """SELECT count(DISTINCT record.key) FROM record WHERE counted = 1
        AND EXISTS (SELECT 1 FROM record_code WHERE record = key)
        AND sample_size IS NOT NULL"""
    sized, all_reports = _number(evidence, sql), evidence.totals["reports"]
    text = (
        f"Each of {counted(all_reports, 'report')} has a page with its design, sample and setting; "
        f"{sized} give the size of the sample."
    )
    if not all_reports:
        return Answer(State.UNMET, "No report is included yet.", "")
    return Answer(State.MET, text, "records/")


def data_items(evidence: Evidence) -> Answer:
    """The fields and the codes that were extracted."""
    sql = "SELECT count(*) FROM dimension WHERE built_in = 0"
    dimensions = _number(evidence, sql)
    terms = _number(
        evidence,
        "SELECT count(*) FROM term JOIN dimension ON dimension.id = "
        "term.dimension WHERE built_in = 0 AND is_group = 0",
    )
    text = (
        f"Every field of a record is described, and the codebook defines {counted(terms, 'term')} "
        f"in {counted(dimensions, 'dimension')}."
    )
    return Answer(State.MET if terms else State.PARTLY, text, "codebook/")


def extraction(evidence: Evidence) -> Answer:
    """What of the papers was read."""
    rows = evidence.rows(
        "SELECT basis, count(*) AS reports FROM record WHERE decision = 'included' AND basis IS NOT "
        "NULL GROUP BY basis ORDER BY reports DESC, basis"
    )
    if not rows:
        return Answer(State.UNMET, "Nothing has been extracted yet.", "")
    told = enumeration([f"{row['reports']} from the {row['basis']}" for row in rows])
    is_whole = all(row["basis"] == "full text" for row in rows)
    text = f"Included reports were extracted: {told}."
    return Answer(State.MET if is_whole else State.PARTLY, text, "contribute/fields/")


def reviewers(evidence: Evidence) -> Answer:
    """Who extracted, and how much a second reader checked."""
    names, checkers = (_named(evidence, field) for field in ("extracted_by", "checked_by"))
    included = _number(evidence, "SELECT count(*) FROM record WHERE decision = 'included'")
    sql = """SELECT count(DISTINCT record) FROM record_list JOIN record ON record.key = record
        WHERE field = 'checked_by' AND decision = 'included'"""
    checked = _number(evidence, sql)
    if not names:
        return Answer(State.UNMET, "No record says who extracted it.", "")
    by = f" by {enumeration(checkers)}" if checkers else ""
    text = (
        f"Extracted by: {enumeration(names)}. Of {counted(included, 'included report')}, "
        f"{checked} were compared with the source once more{by}."
    )
    return Answer(State.MET if checked == included else State.PARTLY, text, "records/")


def appraisal_tools(evidence: Evidence) -> Answer:
    """The tools of critical appraisal."""
    names = [row["name"] for row in evidence.rows("SELECT name FROM appraisal_tool ORDER BY name")]
    if not names:
        return Answer(State.UNMET, "No appraisal tool is named.", "")
    return Answer(State.MET, f"{enumeration(names)}, with their items.", "appraisal/")


def appraisal_results(evidence: Evidence) -> Answer:
    """How many reports were appraised."""
    included = _number(evidence, "SELECT count(*) FROM record WHERE counted = 1")
    done = _number(
        evidence,
        "SELECT count(DISTINCT appraisal_answer.record) FROM appraisal_answer "
        "JOIN record ON record.key = appraisal_answer.record WHERE record.counted = 1",
    )
    text = f"{done} of {counted(included, 'report')} appraised; the others say why not."
    return Answer(_judged(done, included), text, "appraisal/")


def coding(evidence: Evidence) -> Answer:
    """How findings were coded."""
    findings = evidence.totals["findings"]
    coded = _number(
        evidence,
        "SELECT count(DISTINCT finding) FROM finding_code JOIN finding ON "
        "finding.id = finding JOIN record ON record.key = finding.record "
        "WHERE record.counted = 1",
    )
    text = f"{coded} of {counted(findings, 'finding')} carry terms of the codebook."
    return Answer(_judged(coded, findings), text, "codebook/")


def individual_results(evidence: Evidence) -> Answer:
    """The findings of each report with their places."""
    with_findings = _number(
        evidence,
        "SELECT count(DISTINCT record) FROM finding JOIN record ON record.key = finding.record "
        "WHERE record.counted = 1",
    )
    text = (
        f"{counted(evidence.totals['findings'], 'finding')} from "
        f"{counted(with_findings, 'report')}, each with its place in the paper."
    )
    return Answer(_judged(with_findings, evidence.totals["reports"]), text, "records/")


def quotations(evidence: Evidence) -> Answer:
    """Quotations of participants."""
    quotes = _number(evidence, "SELECT count(*) FROM finding_quote")
    reports = _number(
        evidence,
        "SELECT count(DISTINCT finding.record) FROM finding_quote "
        "JOIN finding ON finding.id = finding_quote.finding",
    )
    if not quotes:
        return Answer(State.UNMET, "No participant is quoted.", "")
    text = f"{counted(quotes, 'quotation')} from {counted(reports, 'report')}, with their places."
    return Answer(_judged(reports, evidence.totals["reports"]), text, "records/")


def maps(evidence: Evidence) -> Answer:
    """The maps and charts over all findings."""
    number = _number(evidence, "SELECT count(*) FROM map")
    if not number:
        return Answer(State.UNMET, "There is no map yet.", "overview/")
    text = f"{counted(number, 'map')} of what was studied, and charts of each dimension."
    return Answer(State.MET, text, "map/")


def synthesis(evidence: Evidence) -> Answer:
    """The review findings and their assessment."""
    number = _number(evidence, "SELECT count(*) FROM review_finding")
    assessed = _number(evidence, "SELECT count(*) FROM review_finding WHERE confidence IS NOT NULL")
    if not number:
        return Answer(State.UNMET, "There is no review finding yet.", "")
    text = (
        f"{counted(number, 'review finding')}, {assessed} of them with an assessment of confidence "
        "(GRADE-CERQual)."
    )
    return Answer(State.MET if assessed == number else State.PARTLY, text, "findings/")
