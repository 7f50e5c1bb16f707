"""What is taken from PubMed's answers, and what is told about them."""

from __future__ import annotations

import pytest

from evidence_map.registries import pubmed
from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.described import Described
from tests.registries.papers import DOI, PMCID, PMID, article, found, numbers
from tests.registries.server import Registries, Reply, as_html, as_json, as_xml


def described(client: Client, registries: Registries, pmid: str = PMID) -> Described | None:
    return pubmed.described(client, f"{registries.address}/pubmed", pmid)


def test_a_paper_is_taken_over(client: Client, registries: Registries) -> None:
    paper = described(client, registries)
    assert paper is not None
    wanted = {
        "pmid": PMID,
        "pmcid": PMCID,
        "doi": DOI,
        "keywords": ["tea", "lamps"],
        "language": "en",
        "title": "Tea and company at 10⁶ lamps: what keepers & cats say",
    }
    assert wanted.items() <= paper.fields.items()
    assert (paper.notices, paper.relations, paper.remarks) == ([], [], [])
    asked = registries.asked[-1].query
    assert asked == {
        "db": "pubmed",
        "id": PMID,
        "retmode": "xml",
        "tool": "evidence-map",
        "email": "crew@example.org",
    }


def test_links_to_notices_and_versions_are_told(client: Client, registries: Registries) -> None:
    links = "".join(
        f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>{number}'
        "</CommentsCorrections>"
        for kind, source, number in [
            ("ErratumIn", "J Inv Res. 2021;12(4):99", ""),
            ("RetractionIn", "J Inv Res. 2022;13(1):1", "<PMID Version='1'>333</PMID>"),
            ("UpdateOf", "teaRxiv. 2020", ""),
            ("Cites", "J Inv Res. 1999", ""),
            ("CommentIn", "J Inv Res. 2021", ""),
        ]
    )
    registries.tell("/pubmed/efetch.fcgi?12345678", as_xml(article(links=links)))
    paper = described(client, registries)
    assert paper is not None
    assert paper.notices == [
        "This publication has been retracted (notice: J Inv Res. 2022;13(1):1, PubMed number 333), "
        "says PubMed.",
        "There is a notice about this publication: correction, J Inv Res. 2021;12(4):99, says PubMed.",
    ]
    assert paper.relations == [
        "It is an update of teaRxiv. 2020, or the paper after that preprint, says PubMed."
    ]


def test_a_retracted_publication_without_a_link_is_told_too(
    client: Client, registries: Registries
) -> None:
    kinds = '<PublicationType UI="D016441">Retracted Publication</PublicationType>'
    registries.tell("/pubmed/efetch.fcgi?12345678", as_xml(article(kinds=kinds)))
    paper = described(client, registries)
    assert paper is not None
    assert paper.notices == ["This publication has been retracted, says PubMed."]


def test_an_unknown_number_is_none(client: Client, registries: Registries) -> None:
    assert described(client, registries, "99") is None
    registries.tell("/pubmed/efetch.fcgi?98", Reply(b"ID list is empty!", 400, "text/plain"))
    assert described(client, registries, "98") is None


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (as_xml(article(pmid="777")), "not with a description of a paper: it describes another paper"),
        (
            as_xml("<eFetchResult><ERROR>Busy</ERROR></eFetchResult>"),
            "not with a description of a paper",
        ),
        (as_html("<html><p>Sorry</html>"), "a web page instead of data"),
        (as_xml(article()[:900]), "no readable XML"),
    ],
)
def test_another_answer_is_refused(
    client: Client, registries: Registries, reply: Reply, words: str
) -> None:
    registries.tell("/pubmed/efetch.fcgi?12345678", reply)
    with pytest.raises(RegistryError) as error:
        described(client, registries)
    assert words in str(error.value)


def test_numbers_are_found_by_doi(client: Client, registries: Registries) -> None:
    address = f"{registries.address}/pubmed"
    assert pubmed.numbers_of_doi(client, address, DOI) == [PMID]
    assert pubmed.numbers_of_doi(client, address, "10.5555/none") == []
    registries.tell('/pubmed/esearch.fcgi?"10.5555/a(1)b"[doi]', found("5"))
    assert pubmed.numbers_of_doi(client, address, "10.5555/a(1)b") == ["5"]


@pytest.mark.parametrize(
    "answer",
    [{"error": "API rate limit exceeded"}, {"esearchresult": {"ERROR": "Invalid db name"}}, [], "tea"],
)
def test_a_search_that_fails_is_told(client: Client, registries: Registries, answer: object) -> None:
    registries.tell("/failing/esearch.fcgi", as_json(answer))
    with pytest.raises(RegistryError, match="not with the result of a search"):
        pubmed.numbers_of_doi(client, f"{registries.address}/failing", DOI)


def test_pubmed_central_tells_the_other_numbers(client: Client, registries: Registries) -> None:
    address = f"{registries.address}/pubmed"
    paper = pubmed.numbers_of_central(client, address, PMCID)
    assert paper is not None and paper.fields == {"pmcid": PMCID, "pmid": PMID, "doi": DOI}
    assert pubmed.numbers_of_central(client, address, "PMC1") is None
    registries.tell("/pubmed/esummary.fcgi?7654321", numbers(pmid="0", doi="10.5555/x y"))
    paper = pubmed.numbers_of_central(Client(patience=client.patience), address, PMCID)
    assert paper is not None and paper.fields == {"pmcid": PMCID}
    assert len(paper.remarks) == 1 and "10.5555/x y" in paper.remarks[0]
