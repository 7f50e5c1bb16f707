"""JSON Lines: a whole record on each line."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.fields import ExportError
from evidence_map.exports.json_lines import as_json_lines, whole_record
from evidence_map.model.reference import Reference
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, UNHEARD_OF, UNPRINTABLE, report


def read(content: bytes) -> list[dict[str, Any]]:
    """Return the objects; no reader of lines may find another number of them."""
    text = content.decode()
    lines = text.splitlines()
    assert lines == text.split("\n")[:-1]
    return [json.loads(line) for line in lines]


def test_a_whole_record(lighthouse: Evidence) -> None:
    [record] = read(as_json_lines([lighthouse.reports["example2019"]]))
    missing = record.pop("missing")
    assert missing["design.procedure"] == "not reported"
    assert record.pop("reference") == {
        "title": "Tea & company: what <keepers> say",
        "type": "article-journal",
        "authors": [
            {"family": "Example", "given": "Ann B.", "orcid": "0000-0002-1825-0097"},
            {"family": "Muster", "given": "Çelik", "particle": "van"},
            {"literal": "The Invented Crew"},
        ],
        "authors_complete": True,
        "issued": "2019-05",
        "container_title": "Journal of Invented Results",
        "volume": "012",
        "issue": "10.10",
        "page": "1-9",
        "doi": "10.5555/example.1",
        "issn": "1234-5679",
        "language": "en",
        "keywords": ["tea", "lighthouses"],
    }
    assert record.pop("findings") == [
        {
            "id": "company",
            "statement": "Keepers say that tea with others is better than tea alone.",
            "locator": "Results, part 1",
            "codes": {"topic": ["strength", "company"], "kind": ["delight"]},
        },
        {
            "id": "too-weak",
            "statement": "Cats find the tea weak.",
            "locator": "Results, part 2",
            "codes": {"topic": ["strength"], "kind": ["grumble"]},
            "quotes": [{"text": "Miaow.", "speaker": "Cat 1", "locator": "p. 3"}],
        },
    ]
    assert record.pop("codes")["crew"] == ["keeper", "cat"]
    assert [part["size"] for part in record.pop("sample_parts")] == [10, 2]
    assert record.pop("appraisal")["answers"][1] == {
        "item": "written",
        "answer": "no",
        "support": "Cats cannot write.",
        "locator": "p. 2",
    }
    assert record.pop("funders") == [{"name": "Invented Fund", "award": "X-1"}]
    assert record == {
        "key": "example2019",
        "citation": "Example et al. 2019",
        "counted": True,
        "study": "beacon",
        "study_part": "main results",
        "decision": "included",
        "screening_stage": "full text",
        "screening_date": "2020-02-10",
        "basis": "full text",
        "extraction_date": "2020-02-11",
        "aim": "To learn what keepers think of tea.",
        "sample_size": 12,
        "sample_unit": "people",
        "sample_description": "Ten keepers and two cats.",
        "people_invited": 14,
        "people_taking_part": 12,
        "collection_start": "2017",
        "collection_end": "2018-11",
        "funding": "Paid for by an invented fund.",
        "notes": "A note with **bold** words and [a link](https://example.org/).",
        "extracted_by": ["The invented crew"],
        "limitation": ["Only one tower was visited."],
        "software": ["Pencil 2"],
        "source": ["https://example.org/tea"],
        "found_by": ["shelf", "tea-index"],
    }


def test_the_bibliographic_part_reads_as_a_reference(lighthouse: Evidence) -> None:
    for own in lighthouse.reports.values():
        told = dict(whole_record(own)["reference"])
        complete = told.pop("authors_complete")
        read_again = Reference.model_validate(told | {"authors_complete": str(complete).lower()})
        assert read_again.title == own.row["title"]


def test_all_reports_in_their_order(lighthouse: Evidence) -> None:
    records = read(as_json_lines(lighthouse.reports.values()))
    assert [record["key"] for record in records] == sorted(lighthouse.reports)
    assert as_json_lines([]) == b""


@pytest.mark.parametrize("text", [*HOSTILE, *(text for text in UNPRINTABLE if text != "\ud800")])
def test_any_sign_stays_on_its_line(text: str) -> None:
    [record] = read(as_json_lines([report(title=text, notes=text)]))
    assert (record["reference"]["title"], record["notes"]) == (text, text)


@given(st.lists(UNHEARD_OF, max_size=3))
def test_any_text_at_all_reads_back_or_is_refused(titles: list[str]) -> None:
    reports = [report(f"k{number}", title=title) for number, title in enumerate(titles)]
    try:
        content = as_json_lines(reports)
    except ExportError as error:
        assert re.search(r"record k\d holds half a character", str(error))
        return
    assert [record["reference"]["title"] for record in read(content)] == titles
