"""The page of changes and its feed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from evidence_map.building import build
from evidence_map.site.change_feed import change_feed
from evidence_map.site.change_log import Entry, Part, Release, change_log
from evidence_map.site.evidence import Evidence
from tests.folders import ReviewFolder
from tests.history.repositories import Historic
from tests.reviews import record_keys

ATOM = "{http://www.w3.org/2005/Atom}"
META = {"title": "Tea & cats: a review", "short_title": "Tea & cats", "licence": "CC BY 4.0"}


@pytest.fixture
def historic(review: ReviewFolder) -> Historic:
    found = Historic(review)
    found.begin()
    found.commit("2020-01-01T12:00:00+00:00")
    found.tag("v1.0", "2020-01-01T12:00:00+00:00", "A beginning")
    found.review.edit(
        "synthesis/findings/company-matters.md",
        "confidence: {level: low",
        "confidence: {level: moderate",
    )
    (found.review.root / "records" / "bean2018.yml").unlink()
    return found


def test_the_built_site_tells_the_changes(historic: Historic, tmp_path: Path) -> None:
    built = build(historic.review.root, tmp_path / "site")
    assert built.published
    page = (tmp_path / "site" / "changes" / "index.html").read_text("utf-8")
    newest, _, oldest = page.partition('id="v1-0"')
    assert "1 record removed and 1 review finding changed." in newest
    assert "confidence: low → moderate" in newest
    assert "A beginning" in oldest
    assert 'href="../records/example2020/"' in oldest
    assert 'href="../records/bean2018/"' not in page
    assert "Coffee at sea" in page

    feed = ElementTree.parse(tmp_path / "site" / "changes" / "feed.xml")
    assert [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")] == [
        "2020-01-01T00:00:00+00:00"
    ]


def test_numbers_of_the_page_are_those_of_the_database(historic: Historic, tmp_path: Path) -> None:
    build(historic.review.root, tmp_path / "site")
    with Evidence(tmp_path / "site" / "data" / "evidence.db") as evidence:
        [[added]] = evidence.rows(
            """SELECT count(*) FROM change JOIN release ON release.position = change.release
            WHERE release.name = 'v1.0' AND subject = 'record' AND what = 'added'"""
        )
        first = change_log(evidence)[-1]
    assert len(first.parts[0].entries) == added == len(record_keys(tmp_path / "review")) + 1


def test_without_history_the_page_says_so_and_there_is_no_feed(
    review: ReviewFolder, tmp_path: Path
) -> None:
    assert build(review.root, tmp_path / "site").published
    assert "No history came with these files" in (tmp_path / "site/changes/index.html").read_text(
        "utf-8"
    )
    assert not (tmp_path / "site/changes/feed.xml").exists()


def release(heading: str, entries: list[Entry], date: str = "2020-01-01") -> Release:
    return Release("v1", heading, date, True, "<b>note</b>", "1 record added.", [Part("Added", entries)])


def test_hostile_text_stays_text_in_the_feed() -> None:
    entries = [Entry("x", "", "<script>alert(1)</script>", "")]
    feed = change_feed(META, ["The crew <i>"], [release("<img>", entries)])
    assert feed is not None
    [entry] = ElementTree.fromstring(feed).iter(f"{ATOM}entry")
    content = entry.findtext(f"{ATOM}content") or ""
    assert "&lt;script&gt;" in content
    assert "<script" not in content
    assert entry.findtext(f"{ATOM}title") == "<img>: 1 record added."


def test_the_feed_names_whole_addresses_where_the_review_has_one() -> None:
    meta = {**META, "address": "https://example.org/tea"}
    feed = ElementTree.fromstring(change_feed(meta, ["Crew"], [release("v1", [])]) or b"")
    [link] = [each.get("href") for each in feed.iter(f"{ATOM}link") if "#" in str(each.get("href"))]
    assert link == "https://example.org/tea/changes/#v1"


def test_long_lists_are_cut_in_the_feed_and_say_so() -> None:
    entries = [Entry(f"Tea {n}", "", "", "") for n in range(60)]
    feed = change_feed(META, ["Crew"], [release("v1", entries)]) or b""
    assert b"and 10 more" in feed
    assert b"Tea 50" not in feed


def test_what_awaits_a_release_is_not_in_the_feed() -> None:
    assert change_feed(META, ["Crew"], [release("Not yet released", [], date="")]) is None
