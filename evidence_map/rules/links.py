"""References from one file to another that lead nowhere, to themselves or in a circle."""

from __future__ import annotations

from evidence_map.model.record import Decision
from evidence_map.model.scalars import record_of
from evidence_map.problems import Severity, nearest
from evidence_map.review import Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "unknown-record",
    "A record is named that does not exist",
    why="The relation would be lost without a word.",
    cure="Correct the key: it is the other file's name without “.yml”.",
)
def unknown_record(review: Review) -> Found:
    """Relations lead to records that exist."""
    for own, facts in review.facts.items():
        for location, key in facts.related:
            if key not in review.known_keys:
                place = review.records[own].at(*location)
                yield place, f"there is no record “{key}”", nearest(key, review.keys)


@rule(
    "record-names-itself",
    "A record is related to itself, or two are each a duplicate of the other",
    why="It cannot be told which of them is kept.",
    cure="Declare the relation in one of the two records only.",
)
def record_names_itself(review: Review) -> Found:
    """No relation leads back to where it began."""
    for key, facts in review.facts.items():
        for location, other in facts.related:
            if other == key:
                yield review.records[key].at(*location), "the record names itself", ""
        if facts.duplicate_of is None:
            continue
        seen, current = {key}, _kept_instead(review, key)
        while current is not None and current not in seen:
            seen.add(current)
            current = _kept_instead(review, current)
        if current == key and len(seen) > 1:
            place = review.records[key].at("study", "duplicate_of")
            yield place, "duplicates in a circle: " + " → ".join([*sorted(seen), key]), ""


def _kept_instead(review: Review, key: str) -> str | None:
    return review.facts[key].duplicate_of if key in review.facts else None


@rule(
    "unknown-study",
    "A study is named that does not exist",
    why="Its reports would be counted as so many studies.",
    cure="Add the study to synthesis/studies.yml or correct the id.",
    scope=Scope.RECORD,
)
def unknown_study(review: Review) -> Found:
    """``report_of`` leads to a study of synthesis/studies.yml."""
    for record in review.records.values():
        study = record.value.study
        if study and study.report_of and study.report_of not in review.studies:
            place = record.at("study", "report_of")
            hint = nearest(study.report_of, list(review.studies))
            yield place, f"there is no study “{study.report_of}”", hint


@rule(
    "study-like-record",
    "A study has the id of a record",
    why="A record that stands alone is a study under its own key; two studies would share a page.",
    cure="Give the study another id.",
)
def study_like_record(review: Review) -> Found:
    """Ids of studies and keys of records are different."""
    for name, study in review.studies.items():
        if name in review.records or name in review.faulty:
            yield study.at("id"), f"“{name}” is also the key of a record", ""


@rule(
    "study-without-reports",
    "A study has no reports",
    why="It is listed but no record leads to it.",
    cure="Name it in the records (study: report_of) or delete it.",
    severity=Severity.WARNING,
)
def study_without_reports(review: Review) -> Found:
    """Every study has at least one report."""
    if review.faulty:
        return
    used = {review.study_of(key) for key in review.records}
    for name, study in review.studies.items():
        if name not in used:
            yield study.at("id"), f"no record is a report of “{name}”", ""


@rule(
    "unknown-search",
    "A search is named that does not exist",
    why="The flow of reports is counted from the searches.",
    cure="Add the search to synthesis/searches.yml or correct the id.",
    scope=Scope.RECORD,
)
def unknown_search(review: Review) -> Found:
    """``found_by`` leads to searches of the search log."""
    for record in review.records.values():
        for index, name in enumerate(record.value.screening.found_by or []):
            if name not in review.searches:
                place = record.at("screening", "found_by", index)
                yield place, f"there is no search “{name}”", nearest(name, list(review.searches))


@rule(
    "unknown-finding",
    "A finding is named that does not exist",
    why="A review finding rests on the findings of papers that it names.",
    cure="Correct the reference: the record's key, “#”, the finding's id.",
)
def unknown_finding(review: Review) -> Found:
    """Contributing findings exist."""
    for page in review.findings.values():
        for index, reference in enumerate(page.fields.value.contributing):
            key = record_of(reference)
            if reference not in review.finding_names and key not in review.faulty:
                place = page.fields.at("contributing", index)
                yield (
                    place,
                    f"there is no finding “{reference}”",
                    nearest(reference, list(review.finding_names)),
                )


@rule(
    "contribution-not-included",
    "A review finding rests on a report that is not included",
    why="Only included reports are evidence.",
    cure="Remove the reference, or reconsider the screening of the report.",
)
def contribution_not_included(review: Review) -> Found:
    """Contributing findings are those of included reports."""
    for page in review.findings.values():
        for index, reference in enumerate(page.fields.value.contributing):
            facts = review.facts.get(record_of(reference))
            if facts and facts.decision is not Decision.INCLUDED:
                place = page.fields.at("contributing", index)
                yield place, f"“{reference}” belongs to a report that is not included", ""
