"""Put a review together from its files: all problems at once, nothing guessed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from evidence_map.gathered_records import GatheredRecords
from evidence_map.judgements import Judgement, judgements
from evidence_map.model import (
    AcceptedWarnings,
    AppraisalTools,
    ChecklistAnswers,
    Codebook,
    Maps,
    Protocol,
    ReviewFinding,
    SearchLog,
    Studies,
)
from evidence_map.part import WHOLE, Part
from evidence_map.problems import Position, Problem, nearest
from evidence_map.record_files import RecordFiles
from evidence_map.record_folder import is_identifier, records_in
from evidence_map.review import Located, Review, ReviewPage
from evidence_map.review_files import (
    BAD_FILE_NAME,
    MISPLACED_FILE,
    ReviewFiles,
    repeated_identifier,
)

_FINDING_NAME = "Use lower-case letters, digits and single hyphens: company-matters.md."

Judge = Callable[[Sequence[RecordFiles], Review | None], Iterable[Judgement]]
"""Judges the files of all records, see :func:`evidence_map.judgements.judgements`."""


def load_review(
    root: Path, judge: Judge = judgements, part: Part = WHOLE
) -> tuple[Review | None, list[Problem]]:
    """Return the review in the folder *root*, and every problem of its files and of single records.

    The review is None where its protocol or its codebook cannot be read; the problems of all
    other files are told all the same.

    :param judge: judges the records.
    :param part: which records are read; the others are as if they were not there.
    """
    reader = ReviewFiles(root)
    files = records_in(reader, part)
    review = _synthesis(reader)
    findings = _findings(reader)
    _report_strays(reader)
    gathered = GatheredRecords()
    for each in judge(files, review):
        gathered.add(each)
        reader.problems += each.problems
    if review is None:
        return None, reader.problems
    review = replace(review, findings=findings)
    return gathered.within(review, files, reader.texts), reader.problems


def _synthesis(reader: ReviewFiles) -> Review | None:
    """Return the review without records and review findings; None where it cannot be read."""
    synthesis = reader.root / "synthesis"
    protocol = (
        None
        if reader.missing("synthesis/protocol.md")
        else reader.read_page(synthesis / "protocol.md", Protocol)
    )
    codebook = _codebook(reader)
    studies = reader.list_of("studies.yml", "studies", Studies, lambda file: file.studies)
    searches = reader.list_of("searches.yml", "searches", SearchLog, lambda file: file.searches)
    tools = reader.list_of("appraisal.yml", "tools", AppraisalTools, lambda file: file.tools)
    maps = reader.list_of("maps.yml", "maps", Maps, lambda file: file.maps)
    checklists = reader.list_of("checklists.yml", "answers", ChecklistAnswers, lambda file: file.answers)
    accepted = reader.list_of("accepted.yml", "accepted", AcceptedWarnings, lambda file: file.accepted)
    if protocol is None or codebook is None:
        return None
    return Review(
        root=reader.root,
        protocol=protocol[0],
        protocol_narrative=protocol[1],
        codebook=codebook,
        records={},
        studies=reader.by_id(studies, lambda study: study.id),
        searches=reader.by_id(searches, lambda search: search.id),
        tools=reader.by_id(tools, lambda tool: tool.id),
        maps=reader.by_id(maps, lambda each: each.id),
        checklists=checklists,
        accepted=accepted,
        files=dict(reader.texts),
    )


def _codebook(reader: ReviewFiles) -> Located[Codebook] | None:
    name = "synthesis/codebook.yml"
    codebook = None if reader.missing(name) else reader.read(reader.root / name, Codebook)
    if codebook is not None:
        reader.problems += [
            repeated_identifier(codebook.at(*at), key) for at, key in codebook.value.repeated()
        ]
    return codebook


def _findings(reader: ReviewFiles) -> dict[str, ReviewPage]:
    folder = reader.root / "synthesis" / "findings"
    pages: dict[str, ReviewPage] = {}
    if not os.path.lexists(folder):
        return pages
    for file in reader.listing(folder):
        place = Position(reader.path(file))
        if file.name == "README.md":
            continue
        if file.suffix != ".md" or file.is_dir():
            reader.problems.append(
                MISPLACED_FILE.at(
                    place, "this is not a .md file", "Write one Markdown file per finding."
                )
            )
        elif not is_identifier(file.stem):
            message = f"“{place.path.stem}” cannot be an identifier"
            reader.problems.append(BAD_FILE_NAME.at(place, message, _FINDING_NAME))
        elif page := reader.read_page(file, ReviewFinding):
            pages[file.stem] = ReviewPage(*page)
    return pages


_SYNTHESIS_FILES = {
    "protocol.md",
    "codebook.yml",
    "maps.yml",
    "studies.yml",
    "searches.yml",
    "appraisal.yml",
    "checklists.yml",
    "accepted.yml",
    "findings",
    "README.md",
}


def _report_strays(reader: ReviewFiles) -> None:
    """Say which entries of synthesis/ nobody reads; a misspelt name is the usual cause."""
    folder = reader.root / "synthesis"
    if not os.path.lexists(folder):
        return
    for file in reader.listing(folder):
        if file.name in _SYNTHESIS_FILES:
            continue
        if file.suffix.lower() in {".yml", ".yaml", ".json"} or file.is_dir():
            names = ", ".join(sorted(_SYNTHESIS_FILES))
            hint = nearest(file.name, sorted(_SYNTHESIS_FILES)) or f"Files of synthesis/ are: {names}."
            reader.problems.append(
                MISPLACED_FILE.at(Position(reader.path(file)), "this is not read", hint)
            )
