"""Formats told apart by what stands in a file."""

from __future__ import annotations

import pytest

from evidence_map.imports.detection import READERS, detect
from evidence_map.imports.imported import ImportFormatError
from tests.imports.samples import sample


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("entries.bib", "bibtex"),
        ("zotero.json", "csl-json"),
        ("pubmed.xml", "pubmed-xml"),
        ("endnote.xml", "endnote-xml"),
        ("scopus.csv", "csv"),
        ("web_of_science.txt", "csv"),
        ("pubmed.csv", "csv"),
        ("zotero.csv", "csv"),
        ("rayyan.csv", "csv"),
    ],
)
def test_samples_are_known_whatever_they_are_called(name: str, form: str) -> None:
    text = sample(name)
    for called in (name, "savedrecs.txt", "download", "wrong.ris", "wrong.bib"):
        assert detect(text, called) == form
    assert detect("\ufeff\n\n" + text, name) == form
    assert READERS[form](text, name).references


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("TY  - JOUR\nTI  - Tea\nER  - \n", "ris"),
        ("Provider: x\nContent: y\n\n\nTY  - JOUR\nTI  - Tea @article{x,\nER  - \n", "ris"),
        ("1. TY  - JOUR\n", "ris"),
        ("\nPMID- 12345678\nOWN - NLM\n", "medline"),
        ("%0 Journal Article\n%T Tea\n", "endnote"),
        ("% a comment\n\n  @Article (key,\n title={TY  - JOUR}}", "bibtex"),
        ('{"items": []}', "csl-json"),
        ("[]", "csl-json"),
        ('Title,Abstract,Year\nTea,"x\nTY  - JOUR\nPMID- 1",2019\n', "csv"),
        (
            '<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ELEMENT a (b)>]><PubmedArticleSet/>',
            "pubmed-xml",
        ),
    ],
)
def test_contents(text: str, form: str) -> None:
    assert detect(text, "download") == form


def test_the_name_decides_only_where_the_content_does_not() -> None:
    assert detect("Name,Jahr\nTee,2019\n", "a.csv") == "csv"
    assert detect("tea", "a.RIS") == "ris"
    assert detect("@article{a, title={A}}", "a.ris") == "bibtex"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("\ufeff \n\n", "is empty"),
        ("<!DOCTYPE html><html>", "is a web page"),
        ("<HTML><body>", "is a web page"),
        ("<eSummaryResult/>", "is a summary"),
        ("<modsCollection/>", "is MODS"),
        ("<rdf:RDF>", "is Zotero RDF"),
        ("<tea/>", "is XML that cannot be read"),
        ("<", "is XML that cannot be read"),
        (
            "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Lamp, A\n",
            "Web of Science's plain text",
        ),
        ("1: Lamp A. Tea. J Inv. 2019;1(1):1-9. doi: 10.5555/x. PMID: 12345678.\n", "Summary"),
        ("1. J Inv. 2019;1(1):1-9.\n\nTea.\n\nLamp A.\n\nWords.\n\nPMID: 12345678\n", "Abstract"),
        ("Tea and cats.", "in no format that can be read"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(text: str, message: str) -> None:
    with pytest.raises(ImportFormatError, match=message) as raised:
        detect(text, "download.txt")
    assert str(raised.value).startswith("download.txt ")
    assert "\n" not in str(raised.value)
