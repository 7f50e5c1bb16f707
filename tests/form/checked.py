"""The checks of the web form, run with Node, and what Python says of the same entries."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from evidence_map.model import Record
from evidence_map.model.absence import Absence
from evidence_map.problems import Problem
from evidence_map.review import Located, Review
from evidence_map.rules import find_problems
from evidence_map.salvage import salvaged
from evidence_map.site.form_frame import FRAME, PLACES, form_files
from evidence_map.validation import validate
from evidence_map.yaml_source import parse
from tests.form.node import results

FieldPath = tuple[str | int, ...]
Entry = dict[str, Any]


@dataclass(frozen=True, order=True)
class Told:
    """A problem as the form tells it: beside a field."""

    path: FieldPath
    code: str
    severity: str
    message: str
    hint: str


def entry_of(located: Located[Record]) -> Entry:
    """Return a record as the form holds it."""
    plain = located.document.plain()
    assert isinstance(plain, dict)
    return plain


def recorded(review: Review, key: str) -> dict[str, Any]:
    """Return what the form is told of a record; a review with mistakes is never stored."""
    record = review.records[key]
    reference, study = record.value.reference, record.value.study
    authors = reference.authors
    names = [] if isinstance(authors, Absence) else [author.sorting for author in authors[:3]]
    families = [] if isinstance(authors, Absence) else [name.literal or name.family for name in authors]
    told = {
        "key": key,
        "title": reference.title,
        "original_title": reference.original_title,
        "authors": names,
        "year": reference.year,
        "doi": reference.doi,
        "pmid": reference.pmid,
        "pmcid": reference.pmcid,
        "volume": reference.volume,
        "page": reference.page,
        "number": reference.number,
        "container_title": reference.container_title,
        "families": families,
        "decision": record.value.screening.decision.value,
        "basis": record.value.extraction.basis.value if record.value.extraction else None,
        "study": study.report_of if study else None,
        "duplicate_of": study.duplicate_of if study else None,
        "version_of": study.version_of if study else None,
        "findings": [finding.id for finding in record.value.findings or []],
        "extracted_twice": key in review.seconds or None,
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def context_of(review: Review) -> dict[str, Any]:
    """Return what the form knows of *review*, as its page would read it."""
    files = form_files(review, None)
    frame, places = (json.loads(files[name]) for name in (FRAME, PLACES))
    known = [recorded(review, key) for key in review.records]
    return {"frame": frame, "recorded": known, "places": places, "today": "2020-12-31"}


def told_by_form(review: Review, cases: Sequence[tuple[str, Entry]]) -> list[list[Told]]:
    """Return what the form tells of each entry, given with its key."""
    given = [(entry, key) for key, entry in cases]
    found = results("form/checks.js", "problemsOf", given, [context_of(review)])
    return [[_told(each) for each in case] for case in found]


def _told(problem: dict[str, Any]) -> Told:
    return Told(**{**problem, "path": tuple(problem["path"])})


def told_by_python(review: Review, key: str, entry: Entry) -> list[Told]:
    """Return what the check tells of a file that holds *entry*, so far as it stands in that file.

    The entry is written on one line, so that each value has a column of its own.
    """
    file = PurePosixPath(f"records/{key}.yml")
    line = OneLine().write(entry)
    read = parse(line.text, file)
    if isinstance(read, list):
        return sorted(line.told(problem) for problem in read)
    record, problems = validate(read, Record)
    faulty = dict(review.faulty)
    located = None if record is None else Located(record, read)
    if located is None:
        sound = salvaged(read, Record)
        faulty[key] = sound[2] if sound else frozenset()
        located = Located(sound[0], sound[1]) if sound else None
    records = {name: each for name, each in review.records.items() if name != key}
    if located is not None:
        records[key] = located
    ordered = dict(sorted(records.items(), key=lambda each: Path(f"{each[0]}.yml")))
    problems += find_problems(replace(review, records=ordered, faulty=faulty))
    return sorted({line.told(problem) for problem in problems if problem.path == file})


@dataclass
class OneLine:
    """An entry as one line of JSON, which is YAML too, with the column at which each value begins."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    paths: list[FieldPath] = field(default_factory=list)

    def write(self, value: Any, path: FieldPath = ()) -> OneLine:
        self._mark(path)
        if isinstance(value, dict):
            self._each("{}", [(path, name, inner) for name, inner in value.items()])
        elif isinstance(value, list):
            self._each("[]", [((*path, index), None, inner) for index, inner in enumerate(value)])
        else:
            self.text += json.dumps(value, ensure_ascii=False)
        return self

    def _each(self, brackets: str, parts: list[tuple[FieldPath, str | None, Any]]) -> None:
        self.text += brackets[0]
        for number, (path, name, inner) in enumerate(parts):
            self.text += ", " if number else ""
            if name is not None:
                path = (*path, name)
                self._mark(path)
                self.text += json.dumps(name, ensure_ascii=False) + ": "
            self.write(inner, path)
        self.text += brackets[1]

    def _mark(self, path: FieldPath) -> None:
        self.starts.append(len(self.text) + 1)
        self.paths.append(path)

    def told(self, problem: Problem) -> Told:
        path = self.paths[bisect_right(self.starts, problem.column) - 1]
        if problem.code == "missing-field":
            # The check names the section, for the field stands nowhere; the form names the field.
            path = (*path, problem.message.split("“")[1].split("”")[0])
        return Told(path, problem.code, str(problem.severity), problem.message, problem.hint)
