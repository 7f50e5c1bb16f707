"""The tagged form of PubMed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.imports import medline
from evidence_map.imports.imported import Imported, ImportFormatError

SAMPLE = """
PMID- 12345678
OWN - NLM
STAT- MEDLINE
DCOM- 20210101
IS  - 1234-5679 (Electronic)
IS  - 2049-3630 (Linking)
VI  - 12
IP  - 3
DP  - 2020 Oct 28
TI  - Tea and cats in lighthouses: a survey
      of keepers.
PG  - 168-77
LID - 10.5555/tea.1 [doi]
LID - TEA-1 [pii]
AB  - BACKGROUND: Keepers drink tea.
      RESULTS: They do.
CI  - (c) 2020. Nobody.
FAU - Muster, Carla D Jr
AU  - Muster CD Jr
AUID- ORCID: 0000-0002-1825-0097
AD  - Harbour.
FAU - van Lamp, Dora
AU  - van Lamp D
CN  - Cats United
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
DEP - 20201020
PL  - Norway
TA  - J Invent Results
JT  - Journal of invented results
MH  - *Tea
MH  - Cats
OT  - *Lighthouse
OT  - Keepers
PMC - PMC1234567
COIS- None.
EDAT- 2020/10/29 06:00
PHST- 2020/10/29 06:00 [pubmed]
AID - 10.5555/tea.1 [doi]
PST - ppublish
SO  - J Invent Results. 2020 Oct 28;12(3):168-77.

PMID- 12345679
TI  - [Tea for cats].
AU  - MUSTER C
LA  - ger
DP  - 2019 Nov-Dec
TT  - Tee fur Katzen.
JT  - Journal of invented results
"""


def read(*lines: str) -> Imported:
    [reference] = medline.read("\n".join(["PMID- 1", "TI  - Tea.", *lines]), "tea.nbib").references
    return reference


def test_a_whole_reference() -> None:
    reading = medline.read(SAMPLE, "tea.nbib")
    reference = reading.references[0]
    assert (reference.key, reference.line, reference.remarks) == ("12345678", 2, [])
    assert reference.fields == {
        "title": "Tea and cats in lighthouses: a survey of keepers",
        "type": "article-journal",
        "authors": [
            {"family": "Muster", "given": "Carla D", "suffix": "Jr", "orcid": "0000-0002-1825-0097"},
            {"family": "Lamp", "given": "Dora", "particle": "van"},
            {"literal": "Cats United"},
        ],
        "issued": "2020-10-28",
        "container_title": "Journal of invented results",
        "volume": "12",
        "issue": "3",
        "page": "168-77",
        "doi": "10.5555/tea.1",
        "pmid": "12345678",
        "pmcid": "PMC1234567",
        "issn": "2049-3630",
        "language": "en",
        "keywords": ["Lighthouse", "Keepers"],
    }
    assert [(left.name, left.value, left.line) for left in reference.leftovers] == [
        ("IS", "1234-5679", 6),
        ("PT", "Randomized Controlled Trial", 28),
        ("DEP", "20201020", 29),
        ("MH", "*Tea; Cats", 33),
        ("COIS", "None.", 38),
    ]


def test_what_was_left_out_is_counted() -> None:
    reading = medline.read(SAMPLE, "tea.nbib")
    assert reading.remarks == [
        "1 abstract was left out: records hold no sentences of papers.",
        "Left out as well, since it says nothing about the papers: addresses of authors (1), "
        "marks and dates of PubMed (10), numbers at the publisher (1).",
    ]
    assert "Keepers drink" not in repr(reading)


def test_a_translated_title() -> None:
    reference = medline.read(SAMPLE, "tea.nbib").references[1]
    assert reference.fields["title"] == "Tea for cats"
    assert reference.fields["original_title"] == "Tee fur Katzen"
    assert reference.fields["language"] == "de"
    assert reference.fields["issued"] == "2019"
    assert reference.fields["authors"] == [{"family": "MUSTER", "given": "C"}]
    assert "in capitals" in reference.remarks[0]


def test_books_and_chapters() -> None:
    chapter = read(
        "BTI - Lamps of the Harbour",
        "FED - Bean, Fay",
        "ED  - Bean F",
        "PB  - Invented Press",
        "PL  - Harbour",
    )
    assert chapter.fields["type"] == "chapter"
    assert chapter.fields["container_title"] == "Lamps of the Harbour"
    assert chapter.fields["editors"] == [{"family": "Bean", "given": "Fay"}]
    assert (chapter.fields["publisher"], chapter.fields["publisher_place"]) == (
        "Invented Press",
        "Harbour",
    )
    [book] = medline.read("PMID- 2\nBTI - Lamps\nISBN- 9780306406157\n", "a").references
    assert (book.fields["type"], book.fields["title"]) == ("book", "Lamps")
    assert book.fields["isbn"] == "9780306406157"


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("AID - https://doi.org/10.5555/tea.1 [doi]", "doi", "10.5555/tea.1"),
        ("DP  - 2020 Spring", "issued", "2020"),
        ("DP  - 2020 Oct", "issued", "2020-10"),
        ("DEP - 20201020", "issued", "2020-10-20"),
        ("PT  - Preprint", "type", "article"),
        ("TA  - J Invent", "container_title", "J Invent"),
        ("FAU - Muster, Carla", "authors", [{"family": "Muster", "given": "Carla"}]),
        ("CN  - Tea Group", "authors", [{"literal": "Tea Group"}]),
        ("PG  - e104567", "page", "e104567"),
    ],
)
def test_single_tags(line: str, name: str, value: object) -> None:
    assert read(line).fields[name] == value


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("XYZ - what", ""),
        ("SI  - ClinicalTrials.gov/NCT00000000", "number in a register or data bank"),
        ("TT  - Tee.", "title in the language of the paper"),
        ("EIN - Tea. 2021;1:1", "erratum in"),
        ("DP  - 2020 Feb 31", "not a date that could be read"),
        ("AID - S1 [pii]", "number at the publisher"),
    ],
)
def test_what_is_not_taken_is_left_over(line: str, reason: str) -> None:
    [leftover] = read(line).leftovers
    assert (leftover.name, leftover.value, leftover.line) == (line[:4].strip(), line[6:], 3)
    assert leftover.reason == reason


def test_references_are_parted_by_blank_lines_or_by_their_number() -> None:
    reading = medline.read("PMID- 1\nTI  - A.\nPMID- 2\nTI  - B.\n\nTI  - C.\n\nPMID- 4\n", "a")
    assert [one.fields["title"] for one in reading.references] == ["A", "B", "C"]
    assert [(refused.line, refused.reason) for refused in reading.refused] == [(8, "“4” has no title")]


def test_a_file_without_references_is_refused() -> None:
    with pytest.raises(ImportFormatError, match=r"a has no reference in MEDLINE: .*PMID- 12345678"):
        medline.read("TY  JOUR\n", "a")


@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from(SAMPLE.split("\n"))), max_size=40))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    try:
        reading = medline.read("\n".join(lines), "a")
    except ImportFormatError:
        return
    assert reading.references or reading.refused


TAGS = st.sampled_from(sorted(medline._KNOWN - {"PMID", *medline._HOUSEKEEPING, "AB", "AD", "ED"}))
VALUES = st.sampled_from(["{}", "Q{}, C", "10.5555/{} [doi]", "{} [pii]", "2020 {}"])


@given(st.lists(st.tuples(TAGS, VALUES), max_size=25))
def test_every_line_is_taken_left_over_or_counted(tags: list[tuple[str, str]]) -> None:
    lines = [f"{tag:4}- {value.replace('{}', f'q{place}z')}" for place, (tag, value) in enumerate(tags)]
    text = "\n".join(["PMID- 1", "TI  - Tea.", *lines])
    reading = medline.read(text, "a")
    shown = repr(reading.references[0])
    for place, (tag, value) in enumerate(tags):
        authors = [name for name, _ in tags[:place] if name in {"FAU", "AU", "CN", "AUID"}]
        again = tag == "AU" and authors[-1:] == ["FAU"]
        counted = "[pii]" in value and "numbers at the publisher" in " ".join(reading.remarks)
        assert f"q{place}z" in shown or again or counted, tag
