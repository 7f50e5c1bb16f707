"""What a contributor pastes is read as the command ``import`` reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.exports.formats import FORMATS
from evidence_map.imports import bibtex_fields, ris
from evidence_map.imports.detection import READERS
from evidence_map.site.evidence import Evidence
from tests.form.node import results
from tests.reviews import REPOSITORY

TYPES = {"bibtex": bibtex_fields.TYPES, "ris": ris.TYPES}
UNTOLD = {"keep_capitals"}
"""What the form leaves to the person: which words of a title keep their capitals."""

#: RIS has notes for these, which the form shows and does not read, and no sign for bodies.
UNSURE_IN_RIS = {"authors", "authors_complete"}


def pasted(*texts: str) -> list[Any]:
    return results("form/pasted.js", "pastedReferences", [(text, TYPES) for text in texts])


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The references of the real review in the forms that people paste."""
    review = check(REPOSITORY).review
    assert review is not None
    file = tmp_path_factory.mktemp("pasted") / "evidence.db"
    store(review, file, [])
    with Evidence(file) as evidence:
        names = ("bibtex", "bibtex-ascii", "ris")
        return {name: FORMATS[name].content(evidence.exported, evidence).decode() for name in names}


@pytest.mark.parametrize("form", ["bibtex", "bibtex-ascii", "ris"])
def test_every_reference_is_read_as_the_import_reads_it(form: str, exported: dict[str, str]) -> None:
    text = exported[form]
    read = READERS["ris" if form == "ris" else "bibtex"](text, "pasted").references
    [answer] = pasted(text)
    assert len(answer["references"]) == len(read) > 100
    unsure = UNTOLD | (UNSURE_IN_RIS if form == "ris" else set())
    for imported, one in zip(read, answer["references"], strict=True):
        theirs = {
            name: str(value).lower() if isinstance(value, bool) else value
            for name, value in imported.fields.items()
            if value not in ([], "") and name not in unsure
        }
        ours = {name: value for name, value in one["fields"].items() if name not in unsure}
        assert ours == theirs


def test_names_of_a_publisher_s_page() -> None:
    text = """@article{x, title = {{Tea in {British} towers}}, year = 2020, month = "MAY 2",
        author = {Lamp, Ada and M{\\"u}ster, {\\'E}mile de la and {The Invented Crew}
                  and Ann B. van der Example and family=Gull, given=G. and others},
        journal = "Journal of " # {Results}, pages = {168 -- 177}, note = {Cited by: 3}}"""
    [answer] = pasted(text)
    [one] = answer["references"]
    assert one["left"] == ["note: Cited by: 3"]
    assert one["fields"] == {
        "title": "Tea in British towers",
        "type": "article-journal",
        "container_title": "Journal of Results",
        "page": "168-177",
        "issued": "2020-05-02",
        "authors": [
            {"family": "Lamp", "given": "Ada"},
            {"family": "Müster", "given": "Émile", "particle": "de la"},
            {"literal": "The Invented Crew"},
            {"family": "Example", "given": "Ann B.", "particle": "van der"},
            {"family": "Gull", "given": "G."},
        ],
        "authors_complete": "false",
    }


def test_a_missing_bracket_costs_one_entry_only() -> None:
    [answer] = pasted("@article{a, title={Broken\n@article{b, title={Whole}, year=2019}\n")
    assert [one["fields"]["title"] for one in answer["references"]] == ["Broken", "Whole"]


@pytest.mark.parametrize(
    "text", ["10.5555/TEA.1", "doi:10.5555/tea.1", " https://doi.org/10.5555/tea.1 \n"]
)
def test_a_bare_doi(text: str) -> None:
    assert pasted(text) == [
        {"form": "doi", "references": [{"fields": {"doi": "10.5555/tea.1"}, "left": []}]}
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing was pasted"),
        ("Lamp A. Tea in towers. 2019.", "neither BibTeX"),
        ("@article{a}", "No field could be read"),
        ("TY  - JOUR\nER  - \n", "No field could be read"),
        ("@a{" + "x" * 600_000, "a whole library"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(text: str, said: str) -> None:
    [answer] = pasted(text)
    assert answer["form"] is None
    assert answer["references"] == []
    assert said in answer["message"]


@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.text(max_size=200), min_size=40, max_size=60))
def test_anything_can_be_pasted(texts: list[str]) -> None:
    shaped = [f"@article{{a, title={{{text}}}, author={{{text}}}, month={text}" for text in texts]
    tagged = [f"TY  - JOUR\nTI  - {text}\nAU  - {text}\nDA  - {text}" for text in texts]
    for answer in pasted(*texts, *shaped, *tagged):
        assert answer["references"] or answer["message"]


def test_the_samples_of_the_import() -> None:
    """Programs write BibTeX in many ways; the form reads the titles and dates of all of them."""
    folder = Path(__file__).parent.parent / "imports" / "samples"
    text = (folder / "dialects.bib").read_text("utf-8")
    [answer] = pasted(text)
    read = READERS["bibtex"](text, "pasted").references
    names = ("title", "type", "issued", "authors", "doi", "volume", "page", "keywords")
    for imported, one in zip(read, answer["references"], strict=True):
        fields = one["fields"]
        assert {name: fields.get(name) for name in names} == {
            name: imported.fields.get(name) for name in names
        }
