"""What lists show of a report, in parts that are fetched when they are needed."""

from __future__ import annotations

import json
import re

import pytest

from evidence_map.site.evidence import Evidence
from evidence_map.site.live.columns import Columns
from evidence_map.site.live.texts import PART, Texts
from tests.reviews import REPOSITORY


@pytest.fixture(scope="module")
def texts(kites: Evidence, columns: Columns) -> Texts:
    return Texts(kites, columns.reports)


def test_parts_hold_every_report_in_the_order_of_the_columns(texts: Texts, columns: Columns) -> None:
    parts = [json.loads(part) for part in texts.parts()]
    keys = [report.key for report in columns.reports]
    assert json.loads(texts.keys()) == keys
    assert [len(part) for part in parts[:-1]] == [PART] * (len(parts) - 1)
    assert len(parts) == -(-len(keys) // PART) > 1
    assert [text["key"] for part in parts for text in part] == keys


def test_the_script_cuts_parts_alike() -> None:
    script = (REPOSITORY / "site_templates/js/live/source.js").read_text("utf-8")
    match = re.search(r"const PART = (\d+);", script)
    assert match is not None and int(match[1]) == PART


def test_findings_stand_in_the_order_of_the_columns(texts: Texts, columns: Columns) -> None:
    shown = [text for part in texts.parts() for text in json.loads(part)]
    for report, text in zip(columns.reports, shown, strict=True):
        assert [finding[0] for finding in text["findings"]] == [own.name for own in report.findings]
        assert text["title"] == report.row["title"]
        assert text["citation"] == report.citation


def test_a_report_of_a_study_with_several_says_so(texts: Texts, kites: Evidence) -> None:
    shown = {text["key"]: text for part in texts.parts() for text in json.loads(part)}
    declared = {study.id: study for study in kites.studies.values() if study.declared}
    assert declared
    for key, text in shown.items():
        study = declared.get(kites.reports[key].row["study"])
        wanted = {"id": study.id, "label": study.label, "title": study.title} if study else None
        assert text.get("study") == wanted


def test_what_is_not_counted_says_why(texts: Texts, kites: Evidence) -> None:
    shown = {text["key"]: text for part in texts.parts() for text in json.loads(part)}
    ongoing = [key for key, report in kites.reports.items() if report.row["decision"] == "ongoing"]
    assert ongoing
    for key in ongoing:
        assert any("ongoing" in badge.lower() for badge in shown[key]["badges"]), shown[key]["badges"]
