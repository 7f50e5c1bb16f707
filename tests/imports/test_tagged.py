"""Lines with tags: cut into references and counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports import ris
from evidence_map.imports.imported import Imported
from evidence_map.imports.tagged import Cutting, Draft, Entry, Form, Tag, Tally

FORM = ris.FORM


def cut(text: str, form: Form = FORM) -> list[list[tuple[str, int, list[str]]]]:
    return [[(tag.name, tag.line, tag.parts) for tag in entry.tags] for entry in Cutting(text, form)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    text = end.join(["", "TY  - JOUR", "TI  - Tea", "", "  and cats", "ER  - ", "TY  - BOOK"])
    assert cut(text) == [
        [("TY", 2, ["JOUR"]), ("TI", 3, ["Tea", "and cats"])],
        [("TY", 7, ["BOOK"])],
    ]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_nothing_else_ends_a_line(sign: str) -> None:
    [[_, title]] = cut(f"TY  - JOUR\nTI  - Tea{sign}cats")
    assert title == ("TI", 2, ["Tea cats"])


def test_ends_of_files_of_dos_and_marks_between_joined_files_are_no_text() -> None:
    reading = ris.read("TY  - JOUR\nTI  - A\nER  - \n\ufeffTY  - JOUR\nTI  - B\nER  - \n\x1a", "a")
    assert [one.fields["title"] for one in reading.references] == ["A", "B"]
    assert (reading.refused, reading.remarks) == ([], [])


def test_strays_keep_their_lines() -> None:
    cutting = Cutting("head\nTY  - JOUR\nER  - \n3.\ntail", FORM)
    assert len(list(cutting)) == 1
    assert cutting.strays == [(1, "head"), (5, "tail")]
    assert (cutting.begin, cutting.without_begin, cutting.without_end) == (2, [], [])


def draft(*tags: Tag) -> Draft:
    return Draft(Entry(1, list(tags)), "a", Tally())


def test_the_first_value_counts_and_another_is_left_over() -> None:
    made = draft()
    made.put("volume", "12", Tag("VL", 2, ["12"]))
    made.put("volume", "12", Tag("VL", 3, ["12"]))
    made.put("volume", "13", Tag("VO", 4, ["13"]))
    made.put("title", "Tea", Tag("TI", 5, ["Tea"]))
    finished = made.finish({})
    assert isinstance(finished, Imported)
    assert finished.fields == {"volume": "12", "title": "Tea"}
    [left] = finished.leftovers
    assert (left.name, left.value, left.line, left.reason) == (
        "VO",
        "13",
        4,
        "another volume stands in VL",
    )


def test_leftovers_of_one_tag_are_one_in_the_order_of_the_file() -> None:
    made = draft(Tag("TI", 1, ["Tea"]), Tag("N1", 2, ["b"]), Tag("XX", 3, ["x"]), Tag("N1", 4, ["a"]))
    made.put_text("title", made.take("TI")[0])
    finished = made.finish({"N1": "note"})
    assert isinstance(finished, Imported)
    shown = [(left.name, left.value, left.line, left.reason) for left in finished.leftovers]
    assert shown == [("N1", "b; a", 2, "note"), ("XX", "x", 3, "")]


def test_a_value_that_does_not_fit_is_told_with_its_tag() -> None:
    made = draft()
    made.put("title", "Tea", Tag("TI", 1, ["Tea"]))
    made.put("issued", "2020-99", Tag("PY", 7, ["2020-99"]))
    finished = made.finish({})
    assert isinstance(finished, Imported)
    assert (finished.leftovers[0].name, finished.leftovers[0].line) == ("PY", 7)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_every_line_with_a_letter_is_in_a_reference_or_a_stray(text: str) -> None:
    text = text.replace("\ufeff", "")
    cutting = Cutting(text, FORM)
    kept = [part for entry in cutting for tag in entry.tags for part in (tag.name, *tag.parts)]
    kept += [stray for _, stray in cutting.strays]
    letters = sorted(character for character in text if character.isalpha() and character.isupper())
    shown = sorted(character for part in kept for character in part if character.isupper())
    assert letters == [c for c in shown if c.isalpha()] or "ER" in text.upper()
