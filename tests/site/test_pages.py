"""The published pages: every link leads somewhere, every number agrees, nothing runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from evidence_map.building import build
from tests.reviews import LIGHTHOUSE, built


class _Page(HTMLParser):
    """Gathers the links, the ids and the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        for name in ("href", "src"):
            if found.get(name):
                self.links.append(str(found[name]))


def read(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text("utf-8"))
    return page


@pytest.fixture(scope="module")
def site(each_site: Path) -> Path:
    return each_site


def test_a_retracted_paper_says_so_wherever_it_is_listed(site: Path) -> None:
    if not (site / "records" / "plan2020").is_dir():
        pytest.skip("an invented paper")
    page = (site / "records" / "plan2020" / "index.html").read_text("utf-8")
    assert "This paper has been retracted." in page
    assert 'href="https://doi.org/10.5555/notice.1"' in page
    assert page.count(">Retracted</li>") == 1
    listed = (site / "records" / "index.html").read_text("utf-8")
    assert listed.count(">Retracted</strong>") == 1
    texts = json.loads((site / "data" / "map" / "reports-0.json").read_text("utf-8"))
    badges = {report["key"]: report["badges"] for report in texts}
    assert badges["plan2020"][0] == "Retracted"
    assert all("Retracted" not in own for key, own in badges.items() if key != "plan2020")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Page]:
    """Every page of the site."""
    return {file: read(file) for file in sorted(site.rglob("*.html"))}


def test_every_link_leads_somewhere(site: Path, pages: dict[Path, _Page]) -> None:
    assert len(pages) > 50
    there = {str(file) for file in site.rglob("*") if file.is_file()}
    ids = {str(file): set(page.ids) for file, page in pages.items()}
    broken = []
    for file, page in pages.items():
        # Hosts show this page at any address, so its links begin at the root.
        if file == site / "404.html":
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = os.path.normpath(file.parent / unquote(parts.path)) if parts.path else str(file)
            if f"{target}/index.html" in ids:
                target = f"{target}/index.html"
            # What is set on a live page stands behind the # too: #f.country=ca. After ?correct=KEY it
            # is a field of the form.
            state = "=" in parts.fragment or parts.query.startswith("correct=")
            anchor = "" if state else parts.fragment
            anchor_missing = anchor and target in ids and anchor not in ids[target]
            if target not in there or anchor_missing:
                broken.append(f"{file.relative_to(site)} → {link}")
    assert broken == []


def test_ids_are_unique_on_each_page(pages: dict[Path, _Page]) -> None:
    for file, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), file


def test_nothing_is_loaded_from_another_site(pages: dict[Path, _Page]) -> None:
    loading = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
    for file, page in pages.items():
        for tag, attributes in page.elements:
            address = attributes.get(loading.get(tag, ""), "") or ""
            assert not address.startswith(("http:", "https:", "//")), (file, tag, address)


def test_no_shell_and_no_empty_slot_is_published(site: Path) -> None:
    assert not (site / "evidence-shell").exists()
    for file in site.rglob("*.html"):
        text = file.read_text("utf-8")
        assert "<!-- evidence:" not in text, file
        assert "evidence-page-" not in text, file


def test_one_heading_of_the_first_level_on_each_page(pages: dict[Path, _Page]) -> None:
    for file, page in pages.items():
        if file.name != "index.html":
            continue
        headings = [tag for tag, _ in page.elements if tag == "h1"]
        assert len(headings) == 1, file


def test_the_home_page_counts_what_the_database_counts(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    shown = [int(number.replace(",", "")) for number in re.findall(r"<dd>([\d,]+)</dd>", text)]
    connection = sqlite3.connect(site / "data" / "evidence.db")
    counts = [
        connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
        for view in ("counted_study", "counted_report")
    ]
    connection.close()
    assert shown[:2] == counts


def test_the_numbers_on_the_map_are_those_of_the_database(site: Path) -> None:
    connection = sqlite3.connect(site / "data" / "evidence.db")
    for name, unit in connection.execute("SELECT id, unit FROM map").fetchall():
        column = {"study": "studies", "report": "reports", "finding": "findings"}[unit]
        expected = sorted(
            row[0] for row in connection.execute(f"SELECT {column} FROM map_cell WHERE map = ?", (name,))
        )
        text = (site / "map" / name / "index.html").read_text("utf-8")
        assert sorted(int(number) for number in re.findall(r">(\d+)</text>", text)) == expected
    connection.close()


def test_a_list_behind_a_number_has_as_many_entries(site: Path) -> None:
    connection = sqlite3.connect(site / "data" / "evidence.db")
    cells = connection.execute(
        "SELECT map, row_term, column_term, studies FROM map_cell "
        "JOIN map ON map.id = map_cell.map WHERE unit = 'study' AND row_term IS NOT NULL"
    ).fetchall()
    connection.close()
    assert cells
    for map_id, row, column, number in cells:
        text = (site / "map" / map_id / row / "index.html").read_text("utf-8")
        section = text.split(f'aria-labelledby="{column or "none-of-these"}"')[1].split("</section>")[0]
        assert (
            len(re.findall(r'<li>\s*<a href="../../../(?:studies|records)/[^"#]*">', section)) == number
        )


def test_every_record_study_and_term_has_a_page(site: Path) -> None:
    connection = sqlite3.connect(site / "data" / "evidence.db")
    wanted = [f"records/{row[0]}" for row in connection.execute("SELECT key FROM record")]
    wanted += [f"studies/{row[0]}" for row in connection.execute("SELECT id FROM study WHERE declared")]
    wanted += [
        f"codebook/{row[0]}/{row[1]}" for row in connection.execute("SELECT dimension, id FROM term")
    ]
    connection.close()
    assert [name for name in wanted if not (site / name / "index.html").is_file()] == []


def test_absence_is_told_in_words(lighthouse_site: Path) -> None:
    text = (lighthouse_site / "records/muster2020/index.html").read_text("utf-8")
    assert "Not reported in the abstract read" in text
    assert "Coded from the abstract" in text
    excluded = (lighthouse_site / "records/bean2018/index.html").read_text("utf-8")
    assert "Excluded: Coffee only" in excluded
    ongoing = (lighthouse_site / "records/plan2020/index.html").read_text("utf-8")
    assert "Ongoing: no results yet" in ongoing


def test_a_finding_may_be_called_like_a_part_of_its_page(tmp_path: Path) -> None:
    """The address records/KEY/#ID is the reference KEY#ID, so parts of the page keep other names."""
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    shutil.rmtree(root / "synthesis" / "findings")
    record = root / "records" / "example2020.yml"
    names = ("cite", "findings", "study", "record", "notes", "bibtex", "yaml")
    above, mark, finding = record.read_text("utf-8").partition("  - id: cups\n")
    assert mark
    record.write_text(above + "".join(f"  - id: {name}\n{finding}" for name in names), "utf-8")
    built(root, tmp_path / "site")
    ids = read(tmp_path / "site" / "records" / "example2020" / "index.html").ids
    assert [ids.count(name) for name in names] == [1] * len(names)


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}{% raw %}"


def test_script_in_any_text_shows_as_text(tmp_path: Path) -> None:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    yaml_text = HOSTILE.replace("'", "''")
    hostile_record(root, yaml_text)
    protocol = root / "synthesis" / "protocol.md"
    changed = protocol.read_text("utf-8").replace(
        "question: What do lighthouse crews say about their tea breaks?", f"question: '{yaml_text}'"
    )
    protocol.write_text(
        f"{changed}\n{HOSTILE}\n\n[click](javascript:alert(3)) ![x](https://example.org/x.png)\n",
        "utf-8",
    )
    codebook = root / "synthesis" / "codebook.yml"
    codebook.write_text(
        codebook.read_text("utf-8").replace(
            "definition: Cups were counted.", f"definition: '{yaml_text}'"
        ),
        "utf-8",
    )
    result = build(root, tmp_path / "site")
    assert result.published, result.problems
    for file in (tmp_path / "site").rglob("*.html"):
        for tag, attributes in read(file).elements:
            assert not any(name.startswith("on") for name in attributes), file
            assert not (attributes.get("href") or "").startswith("javascript:"), file
            assert tag != "img" or "example.org" not in (attributes.get("src") or ""), file
        assert "<script>alert" not in file.read_text("utf-8"), file
    page = (tmp_path / "site/records/hostile2020/index.html").read_text("utf-8")
    assert "{{ 7*7 }}" in page and "49" not in re.findall(r"em-finding__statement\">([^<]*)", page)


def hostile_record(root: Path, text: str) -> None:
    """Write a record with *text* in each field that takes any text."""
    quoted = f"'{text}'"
    (root / "records" / "hostile2020.yml").write_text(
        f"""reference:
  title: {quoted}
  authors:
    - {{family: {quoted}, given: {quoted}}}
    - {{literal: {quoted}}}
  issued: 2020
  container_title: {quoted}
  volume: {quoted}
  page: {quoted}
  licence: {quoted}
  keywords: [{quoted}]
study:
  part: {quoted}
  note: {quoted}
screening:
  decision: included
  note: {quoted}
extraction:
  basis: full text
  by: [{quoted}]
  date: 2020-01-01
  note: {quoted}
design:
  aim: {quoted}
  approach: listening
  procedure: {quoted}
  framework: [{quoted}]
sample:
  size: 2
  unit: {quoted}
  description: {quoted}
  roles: [cat]
  groups:
    - by: {quoted}
      parts: [{{label: {quoted}, size: 2}}]
setting:
  place: {quoted}
findings:
  - id: one
    statement: {quoted}
    locator: {quoted}
    kind: [delight]
    codes: {{topic: [company]}}
    quotes:
      - {{text: {quoted}, speaker: {quoted}, locator: {quoted}}}
appraisal:
  not_appraised: {quoted}
funding:
  statement: {quoted}
  funders: [{{name: {quoted}, award: {quoted}}}]
competing_interests: {quoted}
limitations: [{quoted}]
notes: {quoted}
""",
        "utf-8",
    )


def test_checklists_count_their_items(site: Path) -> None:
    """The sentence above each table gives the numbers of its rows."""
    text = (site / "checklists" / "index.html").read_text("utf-8")
    for part in text.split("<h2 id=")[1:]:
        told = re.search(r"(\d+) met, (\d+) partly, (\d+) not\.", part)
        assert told is not None
        states = Counter(re.findall('data-state="([^"]+)"', part))
        assert [int(number) for number in told.groups()] == [
            states[state] for state in ("met", "partly met", "not met")
        ]
        assert sum(states.values()) in (21, 22)
