"""Draft records: what a source says, and nothing else."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.citations_in_text import html_of, mentions
from evidence_map.formatting import formatted
from evidence_map.imports.drafts import LONGEST_VALUE, Draft, DraftError, draft, reference_of
from evidence_map.imports.imported import Imported, Leftover
from evidence_map.model.record import Record
from evidence_map.validation import validate
from evidence_map.yaml_source import Document, parse
from tests.exports.reports import HOSTILE, PLAIN


def made(*leftovers: Leftover, remarks: list[str] | None = None, **fields: Any) -> Draft:
    imported = Imported("tea.ris", 3, {"title": "Tea"} | fields, "", list(leftovers), remarks or [])
    origin = f"Imported from {imported.place}, on 2026-11-22"
    return draft(imported, reference_of(imported), "muster2020", ["shelf"], origin)


def record_in(text: str) -> Record:
    document = parse(text, PurePosixPath("records/muster2020.yml"))
    assert isinstance(document, Document)
    record, problems = validate(document, Record)
    assert record is not None
    assert not problems
    return record


def test_a_draft_reads_like_a_record_that_a_person_wrote() -> None:
    own = made(
        Leftover("N1", "a `b`", 7, "an unknown tag"),
        title="Tea & company: what <keepers> say",
        authors=[{"family": "Muster", "given": "Çelik", "particle": "van"}, {"literal": "no"}],
        issued="2019-05",
        volume="012",
        issue="10.10",
        page="1-9",
        keywords=["tea", "null"],
    )
    assert own.text == (
        "reference:\n"
        "  title: 'Tea & company: what <keepers> say'\n"
        "  authors:\n"
        "    - {family: Muster, given: Çelik, particle: van}\n"
        "    - {literal: 'no'}\n"
        "  issued: 2019-05\n"
        "  volume: 012\n"
        "  issue: '10.10'\n"
        "  page: 1-9\n"
        "  keywords:\n"
        "    - tea\n"
        "    - 'null'\n"
        "\n"
        "screening:\n"
        "  decision: awaiting\n"
        "  found_by: [shelf]\n"
        "\n"
        "notes: |-\n"
        "  Imported from tea.ris, line 3, on 2026-11-22.\n"
        "\n"
        "  Not taken over:\n"
        "\n"
        "  - N1 (line 7): `` a `b` ``: an unknown tag\n"
    )
    assert formatted(own.text) == own.text


def test_nothing_is_said_that_the_source_does_not_say() -> None:
    record = record_in(made().text)
    assert record.reference.model_fields_set == {"title"}
    assert record.screening.model_fields_set == {"decision", "found_by"}
    assert record.extraction is None


@given(PLAIN, PLAIN, st.lists(PLAIN, max_size=3))
def test_any_text_comes_back_from_the_file(title: str, family: str, keywords: list[str]) -> None:
    fields: dict[str, Any] = {"title": title, "keywords": keywords}
    fields["authors"] = [{"family": family, "given": title}]
    try:
        own = made(**fields)
    except DraftError as error:
        assert "\n" not in str(error)
        return
    again = record_in(own.text).reference
    assert again == own.reference
    shown = [character for character in title if not character.isspace()]
    assert "".join(again.title.split()) in "".join(shown)
    assert formatted(own.text) == own.text


@given(st.text(), st.text(), st.text())
def test_notes_hold_whatever_was_left_over_and_no_markup_of_it(
    name: str, value: str, reason: str
) -> None:
    own = made(Leftover(name, value, 1, reason), remarks=[reason])
    notes = record_in(own.text).notes
    assert notes is not None
    assert mentions(notes) == []
    shown = html_of(notes)
    assert "<a " not in shown
    assert "<h" not in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    if text.strip():
        own = made(Leftover("N1", text, 1), title=f"Tea {text}")
        assert record_in(own.text).reference.title == " ".join(f"Tea {text}".split())


def test_a_long_value_is_cut_and_says_so() -> None:
    own = made(Leftover("N1", "x" * 5000, 1))
    assert "x" * LONGEST_VALUE + "` (and 3,000 more characters)" in own.text
    many = made(*(Leftover(f"N{n}", "x" * 1900, n) for n in range(100)))
    assert "and more, which stands in tea.ris" in many.text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": ""}, "title cannot be read"),
        ({"issued": "soon"}, "issued cannot be read (“soon” is not a possible date)"),
        ({"doi": "tea"}, "doi cannot be read (“tea” is not a DOI)"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(DraftError) as caught:
        made(**fields)
    assert reason in str(caught.value)


def test_characters_that_no_record_may_hold_are_dropped() -> None:
    own = made(title="Tea\u202e for\x00 two\u2028 cats")
    assert own.reference.title == "Tea for two cats"


def test_what_is_larger_than_a_record_is_refused() -> None:
    authors = [{"family": "Muster", "given": "An invented keeper"} for _ in range(30_000)]
    with pytest.raises(DraftError, match="larger than a record may be"):
        made(authors=authors)


@pytest.mark.parametrize(
    "name",
    [
        "[@x] (y).ris",
        "[x](y) <b>.ris",
        "`a` *b* __c__ ~~d~~.ris",
        "![i](http://e.example/x.png).ris",
        "tea_2020_v2.ris",
    ],
)
def test_the_name_of_a_file_is_no_markup(name: str) -> None:
    imported = Imported(name, 3, {"title": "Tea"})
    own = draft(imported, reference_of(imported), "tea2020", [], f"Imported from {imported.place}")
    shown = html_of(record_in(own.text).notes or "")
    assert html.unescape(re.sub("</?p>", "", shown)).strip() == f"Imported from {name}, line 3."


def test_an_ordinary_name_of_a_file_is_written_as_it_is() -> None:
    imported = Imported("tea_2020_v2.ris", 3, {"title": "Tea"})
    own = draft(imported, reference_of(imported), "tea2020", [], f"Imported from {imported.place}")
    assert "notes: Imported from tea_2020_v2.ris, line 3." in own.text
