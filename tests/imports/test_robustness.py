"""No file, however damaged, brings a reader down: it reads, or says in one line why it cannot."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_map.imports import bibtex, csl_json, csv_table, endnote_xml, pubmed_xml
from evidence_map.imports.detection import Reader, detect
from evidence_map.imports.drafts import reference_of
from evidence_map.imports.imported import ImportFormatError, Reading
from tests.imports.samples import sample

STRUCTURED: dict[str, Reader] = {
    "entries.bib": bibtex.read,
    "zotero.json": csl_json.read,
    "pubmed.xml": pubmed_xml.read,
    "endnote.xml": endnote_xml.read,
    "scopus.csv": csv_table.read,
    "web_of_science.txt": csv_table.read,
}
PIECES = [
    *(
        "{",
        "}",
        '"',
        "\\",
        "<",
        ">",
        "&",
        ",",
        "\t",
        "\n",
        ";",
        "@",
        "#",
        "=",
        "[",
        "]",
        "(",
        ")",
        "$",
        "%",
    ),
    *(
        "\x00",
        "\x85",
        "\u2028",
        "\ud800",
        "\ufeff",
        "é",
        "'=",
        "and",
        " and ",
        "others",
        "&#0;",
        "<style>",
    ),
    *(
        "@article{",
        "@string{x=",
        "</record>",
        "<!--",
        "]]>",
        "null",
        "1e999",
        "et al.",
        "\\'",
        "10.",
        "2020-13-99",
    ),
]


def tried(reader: Reader, text: str) -> Reading | None:
    """Read *text*; what comes out must be sound, and what is told must stand on one line."""
    try:
        reading = reader(text, "a file")
    except ImportFormatError as error:
        assert str(error).startswith("a file ") and "\n" not in str(error)
        return None
    last = text.count("\n") + 1
    for reference in reading.references:
        reference_of(reference)
        assert 1 <= reference.line <= last
        for leftover in reference.leftovers:
            assert leftover.name and leftover.value == " ".join(leftover.value.split())
            assert 1 <= leftover.line <= last
        for name in reference.fields.get("authors", []):
            assert all(name.values())
    for refused in reading.refused:
        assert 1 <= refused.line <= last
        assert "\n" not in refused.reason
    return reading


@pytest.mark.parametrize("name", STRUCTURED)
@given(text=st.text())
def test_any_text_is_read_or_told(name: str, text: str) -> None:
    tried(STRUCTURED[name], text)


@pytest.mark.parametrize("name", STRUCTURED)
@given(text=st.lists(st.sampled_from([*PIECES, "title", "author", "year", "{x}", ": "])).map("".join))
def test_any_pieces_are_read_or_told(name: str, text: str) -> None:
    tried(STRUCTURED[name], text)


@settings(max_examples=150)
@pytest.mark.parametrize("name", STRUCTURED)
@given(data=st.data())
def test_damaged_files_are_read_or_told(name: str, data: st.DataObject) -> None:
    text = sample(name)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        text = text[:start] + data.draw(st.sampled_from(["", *PIECES])) + text[end:]
    tried(STRUCTURED[name], text)


@given(st.text(), st.sampled_from(["", "a.csv", "a.bib", "a.ris", "a.txt"]))
def test_any_text_has_a_format_or_is_told(text: str, name: str) -> None:
    try:
        detect(text, name)
    except ImportFormatError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("name", STRUCTURED)
@pytest.mark.parametrize(
    "text",
    [
        *("{" * 100_000, "[" * 100_000, "(" * 100_000, "<a>" * 50_000, '"' * 100_000, "@a{" * 30_000),
        '[{"title": ' * 10_000,
        "@article{a, title = " + "{" * 50_000 + "}" * 50_000 + "}",
        "@article{a, title = {" + "\\textbf{" * 20_000,
        "@article{a, title = {x}, author = {" + "{a} and " * 20_000 + "}}",
        "@article{a, title = {x}, author = {" + "a, " * 50_000 + "}}",
        "\n" * 100_000 + "@article{a, title = {x}}",
        "Title,Year\n" + '"' * 99_999,
        "Title,Year\n" + "a" * 1_000_000,
        'Title,Authors\nx,"' + "Lamp A., " * 20_000 + '"',
        '[{"title": "x", "author": [' + '{"family": "a"},' * 20_000 + "{}]}]",
    ],
    ids=lambda text: f"{text[:12]}…",
)
def test_what_nests_or_repeats_without_end_is_read_quickly(name: str, text: str) -> None:
    began = time.process_time()
    tried(STRUCTURED[name], text)
    # What takes quadratic time takes hours here.
    assert time.process_time() - began < 60


ENTRY = (
    '@article{{k{0}, author = {{M{{\\"u}}ster, Ann and Lamp, B.}}, title = {{Tea {{XY}} {0}}}, '
    "year = {{2019}}}}\n"
)
ITEM = '{{"id": "k{0}", "title": "Tea {0}", "author": [{{"family": "Lamp", "given": "A"}}]}}\n'
RECORD = "<record><rec-number>{0}</rec-number><titles><title>Tea {0}</title></titles></record>\n"
ARTICLE = (
    "<PubmedArticle><MedlineCitation><PMID>{0}1</PMID><Article><ArticleTitle>Tea</ArticleTitle></Article>"
    "</MedlineCitation></PubmedArticle>\n"
)


@pytest.mark.parametrize(
    ("reader", "head", "unit", "end"),
    [
        (bibtex.read, "", ENTRY, ""),
        (csl_json.read, "", ITEM, ""),
        (endnote_xml.read, "<xml><records>\n", RECORD, "</records></xml>"),
        (pubmed_xml.read, "<PubmedArticleSet>\n", ARTICLE, "</PubmedArticleSet>"),
        (csv_table.read, "Title,Authors\n", 'Tea {0},"Lamp, A.; Muster, C."\n', ""),
    ],
    ids=["bibtex", "csl-json", "endnote-xml", "pubmed-xml", "csv"],
)
def test_many_references_keep_their_lines(reader: Reader, head: str, unit: str, end: str) -> None:
    count = 250
    text = head + "".join(unit.format(number) for number in range(count)) + end
    reading = reader(text, "a file")
    assert len(reading.references) == count
    first = head.count("\n") + 1
    assert [each.line for each in reading.references] == list(range(first, first + count))


def test_abbreviations_that_double_each_other_end() -> None:
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    text = f'@string{{s0 = "tea"}}\n{doubling}@article{{a2020, title = s60, year = 2020}}\n'
    reading = bibtex.read(text, "doubling.bib")
    assert [refused.reason for refused in reading.refused] == [
        "“a2020” has a title that no record can hold: too long, say"
    ]


def test_a_cell_without_end_is_told_in_words() -> None:
    text = f"Title,Year\n{'x' * 200_000},2020\n"
    [refused] = csv_table.read(text, "long.csv").refused
    assert (
        refused.reason
        == "the table cannot be read from here on: a cell has more than 131,072 characters"
    )
