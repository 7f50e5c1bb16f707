"""Text with its citations resolved: links to the records, and the references that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from evidence_map.citations_in_text import Mention, html_of, mentions
from evidence_map.exports.citation_styles import Citation
from evidence_map.exports.citations import Citations, formatted_citations
from evidence_map.site.evidence import Evidence, Report

FURTHER = "another finding"
"""What stands for a citation that would repeat the one before it, since it leads to the same report."""


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


class Citing:
    """Resolves what texts cite.

    :param citations: the citations of all reports; one that is missing is made when it is needed.
    """

    def __init__(self, evidence: Evidence, citations: Citations) -> None:
        self.evidence = evidence
        self._citations = citations

    def of(self, report: Report) -> list[Citation]:
        """Return the citations of a report in all styles."""
        return self._citations.get(report.key) or formatted_citations([report])[report.key]

    def references(self, reports: Iterable[Report]) -> list[Reference]:
        """Return the list of references of *reports*, each once, by their short citations.

        It is in the first of the styles.
        """
        found = {own.key: Reference(own.key, own.citation, self.of(own)[0].markup) for own in reports}
        return sorted(found.values(), key=_order)

    def text(self, written: str | None, root: str, *, anchors: bool = False) -> CitedText:
        """Return Markdown with its citations as links; see :func:`cited_text`."""
        return cited_text(written or "", root, self._reference, anchors=anchors)

    def cited_in(self, written: str | None) -> dict[str, Reference]:
        """Return the references of all reports that a text cites, by their keys."""
        keys = dict.fromkeys(mention.key for mention, _ in mentions(written or ""))
        found = {key: self._reference(key) for key in keys}
        return {key: reference for key, reference in found.items() if reference}

    def _reference(self, key: str) -> Reference | None:
        report = self.evidence.reports.get(key)
        return Reference(key, report.citation, self.of(report)[0].markup) if report else None


def cited_text(
    written: str, root: str, reference_of: Callable[[str], Reference | None], *, anchors: bool = False
) -> CitedText:
    """Return Markdown with its citations as links: *Lamp et al. 2021*, to the record or finding.

    :param root: the way from the page to the root of the site.
    :param reference_of: returns the reference of a report by its key, or None if there is none.
    :param anchors: whether its headings can be led to.
    """
    cited: dict[str, Reference] = {}

    def link(mention: Mention) -> str:
        reference = reference_of(mention.key)
        if reference is None:
            return str(escape(f"@{mention.written}"))
        cited[reference.key] = reference
        anchor = f"#{mention.finding}" if mention.finding else ""
        address = f"{root}records/{reference.key}/{anchor}"
        name = FURTHER if mention.is_further else reference.citation
        return f'<a href="{escape(address)}"><bdi>{escape(name)}</bdi></a>'

    html = Markup(html_of(written, link, anchors=anchors))  # noqa: S704 (the parser and link escape)
    return CitedText(html, sorted(cited.values(), key=_order))


def _order(reference: Reference) -> tuple[str, str]:
    return reference.citation.casefold(), reference.key
