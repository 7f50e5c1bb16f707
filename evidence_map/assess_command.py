"""The command ``assess``: what lies under a review finding, and the record that it was assessed so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import click

from evidence_map.assessing import AssessingError, with_evidence
from evidence_map.checking import Checked, check
from evidence_map.citation import short_citations
from evidence_map.command_group import print_problems, root_option, say, told
from evidence_map.evidence_digest import EvidenceDigests, changes
from evidence_map.intake_options import dry_run_option
from evidence_map.model.record import Record
from evidence_map.model.scalars import full_date
from evidence_map.model.synthesis import ReviewFinding
from evidence_map.problem_reports import counted
from evidence_map.problems import Problem, errors_in, nearest
from evidence_map.review import Review
from evidence_map.text_source import read_text, replace_text


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else full_date(value)
    except ValueError:
        raise click.UsageError(f"“{value}” is not a day; write 2026-11-22.") from None


@click.command("assess")
@root_option
@click.argument("findings", nargs=-1, metavar="[FINDING]…")
@click.option("--date", callback=_day, help="Set the day of the assessment as well: 2026-11-22.")
@dry_run_option
def assess_command(root: Path, findings: tuple[str, ...], date: str | None, dry_run: bool) -> None:
    """Record what the confidence in review findings rests on, after you have assessed it.

    Shows the contributing findings with the basis and the appraisal of their studies, and what
    changed since the last time. Then it writes digests of them into the finding's file, so that a
    later change is noticed (stale-assessment). It judges nothing and changes no level. Without
    FINDING, it lists all review findings and writes nothing. Exit status: 0 all is recorded, 1 a
    finding has an error or no assessment, 2 the command was used wrongly.
    """
    checked = check(root)
    review = checked.review
    if review is None:
        print_problems(errors_in(checked.problems), root)
        say("error: the codebook or the protocol cannot be read; nothing was written", err=True)
        sys.exit(1)
    names = [_name(review, checked, written) for written in findings]
    if not names:
        _list(review)
        return
    digests = EvidenceDigests(review)
    failed = 0
    for name in dict.fromkeys(names):
        if problems := _errors_under(name, checked):
            print_problems(problems, root)
            say(f"{name}: left as it is; mend the errors first", err=True)
            failed += 1
            continue
        for line in _shown(review, digests, name):
            say(line)
        try:
            _record(review, digests, name, date, dry_run)
        except BrokenPipeError:
            raise  # click ends quietly where the reader of a pipe has gone
        except (AssessingError, OSError) as error:
            failed += 1
            say(f"{_path(name)}: left as it is: {told(error)}", err=True)
    sys.exit(1 if failed else 0)


def _path(name: str) -> PurePosixPath:
    return PurePosixPath("synthesis/findings") / f"{name}.md"


def _name(review: Review, checked: Checked, written: str) -> str:
    """Return the name of a finding, which may be written as the name of its file.

    :raises click.UsageError: if there is no such finding.
    """
    name = Path(written).name.removesuffix(".md")
    faulty = {problem.path for problem in checked.problems}
    if name in review.findings or _path(name) in faulty:
        return name
    known = list(review.findings)
    hint = nearest(name, known) or (
        f"Findings are: {', '.join(known)}." if known else "There are none in synthesis/findings/."
    )
    raise click.UsageError(f"There is no review finding “{name}”. {hint}")


def _errors_under(name: str, checked: Checked) -> list[Problem]:
    """Return the errors in the finding's file and under it, apart from the one to mend here."""
    assert checked.review is not None
    page = checked.review.findings.get(name)
    places = {_path(name), PurePosixPath("synthesis/protocol.md")}
    for reference in page.fields.value.contributing if page else []:
        places.add(PurePosixPath("records") / f"{reference.partition('#')[0]}.yml")
    return [
        problem
        for problem in errors_in(checked.problems)
        if problem.path in places and problem.code != "unrecorded-evidence"
    ]


def _list(review: Review) -> None:
    """Say of each review finding whether it is assessed, and whether the assessment still fits."""
    if not review.findings:
        say("There are no review findings in synthesis/findings/.")
    digests = EvidenceDigests(review)
    for name, page in review.findings.items():
        say(f"{name}: {_state(page.fields.value, digests)}")


def _state(finding: ReviewFinding, digests: EvidenceDigests) -> str:
    cerqual = finding.cerqual
    if cerqual is None:
        return "not assessed"
    level = f"{cerqual.confidence.level} confidence, assessed {cerqual.date}"
    if cerqual.evidence is None:
        return f"{level}; its evidence is not recorded"
    changed = changes(cerqual.evidence, digests.now(finding))
    return f"{level}; {counted(len(changed), 'change')} since" if changed else f"{level}; up to date"


def _shown(review: Review, digests: EvidenceDigests, name: str) -> Iterator[str]:
    """Yield what lies under a review finding and what changed since it was assessed."""
    finding = review.findings[name].fields.value
    citations = short_citations({key: own.value.reference for key, own in review.records.items()})
    keys = finding.records
    counting = [key for key in keys if review.counts_as_study(review.records[key].value)]
    studies = {review.study_of(key) for key in counting}
    apart = len(keys) - len(counting)
    yield f"{name}: {finding.statement}"
    if finding.cerqual is not None:
        by = ", ".join(finding.cerqual.by)
        yield f"  {finding.cerqual.confidence.level} confidence, assessed {finding.cerqual.date} by {by}"
    findings = counted(len(finding.contributing), "finding")
    besides = f", and of {counted(apart, 'report')} not counted as a study" if apart else ""
    yield f"  It rests on {findings} of {counted(len(studies), 'study', 'studies')}{besides}:"
    for reference, key in zip(finding.contributing, keys, strict=True):
        record = review.records[key].value
        yield f"    {reference} ({citations[key]}; {_how_read(record)})"
        found = review.finding(reference)
        yield f"      {found.statement if found else ''}"
    before = finding.cerqual.evidence if finding.cerqual else None
    if before is None:
        return
    changed = changes(before, digests.now(finding))
    yield "  Changed since it was assessed:" if changed else "  Nothing changed since it was assessed."
    for change in changed:
        yield f"    {change}"


def _how_read(record: Record) -> str:
    basis = record.extraction.basis.value if record.extraction else "not extracted"
    appraised = record.appraisal is not None and record.appraisal.answers is not None
    return f"read: {basis}, {'appraised' if appraised else 'not appraised'}"


def _record(
    review: Review, digests: EvidenceDigests, name: str, date: str | None, dry_run: bool
) -> None:
    """Write the digests into the finding's file.

    :raises AssessingError: if there is no assessment, or the file's layout forbids it.
    :raises OSError: if the file cannot be written.
    """
    finding = review.findings[name].fields.value
    if finding.cerqual is None:
        raise AssessingError("it is not assessed; write the assessment under “cerqual” first")
    file = review.root / _path(name)
    if file.is_symlink():
        raise AssessingError("it is a link")
    text = read_text(file, _path(name))
    if isinstance(text, Problem):
        raise AssessingError(text.message)
    new = with_evidence(text, digests.now(finding), date)
    if new == text:
        say(f"  {_path(name)} is up to date.")
    elif dry_run:
        say(f"  {_path(name)} would be written.")
    else:
        replace_text(file, new, text)
        say(f"  Written: {_path(name)}")
    if date is None and new != text and finding.cerqual.evidence is not None:
        say(f"  It is still dated {finding.cerqual.date}; give --date if you assessed it again.")
