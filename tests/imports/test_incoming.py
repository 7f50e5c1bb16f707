"""A reference while it is read: what all readers share."""

from __future__ import annotations

import pytest

from evidence_map.imports.imported import Imported, Reading
from evidence_map.imports.incoming import PATHS, IncomingReference
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.names import People


def incoming() -> IncomingReference:
    return IncomingReference(LeftOut(), "tea.bib", 1, "tea")


def finished(reference: IncomingReference) -> Imported:
    reference.fill("title", "Tea", "title", 1)
    reading = Reading()
    reference.into(reading)
    [imported] = reading.references
    return imported


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("https://example.org/tea", {"url": "https://example.org/tea"}),
        ("https://doi.org/10.5555/TEA.1", {"doi": "10.5555/tea.1"}),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", {"pmid": "123"}),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12/", {"pmcid": "PMC12"}),
        ("PMID: 123", {"pmid": "123"}),
        ("https://www.scopus.com/record/1", {}),
        ("https://access.ovid.com/record/1", {}),
        ("file:///home/lamp/tea.pdf", {}),
    ],
)
def test_addresses_give_what_they_are_made_of(address: str, fields: dict[str, str]) -> None:
    reference = incoming()
    reference.url(address, "url", 2)
    assert finished(reference).fields == {"title": "Tea"} | fields


def test_paths_on_a_machine_are_counted_and_kept_nowhere() -> None:
    reference = incoming()
    reference.url("file:///home/lamp/tea.pdf", "url", 2)
    assert finished(reference).leftovers == []
    assert reference.left_out.kinds == {PATHS: 1}


def test_a_year_that_cannot_be_read_is_left_over_beside_a_day() -> None:
    reference = incoming()
    reference.dates([("soon", "year", 2)], [("2020-05-09", "date", 3)])
    found = finished(reference)
    assert found.fields["issued"] == "2020-05-09"
    assert [(left.name, left.value) for left in found.leftovers] == [("year", "soon")]


def test_an_orcid_that_is_none_costs_no_author() -> None:
    reference = incoming()
    reference.people("authors", People([{"family": "Lamp", "orcid": "0000-0000-0000-0000"}]), "AU", 2)
    found = finished(reference)
    assert found.fields["authors"] == [{"family": "Lamp"}]
    assert [left.name for left in found.leftovers] == ["ORCID iD"]
