"""What programs read on the pages: citation tags, COinS and JSON-LD, compared with the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given
from lxml import html

from evidence_map.exports.citation_styles import STYLES
from evidence_map.exports.fields import family_first, first_and_last_page
from evidence_map.exports.formats import FORMATS
from evidence_map.site.coins import coins, context_object, encoded
from evidence_map.site.evidence import Evidence, Report
from evidence_map.site.metadata import citation_tags, described_report, record_head
from tests.exports.reports import HOSTILE, PLAIN, person, report


@pytest.fixture(scope="module")
def site(lighthouse_site: Path) -> Path:
    return lighthouse_site


@pytest.fixture(scope="module")
def evidence(site: Path) -> Iterator[Evidence]:
    with Evidence(site / "data" / "evidence.db") as opened:
        yield opened


def page(site: Path, address: str) -> Any:
    return html.fromstring((site / address / "index.html").read_text("utf-8"))


def tags(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in tree.xpath("/html/head/meta[starts-with(@name, 'citation_')]"):
        found.setdefault(tag.get("name"), []).append(tag.get("content"))
    return found


def linked_data(tree: Any) -> Any:
    (script,) = tree.xpath("/html/head/script[@type='application/ld+json']")
    return json.loads(script.text)


def spans(tree: Any) -> list[dict[str, list[str]]]:
    return [parse_qs(span.get("title"), strict_parsing=True) for span in tree.find_class("Z3988")]


def only(*values: Any) -> list[Any]:
    return [value for value in values if value]


def test_the_tags_of_each_page_agree_with_the_database(site: Path, evidence: Evidence) -> None:
    for own in evidence.reports.values():
        row, found = own.row, tags(page(site, f"records/{own.key}"))
        first, last = first_and_last_page(row["page"])
        expected = {
            "citation_title": [row["title"]],
            "citation_author": [family_first(person) for person in own.authors],
            "citation_publication_date": only((row["issued"] or "").replace("-", "/")),
            "citation_journal_title": only(row["container_title"]),
            "citation_volume": only(row["volume"]),
            "citation_issue": only(row["issue"]),
            "citation_firstpage": only(first or row["number"]),
            "citation_lastpage": only(last),
            "citation_doi": only(row["doi"]),
            "citation_pmid": only(row["pmid"]),
            "citation_issn": only(row["issn"]),
            "citation_isbn": only(row["isbn"]),
            "citation_language": only(row["language"]),
            "citation_publisher": only(row["publisher"]),
            "citation_keywords": own.lists.get("keyword", []),
            "citation_public_url": only(f"https://doi.org/{row['doi']}" if row["doi"] else row["url"]),
        }
        assert row["type"] == "article-journal"
        assert found == {name: values for name, values in expected.items() if values}, own.key


def test_the_span_of_each_page_agrees_with_the_database(site: Path, evidence: Evidence) -> None:
    for own in evidence.reports.values():
        row = own.row
        (found,) = spans(page(site, f"records/{own.key}"))
        assert found.pop("ctx_ver") == ["Z39.88-2004"]
        assert found.pop("rft_val_fmt") == ["info:ofi/fmt:kev:mtx:journal"]
        first, last = first_and_last_page(row["page"])
        persons = [each for each in own.authors if not each.literal]
        expected = {
            "rft.genre": ["article"],
            "rft.atitle": [row["title"]],
            "rft.jtitle": only(row["container_title"]),
            "rft.volume": only(row["volume"]),
            "rft.issue": only(row["issue"]),
            "rft.spage": only(last and first),
            "rft.epage": only(last),
            "rft.pages": only(not last and row["page"]),
            "rft.artnum": only(row["number"]),
            "rft.date": only(row["issued"]),
            "rft_id": only(
                row["doi"] and f"info:doi/{row['doi']}",
                row["pmid"] and f"info:pmid/{row['pmid']}",
                not row["doi"] and row["url"],
            ),
            "rft.aulast": [persons[0].family] if persons else [],
            "rft.aufirst": only(persons[0].given) if persons else [],
            "rft.au": [family_first(each) for each in persons],
            "rft.aucorp": [each.literal for each in own.authors if each.literal],
            "rft.issn": only(row["issn"]),
            "rft.language": only(row["language"]),
        }
        assert found == {name: values for name, values in expected.items() if values}, own.key


def test_the_linked_data_of_each_page_agree_with_the_database(site: Path, evidence: Evidence) -> None:
    for own in evidence.reports.values():
        row, found = own.row, linked_data(page(site, f"records/{own.key}"))
        assert found["@type"] == "ScholarlyArticle"
        assert found["name"] == row["title"]
        assert [each["name"] for each in found.get("author", [])] == [p.full for p in own.authors]
        orcids = [each["@id"].rpartition("/")[2] for each in found.get("author", []) if "@id" in each]
        assert orcids == [each.orcid for each in own.authors if each.orcid]
        assert found.get("datePublished") == row["issued"]
        assert found.get("pagination") == (row["page"] or row["number"])
        assert found.get("inLanguage") == row["language"]
        assert found.get("keywords", []) == own.lists.get("keyword", [])
        assert found.get("license") == row["licence"]
        identifiers = {each["propertyID"]: each["value"] for each in found.get("identifier", [])}
        names = ("doi", "pmid", "pmcid")
        assert identifiers == {name: row[name] for name in names if row[name]}
        if row["doi"]:
            assert f"https://doi.org/{row['doi']}" in found["sameAs"]
        part, parts = found.get("isPartOf", {}), {}
        while part:
            parts[part["@type"]] = part
            part = part.get("isPartOf", {})
        journal = parts.get("Periodical", {})
        assert journal.get("name") == row["container_title"]
        assert journal.get("issn") == row["issn"]
        assert parts.get("PublicationVolume", {}).get("volumeNumber") == row["volume"]
        assert parts.get("PublicationIssue", {}).get("issueNumber") == row["issue"]


def test_lists_carry_each_report_once(site: Path, evidence: Evidence) -> None:
    def titles(address: str) -> list[str]:
        return sorted(span["rft.atitle"][0] for span in spans(page(site, address)))

    study = evidence.studies["beacon"]
    assert titles("studies/beacon") == sorted(
        evidence.reports[key].row["title"] for key in study.reports
    )
    keys = evidence.reports_by_term["country", "gb"]
    assert titles("codebook/country/gb") == sorted(evidence.reports[key].row["title"] for key in keys)


def test_the_rows_of_the_live_list_carry_each_report_once(site: Path, evidence: Evidence) -> None:
    rows = json.loads((site / "data/records/rows-0.json").read_text("utf-8"))
    for row in rows:
        names, values = row["reference"][::2], row["reference"][1::2]
        whole = [row["title"] if value is None else value for value in values]
        assert list(zip(names, whole, strict=True)) == context_object(evidence.reports[row["key"]])
    assert {row["key"] for row in rows} == set(evidence.reports)
    assert not page(site, "records").find_class("Z3988")


def test_a_list_says_nothing_twice() -> None:
    """What Zotero makes of the pages and addresses of a span is in *openurl.js* of zotero/utilities."""
    assert ("rft.spage", "3") in context_object(report(title="Tea", page="3-9"))
    for pages in ("3", "3-9, 12", "e12"):
        assert ("rft.pages", pages) in context_object(report(title="Tea", page=pages))
    own = report(title="Tea", doi="10.5555/t", url="https://example.org/t", page="3–9")
    names = [name for name, _ in context_object(own)]
    assert "rft.pages" not in names
    assert names.count("rft_id") == 1
    assert encoded(report(title="Tea + milk; a=b")).count("&rft.atitle=Tea+%2B+milk%3B+a%3Db") == 1


@pytest.mark.parametrize("address", [".", "database"])
def test_the_review_is_described_as_a_set_of_data(site: Path, evidence: Evidence, address: str) -> None:
    found = linked_data(page(site, address))
    meta = evidence.meta
    assert found["@type"] == "Dataset"
    assert found["name"] == meta["title"]
    assert found["description"] == " ".join(meta["summary"].split())
    assert [each["name"] for each in found["creator"]] == evidence.authors
    assert found["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert (found["version"], found["dateModified"]) == (meta["version"], meta["data_date"])
    files = [urlsplit(each["contentUrl"]).path.rpartition("/data/")[2] for each in found["distribution"]]
    assert files == ["evidence.db", *(form.file for form in FORMATS.values())]
    assert all((site / "data" / file).is_file() for file in files)
    assert all(each["contentUrl"].startswith(meta["address"]) for each in found["distribution"])


def test_other_pages_describe_nothing(site: Path) -> None:
    for address in ("codebook", "records", "about"):
        assert not page(site, address).xpath("//script[@type='application/ld+json']")


def test_the_home_page_carries_the_review_for_reference_managers(site: Path, evidence: Evidence) -> None:
    home = page(site, ".")
    (own,) = [span for span in spans(home) if span.get("rft.type") == ["dataset"]]
    assert own["rft.title"] == [evidence.meta["title"]]
    assert own["rft.date"] == [evidence.meta["data_date"]]
    assert home.get_element_by_id("_bibtex").text.lstrip().startswith("@")
    assert home.xpath("//a[@href='./data/CITATION.cff']")


def test_a_record_page_has_a_citation_in_each_style(site: Path) -> None:
    tree = page(site, "records/example2019")
    for style in STYLES:
        assert "keepers" in tree.get_element_by_id(f"_citation-{style}").text_content().lower()
    for name in ("bibtex", "ris", "csl-json"):
        assert "keepers" in tree.get_element_by_id(f"_{name}").text_content()


OTHERS: list[tuple[dict[str, Any], dict[str, str], dict[str, str], str]] = [
    (
        {"type": "thesis", "publisher": "University of the Sea"},
        {"citation_dissertation_institution": "University of the Sea"},
        {"rft_val_fmt": "info:ofi/fmt:kev:mtx:dissertation", "rft.inst": "University of the Sea"},
        "Thesis",
    ),
    (
        {"type": "report", "publisher": "Lamp Agency", "number": "7"},
        {
            "citation_technical_report_institution": "Lamp Agency",
            "citation_technical_report_number": "7",
        },
        {"rft_val_fmt": "info:ofi/fmt:kev:mtx:book", "rft.genre": "report", "rft.pub": "Lamp Agency"},
        "Report",
    ),
    (
        {"type": "chapter", "container_title": "A book of towers", "isbn": "9783161484100"},
        {"citation_inbook_title": "A book of towers", "citation_isbn": "9783161484100"},
        {"rft.genre": "bookitem", "rft.btitle": "A book of towers", "rft.atitle": "Tea"},
        "Chapter",
    ),
    (
        {"type": "paper-conference", "container_title": "The Lamp Meeting", "page": "3-4"},
        {"citation_conference_title": "The Lamp Meeting", "citation_firstpage": "3"},
        {"rft.genre": "proceeding", "rft.btitle": "The Lamp Meeting", "rft.spage": "3"},
        "ScholarlyArticle",
    ),
    (
        {"type": "book", "publisher": "Lamp Press", "edition": "2"},
        {"citation_publisher": "Lamp Press"},
        {"rft.genre": "book", "rft.btitle": "Tea", "rft.pub": "Lamp Press", "rft.edition": "2"},
        "Book",
    ),
    (
        {"type": "dataset", "publisher": "Lamp Store", "doi": "10.5555/d"},
        {"citation_publisher": "Lamp Store", "citation_doi": "10.5555/d"},
        {
            "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
            "rft.type": "dataset",
            "rft.creator": "Lamp, Ann",
            "rft.identifier": "info:doi/10.5555/d",
        },
        "Dataset",
    ),
]


@pytest.mark.parametrize(("columns", "tagged", "spanned", "kind"), OTHERS)
def test_other_types_are_told_apart(
    columns: dict[str, Any], tagged: dict[str, str], spanned: dict[str, str], kind: str
) -> None:
    own = report(authors=[person("Lamp", given="Ann")], title="Tea", issued="2020", **columns)
    assert tagged.items() <= dict(citation_tags(own)).items()
    assert spanned.items() <= dict(context_object(own)).items()
    assert described_report(own)["@type"] == kind


def test_what_a_record_is_part_of_is_told_with_its_isbn() -> None:
    own = report(type="chapter", container_title="A book of towers", isbn="9783161484100")
    found = described_report(own)
    assert found["isPartOf"] == {
        "@type": "Book",
        "name": "A book of towers",
        "isbn": "9783161484100",
    }


@given(PLAIN, PLAIN)
def test_any_title_and_name_come_back_from_the_page(title: str, name: str) -> None:
    own = report(title=title, authors=[person(name)], container_title=title)
    check_round_trip(own, title, name)


@pytest.mark.parametrize("title", [*HOSTILE, "</script><script>alert(1)</script>", "<!-- </title>"])
def test_hostile_titles_come_back_as_text(title: str) -> None:
    check_round_trip(report(title=title, authors=[person(title)], container_title=title), title, title)


def check_round_trip(own: Report, title: str, name: str) -> None:
    # XML has no form feed and the like; HTML and this parser leave such characters out.
    head = str(record_head(own))
    script = head.partition('<script type="application/ld+json">')[2].partition("</script>")
    assert json.loads(script[0])["name"] == title
    assert script[2] == "\n"
    assert not set("<>&") & set(script[0])
    quoted = str(coins(own)).partition('title="')[2].partition('"')
    assert quoted[2] == "></span>"
    values = dict(parse_qsl(quoted[0].replace("&amp;", "&"), keep_blank_values=True))
    assert (values["rft.atitle"], values["rft.aulast"]) == (title, name)
    metas = head.partition("<script")[0]
    assert metas.count("<") == metas.count(">") == metas.count("<meta ")
