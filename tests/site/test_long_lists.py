"""Lists of a large review: as long as a page bears, with the database’s numbers and a way to all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from evidence_map.building import shipped
from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.dimensions import NONE_OF_THESE
from evidence_map.site import (
    appraisal_page,
    flow_listing,
    flow_pages,
    map_rows,
    study_list,
    term_pages,
)
from evidence_map.site.evidence import Evidence
from evidence_map.site.live.addresses import cell_address, reports_address
from evidence_map.site.pages import Pages
from tests.bench.map_site import DATABASE, invented_review, write_database
from tests.reviews import LIGHTHOUSE

LIMITS: dict[Any, dict[str, int]] = {
    term_pages: {"IN_FULL": 5, "LISTED": 30},
    map_rows: {"WHOLE": 60, "MOST": 4},
    study_list: {"PER_PAGE": 40},
    flow_listing: {"PER_PAGE": 50, "BEGINNING": 3},
    flow_pages: {"PER_PAGE": 50},
    appraisal_page: {"MOST_NAMED": 7, "MOST_ANSWERED": 1},
}
"""Shorter lists than usual, so that a review of some hundred reports is a large one."""

ENTRY = re.compile(r'<li>\s*<a href="[./]*((?:records|studies)/[^"]+)">')


@dataclass
class Rendered:
    """The pages of evidence but those of the reports, as they stand in the site, without the theme."""

    evidence: Evidence
    texts: dict[str, str]

    def entries(self, address: str, part: str = "") -> list[str]:
        """What the entries of a page, or of a part of it, lead to."""
        text = part or self.texts[address]
        return ENTRY.findall(text.split('<nav class="em-pages"')[0])


def rendered(evidence: Evidence) -> Rendered:
    """Render the pages with the limits that are set."""
    pages = Pages(evidence, shipped("site_templates"), "0")
    texts: dict[str, str] = {}
    for name, address in {
        "studies": "studies",
        "flow": "flow",
        "codebook": "codebook",
        "appraisal": "appraisal",
        "map": "map",
        "records": "records",
    }.items():
        texts[address] = str(pages.slots()[name](PurePosixPath(address)))
    for page in pages.pages():
        texts[page.address.as_posix()] = str(page.body)
    return Rendered(evidence, texts)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendered]:
    folder = tmp_path_factory.mktemp("large")
    write_database(invented_review(300, folder), folder)
    with pytest.MonkeyPatch.context() as patch, Evidence(folder / DATABASE) as evidence:
        for module, limits in LIMITS.items():
            for name, value in limits.items():
                patch.setattr(module, name, value)
        yield rendered(evidence)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendered]:
    """The small review, with searches and both columns of the flow, one record a page."""
    file = tmp_path_factory.mktemp("searched") / "evidence.db"
    review = check(LIGHTHOUSE).review
    assert review is not None
    store(review, file)
    with pytest.MonkeyPatch.context() as patch, Evidence(file) as evidence:
        patch.setattr(flow_listing, "PER_PAGE", 1)
        patch.setattr(flow_listing, "BEGINNING", 1)
        patch.setattr(flow_pages, "PER_PAGE", 1)
        yield rendered(evidence)


def numbers(text: str, pattern: str) -> list[int]:
    """The numbers that a pattern finds."""
    return [int(found.replace(",", "")) for found in re.findall(pattern, text)]


def test_the_page_of_a_term_shows_the_latest_and_says_how_many_are_left(large: Rendered) -> None:
    terms = large.evidence.rows("SELECT dimension, term, reports FROM term_count")
    assert max(row["reports"] for row in terms) > 30 > 5 > min(row["reports"] for row in terms)
    for dimension, term, reports in terms:
        address = f"codebook/{dimension}/{term}"
        full, _, short = large.texts[address].partition('<h3 id="_before">')
        latest = large.evidence.rows(
            """SELECT DISTINCT key, issued FROM record JOIN placement ON placement.record = record.key
            WHERE placement.dimension = ? AND placement.term = ? ORDER BY issued DESC, key""",
            dimension,
            term,
        )
        shown = large.entries(address)
        assert shown == [f"records/{row['key']}/" for row in latest[:30]], address
        assert len(large.entries(address, full)) == min(reports, 5)
        assert full.count('class="Z3988"') == min(reports, 5)
        assert ("em-list--short" in short) is (reports > 5)
        assert numbers(short, r"… and ([\d,]+) more\.") == ([reports - 30] if reports > 30 else [])


def test_short_entries_count_the_findings_under_the_term(large: Rendered) -> None:
    sql = """SELECT count(DISTINCT finding) FROM placement
        WHERE dimension = ? AND term = ? AND record = ?"""
    short = large.texts["codebook/theme/making"].partition('<h3 id="_before">')[2]
    told = re.findall(r'records/(\S+)/#(\S+)">(\d+) finding', short)
    assert len(told) == 25
    for key, finding, number in told:
        assert large.evidence.rows(sql, "theme", "making", key)[0][0] == int(number)
        assert f"{key}#{finding}" in large.evidence.findings


def test_what_is_left_of_a_term_is_promised_as_the_live_list_shows_it(large: Rendered) -> None:
    """The live list has reports without findings, too; the page says how many these are."""
    sql = """WITH RECURSIVE below (id) AS (
          SELECT :term UNION SELECT term.id FROM term JOIN below ON term.parent = below.id
          WHERE term.dimension = :dimension)
        SELECT count(*) FROM record WHERE counted = 1 AND (EXISTS (
            SELECT 1 FROM record_code WHERE record = key AND dimension = :dimension
            AND record_code.term IN below)
          OR EXISTS (SELECT 1 FROM placement WHERE record = key AND dimension = :dimension
            AND placement.term = :term))"""
    promised = 0
    for dimension, terms in large.evidence.terms.items():
        for term in terms:
            text = large.texts[f"codebook/{dimension}/{term}"]
            address = reports_address("counted", {dimension: term})
            found = numbers(
                text, rf'href="[./]*{re.escape(escape(address))}">all ([\d,]+) reports with this'
            )
            assert bool(found) is ("em-list__rest" in text)
            values = {"dimension": dimension, "term": term}
            if found:
                promised += 1
                assert found == [large.evidence.connection.execute(sql, values).fetchone()[0]]
    assert promised > 20


def test_reports_without_findings_are_named_in_the_promise(tmp_path: Path) -> None:
    review = invented_review(80, tmp_path)
    write_database(review, tmp_path)
    with Evidence(tmp_path / DATABASE) as evidence, pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_pages, "LISTED", 5)
        latest = evidence.reports_by_term["basis", "full-text"]
        for key in latest[-2:]:
            evidence.reports[key].findings.clear()
        text = str(
            Pages(evidence, shipped("site_templates"), "0")
            .term_pages.page("basis", evidence.terms["basis"]["full-text"])
            .body
        )
        assert f"all {len(latest) + 2} reports with this term</a>, 2 of them without findings." in text


def test_a_row_of_a_map_shows_the_beginning_of_each_cell(large: Rendered) -> None:
    wholes = set()
    units = {"study": "studies", "report": "reports", "finding": "findings"}
    for map_id, unit in large.evidence.rows("SELECT id, unit FROM map"):
        cells = large.evidence.rows(
            f"SELECT row_term, column_term, {units[unit]} AS number FROM map_cell WHERE map = ?", map_id
        )
        for row in {cell["row_term"] for cell in cells}:
            address = f"map/{map_id}/{row or NONE_OF_THESE}"
            own = [cell for cell in cells if cell["row_term"] == row]
            is_whole = sum(cell["number"] for cell in own) <= 60
            wholes.add((unit, is_whole))
            for cell in own:
                column = cell["column_term"] or NONE_OF_THESE
                part = large.texts[address].split(f'aria-labelledby="{column}"')[1]
                part = part.split("</section>")[0]
                number = cell["number"]
                assert len(large.entries(address, part)) == (number if is_whole else min(number, 4))
                assert ("em-finding__statement" in part) is is_whole
                left = [] if is_whole or number <= 4 else [number - 4]
                assert numbers(part, r"… and ([\d,]+) more\.") == left
                live = cell_address(map_id, row or NONE_OF_THESE, column)
                assert numbers(part, rf'href="[./]*{re.escape(escape(live))}">All ([\d,]+) ') == (
                    [number] if left else []
                )
    assert {("study", False), ("report", False), ("finding", False)} <= wholes
    assert any(is_whole for _, is_whole in wholes)


def test_the_entries_of_a_cell_are_the_latest(large: Rendered) -> None:
    sql = """SELECT study.id, max(record.issued) AS latest FROM study
        JOIN record ON record.study = study.id
        WHERE study.id IN (SELECT in_row.study FROM placement AS in_row
          JOIN placement AS in_column ON in_column.finding = in_row.finding
          WHERE in_row.dimension = 'theme' AND in_row.term = 'making'
          AND in_column.dimension = 'flyer' AND in_column.term = 'menders')
        GROUP BY study.id ORDER BY latest DESC"""
    latest = {
        large.evidence.studies[row["id"]].address: row["latest"] for row in large.evidence.rows(sql)
    }
    text = large.texts["map/theme-by-flyer/making"]
    part = text.split('aria-labelledby="menders"')[1].split("</section>")[0]
    shown = [latest[address] for address in large.entries("", part)]
    assert len(latest) > 4
    assert shown == list(latest.values())[:4]


def test_studies_stand_on_pages_in_order_each_once(large: Rendered) -> None:
    addresses = [
        "studies",
        *sorted(
            (own for own in large.texts if own.startswith("studies/page/")),
            key=lambda own: int(own.rsplit("/", 1)[1]),
        ),
    ]
    counted = large.evidence.rows("SELECT count(DISTINCT study) FROM record WHERE counted = 1")[0][0]
    found = [large.entries(address) for address in addresses]
    assert len(addresses) == -(-counted // 40) > 2
    assert [len(entries) for entries in found[:-1]] == [40] * (len(found) - 1)
    listed = [entry for entries in found for entry in entries]
    assert len(set(listed)) == len(listed) == counted
    wanted = [own.address for own in large.evidence.studies.values()]
    assert listed == [address for address in wanted if address in set(listed)]
    for number, address in enumerate(addresses, 1):
        assert ('rel="prev"' in large.texts[address]) is (number > 1)
        assert ('rel="next"' in large.texts[address]) is (number < len(addresses))


@pytest.mark.parametrize(("name", "per_page"), [("large", 50), ("searched", 1)])
def test_every_record_of_the_flow_is_listed_where_it_ends(
    name: str, per_page: int, request: pytest.FixtureRequest
) -> None:
    site: Rendered = request.getfixturevalue(name)
    ends = site.evidence.rows("SELECT outcome, count(*) FROM flow_record GROUP BY outcome")
    assert any(number > per_page for _, number in ends)
    for outcome, number in ends:
        if outcome == "duplicates":
            continue
        first = f"flow/{outcome.replace(' ', '-')}"
        pages = [own for own in site.texts if own == first or own.startswith(f"{first}/")]
        listed = [entry for page in pages for entry in site.entries(page)]
        assert len(listed) == len(set(listed)) == number, first
        assert len(pages) == -(-number // per_page)


def test_boxes_on_the_way_show_few_and_lead_to_the_end(large: Rendered) -> None:
    """What was found in databases as well ends nowhere in this column, so all of it is listed."""
    titles = {row["title"] for row in large.evidence.rows("SELECT title FROM flow_box")}
    pages = [own for own in large.texts if re.fullmatch(r"flow/identified(/\d+)?", own)]
    groups: dict[tuple[str, str], list[str]] = {}
    for page in pages:
        for section in large.texts[page].split("<h2 id=")[1:]:
            for group in section.split("<h3>")[1:]:
                heading = group.split("<span")[0].strip()
                groups.setdefault((section.split(">")[0], heading), []).append(group)
    assert {heading in titles for _, heading in groups} == {True, False}
    for (_, heading), parts in groups.items():
        [number] = numbers(parts[0], r"([\d,]+) records?<")
        shown = sum(len(large.entries("", part)) for part in parts)
        is_cut = heading in titles and number > 3
        assert shown == (3 if is_cut else number)
        assert numbers("".join(parts), r"… and ([\d,]+) more\.") == ([number - 3] if is_cut else [])
    text = "".join(large.texts[page] for page in pages)
    assert 'flow/included-on-full-text/#databases-and-registers">All' in text
    included = large.texts["flow/reports-included"]
    basis = large.evidence.rows("SELECT basis, count(*) FROM record WHERE counted = 1 GROUP BY basis")
    for name, number in basis:
        live = reports_address("counted", {"basis": name.replace(" ", "-")})
        assert f'href="../../{escape(live)}">all {number} records</a>.' in included


def test_the_first_page_of_a_box_names_every_column(searched: Rendered) -> None:
    first = searched.texts["flow/identified"]
    assert 'id="databases-and-registers"' in first and 'id="other-methods"' in first
    later = re.findall(r'href="[./]*(flow/identified/\d+)/#other-methods">Listed from page', first)
    assert len(later) == 1
    assert 'id="other-methods"' in searched.texts[later[0]]


def test_a_search_lists_all_it_found_on_its_pages(searched: Rendered) -> None:
    rows = searched.evidence.rows("SELECT search, count(*) FROM record_search GROUP BY search")
    assert any(number > 1 for _, number in rows)
    for name, number in rows:
        pages = [own for own in searched.texts if re.fullmatch(rf"searches/{name}(/\d+)?", own)]
        assert len(pages) == number
        assert len({entry for page in pages for entry in searched.entries(page)}) == number
        for page in pages[1:]:
            assert "data-pagefind-body" not in searched.texts[page]


def test_what_is_not_appraised_is_counted_and_some_named(large: Rendered) -> None:
    text = large.texts["appraisal"].split('id="_not-appraised"')[1]
    [number] = numbers(text, r"([\d,]+) reports?</span>")
    included = large.evidence.rows("SELECT count(*) FROM record WHERE decision = 'included'")[0][0]
    assert number == included
    assert len(large.entries("", text)) == 7
    assert numbers(text, r"… and ([\d,]+) more, in the") == [number - 7]


@pytest.mark.parametrize("name", ["large", "searched"])
def test_links_lead_to_pages_and_parts_that_are_there(name: str, request: pytest.FixtureRequest) -> None:
    site: Rendered = request.getfixturevalue(name)
    own = ("codebook/", "studies/", "flow/", "searches/", "map/")
    missing = set()
    for address, text in site.texts.items():
        for link in re.findall(r'href="([^"]+)"', text):
            parts = urlsplit(urljoin(f"http://site/{address}/", unescape(link)))
            target = parts.path.strip("/")
            if parts.netloc != "site" or not f"{target}/".startswith(own):
                continue
            part, page = unquote(parts.fragment), site.texts.get(target, "")
            if not page or (part and "=" not in part and f'id="{part}"' not in page):
                missing.add((address, link))
    assert missing == set()


def test_no_page_of_a_list_is_large(large: Rendered) -> None:
    """With these limits, none of the pages grows with the review any more."""
    sizes = {
        address: len(text.encode())
        for address, text in large.texts.items()
        if address.startswith(("codebook/", "flow/", "studies/", "map/")) and address.count("/") > 1
    }
    assert max(sizes.values()) < 60_000, max(sizes, key=sizes.__getitem__)
