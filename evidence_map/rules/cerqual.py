"""Misuses of GRADE-CERQual, refused where they stand.

An evaluation of 233 published uses found serious misapplications in four of ten (Wainwright et al.
2023, doi 10.1186/s12961-023-00999-3): studies rated instead of findings, theme titles rated instead
of findings, components left out or without a reason, levels that follow from points. The rules on
levels that fit each other badly are warnings, because a level is a judgement and no sum
(Lewin et al. 2018, paper 2, doi 10.1186/s13012-017-0689-2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence_map.model.synthesis import COMPONENTS, Cerqual, Component, ReviewFinding
from evidence_map.problems import Position, Severity, quoted
from evidence_map.review import Located, Review
from evidence_map.rules import wording
from evidence_map.rules.registry import Found, rule


def _assessed(review: Review) -> Iterator[tuple[Located[ReviewFinding], Cerqual]]:
    for page in review.findings.values():
        if page.fields.value.cerqual is not None:
            yield page.fields, page.fields.value.cerqual


def _components(cerqual: Cerqual) -> Iterator[tuple[str, Component]]:
    for name in COMPONENTS:
        yield name, getattr(cerqual, name)


def _reasons(
    fields: Located[ReviewFinding], cerqual: Cerqual
) -> Iterator[tuple[str, str, str, Position]]:
    """Yield component, level, reason and the reason's place; the overall confidence comes last."""
    for name, component in _components(cerqual):
        yield name, component.concern, component.reason, fields.at("cerqual", name, "reason")
    confidence = cerqual.confidence
    place = fields.at("cerqual", "confidence", "reason")
    yield "confidence", confidence.level, confidence.reason, place


@rule(
    "title-for-finding",
    "A review finding is the title of a theme and no statement",
    why="A title says what studies talk about, not what they found; nobody can have confidence in it "
    "(Wainwright et al. 2023).",
    cure="Write a full sentence that says what the studies found, and end it with a full stop.",
)
def title_for_finding(review: Review) -> Found:
    """A review finding is a statement: a sentence of more than a few words."""
    for page in review.findings.values():
        statement = page.fields.value.statement
        if reason := wording.why_no_sentence(statement):
            yield page.fields.at("statement"), f"{quoted(statement)} {reason}", ""


@rule(
    "empty-reason",
    "A reason of an assessment says nothing",
    why="Readers must be able to follow, and to dispute, how a level came about.",
    cure="Say what in these studies the level rests on.",
)
def empty_reason(review: Review) -> Found:
    """Each level has a reason of its own that says more than the level."""
    for fields, cerqual in _assessed(review):
        given: dict[str, str] = {}
        for name, _, reason, place in _reasons(fields, cerqual):
            words = " ".join(wording.words_of(reason))
            if wording.is_placeholder(reason):
                yield place, f"{quoted(reason)} is no reason", ""
            elif wording.only_repeats_level(reason):
                yield place, f"{quoted(reason)} repeats the level and gives no reason", ""
            elif words in given:
                other = given[words].replace("_", " ")
                yield place, f"the same reason as for {other}", "Each component asks something else."
            given.setdefault(words, name)


@rule(
    "confidence-by-formula",
    "A level is calculated",
    why="Levels are judgements. Points, sums and averages hide which concern matters for this "
    "finding (Wainwright et al. 2023; Lewin et al. 2018, paper 2).",
    cure="Say in words which concerns there are, how much they matter here, and why.",
)
def confidence_by_formula(review: Review) -> Found:
    """No reason rests on points, sums, averages or a mere count."""
    for fields, cerqual in _assessed(review):
        for name, _, reason, place in _reasons(fields, cerqual):
            if formula := wording.formula_in(reason):
                yield place, f"{quoted(formula)} calculates a level", ""
            elif name == "confidence" and wording.only_counts(reason):
                yield place, f"{quoted(reason)} only counts", ""


@rule(
    "finding-without-study",
    "A review finding rests on no study that is counted",
    why="Reports that are shown apart, such as evidence syntheses, repeat what studies found; the "
    "same data would be counted again.",
    cure="Name findings of the studies themselves.",
    needs=("screening",),
)
def finding_without_study(review: Review) -> Found:
    """At least one contributing finding comes from a study."""
    for page in review.findings.values():
        keys = page.fields.value.records
        known = [review.records[key].value for key in keys if key in review.records]
        if len(known) < len(keys) or any(key in review.faulty for key in keys):
            continue
        if not any(review.counts_as_study(record) for record in known):
            place = page.fields.at("contributing", name=True)
            yield place, "only reports contribute that are not counted as studies", ""


@rule(
    "high-confidence-one-study",
    "High confidence rests on one study",
    why="One study can be sound, but seldom shows that a finding holds elsewhere (GRADE-CERQual: "
    "adequacy, relevance).",
    cure="Reconsider adequacy and relevance, or accept the warning with the reason.",
    severity=Severity.WARNING,
)
def high_confidence_one_study(review: Review) -> Found:
    """High confidence needs more than one study, unless someone says why not."""
    for fields, cerqual in _assessed(review):
        studies = {
            review.study_of(key)
            for key in fields.value.records
            if key in review.records and review.counts_as_study(review.records[key].value)
        }
        if cerqual.confidence.level == "high" and len(studies) == 1:
            place = fields.at("cerqual", "confidence", "level")
            yield place, "the confidence is high, but one study contributes", ""


@rule(
    "one-sample-several-reports",
    "Reports with the same participants stand under one finding",
    why="The same people would look like several independent sources (GRADE-CERQual: adequacy).",
    cure="Say so in the reason for adequacy, so that readers know that it was weighed.",
    severity=Severity.WARNING,
)
def one_sample_several_reports(review: Review) -> Found:
    """Where contributions share a study or participants, the reason for adequacy mentions it."""
    for fields, cerqual in _assessed(review):
        if wording.mentions_overlap(cerqual.adequacy.reason):
            continue
        if shared := _sharing(review, fields.value):
            place = fields.at("cerqual", "adequacy", "reason")
            yield place, f"{shared}; the reason for adequacy does not say so", ""


def _sharing(review: Review, finding: ReviewFinding) -> str:
    """Return in words which contributing reports share a study or participants, or ``""``."""
    keys = [key for key in finding.records if key in review.records]
    for position, key in enumerate(keys):
        for other in keys[position + 1 :]:
            if review.study_of(key) == review.study_of(other):
                return f"{key} and {other} report one study"
            if other in review.sharing_sample(key):
                return f"{key} and {other} may share participants"
    return ""


@rule(
    "methods-not-appraised",
    "No concern about methods, but no contributing report is appraised",
    why="Nobody has judged the methods of these studies, so nothing is known of their limitations.",
    cure="Appraise the studies, or choose a level of concern that says how little is known.",
    severity=Severity.WARNING,
)
def methods_not_appraised(review: Review) -> Found:
    """Methodological limitations are assessed from critical appraisals (CERQual paper 3)."""
    for fields, cerqual in _assessed(review):
        keys = set(fields.value.records)
        if cerqual.methodological_limitations.concern != "no or very minor" or keys & set(review.faulty):
            continue
        made = (review.records[key].value.appraisal for key in keys if key in review.records)
        if not any(appraisal and appraisal.answers for appraisal in made):
            place = fields.at("cerqual", "methodological_limitations", "concern")
            yield place, "no contributing report is appraised", ""


@rule(
    "implausible-confidence",
    "The overall confidence hardly fits the concerns",
    why="A level is a judgement, but readers expect serious concerns to lower it and their absence "
    "to raise it.",
    cure="Reconsider the levels, or accept the warning with the reason.",
    severity=Severity.WARNING,
)
def implausible_confidence(review: Review) -> Found:
    """Concerns and confidence point the same way (Lewin et al. 2018, paper 2)."""
    for fields, cerqual in _assessed(review):
        concerns = [component.concern for _, component in _components(cerqual)]
        if told := _misfit(cerqual.confidence.level, concerns):
            place = fields.at("cerqual", "confidence", "level")
            yield place, f"the confidence is {cerqual.confidence.level}, but {told}", ""


def _misfit(level: str, concerns: Sequence[str]) -> str:
    """Return what about *concerns* is hard to reconcile with *level*, or ``""``."""
    serious, moderate = concerns.count("serious"), concerns.count("moderate")
    if level == "high" and serious:
        return "a component has serious concerns"
    if level == "high" and moderate > 2:
        return f"{moderate} components have moderate concerns"
    if level == "moderate" and serious > 2:
        return f"{serious} components have serious concerns"
    if level in {"low", "very low"} and not serious and not moderate:
        return "no component has moderate or serious concerns"
    return ""
