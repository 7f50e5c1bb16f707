"""Lines with tags: cut into references and counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports import ris
from evidence_map.imports.imported import Imported, Reading
from evidence_map.imports.left_out import LeftOut
from evidence_map.imports.tagged import Cutting, Entry, Form, Tag, TaggedReference

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


def incoming(*tags: Tag) -> TaggedReference:
    return TaggedReference(Entry(1, list(tags)), "a", LeftOut())


def finished(made: TaggedReference, reasons: dict[str, str]) -> Imported:
    made.leave_rest(reasons)
    reading = Reading()
    made.into(reading)
    [imported] = reading.references
    return imported


def test_the_first_value_counts_and_another_is_left_over() -> None:
    made = incoming()
    made.fill("volume", "12", "VL", 2)
    made.fill("volume", "12", "VL", 3)
    made.fill("volume", "13", "VO", 4)
    made.fill("title", "Tea", "TI", 5)
    imported = finished(made, {})
    assert imported.fields == {"volume": "12", "title": "Tea"}
    [left] = imported.leftovers
    assert (left.name, left.value, left.line, left.reason) == (
        "VO",
        "13",
        4,
        "another volume stands in VL",
    )


def test_leftovers_of_one_tag_are_one_in_the_order_of_the_file() -> None:
    made = incoming(Tag("TI", 1, ["Tea"]), Tag("N1", 2, ["b"]), Tag("XX", 3, ["x"]), Tag("N1", 4, ["a"]))
    made.fill_text("title", made.take("TI")[0])
    imported = finished(made, {"N1": "note"})
    shown = [(left.name, left.value, left.line, left.reason) for left in imported.leftovers]
    assert shown == [("N1", "b; a", 2, "note"), ("XX", "x", 3, "")]


def test_a_value_that_does_not_fit_is_told_with_its_tag() -> None:
    made = incoming()
    made.fill("title", "Tea", "TI", 1)
    made.fill("issued", "2020-99", "PY", 7)
    imported = finished(made, {})
    assert (imported.leftovers[0].name, imported.leftovers[0].line) == ("PY", 7)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_line_with_a_letter_is_in_a_reference_or_a_stray(text: str) -> None:
    text = text.replace("\ufeff", "")
    cutting = Cutting(text, FORM)
    kept = [part for entry in cutting for tag in entry.tags for part in (tag.name, *tag.parts)]
    kept += [stray for _, stray in cutting.strays]
    letters = sorted(character for character in text if character.isalpha() and character.isupper())
    shown = sorted(character for part in kept for character in part if character.isupper())
    assert letters == [c for c in shown if c.isalpha()] or "ER" in text.upper()
