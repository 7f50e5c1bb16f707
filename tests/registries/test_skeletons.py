"""Records that hold nothing but an identifier."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.model.scalars import SLUG
from evidence_map.registries.skeletons import Holders, skeleton, skeleton_key
from evidence_map.registries.wanted import Wanted, wanted
from evidence_map.yaml_source import Document, parse
from tests.folders import ReviewFolder


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("10.5555/Tea_1(2)", "doi-10-5555-tea-1-2"),
        ("12345", "pmid-12345"),
        ("PMC12345", "pmc12345"),
        ("https://www.example.org/tea/Earl%20Grey", "url-example-org-tea-earl-20grey"),
        (f"10.5555/{'x' * 100}", f"doi-10-5555-{'x' * 48}"),
    ],
)
def test_keys_are_made_from_the_identifier(typed: str, key: str) -> None:
    publication = wanted(typed)
    assert skeleton_key(publication, set()) == key
    assert skeleton_key(publication, {key, f"{key}-2"}) == f"{key}-3"


PRINTABLE = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1)


@given(st.sampled_from(["doi", "url"]), PRINTABLE)
def test_any_identifier_reads_back(kind: str, value: str) -> None:
    publication = Wanted(kind, value, value)  # type: ignore[arg-type]
    made = skeleton(publication, skeleton_key(publication, ()), ["shelf"], "Added by hand.")
    assert re.fullmatch(SLUG, made.key) and len(made.key) <= 64
    document = parse(made.text, PurePosixPath("records/a.yml"))
    assert isinstance(document, Document)
    assert document.plain() == {
        "reference": {kind: value},
        "screening": {"decision": "awaiting", "found_by": ["shelf"]},
        "notes": "Added by hand.\n",
    }


def test_the_check_points_at_the_missing_title(review: ReviewFolder) -> None:
    made = skeleton(wanted("10.5555/new.1"), "doi-new", ["shelf"], "Added by hand.")
    review.write(str(made.file), made.text)
    problems = review.check()
    assert [(str(p.path), p.line, p.code) for p in problems] == [
        ("records/doi-new.yml", 2, "empty-value")
    ]
    review.edit(str(made.file), "title:  #", "title: Tea  #")
    assert review.check() == []


def test_identifiers_of_records_are_known_even_of_those_with_mistakes(review: ReviewFolder) -> None:
    made = skeleton(wanted("10.5555/New.1"), "doi-new", [], "Added by hand.")
    review.write(str(made.file), made.text)
    review.write("records/broken2020.yml", "reference: [broken\n")
    review.write("records/odd2020.yml", "reference: {doi: {a: b}, pmid: tea, pmcid: 10.5555/x}\n")
    found = check(review.root).review
    assert found is not None
    holders = Holders(found)
    assert holders.holder(wanted("https://doi.org/10.5555/NEW.1")) == "doi-new"
    assert holders.holder(wanted("10.5555/example.1")) is not None
    assert holders.holder(wanted("10.5555/x")) is None
    holders.add("pmid", "77", "later2020")
    assert holders.holder(wanted("77")) == "later2020"
