"""What must be true across the fields and files of a review.

A rule is one function that yields what it finds: the place, the message, and a hint where it
knows a better remedy than the rule's own. :func:`rule` gives it its code and its documentation.
Rules see a review whose every single value is already valid.
"""

from evidence_map.rules import (
    appraisal,
    assessment,
    cerqual,
    checklists,
    citations,
    codebook,
    coding,
    completeness,
    dates,
    double_extraction,
    duplicates,
    example,
    identifiers,
    links,
    maps,
    notices,
    places,
    sample,
    screening,
    searches,
)
from evidence_map.rules.registry import REGISTERED, find_problems

__all__ = [
    "REGISTERED",
    "appraisal",
    "assessment",
    "cerqual",
    "checklists",
    "citations",
    "codebook",
    "coding",
    "completeness",
    "dates",
    "double_extraction",
    "duplicates",
    "example",
    "find_problems",
    "identifiers",
    "links",
    "maps",
    "notices",
    "places",
    "sample",
    "screening",
    "searches",
]
