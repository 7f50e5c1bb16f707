"""The description of the published files, checked by the program that reads such descriptions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system

from evidence_map.exports.data_package import FILE, data_package
from evidence_map.exports.formats import FORMATS
from evidence_map.exports.review_citation import review_citation
from evidence_map.manuscript.formats import MANUSCRIPT_FORMATS
from evidence_map.site.evidence import Evidence
from tests.exports.reports import lighthouse_database

ALL = [*FORMATS.values(), *MANUSCRIPT_FORMATS.values()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The files as a build publishes them."""
    folder = tmp_path_factory.mktemp("data")
    with Evidence(lighthouse_database(folder)) as evidence:
        for form in ALL:
            (folder / form.file).parent.mkdir(exist_ok=True)
            (folder / form.file).write_bytes(form.content(evidence.exported, evidence))
        (folder / FILE).write_text(data_package(evidence, ALL, folder), "utf-8")
    yield folder


@pytest.fixture(scope="module")
def described(folder: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((folder / FILE).read_text("utf-8"))
    return package


def test_frictionless_finds_nothing_wrong_with_description_and_tables(folder: Path) -> None:
    with system.use_context(trusted=True):
        package = Package(str(folder / FILE))
        tables = [own for own in package.resources if own.schema.fields]
        assert [own.path for own in tables] == [
            "reports.csv",
            "findings.csv",
            "manuscript/characteristics.csv",
            "manuscript/cerqual-summary.csv",
            "manuscript/cerqual-profile.csv",
            "manuscript/numbers.csv",
            "manuscript/flow.csv",
            "manuscript/appraisal.csv",
        ]
        report = package.validate()
        assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])
        assert report.stats["tasks"] == len(ALL) + 1


def test_frictionless_reads_typed_values(folder: Path) -> None:
    with system.use_context(trusted=True):
        package = Package(str(folder / FILE))
        table = package.get_table_resource("reports.csv")
        rows = {row["key"]: row for row in table.read_rows()}
    assert (rows["example2019"]["year"], rows["example2019"]["counted"]) == (2019, True)
    assert rows["example2019"]["sample_size"] == 12
    assert rows["example2020"]["sample_size"] is None


def test_every_file_is_listed_with_its_kind_and_size(folder: Path, described: dict[str, Any]) -> None:
    resources = {own["path"]: own for own in described["resources"]}
    assert set(resources) == {"evidence.db", *(form.file for form in ALL)}
    assert all(own["mediatype"] and own["title"] for own in resources.values())
    for path, own in resources.items():
        assert own["bytes"] == (folder / path).stat().st_size
    assert len({own["name"] for own in resources.values()}) == len(resources)


def test_it_says_how_the_review_is_cited(lighthouse: Evidence, described: dict[str, Any]) -> None:
    assert described["citation"] == review_citation(lighthouse)
    assert described["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    assert described["version"] == lighthouse.meta["version"]
    assert described["name"] == "lighthouse-tea-breaks"


def test_columns_are_described_in_the_words_of_the_database(described: dict[str, Any]) -> None:
    [table] = [own for own in described["resources"] if own["path"] == "reports.csv"]
    fields = {field["name"]: field for field in table["schema"]["fields"]}
    assert fields["sample_size"]["description"] == "How many took part"
    assert fields["report.crew"]["description"] == "Crew: Who drinks the tea."
    assert all(field["description"] for field in fields.values())


def test_an_unknown_licence_is_told_in_words(
    lighthouse: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(lighthouse.meta, "licence", "Ask the crew")
    described = json.loads(data_package(lighthouse, ALL))
    assert "licenses" not in described and "bytes" not in described["resources"][0]
    assert described["description"].endswith("Licence: Ask the crew.")
