"""A paper that may be recorded already is told with the same reason as by the check."""

from __future__ import annotations

import copy
import re
from collections import Counter
from random import Random

from evidence_map.checking import check
from evidence_map.duplicates import Publication, Publications
from evidence_map.model import Reference
from tests.form.checked import Entry, entry_of, told_by_form
from tests.reviews import REPOSITORY

TOLD = re.compile(r"this may be the publication of records/(.*?)\.yml: (.*)")
WAYS = ("capitals", "no subtitle", "a slip", "the year after", "no authors", "other words")


def _retold(reference: Entry, way: str, random: Random) -> Entry:
    """Return a reference as another database might tell it."""
    told = copy.deepcopy(reference)
    for name in ("doi", "pmid", "pmcid"):
        told.pop(name, None)
    title, place = told["title"], random.randrange(len(told["title"]))
    if way == "capitals":
        told["title"] = title.upper()
    elif way == "no subtitle":
        told["title"] = title.split(":")[0]
    elif way == "a slip":
        told["title"] = title[:place] + title[place + 1 :]
    elif way == "the year after" and str(told.get("issued")).startswith("20"):
        told["issued"] = str(int(told["issued"][:4]) + 1)
    elif way == "no authors":
        told.pop("authors", None)
    else:
        told["title"] = f"{title} in practice"
        told["doi"] = "10.5555/version.2"
    return told


def test_papers_told_otherwise_are_found_for_the_same_reasons() -> None:
    review, random = check(REPOSITORY).review, Random(4)
    assert review is not None
    known = Publications()
    for key, record in review.records.items():
        known.add(Publication(key, record.value.reference))
    picked = random.sample(sorted(review.records), 90)
    references = [
        _retold(entry_of(review.records[key])["reference"], WAYS[number % len(WAYS)], random)
        for number, key in enumerate(picked)
    ]
    screening = {"decision": "awaiting"}
    entries = [("zz2030", {"reference": each, "screening": screening}) for each in references]
    reasons: Counter[str] = Counter()
    for reference, problems in zip(references, told_by_form(review, entries), strict=True):
        told = [TOLD.fullmatch(each.message) for each in problems if each.code == "likely-duplicate"]
        written = Publication("zz2030", Reference.model_validate(reference))
        expected = {match.name: match.reason for match in known.matches(written)}
        assert {match[1]: match[2] for match in told if match} == expected
        reasons.update(expected.values())
    assert sum(reasons.values()) >= 85 and len(reasons) > 8
