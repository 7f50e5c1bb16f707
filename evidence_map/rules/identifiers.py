"""Identifiers that two records or two findings share."""

from __future__ import annotations

from collections import defaultdict

from evidence_map.review import Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "shared-identifier",
    "Two records have the same identifier",
    why="One publication must not be counted twice.",
    cure="Delete one record, correct the identifier, or declare study: duplicate_of or version_of.",
)
def shared_identifier(review: Review) -> Found:
    """Each DOI, PMID and PMCID belongs to one record unless the relation is declared."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, facts in review.facts.items():
        for identifier in facts.publication.identifiers():
            holders[identifier].append(key)
    for (name, value), keys in holders.items():
        for index, key in enumerate(keys if len(keys) > 1 else ()):
            for other in keys[:index]:
                if not are_related(review, key, other):
                    place = review.records[key].at("reference", name)
                    yield place, f"{name.upper()} {value} is also that of records/{other}.yml", ""
                    break


def are_related(review: Review, key: str, other: str) -> bool:
    """Whether one of two records says that it is a duplicate or a version of the other."""
    one, two = review.facts[key], review.facts[other]
    return other in (one.duplicate_of, one.version_of) or key in (two.duplicate_of, two.version_of)


@rule(
    "repeated-finding",
    "Two findings of a record have the same id",
    why="Review findings refer to a finding by its id.",
    cure="Give one of them another id.",
    scope=Scope.RECORD,
)
def repeated_finding(review: Review) -> Found:
    """Ids of findings are unique within their file."""
    for record in review.extracted:
        seen: set[str] = set()
        for index, finding in enumerate(record.value.findings or []):
            if finding.id in seen:
                place = record.at("findings", index, "id")
                yield place, f"the finding id “{finding.id}” is already used in this file", ""
            seen.add(finding.id)
