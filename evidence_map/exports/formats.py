"""The formats in which references and tables are taken away, each with its file and its writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidence_map.exports.bibtex import as_bibtex
from evidence_map.exports.csl_json import as_csl_json
from evidence_map.exports.csv_table import as_csv
from evidence_map.exports.ris import as_ris
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
            lambda reports, evidence: as_bibtex(reports),
        ),
        Format(
            "ris",
            "references.ris",
            "RIS",
            "application/x-research-info-systems",
            "EndNote, Zotero, Mendeley, RefWorks, Covidence, Rayyan",
            lambda reports, evidence: as_ris(reports),
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
    )
}
"""All formats by name, in the order in which readers are offered them."""
