"""Markdown as Pandoc reads it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_map.exports.fields import ExportError
from evidence_map.manuscript.characteristics import HEADINGS, characteristics
from evidence_map.manuscript.markdown_table import as_markdown
from evidence_map.manuscript.numbers import number_tables
from evidence_map.manuscript.table import Cited, Table
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, PLAIN, UNPRINTABLE
from tests.manuscript.tables import table

pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="Pandoc is not installed")

PUNCTUATED = st.text("".join(map(chr, range(0x20, 0x7F))), min_size=1)
"""Any text of signs that Markdown may take for its own."""

SIGNS = [
    "a|b *c* _d_ `e` [f](g) ![h](i) <b>j</b> &amp; ~k~ ^l^ $m$ #n @o -- ... {.p} \\q",
    "1. a list",
    "- a list",
    "# a heading",
    "[@key2020]",
    "https://example.org/?a=b&c=d",
    "\\|",
    "ends in a backslash \\",
    ":::",
    "==x==",
    "[^1]",
    "\\(x\\)",
]


def blocks_of(text: str) -> list[dict[str, Any]]:
    """Return the blocks that Pandoc finds; quotation marks stay as they are."""
    found = subprocess.run(
        ["pandoc", "--from", "markdown-smart", "--to", "json"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    blocks: list[dict[str, Any]] = json.loads(found.stdout)["blocks"]
    return blocks


def words(part: Any) -> str:
    """Return the text of a part of Pandoc's document; a citation is its key in brackets."""
    if isinstance(part, list):
        return "".join(map(words, part))
    if not isinstance(part, dict):
        return ""
    if part["t"] == "Cite":
        return "".join(f"[{own['citationId']}]" for own in part["c"][0])
    if part["t"] in {"Space", "SoftBreak"}:
        return " "
    return part["c"] if part["t"] == "Str" else words(part.get("c"))


def rows_of(block: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the body of a table."""
    assert block["t"] == "Table"
    bodies = block["c"][4]
    return [[words(cell[4]) for cell in row[1]] for body in bodies for row in body[3]]


def caption_of(block: dict[str, Any]) -> str:
    return words(block["c"][1][1])


@pandoc
def test_pandoc_finds_table_caption_note_and_citations(lighthouse: Evidence) -> None:
    own = characteristics(lighthouse.exported, lighthouse)
    drawn, note = blocks_of(as_markdown([own]))
    rows = rows_of(drawn)
    assert rows[0][0] == "BEACON: Example et al. 2019 [example2019]; Example 2020 [example2020]"
    assert [row[1:] for row in rows] == [[cell.plain for cell in row[1:]] for row in own.rows]
    assert caption_of(drawn) == own.title
    assert words(note) == own.note
    widths = [spec[1]["c"] for spec in drawn["c"][2]]
    assert widths == pytest.approx([heading.share for heading in HEADINGS], abs=0.02)


@pandoc
def test_pandoc_finds_every_table_of_numbers(lighthouse: Evidence) -> None:
    own = number_tables(lighthouse)
    blocks = [block for block in blocks_of(as_markdown(own)) if block["t"] == "Table"]
    assert [caption_of(block) for block in blocks] == [each.title for each in own]
    assert rows_of(blocks[0])[0] == ["Studies that are counted", "2"]


@pandoc
def test_pandoc_reads_hostile_texts_as_texts() -> None:
    texts = [text for text in [*SIGNS, *HOSTILE] if text.strip()]
    drawn = blocks_of(as_markdown([table(*texts)]))[0]
    assert rows_of(drawn) == [[" ".join(text.split())] * 2 for text in texts]


@pandoc
@pytest.mark.parametrize("title", SIGNS)
def test_pandoc_reads_any_title_as_text(title: str) -> None:
    own = Table(title, table().headings, table("x").rows, f"Note {title}")
    drawn, note = blocks_of(as_markdown([own]))
    assert (caption_of(drawn), words(note)) == (title, f"Note {title}")


@pandoc
@settings(max_examples=15)
@given(st.lists(PLAIN | PUNCTUATED, min_size=5, max_size=15))
def test_pandoc_reads_any_text_as_text(texts: list[str]) -> None:
    drawn = blocks_of(as_markdown([table(*(f"{text}." for text in texts))]))[0]
    assert rows_of(drawn) == [[re.sub(" +", " ", f"{text}.").lstrip(" ")] * 2 for text in texts]


@given(PLAIN)
def test_every_row_stands_on_one_line(text: str) -> None:
    own = table(text, cited=Cited("lamp2021", text))
    headings, dashes, row, *_ = as_markdown([own]).split("\n")
    assert (headings, set(dashes)) == ("| What | Number |", {"|", "-", ":"})
    assert row.startswith("| ") and row.endswith(" |") and "[@lamp2021]" in row


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused(text: str) -> None:
    with pytest.raises(ExportError, match=r"invisible character U\+"):
        as_markdown([table(f"Tea{text}x")])
