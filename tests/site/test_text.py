"""Text for readers."""

from __future__ import annotations

import pytest

from evidence_map.site.evidence import Person
from evidence_map.site.text import (
    absence,
    enumeration,
    period,
    spoken_date,
    typeset,
    vancouver_name,
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("keepers' tea and one's own", "keepers’ tea and one’s own"),
        ('a "keeper" of cats', "a “keeper” of cats"),
        ("5' 3\" tall", '5’ 3" tall'),
        ("", ""),
    ],
)
def test_quotation_marks_of_print(written: str, shown: str) -> None:
    assert typeset(written) == shown


def test_reasons_of_a_blank_in_words() -> None:
    assert absence("not reported", "abstract") == "Not reported in the abstract read"
    assert absence("not reported", "full text") == "Not reported in the full text"
    assert absence("not reported", None) == "Not reported"
    assert absence("not applicable", "abstract") == "Does not apply"
    assert absence("not yet extracted", "abstract") == "Not yet extracted"


def test_dates_in_words() -> None:
    assert spoken_date("2024-10-28") == "28 October 2024"
    assert spoken_date("2024-10") == "October 2024"
    assert spoken_date("2024") == "2024"
    assert period("2022-12", "2023-03") == "December 2022 to March 2023"
    assert period("2018", "2018") == "2018"


def test_lists_as_a_sentence_has_them() -> None:
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b"]) == "a and b"
    assert enumeration(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person("Lamp", "Ann B.", None, None, None, None), "Lamp AB"),
        (Person("Lamp", "Jean-Luc", "van der", "Jr", None, None), "van der Lamp JL Jr"),
        (Person(None, None, None, None, "The Crew", None), "The Crew"),
        (Person("明", "曉", None, None, None, None), "明曉"),
    ],
)
def test_names_as_in_vancouver(person: Person, expected: str) -> None:
    assert vancouver_name(person) == expected
