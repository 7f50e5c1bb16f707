"""The exports that a build publishes: the same reports in the same order, and linked."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from evidence_map.build_command import ExpectedError
from evidence_map.exports.fields import ExportError
from evidence_map.exports.formats import FORMATS

KEYS = ["example2019", "example2020", "muster2020", "overview2020", "plan2020"]


@pytest.fixture(scope="module")
def site(lighthouse_site: Path) -> Path:
    return lighthouse_site


def test_every_export_holds_all_but_the_excluded_reports(site: Path) -> None:
    files = [form.file for form in FORMATS.values() if not form.is_binary]
    texts = {file: (site / "data" / file).read_bytes().decode("utf-8") for file in files}
    assert re.findall(r"^@\w+\{(.+),$", texts["references.bib"], re.MULTILINE) == KEYS
    assert re.findall(r"\r\nID  - (.+)\r\n", texts["references.ris"]) == KEYS
    assert re.findall(r"\r\n%F (.+)\r\n", texts["references.enw"]) == KEYS
    assert re.findall(r"<label>(.+?)</label>", texts["references.xml"]) == KEYS
    assert [json.loads(line)["key"] for line in texts["reports.jsonl"].splitlines()] == KEYS
    assert [item["id"] for item in json.loads(texts["references.json"])] == KEYS
    assert [row["key"] for row in csv.DictReader(texts["reports.csv"].splitlines())] == KEYS
    assert not any(text.startswith("\ufeff") for text in texts.values())


@pytest.mark.parametrize("page", ["index.html", "records/index.html", "database/index.html"])
def test_every_export_is_linked(site: Path, page: str) -> None:
    text = (site / page).read_text("utf-8")
    for name in ("references.bib", "references.ris", "references.json", "reports.csv"):
        assert re.search(rf'href="\S*data/{name}" download', text), name


def test_what_cannot_be_exported_is_told_in_one_line() -> None:
    assert issubclass(ExportError, ExpectedError)
