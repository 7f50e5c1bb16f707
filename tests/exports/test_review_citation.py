"""How the review is cited, as a line and as CITATION.cff."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.fields import ExportError
from evidence_map.exports.review_citation import citation_cff, review_citation, spdx_licence
from evidence_map.site.evidence import Evidence
from tests.editors import validator
from tests.exports.reports import PLAIN, UNPRINTABLE

TEXT = {"type": "string", "minLength": 1}
NAMED = {"type": "object", "additionalProperties": False, "minProperties": 1}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["authors", "cff-version", "message", "title"],
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": TEXT,
        "type": {"enum": ["dataset", "software"]},
        "title": TEXT,
        "version": TEXT,
        "abstract": TEXT,
        "url": {"type": "string", "pattern": r"^(https|http|ftp|sftp)://.+"},
        "date-released": {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[012])-([012]\d|3[01])$"},
        "license": {"type": "string", "pattern": r"^[A-Za-z0-9.+-]+$"},
        "authors": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "anyOf": [
                    NAMED | {"properties": {"name": TEXT}, "required": ["name"]},
                    NAMED | {"properties": {"family-names": TEXT, "given-names": TEXT}},
                ]
            },
        },
    },
}
"""What version 1.2.0 of the format says of the fields that are written here."""


def read(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = yaml.safe_load(text)
    validator(SCHEMA).validate(fields)
    return fields


def test_the_line(lighthouse: Evidence) -> None:
    version = lighthouse.meta["version"]
    assert review_citation(lighthouse) == (
        "The invented crew (2020). Tea breaks of lighthouse crews: an invented review [evidence map], "
        f"version {version} of 14 February 2020. https://example.org/lighthouse/"
    )


def test_the_whole_file(lighthouse: Evidence) -> None:
    fields = read(citation_cff(lighthouse))
    assert fields.pop("message").endswith(review_citation(lighthouse))
    assert fields == {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": "Tea breaks of lighthouse crews: an invented review",
        "authors": [{"name": "The invented crew"}],
        "version": lighthouse.meta["version"],
        "date-released": "2020-02-14",
        "license": "CC-BY-4.0",
        "url": "https://example.org/lighthouse/",
        "abstract": lighthouse.meta["summary"],
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Muster, Ç. B.", {"family-names": "Muster", "given-names": "Ç. B."}),
        ("van der Lamp, A.-B.", {"family-names": "van der Lamp", "given-names": "A.-B."}),
        ("Example, AB", {"family-names": "Example", "given-names": "AB"}),
        ("Harbour University, Tower", {"name": "Harbour University, Tower"}),
        ("The Crew", {"name": "The Crew"}),
        ("Crew, Night, Day", {"name": "Crew, Night, Day"}),
    ],
)
def test_only_who_is_surely_a_person_is_one(
    lighthouse: Evidence, monkeypatch: pytest.MonkeyPatch, name: str, expected: dict[str, str]
) -> None:
    monkeypatch.setattr(lighthouse, "authors", [name])
    assert read(citation_cff(lighthouse))["authors"] == [expected]


def test_what_is_not_known_is_left_out(lighthouse: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lighthouse, "meta", lighthouse.meta | {"licence": "Ask us", "data_date": "2020"})
    monkeypatch.delitem(lighthouse.meta, "address")
    fields = read(citation_cff(lighthouse))
    assert {"license", "url", "date-released"}.isdisjoint(fields)
    assert fields["message"].endswith(" Licence: Ask us")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("CC BY-SA 3.0", "CC-BY-SA-3.0"), ("cc0", "CC0-1.0"), ("ODbL 1.0", "ODbL-1.0"), ("Mine", None)],
)
def test_licences(name: str, expected: str | None) -> None:
    assert spdx_licence(name) == expected


@given(PLAIN, st.lists(PLAIN, min_size=1, max_size=3))
def test_any_text_reads_back(lighthouse: Evidence, title: str, authors: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lighthouse, "meta", lighthouse.meta | {"title": title})
        patch.setattr(lighthouse, "authors", authors)
        fields = yaml.safe_load(citation_cff(lighthouse))
    assert fields["title"] == title
    names = [
        own.get("name") or f"{own['family-names']}, {own['given-names']}" for own in fields["authors"]
    ]
    assert [name.strip() for name in names] == [name.strip() for name in dict.fromkeys(authors)]


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused(
    lighthouse: Evidence, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setitem(lighthouse.meta, "title", f"Tea{text}x")
    with pytest.raises(ExportError, match=r"the review holds the invisible character U\+"):
        citation_cff(lighthouse)
