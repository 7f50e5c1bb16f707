"""Numbers of a sample that do not add up."""

from __future__ import annotations

from evidence_map.model.absence import Absence
from evidence_map.model.record import Group, Recruitment, Sample
from evidence_map.review import Extracted, Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "parts-do-not-add-up",
    "The parts of a sample do not add up",
    why="A slip of the pen in a number is found only by adding up.",
    cure="Compare with the source; say parts_are: incomplete or overlapping where that is so.",
    needs=("sample",),
    scope=Scope.RECORD,
)
def parts_do_not_add_up(review: Review) -> Found:
    """Complete parts sum to the size of the sample, incomplete ones to no more."""
    for record in review.extracted:
        sample = record.value.sample
        if sample is None or isinstance(sample.size, Absence) or isinstance(sample.groups, Absence):
            continue
        for index, group in enumerate(sample.groups):
            if message := _mismatch(group, sample.size):
                yield record.at("sample", "groups", index, "by"), message, ""


def _mismatch(group: Group, size: int) -> str:
    sizes = [part.size for part in group.parts]
    total = sum(sizes)
    added = " + ".join(str(part) for part in sizes) + (f" = {total}" if len(sizes) > 1 else "")
    if group.parts_are == "complete" and total != size:
        return f"the parts by “{group.by}” are {added}, but the sample is {size}"
    if group.parts_are == "incomplete" and total > size:
        return f"the parts by “{group.by}” are {added}, more than the sample of {size}"
    if group.parts_are == "overlapping" and max(sizes) > size:
        return f"a part by “{group.by}” is {max(sizes)}, more than the sample of {size}"
    return ""


@rule(
    "more-than-invited",
    "More took part than were invited",
    why="One of the two numbers is wrong.",
    cure="Compare both numbers with the source.",
    scope=Scope.RECORD,
)
def more_than_invited(review: Review) -> Found:
    """Those who take part are among those who were asked."""
    for record in review.extracted:
        sample = record.value.sample
        if sample is not None and isinstance(sample.recruitment, Recruitment):
            yield from _impossible(record, sample, sample.recruitment)


def _impossible(record: Extracted, sample: Sample, recruitment: Recruitment) -> Found:
    for asked, took in (
        ("sites_approached", "sites_taking_part"),
        ("people_invited", "people_taking_part"),
    ):
        before, after = getattr(recruitment, asked), getattr(recruitment, took)
        if isinstance(before, int) and isinstance(after, int) and after > before:
            yield (
                record.at("sample", "recruitment", took),
                f"{after} took part, but only {before} were asked",
                "",
            )
