"""The models as a whole: every field is described, named once, and coded fields are known."""

from __future__ import annotations

import pytest

from evidence_map.json_schemas import SCHEMAS
from evidence_map.model import Name, Record
from evidence_map.model.coding import coded_fields
from evidence_map.model.fields import sections_of
from evidence_map.model.record import Finding, Period


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_of_every_section_is_described(name: str) -> None:
    for section in sections_of(SCHEMAS[name]):
        assert section.__doc__
        for field_name, field in section.model_fields.items():
            assert field.description and field.description.endswith("."), (
                f"{section.__name__}.{field_name}"
            )
            assert field_name == field_name.lower()


def test_the_sections_stand_in_the_order_of_the_design() -> None:
    assert list(Record.model_fields) == [
        "reference", "notices", "study", "screening", "extraction", "design", "sample", "setting",
        "findings", "appraisal", "funding", "competing_interests", "limitations", "codes", "notes",
    ]  # fmt: skip


def test_coded_fields_are_those_that_take_terms() -> None:
    assert coded_fields(Record) == {
        "screening.reason": False,
        "design.approach": False,
        "design.methodology": True,
        "design.data_collection": True,
        "sample.roles": True,
        "sample.lived_experience": False,
        "setting.service_types": True,
    }
    assert coded_fields(Finding) == {"kind": True}


@pytest.mark.parametrize(
    ("name", "sorting"),
    [
        (Name(family="Hill", given="Lauretta E."), "Hill"),
        (Name(family="Muster", given="Jean-Luc", particle="van"), "van Muster"),
        (Name(literal="World Health Organization"), "World Health Organization"),
        (Name(family="王", given="曉明"), "王"),
    ],
)
def test_names_are_sorted_and_cited(name: Name, sorting: str) -> None:
    assert name.sorting == sorting


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Katherine Hill", "{family: Hill, given: Katherine}"),
        ("Hill, Katherine A.", "{family: Hill, given: Katherine A.}"),
        ("Hill", "{family: Hill, given: …}"),
        ("", "{family: , given: …}"),
    ],
)
def test_a_name_in_one_piece_is_shown_in_fields(text: str, hint: str) -> None:
    assert hint in Name.written_for(text)


def test_a_period_in_words_is_shown_in_fields() -> None:
    assert "{start: 2022-12-01, end: 2023}" in Period.written_for("from 2022-12-01 until 2023, at night")
