"""Dates, numbers, flags, addresses and texts as people write them."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from evidence_map.model import scalars
from evidence_map.model.scalars import (
    Count,
    Day,
    FindingReference,
    Flag,
    Language,
    Line,
    NamePart,
    PartialDate,
    Prose,
    Slug,
    Some,
    Statement,
    Url,
    Words,
)

TYPES: dict[str, Any] = {
    "Count": Count, "Day": Day, "FindingReference": FindingReference, "Flag": Flag, "Language": Language,
    "Line": Line, "NamePart": NamePart, "PartialDate": PartialDate, "Prose": Prose, "Slug": Slug,
    "Statement": Statement, "Url": Url, "Words": Words, "list": Some[Line],
}  # fmt: skip


def read(name: str, value: Any) -> Any:
    return TypeAdapter(TYPES[name]).validate_python(value)


def code(name: str, value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        read(name, value)
    return caught.value.errors()[0]["type"]


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("PartialDate", "2024", "2024"),
        ("PartialDate", "2024-02", "2024-02"),
        ("PartialDate", "2024-02-29", "2024-02-29"),
        ("Day", "2024-02-29", "2024-02-29"),
        ("Count", "0", 0),
        ("Count", "017", 17),
        ("Flag", "True", True),
        ("Flag", " false ", False),
        ("Line", "  two\n  lines ", "two lines"),
        ("Words", "not applicable", "not applicable"),
        ("NamePart", "N.R.", "N.R."),
        ("Language", "pt-BR", "pt-BR"),
        ("Url", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("FindingReference", "hill2023#boundaries", "hill2023#boundaries"),
    ],
)
def test_what_people_write_is_read(name: str, written: str, value: object) -> None:
    assert read(name, written) == value


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("PartialDate", "2023-02-29", "bad-date"),
        ("PartialDate", "2024-13", "bad-date"),
        ("PartialDate", "2024-00", "bad-date"),
        ("PartialDate", "20240101", "bad-date"),
        ("PartialDate", "1.1.2024", "bad-date"),
        ("PartialDate", "٢٠٢٤", "bad-date"),
        ("PartialDate", "1066", "bad-date"),
        ("Day", "2024-02", "bad-date"),
        ("Day", "2024-02-30", "bad-date"),
        ("Count", "-1", "wrong-type"),
        ("Count", "1,000", "wrong-type"),
        ("Count", "١٢", "wrong-type"),
        ("Count", "9" * 5000, "wrong-type"),
        ("Flag", "yes", "wrong-type"),
        ("Slug", "Hill-2023", "bad-identifier"),
        ("Slug", "a--b", "bad-identifier"),
        ("Slug", "2a", "bad-identifier"),
        ("Slug", "../a", "bad-identifier"),
        ("Slug", "a\n", "bad-identifier"),
        ("FindingReference", "hill2023", "report-for-finding"),
        ("Url", "javascript:alert(1)", "bad-url"),
        ("Url", "https://a b", "bad-url"),
        ("Url", "www.example.org", "bad-url"),
        ("Language", "English", "bad-language"),
        ("Line", "not reported", "absence-not-allowed"),
        ("Statement", "N/A", "absence-not-allowed"),
        ("Prose", "Not applicable", "absence-not-allowed"),
        ("NamePart", "Not reported", "absence-not-allowed"),
        ("list", ["a", "a"], "repeated-value"),
        ("list", [], "too_short"),
        ("Line", "x" * 2001, "string_too_long"),
    ],
)
def test_what_cannot_be_is_refused_under_its_rule(name: str, written: object, expected: str) -> None:
    assert code(name, written) == expected


@pytest.mark.parametrize("name", [name for name in TYPES if name != "list"])
@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused_and_reads_back_the_same(name: str, text: str) -> None:
    try:
        value = read(name, text)
    except ValidationError as error:
        assert error.errors()
        return
    assert read(name, str(value).lower() if name == "Flag" else str(value)) == value


def test_lists_end_somewhere() -> None:
    items = [f"item {number}" for number in range(5_000)]
    assert len(read("list", items)) == 5_000
    assert code("list", [*items[1:], "item 7"]) == "repeated-value"
    assert code("list", [*items, "one more"]) == "too_long"


@given(
    st.from_regex(scalars._USUAL_ADDRESS, fullmatch=True)
    | st.text("htps:/.@[]?#%aZ09-_ \n", max_size=20).map("https://".__add__)
)
def test_an_address_is_sound_with_or_without_a_closer_look(value: str) -> None:
    def read() -> str | None:
        try:
            return scalars.web_address(value)
        except PydanticCustomError:
            return None

    found = read()
    with patch.object(scalars, "_USUAL_ADDRESS", re.compile("(?!)")):
        assert found == read()
