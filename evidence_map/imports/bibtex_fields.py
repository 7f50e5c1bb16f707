"""What BibTeX's types and fields are in a record.

Sources: Oren Patashnik, *BibTeXing*, for the classic ones; the manual of biblatex, sections 2.1 and
2.2, for the newer ones; what reference managers and databases add of their own was taken from their
exports.
"""

from __future__ import annotations

TYPES = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "data": "dataset",
    "dataset": "dataset",
    "electronic": "webpage",
    "image": "graphic",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "book",
    "mastersthesis": "thesis",
    "movie": "motion_picture",
    "music": "song",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "newspaper": "article-newspaper",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "webpage": "webpage",
    "www": "webpage",
}
"""The CSL type of each BibTeX type; what is not named here is ``document``."""

SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
"""The CSL type of an ``article`` by its ``entrysubtype``."""

VAGUE = {"misc", "report", "techreport", "unpublished", "thesis", "phdthesis"}
SAID_TYPES = {
    *("broadcast", "event", "hearing", "interview", "map", "musical_score", "performance", "speech"),
    *("standard", "treaty", "report", "thesis"),
}
"""CSL types that the field ``type`` of an entry of a vague type may name, for want of a better one."""

_PARTS_WORDS = """
article-journal article-magazine article-newspaper review review-book chapter paper-conference
entry-encyclopedia periodical
"""
PARTS = frozenset(_PARTS_WORDS.split())
"""CSL types whose ``number`` is the issue of what they stand in; of others it is their own number."""

PUBLISHERS = ("publisher", "institution", "school", "organization")
PLACES = ("address", "location")
"""Where both are given, as ACM does, the second one is where a conference was held."""
CONTAINERS = (
    "journaltitle",
    "journal",
    "booktitle",
    "maintitle",
    "series",
    "shortjournal",
    "journal-iso",
)
"""What the work stands in, the first that is given; the others are left over."""

ARTICLE_NUMBERS = ("eid", "article-number", "articleno", "art_number")

KEYWORDS = ("author_keywords", "keywords", "keyword")
"""Where the authors' keywords stand; beside ``author_keywords``, ``keywords`` are the database's."""

SENTENCES = {"abstract", "annote", "annotation", "review", "comment"}
"""Fields that hold sentences of the paper or about it, which no record takes over."""

_OWN_WORDS = """
__markedentry abbrev_source_title abstract_url added-at adsnote adsurl affiliation affiliations
author-email bibsource biburl cited-references coden correspondence_address creationdate da
date-added date-modified doc-delivery-number document_type earlyaccessdate eissn
esi-highly-cited-paper esi-hot-paper file funding-acknowledgement funding-text groups interhash
intrahash issue_date journal-iso keywords-plus local-url modificationdate number-of-cited-references
numpages oa options orcid-numbers owner page_count pdf printed priority publication_stage ranking
rating readstatus references relevance research-areas researcherid-numbers shorttitle
sortname sorttitle source times-cited timestamp unique-id urldate usage-count-last-180-days
usage-count-since-2013 username web-of-science-categories web-of-science-index
"""
HOUSEKEEPING = frozenset(_OWN_WORDS.split())
"""Fields of a program's own: files on somebody's machine, groups, citation counts, days of a visit."""

HOUSEKEEPERS = ("bdsk-", "mendeley-", "citeulike-", "funding_", "jabref-", "comment-")
"""How further such fields begin."""

_UNHELD_WORDS = """
Fields that are understood, but that no record has. addendum address annotator booktitle
booktitleaddon chapter commentator copyright eventdate eventtitle holder howpublished institution
issuetitle journalsubtitle license location maintitle note organization origdate pagetotal part
pubstate school series titleaddon translator type venue version volumes
"""
UNHELD = frozenset(_UNHELD_WORDS.split())
"""Fields that are understood, but that no record has."""

BABEL = {
    "american": "en-US",
    "australian": "en-AU",
    "austrian": "de-AT",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "british": "en-GB",
    "canadian": "en-CA",
    "canadien": "fr-CA",
    "francais": "fr",
    "frenchb": "fr",
    "germanb": "de",
    "magyar": "hu",
    "mexican": "es-MX",
    "naustrian": "de-AT",
    "newzealand": "en-NZ",
    "ngerman": "de",
    "norsk": "nb",
    "nswissgerman": "de-CH",
    "nynorsk": "nn",
    "portuges": "pt",
    "swissgerman": "de-CH",
    "ukenglish": "en-GB",
    "usenglish": "en-US",
}
"""Languages by the names of the package babel that are no names of ISO 639."""
