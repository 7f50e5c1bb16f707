"""The page of critical appraisals: two figures, every answer, what is not appraised, and the tools."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import PurePosixPath

from markupsafe import Markup

from evidence_map.figures.appraisal import summary_svg, traffic_light_svg
from evidence_map.site.appraisals import Appraisals
from evidence_map.site.evidence import Evidence
from evidence_map.site.paging import excerpt

FEW = 5
"""Below this number of appraised reports, shares of answers say nothing of the evidence as a whole."""

MOST_OPEN = 12
"""Up to this number of reports all answers are open at once."""

MOST_ANSWERED = 100
"""How many reports stand on the page with their answers; each has them on its own page as well."""

MOST_NAMED = 200
"""How many reports that are not appraised are named for each reason."""


def appraisal_page(evidence: Evidence, render: Callable[..., Markup], address: PurePosixPath) -> Markup:
    """Return the body of the page at *address*; *render* fills a template."""
    appraisals = Appraisals(evidence)
    used = {panel.tool.id for panel in appraisals.panels}
    return render(
        "appraisal.html",
        address,
        appraisals=appraisals,
        answered=list(islice(appraisals.answered(), MOST_ANSWERED)),
        not_appraised=[
            (group.reason, excerpt(group.reports, MOST_NAMED, MOST_NAMED))
            for group in appraisals.not_appraised
        ],
        by_report=Markup(traffic_light_svg(appraisals)),  # noqa: S704 (the drawing escapes its words)
        by_item=Markup(summary_svg(appraisals)),  # noqa: S704 (the drawing escapes its words)
        used=used,
        is_few=0 < len(appraisals.appraised) < FEW,
        all_open=len(appraisals.appraised) <= MOST_OPEN,
    )
