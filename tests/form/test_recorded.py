"""A paper that is recorded already is found, and a new one gets the key that the program would give."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from evidence_map.checking import check
from evidence_map.citation_keys import citation_key
from evidence_map.database import store
from evidence_map.model.reference import Reference
from evidence_map.review import Review
from evidence_map.site.evidence import Evidence
from evidence_map.site.form_frame import RECORDED, recorded_files
from tests.form.checked import recorded as told
from tests.form.node import results
from tests.reviews import LIGHTHOUSE, REPOSITORY


def reviewed(root: Path) -> Review:
    review = check(root).review
    assert review is not None
    return review


def recorded(review: Review) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        store(review, Path(folder) / "evidence.db")
        with Evidence(Path(folder) / "evidence.db") as evidence:
            return list(json.loads(recorded_files(evidence)[RECORDED]))


@pytest.mark.parametrize("root", [LIGHTHOUSE, REPOSITORY], ids=["invented", "real"])
def test_what_is_recorded_is_what_the_files_say(root: Path) -> None:
    review = reviewed(root)
    assert recorded(review) == [told(review, key) for key in sorted(review.records)]


def likenesses(*cases: tuple[Any, ...]) -> list[Any]:
    return results("form/recorded.js", "likenesses", cases)


def plain(reference: Reference) -> dict[str, Any]:
    return reference.model_dump(mode="json", exclude_none=True)


@pytest.fixture(scope="module")
def real() -> Review:
    return reviewed(REPOSITORY)


def test_each_real_record_is_found_by_doi_and_by_title(real: Review) -> None:
    known = recorded(real)
    by_doi = {key: {"doi": value} for key, r in real.records.items() if (value := r.value.reference.doi)}
    for key, found in zip(by_doi, likenesses(*((one, known) for one in by_doi.values())), strict=True):
        assert [(one["key"], one["certain"]) for one in found] == [(key, True)]
    bare = {"doi", "pmid", "pmcid"}
    by_title = {
        key: {name: value for name, value in plain(record.value.reference).items() if name not in bare}
        for key, record in real.records.items()
    }
    answers = likenesses(*((one, known) for one in by_title.values()))
    short = 0
    for key, found in zip(by_title, answers, strict=True):
        short += key not in [one["key"] for one in found]
    assert short <= 3


def test_no_real_record_is_taken_for_another(real: Review) -> None:
    known = recorded(real)
    cases = [(plain(record.value.reference), known, key) for key, record in real.records.items()]
    pairs = {
        frozenset((key, one["key"]))
        for key, found in zip(real.records, likenesses(*cases), strict=True)
        for one in found
    }
    related = {
        frozenset((key, other))
        for key, record in real.records.items()
        if (study := record.value.study)
        for other in (study.duplicate_of, study.version_of)
        if other
    }
    assert pairs <= related


def test_slips_and_marks_do_not_hide_a_paper() -> None:
    known = recorded(reviewed(LIGHTHOUSE))
    author = [{"family": "Muster", "given": "X."}]
    cases: list[tuple[Any, ...]] = [
        ({"doi": "https://doi.org/10.5555/EXAMPLE.1"}, known),
        ({"title": "Warm feet, warm cup", "authors": author, "issued": "2021"}, known),
        ({"title": "Warm feet, warm cups", "authors": [{"family": "Gull"}]}, known),
        ({"title": "Warm feet, warm cups", "authors": author, "issued": "2011"}, known),
        ({"title": "Correction to: warm feet, warm cups", "authors": author, "issued": "2020"}, known),
        ({"doi": "10.5555/example.1"}, known, "example2019"),
        (None, known),
    ]
    found = [[(one["key"], one["certain"]) for one in answer] for answer in likenesses(*cases)]
    assert found == [[("example2019", True)], [("muster2020", False)], [], [], [], [], []]


def test_keys_are_those_of_the_program(real: Review) -> None:
    taken = sorted(real.records)
    references = [record.value.reference for record in real.records.values()]
    answers = keys([(plain(reference), taken) for reference in references])
    assert answers == [citation_key(reference, taken) for reference in references]


def test_keys_of_every_latin_letter() -> None:
    letters = [chr(code) for code in range(0x180) if chr(code).isalpha()]
    references = [
        _authored(f"X{letter} {letter}y", body) for letter in letters for body in (False, True)
    ]
    plainly = [reference.model_dump(mode="json", exclude_none=True) for reference in references]
    assert keys([(each, []) for each in plainly]) == [
        citation_key(reference, []) for reference in references
    ]


def _authored(name: str, body: bool) -> Reference:
    author = {"literal": name} if body else {"family": name}
    return Reference.model_validate({"title": "Tea", "authors": [author], "issued": "2020"})


def keys(cases: list[tuple[Any, list[str]]]) -> list[Any]:
    return results("form/recorded.js", "suggestedKey", cases)
