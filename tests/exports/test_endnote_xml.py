"""EndNote XML as lxml reads it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from evidence_map.exports.endnote_xml import as_endnote_xml, endnote_record
from evidence_map.exports.fields import ExportError
from evidence_map.exports.review_citation import review_citation
from evidence_map.site.evidence import Evidence, Report
from tests.exports.reports import HOSTILE, PLAIN, UNHEARD_OF, UNPRINTABLE, person, report

ORDER = (
    *("rec-number", "ref-type", "contributors", "titles", "periodical", "pages", "volume", "number"),
    *("edition", "keywords", "dates", "pub-location", "publisher", "isbn", "accession-num"),
    *("electronic-resource-num", "label", "notes", "remote-database-name", "language", "urls"),
    *("custom1", "custom2", "custom7"),
)


def read(text: str) -> list[etree._Element]:
    root = etree.fromstring(text.encode())
    assert (root.tag, [child.tag for child in root]) == ("xml", ["records"])
    return list(root[0])


def filled(report: Report) -> dict[str, str]:
    """Return the text of each element that has one, by its path; several are joined."""
    record = etree.fromstring(etree.tostring(endnote_record(report)))
    tree = etree.ElementTree(record)
    found: dict[str, str] = {}
    for element in record.iter():
        if element.text:
            path = re.sub(r"\[\d+\]", "", tree.getelementpath(element))
            found[path] = f"{found[path]}; {element.text}" if path in found else element.text
    return found


def test_a_whole_record(lighthouse: Evidence) -> None:
    assert filled(lighthouse.reports["example2019"]) == {
        "rec-number": "1",
        "ref-type": "17",
        "contributors/authors/author": "Example, Ann B.; van Muster, Çelik; The Invented Crew,",
        "titles/title": "Tea & company: what <keepers> say",
        "titles/secondary-title": "Journal of Invented Results",
        "periodical/full-title": "Journal of Invented Results",
        "pages": "1-9",
        "volume": "012",
        "number": "10.10",
        "keywords/keyword": "tea; lighthouses",
        "dates/year": "2019",
        "dates/pub-dates/date": "2019-05",
        "isbn": "1234-5679",
        "electronic-resource-num": "10.5555/example.1",
        "label": "example2019",
        "language": "en",
    }


def test_all_reports_in_their_order_behind_the_citation(lighthouse: Evidence) -> None:
    text = as_endnote_xml(lighthouse.exported, lighthouse)
    records = read(text)
    assert [record.findtext("label") for record in records] == [each.key for each in lighthouse.exported]
    assert [record.findtext("rec-number") for record in records] == ["1", "2", "3", "4", "5"]
    kinds = [record.find("ref-type[@name='Journal Article']") for record in records]
    assert [kind is not None and kind.text for kind in kinds] == ["17"] * 5
    comment = etree.fromstring(text.encode()).getprevious()
    assert comment is not None and comment.text == f" {review_citation(lighthouse)} "
    assert read(as_endnote_xml([], lighthouse)) == []


@pytest.mark.parametrize("title", ["-->", "a--b---c", "--", "<!--"])
def test_no_title_of_a_review_ends_the_comment(
    lighthouse: Evidence, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(lighthouse.meta, "title", title)
    assert len(read(as_endnote_xml(lighthouse.exported, lighthouse))) == 5


def test_elements_stand_in_the_order_of_endnote() -> None:
    everything: dict[str, Any] = {
        "issued": "2020-03-09",
        "container_title": "Tea",
        "volume": "1",
        "issue": "2",
        "page": "3-4",
        "number": "5",
        "edition": "2nd",
        "publisher": "Press",
        "publisher_place": "Harbour",
        "doi": "10.5555/x",
        "pmid": "1",
        "pmcid": "PMC1",
        "issn": "1234-5679",
        "isbn": "9780306406157",
        "language": "en",
        "url": "https://example.org/",
        "authors_complete": 0,
    }
    for kind in ("article-journal", "book", "report"):
        written = report(authors=[person("Muster")], type=kind, **everything)
        written.editors.append(person("Cat"))
        written.lists["keyword"] = ["tea"]
        tags = [element.tag for element in endnote_record(written)]
        assert tags == [tag for tag in ORDER if tag in tags]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"number": "168"}, {"pages": "168"}),
        ({"page": "1–9", "number": "168"}, {"pages": "1-9", "custom7": "168"}),
        ({"number": "7", "type": "report"}, {"isbn": "7"}),
        (
            {"number": "7", "isbn": "9780306406157", "issn": "1234-5679", "type": "report"},
            {"isbn": "7", "notes": "ISBN: 9780306406157. ISSN: 1234-5679."},
        ),
        ({"number": "7", "type": "book"}, {"custom1": "7"}),
        (
            {"pmid": "1", "pmcid": "PMC9"},
            {"accession-num": "1", "custom2": "PMC9", "remote-database-name": "PubMed"},
        ),
        ({"pmcid": "PMC9", "type": "book"}, {"notes": "PMCID: PMC9."}),
        (
            {"authors_complete": 0, "original_title": "Thé"},
            {"notes": "The source names only the first authors. Original title: Thé."},
        ),
        ({"url": "https://example.org/"}, {"urls/related-urls/url": "https://example.org/"}),
    ],
)
def test_elements_of_single_fields(columns: dict[str, Any], expected: dict[str, str]) -> None:
    always = {"rec-number", "ref-type", "titles/title", "label"}
    found = filled(report(**columns))
    assert {path: text for path, text in found.items() if path not in always} == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_in_their_element(lighthouse: Evidence, text: str) -> None:
    records = read(as_endnote_xml([report("a", title=text), report("b", title=text)], lighthouse))
    assert [record.findtext("titles/title") for record in records] == [text, text]


@pytest.mark.parametrize("text", [*UNPRINTABLE, "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_refused_by_name(text: str) -> None:
    with pytest.raises(ExportError, match=r"“title” of key2020 .*U\+"):
        endnote_record(report(title=f"Tea{text}x"))


@given(PLAIN.filter(lambda text: not {"\ufffe", "\uffff"} & {*text}), PLAIN)
def test_any_text_reads_back(title: str, family: str) -> None:
    written = report(
        title=title, authors=[person(family.replace("\ufffe", "").replace("\uffff", "") + "x")]
    )
    record = etree.fromstring(etree.tostring(endnote_record(written)))
    assert record.findtext("titles/title") == title
    assert record.findtext("contributors/authors/author") == written.authors[0].family


@given(st.lists(UNHEARD_OF, max_size=3))
def test_any_text_at_all_reads_back_or_is_refused(lighthouse: Evidence, titles: list[str]) -> None:
    reports = [report(f"k{number}", title=title) for number, title in enumerate(titles)]
    try:
        text = as_endnote_xml(reports, lighthouse)
    except ExportError as error:
        assert re.search(r"“title” of k\d", str(error))
        return
    assert [record.findtext("titles/title") for record in read(text)] == titles
