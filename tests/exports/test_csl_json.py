"""CSL-JSON with the names, dates and variables of CSL."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.csl_json import as_csl_json, csl_item
from evidence_map.exports.fields import ExportError
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, PLAIN, UNHEARD_OF, UNPRINTABLE, person, report


def read(text: str) -> list[dict[str, Any]]:
    """Return the items; each must stand on a line of its own."""
    items: list[dict[str, Any]] = json.loads(text)
    first, *lines, last, end = text.split("\n")
    assert (first, last, end) == ("[", "]", "")
    assert [json.loads(line.removesuffix(",")) for line in lines if line] == items
    return items


def test_a_whole_item(lighthouse: Evidence) -> None:
    assert read(as_csl_json([lighthouse.reports["example2019"]])) == [
        {
            "id": "example2019",
            "type": "article-journal",
            "author": [
                {"family": "Example", "given": "Ann B."},
                {"family": "Muster", "given": "Çelik", "non-dropping-particle": "van"},
                {"literal": "The Invented Crew"},
            ],
            "issued": {"date-parts": [[2019, 5]]},
            "title": "Tea & company: what <keepers> say",
            "container-title": "Journal of Invented Results",
            "volume": "012",
            "issue": "10.10",
            "page": "1-9",
            "DOI": "10.5555/example.1",
            "ISSN": "1234-5679",
            "language": "en",
            "keyword": "tea; lighthouses",
        }
    ]


def test_all_reports_in_their_order(lighthouse: Evidence) -> None:
    items = read(as_csl_json(lighthouse.reports.values()))
    assert [item["id"] for item in items] == sorted(lighthouse.reports)
    assert "author" not in next(item for item in items if item["id"] == "overview2020")


def test_no_reports_are_an_empty_array() -> None:
    assert read(as_csl_json([])) == []


@pytest.mark.parametrize(
    ("issued", "parts"), [("2020", [2020]), ("2020-03", [2020, 3]), ("2020-03-09", [2020, 3, 9])]
)
def test_dates_are_as_exact_as_the_source(issued: str, parts: list[int]) -> None:
    assert csl_item(report(issued=issued))["issued"] == {"date-parts": [parts]}


def test_every_other_variable() -> None:
    columns: dict[str, Any] = {
        "original_title": "Thé",
        "page": "168 – 177",
        "number": "7",
        "edition": "2nd",
        "publisher": "Press",
        "publisher_place": "Harbour",
        "pmid": "123",
        "pmcid": "PMC9",
        "isbn": "9780306406157",
        "url": "https://example.org/",
        "authors_complete": 0,
    }
    assert csl_item(report(authors=[person("Bean", given="C.", suffix="Jr")], **columns)) == {
        "id": "key2020",
        "type": "article-journal",
        "author": [{"family": "Bean", "given": "C.", "suffix": "Jr"}],
        "title": "A title",
        "original-title": "Thé",
        "page": "168-177",
        "number": "7",
        "edition": "2nd",
        "publisher": "Press",
        "publisher-place": "Harbour",
        "PMID": "123",
        "PMCID": "PMC9",
        "ISBN": "9780306406157",
        "URL": "https://example.org/",
        "note": "The source names only the first authors.",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_in_their_item(text: str) -> None:
    items = read(as_csl_json([report("a", title=text), report("b", title=text)]))
    # An invisible sign keeps processors from taking what looks like markup for it.
    shown = [(item["id"], item["title"].replace("\u2060", "")) for item in items]
    assert shown == [("a", text), ("b", text)]
    assert not re.search(r"<b>|&amp;", items[0]["title"])


def test_the_number_of_an_article_stands_where_styles_look_for_pages() -> None:
    numbered: dict[str, Any] = {"number": "191", "container_title": "Tea Letters"}
    [item] = read(as_csl_json([report(**numbered)]))
    assert (item["number"], item["page"]) == ("191", "191")
    [item] = read(as_csl_json([report(page="1-9", **numbered)]))
    assert (item["number"], item["page"]) == ("191", "1-9")
    [item] = read(as_csl_json([report(type="report", **numbered)]))
    assert "page" not in item


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused_by_name(text: str) -> None:
    for wrong in (report(title=f"Tea{text}x"), report(authors=[person(f"Tea{text}x")])):
        with pytest.raises(ExportError, match=r"“(title|author)” of key2020 .* U\+"):
            as_csl_json([wrong])


@given(PLAIN, PLAIN, PLAIN)
def test_any_text_reads_back(title: str, family: str, body: str) -> None:
    names = [person(family, given=body, particle=body), person(literal=body)]
    [item] = read(as_csl_json([report(title=title, authors=names)]))
    assert item["title"] == title
    assert item["author"] == [
        {"family": family, "given": body, "non-dropping-particle": body},
        {"literal": body},
    ]


@given(st.lists(UNHEARD_OF, max_size=3))
def test_any_text_at_all_reads_back_or_is_refused(titles: list[str]) -> None:
    reports = [report(f"k{number}", title=title) for number, title in enumerate(titles)]
    try:
        text = as_csl_json(reports)
    except ExportError as error:
        assert re.search(r"“title” of k\d", str(error))
        return
    assert [item["title"] for item in read(text.encode().decode())] == titles
