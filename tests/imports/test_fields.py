"""Values that fit a record, and the pieces from which they are made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports.dates import read_date
from evidence_map.imports.fields import sound
from evidence_map.imports.identifiers import address_in, doi_in, pmcid_in, pmid_in, serial_numbers
from evidence_map.imports.imported import Imported, Leftover
from evidence_map.imports.languages import language_code
from evidence_map.model.reference import Reference


def checked(fields: dict[str, Any], origins: dict[str, tuple[str, int]] | None = None) -> Imported:
    imported = Imported("a", 3, fields)
    sound(imported, origins)
    return imported


def test_sound_values_are_put_in_the_spelling_of_the_model() -> None:
    imported = checked(
        {"title": " Tea  and\tcats ", "doi": "https://doi.org/10.5555/TEA", "issn": "12345679"}
    )
    assert imported.fields == {"title": "Tea and cats", "doi": "10.5555/tea", "issn": "1234-5679"}
    assert imported.leftovers == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("doi", "tea", "“tea” is not a DOI"),
        ("issued", "2020-02-31", "“2020-02-31” is not a possible date"),
        ("type", "tea", "not a type of publication of CSL"),
        ("volume", "-", "“-” is no value"),
        ("title", "", "nothing is in it"),
        ("title", "x" * 2001, "longer than 2,000 characters"),
        ("url", "javascript:alert(1)", "“javascript:alert(1)” is not a web address"),
    ],
)
def test_what_does_not_fit_is_left_over_with_the_reason(name: str, value: str, reason: str) -> None:
    imported = checked({name: value, "issue": "3"}, {name: ("XX", 7)})
    assert imported.fields == {"issue": "3"}
    assert imported.leftovers == [Leftover("XX", value, 7, reason)]


def test_without_origins_a_leftover_is_told_by_the_field_and_the_reference() -> None:
    assert checked({"pmid": "tea"}).leftovers[0].name == "pmid"
    assert checked({"pmid": "tea"}).leftovers[0].line == 3


def test_one_bad_name_or_keyword_costs_no_other() -> None:
    long = "x" * 501
    imported = checked(
        {"authors": [{"family": "Muster"}, {"family": long}], "keywords": ["tea", "-", "tea"]}
    )
    assert imported.fields == {
        "authors": [{"family": "Muster"}],
        "authors_complete": False,
        "keywords": ["tea"],
    }
    assert [left.value for left in imported.leftovers] == [long, "-"]


def test_characters_that_no_record_may_hold_are_taken_out() -> None:
    imported = Imported("a", 1, {"title": "Te\x07a\u202e"}, leftovers=[Leftover("N1", "c\x00at", 2)])
    sound(imported)
    assert (imported.fields["title"], imported.leftovers[0].value) == ("Tea", "cat")


@given(
    st.dictionaries(
        st.sampled_from([name for name in Reference.model_fields if name not in {"authors", "editors"}]),
        st.one_of(
            st.text(max_size=30), st.sampled_from(["2020", "not reported", "10.5555/a", "en", "book"])
        ),
    )
)
def test_what_is_left_fits_the_model(fields: dict[str, Any]) -> None:
    fields = {
        name: [value] if name in {"keywords", "keep_capitals"} else value
        for name, value in fields.items()
    }
    imported = checked(dict(fields))
    Reference.model_validate({"title": "Tea"} | imported.fields)
    assert set(imported.fields) | {left.name for left in imported.leftovers} == set(fields)


@pytest.mark.parametrize(
    ("text", "iso", "whole"),
    [
        ("2020", "2020", True),
        ("2020//", "2020", True),
        ("2020/10/28/", "2020-10-28", True),
        ("2020/10/28/10:11:12", "2020-10-28", True),
        ("2020-10-28T10:11:12Z", "2020-10-28", True),
        ("2020 Oct 28", "2020-10-28", True),
        ("28 octobre 2020", "2020-10-28", True),
        ("März 2020", "2020-03", True),
        ("10/28/2020", "2020-10-28", True),
        ("05/05/2020", "2020-05-05", True),
        ("c2020", "2020", True),
        ("03/04/2020", "2020", False),
        ("2020 Nov-Dec", "2020", False),
        ("Spring 2020", "2020", False),
        ("2020 Dec 28-2021 Jan 3", "", False),
        ("2020-13-01", "", False),
        ("0000", "", False),
        ("soon", "", False),
        ("", "", False),
    ],
)
def test_dates(text: str, iso: str, whole: bool) -> None:
    date = read_date(text)
    assert (date.iso, date.whole) == (iso, whole)


@given(st.one_of(st.text(), st.text(alphabet="0123456789/-. JanFebT:")))
def test_any_date_is_possible_or_empty(text: str) -> None:
    iso = read_date(text).iso
    assert checked({"issued": iso} if iso else {}).leftovers == []


@given(
    st.dates(min_value=date(1500, 1, 1)),
    st.sampled_from(["%Y/%m/%d/", "%d %B %Y", "%Y %b %d", "%Y%m%d", "%d.%m.%Y"]),
)
def test_any_day_in_any_spelling(day: Any, spelling: str) -> None:
    if day.year <= 2200:
        assert read_date(day.strftime(spelling)).iso == day.isoformat()


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.5555/TEA.1", "10.5555/tea.1"),
        ("(https://doi.org/10.5555/tea.1).", "10.5555/tea.1"),
        ("https://example.org/?doi=10.5555%2Ftea.1", "10.5555/tea.1"),
        (
            "10.5555/(SICI)1097(1998)17:15/16<1661::TEA>3.0.CO;2-2",
            "10.5555/(sici)1097(1998)17:15/16<1661::tea>3.0.co;2-2",
        ),
        ("<10.5555/tea.1>", "10.5555/tea.1"),
        ("section 10.5 of 10", None),
        ("10.5555/", None),
    ],
)
def test_dois(text: str, doi: str | None) -> None:
    assert doi_in(text) == doi


def test_numbers_in_pubmed() -> None:
    assert pmid_in("PMID: 12345678; x") == "12345678"
    assert pmid_in("https://www.ncbi.nlm.nih.gov/pubmed/12345678") == "12345678"
    assert pmid_in("12345678") is None
    assert pmid_in("PMID 123456789") is None
    assert pmcid_in("see PMC 123.") == "PMC123"
    assert pmcid_in("XPMC123") is None


def test_serial_numbers() -> None:
    found = serial_numbers("ISSN 1234-5679 (Print); e-ISSN: 2049-3630; 0-306-40615-2")
    assert (found.issn, found.isbn, found.rest) == (["1234-5679", "2049-3630"], ["9780306406157"], "")
    assert serial_numbers("TEA-7").rest == "TEA-7"
    assert serial_numbers("1234-5678").issn == []


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    for value, name in ((doi_in(text), "doi"), (pmid_in(text), "pmid"), (pmcid_in(text), "pmcid")):
        assert value is None or checked({name: value}).fields == {name: value}
    address = address_in(text)
    assert address is None or checked({"url": address}).fields == {"url": address}
    serial_numbers(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English", "en"),
        ("eng", "en"),
        ("EN", "en"),
        ("ger", "de"),
        ("fre", "fr"),
        ("en_US", "en-US"),
        ("zh-Hans", "zh-Hans"),
        ("Greek", "el"),
        ("Portuguese", "pt"),
        ("mul", None),
        ("qq", None),
        ("Cattish", None),
        ("", None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert language_code(text) == code


@given(st.text())
def test_any_language_is_a_code_or_none(text: str) -> None:
    code = language_code(text)
    assert code is None or checked({"language": code}).fields == {"language": code}
