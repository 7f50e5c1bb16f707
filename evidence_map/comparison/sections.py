"""A comparison in words: sections with entries and tables, for every form in which it is written.

Nothing is escaped here. What the files say is kept apart from the program's own words (``name``,
``title``, ``facts`` and the cells of tables), so that each writer can make it harmless in its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence_map.comparison.codebook import CodebookChange
from evidence_map.comparison.comparison import Comparison, Content
from evidence_map.comparison.contrast import contrasted, shortened
from evidence_map.comparison.differences import Change, What
from evidence_map.comparison.numbers import CellChange, MapChange
from evidence_map.comparison.records import RecordChange
from evidence_map.comparison.review_findings import ReviewFindingChange
from evidence_map.manuscript.numbers import TOTALS
from evidence_map.problem_reports import counted
from evidence_map.problems import Problem
from evidence_map.site.text import enumeration


@dataclass(frozen=True, slots=True)
class Contrast:
    """A field before and after; where ``before`` is empty, ``after`` is a phrase that needs none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that differs.

    :ivar name: its name in the files.
    :ivar facts: what is told of it, a phrase each.
    :ivar address: its page below the root of the site; empty if it has none.
    """

    name: str
    title: str = ""
    facts: tuple[str, ...] = ()
    address: str = ""
    contrasts: tuple[Contrast, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What differs of one kind.

    :ivar address: the page that shows it, if there is one.
    :ivar is_counted: whether readers want to know how many there are.
    """

    heading: str
    entries: tuple[Entry, ...] = ()
    table: Table | None = None
    remarks: tuple[str, ...] = ()
    address: str = ""
    is_counted: bool = True

    @property
    def number(self) -> int:
        """How many things are told."""
        return len(self.table.rows) if self.table else len(self.entries)


def sections(comparison: Comparison) -> list[Section]:
    """Return everything that is to be told, in order; only what differs has a section."""
    found = [*_problem_sections(comparison)]
    if comparison.content is not None:
        content = comparison.content
        found = [
            *_totals(content),
            *_papers(content.records),
            *_decisions(content.records),
            *_maps(content),
            *_review_findings(content.review_findings),
            *_codebook(content.codebook),
            *_duplicates(content),
            *_several("Studies with several reports", content.studies, "studies/{}/"),
            *_several("Searches", content.searches, "searches/{}/"),
            *_flow(content),
            *_several("Protocol, appraisal, checklists, second extractions", content.others),
            *found,
        ]
    files = [Entry(str(file.path), facts=(file.what.value,)) for file in comparison.files]
    return [*found, *_section("Files that differ", files)]


def _section(heading: str, entries: Iterable[Entry], *remarks: str) -> Iterator[Section]:
    told = tuple(entries)
    if told:
        yield Section(heading, told, remarks=remarks)


def _totals(content: Content) -> Iterator[Section]:
    rows = tuple((TOTALS[each.name], str(each.before), str(each.after)) for each in content.totals)
    if rows:
        yield Section("In numbers", table=Table(("What", "Before", "After"), rows), is_counted=False)


_PAPERS = {
    What.RENAMED: "Papers with a new key",
    What.ADDED: "Papers added",
    What.CHANGED: "Papers changed",
    What.REMOVED: "Papers removed",
}


def _papers(records: list[RecordChange]) -> Iterator[Section]:
    for what, heading in _PAPERS.items():
        entries = [_paper(each) for each in records if each.change.what is what]
        yield from _section(heading, entries)


def _paper(record: RecordChange) -> Entry:
    change = record.change
    facts: list[str] = []
    contrasts: list[Contrast] = []
    if change.rename:
        facts.append(f"was {change.rename.old} ({change.rename.reason})")
    if change.what in (What.ADDED, What.REMOVED):
        for field in ("short citation", "screening.decision"):
            facts += _only(change, field)
        facts += [f"coded from the {basis}" for basis in _only(change, "extraction.basis")]
        if record.findings:
            facts.append(counted(len(record.findings), "finding"))
    else:
        contrasts += _contrasts(change)
        for finding in record.findings:
            contrasts += _of_finding(finding)
    address = f"records/{change.name}/" if change.what is not What.REMOVED else ""
    return Entry(change.name, change.title, tuple(facts), address, tuple(contrasts))


def _only(change: Change, field: str) -> tuple[str, ...]:
    found = change.field(field)
    return (found.after or found.before) if found else ()


def _contrasts(change: Change) -> list[Contrast]:
    return [Contrast(each.field, *contrasted(each.before, each.after)) for each in change.fields]


def _of_finding(finding: Change) -> Iterator[Contrast]:
    """Yield what differs in a finding; of one that came or went, its statement."""
    name = f"finding {finding.name.partition('#')[2]}"
    if finding.what is What.ADDED:
        yield Contrast(f"{name}, added", *contrasted((), (finding.title,)))
    elif finding.what is What.REMOVED:
        yield Contrast(f"{name}, removed", *contrasted((finding.title,), ()))
    else:
        for each in _contrasts(finding):
            yield Contrast(f"{name}: {each.field}", each.before, each.after)


def _decisions(records: list[RecordChange]) -> Iterator[Section]:
    rows = []
    for record in records:
        field = record.change.field("screening.decision")
        if field and record.change.what in (What.CHANGED, What.RENAMED):
            rows.append((record.change.name, *contrasted(field.before, field.after)))
    if rows:
        table = Table(("Paper", "Before", "After"), tuple(rows))
        yield Section("Screening decisions changed", table=table)


def _maps(content: Content) -> Iterator[Section]:
    yield from _several("Maps added, changed or removed", content.map_definitions, "map/{}/")
    for each in content.maps:
        yield Section(
            f"Map: {each.title}",
            table=Table(("Row", "Column", "Studies", "Reports", "Findings"), tuple(_cell_rows(each))),
            remarks=tuple(_line_remarks(each)),
            address=f"map/{each.id}/",
        )


def _cell_rows(changed: MapChange) -> Iterator[tuple[str, ...]]:
    for cell in changed.cells:
        yield cell.row_label, cell.column_label, *_counts(cell)


def _counts(cell: CellChange) -> Iterator[str]:
    for unit in ("study", "report", "finding"):
        before, after = cell.before.of(unit), cell.after.of(unit)
        yield f"{before:,} → {after:,}" if before != after else f"{after:,}"


def _line_remarks(changed: MapChange) -> Iterator[str]:
    for what in (What.ADDED, What.REMOVED):
        for axis in ("row", "column"):
            lines = [each.label for each in changed.lines if (each.what, each.axis) == (what, axis)]
            if lines:
                names = enumeration([f"“{shortened(label, 60)}”" for label in lines[:10]])
                more = f" and {len(lines) - 10} more" if len(lines) > 10 else ""
                yield f"{counted(len(lines), axis)} {what}: {names}{more}."


def _review_findings(changes: list[ReviewFindingChange]) -> Iterator[Section]:
    entries = [_review_finding(each) for each in changes]
    stale = sum(each.became_stale for each in changes)
    remark = (
        f"{counted(stale, 'assessment')} now {'rests' if stale == 1 else 'rest'} on other evidence than "
        "was assessed. Look at each again, then run: python build.py assess NAME"
    )
    yield from _section("Review findings", entries, *((remark,) if stale else ()))


def _review_finding(changed: ReviewFindingChange) -> Entry:
    change = changed.change
    facts = [change.what.value] if change.what is not What.CHANGED else []
    if change.rename:
        facts = [f"was {change.rename.old} ({change.rename.reason})"]
    if changed.became_stale:
        facts.append("the assessment is out of date")
    elif changed.evidence_differs and change.what is What.CHANGED:
        facts.append("its evidence changed")
    contrasts = [*_contributions(changed)]
    if change.what in (What.ADDED, What.REMOVED):
        facts += [f"confidence: {value}" for value in _only(change, "confidence")]
        facts.append(counted(len(_only(change, "contributing")), "contributing finding"))
    else:
        told_above = ("stale", "contributing")
        contrasts += [each for each in _contrasts(change) if each.field not in told_above]
    address = f"findings/{change.name}/" if change.what is not What.REMOVED else ""
    return Entry(change.name, change.title, tuple(facts), address, tuple(contrasts))


def _contributions(changed: ReviewFindingChange) -> Iterator[Contrast]:
    words = {What.ADDED: "contributes now", What.REMOVED: "contributes no longer"}
    for each in changed.contributions:
        told = words.get(each.what) or f"{enumeration(list(each.parts))} changed"
        yield Contrast(each.finding, "", told)


def _codebook(changes: list[CodebookChange]) -> Iterator[Section]:
    yield from _section("Codebook", (_term(each) for each in changes))


def _term(changed: CodebookChange) -> Entry:
    change = changed.change
    facts = [f"{change.subject} {_happened(change)}"]
    if change.rename:
        facts.append(f"was {change.rename.old} ({change.rename.reason})")
    before, after = changed.records_before, changed.records_after
    if change.what is What.REMOVED:
        facts.append(f"{counted(before, 'record')} used it" if before else "no record used it")
    else:
        uses = "uses" if after < 2 else "use"
        than = f", {before:,} before" if before != after and change.what is not What.ADDED else ""
        facts.append(f"{counted(after, 'record') if after else 'no record'} {uses} it{than}")
    contrasts = _contrasts(change) if change.what in (What.CHANGED, What.RENAMED) else []
    address = f"codebook/{change.name}/" if change.subject == "term" else "codebook/"
    there = change.what is not What.REMOVED
    return Entry(change.name, change.title, tuple(facts), address if there else "", tuple(contrasts))


def _happened(change: Change) -> str:
    """Return what happened to a term; one that stands under another group has moved."""
    moved = change.field("group") is not None or (
        change.rename is not None
        and change.rename.old.rpartition("/")[0] != change.rename.new.rpartition("/")[0]
    )
    if change.what in (What.CHANGED, What.RENAMED) and moved:
        return "moved" if change.what is What.CHANGED else "moved and renamed"
    return change.what.value


def _duplicates(content: Content) -> Iterator[Section]:
    entries = [
        Entry(
            each.record,
            facts=(f"may be {each.other}: {each.reason}",),
            address=f"records/{each.record}/",
        )
        for each in content.duplicates
    ]
    remark = (
        "Compare the two. The same paper: study: duplicate_of; another version: version_of; two reports "
        "of one study: report_of in both."
    )
    yield from _section("Likely duplicates", entries, remark)


def _several(heading: str, changes: Iterable[Change], address: str = "") -> Iterator[Section]:
    """Yield a section with one entry for each change."""
    entries = []
    for change in changes:
        there = address.format(change.name) if change.what is not What.REMOVED else ""
        contrasts = tuple(_contrasts(change)) if change.what is What.CHANGED else ()
        what = f"{change.subject} {change.what}"
        entries.append(Entry(change.name, change.title, (what,), there, contrasts))
    yield from _section(heading, entries)


def _flow(content: Content) -> Iterator[Section]:
    rows = tuple(
        (each.title, each.detail, each.method, f"{each.before:,}", f"{each.after:,}")
        for each in content.flow
    )
    if rows:
        table = Table(("Box", "Part", "Found by", "Before", "After"), rows)
        yield Section("Flow diagram", table=table, address="flow/")


def _problem_sections(comparison: Comparison) -> Iterator[Section]:
    if comparison.content is None:
        told = comparison.head_problems
        yield from _section(f"Problems of {comparison.head.revision.name}", _problems(told))
        return
    yield from _section("New warnings", _problems(comparison.new_problems))


def _problems(problems: list[Problem]) -> Iterator[Entry]:
    for each in problems:
        place = f"{each.path}:{each.line}:{each.column}"
        yield Entry(place, facts=(f"{each.severity} {each.code}", each.message, each.hint))
