"""Records with one mistake each, and what is told of it beside which field.

They are the mistakes of :mod:`tests.mistakes` that are made in a record, as entries of the web form.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence_map.checking import check
from evidence_map.review import Review
from evidence_map.yaml_source import read_document
from tests.folders import ReviewFolder
from tests.form.checked import Entry, OneLine, Told, told_by_python
from tests.mistakes import FULL, MISTAKES, Edit, Mistake
from tests.reviews import LIGHTHOUSE

_FILE = "The form writes the file, so this cannot occur in it."
_OTHER_FILE = "It is told of another file than that of a record."
_SECOND = "It compares a record with its second extraction, which the form does not know."
_EVIDENCE = "It is told of a review finding, which only the check of the whole review looks at."

NOT_IN_THE_FORM = {
    # Files and their text
    "link-outside": _FILE,
    "missing-file": _OTHER_FILE,
    "misplaced-file": _FILE,
    "file-name-clash": "Keys that are no small letters are refused before (bad-file-name).",
    "unreadable-file": _FILE,
    "file-too-large": "Each field has a limit of its own; the file is measured by the check.",
    "bad-encoding": _FILE,
    "empty-file": _FILE,
    "yaml-syntax": _FILE,
    "not-fields": _FILE,
    "duplicate-key": _FILE,
    "anchor-or-alias": _FILE,
    "tag": _FILE,
    "too-deep": _FILE,
    "cut-by-comment": _FILE,
    "front-matter": _OTHER_FILE,
    "repeated-identifier": _OTHER_FILE,
    # The review as a whole
    "tool-does-not-fit": _OTHER_FILE,
    "codebook-field": _OTHER_FILE,
    "built-in-dimension": _OTHER_FILE,
    "reserved-term": _OTHER_FILE,
    "study-without-reports": _OTHER_FILE,
    "search-does-not-add-up": "A new record changes what a search adds up to; it is told of the search.",
    "flow-without-exclusion": _OTHER_FILE,
    "unneeded-acceptance": _OTHER_FILE,
    "map-dimension": _OTHER_FILE,
    "map-cell": _OTHER_FILE,
    "many-segments": _OTHER_FILE,
    "findings-by": _OTHER_FILE,
    "unknown-checklist-item": _OTHER_FILE,
    "repeated-checklist-item": _OTHER_FILE,
    "second-without-first": _SECOND,
    "same-extractor": _SECOND,
    "disputed-field": _SECOND,
    "adjudication-not-carried-out": _SECOND,
    # Review findings
    "report-for-finding": _EVIDENCE,
    "unknown-finding": _EVIDENCE,
    "contribution-not-included": _EVIDENCE,
    "title-for-finding": _EVIDENCE,
    "empty-reason": _EVIDENCE,
    "confidence-by-formula": _EVIDENCE,
    "finding-without-study": _EVIDENCE,
    "high-confidence-one-study": _EVIDENCE,
    "one-sample-several-reports": _EVIDENCE,
    "methods-not-appraised": _EVIDENCE,
    "implausible-confidence": _EVIDENCE,
    "unrecorded-evidence": _EVIDENCE,
    "stale-assessment": _EVIDENCE,
    "retracted-contribution": _EVIDENCE,
}
"""The rules that the form does not check, and why not. Every other rule has a case below."""

ONLY_IN_PART = {
    "adjudication-without-difference": _SECOND,
    "likely-duplicate": "The form does not spell other scripts in Latin letters, as the check does.",
}
"""The rules that the form checks as far as it can know."""


@dataclass(frozen=True)
class FormCase:
    """A record with a mistake.

    :ivar code: the rule that the mistake breaks.
    :ivar told: every problem of the record, in Python's words.
    :ivar review: the review that it is checked against.
    :ivar is_all: whether the record is all that is changed: the rest is the small invented review.
    """

    code: str
    key: str
    entry: Entry
    told: list[Told]
    review: Review
    is_all: bool = True

    @property
    def problem(self) -> Told:
        """The problem for which the mistake was made."""
        return next(each for each in self.told if each.code == self.code)


def record_cases(folder: Path) -> Iterator[FormCase]:
    """Yield the mistakes that stand in a record and can be read.

    :param folder: an empty folder, in which the small invented review is spoilt.
    """
    sound = _reviewed(LIGHTHOUSE)
    for number, mistake in enumerate(MISTAKES):
        files = [file for file in map(_edited, mistake.edits) if file]
        records = [file for file in files if file.startswith("records/") and file.count(".") == 1]
        if records and len(files) == len(mistake.edits):
            yield from _case(mistake, records[-1], folder / str(number), sound)
    yield from _blanks(sound)
    yield from _keys(folder, sound)


def _edited(edit: Edit) -> str | None:
    return edit[0] if isinstance(edit, tuple) else None


def _case(mistake: Mistake, file: str, folder: Path, sound: Review) -> Iterator[FormCase]:
    shutil.copytree(LIGHTHOUSE, folder, ignore=shutil.ignore_patterns("build"))
    spoilt = ReviewFolder(folder)
    elsewhere = False
    for edit in mistake.edits:
        assert isinstance(edit, tuple)
        spoilt.write(*edit) if len(edit) == 2 else spoilt.edit(*edit)
        elsewhere = elsewhere or edit[0] != file
    path = Path(file)
    if path.stem in sound.seconds:
        # What is told of it depends on the second extraction, so it stands under a key of its own.
        path = path.with_stem("muster2021")
        (folder / file).rename(folder / path)
    document = read_document(folder / path, path)  # type: ignore[arg-type]
    if isinstance(document, list) or document.problems:
        return
    entry = document.plain()
    assert isinstance(entry, dict)
    review = _reviewed(folder) if elsewhere else sound
    told = told_by_python(review, path.stem, entry)
    if mistake.code in {each.code for each in told}:
        yield FormCase(mistake.code, path.stem, entry, told, review, is_all=not elsewhere)


def _reviewed(root: Path) -> Review:
    review = check(root).review
    assert review is not None
    return review


def _blanks(sound: Review) -> Iterator[FormCase]:
    """Yield what a form can hold though no reading of a file gives it: blanks and invisible signs."""
    key = Path(FULL).stem
    plain = sound.records[key].document.plain()
    assert isinstance(plain, dict)
    reference = plain["reference"]
    assert isinstance(reference, dict)
    changes: list[tuple[str, Entry]] = [
        ("empty-value", {"volume": "  "}),
        ("empty-value", {"title": ""}),
        ("empty-value", {"keywords": ["tea", "", "towers"]}),
        ("bad-character", {"volume": "1\u202e2"}),
    ]
    for code, change in changes:
        entry = {**plain, "reference": {**reference, **change}}
        yield FormCase(code, key, entry, told_by_python(sound, key, entry), sound)


def _keys(folder: Path, sound: Review) -> Iterator[FormCase]:
    """Yield keys that a record cannot have; the check tells of them elsewhere than in the record."""
    entry: Entry = {
        "reference": {"title": "A paper of its own", "issued": "2021"},
        "screening": {"decision": "awaiting", "found_by": ["letters"]},
    }
    for code, key in (("bad-file-name", "con"), ("study-like-record", "beacon")):
        root = folder / key
        shutil.copytree(LIGHTHOUSE, root, ignore=shutil.ignore_patterns("build"))
        (root / "records" / f"{key}.yml").write_text(OneLine().write(entry).text, "utf-8")
        (problem,) = [each for each in check(root).problems if each.code == code]
        told = Told((), code, str(problem.severity), problem.message, problem.hint)
        yield FormCase(code, key, entry, [told], sound)
