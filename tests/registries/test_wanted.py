"""What somebody types to name a publication, in every spelling that is met."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.model import identifiers
from evidence_map.registries.wanted import EXPECTED, KINDS, WantedError, wanted

TEA = "10.5555/tea.1"


@pytest.mark.parametrize(
    "typed",
    [
        "10.5555/tea.1",
        "10.5555/TEA.1",
        " 10.5555/tea.1 ",
        "doi:10.5555/tea.1",
        "DOI: 10.5555/tea.1.",
        "doi 10.5555/tea.1",
        "doi.org/10.5555/tea.1",
        "https://doi.org/10.5555/tea.1",
        "http://dx.doi.org/10.5555/tea.1",
        "https://doi.org/10.5555%2Ftea.1",
        "<https://doi.org/10.5555/tea.1>,",
        "“10.5555/tea.1”;",
        "(10.5555/tea.1).",
        "info:doi/10.5555/tea.1",
        "urn:doi:10.5555/tea.1",
        "10.5555/\u200btea.1\ufeff",
        "https://pub.example.org/doi/10.5555/tea.1",
        "https://pub.example.org/doi/full/10.5555/tea.1?needAccess=true#abstract",
        "https://pub.example.org/doi/10.5555/tea.1/full/html",
        "https://pub.example.org/doi/epdf/10.5555/tea.1/",
        "https://pub.example.org/content/10.5555/tea.1.full.pdf",
        "https://pub.example.org/article?id=10.5555/tea.1&type=printable",
        "https://doi-org.proxy.example.edu/10.5555/tea.1",
        "www.example.org/10.5555/tea.1",
    ],
)
def test_a_doi_is_read_in_any_spelling(typed: str) -> None:
    found = wanted(typed)
    assert (found.kind, found.value, found.typed) == ("doi", TEA, typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("10.1016/S0000-0000(05)17825-8", "10.1016/s0000-0000(05)17825-8"),
        ("https://doi.org/10.1002/(SICI)1-1(19)50:8%3C1::AID-TEA1%3E3.0.CO;2-I", None),
        ("10.1002/(SICI)1-1(19)50:8<1::AID-TEA1>3.0.CO;2-I", None),
        ("10.5555/tea\u20111", "10.5555/tea-1"),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full",
            "10.1101/2020.01.02.123456",
        ),
    ],
)
def test_signs_of_a_doi_are_kept(typed: str, value: str | None) -> None:
    assert wanted(typed).value == (value or "10.1002/(sici)1-1(19)50:8<1::aid-tea1>3.0.co;2-i")


def test_the_end_of_an_address_may_belong_to_the_doi_or_not() -> None:
    found = wanted("https://pub.example.org/article/10.5555/tea.1/figure/2")
    assert [found.value, *found.shorter] == [f"{TEA}/figure/2", f"{TEA}/figure", TEA]
    full = wanted("https://pub.example.org/10.5555/tea.1/full")
    assert [full.value, *full.shorter] == [TEA, f"{TEA}/full"]


@pytest.mark.parametrize(
    "typed",
    [
        "12345",
        "00012345",
        "12345.",
        "pmid:12345",
        "PMID 12345",
        "PubMed: 12345",
        "https://pubmed.ncbi.nlm.nih.gov/12345/",
        "pubmed.ncbi.nlm.nih.gov/12345",
        "https://www.ncbi.nlm.nih.gov/pubmed/12345?dopt=Abstract",
        "https://europepmc.org/article/MED/12345",
    ],
)
def test_a_pubmed_number_is_read(typed: str) -> None:
    assert (wanted(typed).kind, wanted(typed).value) == ("pmid", "12345")


@pytest.mark.parametrize(
    "typed",
    [
        "PMC12345",
        "pmc 12345",
        "PMCID: PMC12345",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC12345/",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/pdf/tea.pdf",
        "https://europepmc.org/article/PMC/PMC12345",
    ],
)
def test_a_pubmed_central_number_is_read(typed: str) -> None:
    assert (wanted(typed).kind, wanted(typed).value) == ("pmcid", "PMC12345")


def test_any_other_address_is_a_page() -> None:
    found = wanted("https://journal.example.org/tea?page=2#top")
    assert (found.kind, found.value) == ("url", "https://journal.example.org/tea?page=2")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Nothing was typed."),
        ("10.5555", "only the beginning of a DOI"),
        ("10,5555/tea", "after 10 stands “,” instead of a full stop"),
        ("105555/tea", "the full stop after 10 is missing"),
        ("1O.5555/tea", "a letter stands where a digit is due"),
        ("10.5555/tea 10.5555/cats", "has a space in it: name one publication at a time"),
        ("arXiv:2101.00001", "its DOI is 10.48550/arXiv.2101.00001"),
        ("978-0-306-40615-7", "by which no paper can be looked up"),
        ("1477-7517", "by which no paper can be looked up"),
        ("refs.ris", "“import” reads files of references"),
        ("999999999", "has more digits than a PubMed number"),
        ("0", "is not a PubMed number"),
        ("pmid:tea", "is not a PubMed number"),
        ("PMC", "is not a PubMed Central number"),
        ("PMC1234567890", "is not a PubMed Central number"),
        ("https://[", "is not a web address"),
        ("https://me:secret@example.org/", "is not a web address"),
        ("ftp://example.org/tea", "is no identifier of a publication"),
        ("--tea", "is no identifier of a publication"),
        ("https://doi.org/", "is no identifier of a publication"),
    ],
)
def test_a_slip_is_told_with_what_is_expected(typed: str, words: str) -> None:
    with pytest.raises(WantedError) as error:
        wanted(typed)
    assert words in str(error.value) and str(error.value).endswith(EXPECTED)


@given(st.text() | st.from_regex(r"(https?://|doi:|10\.|pmid:|PMC).{0,40}"))
def test_any_text_names_something_sound_or_is_refused_in_one_line(text: str) -> None:
    try:
        found = wanted(text)
    except WantedError as error:
        assert EXPECTED in str(error)
        return
    assert found.kind in KINDS
    if found.kind != "url":
        assert getattr(identifiers, found.kind)(found.value) == found.value
    assert not re.search(r"\s", found.value)


@given(st.from_regex(r"10\.[0-9]{4,9}/[a-z0-9][a-z0-9._();:/-]{0,40}[a-z0-9]", fullmatch=True))
def test_a_doi_survives_its_own_address(doi: str) -> None:
    assert wanted(doi).value == doi
    assert wanted(f"https://doi.org/{doi}").value == doi


def test_nine_digits_are_too_many_for_pubmed() -> None:
    with pytest.raises(WantedError, match="has more digits than a PubMed number"):
        wanted("123456789")
