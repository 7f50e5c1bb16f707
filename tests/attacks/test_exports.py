"""No text of a review breaks out of its field in a file that is taken away.

Each file is read by a program that has nothing to do with the one that wrote it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bibtexparser.entrypoint
import openpyxl
import pytest
import rispy
import yaml
from lxml import etree
from markdown_it import MarkdownIt

from evidence_map.exports.formats import FORMATS
from evidence_map.manuscript.formats import MANUSCRIPT_FORMATS
from tests.attacks.hostile_review import HostileReview
from tests.attacks.payloads import FORGED, KINDS, PLANTED
from tests.attacks.test_pages import CANARY
from tests.counted import count

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
KEYS = {f"hostile{number}" for number in range(len(KINDS))}


@pytest.fixture(scope="module")
def data(hostile_site: Path) -> Path:
    return hostile_site / "data"


@pytest.fixture(scope="module")
def reports(data: Path) -> set[str]:
    """The keys of the reports that exports hold."""
    with sqlite3.connect(data / "evidence.db") as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        sql = "SELECT key FROM record WHERE decision <> 'excluded'"
        return {key for (key,) in database.execute(sql)}


def test_every_format_is_read_here() -> None:
    read = {".bib", ".ris", ".enw", ".xml", ".json", ".csv", ".xlsx", ".jsonl", ".cff", ".docx", ".tex"}
    read |= {".md", ".svg", ".png"}
    files = [form.file for form in (*FORMATS.values(), *MANUSCRIPT_FORMATS.values())]
    assert {Path(file).suffix for file in files} == read
    count("attacks", "files read back", len(files))


@pytest.mark.parametrize("name", ["references.bib", "references-ascii.bib"])
def test_bibtex_has_one_entry_for_each_report(data: Path, reports: set[str], name: str) -> None:
    text = (data / name).read_text("utf-8")
    library = bibtexparser.entrypoint.parse_string(text)
    assert library.failed_blocks == []
    left_out = set(re.findall(r"(?m)^% Left out.*: (\w+) \(U\+", text))
    assert [entry.key for entry in library.entries] == list({e.key: 0 for e in library.entries})
    assert {entry.key for entry in library.entries} | left_out == reports
    assert commands(re.sub(r"(?m)^%.*$", "", text)) == []


_CARRIED_OUT = re.compile(
    r"\\(?:input|include|immediate|write|openout|csname|catcode|verb|end\{document)(?![A-Za-z])|\^\^.."
)


def commands(text: str) -> list[str]:
    """Return what LaTeX would carry out of what a text holds."""
    return _CARRIED_OUT.findall(text)


def test_latex_carries_nothing_out(data: Path) -> None:
    for file in sorted(data.rglob("*.tex")):
        text = re.sub(r"(?m)(?<!\\)%.*$", "", file.read_text("utf-8"))
        text = text.replace(r"\string\input\space this file", "")
        assert commands(text) == [], file
        assert depth(text) == 0, file


def depth(text: str) -> int:
    """Return how many braces are left open."""
    signs = re.sub(r"\\[{}\\]", "", text)
    return signs.count("{") - signs.count("}")


def test_ris_has_one_entry_for_each_report(data: Path, reports: set[str]) -> None:
    text = (data / "references.ris").read_text("utf-8")
    entries = rispy.loads(text)
    assert {entry["id"] for entry in entries} == reports
    assert len(entries) == len(reports)
    assert len(re.findall(r"(?m)^ER  - ", text)) == len(re.findall(r"(?m)^TY  - ", text)) == len(reports)
    assert [entry for entry in entries if entry.get("title") == FORGED] == []


def test_endnote_has_one_entry_for_each_report(data: Path, reports: set[str]) -> None:
    lines = (data / "references.enw").read_text("utf-8").splitlines()
    assert len([line for line in lines if line.startswith("%0 ")]) == len(reports)
    assert [line for line in lines if re.match(rf"%T {FORGED}", line)] == []
    tree = etree.fromstring((data / "references.xml").read_bytes(), SAFE)
    about: Any = tree.getroottree().docinfo
    assert len(tree.findall(".//record")) == len(reports)
    assert about.doctype == ""


SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def test_json_has_one_entry_for_each_report(data: Path, reports: set[str]) -> None:
    entries = json.loads((data / "references.json").read_text("utf-8"))
    assert {entry["id"] for entry in entries} == reports
    lines = (data / "reports.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len((data / "reports.jsonl").read_bytes().split(b"\n")) - 1
    assert len([json.loads(line) for line in lines]) >= len(reports)
    for file in data.rglob("*.json"):
        assert "__proto__" not in set(names(json.loads(file.read_text("utf-8")))), file


def names(value: Any) -> Iterator[str]:
    """Yield the names of all fields in a JSON value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def test_no_cell_of_a_table_is_a_formula(data: Path) -> None:
    cells = 0
    for file in sorted(data.rglob("*.csv")):
        text = file.read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1, file
        for row in rows:
            cells += len(row)
            assert [cell for cell in row if cell.startswith(FORMULA) and not number(cell)] == [], file
    book = openpyxl.load_workbook(data / "reports.xlsx")
    for sheet in book:
        for cells_of_row in sheet.iter_rows():
            for cell in cells_of_row:
                cells += 1
                assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
                target = cell.hyperlink.target if cell.hyperlink else None
                assert target is None or re.match(r"https?://", target), target
    count("attacks", "cells read", cells)


def number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+|-|–", cell) is not None


def test_tables_hold_one_row_for_each_report(data: Path, reports: set[str]) -> None:
    with (data / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        keys = [row["key"] for row in csv.DictReader(file)]
    assert set(keys) >= reports
    assert len(keys) == len(set(keys))


def test_word_files_hold_text_and_nothing_else(data: Path) -> None:
    for file in sorted(data.rglob("*.docx")):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if not name.endswith((".xml", ".rels")):
                    continue
                tree = etree.fromstring(archive.read(name), SAFE)
                tags = {etree.QName(each).localname for each in tree.iter(etree.Element)}
                assert not tags & {
                    "instrText",
                    "fldSimple",
                    "object",
                    "OLEObject",
                    "altChunk",
                    FORGED,
                }, name
                for relation in tree.iter("{*}Relationship"):
                    target = relation.get("Target", "")
                    assert relation.get("TargetMode") != "External" or target.startswith("http"), target


def test_figures_draw_and_do_nothing_else(hostile_site: Path) -> None:
    figures = sorted(hostile_site.rglob("*.svg"))
    drawn = [file for file in figures if "manuscript" in file.parts]
    assert len(drawn) >= 3
    for file in drawn:
        tree = etree.fromstring(file.read_bytes(), SAFE)
        for element in tree.iter(etree.Element):
            tag = etree.QName(element).localname
            assert tag not in {"script", "foreignObject", "image", "use", "animate", "set", FORGED}, file
            assert PLANTED not in element.get("class", "")
            for name, value in dict(element.attrib).items():
                assert not name.lower().startswith("on"), (file, name)
                if name.endswith("href"):
                    assert value.startswith(("https://example.org/lighthouse/", "#")), value
        assert CANARY.search("".join(map(str, tree.itertext())))


def test_markdown_tables_hold_no_html_and_no_links(data: Path) -> None:
    """Pandoc, which these files are for, lets HTML through."""
    for file in sorted(data.rglob("*.md")):
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(file.read_text("utf-8"))
        inline = [token for block in tokens for token in block.children or []]
        kinds = {token.type for token in [*tokens, *inline]}
        assert not kinds & {"html_block", "html_inline", "image", "link_open", "fence", "code_block"}, (
            file
        )
        assert [token.content for token in inline if CANARY.search(token.content)], file


def test_files_about_the_review_keep_their_shape(data: Path, hostile: HostileReview) -> None:
    citation = yaml.safe_load((data / "CITATION.cff").read_text("utf-8"))
    assert FORGED not in citation
    assert citation["title"].startswith("zq")
    described = json.loads((data / "datasette.json").read_text("utf-8"))
    assert not [name for name in names(described) if name.endswith("_html")]
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    paths = [resource["path"] for resource in package["resources"]]
    assert [
        path for path in paths if not re.fullmatch(r"[A-Za-z0-9][\w./-]*", path) or ".." in path
    ] == []


def test_names_of_published_files_come_from_keys_alone(hostile_site: Path) -> None:
    for file in hostile_site.rglob("*"):
        relative = file.relative_to(hostile_site).as_posix()
        assert re.fullmatch(r"[\w./-]+", relative) and ".." not in relative, relative
        assert not CANARY.search(relative)
