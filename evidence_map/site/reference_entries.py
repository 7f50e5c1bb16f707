"""A single reference in the formats of reference managers, as it stands on its page."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_map.exports.bibtex import as_bibtex
from evidence_map.exports.csl_json import as_csl_json
from evidence_map.exports.formats import FORMATS
from evidence_map.exports.ris import as_ris
from evidence_map.site.evidence import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in a format: what it is called, for whom it is, and the file that holds it alone."""

    name: str
    label: str
    purpose: str
    media_type: str
    file: str
    text: str

    @property
    def ends_lines_with_return(self) -> bool:
        """Whether its lines end in CR LF, which no page can hold."""
        return "\r\n" in self.text


def reference_entries(report: Report) -> list[Entry]:
    """Return a reference in the formats that a page offers.

    :raises ExportError: if a value holds a line break or another control character.
    """
    texts = {
        "bibtex": as_bibtex([report]),
        "ris": as_ris([report]),
        "csl-json": as_csl_json([report]),
    }
    return [
        Entry(
            name,
            FORMATS[name].label,
            FORMATS[name].purpose,
            FORMATS[name].media_type,
            f"{report.key}.{FORMATS[name].file.rpartition('.')[2]}",
            text,
        )
        for name, text in texts.items()
    ]
