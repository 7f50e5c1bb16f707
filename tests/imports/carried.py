"""Reports of which tagged formats carry everything, to be written and read back."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from evidence_map.exports.ris import TYPES as WRITTEN
from evidence_map.imports.fields import sound
from evidence_map.imports.imported import Imported
from evidence_map.imports.markup import plain
from evidence_map.site.evidence import Report
from tests.exports.reports import person


def fits(name: str) -> Any:
    """Return a test for texts that a record can hold in the field *name* and that are no markup."""

    def test(text: str) -> bool:
        imported = Imported("a", 1, {name: text})
        sound(imported)
        return imported.fields.get(name) == text == plain(text) and not re.search(r"[\\$]", text)

    return test


CHARACTERS = st.characters(categories=("L", "M", "N", "P", "S", "Zs"))
TEXTS = st.text(CHARACTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
LINES = TEXTS.filter(fits("container_title"))
KEYWORDS = LINES.filter(lambda text: not re.match(r"\*|.*;", text))
WORD = st.text(st.characters(categories=["Ll"]), min_size=2, max_size=8)
FAMILIES = WORD.filter(lambda word: word not in {"et"}).map(lambda word: f"Q{word}")
PEOPLE = st.one_of(
    st.builds(
        lambda family, given, particle, suffix: person(family, given=given, **particle, **suffix),
        FAMILIES,
        st.one_of(st.sampled_from(["C.", "D. E.", "FG"]), FAMILIES),
        st.sampled_from([{}, {"particle": "van"}, {"particle": "de la"}]),
        st.sampled_from([{}, {"suffix": "Jr"}, {"suffix": "III"}]),
    ),
    FAMILIES.map(lambda name: person(literal=f"The {name} Crew")),
)
REPORTS = st.fixed_dictionaries(
    {"title": TEXTS.filter(fits("title")), "type": st.sampled_from(sorted(WRITTEN))},
    optional={
        "container_title": LINES,
        "original_title": LINES,
        "volume": st.sampled_from(["12", "012", "B"]),
        "issue": st.sampled_from(["3", "10.10", "Suppl 1"]),
        "page": st.sampled_from(["168–177", "e12", "1-9, 12-14", "S12–S19", "7"]),
        "number": st.sampled_from(["7", "e104567"]),
        "edition": st.sampled_from(["2", "2nd", "revised"]),
        "publisher": LINES,
        "publisher_place": LINES,
        "issued": st.sampled_from(["2020", "2020-10", "2020-10-28"]),
        "issn": st.just("1234-5679"),
        "isbn": st.just("9780306406157"),
        "language": st.sampled_from(["en", "pt-BR", "zh-Hans"]),
        "doi": st.sampled_from(["10.5555/tea.1", "10.5555/(sici)1<1::tea>3.0.co;2-2"]),
        "pmid": st.just("12345678"),
        "pmcid": st.just("PMC1234567"),
        "url": st.sampled_from(["https://example.org/tea", "http://example.org/?a=b;c=d(1)"]),
        "authors_complete": st.just(0),
    },
)
CARRIED = (
    *("title", "original_title", "container_title", "volume", "issue", "edition", "publisher"),
    *("publisher_place", "issued", "issn", "isbn", "language", "doi", "pmid", "pmcid", "url"),
)


def parts(one: Any) -> dict[str, str]:
    names = ("family", "given", "particle", "suffix", "literal")
    return {name: getattr(one, name) for name in names if getattr(one, name)}


def unexpected_leftovers(reference: Imported, written: Report) -> list[str]:
    """Return what is left over of a report that was read back, but for the notices about it.

    No reference has a place for these: a person is told of them in the notes of the draft.
    """
    left = [leftover.value.lower() for leftover in reference.leftovers]
    kinds = [str(notice["kind"])[:7] for notice in written.notices]
    return [value for value in left if value and not any(kind in value for kind in kinds)]
