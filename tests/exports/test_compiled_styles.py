"""Compiled styles say what citeproc-py says: for each type, for real records, and for any reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from citeproc.string import MixedString, String, join
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.exports import citation_processor
from evidence_map.exports.citation_items import cited_item
from evidence_map.exports.citation_processor import compiled_text, loaded_style, walked_text
from evidence_map.exports.citation_styles import STYLES, CitationStyle
from evidence_map.exports.compiled_styles.joining import joined
from evidence_map.model.reference import CslType
from evidence_map.site.evidence import Evidence, Person, Report
from tests.exports.reports import HOSTILE, PLAIN, lighthouse_database, person, report

ROOT = Path(__file__).parents[2]
TYPES = get_args(CslType)


def walked(own: Report, style: CitationStyle) -> str | type[Exception]:
    """Return the citation by citeproc-py, or how it fails."""
    try:
        return walked_text(cited_item(own, style.needs), loaded_style(style.file, style.locale_for(own)))
    except Exception as error:
        return type(error)


def compiled(own: Report, style: CitationStyle) -> str | None:
    """Return the citation by the compiled style, or nothing where that leaves it to citeproc-py."""
    try:
        return compiled_text(
            cited_item(own, style.needs), loaded_style(style.file, style.locale_for(own))
        )
    except Exception:
        return None


def insist_on_equality(own: Report) -> None:
    for style in STYLES.values():
        made = compiled(own, style)
        assert made is None or made == walked(own, style), style.name


def whole(kind: str, **columns: Any) -> Report:
    """Return a report of a type with a value in every column that is cited."""
    own = report(
        **{
            "type": kind,
            "authors": [
                person("Example", given="Ann B."),
                person("Muster", given="Çelik", particle="van"),
            ],
            "title": "Tea: and company",
            "issued": "2019-05-03",
            "container_title": "Journal of Invented Results",
            "volume": "12",
            "issue": "3",
            "page": "101–109",
            "number": "e12",
            "edition": "2",
            "publisher": "Lamp Press",
            "publisher_place": "Harbour",
            "doi": "10.5555/example.1",
            "url": "https://example.org/1",
            "isbn": "978-3-16-148410-0",
            "language": "en",
            **columns,
        }
    )
    own.editors = [person("Lamp", given="Clara"), person(literal="The Invented Crew")]
    return own


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_cited_by_the_compiled_styles_alone(kind: str) -> None:
    for own in (whole(kind), whole(kind, authors=[]), report(type=kind, title="Tea", issued="2020")):
        for style in STYLES.values():
            # Where a style prints nothing, citeproc-py looks in vain for the first of no citations.
            assert (compiled(own, style) or IndexError) == walked(own, style), style.name


PAGES = [
    "1",
    "7-9",
    "99-104",
    "100-104",
    "107-108",
    "1496-1504",
    "e1-e9",
    "1-2, 5-7",
    "x",
    "12&14-15",
    "9-9",
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_shortened_alike(page: str) -> None:
    insist_on_equality(whole("article-journal", page=page))


@pytest.mark.parametrize("edition", ["1", "2", "3", "11", "12", "21", "102", "revised", "2nd", "3-4"])
def test_numbers_are_ordered_alike(edition: str) -> None:
    insist_on_equality(whole("book", edition=edition))


@pytest.mark.parametrize("number", [1, 2, 3, 4, 6, 7, 19, 20, 21, 25])
@pytest.mark.parametrize("complete", [0, 1])
def test_as_many_authors_are_named(number: int, complete: int) -> None:
    many = [person(f"Muster{chr(65 + place)}", given="Ann") for place in range(number)]
    own = whole("article-journal", authors=many, authors_complete=complete)
    for style in STYLES.values():
        assert compiled(own, style) == walked(own, style)


def test_all_records_of_both_reviews_are_cited_alike(tmp_path: Path) -> None:
    """Each tenth of the real ones: all of them take citeproc-py three seconds."""
    review = check(ROOT).review
    assert review is not None
    real = tmp_path / "real.db"
    store(review, real)
    for file, step in ((real, 10), (lighthouse_database(tmp_path), 1)):
        with Evidence(file) as evidence:
            for own in list(evidence.reports.values())[::step]:
                for style in STYLES.values():
                    assert compiled(own, style) == walked(own, style), (own.key, style.name)


def test_what_is_not_covered_is_left_to_citeproc_py(monkeypatch: pytest.MonkeyPatch) -> None:
    own, style = whole("article-journal"), STYLES["apa"]
    cited = cited_item(own, style.needs)
    before = citation_processor.rendered(cited, style.file, style.locale)

    def fails(*given: object) -> str:
        raise KeyError

    monkeypatch.setattr(citation_processor, "compiled_text", fails)
    assert citation_processor.rendered(cited, style.file, style.locale) == before
    monkeypatch.setattr(citation_processor, "compiled_text", lambda *given: None)
    assert citation_processor.rendered(cited, style.file, style.locale) == before


WORDS = st.one_of(
    PLAIN,
    st.sampled_from(HOSTILE),
    st.text("aAbB .,:;!?-–—'’“”\"()[]&ΣσςİıßŁø茶Ж1", min_size=1, max_size=30),
)
DATES = st.one_of(
    st.none(),
    st.sampled_from(["2019", "2019-05", "2019-12-31", "0999", "1066-10-14", "2024-02-29"]),
)
NUMBERS = st.one_of(st.sampled_from(["1", "2", "12", "3-4", "1, 2", "B12", "S1", *PAGES]), WORDS)


def perhaps(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.none() | texts


NAMES = st.one_of(
    st.builds(person, literal=WORDS),
    st.builds(Person, WORDS, perhaps(WORDS), perhaps(WORDS), perhaps(WORDS), st.none(), st.none()),
    st.builds(
        person,
        st.sampled_from(["Example", "Muster", "O’Lamp", "王", "lamp"]),
        given=st.sampled_from(["Ann B.", "mei-ling", "AB", "Jean-Paul", "Ann de", "明", "A.-B."]),
    ),
)


@st.composite
def references(draw: st.DrawFn) -> Report:
    """Return a report of any type, in which any value may be missing or odd."""
    texts = ("container_title", "publisher", "publisher_place", "original_title")
    numbers = ("volume", "issue", "page", "number", "edition")
    columns = {column: draw(perhaps(WORDS)) for column in texts}
    columns |= {column: draw(perhaps(NUMBERS)) for column in numbers}
    own = report(
        type=draw(st.sampled_from(TYPES)),
        title=draw(WORDS),
        issued=draw(DATES),
        language=draw(st.sampled_from([None, "en", "en-GB", "de", "zh", "zh-Hans"])),
        authors=draw(st.lists(NAMES, max_size=8)),
        authors_complete=draw(st.sampled_from([1, 1, 0])),
        doi=draw(st.sampled_from([None, "10.5555/example.1"])),
        url=draw(st.sampled_from([None, "https://example.org/?a=1&b=2"])),
        isbn=draw(st.sampled_from([None, "978-3-16-148410-0"])),
        **columns,
    )
    own.editors = draw(st.lists(NAMES, max_size=3))
    return own


PIECES = st.text(" .,;a”", min_size=1, max_size=4).flatmap(
    lambda text: st.sampled_from([text, String(text), MixedString([String(text[:1]), text[1:]])])
)


@given(st.lists(PIECES, min_size=1, max_size=4), st.sampled_from(["", " ", ". ", ", ", ".."]))
def test_texts_are_joined_as_citeproc_py_joins_them(texts: list[Any], delimiter: str) -> None:
    whole = joined(texts, delimiter)
    expected = join(texts, delimiter)
    assert str(whole) == str(expected)
    # A plain text is looked at once where two meet, any other twice.
    assert (type(whole) is str) == (type(expected) is str)


@settings(max_examples=60)
@given(references())
def test_any_reference_is_cited_alike(own: Report) -> None:
    insist_on_equality(own)
