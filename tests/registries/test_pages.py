"""The DOI of the publication that a web page is about."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.registries.client import Answer, Client, RegistryError
from evidence_map.registries.pages import PageError, doi_of_page, dois_of
from tests.registries.server import Registries, Reply, as_html


def page(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html><head><title>Tea</title>{head}</head><body>{body}</body></html>"


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def dois(text: str) -> list[str]:
    return dois_of(Answer(text.encode(), "2026-11-22", "https://example.org/", "text/html"))


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="citation_doi" content="10.5555/TEA.1">',
        '<META NAME="Citation_DOI" CONTENT="https://doi.org/10.5555/tea.1"/>',
        '<meta name="DC.Identifier" scheme="doi" content="doi:10.5555/tea.1">',
        '<meta property="og:url" content="https://doi.org/10.5555/tea.1">',
        '<meta name="prism.doi" content="doi:10.5555/tea.1">',
        # The sure sign counts, not a weaker one that says something else.
        '<meta name="dc.identifier" content="10.5555/no">'
        '<meta name="citation_doi" content="10.5555/tea.1">',
        linked({"@type": "ScholarlyArticle", "@id": "https://doi.org/10.5555/tea.1"}),
        linked(
            [{"@graph": [{"@type": ["Thing", "Article"], "sameAs": ["https://doi.org/10.5555/tea.1"]}]}]
        ),
        linked(
            {
                "@type": "WebPage",
                "mainEntity": {
                    "@type": "https://schema.org/ScholarlyArticle",
                    "identifier": {
                        "@type": "PropertyValue",
                        "propertyID": "doi",
                        "value": "10.5555/tea.1",
                    },
                    "citation": [{"@type": "ScholarlyArticle", "identifier": "10.5555/cited"}],
                },
            }
        ),
    ],
)
def test_the_doi_in_the_head_is_found(head: str) -> None:
    assert dois(page(head)) == ["10.5555/tea.1"]


def test_dois_in_the_text_are_not_those_of_the_page() -> None:
    assert dois(page("", '<p>10.5555/cited</p><a href="https://doi.org/10.5555/cited">x</a>')) == []
    assert dois(page(linked({"@type": "Person", "identifier": "10.5555/tea.1"}))) == []
    assert dois(page('<script type="application/ld+json">{"@type":</script>')) == []
    assert dois("") == []


@given(st.text() | st.text("<>/=\"' metancodi.:{}[]@"))
def test_any_page_is_read(text: str) -> None:
    assert all(doi.startswith("10.") for doi in dois(text))


def asked(client: Client, registries: Registries, path: str = "/tea") -> str:
    return doi_of_page(client, f"{registries.address}{path}")


@pytest.fixture
def open_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the address of this machine pass, which has no https."""
    monkeypatch.setattr("evidence_map.registries.pages._encrypted", lambda address: address)


@pytest.mark.usefixtures("open_pages")
def test_a_page_is_fetched_and_only_its_beginning(client: Client, registries: Registries) -> None:
    text = page('<meta name="citation_doi" content="10.5555/tea.1">', "x" * 3_000_000)
    registries.tell("/tea", as_html(text, gzipped=True))
    assert asked(client, registries) == "10.5555/tea.1"
    registries.tell(
        "/late", as_html(page("", "x" * 3_000_000) + '<meta name="citation_doi" content="10.5555/l">')
    )
    with pytest.raises(PageError, match="does not say which DOI"):
        asked(client, registries, "/late")


@pytest.mark.usefixtures("open_pages")
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (as_html(page()), "Look for one on it and give that"),
        (
            as_html(
                page(
                    '<meta name="citation_doi" content="10.5555/a">'
                    '<meta name="citation_doi" content="10.5555/b">'
                )
            ),
            "more than one publication (10.5555/a, 10.5555/b)",
        ),
        (Reply(b"%PDF-1.7", kind="application/pdf"), "that is a PDF"),
        (Reply(b"%PDF-1.7", kind="text/html"), "that is a PDF"),
        (Reply(b"{}", kind="application/json"), "that is no web page"),
        (Reply(b"", 403), "lets no program read it; give the DOI that stands on it"),
        (Reply(b"", 404), "there is no such page"),
    ],
)
def test_what_cannot_be_used_is_told(
    client: Client, registries: Registries, reply: Reply, words: str
) -> None:
    registries.tell("/tea", reply)
    with pytest.raises(PageError) as error:
        asked(client, registries)
    assert words in str(error.value)


def test_a_page_is_only_asked_for_with_encryption(client: Client) -> None:
    with pytest.raises(RegistryError, match=r"^127\.0\.0\.1 cannot be reached"):
        doi_of_page(client, "http://127.0.0.1:9/tea")


def test_offline_no_page_is_read(registries: Registries) -> None:
    with pytest.raises(RegistryError, match="--offline"):
        doi_of_page(Client(offline=True), f"{registries.address}/tea")
    assert registries.asked == []
