"""EndNote XML, as EndNote writes it."""

from __future__ import annotations

import pytest

from evidence_map.imports.endnote_xml import read
from evidence_map.imports.imported import ImportFormatError, Reading
from tests.imports.samples import fields, left, sample


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(sample("endnote.xml"), "endnote.xml")


def record(inner: str, kind: str = "Journal Article") -> dict[str, object]:
    title = "<titles><title>A</title></titles>"
    text = f'<record><ref-type name="{kind}">0</ref-type>{title}{inner}</record>'
    [only] = fields(read(f"<xml><records>{text}</records></xml>", "a.xml"))
    return only


def test_a_whole_record(reading: Reading) -> None:
    first = reading.references[0]
    assert (first.line, first.key) == (2, "17")
    assert first.fields == {
        "type": "article-journal",
        "title": "Tea at 10⁶ & cats and mice",
        "container_title": "J Inv",
        "authors": [{"family": "Muster", "given": "Çelik", "particle": "van"}, {"literal": "The Crew"}],
        "issued": "2019-05-02",
        "volume": "012",
        "issue": "3",
        "page": "1-9",
        "language": "en",
        "keywords": ["tea", "cats"],
        "issn": "1234-5679",
        "doi": "10.5555/x",
        "pmid": "123",
        "pmcid": "PMC12",
        "url": "https://example.org/x",
    }
    assert left(first) == {"isbn": "2049-3630", "research-notes": "My own note"}


def test_numbers_of_other_databases_and_words_for_years_are_kept(reading: Reading) -> None:
    second = reading.references[1]
    assert second.fields == {"type": "chapter", "title": "A chapter", "container_title": "The Book"}
    assert left(second) == {"accession-num": "WOS:000123", "dates/year": "in press"}


def test_a_record_without_a_title_is_refused(reading: Reading) -> None:
    assert [refused.reason for refused in reading.refused] == ["“19” has no title"]
    assert reading.remarks == ["1 abstract was left out: records hold no sentences of papers."]


@pytest.mark.parametrize(
    ("inner", "kind", "field", "value"),
    [
        ("<isbn>12</isbn>", "Report", "number", "12"),
        ("<isbn>9780306406157</isbn>", "Book", "isbn", "9780306406157"),
        ("<custom7>e12</custom7>", "Journal Article", "number", "e12"),
        ("<custom1>12</custom1>", "Dataset", "number", "12"),
        ("<notes>PMCID: PMC12. Original title: Tee.</notes>", "Book", "original_title", "Tee"),
        ("<notes>PMCID: PMC12. Original title: Tee.</notes>", "Book", "pmcid", "PMC12"),
        (
            "<dates><pub-dates><date>2019-05-02</date></pub-dates></dates>",
            "Book",
            "issued",
            "2019-05-02",
        ),
        (
            "<dates><year>2019</year><pub-dates><date>Spring</date></pub-dates></dates>",
            "Book",
            "issued",
            "2019",
        ),
        ("<keywords><keyword>tea&#xD;cats</keyword></keywords>", "Book", "keywords", ["tea", "cats"]),
        ("<periodical><abbr-1>J Inv</abbr-1></periodical>", "Book", "container_title", "J Inv"),
    ],
)
def test_single_fields(inner: str, kind: str, field: str, value: object) -> None:
    assert record(inner, kind)[field] == value


def test_types_by_name_and_by_number() -> None:
    assert record("", "Thesis")["type"] == "thesis"
    assert record("", "Teapot")["type"] == "article-journal"
    assert record("", "")["type"] == "article-journal"


def test_a_body_with_a_comma() -> None:
    authors = "<contributors><authors><author>Tea,, Inc.</author></authors></contributors>"
    assert record(authors)["authors"] == [{"literal": "Tea, Inc."}]


@pytest.mark.parametrize("text", ["", "<xml><records/></xml>", "<xml><records><record>", "<a>" * 1_000])
def test_what_holds_no_records_is_told(text: str) -> None:
    with pytest.raises(ImportFormatError, match=r"a\.xml (?:holds no|is not sound)"):
        read(text, "a.xml")
