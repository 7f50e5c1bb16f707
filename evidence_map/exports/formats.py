"""The formats in which references and tables are taken away, each with its file and its writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidence_map.exports.bibtex import as_ascii_bibtex, as_bibtex
from evidence_map.exports.csl_json import as_csl_json
from evidence_map.exports.csv_table import as_csv, as_findings_csv
from evidence_map.exports.endnote_tagged import as_enw
from evidence_map.exports.endnote_xml import as_endnote_xml
from evidence_map.exports.json_lines import as_json_lines
from evidence_map.exports.review_citation import citation_cff, review_version
from evidence_map.exports.ris import as_ris, ris_head
from evidence_map.exports.xlsx_table import as_xlsx
from evidence_map.site.evidence import Evidence, Report

Writer = Callable[[Sequence[Report], Evidence], str | bytes]
"""Makes a file of the reports given; the database that they come from knows everything else."""


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line, its file below ``data/``, and for whom it is."""

    name: str
    file: str
    label: str
    media_type: str
    purpose: str
    write: Writer

    @property
    def is_binary(self) -> bool:
        """Whether it is no text, such as a workbook."""
        return self.media_type.startswith(("application/vnd.openxmlformats-", "image/png"))

    def content(self, reports: Sequence[Report], evidence: Evidence) -> bytes:
        """Return the file of *reports*, a text in UTF-8 with the line ends of the format.

        :raises ExportError: if a report cannot be carried by the format as it is.
        """
        written = self.write(reports, evidence)
        return written if isinstance(written, bytes) else written.encode("utf-8")


FORMATS = {
    own.name: own
    for own in (
        Format(
            "bibtex",
            "references.bib",
            "BibTeX",
            "application/x-bibtex",
            "LaTeX with biber and biblatex, JabRef, Zotero",
            as_bibtex,
        ),
        Format(
            "bibtex-ascii",
            "references-ascii.bib",
            "BibTeX (ASCII)",
            "application/x-bibtex",
            "LaTeX with bibtex and pdflatex",
            as_ascii_bibtex,
        ),
        Format(
            "ris",
            "references.ris",
            "RIS",
            "application/x-research-info-systems",
            "EndNote, Zotero, Mendeley, RefWorks, Covidence, Rayyan",
            lambda reports, evidence: as_ris(reports, ris_head(evidence)),
        ),
        Format(
            "endnote",
            "references.enw",
            "EndNote tagged",
            "application/x-endnote-refer",
            "EndNote, NoteExpress",
            lambda reports, evidence: as_enw(reports, review_version(evidence)),
        ),
        Format(
            "endnote-xml",
            "references.xml",
            "EndNote XML",
            "application/xml",
            "EndNote, Zotero",
            as_endnote_xml,
        ),
        Format(
            "csl-json",
            "references.json",
            "CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            "Pandoc, Quarto, R Markdown, Zotero",
            lambda reports, evidence: as_csl_json(reports),
        ),
        Format(
            "csv",
            "reports.csv",
            "Table (CSV)",
            "text/csv",
            "spreadsheets, R, Python",
            as_csv,
        ),
        Format(
            "findings-csv",
            "findings.csv",
            "Table of findings (CSV)",
            "text/csv",
            "spreadsheets, R, Python",
            as_findings_csv,
        ),
        Format(
            "xlsx",
            "reports.xlsx",
            "Workbook (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel, LibreOffice, Google Sheets",
            as_xlsx,
        ),
        Format(
            "json-lines",
            "reports.jsonl",
            "Whole records (JSON Lines)",
            "application/jsonl",
            "scripts in any language",
            lambda reports, evidence: as_json_lines(reports),
        ),
        Format(
            "cff",
            "CITATION.cff",
            "Citation of the review (CFF)",
            "application/yaml",
            "GitHub, Zenodo, Zotero",
            lambda reports, evidence: citation_cff(evidence),
        ),
    )
}
"""All formats by name, in the order in which readers are offered them."""
