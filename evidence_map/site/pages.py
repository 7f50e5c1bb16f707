"""All pages of evidence: each is a template from site_templates/pages and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import Markup

from evidence_map.checking import rule_groups
from evidence_map.checklists.answered import answered
from evidence_map.contributing import finding_fields, record_fields
from evidence_map.database.description import EXAMPLES, describe
from evidence_map.exports.citations import Citations
from evidence_map.exports.formats import FORMATS
from evidence_map.exports.review_citation import review_citation
from evidence_map.exports.review_reference import review_report
from evidence_map.problem_reports import counted
from evidence_map.site.agreement_page import AgreementPage
from evidence_map.site.appraisal_page import appraisal_page
from evidence_map.site.change_log import Release, change_log
from evidence_map.site.cited_text import Citing
from evidence_map.site.coins import coins
from evidence_map.site.download_list import downloads
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.finding_pages import FindingPages
from evidence_map.site.flow_pages import FlowPages
from evidence_map.site.map_rows import MapRows
from evidence_map.site.map_table import MapTable, map_tables
from evidence_map.site.metadata import review_head
from evidence_map.site.overview import GEOMETRY, charted_studies, overview
from evidence_map.site.package_list import listed_packages
from evidence_map.site.page import Page, way_to_root
from evidence_map.site.record_list import RecordList
from evidence_map.site.record_page import RecordView
from evidence_map.site.record_source import RecordSources
from evidence_map.site.reference_entries import reference_entries
from evidence_map.site.study_list import StudyList
from evidence_map.site.templates import environment
from evidence_map.site.term_pages import TermPages
from evidence_map.site.text import source_line


class Pages:
    """Renders the pages of one review. ``version`` is that of the program, for the colophon.

    :param citations: the citations of all reports; without them they are made page by page.
    :param repository: the address of the repository, where the review names it.
    """

    def __init__(
        self,
        evidence: Evidence,
        templates: Path,
        version: str,
        citations: Citations | None = None,
        repository: str | None = None,
    ) -> None:
        self.evidence = evidence
        self.repository = repository
        self.version = version
        self.citing = Citing(evidence, citations or {})
        self._spans: dict[str, Markup] = {}
        self._colophons: dict[str, Markup] = {}
        self.environment = environment(templates)
        self.environment.filters.update(coins=self._coins, cited=self.citing.text)
        self.environment.globals.update(evidence=evidence, meta=evidence.meta)
        self.flow_pages = FlowPages(evidence, self.render)
        self.agreement_page = AgreementPage(evidence, self.render)
        self.map_rows = MapRows(evidence, self.render)
        self.term_pages = TermPages(evidence, self.render, self.findings)
        self.study_list = StudyList(evidence, self.render)

    def render(self, template: str, address: PurePosixPath, **values: Any) -> Markup:
        """Return a template rendered for the page at *address*."""
        root = way_to_root(address)
        text = self.environment.get_template(template).render(root=root, **values)
        return Markup(text)  # noqa: S704 (the environment escapes)

    @cached_property
    def maps(self) -> list[MapTable]:
        """The published maps."""
        return map_tables(self.evidence)

    def slots(self) -> dict[str, Callable[[PurePosixPath], Markup]]:
        """Return what written pages can ask for, by the name of the slot."""
        return {
            "home": self._home,
            "map": lambda address: (
                self._map(self.maps[0], address) if self.maps else self._no_map(address)
            ),
            "overview": self._overview,
            "records": self._records,
            "review-findings": self.findings.listing,
            "studies": self.study_list.body,
            "codebook": self._codebook,
            "protocol": self._protocol,
            "appraisal": lambda address: appraisal_page(self.evidence, self.render, address),
            "changes": self._changes,
            "flow": self.flow_pages.main,
            "checklists": lambda address: self.render(
                "checklists.html", address, checklists=answered(self.evidence)
            ),
            "agreement": self.agreement_page.body,
            "database": self._database,
            "form": lambda address: self.render("form.html", address, repository=self.repository),
            "fields": lambda address: self.render("fields.html", address, sections=record_fields()),
            "finding-fields": lambda address: self.render(
                "fields.html", address, sections=finding_fields()
            ),
            "rules": lambda address: self.render("rules.html", address, groups=rule_groups()),
            "formats": lambda address: self.render(
                "formats.html", address, groups=downloads(bool(self.maps))
            ),
            "packages": lambda address: self.render(
                "packages.html", address, packages=listed_packages()
            ),
            "head": self._head,
            "colophon": self.colophon,
        }

    @cached_property
    def change_log(self) -> list[Release]:
        """What each version of the review changed."""
        return change_log(self.evidence)

    def _changes(self, address: PurePosixPath) -> Markup:
        return self.render("changes.html", address, releases=self.change_log)

    @cached_property
    def findings(self) -> FindingPages:
        """The pages of review findings."""
        return FindingPages(self.evidence, self.render, self.citing)

    def _coins(self, report: Report) -> Markup:
        """Return the span of a report, which many lists show; each is made once."""
        if report.key not in self._spans:
            self._spans[report.key] = coins(report)
        return self._spans[report.key]

    def _head(self, address: PurePosixPath) -> Markup:
        """Return what the head of a written page says to programs: on two of them, what the data are."""
        if address.as_posix() not in (".", "database"):
            return Markup("")
        return review_head(self.evidence, way_to_root(address), list(FORMATS.values()))

    def colophon(self, address: PurePosixPath) -> Markup:
        """Return the line at the foot of every page."""
        root = way_to_root(address)
        if root not in self._colophons:
            self._colophons[root] = self.render("colophon.html", address, program=self.version)
        return self._colophons[root]

    def pages(self) -> Iterator[Page]:
        """Yield every page that is stamped from a shell, but for those of the records."""
        for number in range(2, self.record_list.pages + 1):
            yield self.records_page(number)
        yield from self.findings.pages()
        for name, study in self.evidence.studies.items():
            if study.declared:
                yield self.study(name)
        yield from self.study_list.pages()
        yield from self.term_pages.pages(self.maps)
        yield from self.flow_pages.pages()
        for table in self.maps:
            yield self.map_page(table)
            for row in table.rows:
                if any(table.filled(row)):
                    yield self.map_rows.page(table, row)

    def _home(self, address: PurePosixPath) -> Markup:
        sql = """SELECT key FROM record WHERE counted = 1
            ORDER BY extraction_date DESC, issued DESC, key LIMIT 5"""
        newest = [self.evidence.reports[row["key"]] for row in self.evidence.rows(sql)]
        return self.render(
            "home.html",
            address,
            totals=self.evidence.totals,
            notes=self._standing_apart(),
            newest=newest,
            maps=self.maps,
            findings=self.findings.foremost(),
            number_of_findings=len(self.findings.all),
            citation=review_citation(self.evidence),
            review=review_report(self.evidence),
            entries=reference_entries(review_report(self.evidence)),
            source_line=source_line,
        )

    def _standing_apart(self) -> list[str]:
        """Return a sentence for each kind of report that the counts leave out."""
        totals = self.evidence.totals
        kinds = {
            "apart": "shown apart and not counted",
            "ongoing": "ongoing",
            "awaiting": "awaiting a decision",
            "excluded": "excluded with a reason",
        }
        return [
            f"{counted(totals[name], 'report')} {what}." for name, what in kinds.items() if totals[name]
        ]

    def _no_map(self, address: PurePosixPath) -> Markup:
        return self.render("no_map.html", address)

    def _map(self, table: MapTable, address: PurePosixPath) -> Markup:
        return self.map_body(table, way_to_root(address))

    def map_body(
        self, table: MapTable, root: str, *, embedded: bool = False, offline: bool = False
    ) -> Markup:
        """Return a map with its controls.

        :param root: the way to the root of the site.
        :param embedded: whether it stands in a frame on another page.
        :param offline: whether it stands in the one file for offline use.
        """
        text = self.environment.get_template("map.html").render(
            root=root,
            table=table,
            maps=self.maps,
            totals=self.evidence.totals,
            embedded=embedded,
            offline=offline,
        )
        return Markup(text)  # noqa: S704 (the environment escapes)

    def map_page(self, table: MapTable) -> Page:
        """Return the page of one map."""
        address = PurePosixPath("map", table.id)
        return Page(address, table.title, table.question, self._map(table, address), "entry")

    @cached_property
    def record_list(self) -> RecordList:
        """The list of all reports."""
        return RecordList(self.evidence)

    def _records(self, address: PurePosixPath, number: int = 1) -> Markup:
        records = self.record_list
        rows = [records.row(report) for report in records.on_page(number)]
        return self.render("records.html", address, records=records, rows=rows, number=number)

    def records_page(self, number: int) -> Page:
        """Return a page of the list of reports behind the first one, which is a written page."""
        records = self.record_list
        address = records.address(number)
        title = f"Reports, page {number} of {records.pages}"
        description = f"Reports of {records.years(number)}, the newest first."
        return Page(address, title, description, self._records(address, number), "subentry")

    @cached_property
    def record_sources(self) -> RecordSources:
        """What the pages of all records are made from."""
        return self.sources_of(None)

    def sources_of(self, keys: Sequence[str] | None) -> RecordSources:
        """Return what the pages of some records are made from; of all where no *keys* are given."""
        return RecordSources(
            self.evidence, self.citing, self.findings, self.flow_pages, lambda: self.maps, keys
        )

    def _overview(self, address: PurePosixPath) -> Markup:
        return self.render(
            "overview.html",
            address,
            parts=overview(self.evidence),
            charted=charted_studies(self.evidence),
            geometry=GEOMETRY,
            totals=self.evidence.totals,
            maps=self.maps,
        )

    def study(self, name: str) -> Page:
        """Return the page of a study with its reports and all their findings."""
        study = self.evidence.studies[name]
        address = PurePosixPath("studies", name)
        reports = [self.evidence.reports[key] for key in study.reports]
        body = self.render(
            "study.html",
            address,
            study=study,
            reports=reports,
            source_line=source_line,
            view=lambda report: RecordView.of(self.evidence, report),
            is_counted=any(report.counted for report in reports),
        )
        return Page(address, study.label, study.title, body, "entry")

    def _codebook(self, address: PurePosixPath) -> Markup:
        return self.render("codebook.html", address)

    def _protocol(self, address: PurePosixPath) -> Markup:
        return self.render("protocol.html", address)

    def _database(self, address: PurePosixPath) -> Markup:
        described = [asdict(table) for table in describe(self.evidence.connection)]
        return self.render("database.html", address, tables=described, examples=EXAMPLES)
