"""What the two formats of EndNote share: its reference types, and how it is told what a body is.

Sources: the help of EndNote 2025 (*Reference Types*, *Creating a Tagged EndNote Import File*) for
the names and for corporate authors; the numbers are those that EndNote writes into ``ref-type``.
"""

from __future__ import annotations

from typing import NamedTuple

from evidence_map.exports.fields import family_first
from evidence_map.site.evidence import Person, Report


class EndNoteType(NamedTuple):
    """A reference type of EndNote, with the number that stands for it in XML."""

    name: str
    number: int


GENERIC = EndNoteType("Generic", 13)
_ARTWORK = EndNoteType("Artwork", 2)
_ENCYCLOPEDIA = EndNoteType("Encyclopedia", 53)
_FILM = EndNoteType("Film or Broadcast", 21)
_JOURNAL = EndNoteType("Journal Article", 17)
_LETTER = EndNoteType("Personal Communication", 26)
_MUSIC = EndNoteType("Music", 61)
_WEB_PAGE = EndNoteType("Web Page", 12)

TYPES = {
    "article": EndNoteType("Unpublished Work", 34),
    "article-journal": _JOURNAL,
    "article-magazine": EndNoteType("Magazine Article", 19),
    "article-newspaper": EndNoteType("Newspaper Article", 23),
    "bill": EndNoteType("Bill", 4),
    "book": EndNoteType("Book", 6),
    "broadcast": _FILM,
    "chapter": EndNoteType("Book Section", 5),
    "classic": EndNoteType("Classical Work", 49),
    "collection": EndNoteType("Edited Book", 28),
    "dataset": EndNoteType("Dataset", 59),
    "document": GENERIC,
    "entry": _ENCYCLOPEDIA,
    "entry-dictionary": EndNoteType("Dictionary", 52),
    "entry-encyclopedia": _ENCYCLOPEDIA,
    "event": GENERIC,
    "figure": EndNoteType("Figure", 37),
    "graphic": _ARTWORK,
    "hearing": EndNoteType("Hearing", 14),
    "interview": _LETTER,
    "legal_case": EndNoteType("Case", 7),
    "legislation": EndNoteType("Statute", 31),
    "manuscript": EndNoteType("Manuscript", 36),
    "map": EndNoteType("Map", 20),
    "motion_picture": _FILM,
    "musical_score": _MUSIC,
    "pamphlet": EndNoteType("Pamphlet", 24),
    "paper-conference": EndNoteType("Conference Proceedings", 10),
    "patent": EndNoteType("Patent", 25),
    "performance": GENERIC,
    "periodical": EndNoteType("Serial", 57),
    "personal_communication": _LETTER,
    "post": _WEB_PAGE,
    "post-weblog": EndNoteType("Blog", 56),
    "regulation": EndNoteType("Legal Rule or Regulation", 50),
    "report": EndNoteType("Report", 27),
    "review": _JOURNAL,
    "review-book": _JOURNAL,
    "software": EndNoteType("Computer Program", 9),
    "song": _MUSIC,
    "speech": EndNoteType("Conference Paper", 47),
    "standard": EndNoteType("Standard", 58),
    "thesis": EndNoteType("Thesis", 32),
    "treaty": GENERIC,
    "webpage": _WEB_PAGE,
}
"""The type in EndNote of each CSL type."""

SERIALS = {"Journal Article", "Magazine Article", "Newspaper Article"}
"""Types in which an article's number stands where its pages would."""

NUMBERED = {"Report", "Standard"}
"""Types whose number stands in the field that holds the ISBN of others."""


def endnote_type(report: Report) -> EndNoteType:
    """Return the type under which EndNote files a report."""
    return TYPES.get(report.row["type"], GENERIC)


def endnote_name(person: Person) -> str:
    """Return a name as EndNote takes it: a comma behind a body's name says that it is no person.

    Where the body's name has a comma of its own, EndNote wants the first one doubled instead.
    """
    if not person.literal:
        return family_first(person)
    if "," in person.literal:
        return person.literal.replace(",", ",,", 1)
    return f"{person.literal},"
