"""The review as types: what a record, a codebook and a finding may hold.

Every field carries a description. It is the one source of the JSON Schemas, the contributor's
page of fields and the messages, so it is written for a reviewer and not for a programmer.
"""

from evidence_map.model.absence import Absence, Stated
from evidence_map.model.codebook import Codebook, Dimension, Term
from evidence_map.model.record import Record, SecondExtraction
from evidence_map.model.reference import Name, Reference
from evidence_map.model.synthesis import (
    AcceptedWarnings,
    AppraisalTools,
    ChecklistAnswers,
    Maps,
    Protocol,
    ReviewFinding,
    SearchLog,
    Studies,
)

__all__ = [
    "Absence",
    "AcceptedWarnings",
    "AppraisalTools",
    "ChecklistAnswers",
    "Codebook",
    "Dimension",
    "Maps",
    "Name",
    "Protocol",
    "Record",
    "Reference",
    "ReviewFinding",
    "SearchLog",
    "SecondExtraction",
    "Stated",
    "Studies",
    "Term",
]
