"""Tables as databases, reference managers and this program write them."""

from __future__ import annotations

import pytest

from evidence_map.imports.csv_columns import normal, type_of
from evidence_map.imports.csv_table import read
from evidence_map.imports.imported import Imported, ImportFormatError
from tests.imports.samples import fields, left, sample


def single(name: str) -> Imported:
    [only] = read(sample(name), name).references
    return only


def test_scopus() -> None:
    reading = read(sample("scopus.csv"), "scopus.csv")
    first, second = reading.references
    assert (first.line, second.line) == (2, 5)
    assert first.fields == {
        "type": "paper-conference",
        "title": 'Tea, cats and "towers"',
        "container_title": "Journal of Invented Results",
        "volume": "012",
        "issue": "3",
        "authors": [{"family": "Lamp", "given": "Ada"}, {"family": "Muster", "given": "Çelik"}],
        "issued": "2019",
        "page": "1-9",
        "doi": "10.5555/x",
        "pmid": "123",
        "keywords": ["tea", "cats"],
    }
    assert left(first) == {"Strange column": "odd"}
    assert second.fields == {"title": "=Tea", "issued": "2020", "number": "e12"}
    assert left(second) == {"Document Type": "Unheard of", "Authors": "[No author name available]"}
    assert reading.remarks == [
        "Columns of the database's own were left out: Author(s) ID, Cited by, Link, Index Keywords, "
        "Source, EID."
    ]


def test_web_of_science() -> None:
    assert single("web_of_science.txt").fields == {
        "type": "article-journal",
        "title": '"Tea" for cats',
        "container_title": "J INV",
        "volume": "12",
        "authors": [{"family": "Lamp", "given": "Ada"}, {"family": "Muster", "given": "Celik"}],
        "issued": "2019-05-02",
        "page": "1-9",
        "doi": "10.5555/x",
        "pmid": "123",
        "issn": "1234-5679",
        "language": "en",
        "keywords": ["tea", "cats"],
    }


def test_pubmed() -> None:
    assert single("pubmed.csv").fields == {
        "title": "Tea in towers",
        "container_title": "J Inv",
        "authors": [
            {"family": "Lamp", "given": "A"},
            {"family": "Muster", "given": "C", "particle": "van"},
        ],
        "issued": "2019",
        "doi": "10.5555/x",
        "pmid": "123",
        "pmcid": "PMC12",
    }


def test_zotero() -> None:
    assert single("zotero.csv").fields == {
        "type": "article-journal",
        "title": "Tea",
        "container_title": "J Inv",
        "authors": [{"family": "Lamp", "given": "Ada"}, {"family": "Muster", "given": "Çelik"}],
        "issued": "2019-05-02",
        "page": "1-9",
        "issn": "1234-5679",
    }


def test_rayyan() -> None:
    found = single("rayyan.csv")
    assert found.fields == {
        "title": "Tea",
        "container_title": "J Inv",
        "volume": "12",
        "issue": "3",
        "authors": [{"family": "Lamp", "given": "A."}, {"family": "Muster", "given": "C."}],
        "issued": "2019-05-02",
        "page": "1-9",
        "pmid": "123",
        "url": "https://example.org/x",
        "language": "en",
    }
    assert "Ada" not in repr(found)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    text = separator.join(["Title", "Publication year", "DOI"]) + "\n"
    text += separator.join([f'"A{separator}B"', "2019", "10.5555/x"]) + "\n"
    assert fields(read(text, "a.csv")) == [
        {"title": f"A{separator}B".replace("\t", " "), "issued": "2019", "doi": "10.5555/x"}
    ]


@pytest.mark.parametrize(
    ("authors", "families"),
    [
        ("Lamp A., Muster Ç.B.", ["Lamp", "Muster"]),
        ("Lamp, A., Muster, C.", ["Lamp", "Muster"]),
        ("Lamp, A. and Muster, C.", ["Lamp", "Muster"]),
        ("van der Lamp AB", ["Lamp"]),
        ("Lamp, Ada; Muster, C.; et al.", ["Lamp", "Muster"]),
    ],
)
def test_authors(authors: str, families: list[str]) -> None:
    [found] = fields(read(f'Title,Authors\nTea,"{authors}"\n', "a.csv"))
    assert [name["family"] for name in found["authors"]] == families  # type: ignore[attr-defined]
    assert found.get("authors_complete", True) is not ("et al" in authors)


def test_the_source_of_cochrane_is_no_database() -> None:
    [found] = read("Author(s),Title,Source,Year\nLamp A,Tea,J Inv,2019\n", "a.csv").references
    assert found.fields["authors"] == [{"family": "Lamp", "given": "A"}]
    assert left(found) == {"Source": "J Inv"}


def test_headings_may_stand_below_a_heading_of_the_file() -> None:
    reading = read("Export of a database\n\nTitle,Year\nTea,2019\n", "a.csv")
    assert fields(reading) == [{"title": "Tea", "issued": "2019"}]
    assert reading.references[0].line == 4
    assert reading.remarks == ["What stands above the headings was passed over: “Export of a database”."]


def test_rows_may_be_too_short_or_too_long() -> None:
    first, second = read("Title,Year,DOI\nTea\nCats,2019,,more\n", "a.csv").references
    assert first.fields == {"title": "Tea"}
    assert left(second) == {"cell without a heading": "more"}


def test_a_row_without_a_title_is_refused() -> None:
    reading = read("Title,Year\n,2019\n\nTea,2020\n", "a.csv")
    assert [(refused.line, refused.reason) for refused in reading.refused] == [
        (2, "the reference has no title")
    ]
    assert reading.references[0].line == 4


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    reading = read('Title,Year\nMice,2018\n"Tea,2019\n' + "Cats,2020\n" * 6, "a.csv")
    assert fields(reading) == [{"title": "Mice", "issued": "2018"}]
    assert [(refused.line, refused.reason) for refused in reading.refused] == [
        (3, "a quotation mark is not closed, so that it goes on for 7 lines")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Name;Jahr\nTee;2019\n", "found “Name”, “Jahr”"),
        ("Name,Abstract\nTea,x\n", "found “Name”, “Abstract”"),
        ("", "found no heading"),
        ("tea and cats\n", "found “tea and cats”"),
    ],
)
def test_without_a_column_of_titles_the_columns_are_listed(text: str, found: str) -> None:
    with pytest.raises(
        ImportFormatError, match=f"no column with the titles: {found}; the first line must"
    ):
        read(text, "a.csv")


def test_headings_in_whatever_spelling() -> None:
    assert normal("Art. No.") == normal("ART_NO") == "art no"
    assert normal("publicationTitle") == normal("Publication Title") == "publication title"


def test_types_of_databases() -> None:
    assert type_of("Article; Book Chapter") == "chapter"
    assert type_of("Review") == "article-journal"
    assert type_of("Teapot") is None
