"""Make a new review: its files, checked as every review is, moved into place as a whole."""

from __future__ import annotations

from pathlib import Path

import yaml

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.exports.review_citation import citation_cff
from evidence_map.json_schemas import write_schemas
from evidence_map.review import Review
from evidence_map.site.evidence import Evidence
from evidence_map.starting.answers import Answers
from evidence_map.starting.place import making
from evidence_map.starting.skeleton import files_of
from evidence_map.unfinished import temporary_folder

CITATION = "# How to cite this review. The published site has one that names the version of the data.\n"


class StartingError(Exception):
    """The answers make a review that has a problem; the message says which."""


def make_review(answers: Answers, folder: Path, today: str) -> list[str]:
    """Make a review in *folder*, which is absent or empty, and return the paths of its files.

    :param folder: a place that :func:`~evidence_map.starting.place.checked_place` found fit.
    :param today: the day, such as ``2026-11-22``.
    :raises OSError, PlaceError: if it cannot be put there.
    :raises StartingError: if a check finds anything in what was made.
    """
    with making(folder) as work:
        for name, text in files_of(answers, today).items():
            file = work / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
        checked = check(work)
        if checked.problems or checked.review is None:
            first = checked.problems[0]
            raise StartingError(f"{first.path}:{first.line}: {first.message}. {first.hint}")
        write_schemas(checked.review.frame, work / "schema")
        (work / "CITATION.cff").write_text(_citation(checked.review), "utf-8", newline="\n")
        return sorted(file.relative_to(work).as_posix() for file in work.rglob("*") if file.is_file())


def _citation(review: Review) -> str:
    """Return CITATION.cff without version and date, so that it does not grow old."""
    with temporary_folder() as folder:
        store(review, folder / "evidence.db")
        with Evidence(folder / "evidence.db") as evidence:
            told = yaml.safe_load(citation_cff(evidence))
    told.pop("version")
    told.pop("date-released", None)
    told["message"] = (
        "Please cite the version of the data that you used; the home page of the site names it."
    )
    return CITATION + yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)
