"""A comparison in a sentence, and what else must be said before the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evidence_map.comparison.comparison import Comparison, Content, Side
from evidence_map.comparison.differences import What
from evidence_map.comparison.subjects import STANDING
from evidence_map.problem_reports import counted
from evidence_map.site.text import enumeration

KEY_RULE = (
    "A published key must never change: manuscripts cite it, and the address of the paper’s page is "
    "made of it. Keep the old name of the file, unless it was never published."
)

NOTHING_CHANGES = "Nothing changes on the map."


def summary(comparison: Comparison) -> str:
    """Return one sentence that says what changes."""
    content = comparison.content
    files = counted(len(comparison.files), "file differs", "files differ")
    if content is None:
        sides = [side for side in (comparison.base, comparison.head) if side.errors]
        told = enumeration(
            [f"{side.revision.name} has {counted(side.errors, 'error')}" for side in sides]
        )
        return f"What changes on the map cannot be told: {told}; {files}."
    if content.is_empty:
        return NOTHING_CHANGES
    return "; ".join(_clauses(content)) + "."


def _clauses(content: Content) -> Iterator[str]:
    papers = Counter(record.change.what for record in content.records)
    told = [
        f"{counted(papers[what], 'paper')} {'given a new key' if what is What.RENAMED else what}"
        for what in (What.ADDED, What.CHANGED, What.REMOVED, What.RENAMED)
        if papers[what]
    ]
    if told:
        yield enumeration(told)
    cells = sum(len(each.cells) for each in content.maps)
    if cells:
        changes = "changes" if cells == 1 else "change"
        yield f"{counted(cells, 'cell')} of {counted(len(content.maps), 'map')} {changes}"
    evidence = sum(each.evidence_differs for each in content.review_findings)
    other = len(content.review_findings) - evidence
    if evidence:
        yield f"the evidence of {counted(evidence, 'review finding')} changed"
    if other:
        yield f"{counted(other, 'review finding')} changed" + (" otherwise" if evidence else "")
    if content.codebook:
        yield f"{counted(len(content.codebook), 'entry', 'entries')} of the codebook changed"
    if content.duplicates:
        yield counted(len(content.duplicates), "likely duplicate")
    rest = [*content.map_definitions, *content.studies, *content.searches, *content.others]
    if rest:
        names = sorted({_plural(change.subject) for change in rest})
        yield f"changes in {enumeration(names)}"
    elif not (told or cells or content.review_findings or content.codebook):
        yield "numbers of the review changed"


def _plural(subject: str) -> str:
    special = {"study": "studies", "search": "searches", "protocol": "the protocol"}
    return special.get(subject, f"{subject}s")


def warnings(comparison: Comparison) -> list[str]:
    """Return what whoever merges this must not overlook."""
    return [*_warnings(comparison)]


def _warnings(comparison: Comparison) -> Iterator[str]:
    if comparison.head.errors:
        yield f"{comparison.head.revision.name} has {counted(comparison.head.errors, 'error')}."
    if comparison.content is None:
        return
    renames = [each.change.rename for each in comparison.content.records if each.change.rename]
    if renames:
        keys = enumeration([f"{rename.old} → {rename.new}" for rename in renames[:10]])
        more = f" and {len(renames) - 10} more" if len(renames) > 10 else ""
        number = counted(len(renames), "published key changes", "published keys change")
        yield f"{number}: {keys}{more}. {KEY_RULE}"
    standing = [
        f"{record.change.name} is {field.after[0]}"
        for record in comparison.content.records
        if (field := record.change.field(STANDING)) and field.after
    ]
    if standing:
        more = f" and {len(standing) - 10} more" if len(standing) > 10 else ""
        yield f"{enumeration(standing[:10])}{more}, which was not told before."
    stale = [each.change.name for each in comparison.content.review_findings if each.became_stale]
    if stale:
        names = enumeration(stale[:10])
        more = f" and {len(stale) - 10} more" if len(stale) > 10 else ""
        told = "assessment is out of date", "assessments are out of date"
        yield f"{counted(len(stale), *told)}: {names}{more}."


def remarks(comparison: Comparison) -> list[str]:
    """Return what must be known to read the lists: the two states, and what stands in the way."""
    return [*_remarks(comparison)]


def _remarks(comparison: Comparison) -> Iterator[str]:
    base, head = comparison.base, comparison.head
    yield f"Before: {_side(base)}."
    yield f"After: {_side(head)}."
    if base.is_empty:
        yield f"There is no review in {base.revision.name} yet, so everything is added."
    if head.is_empty:
        yield f"There is no review in {head.revision.name}, so everything is removed."
    if comparison.content is None:
        yield (
            "Where errors stand, no database can be made, and the map is what the database says. "
            "Below are the files that differ."
        )
        if base.errors and not head.errors:
            yield (
                f"There is no error in {head.revision.name}. Older states may have been written for "
                "another version of the tool."
            )
    elif comparison.content.is_empty and comparison.files:
        yield (
            f"{counted(len(comparison.files), 'file differs', 'files differ')} in what is not "
            "published, such as comments and layout."
        )
    if comparison.has_moved_on:
        yield (
            f"{base.revision.name} has commits that {head.revision.name} lacks: what they added looks "
            "removed here. With --merge-base they are left out."
        )
    gone = len(comparison.gone_problems)
    if gone and comparison.content is not None:
        yield f"{counted(gone, 'warning')} of before {'is' if gone == 1 else 'are'} gone."


def _side(side: Side) -> str:
    commit = f" ({side.revision.commit[:10]})" if side.revision.commit else ""
    if side.is_empty:
        return f"{side.revision.name}{commit}"
    told = [] if side.records is None else [counted(side.records, "record")]
    told += [counted(side.errors, "error"), counted(side.warnings, "warning")]
    return f"{side.revision.name}{commit}, {enumeration(told)}"
