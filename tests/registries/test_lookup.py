"""Which registries are asked for which identifier, and what happens when one does not answer."""

from __future__ import annotations

import re

import pytest

from evidence_map.registries import pages
from evidence_map.registries.client import RegistryError
from evidence_map.registries.lookup import AddressError, Addresses, Found, Lookup, UnknownError
from evidence_map.registries.wanted import wanted
from tests.registries.papers import (
    DOI,
    PMCID,
    PMID,
    UNKNOWN_TO_DATACITE,
    article,
    crossref,
    found,
    numbers,
    work,
)
from tests.registries.server import NOT_FOUND, Registries, Reply, as_html, as_json, as_xml

DOWN = Reply(b"Internal Server Error", 500, "text/plain")


def find(lookup: Lookup, typed: str) -> Found:
    return lookup.find(wanted(typed))


def test_it_does_not_matter_which_identifier_somebody_has(lookup: Lookup) -> None:
    by_doi, by_pmid, by_pmcid = (find(lookup, typed) for typed in (DOI, PMID, PMCID))
    assert by_doi.imported.fields == by_pmid.imported.fields == by_pmcid.imported.fields
    assert by_doi.imported.remarks == by_pmid.imported.remarks == by_pmcid.imported.remarks
    assert by_doi.registries == ["Crossref", "PubMed"]
    assert by_doi.imported.fields["pmcid"] == PMCID


def test_the_registries_are_told_who_asks(lookup: Lookup, registries: Registries) -> None:
    find(lookup, DOI)
    crossref_asked, search, fetch = registries.asked
    assert crossref_asked.query == {"mailto": "crew@example.org"}
    assert (search.query["term"], search.query["email"]) == (f"{DOI}[doi]", "crew@example.org")
    assert fetch.query["id"] == PMID


def test_datacite_is_asked_where_crossref_knows_nothing(lookup: Lookup, registries: Registries) -> None:
    cats = find(lookup, "10.5555/cats.2")
    assert cats.registries == ["DataCite"]
    assert [asked.path.split("/")[1] for asked in registries.asked] == ["crossref", "datacite", "pubmed"]


def test_what_no_registry_knows_is_told(lookup: Lookup, registries: Registries) -> None:
    registries.tell("/datacite/dois/10.5555/none", UNKNOWN_TO_DATACITE)
    with pytest.raises(UnknownError, match=re.escape("there is no such DOI. Copy it again")):
        find(lookup, "10.5555/none")
    with pytest.raises(UnknownError, match="PubMed has no paper with the number 99; check its digits"):
        find(lookup, "99")
    with pytest.raises(UnknownError, match="PubMed Central has no paper with the number PMC1;"):
        find(lookup, "PMC1")


@pytest.mark.parametrize(
    ("doi", "words"),
    [
        ("10.5555/tea–1", "It has a long dash"),
        ("10.5555/tea.1.pdf", "Its end looks like that of an address"),
        ("10.5555/tea-", "It seems to be cut off"),
        ("10.5555/t", "It seems to be cut off"),
    ],
)
def test_the_likely_slip_is_told(lookup: Lookup, registries: Registries, doi: str, words: str) -> None:
    registries.tell(f"/doi/ra/{doi}", as_json([{"DOI": doi, "status": "DOI does not exist"}]))
    with pytest.raises(UnknownError, match=words):
        find(lookup, doi)


def test_a_doi_of_another_agency_is_known_but_not_described(
    lookup: Lookup, registries: Registries
) -> None:
    registries.tell("/doi/ra/10.5555/jp", as_json([{"DOI": "10.5555/jp", "RA": "JaLC"}]))
    with pytest.raises(RegistryError, match="was registered by JaLC, which is not asked"):
        find(lookup, "10.5555/jp")
    registries.tell("/doi/ra/10.5555/new", as_json([{"DOI": "10.5555/new", "RA": "Crossref"}]))
    with pytest.raises(UnknownError, match="at Crossref, but not described yet"):
        find(lookup, "10.5555/new")
    registries.tell("/doi/ra/10.5555/odd", as_json({"tea": 1}))
    with pytest.raises(UnknownError, match=r"neither Crossref nor DataCite knows the DOI 10\.5555/odd"):
        find(lookup, "10.5555/odd")


def test_the_end_of_an_address_is_tried_without_what_follows(
    lookup: Lookup, registries: Registries
) -> None:
    found_one = find(lookup, f"https://pub.example.org/article/{DOI}/figure/2")
    assert found_one.imported.fields["doi"] == DOI
    assert registries.count(f"/crossref/works/{DOI}/figure") == 1


def test_pubmed_stands_in_for_an_agency_that_is_down(lookup: Lookup, registries: Registries) -> None:
    registries.tell(f"/crossref/works/{DOI}", DOWN)
    paper = find(lookup, DOI)
    assert paper.registries == ["PubMed"]
    told = "Only PubMed was asked: Crossref does not work at the moment (status 500)."
    assert told in paper.imported.remarks
    registries.tell("/crossref/works/10.5555/cats.2", DOWN)
    assert find(lookup, "10.5555/cats.2").registries == ["DataCite"]
    registries.tell("/crossref/works/10.5555/lost", DOWN)
    with pytest.raises(RegistryError, match="Crossref does not work"):
        find(lookup, "10.5555/lost")


def test_without_pubmed_the_rest_is_taken_and_that_is_told(
    lookup: Lookup, registries: Registries
) -> None:
    registries.tell(f"/pubmed/esearch.fcgi?{DOI}[doi]", DOWN)
    paper = find(lookup, DOI)
    assert paper.registries == ["Crossref"] and "pmid" not in paper.imported.fields
    assert paper.imported.remarks[-1] == (
        "PubMed was to be asked too, for its number and keywords, but gave no answer: "
        "PubMed does not work at the moment (status 500)."
    )
    registries.tell("/pubmed/efetch.fcgi?4711", DOWN)
    with pytest.raises(RegistryError, match="PubMed does not work"):
        find(lookup, "4711")


def test_the_agency_of_a_pubmed_paper_may_be_silent_or_ignorant(
    lookup: Lookup, registries: Registries
) -> None:
    registries.tell(f"/crossref/works/{DOI}", NOT_FOUND)
    paper = find(lookup, PMID)
    assert paper.registries == ["PubMed"]
    assert f"Neither Crossref nor DataCite knows its DOI {DOI}." in paper.imported.remarks
    registries.tell(f"/crossref/works/{DOI}", DOWN)
    remarks = find(lookup, PMID).imported.remarks
    assert remarks[-1].startswith("The agency of its DOI gave no answer: Crossref does not work")


def test_a_paper_that_only_mentions_the_doi_is_not_taken(lookup: Lookup, registries: Registries) -> None:
    registries.tell(f"/pubmed/esearch.fcgi?{DOI}[doi]", found("55", PMID))
    registries.tell("/pubmed/efetch.fcgi?55", as_xml(article(pmid="55", doi="10.5555/another")))
    assert find(lookup, DOI).imported.fields["pmid"] == PMID


def test_a_paper_of_pubmed_central_without_a_pubmed_number(
    lookup: Lookup, registries: Registries
) -> None:
    registries.tell("/pubmed/esummary.fcgi?7654321", numbers(doi="10.5555/cats.2"))
    paper = find(lookup, PMCID)
    assert paper.registries == ["DataCite", "PubMed Central"]
    assert paper.imported.fields["pmcid"] == PMCID


def test_a_paper_that_only_pubmed_central_has(lookup: Lookup, registries: Registries) -> None:
    registries.tell("/pubmed/esummary.fcgi?7654321", numbers())
    with pytest.raises(RegistryError, match="neither PubMed nor the agency of a DOI describes it"):
        find(lookup, PMCID)


def test_a_description_without_a_title_is_none(lookup: Lookup, registries: Registries) -> None:
    registries.tell(
        "/crossref/works/10.5555/cats.3", crossref(work(DOI="10.5555/cats.3", title=[], subtitle=[]))
    )
    with pytest.raises(RegistryError, match=r"Crossref knows DOI 10\.5555/cats\.3, but no title of it"):
        find(lookup, "10.5555/cats.3")
    registries.tell("/crossref/works/10.5555/odd", as_json({"status": "ok", "message": ["tea"]}))
    with pytest.raises(RegistryError, match="not with a description of a work"):
        find(lookup, "10.5555/odd")


def test_a_page_names_its_doi(
    lookup: Lookup, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_encrypted", lambda address: address)
    registries.tell(
        "/tea", as_html(f'<html><head><meta name="citation_doi" content="{DOI}"></head></html>')
    )
    paper = find(lookup, f"{registries.address}/tea")
    assert paper.imported.fields["pmid"] == PMID
    assert f"The DOI was read from the page {registries.address}/tea." in paper.imported.remarks
    registries.tell("/none", as_html("<html></html>"))
    with pytest.raises(UnknownError, match="does not say which DOI"):
        find(lookup, f"{registries.address}/none")


def test_addresses_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Addresses.from_environment() == Addresses()
    monkeypatch.setenv("EVIDENCE_MAP_CROSSREF", "https://mirror.example.org/crossref/")
    monkeypatch.setenv("EVIDENCE_MAP_DATACITE", "http://127.0.0.1:8000")
    found_ones = Addresses.from_environment()
    assert found_ones.crossref == "https://mirror.example.org/crossref"
    assert found_ones.datacite == "http://127.0.0.1:8000"
    for wrong in ("http://mirror.example.org", "mirror.example.org", "ftp://127.0.0.1"):
        monkeypatch.setenv("EVIDENCE_MAP_PUBMED", wrong)
        with pytest.raises(AddressError, match="EVIDENCE_MAP_PUBMED is no https address"):
            Addresses.from_environment()
