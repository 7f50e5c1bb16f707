"""EndNote's tagged format, there and back again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.endnote_tagged import as_enw
from evidence_map.exports.endnote_types import SERIALS, TYPES
from evidence_map.exports.fields import pages
from evidence_map.imports import endnote_tagged
from evidence_map.imports.imported import Imported, ImportFormatError
from evidence_map.imports.reference_types import csl_type
from tests.exports.reports import report
from tests.imports.carried import CARRIED, KEYWORDS, PEOPLE, REPORTS, parts

SAMPLE = """%0 Journal Article
%A Muster, Carla
%A Invented Crew,
%D 2020
%T Tea and <i>cats</i>
%B Journal of Invented Results
%V 12
%N 3
%P 168-177
%! Tea
%@ 1234-5679
%R 10.5555/tea.1
%M 12345678
%W NLM
%8 Oct 28
%X Keepers drank tea.

And more of it.
%K Cats
Tea
%Z Muster, Carla
%+ Harbour
%> internal-pdf://tea.pdf
%U https://example.org/tea
%G eng
%[ 2026-05-01
%F 17

%0 Book
%T Lamps
%E Bean, F.
"""


def read(*lines: str) -> Imported:
    text = "\n".join(["%0 Journal Article", "%T Tea", *lines])
    [reference] = endnote_tagged.read(text, "tea.enw").references
    return reference


def test_a_whole_reference() -> None:
    reading = endnote_tagged.read(SAMPLE, "tea.enw")
    first, second = reading.references
    assert first.fields == {
        "type": "article-journal",
        "title": "Tea and cats",
        "authors": [{"family": "Muster", "given": "Carla"}, {"literal": "Invented Crew"}],
        "issued": "2020-10-28",
        "container_title": "Journal of Invented Results",
        "volume": "12",
        "issue": "3",
        "page": "168-177",
        "doi": "10.5555/tea.1",
        "pmid": "12345678",
        "issn": "1234-5679",
        "url": "https://example.org/tea",
        "language": "en",
        "keywords": ["Cats", "Tea"],
    }
    assert first.key == "17"
    assert [(left.name, left.line) for left in first.leftovers] == [("%!", 10), ("%Z", 21), ("%[", 26)]
    assert (second.line, second.fields["type"]) == (29, "book")
    assert second.fields["editors"] == [{"family": "Bean", "given": "F."}]
    assert reading.remarks[0].startswith("1 abstract was left out")
    assert "Keepers drank" not in repr(reading) and "internal-pdf" not in repr(reading)


def test_refer_without_types() -> None:
    text = "%A Carla Muster\n%T Tea\n%J Results\n%D 2020\n\n%A Dora Lamp\n%T Cats\n%I Press\n"
    reading = endnote_tagged.read(text, "tea.refer")
    assert [one.fields["title"] for one in reading.references] == ["Tea", "Cats"]
    assert reading.references[0].fields["authors"] == [{"family": "Muster", "given": "Carla"}]
    assert "does not say what type" in reading.references[0].remarks[0]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("%R tea", "not a DOI"),
        ("%M 12345678", "number in a database"),
        ("%~ Lamps Index", "name of the database"),
        ("%D soon", "not a date that could be read"),
        ("%# 5", "reviewed item or volumes"),
    ],
)
def test_what_is_not_taken_is_left_over(line: str, reason: str) -> None:
    [leftover] = read(line).leftovers
    assert (leftover.name, leftover.value, leftover.line, leftover.reason) == (
        line[:2],
        line[3:],
        3,
        reason,
    )


def test_a_percent_sign_in_a_text_is_no_tag() -> None:
    assert read("%Z 5", "%5 of cats", "%% more").leftovers[0].value == "5"
    assert endnote_tagged.tag_of("%50 of cats") is None
    assert endnote_tagged.tag_of("% of cats") is None


def test_a_file_without_references_is_refused() -> None:
    with pytest.raises(ImportFormatError, match="a has no reference in EndNote's tagged format"):
        endnote_tagged.read("50% of cats\n", "a")


def test_types_that_are_written_are_read() -> None:
    for written in TYPES.values():
        assert csl_type(written.name) is not None


def expected(
    columns: dict[str, Any], authors: list[Any], editors: list[Any], keywords: list[str]
) -> dict[str, Any]:
    """Return the fields that the format carries of a report."""
    row = {"authors_complete": 1} | columns
    kind = TYPES[row["type"]].name
    found: dict[str, Any] = {name: row.get(name) for name in CARRIED}
    found["page"], found["number"] = pages(row.get("page"), "-"), row.get("number")
    if kind in SERIALS and not row.get("page"):
        found["page"], found["number"] = row.get("number"), None
    found["type"] = csl_type(kind)
    found["authors"], found["editors"] = [parts(one) for one in authors], [parts(one) for one in editors]
    found["keywords"] = keywords
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
    [reference] = endnote_tagged.read(as_enw([written]), "tea.enw").references
    assert reference.fields == expected(columns, authors, editors, keywords)
    assert reference.key == "key2020"


@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from(SAMPLE.split("\n"))), max_size=40))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    try:
        reading = endnote_tagged.read("\n".join(lines), "a")
    except ImportFormatError:
        return
    assert reading.references or reading.refused


TAGS = st.sampled_from([f"%{mark}" for mark in "ABCDEGIJKLMNOPQRSTUVWYZ12346789!#$&()*<=?@[]^~"])
VALUES = st.sampled_from(["{}", "Q{}, C", "10.5555/{}", "https://x.org/{}", "2020 {}", "PMID {}"])


@given(
    st.lists(st.tuples(TAGS, VALUES), max_size=25),
    st.sampled_from(["Journal Article", "Book", "Report"]),
)
def test_every_line_is_taken_or_left_over(tags: list[tuple[str, str]], kind: str) -> None:
    lines = [f"{tag} {value.replace('{}', f'q{place}z')}" for place, (tag, value) in enumerate(tags)]
    reading = endnote_tagged.read("\n".join([f"%0 {kind}", "%T Tea", *lines]), "a")
    shown = repr(reading.references[0])
    for place, (tag, _) in enumerate(tags):
        assert f"q{place}z" in shown, tag
