"""PubMed's XML, as E-utilities give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_map.imports.imported import ImportFormatError, Reading
from evidence_map.imports.pubmed_xml import read, title_in_english
from tests.imports.samples import fields, left, sample


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(sample("pubmed.xml"), "pubmed.xml")


def article(inner: str) -> dict[str, object]:
    citation = f"<MedlineCitation><PMID>1</PMID><Article>{inner}</Article></MedlineCitation>"
    text = f"<PubmedArticle>{citation}</PubmedArticle>"
    [only] = fields(read(text, "a.xml"))
    return only


def test_a_whole_article(reading: Reading) -> None:
    first = reading.references[0]
    assert (first.line, first.key) == (4, "123")
    assert first.fields == {
        "pmid": "123",
        "type": "article-journal",
        "title": "Tea at 10⁶ & cats: CO2",
        "original_title": "Tee und Katzen",
        "authors": [
            {
                "family": "Lamp",
                "given": "Ada B",
                "particle": "van der",
                "suffix": "Jr",
                "orcid": "0000-0002-1825-0097",
            },
            {"literal": "The Crew"},
        ],
        "authors_complete": False,
        "container_title": "Journal of invented results",
        "volume": "12",
        "issue": "3",
        "issued": "2019-05-02",
        "issn": "1234-5679",
        "page": "168-177",
        "doi": "10.5555/x",
        "language": "de",
        "pmcid": "PMC12",
        "keywords": ["tea"],
    }


def test_a_retraction_is_told_and_other_links_are_kept(reading: Reading) -> None:
    first = reading.references[0]
    assert first.remarks == ["PubMed says that it was retracted: J Inv. 2020;1:2 (PMID 124)."]
    assert left(first) == {
        "PublicationType": "Retracted Publication",
        "Language": "en",
        "CommentsCorrections CommentIn": "J Inv. 2021;1:3",
    }


def test_a_span_of_months_leaves_the_year(reading: Reading) -> None:
    second = reading.references[1]
    assert second.fields == {
        "pmid": "5",
        "type": "article-journal",
        "title": "Tea in the U.S.",
        "issued": "2019",
    }
    assert left(second) == {"PubDate": "2019 May-Jun"}


def test_a_chapter_of_a_book(reading: Reading) -> None:
    assert reading.references[2].fields == {
        "pmid": "7",
        "type": "chapter",
        "container_title": "The Book",
        "editors": [{"family": "Muster", "given": "C"}],
        "issued": "2001",
        "publisher": "Lamp Press",
        "publisher_place": "Beacon",
        "isbn": "9780306406157",
        "title": "A chapter",
        "authors": [{"family": "Example", "given": "AB"}],
        "language": "en",
    }


def test_what_pubmed_adds_is_left_out_and_told(reading: Reading) -> None:
    assert reading.remarks == [
        "1 abstract was left out: records hold no sentences of papers.",
        "Left out, in so many references: MeSH headings (1), reference lists (1).",
    ]
    assert not reading.refused


@pytest.mark.parametrize(
    ("published", "issued"),
    [
        ("<Year>2019</Year><Season>Spring</Season>", "2019"),
        ("<Year>2019</Year><Month>11</Month>", "2019-11"),
        ("<MedlineDate>2019 Nov 2-9</MedlineDate>", "2019"),
        ("<MedlineDate>Spring 2019</MedlineDate>", "2019"),
    ],
)
def test_dates(published: str, issued: str) -> None:
    inner = f"<Journal><JournalIssue><PubDate>{published}</PubDate></JournalIssue></Journal>"
    assert article(f"<ArticleTitle>A</ArticleTitle>{inner}")["issued"] == issued


@pytest.mark.parametrize(
    ("pagination", "page"),
    [
        ("<MedlinePgn>168-77</MedlinePgn>", "168-77"),
        ("<MedlinePgn>e12</MedlinePgn>", "e12"),
        ("<StartPage>1</StartPage><EndPage>1</EndPage><MedlinePgn>1</MedlinePgn>", "1"),
        ("<StartPage>1</StartPage><EndPage>9</EndPage><MedlinePgn>1-9, 12</MedlinePgn>", "1-9, 12"),
    ],
)
def test_pages(pagination: str, page: str) -> None:
    assert (
        article(f"<ArticleTitle>A</ArticleTitle><Pagination>{pagination}</Pagination>")["page"] == page
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Tea in towers.", ("Tea in towers", False)),
        ("[Tea in towers].", ("Tea in towers", True)),
        ("[Tea in towers.]", ("Tea in towers", True)),
        ("Why tea?", ("Why tea?", False)),
        ("Tea and so on...", ("Tea and so on...", False)),
        ("Tea in the U.S.", ("Tea in the U.S.", False)),
        ("", ("", False)),
    ],
)
def test_titles(written: str, title: tuple[str, bool]) -> None:
    assert title_in_english(written) == title


def test_only_a_title_in_its_own_language_is_the_title() -> None:
    found = article("<ArticleTitle/><VernacularTitle>Tee.</VernacularTitle>")
    assert found["title"] == "Tee"
    assert "original_title" not in found


def test_a_file_that_breaks_off_gives_what_was_whole() -> None:
    whole = sample("pubmed.xml")
    broken = read(whole[: whole.index("<PubmedBookArticle>") + 40], "pubmed.xml")
    assert [reference.key for reference in broken.references] == ["123", "5"]
    assert "not sound XML from here on: it breaks off" in broken.refused[0].reason


BILLION_LAUGHS = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><PubmedArticleSet><PubmedArticle>&j;</PubmedArticle></PubmedArticleSet>"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not sound XML"),
        ("<PubmedArticleSet/>", "holds no PubmedArticle"),
        ("<PubmedArticleSet><PubmedArticle>", "it breaks off"),
        ("<a>" * 100_000, "nested too deeply"),
        (BILLION_LAUGHS, "defines entities of its own"),
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            "defines entities of its own",
        ),
    ],
)
def test_what_holds_no_articles_is_told(text: str, message: str) -> None:
    with pytest.raises(ImportFormatError, match=message):
        read(text, "a.xml")


def test_nothing_is_fetched_or_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY tea "SECRET">', encoding="utf-8")
    text = (
        f'<!DOCTYPE PubmedArticleSet SYSTEM "{secret.as_uri()}"><PubmedArticleSet><PubmedArticle>'
        "<MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A &tea; B</ArticleTitle></Article>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    [only] = read(text, "a.xml").references
    assert "SECRET" not in str(only)
