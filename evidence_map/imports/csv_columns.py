"""Which column of a table holds what: headings as databases and reference managers write them."""

from __future__ import annotations

import re

_HEADINGS = {
    "title": "title; article title; document title; primary title; item title; ti; title primary",
    "authors": "author full names; authors full names; af; authors; author; au; author s; author names",
    "editors": "editors; editor; be; book editors",
    "year": "year; publication year; published year; pub year; py; year published; year of publication",
    "month": "month; published month; publication month",
    "day": "day",
    "date": "date; issued; publication date; published date; pub date; date published; pd; cover date; "
    "date of publication",
    "container_title": "container title; source title; journal; journal book; journal title; so; "
    "publication title; secondary title; publication; publication name; source publication; book title; "
    "journal name",
    "volume": "volume; vl; vol",
    "issue": "issue; is; issue number; number of issue",
    "page": "page; pages; pagination; page range",
    "first page": "page start; start page; first page; bp; beginning page; spage",
    "last page": "page end; end page; last page; ep; ending page; epage",
    "number": "number; art no; article number; ar; article no; report number",
    "edition": "edition",
    "publisher": "publisher; pu; publisher name",
    "publisher_place": "publisher place; place; place of publication; pi; publisher city; location",
    "doi": "doi; di; digital object identifier; doi link",
    "pmid": "pmid; medline pmid; pubmed id; pubmed; pm; pubmedid",
    "pmcid": "pmcid; pmc id; pmc; pubmed central id",
    "issn": "issn; sn; eissn; ei; print issn; electronic issn; issn isbn",
    "isbn": "isbn; bn; isbns",
    "url": "url; urls; web address; uri",
    "language": "language; la; language of original document; original language; languages",
    "keywords": "author keywords; keywords; keyword; de; keyword s; authors keywords",
    "type": "type; document type; item type; publication type; dt; pt; reference type; source type; "
    "entry type; doctype",
    "original_title": "original title; original non english title; vernacular title; native title",
    "abstract": "abstract; ab; abstract note; summary",
}
"""The headings for each field, in small letters and without signs; the first ones count most."""

_IDLE = """
abbreviated source title; access date; affiliations; author s id; authors with affiliations;
automatic tags; ba; bf; bs; c1; ca; chemicals cas; citation; cited by; cl; coden; conference code;
correspondence address; cr; create date; ct; customizations; cy; d1; d2; da; date added; date
modified; ea; eid; em; esi highly cited; esi hot paper; file attachments; first author; fu; funding
details; fx; ga; gp; has abstract; hc; ho; hp; id; index keywords; j9; ji; journal abbreviation;
key; library catalog; link; link attachments; ma; manufacturers; molecular sequence numbers; nihms
id; nr; num pages; oa; oi; open access; p2; pa; page count; pg; publication stage; rayyan id; ref;
references; ri; rp; sc; se; short title; si; source; sp; sponsors; su; tc; tradenames; u1; u2;
unique wos id; ut; wc; web of science index; wos id; z9
"""

_OURS = frozenset({"key", "citation", "decision", "counted", "container title"})
"""Headings that all stand in the table that this program writes."""

_ORDER = {
    heading: (field, rank)
    for field, headings in _HEADINGS.items()
    for rank, heading in enumerate(re.split(r";\s*", headings))
}
_IDLE_HEADINGS = frozenset(heading.strip() for heading in " ".join(_IDLE.split()).split(";"))


def normal(heading: str) -> str:
    """Return a heading in small letters, without signs.

    >>> normal("Art. No."), normal("container_title"), normal("publicationTitle")
    ('art no', 'container title', 'publication title')
    """
    heading = heading[:200]
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading) if heading[:1].islower() else heading
    return " ".join(re.findall(r"[^\W_]+", apart.lower()))


def columns_by_field(headings: list[str]) -> dict[str, list[int]]:
    """Return for each field the positions of the columns that hold it, those that count most first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for position, heading in enumerate(headings):
        if known := _ORDER.get(normal(heading)):
            found.setdefault(known[0], []).append((known[1], position))
    return {field: [position for _, position in sorted(places)] for field, places in found.items()}


def is_ours(headings: list[str]) -> bool:
    """Whether this program wrote the table."""
    return {normal(heading) for heading in headings} >= _OURS


def is_idle(heading: str, *, has_container: bool) -> bool:
    """Whether a column is a database's own affair, or says again what another one says.

    :param has_container: whether another column has the journal; in Cochrane's tables “Source” has it.
    """
    name = normal(heading)
    return name in _IDLE_HEADINGS and (has_container or name != "source")


_TYPES = {
    "article": "article-journal",
    "journal article": "article-journal",
    "journal": "article-journal",
    "jour": "article-journal",
    "j": "article-journal",
    "article in press": "article-journal",
    "early access": "article-journal",
    "review": "article-journal",
    "review article": "article-journal",
    "short survey": "article-journal",
    "editorial": "article-journal",
    "editorial material": "article-journal",
    "letter": "article-journal",
    "note": "article-journal",
    "data paper": "article-journal",
    "erratum": "article-journal",
    "correction": "article-journal",
    "meeting abstract": "article-journal",
    "book review": "review-book",
    "book": "book",
    "b": "book",
    "edited book": "book",
    "book chapter": "chapter",
    "book section": "chapter",
    "chapter": "chapter",
    "conference paper": "paper-conference",
    "conference proceeding": "paper-conference",
    "conference proceedings": "paper-conference",
    "proceedings paper": "paper-conference",
    "c": "paper-conference",
    "thesis": "thesis",
    "dissertation": "thesis",
    "report": "report",
    "preprint": "article",
    "patent": "patent",
    "p": "patent",
    "dataset": "dataset",
    "data set": "dataset",
    "webpage": "webpage",
    "web page": "webpage",
    "blog post": "post-weblog",
    "newspaper article": "article-newspaper",
    "magazine article": "article-magazine",
    "encyclopedia article": "entry-encyclopedia",
    "dictionary entry": "entry-dictionary",
    "computer program": "software",
    "presentation": "speech",
    "podcast": "broadcast",
    "film": "motion_picture",
    "interview": "interview",
    "manuscript": "manuscript",
    "map": "map",
    "document": "document",
    "generic": "document",
}


def type_of(text: str) -> str | None:
    """Return the CSL type that a cell names; of several, the one that says most.

    >>> type_of("Article; Proceedings Paper"), type_of("journalArticle"), type_of("Tea")
    ('paper-conference', 'article-journal', None)
    """
    found = [_TYPES.get(normal(name)) for name in re.split("[;|,]", text)]
    known = [kind for kind in found if kind]
    return next((kind for kind in known if kind != "article-journal"), known[0] if known else None)
