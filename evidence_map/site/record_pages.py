"""The pages of records, each made from its source and nothing else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from markupsafe import Markup

from evidence_map.exports.citation_styles import STYLES
from evidence_map.site.cited_text import cited_text
from evidence_map.site.metadata import record_head
from evidence_map.site.page import Page, way_to_root
from evidence_map.site.record_page import CORRECTED_AT, Frame, RecordView
from evidence_map.site.record_source import RecordSource
from evidence_map.site.reference_entries import reference_entries
from evidence_map.site.templates import environment
from evidence_map.site.text import source_line


class RecordPages:
    """Renders the pages of records.

    :param templates: the folder of site templates.
    :param frame: what all records share.
    """

    def __init__(self, templates: Path, frame: Frame) -> None:
        self._template = environment(templates).get_template("record.html")
        self._frame = frame

    def page(self, source: RecordSource) -> Page:
        """Return the page of a record."""
        report = source.report
        address = PurePosixPath("records", report.key)
        root = way_to_root(address)
        notes = report.row["notes"]
        text = self._template.render(
            root=root,
            report=report,
            view=RecordView(self._frame, report, source.twice),
            study=source.study,
            companions=source.companions,
            shared=source.shared,
            duplicate_of=source.duplicate_of,
            version_of=source.version_of,
            places=source.places,
            citations=source.citations,
            contributions=source.contributions,
            styles=STYLES,
            entries=reference_entries(report),
            source_line=source_line(report),
            searches=source.searches,
            second=source.second,
            notes=cited_text(notes, root, source.cited.get) if notes else None,
            corrected_at=CORRECTED_AT,
        )
        title = report.row["title"]
        body = Markup(text)  # noqa: S704 (the environment escapes)
        return Page(address, title, f"{report.citation}: {title}", body, "entry", record_head(report))
