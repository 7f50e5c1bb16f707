"""RIS there and back again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.fields import pages
from evidence_map.exports.ris import TYPES as WRITTEN
from evidence_map.exports.ris import as_ris
from evidence_map.imports import ris
from evidence_map.imports.markup import plain
from evidence_map.site.evidence import Evidence, Report
from tests.exports.reports import HOSTILE, lighthouse_database, report
from tests.imports.carried import CARRIED, KEYWORDS, PEOPLE, REPORTS, parts

SERIALS = {"JOUR", "MGZN", "NEWS"}


def expected(written: Report) -> dict[str, Any]:
    """Return the fields that RIS carries of a report."""
    row = written.row
    found = {name: row[name] for name in CARRIED}
    found["page"], found["number"] = pages(row["page"], "-"), row["number"]
    kind = WRITTEN[row["type"]]
    if kind in SERIALS and not row["page"]:
        # An article's number stands where its pages would, and reads back as they do.
        found["page"], found["number"] = row["number"], None
    found["type"] = ris.TYPES[kind]
    found["authors"] = [parts(one) for one in written.authors]
    found["editors"] = [parts(one) for one in written.editors]
    found["keywords"] = written.lists.get("keyword")
    found["authors_complete"] = None if row["authors_complete"] else False
    return {name: value for name, value in found.items() if value not in (None, "", [])}


@given(
    REPORTS,
    st.lists(PEOPLE, max_size=3),
    st.lists(PEOPLE, max_size=2),
    st.lists(KEYWORDS, max_size=3, unique_by=str),
)
def test_what_is_exported_reads_back(
    columns: dict[str, Any], authors: list[Any], editors: list[Any], keywords: list[str]
) -> None:
    written = report(authors=authors, **columns)
    written.editors = editors
    written.lists["keyword"] = keywords
    [reference] = ris.read(as_ris([written]), "tea.ris").references
    assert reference.fields == expected(written)
    assert (reference.key, reference.leftovers) == ("key2020", [])


def test_the_invented_review_reads_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Evidence(lighthouse_database(tmp_path_factory.mktemp("ris"))) as evidence:
        reports = list(evidence.reports.values())
    reading = ris.read(as_ris(reports), "tea.ris")
    assert [one.key for one in reading.references] == [one.key for one in reports]
    for reference, written in zip(reading.references, reports, strict=True):
        assert reference.fields == expected(written)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_hostile_titles_read_back(text: str) -> None:
    reading = ris.read(as_ris([report("a", title=text), report("b", title=text)]), "tea.ris")
    titles = [reference.fields["title"] for reference in reading.references]
    assert [reference.key for reference in reading.references] == ["a", "b"]
    assert titles == [plain(text)] * 2
