"""RIS in every dialect that is met, there and back again, and with anything in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.exports.ris import TYPES as WRITTEN
from evidence_map.imports import ris
from evidence_map.imports.fields import sound
from evidence_map.imports.imported import Imported, ImportFormatError, Reading
from tests.imports.ris_samples import DIALECTS


def read(*lines: str) -> Imported:
    """Return the reference made of a type, a title and *lines*."""
    [reference] = ris.read(
        "\n".join(["TY  - JOUR", "TI  - Tea", *lines, "ER  - "]), "tea.ris"
    ).references
    return reference


def fields(*lines: str) -> dict[str, Any]:
    found = read(*lines).fields
    return {name: value for name, value in found.items() if name not in {"type", "title"}}


def left(reference: Imported) -> list[tuple[str, str, str]]:
    return [(leftover.name, leftover.value, leftover.reason) for leftover in reference.leftovers]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_the_same_paper(dialect: str) -> None:
    reading = ris.read(DIALECTS[dialect], "tea.ris")
    found = reading.references[0].fields
    assert reading.refused == []
    assert found["title"].startswith("Tea ")
    assert [name.get("family", "Lamp") for name in found["authors"]][:1] == ["Muster"]
    assert found["issued"][:4] == "2020"
    for name, value in {"volume": "12", "issue": "3", "language": "en", "doi": "10.5555/tea.1"}.items():
        assert found.get(name, value)[: len(value)] in {value, "10.5555/tea.2"}
    if "container_title" in found and dialect != "Mendeley":
        assert found["container_title"].lower() == "journal of invented results"


def test_details_of_the_dialects() -> None:
    found = {name: ris.read(text, "tea.ris").references for name, text in DIALECTS.items()}
    assert found["Scopus"][0].fields["number"] == "104567"
    assert found["Web of Science"][0].fields["issued"] == "2020-10-28"
    assert "stands in capitals" in found["Web of Science"][0].remarks[0]
    assert found["Embase"][0].fields["doi"] == "10.5555/tea.1"
    assert ("U2", "L2001234567", "field of the user") in left(found["Embase"][0])
    assert [reference.line for reference in found["Ovid"]] == [2, 25]
    assert found["Ovid"][0].fields["authors"][0] == {"family": "Muster", "given": "C."}
    assert "authors" not in found["Ovid"][1].fields
    assert found["EBSCO"][0].fields["pmid"] == "12345678"
    assert "doi" not in found["CENTRAL"][0].fields
    assert found["CENTRAL"][0].fields["page"] == "168‐177"
    endnote = found["EndNote"][0]
    assert endnote.fields["issued"] == "2020-10-28"
    assert endnote.fields["authors"][1] == {"literal": "Invented Crew"}
    assert endnote.fields["keywords"] == ["Cats", "Lighthouses", "Tea"]
    assert (endnote.fields["pmid"], endnote.fields["pmcid"]) == ("12345678", "PMC1234567")
    assert ("ET", "2020/10/29", "a date, no edition") in left(endnote)
    zotero = found["Zotero"][0].fields
    assert zotero["title"] == "Tea and Felis catus & lamps"
    assert (zotero["pmid"], zotero["pmcid"], zotero["language"]) == ("12345678", "PMC1234567", "en-GB")
    mendeley = found["Mendeley"][0].fields
    assert (mendeley["type"], mendeley["isbn"]) == ("chapter", "9780306406157")
    assert mendeley["editors"] == [{"family": "Bean", "given": "F."}]
    assert found["Rayyan"][0].fields["authors_complete"] is False
    assert left(found["Rayyan"][0]) == [("N1", "RAYYAN-LABELS: tea,cats", "note")]
    assert found["Covidence"][0].fields["doi"] == "10.5555/tea.1"
    assert found["Covidence"][0].key == "#4711"
    assert found["EPPI-Reviewer"][0].fields["number"] == "TEA-7"


def test_abstracts_and_paths_are_counted_and_kept_nowhere() -> None:
    reading = ris.read(DIALECTS["Zotero"], "tea.ris")
    assert reading.remarks[0] == "1 abstract was left out: records hold no sentences of papers."
    assert "paths of attachments (1)" in reading.remarks[1]
    assert "Keepers drank" not in repr(reading) and "/home/" not in repr(reading)


@pytest.mark.parametrize(
    "line",
    [
        "VL  - 12",
        "VL - 12",
        "VL   - 12",
        "VL  -12",
        "VL\t- 12",
        "VL  -\t12",
        "vl  - 12",
        " VL  - 12",
        "VL  - 12  ",
    ],
)
def test_spellings_of_a_tag(line: str) -> None:
    assert fields("IS  - 3", line) == {"issue": "3", "volume": "12"}


@pytest.mark.parametrize(
    "line", ["in - between", "is - so", "UK - a survey", "  more", "HIV - more", "- x"]
)
def test_lines_that_are_no_tags_go_on_from_the_last(line: str) -> None:
    [reference] = ris.read(f"TY  - JOUR\nTI  - Tea\n{line}\nER  - ", "tea.ris").references
    assert reference.fields["title"] == f"Tea {line.strip()}"


def test_one_letter_tags() -> None:
    text = "TY  - JOUR\nT  - Tea\nA  - Muster, C.\nA  - Lamp, D.\nQ  - what\nER  - \n"
    [reference] = ris.read(text, "tea.ris").references
    assert reference.fields["title"] == "Tea"
    assert len(reference.fields["authors"]) == 2
    assert left(reference) == [("Q", "what", "")]


def test_references_without_beginning_or_end() -> None:
    text = "TI  - One\nER  - \nTY  - JOUR\nTI  - Two\nTY  - BOOK\nTI  - Three\nER\nER  - \nTI  - Four"
    reading = ris.read(text, "tea.ris")
    assert [(one.fields["title"], one.line) for one in reading.references] == [
        ("One", 1),
        ("Two", 3),
        ("Three", 5),
        ("Four", 9),
    ]
    assert reading.references[2].fields["type"] == "book"
    assert reading.references[3].remarks == ["The file does not say what type of publication this is."]
    assert reading.remarks == [
        "2 references do not end in “ER”, the first in line 3; see whether the file is whole.",
        "2 references do not begin with “TY”, the first in line 1; see what stands before it.",
    ]


def test_text_outside_of_references() -> None:
    reading = ris.read(
        "Provider: X\nFor tea\n1.\nTY  - JOUR\nTI  - Tea\nER  - \nFoo\nbar\n\n2.\nTY  - JOUR\nER  -\n",
        "a",
    )
    assert reading.remarks == ["Before the first reference stood, and was not read: “For tea”."]
    assert [(refused.line, refused.reason) for refused in reading.refused] == [
        (7, "the text “Foo” belongs to no reference"),
        (11, "the reference has no title"),
    ]


def test_a_number_may_stand_before_the_first_tag() -> None:
    reading = ris.read("1. TY  - BOOK\nTI  - A\n2. TY  - JOUR\nTI  - B\nER  - ", "tea.ris")
    assert [(one.fields["type"], one.line) for one in reading.references] == [
        ("book", 1),
        ("article-journal", 3),
    ]


def test_a_number_before_the_next_reference_is_no_part_of_the_last() -> None:
    reading = ris.read("TY  - JOUR\nTI  - Tea\n\n2. \nTY  - JOUR\nTI  - Cats\nER  - ", "tea.ris")
    assert [one.fields["title"] for one in reading.references] == ["Tea", "Cats"]


@pytest.mark.parametrize("line", ["BT  - Tea", "ST  - Tea", "TT  - Tea", "CT  - Tea", "T1  - Tea"])
def test_another_tag_may_carry_the_title(line: str) -> None:
    assert ris.read(f"TY  - JOUR\n{line}\nER  - ", "a").references[0].fields["title"] == "Tea"


@pytest.mark.parametrize("text", ["", "\n\n", "hello", "@article{a, title={b}}", "1\n2\n"])
def test_a_file_without_references_is_refused(text: str) -> None:
    with pytest.raises(
        ImportFormatError, match=r"tea\.ris (is empty|has no reference in RIS): .*TY  - JOUR"
    ):
        ris.read(text, "tea.ris")


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        (["PY  - 2020//"], "2020"),
        (["PY  - 2020", "DA  - 2020/10/28/"], "2020-10-28"),
        (["DA  - 2020/10//", "PY  - 2020"], "2020-10"),
        (["Y1  - 2020/10/28/"], "2020-10-28"),
        (["PY  - 2020", "PD  - OCT 28"], "2020-10-28"),
        (["PY  - 2020", "PD  - OCT"], "2020-10"),
        (["DA  - 28 Oct 2020"], "2020-10-28"),
        (["DA  - October 28th, 2020"], "2020-10-28"),
        (["DA  - 2020-10-28"], "2020-10-28"),
        (["DA  - 20201028"], "2020-10-28"),
        (["DA  - 28.10.2020"], "2020-10-28"),
        (["DA  - 2020 août"], "2020-08"),
    ],
)
def test_dates(lines: list[str], issued: str) -> None:
    reference = read(*lines)
    assert (reference.fields["issued"], reference.leftovers) == (issued, [])


@pytest.mark.parametrize(
    ("lines", "issued", "name"),
    [
        (["PY  - 2020///Spring"], "2020", "PY"),
        (["PY  - 2020", "PD  - NOV-DEC"], "2020", "PD"),
        (["DA  - 03/04/2020"], "2020", "DA"),
        (["PY  - 2020", "DA  - 2021/01/02/"], "2020", "DA"),
        (["PY  - 2020", "DA  - 2020/02/31/"], "2020", "DA"),
        (["PY  - in press"], None, "PY"),
        (["PY  - 20200"], None, "PY"),
        (["PY  - 2019-2020"], None, "PY"),
    ],
)
def test_dates_that_say_more_or_less(lines: list[str], issued: str | None, name: str) -> None:
    reference = read(*lines)
    assert reference.fields.get("issued") == issued
    assert [leftover.name for leftover in reference.leftovers] == [name]
    assert reference.leftovers[0].line == 2 + len(lines)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["SP  - 168", "EP  - 177"], {"page": "168-177"}),
        (["SP  - 168-177"], {"page": "168-177"}),
        (["SP  - 168-177", "EP  - 177"], {"page": "168-177"}),
        (["SP  - 168-77"], {"page": "168-77"}),
        (["SP  - S12–S19"], {"page": "S12–S19"}),
        (["SP  - e123"], {"page": "e123"}),
        (["SP  - 12-9"], {"page": "12-9"}),
        (["SP  - pp. 12-19"], {"page": "12-19"}),
        (["SP  - 7", "EP  - 7"], {"page": "7"}),
        (["C7  - 104567"], {"number": "104567"}),
    ],
)
def test_pages(lines: list[str], found: dict[str, str]) -> None:
    assert fields(*lines) == found


@pytest.mark.parametrize(
    "line",
    [
        "DO  - 10.5555/Tea(20)1",
        "DO  - https://doi.org/10.5555/tea(20)1",
        "DO  - doi: 10.5555/tea(20)1.",
        "DO  - 10.5555/tea(20)1 [doi]",
        "DI  - 10.5555/tea(20)1",
        "M3  - 10.5555/tea(20)1",
        "M3  - doi:10.5555/tea(20)1",
        "N1  - doi: 10.5555/tea(20)1",
        "L3  - https://doi.org/10.5555/tea(20)1",
        "UR  - http://dx.doi.org/10.5555%2Ftea(20)1",
    ],
)
def test_places_of_a_doi(line: str) -> None:
    assert fields(line) == {"doi": "10.5555/tea(20)1"}


def test_a_doi_in_an_address_is_told() -> None:
    reference = read("UR  - https://example.org/doi/10.5555/tea.1/full?x=y")
    assert reference.fields["doi"] == "10.5555/tea.1"
    assert reference.fields["url"] == "https://example.org/doi/10.5555/tea.1/full?x=y"
    assert reference.remarks == ["The DOI was read from the address; compare it."]


@pytest.mark.parametrize(
    ("lines", "pmid"),
    [
        (["AN  - 12345678", "DB  - PubMed"], "12345678"),
        (["AN  - 12345678", "DB  - MEDLINE"], "12345678"),
        (["AN  - PMID: 12345678"], "12345678"),
        (["U1  - PMID: 12345678"], "12345678"),
        (["UR  - https://pubmed.ncbi.nlm.nih.gov/12345678/"], "12345678"),
        (["N1  - Seen; PMID: 12345678"], "12345678"),
        (["AN  - 12345678", "DB  - CINAHL"], None),
        (["AN  - 12345678"], None),
        (["C2  - 12345678"], None),
    ],
)
def test_a_number_in_pubmed_only_where_the_file_says_so(lines: list[str], pmid: str | None) -> None:
    reference = read(*lines)
    assert reference.fields.get("pmid") == pmid
    if pmid is None:
        assert ("12345678" in repr(reference.leftovers)) == (pmid is None)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("SN  - 1234-5679 (Electronic)", {"issn": "1234-5679"}),
        ("SN  - 12345679", {"issn": "1234-5679"}),
        ("SN  - 978-0-306-40615-7 (ISBN)", {"isbn": "9780306406157"}),
        ("SN  - 0306406152; 1234-5679", {"isbn": "9780306406157", "issn": "1234-5679"}),
        ("LA  - English", {"language": "en"}),
        ("LA  - ger", {"language": "de"}),
        ("LA  - pt-BR", {"language": "pt-BR"}),
        ("UR  - https://example.org/tea", {"url": "https://example.org/tea"}),
        ("KW  - tea; cats; tea", {"keywords": ["tea", "cats"]}),
        ("N1  - PMCID: PMC123", {"pmcid": "PMC123"}),
    ],
)
def test_other_values(line: str, found: dict[str, Any]) -> None:
    reference = read(line)
    assert (fields(line), reference.leftovers) == (found, [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("DO  - tea", "not a DOI"),
        ("SN  - 1234-5678", "neither an ISSN nor an ISBN"),
        ("LA  - Cattish", "not the name or code of a language"),
        ("UR  - www.example.org", "not a web address"),
        ("SP  - no pagination", "no pages"),
        ("EP  - 177", "last page without a first"),
        ("DO  - 10.5555/tea and more", "more than a DOI; 10.5555/tea was taken"),
        ("XX  - what", ""),
        ("LB  - mine", "label"),
        ("VL  - n/a", "“n/a” is no value"),
        ("TI  - Coffee", "another title stands in TI"),
        ("L1  - https://example.org/tea.pdf", "attachment"),
        ("KW  - " + "x" * 2001, "longer than 2,000 characters"),
    ],
)
def test_what_is_not_taken_stays_with_its_line_and_reason(line: str, reason: str) -> None:
    [leftover] = read(line).leftovers
    assert (leftover.name, leftover.value, leftover.line, leftover.reason) == (
        line[:2],
        line[6:],
        3,
        reason,
    )


def test_paths_in_addresses_are_left_out() -> None:
    reading = ris.read("TY  - JOUR\nTI  - Tea\nUR  - file:///home/somebody/tea.pdf\nER  - ", "a")
    assert "somebody" not in repr(reading) and "paths of attachments (1)" in reading.remarks[0]


def test_several_languages() -> None:
    reference = read("LA  - English; German")
    assert reference.fields["language"] == "en"
    assert left(reference) == [("LA", "English; German", "several languages, of which en was taken")]


def test_latex_in_titles_is_read_and_told() -> None:
    [reference] = ris.read(
        r"TY  - JOUR" "\n" r"TI  - Tea of $\alpha$ in M{\"u}nster" "\nER  - ", "a"
    ).references
    assert reference.fields["title"] == "Tea of α in Münster"
    assert reference.remarks == ["LaTeX stood in the title; compare it."]
    assert read("T2  - Tea for $5 or $6").fields["container_title"] == "Tea for $5 or $6"


@pytest.mark.parametrize("kind", sorted(set(WRITTEN.values())))
def test_every_type_that_is_written_is_read(kind: str) -> None:
    assert kind in ris.TYPES
    if kind != "EDBOOK":  # A book with editors is a book for citation styles.
        assert WRITTEN[ris.TYPES[kind]] == kind


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = ris.read(text, "tea.ris")
    except ImportFormatError as error:
        assert "\n" not in str(error)
        return
    assert reading.references or reading.refused


TAGS = st.sampled_from([*sorted(ris._TAGS - {"TY", "ER"}), "XX", "A", "Q1"])
SEPARATORS = st.sampled_from(["  - ", " - ", "   - ", "  -"])
VALUES = st.sampled_from(
    ["{}", "{}, C.", "C. {}; D. {}", "10.5555/{}", "https://x.org/{}", "2020/{}", "PMC {}"]
)


@given(st.lists(st.tuples(TAGS, SEPARATORS, VALUES, st.booleans()), max_size=30))
def test_every_line_is_taken_left_over_or_counted(lines: list[tuple[str, str, str, bool]]) -> None:
    """Each line has a mark of its own, which must be somewhere in what was read."""
    text = ["TY  - JOUR", "TI  - Tea"]
    marks = {}
    for number, (tag, separator, value, wrapped) in enumerate(lines):
        if tag in {"XX", "A", "Q1"}:
            separator = "  - "
        marks[f"q{number}z"] = tag
        text.append(tag + separator + value.replace("{}", f"q{number}z"))
        if wrapped:
            marks[f"w{number}z"] = tag
            text.append(f"     w{number}z")
    reading = ris.read("\n".join([*text, "ER  - "]), "tea.ris")
    assert len(reading.references) == 1
    shown = repr(reading.references[0])
    told = " ".join(reading.remarks)
    for mark, tag in marks.items():
        counted = (
            (tag in {"AB", "N2"} and "abstract" in told)
            or (tag == "AD" and "addresses" in told)
            or (tag in {"L1", "L4"} and "paths" in told)
            or (tag in {"J1", "J2", "J9", "JA", "JI", "JO", "SO"} and "short titles" in told)
        )
        assert mark in shown or counted, (mark, tag)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """Return a sample with pieces cut out, doubled, moved or replaced."""
    text = draw(st.sampled_from(sorted(DIALECTS.values())))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        put = draw(
            st.one_of(
                st.just(""), st.text(max_size=8), st.sampled_from([text[start:end] * 2, "\r", "\nER"])
            )
        )
        text = text[:start] + put + text[end:]
    return text


@given(spoiled())
def test_spoiled_files_are_read_or_refused(text: str) -> None:
    try:
        reading: Reading = ris.read(text, "tea.ris")
    except ImportFormatError:
        return
    lines = len(re.split("\r\n|\r|\n", text))
    for reference in reading.references:
        assert 1 <= reference.line <= lines
        assert all(reference.line <= leftover.line <= lines for leftover in reference.leftovers)
        again = Imported("a", 1, dict(reference.fields))
        sound(again)
        assert again.fields == reference.fields and not again.leftovers
