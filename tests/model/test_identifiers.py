"""Identifiers: real ones are read in every usual spelling, wrong ones are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from evidence_map.model.identifiers import doi, isbn, issn, orcid, pmcid, pmid

Reader = Callable[[str], str]
READERS: list[Reader] = [doi, pmid, pmcid, orcid, issn, isbn]


@pytest.mark.parametrize(
    ("read", "written", "normal"),
    [
        (doi, "10.1186/s12954-023-00898-4", "10.1186/s12954-023-00898-4"),
        (doi, "https://doi.org/10.1186/S12954-023-00898-4", "10.1186/s12954-023-00898-4"),
        (doi, "http://dx.doi.org/10.1000/182", "10.1000/182"),
        (doi, "DOI: 10.1000/182", "10.1000/182"),
        (doi, "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
         "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"),
        (doi, "10.1016.12.31/nature.S0735-1097(98)2000/12/31/34:7-7",
         "10.1016.12.31/nature.s0735-1097(98)2000/12/31/34:7-7"),
        (pmid, "12345678", "12345678"),
        (pmid, "PMID: 123", "123"),
        (pmid, "https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        (pmcid, "pmc11514757", "PMC11514757"),
        (pmcid, "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC11514757/", "PMC11514757"),
        (orcid, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        (orcid, "0000000218250097", "0000-0002-1825-0097"),
        (orcid, "0000-0002-1694-233x", "0000-0002-1694-233X"),
        (issn, "14777517", "1477-7517"),
        (isbn, "0-306-40615-2", "9780306406157"),
        (isbn, "978-0-306-40615-7", "9780306406157"),
    ],
)  # fmt: skip
def test_usual_spellings_become_one(read: Reader, written: str, normal: str) -> None:
    assert read(written) == normal
    assert read(normal) == normal


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (doi, "10.1186"),
        (doi, "11.1186/x"),
        (doi, "10.12/x"),
        (doi, "10.1186/s12954 023"),
        (doi, "10.1186/s12954."),
        (doi, "10.١٢٣٤/x"),
        (doi, "https://example.org/10.1000/182"),
        (pmid, "0"),
        (pmid, "123456789"),
        (pmid, "١٢٣"),
        (pmcid, "11514757"),
        (pmcid, "PMC0"),
        (orcid, "0000-0002-1825-0098"),
        (orcid, "0000-0002-1825-009"),
        (issn, "1477-7518"),
        (isbn, "9780306406158"),
        (isbn, "12"),
    ],
)
def test_wrong_ones_are_refused_with_a_hint(read: Reader, written: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read(written)
    assert caught.value.type == f"bad-{read.__name__}"
    assert caught.value.context and caught.value.context["hint"]


@pytest.mark.parametrize("read", READERS)
@given(text=st.text(max_size=40) | st.text(st.sampled_from("0123456789Xx-/. PMCdoi:١"), max_size=24))
def test_any_text_is_refused_or_read_into_one_spelling(read: Reader, text: str) -> None:
    try:
        normal = read(text)
    except PydanticCustomError:
        return
    assert read(normal) == normal
    assert normal.isprintable() and " " not in normal


@given(st.from_regex(r"10\.[0-9]{4,9}/[A-Za-z0-9._()/:<>-]{1,30}[A-Za-z0-9]", fullmatch=True))
def test_every_well_formed_doi_is_read_with_and_without_its_resolver(text: str) -> None:
    assert doi(text) == doi(f"https://doi.org/{text}") == text.lower()


@given(st.integers(0, 10**15 - 1))
def test_every_orcid_has_one_check_digit(number: int) -> None:
    digits = f"{number:015d}"
    accepted = [check for check in "0123456789X" if accepts(orcid, digits + check)]
    assert len(accepted) == 1


def accepts(read: Reader, text: str) -> bool:
    try:
        read(text)
    except PydanticCustomError:
        return False
    return True
