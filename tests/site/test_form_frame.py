"""What the web form knows of a review comes from its models, codebook and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidence_map.checking import all_rules, check
from evidence_map.database import store
from evidence_map.review import Review
from evidence_map.site.evidence import Evidence
from evidence_map.site.form_frame import (
    FRAME,
    PLACES,
    RECORDED,
    form_files,
    record_source,
    recorded_files,
)
from evidence_map.site.shell import repository_address
from tests.reviews import LIGHTHOUSE


@pytest.fixture(scope="module")
def review() -> Review:
    found = check(LIGHTHOUSE).review
    assert found is not None
    return found


@pytest.fixture(scope="module")
def files(review: Review, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    database = tmp_path_factory.mktemp("form") / "evidence.db"
    store(review, database)
    with Evidence(database) as evidence:
        return recorded_files(evidence)


def test_each_record_is_there_as_it_was_written(review: Review, files: dict[str, bytes]) -> None:
    for key in review.records:
        assert files[record_source(key)] == (LIGHTHOUSE / "records" / f"{key}.yml").read_bytes()
    assert [each["key"] for each in json.loads(files[RECORDED])] == list(review.records)


def test_reports_in_memory_hold_everything_but_their_files(review: Review, tmp_path: Path) -> None:
    store(review, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as evidence:
        columns = [row["name"] for row in evidence.rows("PRAGMA table_info(record)")]
        assert all([*own.row, "yaml"] == columns for own in evidence.reports.values())


def test_a_recorded_paper_is_told_apart_by_what_its_reference_says(files: dict[str, bytes]) -> None:
    known = {each["key"]: each for each in json.loads(files[RECORDED])}
    assert known["muster2020"]["pmid"] == "123"
    assert known["example2019"]["doi"] == "10.5555/example.1"
    assert known["example2019"]["authors"] == ["Example", "van Muster", "The Invented Crew"]
    assert "volume" not in known["plan2020"]


def test_the_frame_holds_every_rule_and_every_term(review: Review) -> None:
    frame = json.loads(form_files(review, "https://example.org/tea")[FRAME])
    assert set(frame["rules"]) == {rule.code for rule in all_rules()}
    assert frame["repository"] == "https://example.org/tea"
    terms = {(each["id"], term["id"]) for each in frame["dimensions"] for term in each["terms"]}
    assert terms == {(name, term) for name, own in review.frame.terms.items() for term in own}
    assert set(frame["schema"]["properties"]) >= {"reference", "screening", "findings"}


def test_places_are_named_in_english(review: Review) -> None:
    known = json.loads(form_files(review, None)[PLACES])
    assert known["countries"]["BO"] == "Bolivia"
    assert known["subdivisions"]["GB-SCT"] == "Scotland"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("site_name: Tea\n", None),
        ("repo_url:\n", None),
        ("# repo_url: https://example.org/tea/\n", None),
        ("repo_url: https://example.org/tea/\n", "https://example.org/tea"),
    ],
)
def test_the_repository_is_the_one_of_the_configuration(
    text: str, address: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(text)
    assert repository_address(file) == address
