"""What must not be published stays out of the notes, and is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports import csv_table, endnote_xml, ris
from evidence_map.imports.bibtex import read as read_bibtex
from evidence_map.imports.imported import Leftover
from evidence_map.imports.personal_data import REVIEWERS, without_personal_data
from tests.imports.samples import sample

ADDRESS = "Muster, C.; Department of Tea, Harbour; email: muster@tea.example.org"
COUNTED = "{} left out, because records are published: {}."


def kept(value: str, name: str = "N1") -> str | None:
    left, _ = without_personal_data(Leftover(name, value, 1))
    return left.value if left else None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            f"Cited By: 3\nCorrespondence Address: {ADDRESS}\nExport Date: 2020",
            "Cited By: 3\nExport Date: 2020",
        ),
        (f"Cited By: 3; Correspondence Address: {ADDRESS}", "Cited By: 3"),
        ("Write to lamp@example.org", None),
        ("Reprint Address: Lamp, D.", None),
        ('RAYYAN-INCLUSION: {"Ann"=>"Included"} | RAYYAN-LABELS: tea', "RAYYAN-LABELS: tea"),
        ('tea | USER-NOTES: {"Ann"=>["one | two\nthree"]}', "tea"),
        ("tea | cats", "tea | cats"),
        (
            "a note: tea @ four, 3@4, https://example.org/@lamp",
            "a note: tea @ four, 3@4, https://example.org/@lamp",
        ),
    ],
)
def test_pieces_of_a_value(value: str, expected: str | None) -> None:
    assert kept(value) == expected


@pytest.mark.parametrize(
    "name",
    ["correspondence_address1", "Correspondence Address", "Author-Email", "Reviewer Notes", "Emails"],
)
def test_names_of_fields(name: str) -> None:
    assert kept("Lamp, D.", name) is None


@pytest.mark.parametrize("name", ["N1", "note", "address", "Peer Review", "mail order number"])
def test_other_names_stay(name: str) -> None:
    assert kept("Lamp, D.", name) == "Lamp, D."


@given(st.text(), st.text(), st.from_regex(r"[a-z.]{1,9}@[a-z]{1,9}\.org", fullmatch=True))
def test_no_address_of_mail_is_kept(before: str, after: str, address: str) -> None:
    assert address not in (kept(f"{before} {address} {after}") or "")


@given(st.text(st.characters(exclude_characters="@:")))
def test_texts_without_signs_of_it_are_kept_as_they_are(text: str) -> None:
    assert kept(text) == text


def test_all_readers_count_it() -> None:
    told = COUNTED.format("2 details were", "addresses for correspondence (1), e-mail addresses (1)")
    notes = f"N1  - Correspondence Address: {ADDRESS}\nN1  - ask a@b.org\nU5  - x\n"
    reading = ris.read(f"TY  - JOUR\nTI  - Tea\n{notes}ER  - \n", "a")
    assert told in reading.remarks
    assert [left.value for left in reading.references[0].leftovers] == ["x"]
    personal = f"correspondence_address1 = {{{ADDRESS}}}, note = {{ask a@b.org}}"
    reading = read_bibtex(f"@article{{a, title = {{Tea}}, {personal}}}", "a")
    assert told in reading.remarks and reading.references[0].leftovers == []


def test_what_reviewers_said_in_rayyan() -> None:
    reading = csv_table.read(sample("rayyan.csv"), "rayyan.csv")
    assert reading.references[0].leftovers == []
    assert COUNTED.format("1 detail was", f"{REVIEWERS} (1)") in reading.remarks


def test_xml_too() -> None:
    record = "<titles><title>Tea</title></titles><notes>mail lamp@example.org</notes>"
    reading = endnote_xml.read(f"<xml><records><record>{record}</record></records></xml>", "a.xml")
    assert "@" not in repr(reading)
    assert COUNTED.format("1 detail was", "e-mail addresses (1)") in reading.remarks
