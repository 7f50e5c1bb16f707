"""All files that are offered: the same data give the same bytes, and say which data they are."""

from __future__ import annotations

import io
import zipfile

import pytest

from evidence_map.exports.formats import FORMATS, Format
from evidence_map.manuscript.formats import MANUSCRIPT_FORMATS, WHOLE
from evidence_map.site.evidence import Evidence

ALL = {**FORMATS, **MANUSCRIPT_FORMATS}
CITED_BY_THE_DATA_PACKAGE = {
    *("csl-json", "csv", "findings-csv", "json-lines", "characteristics-csv", "flow-csv"),
    *("cerqual-summary-csv", "cerqual-profile-csv"),
    "appraisal-csv",
}
"""Formats that have no place for a comment."""
DRAWN = {"flow-png", "appraisal-reports-png", "appraisal-items-png"}
"""Formats in which the version stands among the pixels."""


def text_of(form: Format, content: bytes) -> str:
    """Return the text of a file, or of all parts of a packed one."""
    if not form.is_binary:
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def test_names_and_files_are_told_apart() -> None:
    assert not set(FORMATS) & set(MANUSCRIPT_FORMATS)
    assert len({form.file for form in ALL.values()}) == len(ALL)
    assert all(form.file.startswith("manuscript/") for form in MANUSCRIPT_FORMATS.values())
    assert set(WHOLE) <= set(MANUSCRIPT_FORMATS)


@pytest.mark.parametrize("name", ALL)
def test_the_same_data_give_the_same_bytes(lighthouse: Evidence, name: str) -> None:
    first, second = (ALL[name].content(lighthouse.exported, lighthouse) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", sorted(set(ALL) - DRAWN))
def test_a_file_says_of_which_version_it_is(lighthouse: Evidence, name: str) -> None:
    text = text_of(ALL[name], ALL[name].content(lighthouse.exported, lighthouse))
    assert (lighthouse.meta["version"] in text) is (name not in CITED_BY_THE_DATA_PACKAGE)


@pytest.mark.parametrize("name", MANUSCRIPT_FORMATS)
def test_a_review_without_reports_has_empty_tables(lighthouse: Evidence, name: str) -> None:
    assert MANUSCRIPT_FORMATS[name].content([], lighthouse)
