"""What this program writes, it reads again: the same fields, as far as the format carries them.

Markup in a title is the one thing that does not come back: a title that says ``<i>`` in so many signs
is read as one in italics, as in any file from elsewhere. Only in its own table the program expects none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence_map.exports.bibtex import as_ascii_bibtex, as_bibtex
from evidence_map.exports.csl_json import as_csl_json
from evidence_map.exports.csv_table import as_csv
from evidence_map.exports.endnote_xml import as_endnote_xml
from evidence_map.exports.fields import ExportError
from evidence_map.imports.detection import READERS, detect
from evidence_map.imports.imported import Imported
from evidence_map.imports.markup import one_line
from evidence_map.model.absence import is_sign_of_absence
from evidence_map.model.reference import CslType
from evidence_map.site.evidence import Evidence, Report
from evidence_map.text_source import REFUSED_CHARACTERS
from tests.exports.reports import HOSTILE, PLAIN, person, report
from tests.imports.carried import unexpected_leftovers

Write = Callable[[Iterable[Report], Evidence], str]

FORMATS: dict[str, tuple[str, Write]] = {
    "bibtex": ("bibtex", as_bibtex),
    "bibtex-ascii": ("bibtex", as_ascii_bibtex),
    "csl-json": ("csl-json", lambda reports, evidence: as_csl_json(reports)),
    "csv": ("csv", as_csv),
    "endnote-xml": ("endnote-xml", as_endnote_xml),
}
PLACES = {
    "type": "article-journal",
    "title": "Tea & company: what <keepers> say",
    "container_title": "Journal of Invented Results",
    "volume": "012",
    "issue": "10.10",
    "page": "1-9",
    "number": "e12",
    "doi": "10.5555/example_1",
    "pmid": "123",
    "url": "https://example.org/a_b?c=%20~d",
}
BOOK = {
    "type": "book",
    "title": "Łódź, the Book",
    "container_title": "Invented Series",
    "volume": "2",
    "number": "7",
    "edition": "3",
    "publisher": "Lamp & Daughters",
    "publisher_place": "Beacon",
    "isbn": "9780306406157",
    "url": "https://example.org/book",
}
MORE = {
    "issued": "2019-05-02",
    "pmcid": "PMC12",
    "issn": "1234-5679",
    "language": "de-AT",
    "original_title": "Tee und Gesellschaft",
}
NOT_CARRIED = {
    "csv": {
        "pmcid",
        "issn",
        "isbn",
        "original_title",
        "edition",
        "publisher",
        "publisher_place",
    },
    "bibtex-ascii": {"language", "original_title"},
}
"""Fields for which a format has no place, so that they cannot come back."""


def there_and_back(name: str, reports: list[Report], evidence: Evidence) -> list[Imported]:
    """Write *reports*, tell the format, and read them; none may be refused."""
    form, write = FORMATS[name]
    text = write(reports, evidence)
    assert detect(text, "download") == form
    reading = READERS[form](text, "a file")
    assert not reading.refused
    return reading.references


def kept(text: str) -> str:
    """Return a text as a record would keep it; in its own files the program expects no markup."""
    return one_line(REFUSED_CHARACTERS.sub("", text))


@pytest.mark.parametrize("columns", [PLACES | MORE, BOOK | MORE], ids=["article", "book"])
@pytest.mark.parametrize("name", FORMATS)
def test_whole_references_come_back(name: str, columns: dict[str, str], lighthouse: Evidence) -> None:
    people = [person("Lamp", given="Ada B."), person("Muster", given="Ç.", particle="van")]
    authors = [*people, person(literal="The Invented Crew")]
    written = report(authors=authors, year=columns["issued"][:4], **columns)
    [found] = there_and_back(name, [written], lighthouse)
    lost = NOT_CARRIED.get(name, set())
    expected = {field: value for field, value in columns.items() if field not in lost}
    if name == "bibtex-ascii" and columns["type"] == "book":
        # Old styles print no number of a book without its page, so it stands there.
        expected["page"] = expected.pop("number")
    assert found.fields.pop("authors") == [
        {"family": "Lamp", "given": "Ada B."},
        {"family": "Muster", "given": "Ç.", "particle": "van"},
        {"literal": "The Invented Crew"},
    ]
    assert found.fields == expected
    assert found.leftovers == []
    assert found.key == "key2020"


@pytest.mark.parametrize("name", ["bibtex", "csl-json", "endnote-xml"])
@pytest.mark.parametrize("kind", get_args(CslType))
def test_fields_of_every_type_come_back(name: str, kind: str, lighthouse: Evidence) -> None:
    columns: dict[str, Any] = PLACES | BOOK | MORE | {"type": kind, "issue": "4"}
    [found] = there_and_back(name, [report(**columns)], lighthouse)
    expected = columns | {"type": found.fields["type"]}
    if name == "bibtex" and kind in {"patent", "report", "standard"}:
        # Their field “number” is the number of the work.
        del expected["issue"]
    assert found.fields == expected
    assert found.leftovers == []
    assert found.fields["type"] == kind or name != "csl-json"


@pytest.mark.parametrize("name", FORMATS)
def test_the_invented_review_comes_back(name: str, lighthouse: Evidence) -> None:
    reports = list(lighthouse.reports.values())
    if name == "bibtex-ascii":
        # Its head names those that LaTeX cannot spell in ASCII.
        text = as_ascii_bibtex(reports, lighthouse)
        reports = [each for each in reports if f": {each.key} (" not in text]
        assert 0 < len(reports) < len(lighthouse.reports)
    found = there_and_back(name, reports, lighthouse)
    assert [reference.key for reference in found] == [each.key for each in reports]
    for reference, each in zip(found, reports, strict=True):
        assert reference.fields["title"] == each.row["title"]
        assert reference.fields.get("doi") == each.row["doi"]
        assert reference.fields.get("authors_complete", True) == bool(each.row["authors_complete"])
        assert unexpected_leftovers(reference, each) == []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_come_back(name: str, text: str, lighthouse: Evidence) -> None:
    form, write = FORMATS[name]
    written = write([report(title=text, container_title=text), report("other")], lighthouse)
    reading = READERS[form](written, "a file")
    first, *others = reading.references
    if name == "bibtex-ascii" and "cannot spell" in written:
        assert (first.key, others) == ("other", [])
    elif not kept(text):
        assert ("has no title" in reading.refused[0].reason, others) == (True, [])
    else:
        assert first.fields["title"] == first.fields["container_title"] == kept(text)
        assert [other.key for other in others] == ["other"]
        assert not reading.refused


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "bibtex-ascii"])
@given(title=PLAIN)
def test_any_title_comes_back_or_is_refused(name: str, title: str, lighthouse: Evidence) -> None:
    assume(kept(title) and not is_sign_of_absence(kept(title)))
    try:
        [found] = there_and_back(name, [report(title=title)], lighthouse)
    except ExportError as error:
        assert "“title” of key2020" in str(error)
        return
    assert found.fields["title"] == kept(title)


WORD = st.text(st.characters(categories=("Lu", "Lo")), min_size=1, max_size=8)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize("name", ["bibtex", "csl-json"])
@given(names=st.lists(st.tuples(NAME, NAME), min_size=1, max_size=5), complete=st.booleans())
def test_any_names_come_back(
    name: str, names: list[tuple[str, str]], complete: bool, lighthouse: Evidence
) -> None:
    people = [person(family, given=given) for family, given in names]
    written = report(authors=people, authors_complete=int(complete))
    [found] = there_and_back(name, [written], lighthouse)
    assert found.fields["authors"] == [{"family": family, "given": given} for family, given in names]
    assert found.fields.get("authors_complete", True) == complete


@pytest.mark.parametrize("name", ["bibtex", "csl-json", "endnote-xml"])
def test_keywords_come_back(name: str, lighthouse: Evidence) -> None:
    written = report()
    written.lists["keyword"] = ["tea", "milk, sugar", "cats & mice"]
    [found] = there_and_back(name, [written], lighthouse)
    assert found.fields["keywords"] == ["tea", "milk, sugar", "cats & mice"]


@pytest.mark.parametrize("name", ["bibtex", "bibtex-ascii"])
def test_names_whose_capitals_stay_come_back(name: str, lighthouse: Evidence) -> None:
    written = report(title="Tea with mRNA among Indigenous people of British Columbia")
    written.lists["kept_capitals"] = ["Indigenous", "British Columbia"]
    [found] = there_and_back(name, [written], lighthouse)
    assert found.fields["keep_capitals"] == ["Indigenous", "British Columbia"]
