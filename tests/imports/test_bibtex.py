"""BibTeX as people, reference managers and databases write it."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_map.imports.bibtex import read, verbatim
from evidence_map.imports.bibtex_fields import SUBTYPES, TYPES
from evidence_map.imports.imported import Imported, ImportFormatError, Reading
from tests.imports.samples import fields, left, sample


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(sample("entries.bib"), "entries.bib")


def entry(text: str) -> Imported:
    """Return the single entry in *text*; it must have been read without a refusal."""
    found = read(text, "a.bib")
    assert not found.refused
    [only] = found.references
    return only


def article(inner: str) -> Imported:
    return entry(f"@article{{key, title = {{A title}},\n{inner}}}")


def test_a_whole_entry(reading: Reading) -> None:
    first = reading.references[0]
    assert (first.line, first.key, first.place) == (3, "muster2020", "entries.bib, line 3")
    assert first.fields == {
        "type": "article-journal",
        "title": "Tea in British Columbia, the Vancouver SHARPS study: & α-cats",
        "keep_capitals": ["British Columbia", "Vancouver"],
        "authors": [
            {"family": "Lamp", "given": "Ada"},
            {"family": "Müster", "given": "Émile", "particle": "de la"},
            {"literal": "The Invented Crew"},
            {"family": "Example", "given": "Ann B.", "particle": "van der"},
        ],
        "authors_complete": False,
        "issued": "2020-10-12",
        "container_title": "Journal of Invented Results",
        "volume": "012",
        "issue": "10.10",
        "page": "1-9",
        "doi": "10.5555/exa_mple.1",
        "url": "https://example.org/a_b?c=%20",
        "keywords": ["tea", "lighthouses"],
    }
    assert left(first) == {"note": "A note", "custom_x": "strange"}
    assert {leftover.line for leftover in first.leftovers} == {12}


def test_every_entry_is_read_or_refused_with_its_line(reading: Reading) -> None:
    assert [reference.line for reference in reading.references] == [3, 14, 15, 16, 18, 19, 24, 28]
    assert [refused.line for refused in reading.refused] == [23, 26]
    assert "“broken” breaks off" in reading.refused[0].reason
    assert "does not begin with “@”" in reading.refused[1].reason
    assert reading.remarks == [
        "1 abstract was left out: records hold no sentences of papers.",
        "Fields of a program's own were left out: file.",
    ]


def test_what_stands_twice_is_kept(reading: Reading) -> None:
    second = reading.references[1]
    assert second.fields["issued"] == "2019"
    assert left(second) == {"journal": "nowhere", "year": "2018"}
    assert "not defined in the file" in second.leftovers[0].reason
    assert second.remarks == ["The key “muster2020” stands at another entry of the file too."]


def test_a_chapter_takes_from_its_book_what_is_the_books(reading: Reading) -> None:
    chapter = reading.references[2]
    assert chapter.fields == {
        "type": "chapter",
        "title": "A Chapter",
        "container_title": "The Book",
        "editors": [{"family": "Muster", "given": "C."}],
        "issued": "2001",
        "page": "3-4",
        "publisher": "Lamp Press",
        "isbn": "9780306406157",
    }
    assert chapter.remarks == ["What it stands in was taken from the entry “thebook” (crossref)."]
    missing = entry("@inbook{a, title = {B}, crossref = {nowhere}, xdata = {nothing}}")
    assert missing.remarks == [
        "It refers to “nothing” (xdata), which is not in the file.",
        "It refers to “nowhere” (crossref), which is not in the file.",
    ]


def test_shared_fields_are_taken_over() -> None:
    found = read(
        "@xdata{press, publisher = {Lamp Press}}@book{a, title = {B}, xdata = {press}}", "a.bib"
    )
    assert fields(found) == [{"type": "book", "title": "B", "publisher": "Lamp Press"}]


def test_entries_without_a_key_are_read(reading: Reading) -> None:
    without = [reference for reference in reading.references if not reference.key]
    assert [reference.fields["title"] for reference in without] == ["No key", "No key either"]
    assert without[0].fields["authors"] == [{"family": "Muster", "given": "Ann", "particle": "von"}]
    assert without[1].fields["url"] == "https://example.org/x_y"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "Ada Lamp and Ann B. van der Example",
            [("Lamp", "Ada", None), ("Example", "Ann B.", "van der")],
        ),
        ("Lamp, Jr, Ada", [("Lamp", "Ada", None)]),
        (r"{\L}amp, {\'A}da", [("Łamp", "Áda", None)]),
        ("{Tea and Cups}, Ada", [("Tea and Cups", "Ada", None)]),
        ("LAMP, A. AND Muster, C.", [("LAMP", "A.", None), ("Muster", "C.", None)]),
        ("d'Example, Ann", [("d'Example", "Ann", None)]),
        ("Plato", [("Plato", None, None)]),
        ("Lamp, Ada,", [("Lamp", "Ada", None)]),
        ("de la Lamp, Ada", [("Lamp", "Ada", "de la")]),
    ],
)
def test_names(written: str, meant: list[tuple[str, ...]]) -> None:
    found = article(f"author = {{{written}}}").fields["authors"]
    parts = [(name["family"], name.get("given"), name.get("particle")) for name in found]
    assert parts == meant


def test_bodies() -> None:
    found = article("author = {{Institute of Tea and Cats} and World Tea Organization and {{others}}}")
    assert [name["literal"] for name in found.fields["authors"]] == [
        "Institute of Tea and Cats",
        "World Tea Organization",
        "others",
    ]
    assert found.remarks == ["“World Tea Organization” was taken for the name of a body."]
    assert "authors_complete" not in found.fields


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("year = 2019", "2019"),
        ("year = {2019}, month = may", "2019-05"),
        ("year = {2019}, month = {5}, day = 2", "2019-05-02"),
        ('year = "2019", month = "2~" # may', "2019-05-02"),
        ("date = {2019-05-02}", "2019-05-02"),
        ("date = {2019-05/2019-06}", "2019"),
        ("date = {2019-05?}", "2019-05"),
        ("date = {2019/}", "2019"),
        ("month = may", None),
        ("year = {in press}", None),
        ("year = {2019}, month = {Spring}", "2019"),
    ],
)
def test_dates(written: str, issued: str | None) -> None:
    found = article(written)
    assert found.fields.get("issued") == issued
    if issued is None:
        assert found.leftovers


@pytest.mark.parametrize(
    ("written", "field", "value"),
    [
        ("eprint = {123}, eprinttype = {pubmed}", "pmid", "123"),
        ("eprint = {PMC12}, eprinttype = {pmcid}", "pmcid", "PMC12"),
        ("pmid = {123}", "pmid", "123"),
        (r"doi = {10.5555/a{\_}b\%25}", "doi", "10.5555/a_b%25"),
        ("doi = {https://doi.org/10.5555%2Fa}", "doi", "10.5555/a"),
        ("issn = {1234-5679, 2049-3630}", "issn", "1234-5679"),
        ("eid = {e12}, number = {3}", "number", "e12"),
        ("article-number = {e12}", "number", "e12"),
        ("eid = {e12}, number = {3}", "issue", "3"),
        ("journaltitle = {A}, journal = {A}", "container_title", "A"),
        ("language = {USenglish}", "language", "en-US"),
        ("origtitle = {Tee}", "original_title", "Tee"),
        ("subtitle = {And cats}", "title", "A title: And cats"),
        ("author_keywords = {tea; cats}, keywords = {Animals}", "keywords", ["tea", "cats"]),
        ("keywords = {tea, {milk, sugar}}", "keywords", ["tea", "milk, sugar"]),
        ("pages = {1 -- 9}", "page", "1-9"),
        ("entrysubtype = {newspaper}", "type", "article-newspaper"),
    ],
)
def test_single_fields(written: str, field: str, value: object) -> None:
    assert article(written).fields[field] == value


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_becomes_a_type_of_csl(kind: str) -> None:
    assert entry(f"@{kind.upper()}(key, title = {{A}})").fields["type"] == TYPES[kind]


def test_types_that_no_entry_has_stand_in_a_field() -> None:
    assert entry("@misc{a, title = {A}, type = {Musical score}}").fields["type"] == "musical_score"
    assert entry("@report{a, title = {A}, type = {Standard}}").fields["type"] == "standard"
    unheard = entry("@teapot{a, title = {A}}")
    assert (unheard.fields["type"], left(unheard)) == ("document", {"type of the entry": "teapot"})
    assert set(SUBTYPES) == {"magazine", "newspaper"}


def test_an_entry_without_a_title_is_refused() -> None:
    found = read("@article{a, author = {Lamp, Ada}}\n@article{b, title = {{}}}", "a.bib")
    assert [(refused.line, refused.reason) for refused in found.refused] == [
        (1, "“a” has no title"),
        (2, "“b” has no title"),
    ]


def test_braces_around_every_word_keep_no_name() -> None:
    found = entry("@article{a, title = {Tea {With} {Cats} {And} {Mice} {In} {Towers}}}")
    assert found.fields["title"] == "Tea With Cats And Mice In Towers"
    assert "keep_capitals" not in found.fields


def test_an_unknown_command_is_told() -> None:
    found = entry(r"@article{a, title = {Tea for \keepers{two}}}")
    assert found.fields["title"] == "Tea for two"
    assert found.remarks == [r"title holds the LaTeX command \keepers: look at what it says."]


def test_bad_values_cost_only_themselves() -> None:
    found = article("doi = {none}, url = {example}, isbn = {1-2-3}, langid = {klingonese}")
    assert found.fields == {"type": "article-journal", "title": "A title"}
    assert left(found) == {"doi": "none", "url": "example", "isbn": "1-2-3", "langid": "klingonese"}


def test_addresses_lose_what_was_put_in_for_latex() -> None:
    assert verbatim(r"\url{https://example.org/a\_b\%20\&c}") == "https://example.org/a_b%20&c"
    assert verbatim(r"https://example.org/\~{}lamp/$\sim$x") == "https://example.org/~lamp/~x"


@pytest.mark.parametrize("text", ["", "tea", "% only a comment", "@comment{x}", '@string{a = "b"}'])
def test_a_file_without_entries_is_told(text: str) -> None:
    with pytest.raises(ImportFormatError, match=r"a\.bib holds no BibTeX entry"):
        read(text, "a.bib")


DIALECTS: dict[str, tuple[str, str, dict[str, Any], set[str]]] = {
    "Scopus": (
        "Lamp2019168",
        "article-journal",
        {"page": "168-177", "keywords": ["cats", "tea"]},
        {"url"},
    ),
    "Web of Science": (
        "WOS:000123456700001",
        "article-journal",
        {"issued": "2019-05-02", "number": "e12", "keywords": ["cats", "tea"]},
        set(),
    ),
    "Google Scholar": (
        "lamp2019tea",
        "article-journal",
        {"authors_complete": False, "keep_capitals": ["Canadian"]},
        set(),
    ),
    "ACM": (
        "10.1145/123.456",
        "paper-conference",
        {"number": "12", "publisher_place": "Beacon, NO"},
        {"location", "series"},
    ),
    "Mendeley": ("Lamp2019", "article-journal", {"pmid": "12345678", "title": "Tea in towers"}, set()),
    "JabRef": ("jab", "webpage", {"issued": "2019-05-02", "url": "https://example.org"}, set()),
    "Zotero": ("lamp_tea_2019", "article-journal", {"issued": "2019-05"}, {"note", "copyright"}),
}


@pytest.mark.parametrize("program", DIALECTS)
def test_what_each_program_writes(program: str) -> None:
    reading = read(sample("dialects.bib"), "dialects.bib")
    assert not reading.refused
    key, kind, some, left_over = DIALECTS[program]
    [found] = [reference for reference in reading.references if reference.key == key]
    assert found.fields["type"] == kind
    assert some.items() <= found.fields.items()
    assert set(left(found)) == left_over
