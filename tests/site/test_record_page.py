"""What the page of a record says at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.site.evidence import Evidence
from evidence_map.site.record_page import RecordView
from tests.reviews import LIGHTHOUSE


@pytest.fixture
def view(tmp_path: Path) -> Iterator[RecordView]:
    review = check(LIGHTHOUSE).review
    assert review is not None
    store(review, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as evidence:
        yield RecordView.of(evidence, evidence.reports["example2019"])


def test_fields_of_terms_are_called_as_the_codebook_calls_them(view: RecordView) -> None:
    who = dict(view.glance())["Who"]
    assert [(fact.label, [term.label for term in fact.terms]) for fact in who] == [
        ("Sample size", []),
        ("Crew", ["Keeper", "Cat"]),
    ]


def test_fields_for_which_the_codebook_has_no_terms_are_left_out(view: RecordView) -> None:
    labels = [fact.label for _, facts in view.glance() for fact in facts]
    assert "Approach" in labels and "Country" in labels
    assert {"Lived experience", "Methodology", "Data collection", "Services"}.isdisjoint(labels)
