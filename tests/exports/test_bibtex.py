"""BibTeX that reads back as it was written."""

from __future__ import annotations

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.bibtex import ENTRY_TYPES, as_bibtex, bibtex_entry, escaped, title
from evidence_map.exports.fields import ExportError
from evidence_map.site.evidence import Evidence, Report
from tests.exports.reports import PLAIN, UNPRINTABLE, person, report
from tests.reviews import LIGHTHOUSE


def named(text: str) -> Report:
    """Return a report whose title and author are *text*."""
    return report(title=text, authors=[person(text, given=text)])


def fields_of(report: Report) -> dict[str, str]:
    return {field.key: field.value[1:-1] for field in bibtex_entry(report).fields}


def test_a_whole_entry(lighthouse: Evidence) -> None:
    fields = fields_of(lighthouse.reports["example2019"])
    assert fields["author"] == "Example, Ann B. and van Muster, Çelik and {The Invented Crew}"
    assert fields["title"] == r"Tea \& company: what <keepers> say"
    assert (fields["year"], fields["month"]) == ("2019", "5")
    assert (fields["volume"], fields["number"], fields["pages"]) == ("012", "10.10", "1--9")
    assert fields["doi"] == "10.5555/example.1"
    assert fields["issn"] == "1234-5679"


def test_an_incomplete_author_list_ends_in_others(lighthouse: Evidence) -> None:
    assert fields_of(lighthouse.reports["bean2018"])["author"] == "Bean, C. and others"


def test_a_report_without_authors_has_no_author_field(lighthouse: Evidence) -> None:
    assert "author" not in fields_of(lighthouse.reports["overview2020"])


def test_keys_are_file_names(lighthouse: Evidence) -> None:
    text = as_bibtex(lighthouse.reports.values())
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
    written = as_bibtex([named(text)])
    entry = parse_string(written, parse_stack=[]).entries[0]
    assert entry.key == "key2020"
    value = entry.fields_dict["title"].value[1:-1]
    assert value.count("{") == value.count("}")
    assert "\\input{" not in value and "\\write18{" not in value


@given(PLAIN)
def test_any_title_reads_back(text: str) -> None:
    as_bibtex([named(text)])


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused_by_name(text: str) -> None:
    with pytest.raises(ExportError, match=r"“(title|author)” of key2020 .* U\+"):
        as_bibtex([named(f"Tea{text}x")])


@given(PLAIN)
def test_every_field_stands_on_one_line(text: str) -> None:
    """The browser takes entries out by that."""
    first, *fields, last, end = as_bibtex([named(text)]).split("\n")
    assert (first, last, end) == ("@article{key2020,", "}", "")
    assert all(field.startswith("  ") for field in fields)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_escaping_keeps_braces_balanced(text: str) -> None:
    depth = 0
    for character in escaped(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
