"""Text with its citations resolved: links to the records, and the references that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from evidence_map.citations_in_text import Mention, html_of
from evidence_map.site.evidence import Evidence, Report

FormatReference = Callable[[Report], Markup]
"""Makes the whole reference of a report, as it stands in a list of references."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a list of references."""

    key: str
    citation: str
    text: Markup


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text as HTML, and the references of what it cites, in the order of their short citations."""

    html: Markup
    references: list[Reference]


def cited_text(
    text: str | None, root: str, evidence: Evidence, format_reference: FormatReference
) -> CitedText:
    """Return Markdown with each citation as a link: *Lamp et al. 2021*, to the record or its finding.

    :param root: the way from the page to the root of the site.
    """
    cited: dict[str, Report] = {}

    def link(mention: Mention) -> str:
        report = evidence.reports.get(mention.key)
        if report is None:
            return str(escape(f"@{mention.written}"))
        cited[report.key] = report
        anchor = f"#{mention.finding}" if mention.finding else ""
        address = f"{root}records/{report.key}/{anchor}"
        return f'<a href="{escape(address)}"><bdi>{escape(report.citation)}</bdi></a>'

    html = html_of(text or "", link)
    return CitedText(
        Markup(html),  # noqa: S704 (the parser lets no HTML through, and links are escaped)
        references(cited.values(), format_reference),
    )


def references(reports: Iterable[Report], format_reference: FormatReference) -> list[Reference]:
    """Return the list of references of *reports*, each once, in the order of their short citations."""
    by_key = {report.key: report for report in reports}
    ordered = sorted(by_key.values(), key=lambda report: (report.citation.casefold(), report.key))
    return [Reference(report.key, report.citation, format_reference(report)) for report in ordered]
