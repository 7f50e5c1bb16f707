"""Types of publications as EndNote and the registries name them, and the type of CSL for each."""

from __future__ import annotations

SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})
"""Types of what stands in a journal or newspaper."""

_ENDNOTE_TYPES = {
    "aggregated database": "dataset",
    "ancient text": "classic",
    "artwork": "graphic",
    "audiovisual material": "broadcast",
    "bill": "bill",
    "blog": "post-weblog",
    "book": "book",
    "book section": "chapter",
    "book chapter": "chapter",
    "case": "legal_case",
    "catalog": "document",
    "chart or table": "figure",
    "classical work": "classic",
    "computer program": "software",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "dataset": "dataset",
    "dictionary": "entry-dictionary",
    "discussion forum": "post",
    "edited book": "book",
    "electronic article": "article-journal",
    "electronic book": "book",
    "electronic book section": "chapter",
    "encyclopedia": "entry-encyclopedia",
    "equation": "document",
    "figure": "figure",
    "film or broadcast": "motion_picture",
    "generic": "document",
    "government document": "report",
    "grant": "document",
    "hearing": "hearing",
    "interview": "interview",
    "journal article": "article-journal",
    "legal rule or regulation": "regulation",
    "magazine article": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "multimedia application": "webpage",
    "music": "musical_score",
    "newspaper article": "article-newspaper",
    "online database": "dataset",
    "online multimedia": "webpage",
    "pamphlet": "pamphlet",
    "patent": "patent",
    "personal communication": "personal_communication",
    "podcast": "broadcast",
    "press release": "pamphlet",
    "report": "report",
    "serial": "periodical",
    "social media": "post",
    "standard": "standard",
    "statute": "legislation",
    "television episode": "broadcast",
    "thesis": "thesis",
    "unpublished work": "article",
    "web page": "webpage",
}
"""EndNote's reference types in small letters."""

CROSSREF_TYPES = {
    "book": "book",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-series": "book",
    "book-set": "book",
    "book-track": "chapter",
    "component": "document",
    "database": "dataset",
    "dataset": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "grant": "document",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "monograph": "book",
    "other": "document",
    "peer-review": "review",
    "posted-content": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "proceedings-series": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "standard": "standard",
}
"""Crossref's types, which some write into CSL-JSON too."""

DATACITE_TYPES = {
    "Audiovisual": "motion_picture",
    "Book": "book",
    "BookChapter": "chapter",
    "Collection": "collection",
    "ComputationalNotebook": "software",
    "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book",
    "DataPaper": "article-journal",
    "Dataset": "dataset",
    "Dissertation": "thesis",
    "Event": "event",
    "Image": "graphic",
    "Journal": "periodical",
    "JournalArticle": "article-journal",
    "OutputManagementPlan": "report",
    "PeerReview": "review",
    "Preprint": "article",
    "Report": "report",
    "Software": "software",
    "Standard": "standard",
}
"""DataCite's general types."""

PUBMED_TYPES = {
    "preprint": "article",
    "dataset": "dataset",
    "newspaper article": "article-newspaper",
    "academic dissertation": "thesis",
    "technical report": "report",
    "patent": "patent",
    "webcast": "broadcast",
}
"""PubMed's publication types that are no articles in journals."""


def csl_type(name: str) -> str | None:
    """Return the CSL type of a reference type of EndNote, or None if it is not known.

    >>> csl_type("Journal Article"), csl_type("Book  Section")
    ('article-journal', 'chapter')
    """
    return _ENDNOTE_TYPES.get(" ".join(name.lower().split()))
