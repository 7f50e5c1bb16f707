"""A part of the work on a review, done ahead on one of several machines and kept for the one that joins.

Nothing is published. What is kept is taken over with ``join``; the check or build that follows finds it
and does the rest, and gives the same as if it had done everything itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import evidence_map
from evidence_map.building import Progress, part_of, repository_of
from evidence_map.checking import check, without_accepted
from evidence_map.database import store
from evidence_map.database.record_parts import packed_rows
from evidence_map.exports.citations import formatted_citations
from evidence_map.history.releases import releases
from evidence_map.kept_judgements import KeptJudgements
from evidence_map.kept_work import KeptWork, kept_folder
from evidence_map.loading import load_review
from evidence_map.part import Part
from evidence_map.problems import Problem
from evidence_map.processes import Workers
from evidence_map.site.evidence import Evidence
from evidence_map.site.pages import Pages
from evidence_map.site.record_writing import RecordWriting
from evidence_map.unfinished import temporary_folder


@dataclass(frozen=True)
class Ahead:
    """What came of working ahead.

    :ivar records: how many records are in the part; none where errors stood in the way.
    :ivar problems: what is wrong with the review, as far as it was looked at.
    """

    records: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_part(root: Path, part: Part) -> Ahead:
    """Check the files of the records in *part*, each by itself, and keep what was found.

    What only the whole review can tell, such as likely duplicates, is left to the check that joins.
    """
    kept = KeptJudgements(KeptWork("records", kept_folder()), part)
    review, problems = load_review(root, kept.judge, part)
    own = [each for each in problems if each.path.parts[0] == "records"]
    if review is None:
        return Ahead(0, sorted(set(problems)))
    kept.keep(review)
    wrong = {each for each in without_accepted(review, own)[0] if each.path.parts[0] == "records"}
    keys = {key.removesuffix(".second") for key in review.keys}
    return Ahead(len(keys), sorted(wrong))


def build_part(root: Path, part: Part, progress: Progress = lambda stage, done: None) -> Ahead:
    """Make the citations and the pages of the records in *part*, and keep them.

    The whole review is read, since pages name other papers and the counts of their codes.

    :raises StorageError, ShellError, ExportError: if a stage fails.
    """
    progress("check", 0)
    checked = check(root, packed_rows)
    if not checked.passes or checked.review is None:
        return Ahead(0, checked.problems)
    with temporary_folder() as folder:
        progress("database", 0)
        database = folder / "evidence.db"
        store(checked.review, database, releases(root))
        with Evidence(database) as evidence, Workers() as workers:
            reports = [each for each in evidence.reports.values() if part.holds(each.key)]
            progress("citations", 0)
            citations = formatted_citations(reports, KeptWork("citations", kept_folder()), workers)
            progress("pages", 0)
            templates, (repository, _) = part_of(root, "site_templates"), repository_of(root)
            pages = Pages(evidence, templates, evidence_map.__version__, citations, repository)
            sources = pages.sources_of([report.key for report in reports])
            writing = RecordWriting(None, templates, sources, workers)
            writing.begin()
            for done in writing.finish():
                progress("pages", done)
    return Ahead(len(reports), checked.problems)
