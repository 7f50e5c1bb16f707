"""The codes of all findings in one compact file, from which the live pages count.

The file holds a header in JSON and after it columns of small numbers: how many reports each study
has, how many findings each report has, and for each dimension the terms of each report or finding.
Reports of one study stand together, studies with the latest report first, so that distinct studies
can be counted in one pass and the first page of a list needs few texts. `site_templates/js`
reads the file; `columns.js` documents the same layout from the other side.
"""

from __future__ import annotations

import gzip
import json
import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from evidence_map.dimensions import BUILT_IN
from evidence_map.site.evidence import Dimension, Evidence, Report
from evidence_map.site.map_table import MapTable

MARK = b"EMC1"
"""The first bytes of the file: its kind and the version of its layout."""

ALIGNMENT = 4
DECISION = "_decision"
"""The dimension made of the decisions on reports; the underscore keeps it apart from a codebook's."""

_DECISIONS = {
    "counted": ("Counted on the maps", "Included, and counted as a study."),
    "apart": ("Included, shown apart", "Included, but of a kind that is not counted as a study."),
    "ongoing": ("Ongoing", "Not finished when it was looked at."),
    "awaiting": ("Awaiting a decision", "Nobody has decided yet whether it belongs here."),
    "excluded": ("Excluded", "Looked at and left out, with a reason."),
}


def decision(report: Report) -> str:
    """Return what was decided on a report, with included ones told apart by whether they count."""
    if report.counted:
        return "counted"
    return "apart" if report.row["decision"] == "included" else str(report.row["decision"])


class Columns:
    """The columns of a review and the order of reports in them."""

    def __init__(self, evidence: Evidence, maps: Sequence[MapTable]) -> None:
        self.evidence = evidence
        self.maps = maps

    @cached_property
    def reports(self) -> list[Report]:
        """All reports in the order of the file: the study with the latest report first."""
        reports = self.evidence.reports

        def latest_first(study: str) -> list[Report]:
            own = [reports[key] for key in self.evidence.studies[study].reports]
            own.sort(key=lambda report: report.key)
            return sorted(own, key=lambda report: report.row["issued"] or "", reverse=True)

        of_study = {study: latest_first(study) for study in sorted(self.evidence.studies)}
        studies = sorted(
            (own for own in of_study.values() if own),
            key=lambda own: own[0].row["issued"] or "",
            reverse=True,
        )
        return [report for own in studies for report in own]

    def packed(self) -> bytes:
        """Return the whole file, compressed so that it is small on any host; always the same bytes."""
        names, payloads = [], []
        offset = 0
        for name, numbers in self._columns():
            column = _smallest(numbers)
            data = column.tobytes()
            data += b"\0" * (-len(data) % ALIGNMENT)
            kind = {"B": "u8", "H": "u16", "I": "u32"}[column.typecode]
            names.append({"name": name, "kind": kind, "offset": offset, "length": len(column)})
            payloads.append(data)
            offset += len(data)
        header = json.dumps({**self._header(), "columns": names}, ensure_ascii=False).encode()
        header += b" " * (-len(header) % ALIGNMENT)
        whole = MARK + struct.pack("<I", len(header)) + header + b"".join(payloads)
        return gzip.compress(whole, 9, mtime=0)

    def _columns(self) -> Iterator[tuple[str, Iterable[int]]]:
        sizes: dict[str, int] = defaultdict(int)
        for report in self.reports:
            sizes[report.row["study"]] += 1
        yield "reports-of-study", sizes.values()
        yield "findings-of-report", (len(report.findings) for report in self.reports)
        decisions = list(_DECISIONS)
        yield "decision-of-report", (decisions.index(decision(report)) for report in self.reports)
        for dimension in self.evidence.dimensions.values():
            yield from self._codes(dimension)

    def _codes(self, dimension: Dimension) -> Iterator[tuple[str, Iterable[int]]]:
        """Yield how many terms each report or finding has of a dimension, and the terms themselves."""
        number = {term: index for index, term in enumerate(self.evidence.terms[dimension.id])}
        holders: Iterable[list[int]] = (
            [number[term.id] for term in terms if term.dimension == dimension.id]
            for terms in (
                (report.codes for report in self.reports)
                if dimension.applies_to == "records"
                else (finding.placed_terms for report in self.reports for finding in report.findings)
            )
        )
        codes = list(holders)
        yield f"{dimension.id}:counts", (len(own) for own in codes)
        yield f"{dimension.id}:terms", (code for own in codes for code in own)

    def _header(self) -> dict[str, Any]:
        meta = self.evidence.meta
        searched = self.evidence.rows("SELECT max(date) FROM search")[0][0]
        return {
            "title": meta["title"],
            "shortTitle": meta["short_title"],
            "version": meta["version"],
            "date": meta["data_date"],
            "address": meta.get("address", ""),
            "authors": self.evidence.authors,
            "searched": searched or "",
            "totals": {name: self.evidence.totals[name] for name in ("studies", "reports", "findings")},
            "dimensions": [self._dimension(own) for own in self.evidence.dimensions.values()],
            "decisions": [
                {"id": id, "label": label, "definition": definition}
                for id, (label, definition) in _DECISIONS.items()
            ],
            "maps": [_map(table) for table in self.maps],
        }

    def _dimension(self, dimension: Dimension) -> dict[str, Any]:
        terms = self.evidence.terms[dimension.id]
        number = {term: index for index, term in enumerate(terms)}
        return {
            "id": dimension.id,
            "label": dimension.label,
            "definition": dimension.definition,
            "level": "report" if dimension.applies_to == "records" else "finding",
            "years": dimension.id in BUILT_IN and BUILT_IN[dimension.id].newest_first,
            "terms": [
                {
                    "id": term.id,
                    "label": term.label,
                    # A country or a year needs none.
                    "definition": "" if dimension.id in BUILT_IN else term.definition,
                    "parent": number[term.parent] if term.parent else -1,
                }
                for term in terms.values()
            ],
        }


def _map(table: MapTable) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "question": table.question,
        "unit": table.unit,
        "rows": table.row_dimension,
        "columns": table.column_dimension,
        "segments": table.segment_dimension,
        "outside": [
            [*place, cell.reason] for place, cell in table.cells.items() if cell.empty == "outside"
        ],
    }


def _smallest(numbers: Iterable[int]) -> array[int]:
    """Return the numbers in the narrowest type that holds the largest of them."""
    values = list(numbers)
    largest = max(values, default=0)
    kind = "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"
    return array(kind, values)
