"""The files for a manuscript, each with its writer, below ``data/manuscript/``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import is_
from weakref import WeakKeyDictionary

from evidence_map.checklists.answered import CHECKLISTS
from evidence_map.exports.formats import Format
from evidence_map.figures.appraisal import summary_svg, traffic_light_svg
from evidence_map.figures.flow import flow_svg
from evidence_map.figures.picture import as_png
from evidence_map.manuscript.characteristics import characteristics
from evidence_map.manuscript.checklists import checklist_table
from evidence_map.manuscript.csv_files import appraisal_csv, flow_csv, numbers_csv, table_csv
from evidence_map.manuscript.docx_table import as_docx
from evidence_map.manuscript.latex_table import as_latex, as_latex_numbers
from evidence_map.manuscript.markdown_table import as_markdown
from evidence_map.manuscript.numbers import number_tables, numbers
from evidence_map.manuscript.review_findings import evidence_profile, summary_of_findings
from evidence_map.manuscript.table import Table, source
from evidence_map.site.appraisals import Appraisals
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.flow import Flow

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


MakeTable = Callable[[Sequence[Report], Evidence], Table]


def _answers_by_report(evidence: Evidence) -> str:
    return traffic_light_svg(Appraisals(evidence), alone=True, note=source(evidence))


def _answers_by_item(evidence: Evidence) -> str:
    return summary_svg(Appraisals(evidence), alone=True, note=source(evidence))


def _numbers_docx(reports: Sequence[Report], evidence: Evidence) -> bytes:
    return as_docx(number_tables(evidence), f"Numbers: {evidence.meta['title']}")


def flow_drawing(evidence: Evidence) -> str:
    """Return the flow diagram to take away; its boxes lead to the site if its address is known."""
    address = evidence.meta.get("address", "").rstrip("/")
    return flow_svg(
        Flow(evidence),
        link=(lambda box: f"{address}/{box.address}") if address else None,
        alone=True,
        note=source(evidence),
    )


def _made_once(make: MakeTable) -> MakeTable:
    """Return *make*, which gives the same table again when it is asked for the same reports."""
    made: WeakKeyDictionary[Evidence, tuple[list[Report], Table]] = WeakKeyDictionary()

    def table(reports: Sequence[Report], evidence: Evidence) -> Table:
        of, found = made.get(evidence, ([], None))
        if found is None or len(of) != len(reports) or not all(map(is_, of, reports)):
            found = make(reports, evidence)
            made[evidence] = list(reports), found
        return found

    return table


def _formats(name: str, label: str, make: MakeTable) -> Iterator[Format]:
    """Yield the formats of one table.

    :param name: what the names of the formats and files begin with.
    :param make: makes the table of the reports given.
    """
    make = _made_once(make)

    def docx(reports: Sequence[Report], evidence: Evidence) -> bytes:
        table = make(reports, evidence)
        return as_docx([table], f"{table.title}: {evidence.meta['title']}")

    yield Format(
        f"{name}-docx",
        f"manuscript/{name}.docx",
        f"{label} (Word)",
        _DOCX,
        "Word, LibreOffice",
        docx,
    )
    yield Format(
        f"{name}-latex",
        f"manuscript/{name}.tex",
        f"{label} (LaTeX)",
        "application/x-tex",
        "LaTeX with booktabs and longtable",
        lambda reports, evidence: as_latex(make(reports, evidence)),
    )
    yield Format(
        f"{name}-markdown",
        f"manuscript/{name}.md",
        f"{label} (Markdown)",
        "text/markdown",
        "Pandoc, Quarto, R Markdown",
        lambda reports, evidence: as_markdown([make(reports, evidence)]),
    )
    yield Format(
        f"{name}-csv",
        f"manuscript/{name}.csv",
        f"{label} (CSV)",
        "text/csv",
        "spreadsheets, R, Python",
        lambda reports, evidence: table_csv(make(reports, evidence)),
    )


def _checklist_formats() -> Iterator[Format]:
    for name, checklist in CHECKLISTS.items():
        forms = _formats(name, f"{checklist.name} checklist", partial(_checklist, name))
        yield from (form for form in forms if form.name in (f"{name}-docx", f"{name}-markdown"))


def _checklist(name: str, reports: Sequence[Report], evidence: Evidence) -> Table:
    return checklist_table(evidence, name)


MANUSCRIPT_FORMATS = {
    own.name: own
    for own in (
        *_formats("characteristics", "Characteristics of studies", characteristics),
        *_formats(
            "cerqual-summary",
            "Summary of qualitative findings",
            lambda reports, evidence: summary_of_findings(evidence),
        ),
        *_formats(
            "cerqual-profile",
            "GRADE-CERQual evidence profile",
            lambda reports, evidence: evidence_profile(evidence),
        ),
        Format(
            "numbers-docx",
            "manuscript/numbers.docx",
            "Numbers of the review (Word)",
            _DOCX,
            "Word, LibreOffice",
            _numbers_docx,
        ),
        Format(
            "numbers-latex",
            "manuscript/numbers.tex",
            "Numbers of the review (LaTeX)",
            "application/x-tex",
            "LaTeX, as commands to write in the text",
            lambda reports, evidence: as_latex_numbers(numbers(evidence), source(evidence)),
        ),
        Format(
            "numbers-markdown",
            "manuscript/numbers.md",
            "Numbers of the review (Markdown)",
            "text/markdown",
            "Pandoc, Quarto, R Markdown",
            lambda reports, evidence: as_markdown(number_tables(evidence)),
        ),
        Format(
            "numbers-csv",
            "manuscript/numbers.csv",
            "Numbers of the review (CSV)",
            "text/csv",
            "spreadsheets, R, Python",
            lambda reports, evidence: numbers_csv(numbers(evidence)),
        ),
        Format(
            "flow-svg",
            "manuscript/flow.svg",
            "Flow diagram (SVG)",
            "image/svg+xml",
            "LaTeX, Inkscape, web pages",
            lambda reports, evidence: flow_drawing(evidence),
        ),
        Format(
            "flow-png",
            "manuscript/flow.png",
            "Flow diagram (PNG)",
            "image/png",
            "Word, slides",
            lambda reports, evidence: as_png(flow_drawing(evidence), 3.0),
        ),
        Format(
            "flow-csv",
            "manuscript/flow.csv",
            "Numbers of the flow diagram (CSV)",
            "text/csv",
            "spreadsheets, R, Python",
            lambda reports, evidence: flow_csv(Flow(evidence)),
        ),
        *_checklist_formats(),
        Format(
            "appraisal-reports-svg",
            "manuscript/appraisal-reports.svg",
            "Critical appraisal by report (SVG)",
            "image/svg+xml",
            "LaTeX, Inkscape, web pages",
            lambda reports, evidence: _answers_by_report(evidence),
        ),
        Format(
            "appraisal-reports-png",
            "manuscript/appraisal-reports.png",
            "Critical appraisal by report (PNG)",
            "image/png",
            "Word, slides",
            lambda reports, evidence: as_png(_answers_by_report(evidence), 3.0),
        ),
        Format(
            "appraisal-items-svg",
            "manuscript/appraisal-items.svg",
            "Critical appraisal by item (SVG)",
            "image/svg+xml",
            "LaTeX, Inkscape, web pages",
            lambda reports, evidence: _answers_by_item(evidence),
        ),
        Format(
            "appraisal-items-png",
            "manuscript/appraisal-items.png",
            "Critical appraisal by item (PNG)",
            "image/png",
            "Word, slides",
            lambda reports, evidence: as_png(_answers_by_item(evidence), 3.0),
        ),
        Format(
            "appraisal-csv",
            "manuscript/appraisal.csv",
            "Critical appraisal (CSV)",
            "text/csv",
            "spreadsheets, R, Python",
            lambda reports, evidence: appraisal_csv(Appraisals(evidence)),
        ),
    )
}
"""All files for a manuscript by name, in the order in which readers are offered them."""

WHOLE = tuple(name for name in MANUSCRIPT_FORMATS if not name.startswith("characteristics-"))
"""The formats that tell of the whole review, whatever reports are given."""
