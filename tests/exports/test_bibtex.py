"""BibTeX that reads back as it was written."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.exports.bibtex import ENTRY_TYPES, as_bibtex, bibtex_entry, escaped, title
from evidence_map.site.evidence import Evidence, Person, Report
from tests.reviews import LIGHTHOUSE


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Any:
    review = check(LIGHTHOUSE).review
    assert review is not None
    file = tmp_path_factory.mktemp("bibtex") / "evidence.db"
    store(review, file)
    with Evidence(file) as found:
        yield found


def fields_of(report: Report) -> dict[str, str]:
    return {field.key: field.value[1:-1] for field in bibtex_entry(report).fields}


def test_a_whole_entry(evidence: Evidence) -> None:
    fields = fields_of(evidence.reports["example2019"])
    assert fields["author"] == "Example, Ann B. and van Muster, Çelik and {The Invented Crew}"
    assert fields["title"] == r"Tea \& company: what <keepers> say"
    assert (fields["year"], fields["month"]) == ("2019", "5")
    assert (fields["volume"], fields["number"], fields["pages"]) == ("012", "10.10", "1--9")
    assert fields["doi"] == "10.5555/example.1"
    assert fields["issn"] == "1234-5679"


def test_an_incomplete_author_list_ends_in_others(evidence: Evidence) -> None:
    assert fields_of(evidence.reports["bean2018"])["author"] == "Bean, C. and others"


def test_a_report_without_authors_has_no_author_field(evidence: Evidence) -> None:
    assert "author" not in fields_of(evidence.reports["overview2020"])


def test_keys_are_file_names(evidence: Evidence) -> None:
    text = as_bibtex(evidence.reports.values())
    read = parse_string(text, parse_stack=[])
    assert [entry.key for entry in read.entries] == sorted(
        file.stem for file in (LIGHTHOUSE / "records").glob("*.yml")
    )


def test_titles_protect_what_must_keep_its_capitals() -> None:
    text = title("SHARPS and COVID-19 in British Columbia: a Study of mRNA", ["British Columbia"])
    assert text == "{SHARPS} and {COVID-19} in {British Columbia}: a Study of {mRNA}"


def test_every_type_that_is_mapped_is_a_csl_type() -> None:
    from typing import get_args

    from evidence_map.model.reference import CslType

    assert set(ENTRY_TYPES) <= set(get_args(CslType))


HOSTILE = [
    r"\input{/etc/passwd}",
    r"}\write18{touch x}",
    "{{{",
    "}}}",
    "100% of $5 & #1 a_b ~ ^",
    "@article{x, title={y}}",
    'say "yes", then "no"',
    "ends in a backslash \\",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_read_back(text: str) -> None:
    written = as_bibtex([report(text)])
    entry = parse_string(written, parse_stack=[]).entries[0]
    assert entry.key == "key2020"
    value = entry.fields_dict["title"].value[1:-1]
    assert value.count("{") == value.count("}")
    assert "\\input{" not in value and "\\write18{" not in value


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_title_reads_back(text: str) -> None:
    as_bibtex([report(text)])


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_escaping_keeps_braces_balanced(text: str) -> None:
    depth = 0
    for character in escaped(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def report(text: str) -> Report:
    """Return a report with a title and nothing else."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    schema = (Path(__file__).parents[2] / "evidence_map/database/schema.sql").read_text("utf-8")
    connection.executescript(schema)
    connection.execute("INSERT INTO study VALUES ('key2020', 'l', 't', NULL, NULL, NULL, 0)")
    connection.execute(
        "INSERT INTO record (key, study, citation, title, type, authors_complete, decision, counted,"
        " yaml) VALUES ('key2020', 'key2020', 'c', ?, 'article-journal', 1, 'awaiting', 0, 'y')",
        (text,),
    )
    row = connection.execute("SELECT * FROM record").fetchone()
    connection.close()
    return Report(row, authors=[Person(text, text, None, None, None, None)])
