"""The table of the characteristics of the included studies: a row for each counted study.

What the reports of a study say is joined. Where they differ, each says its own; a report that says
nothing is silent beside one that does. Where none says anything, the reason stands in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evidence_map.manuscript.table import Cell, Cited, Heading, Table, source
from evidence_map.problem_reports import counted
from evidence_map.site.evidence import Evidence, Report, Study, Term
from evidence_map.site.record_page import RecordView
from evidence_map.site.text import enumeration, spoken_date

HEADINGS = (
    Heading("Study", 0.13),
    Heading("Country and setting", 0.14),
    Heading("Aim", 0.16),
    Heading("Design and data collection", 0.12),
    Heading("Sample", 0.12),
    Heading("Findings", 0.15),
    Heading("Basis", 0.08),
    Heading("Appraisal", 0.1),
)

SETTING = {"setting.countries": "country", "setting.service_types": "services"}
DESIGN = {
    "design.approach": "approach",
    "design.methodology": "methodology",
    "design.data_collection": "data collection",
}
SAMPLE = {"sample.size": "size", "sample.roles": "roles"}
_ALWAYS_ASKED = {"setting.countries", "sample.size"}
"""Fields that every review has; of the others, only those that the codebook has a dimension for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says, or in ``is_missing`` words why it says nothing."""

    text: str
    is_missing: bool = False


def characteristics(reports: Iterable[Report], evidence: Evidence) -> Table:
    """Return the table of the counted studies to which the *reports* belong.

    :param evidence: the database that the reports come from.
    """
    given = {report.key: report for report in reports if report.counted}
    dimension = main_dimension(evidence)
    rows, number = [], 0
    for study in evidence.studies.values():
        own = [given[key] for key in study.reports if key in given]
        if own:
            number += len(own)
            rows.append(_row(study, own, evidence, dimension))
    tally = f"{counted(len(rows), 'study', 'studies')} in {counted(number, 'report')}."
    words = (
        "Not reported: the source was read and does not say. Not applicable: the question does not "
        "arise. Not yet extracted: nobody has looked yet."
    )
    note = f"{tally} {words} {source(evidence)}"
    title = "Characteristics of included studies"
    return Table(title, HEADINGS, tuple(rows), note, "characteristics")


def _row(
    study: Study, reports: Sequence[Report], evidence: Evidence, dimension: str
) -> tuple[Cell, ...]:
    name = study.label if study.declared else ""
    views = [RecordView.of(evidence, report) for report in reports]
    told = {aspect: Cell(_joined(views, aspect)) for aspect in ASPECTS}
    return (
        Cell(name, tuple(Cited.report(report) for report in reports)),
        *(told[aspect] for aspect in ("setting", "aim", "design", "sample")),
        Cell(_findings(reports, evidence.terms.get(dimension, {}))),
        told["basis"],
        told["appraisal"],
    )


def of_study(reports: Sequence[Report], evidence: Evidence, aspect: str) -> str:
    """Join what the reports of a study say: once where they agree, else each with its citation.

    :param aspect: one of :data:`ASPECTS`.
    """
    return _joined([RecordView.of(evidence, report) for report in reports], aspect)


def _joined(views: Sequence[RecordView], aspect: str) -> str:
    cell = ASPECTS[aspect]
    told = [(view, cell(view)) for view in views]
    speaking = [(view, own.text) for view, own in told if not own.is_missing]
    if not speaking:
        return "; ".join(dict.fromkeys(own.text for _, own in told))
    texts = dict.fromkeys(text for _, text in speaking)
    if len(texts) == 1:
        return next(iter(texts))
    return "; ".join(f"{text} ({view.report.citation})" for view, text in speaking)


def _value(view: RecordView, path: str) -> str:
    fact = view.fact(path)
    if fact.missing:
        return ""
    text = fact.text or ", ".join([term.label for term in fact.terms] or fact.items)
    regions = _value(view, "setting.subdivisions") if path == "setting.countries" else ""
    return " ".join(text.split()) + (f" ({regions})" if regions else "")


def _parts(view: RecordView, names: dict[str, str]) -> Told:
    """Join the values of several fields; of those without one, say which and why."""
    asked = {
        path: name for path, name in names.items() if path in _ALWAYS_ASKED or path in view.dimension_of
    }
    values = {path: _value(view, path) for path in asked}
    if not any(values.values()):
        reasons = dict.fromkeys(view.report.missing(path) for path in asked)
        return Told("; ".join(reasons), is_missing=True)
    return Told(
        "; ".join(
            value or f"{asked[path]} {view.report.missing(path)}" for path, value in values.items()
        )
    )


def _setting(view: RecordView) -> Told:
    told, when = _parts(view, SETTING), _value(view, "setting.data_collected")
    return Told(f"{told.text}; data collected {when}") if when else told


def _aim(view: RecordView) -> Told:
    text = _value(view, "design.aim")
    return Told(text) if text else Told(view.report.missing("design.aim"), is_missing=True)


def _design(view: RecordView) -> Told:
    asked = [path for path in DESIGN if path in view.dimension_of]
    return _parts(view, DESIGN) if asked else Told("not applicable", is_missing=True)


def _sample(view: RecordView) -> Told:
    return _parts(view, SAMPLE)


def _basis(view: RecordView) -> Told:
    basis = view.report.row["basis"]
    return Told(basis) if basis else Told(view.report.missing("extraction"), is_missing=True)


def _appraisal(view: RecordView) -> Told:
    appraisal = view.report.appraisal
    if appraisal is None:
        return Told(view.report.missing("appraisal"), is_missing=True)
    if appraisal["tool"] is None:
        return Told(f"not appraised: {appraisal['not_appraised']}")
    answers = Counter(answer["answer"] for answer in view.report.answers)
    tally = ", ".join(f"{number} {answer}" for answer, number in answers.items())
    return Told(f"{appraisal['name']}: {tally} ({spoken_date(appraisal['date'])})")


ASPECTS: dict[str, Callable[[RecordView], Told]] = {
    "setting": _setting,
    "aim": _aim,
    "design": _design,
    "sample": _sample,
    "basis": _basis,
    "appraisal": _appraisal,
}
"""What is told of each study, by name."""


def _findings(reports: Sequence[Report], terms: dict[str, Term]) -> str:
    found = [finding for report in reports for finding in report.findings]
    if not found:
        return "; ".join(dict.fromkeys(report.missing("findings") for report in reports))
    numbers = Counter(term for finding in found for term in finding.terms)
    named = [f"{term.label} ({numbers[term]})" for term in terms.values() if term in numbers]
    return counted(len(found), "finding") + (f": {enumeration(named)}" if named else "")


def main_dimension(evidence: Evidence) -> str:
    """Return the dimension that says what findings are about: one of the first map, or the first."""
    own = [each.id for each in evidence.dimensions.values() if each.applies_to == "findings"]
    maps = evidence.rows("SELECT row_dimension, column_dimension FROM map ORDER BY position LIMIT 1")
    of_map = [name for row in maps for name in row if name in own]
    return next(iter(of_map or own), "")
