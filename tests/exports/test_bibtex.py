"""BibTeX in both forms: right types and fields, and every text reads back as it was written."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.bibtex import (
    BibtexError,
    SpellingError,
    as_ascii_bibtex,
    as_bibtex,
    ascii_entry,
    bibtex_entry,
)
from evidence_map.exports.bibtex_types import TYPES
from evidence_map.exports.fields import ExportError
from evidence_map.exports.review_citation import review_citation
from evidence_map.model.reference import CslType
from evidence_map.site.evidence import Evidence, Person, Report
from tests.exports.latex_reader import composed, looks, read
from tests.exports.reports import HOSTILE, PLAIN, UNPRINTABLE, person, report
from tests.reviews import LIGHTHOUSE, record_keys


def named(text: str) -> Report:
    """Return a report whose title and author are *text*."""
    return report(title=text, authors=[person(text, given=text), person(literal=text)])


def fields(report: Report) -> dict[str, str]:
    """Return the values of the entry for biblatex without the braces around them."""
    return {name: value.strip()[1:-1] for name, value in bibtex_entry(report).fields.items()}


def classic(report: Report) -> dict[str, str]:
    """Return the values of the entry for classic BibTeX as they stand there."""
    return ascii_entry(report).fields


def parsed(text: str) -> Library:
    """Return what bibtexparser reads, which must be everything."""
    library = parse_string(text, parse_stack=[])
    assert library.failed_blocks == []
    return library


def test_a_whole_entry(lighthouse: Evidence) -> None:
    own = lighthouse.reports["example2019"]
    assert bibtex_entry(own).type == "article"
    assert fields(own) == {
        "author": "Example, Ann B. and van Muster, Çelik and {The Invented Crew}",
        "title": r"Tea \& company: what <keepers> say",
        "journaltitle": "Journal of Invented Results",
        "date": "2019-05",
        "volume": "012",
        "number": "10.10",
        "pages": "1--9",
        "issn": "1234-5679",
        "langid": "english",
        "keywords": "tea, lighthouses",
        "doi": "10.5555/example.1",
    }


def test_a_whole_entry_in_ascii(lighthouse: Evidence) -> None:
    own = lighthouse.reports["example2019"]
    assert ascii_entry(own).text == (
        "@article{example2019,\n"
        "  author = {Example, Ann B. and van Muster, {\\c{C}}elik and {The Invented Crew}},\n"
        "  title = {Tea \\& company: what {\\textless}keepers{\\textgreater} say},\n"
        "  journal = {Journal of Invented Results},\n"
        "  year = {2019},\n"
        "  month = may,\n"
        "  volume = {012},\n"
        "  number = {10.10},\n"
        "  pages = {1--9},\n"
        "  issn = {1234-5679},\n"
        "  doi = {10.5555/example.1},\n"
        "}\n"
    )


def test_an_incomplete_author_list_ends_in_others(lighthouse: Evidence) -> None:
    assert fields(lighthouse.reports["bean2018"])["author"] == "Bean, C. and others"
    assert "author" not in fields(report(authors_complete=0))


def test_a_report_without_authors_has_no_author_field(lighthouse: Evidence) -> None:
    assert "author" not in fields(lighthouse.reports["overview2020"])


def test_keys_are_file_names(lighthouse: Evidence) -> None:
    text = as_bibtex(lighthouse.reports.values())
    assert [entry.key for entry in parsed(text).entries] == sorted(record_keys(LIGHTHOUSE))


def test_every_type_that_is_mapped_is_a_csl_type() -> None:
    assert set(TYPES) <= set(get_args(CslType))


@pytest.mark.parametrize(
    ("columns", "editors", "types"),
    [
        ({"type": "book"}, [], ("book", "book")),
        ({"type": "book"}, [person("Lamp")], ("collection", "book")),
        ({"type": "chapter"}, [person("Lamp")], ("incollection", "incollection")),
        ({"type": "thesis"}, [], ("thesis", "phdthesis")),
        ({"type": "article", "url": "https://example.org/"}, [], ("online", "unpublished")),
        ({"type": "article"}, [], ("unpublished", "unpublished")),
        ({"type": "webpage"}, [], ("misc", "misc")),
        ({"type": "legislation"}, [], ("legislation", "misc")),
        ({"type": "treaty"}, [], ("misc", "misc")),
    ],
)
def test_types(columns: dict[str, Any], editors: list[Person], types: tuple[str, str]) -> None:
    own = report(**columns)
    own.editors.extend(editors)
    assert (bibtex_entry(own).type, ascii_entry(own).type) == types


def test_what_the_type_does_not_say() -> None:
    assert fields(report(type="article-newspaper"))["entrysubtype"] == "newspaper"
    assert fields(report(type="thesis"))["type"] == "Thesis"
    assert classic(report(type="thesis"))["type"] == "{Thesis}"
    assert classic(report(type="treaty"))["type"] == "{Treaty}"


def test_publishers_and_places_stand_in_the_field_of_the_type() -> None:
    own: dict[str, Any] = {"publisher": "Cup", "publisher_place": "Lampton", "container_title": "Teas"}
    assert fields(report(type="report", **own)) == {
        "title": "A title",
        "series": "Teas",
        "type": "Report",
        "institution": "Cup",
        "location": "Lampton",
    }
    assert classic(report(type="thesis", **own))["school"] == "{Cup}"
    assert classic(report(type="paper-conference", **own))["booktitle"] == "{Teas}"
    assert fields(report(type="webpage", url="https://example.org/", **own))["organization"] == "Cup"


def test_numbers_of_articles_and_of_reports() -> None:
    article = report(issue="3", number="77", page="1–9")
    assert (fields(article)["number"], fields(article)["eid"]) == ("3", "77")
    assert (classic(article)["pages"], classic(article)["eid"]) == ("{1--9}", "{77}")
    assert fields(report(number="77"))["eid"] == "77"
    assert classic(report(number="77"))["pages"] == "{77}", "old styles print no other number"
    assert fields(report(type="report", number="77"))["number"] == "77"
    assert classic(report(type="report", number="77"))["number"] == "{77}"
    assert fields(report(page="S1 - S9, 12"))["pages"] == "S1--S9, 12"


def test_dates_are_as_exact_as_they_are_known() -> None:
    assert [fields(report(issued=date))["date"] for date in ("2020", "2020-03", "2020-03-09")] == [
        "2020",
        "2020-03",
        "2020-03-09",
    ]
    own = classic(report(issued="2020-03-09"))
    assert (own["year"], own["month"], own["day"]) == ("{2020}", "mar", "{9}")
    assert not {"date", "year", "month"} & (fields(report()).keys() | classic(report()).keys())


def test_identifiers_and_addresses_are_verbatim() -> None:
    own: dict[str, Any] = {
        "doi": "10.5555/a_b%20c#d&e~f<1::aid>3.0.co;2-x",
        "url": "https://example.org/a_b%20c?x=1&y=~2#d",
        "pmid": "12",
        "pmcid": "PMC34",
    }
    assert own.items() <= {**fields(report(**own)), "pmid": fields(report(**own))["eprint"]}.items()
    assert fields(report(**own))["eprinttype"] == "pubmed"
    assert fields(report(pmcid="PMC34"))["eprint"] == "PMC34"
    assert {name: f"{{{value}}}" for name, value in own.items()}.items() <= classic(
        report(**own)
    ).items()


def test_the_address_of_a_page_stands_where_styles_of_old_print_it() -> None:
    page = report(type="webpage", container_title="Lamp news", url="https://example.org/a_b%20")
    own = classic(page)
    assert own["howpublished"] == r"{Lamp news, \url{https://example.org/a_b%20}}"
    assert "url" not in own


def test_languages_are_named_as_babel_names_them() -> None:
    found = [fields(report(language=code))["langid"] for code in ("en", "pt-BR", "zh", "de")]
    assert found == ["english", "brazilian", "zh", "ngerman"]


def test_keywords_with_commas_stay_whole() -> None:
    own = report()
    own.lists["keyword"] = ["tea, black", "cups & mugs"]
    assert fields(own)["keywords"] == r"{tea, black}, cups \& mugs"


@pytest.mark.parametrize(
    ("one", "written"),
    [
        (person("Muster", given="Ann"), "Muster, Ann"),
        (person("Muster", given="Ann", particle="van der"), "van der Muster, Ann"),
        (person("Example", given="Ann", particle="d’"), "d’Example, Ann"),
        (person("Muster", given="Ann", suffix="Jr"), "Muster, Jr, Ann"),
        (person("Muster", suffix="Jr"), "{Muster, Jr}"),
        (person("Muster"), "Muster"),
        (person("Muster Example"), "{Muster Example}"),
        (person("Muster", particle="van"), "van Muster"),
        (person("Muster", particle="De"), "{De Muster}"),
        (person("Muster y Example", given="A"), "{Muster y Example}, A"),
        (person("lamp", given="bo"), "{lamp}, bo"),
        (person("’t Lamp", given="Bo"), "{’t Lamp}, Bo"),
        (person("毛", given="泽东"), "毛, 泽东"),
        (person("Great and Small", given="X"), "{Great and Small}, X"),
        (person("Lamp", given="Bo, Sir"), "{Lamp, Bo, Sir}"),
        (person("family=x", given="y"), "{family{=}x}, y"),
        (person("Others", given="Bo"), "Oth{}ers, Bo"),
        (person(literal="others"), "{oth{}ers}"),
        (person(literal="Cats, Dogs and Sons"), "{Cats, Dogs and Sons}"),
        (person(literal="{Tea"), r"{\textbraceleft{}Tea}"),
    ],
)
def test_names(one: Person, written: str) -> None:
    """What biber makes of them is tested with biber itself."""
    assert fields(report(authors=[one]))["author"] == written


def test_titles_keep_the_capitals_that_the_record_names(lighthouse: Evidence) -> None:
    own = report(title="Tea of Indigenous crews: a SHARPS Study")
    own.lists["kept_capitals"] = ["Indigenous"]
    assert fields(own)["title"] == "Tea of {Indigenous} crews: a {SHARPS} Study"
    own.codes.extend(lighthouse.reports["example2019"].terms("country"))
    assert own.terms("country"), "the invented report has a country"


def test_the_head_says_what_the_file_is(lighthouse: Evidence) -> None:
    text = as_bibtex(lighthouse.exported, lighthouse)
    head, body = text.split("\n\n", 1)
    assert head.split("\n")[0] == "% Encoding: UTF-8"
    assert f"% {review_citation(lighthouse)}" in head.split("\n")
    assert body == as_bibtex(lighthouse.exported)
    assert as_bibtex([], lighthouse) == head + "\n\n"
    assert [entry.key for entry in parsed(text).entries] == [own.key for own in lighthouse.exported]


def test_no_entry_begins_in_the_head(lighthouse: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "Tea @article{x,\n title={y}} 100% 茶 at https://example.org/@us"
    monkeypatch.setitem(lighthouse.meta, "title", hostile)
    for text in (as_bibtex([report()], lighthouse), as_ascii_bibtex([report()], lighthouse)):
        head = text.split("\n\n", 1)[0]
        assert "@" not in head and all(line.startswith("% ") for line in head.split("\n"))
        assert [entry.key for entry in parsed(text).entries] == ["key2020"]


def test_what_ascii_cannot_spell_is_left_out_and_named(lighthouse: Evidence) -> None:
    text = as_ascii_bibtex(lighthouse.exported, lighthouse)
    assert text.isascii()
    assert "muster2020 (U+66C9 CJK UNIFIED IDEOGRAPH-66C9, in the field author)" in text.split("\n\n")[0]
    keys = [own.key for own in lighthouse.exported if own.key != "muster2020"]
    assert [entry.key for entry in parsed(text).entries] == keys
    with pytest.raises(SpellingError, match="“author” of muster2020 has “曉”"):
        ascii_entry(lighthouse.reports["muster2020"])


def test_an_original_title_keeps_no_entry_out_of_ascii() -> None:
    own = report(original_title="茶", language="zh")
    assert fields(own)["origtitle"] == "茶"
    assert classic(own) == {"title": "{A title}"}


def test_hostile_texts_read_back_from_one_file() -> None:
    texts = [*HOSTILE, r"}\write18{touch x}"]
    reports = [
        report(f"k{n:02}", title=text, authors=[person(literal=text)]) for n, text in enumerate(texts)
    ]
    entries = parsed(as_bibtex(reports)).entries
    assert [entry.key for entry in entries] == [own.key for own in reports]
    for entry, text in zip(entries, texts, strict=True):
        found = entry.fields_dict
        if text.strip():
            assert (
                read(found["title"].value[1:-1]) == read(found["author"].value[1:-1]) == composed(text)
            )
        else:
            assert "author" not in found


@given(PLAIN)
def test_any_title_and_name_reads_back(text: str) -> None:
    own = named(text)
    written = bibtex_entry(own)
    (entry,) = parsed(written.text).entries
    assert {field.key: field.value for field in entry.fields} == written.fields
    assert read(entry.fields_dict["title"].value[1:-1]) == composed(text)
    bare = text.strip()
    names = entry.fields_dict["author"].value[1:-1] if bare else ""
    assert read(names) == (composed(f"{bare}, {bare} and {bare}") if bare else "")


@given(PLAIN | st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc"]), min_size=1))
def test_any_title_and_name_reads_back_from_ascii_or_is_refused_by_name(text: str) -> None:
    own = named(text)
    try:
        written = ascii_entry(own)
    except SpellingError as error:
        assert "“author” of key2020 has" in str(error)
        assert "key2020 (U+" in as_ascii_bibtex([own])
        return
    assert written.text.isascii()
    (entry,) = parsed(written.text).entries
    assert {field.key: field.value for field in entry.fields} == written.fields
    assert read(entry.fields_dict["title"].value[1:-1]) == looks(text)
    bare = text.strip()
    names = entry.fields_dict["author"].value[1:-1] if bare else ""
    assert read(names) == (looks(f"{bare}, {bare} and {bare}") if bare else "")


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused_by_name(text: str) -> None:
    for entry in (bibtex_entry, ascii_entry):
        with pytest.raises(ExportError, match=r"“(title|author)” of key2020 .* U\+"):
            entry(named(f"Tea{text}x"))


@pytest.mark.parametrize("address", ["https://x/{", "https://x/}{", r"https://x/\{}", r"https://x/{\}"])
def test_an_address_that_would_end_its_field_is_refused(address: str) -> None:
    with pytest.raises(BibtexError, match="“url” of key2020 has braces"):
        bibtex_entry(report(url=address))
    with pytest.raises(BibtexError, match="of key2020 has braces"):
        as_ascii_bibtex([report(url=address)])


@pytest.mark.parametrize("key", ["a b", "a,b", "a{b", "a}b", "@a", "a%b", "", "a\nb"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(BibtexError):
        bibtex_entry(report(key))


def test_a_verbatim_value_that_is_not_ascii_is_refused_there() -> None:
    with pytest.raises(SpellingError, match="“url” of key2020 has “茶”"):
        ascii_entry(report(url="https://example.org/茶"))


@given(PLAIN)
def test_every_field_stands_on_one_line(text: str) -> None:
    """The browser takes entries out by that."""
    first, *lines, last, end = as_bibtex([named(text)]).split("\n")
    assert (first, last, end) == ("@article{key2020,", "}", "")
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", line) for line in lines)
