"""The list of the counted studies, by their names, on as many pages as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from evidence_map.site.evidence import Evidence, Report, Study
from evidence_map.site.page import Page
from evidence_map.site.paging import PER_PAGE, Paging

FIRST = PurePosixPath("studies")


class StudyList:
    """Renders the list. *render* fills a template."""

    def __init__(self, evidence: Evidence, render: Callable[..., Markup]) -> None:
        self.evidence = evidence
        self.render = render

    @cached_property
    def paging(self) -> Paging[Study]:
        """The studies with at least one counted report."""
        studies = [study for study in self.evidence.studies.values() if self._is_counted(study)]
        return Paging(studies, FIRST, FIRST / "page", PER_PAGE)

    def _is_counted(self, study: Study) -> bool:
        return any(report.counted for report in self._reports(study))

    def _reports(self, study: Study) -> list[Report]:
        return [self.evidence.reports[key] for key in study.reports]

    def pages(self) -> Iterator[Page]:
        """Yield the pages behind the first one, which is a written page."""
        for number in self.paging.further:
            address = self.paging.address(number)
            title = f"Studies, page {number} of {self.paging.pages}"
            description = f"Studies by name: {self.between(number)}."
            yield Page(address, title, description, self.body(address, number), "subentry")

    def body(self, address: PurePosixPath, number: int = 1) -> Markup:
        """Return the body of a page of the list."""
        studies = [(study, self._reports(study)) for study in self.paging.on_page(number)]
        return self.render(
            "studies.html",
            address,
            studies=studies,
            paging=self.paging,
            number=number,
            between=self.between,
        )

    def between(self, number: int) -> str:
        """Return from which to which name a page goes: *Ada–Lamp*."""
        studies = self.paging.on_page(number)
        names = [study.label.split()[0].rstrip(",:") for study in (studies[0], studies[-1])]
        return "–".join(dict.fromkeys(names))
