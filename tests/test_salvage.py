"""A fault in one value does not hide those in others."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

import pytest

from evidence_map.checking import check
from evidence_map.model.record import Record
from evidence_map.salvage import salvaged
from evidence_map.yaml_source import Document, parse
from tests.reviews import LIGHTHOUSE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(LIGHTHOUSE, tmp_path / "review")
    return tmp_path / "review"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def codes(root: Path) -> list[tuple[str, int, str]]:
    return [(problem.path.name, problem.line, problem.code) for problem in check(root).problems]


def test_a_wrong_value_and_an_unknown_term_are_told_together(root: Path) -> None:
    record = root / "records" / "example2020.yml"
    edit(record, "size: not reported", "size: abuot")
    edit(record, "topic: [milk]", "topic: [mlik]")
    assert codes(root) == [
        ("example2020.yml", 24, "wrong-type"),
        ("example2020.yml", 35, "unknown-term"),
    ]


def test_the_places_of_what_follows_a_faulty_item_are_right(root: Path) -> None:
    record = root / "records" / "example2019.yml"
    edit(record, "locator: Results, part 1", "locatr: Results, part 1")
    edit(record, "      topic: [strength]", "      topic: [strenght]")
    found = check(root).problems
    term = next(problem for problem in found if problem.code == "unknown-term")
    line = record.read_text("utf-8").splitlines()[term.line - 1]
    assert line[term.column - 1 :].startswith("strenght")


def test_what_is_cut_out_is_not_reported_as_missing(root: Path) -> None:
    """A finding that cannot be read still exists for those who refer to it."""
    record = root / "records" / "muster2020.yml"
    edit(record, "    statement: Company", "    statment: Company")
    assert [code for _, _, code in codes(root)] == ["missing-field", "unknown-field"]


def test_a_faulty_record_is_never_published(root: Path) -> None:
    edit(root / "records" / "example2020.yml", "size: not reported", "size: abuot")
    assert not check(root).passes


def test_nothing_is_salvaged_where_the_record_has_no_title() -> None:
    document = parse("screening: {decision: awaiting}\n", PurePosixPath("x.yml"))
    assert isinstance(document, Document)
    assert salvaged(document, Record) is None


def test_the_document_itself_stays_as_it_is() -> None:
    text = "reference: {title: x, pgae: 3}\nscreening: {decision: awaiting}\n"
    document = parse(text, PurePosixPath("x.yml"))
    assert isinstance(document, Document)
    sound = salvaged(document, Record)
    assert sound is not None and sound[0].reference.title == "x"
    assert document.plain() == {
        "reference": {"title": "x", "pgae": "3"},
        "screening": {"decision": "awaiting"},
    }


def test_only_rules_that_need_the_faulty_section_are_silent(root: Path) -> None:
    """A bad locator does not hide that the parts of the sample do not add up."""
    record = root / "records" / "example2019.yml"
    edit(record, "locator: Results, part 1", 'locator: "?"\n    wrong: x')
    edit(record, "{label: cats, size: 2}", "{label: cats, size: 3}")
    found = {code for _, _, code in codes(root)}
    assert {"unknown-field", "parts-do-not-add-up"} <= found


def test_a_missing_section_is_told_beside_an_unknown_field(root: Path) -> None:
    record = root / "records" / "bean2018.yml"
    edit(record, "  decision: excluded\n  reason: coffee", "  decision: included")
    record.write_text(record.read_text("utf-8") + "\nNotes: x\n", "utf-8")
    found = [code for _, _, code in codes(root)]
    assert found.count("incomplete-record") == 5 and "unknown-field" in found
