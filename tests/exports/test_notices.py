"""Whoever cites a paper from a file learns that it was retracted, and takes no notice for the paper."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_map.exports.csl_json import csl_item
from evidence_map.exports.formats import FORMATS
from evidence_map.exports.json_lines import whole_record
from evidence_map.exports.ris import ris_lines
from evidence_map.imports.decoding import decoded
from evidence_map.imports.detection import READERS, detect
from evidence_map.imports.drafts import reference_of
from evidence_map.site.evidence import Evidence, Report
from tests.exports.reports import report

NOTICES: list[dict[str, Any]] = [
    {"kind": "correction", "date": "2020", "doi": None, "url": "https://example.org/c", "note": None},
    {"kind": "retraction", "date": "2021-06", "doi": "10.5555/gone", "url": None, "note": "Invented."},
]


def retracted() -> Report:
    made = report("muster2020", title="Tea of some length", standing="retracted")
    rows: list[Any] = [{"record": "muster2020", "position": 0} | own for own in NOTICES]
    made.notices = rows
    return made


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        ("retracted", "Retracted"),
        ("withdrawn", "Withdrawn"),
        ("partly retracted", "Partly retracted"),
        ("under an expression of concern", "Expression of concern"),
        ("corrected", ""),
        (None, ""),
    ],
)
def test_a_word_for_where_a_report_stands(standing: str | None, word: str) -> None:
    assert report("muster2020", title="Tea", standing=standing).warning == word


def test_notices_stand_in_words() -> None:
    correction = "Correction, 2020, https://example.org/c."
    retraction = "Retraction, 2021-06, https://doi.org/10.5555/gone."
    assert ("N1", retraction) in ris_lines(retracted()) and ("N1", correction) in ris_lines(retracted())
    item = csl_item(retracted())
    assert (item["status"], item["note"]) == ("retracted", f"{correction} {retraction}")
    assert whole_record(retracted())["notices"][1]["doi"] == "10.5555/gone"
    assert "status" not in csl_item(report("muster2020", title="Tea"))


@pytest.mark.parametrize("name", ["bibtex", "bibtex-ascii"])
def test_bibtex_prints_it_in_the_list_of_references(lighthouse: Evidence, name: str) -> None:
    assert "  note = {Retracted}" in FORMATS[name].content([retracted()], lighthouse).decode()


@pytest.mark.parametrize("name", ["bibtex", "ris", "endnote", "endnote-xml", "csl-json", "csv"])
def test_no_notice_is_read_back_as_the_paper(lighthouse: Evidence, name: str) -> None:
    text, _ = decoded(FORMATS[name].content([retracted()], lighthouse), FORMATS[name].file)
    [read] = READERS[detect(text, FORMATS[name].file)](text, FORMATS[name].file).references
    again = reference_of(read)
    assert (again.title, again.doi, again.url) == ("Tea of some length", None, None)
