"""What was published about a paper after it appeared: corrections, concerns, retractions.

Sources: COPE, *Retraction guidelines* (2019), for the kinds; Cochrane's MECIR standard C48, by which
reviewers look for retraction statements and errata of the studies that they include.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from pydantic import Field

from evidence_map.model.identifiers import Doi
from evidence_map.model.scalars import PartialDate, Section, Statement, Url

NoticeKind = Literal[
    "retraction",
    "partial retraction",
    "withdrawal",
    "removal",
    "expression of concern",
    "correction",
    "reinstatement",
]
"""What a notice does to the paper."""

Standing = Literal[
    "retracted", "withdrawn", "partly retracted", "under an expression of concern", "corrected"
]
"""Where a paper stands after the notices about it, the gravest first."""

_STANDING: dict[NoticeKind, Standing] = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "removal": "withdrawn",
    "partial retraction": "partly retracted",
    "expression of concern": "under an expression of concern",
    "correction": "corrected",
}

NOT_TO_RELY_ON = ("retracted", "withdrawn", "partly retracted", "under an expression of concern")
"""Where a paper must not stand for its findings to be relied on as they are."""


TOLD_IN_TITLE = re.compile(
    r"\W{0,2}(?:retracted|withdrawn|removed)(?: (?:article|paper|chapter)\b|(?=\s?[:\])]))",
    re.IGNORECASE,
)
"""How publishers mark the title of a paper that they retracted: “RETRACTED ARTICLE: …”."""


class Notice(Section):
    """Something that was published about the paper and changes what can be made of it."""

    kind: NoticeKind = Field(
        description="What it is. Errata and corrigenda are corrections; a reinstatement lifts a "
        "retraction or a concern."
    )
    doi: Doi | None = Field(
        None, description="DOI of the notice; the paper's own where the notice stands on its page."
    )
    url: Url | None = Field(None, description="Address of the notice where it has no DOI.")
    date: PartialDate | None = Field(None, description="When it was published.")
    note: Statement | None = Field(
        None, description="What it says, and what that means for what was taken from the paper."
    )


def standing(notices: Sequence[Notice] | None) -> Standing | None:
    """Return where a paper stands after *notices*; None if there are none.

    They count by date; where one has none, in the order of the file. A reinstatement lifts the
    retractions and concerns before it; corrections remain.

    >>> standing([Notice(kind="retraction", date="2021"), Notice(kind="reinstatement", date="2022")])
    """
    ordered = list(notices or [])
    if all(notice.date for notice in ordered):
        ordered.sort(key=lambda notice: notice.date or "")
    found: set[Standing] = set()
    for notice in ordered:
        if notice.kind == "reinstatement":
            found &= {"corrected"}
        else:
            found.add(_STANDING[notice.kind])
    return next((each for each in get_args(Standing) if each in found), None)
