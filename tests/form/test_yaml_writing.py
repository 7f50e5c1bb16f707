"""The web form writes files that read back the same, in the layout of “format”."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given, settings

from evidence_map.formatting import formatted
from evidence_map.text_source import read_text
from evidence_map.yaml_source import parse
from tests.form.entries import HOSTILE, entries
from tests.form.test_yaml_reading import RECORDS
from tests.form.yaml_calls import Entry, FormYaml, read_by_python
from tests.reviews import LIGHTHOUSE

NOTE = "A text too long for the line of its field, with a colon in it: so it stands below its name."
CREW = f"The Invented Crew of {'the tower on ' * 4}the island"
WHOLE: Entry = {
    "notes": "First line.\n\n- an item\n- another\n",
    "screening": {
        "found_by": ["shelf", "tea-index"],
        "decision": "included",
        "note": NOTE,
    },
    "reference": {
        "doi": "10.5555/tea",
        "title": "Tea & company: a title as long as titles may be, which stays on its line, to be found",
        "authors_complete": "false",
        "issued": "2019",
        "volume": "012",
        "authors": [
            {"given": "Ann B.", "family": "Example"},
            {"literal": CREW},
        ],
        "keywords": ["tea", "milk, warm", "yes"],
    },
    "extraction": {
        "basis": "abstract",
        "source": ["https://example.org/a", "https://example.org/b"],
        "by": [],
        "note": " ",
    },
    "findings": [
        {
            "codes": {"topic": ["strength"], "level": ""},
            "statement": "Short: yes.",
            "id": "weak",
            "quotes": [{"speaker": "Cat 1", "text": "Miaow"}],
        }
    ],
    "setting": {"countries": ["NO", "GB"], "data_collected": {"end": "2018-11", "start": "2017"}},
    "of_ours": {"x": [["a"], {"b": "c"}]},
}
WRITTEN = f"""\
reference:
  title: "Tea & company: a title as long as titles may be, which stays on its line, to be found"
  authors:
    - {{family: Example, given: Ann B.}}
    - literal: {CREW}
  authors_complete: false
  issued: 2019
  volume: 012
  doi: 10.5555/tea
  keywords: [tea, "milk, warm", "yes"]

screening:
  decision: included
  found_by: [shelf, tea-index]
  note: >-
    {NOTE}

extraction:
  basis: abstract
  source:
    - https://example.org/a
    - https://example.org/b

setting:
  countries: ["NO", GB]
  data_collected: {{start: 2017, end: 2018-11}}

findings:
  - id: weak
    statement: "Short: yes."
    codes:
      topic: [strength]
    quotes:
      - text: Miaow
        speaker: Cat 1

notes: |
  First line.

  - an item
  - another

of_ours:
  x:
    - [a]
    - b: c
"""


def test_a_record_is_laid_out_as_people_lay_it_out(form: FormYaml) -> None:
    assert form.write(WHOLE) == WRITTEN
    assert formatted(WRITTEN) == WRITTEN


def test_nothing_gives_an_empty_file(form: FormYaml) -> None:
    assert form.write({}) == form.write({"reference": {"title": "", "authors": [{"family": " "}]}}) == ""


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.stem)
def test_records_written_anew_say_the_same(form: FormYaml, file: Path) -> None:
    entry = read_by_python(file.read_text("utf-8"))
    assert entry is not None
    text = form.write(entry)
    assert read_by_python(text) == entry == form.read(text)
    assert formatted(text) == text
    assert form.write(entry) == text


@settings(max_examples=120)
@given(entries())
@example({"notes": "a\u00a0", "findings": [{"statement": text, "kind": [text]} for text in HOSTILE]})
@example({"reference": {"keywords": HOSTILE, "title": "x\n"}, "limitations": [*HOSTILE, "end"]})
def test_any_entry_comes_back(
    form: FormYaml, tmp_path_factory: pytest.TempPathFactory, entry: Entry
) -> None:
    text = form.write(entry)
    assert read_by_python(text) == entry
    assert form.read(text) == entry
    assert formatted(text) == text
    file = tmp_path_factory.getbasetemp() / "any-entry.yml"
    file.write_text(text, "utf-8", newline="")
    assert read_text(file, PurePosixPath("a.yml")) == text


@pytest.mark.parametrize("character", ["\x07", "\x85", "\u2028", "\u202e", "\ufdd0", "\x00", "\r"])
def test_what_no_record_may_hold_is_kept_for_the_check_to_report(form: FormYaml, character: str) -> None:
    text = form.write({"reference": {"title": f"a{character}b"}})
    assert text.isprintable() is False and character not in text
    (problem,) = parse(text, PurePosixPath("a.yml"))  # type: ignore[misc]
    assert (problem.code, problem.line, problem.column) == ("bad-character", 2, 10)
    assert form.refused(text)[:2] == (2, 10)


def test_half_a_character_is_refused_and_not_replaced(form: FormYaml) -> None:
    text = form.write({"notes": "a\ud83c"})
    assert text == 'notes: "a\\ud83c"\n'
    assert read_by_python(text) is None
    assert form.read(text) is None


def test_the_invented_records_keep_their_words(form: FormYaml) -> None:
    """Quotation marks and line ends apart, a record of usual layout is written as it was."""
    text = (LIGHTHOUSE / "records" / "example2020.yml").read_text("utf-8")
    assert form.write(read_by_python(text) or {}) == text
